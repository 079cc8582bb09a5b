"""One cell at a time: what each text stands for, and what is not guessed at."""

from datetime import date
from pathlib import Path

import pytest

from domain.intake import clean, listed, shown
from domain.intake_posts import post_aliases, post_names, read_posts
from domain.intake_values import (
    read_day,
    read_directory_id,
    read_email,
    read_leave,
    read_working_days,
    read_yes_no,
)
from domain.people import Leave, Post


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", {0, 1, 2, 3, 4}),
        *(
            (full, {0, 1, 2, 3, 4})
            for full in ("Full  time", "fulltime", "FT", "f/t", "full", "weekdays", "M T W T F")
        ),
        ("Mon-Thu", {0, 1, 2, 3}),
        ("Monday to Thursday", {0, 1, 2, 3}),
        ("Mon – Wed, Fri", {0, 1, 2, 4}),
        ("Mon, Wed, Fri", {0, 2, 4}),
        ("mon wed fri", {0, 2, 4}),
        ("Tues & Thurs", {1, 3}),
        ("Mondays and Tuesdays", {0, 1}),
        ("Mon; Sat/Sun", {0, 5, 6}),
        ("MTW--", {0, 1, 2}),
        ("M_W_F", {0, 2, 4}),
        ("MTWTF", {0, 1, 2, 3, 4}),
        ("---TF--", {3, 4}),
        ("M.x_F", {0, 4}),
        ("-----SS", {5, 6}),
        ("Mon.", {0}),
        ("sunday", {6}),
        ("Mon-Sun", {0, 1, 2, 3, 4, 5, 6}),
        ("Tue—Wed", {1, 2}),
        ("Mon,, Tue", {0, 1}),
    ],
)
def test_working_days_are_read_as_people_write_them(text: str, days: set[int]) -> None:
    assert read_working_days(text) == days


@pytest.mark.parametrize(
    "text",
    [
        "part time",
        "0.6 FTE",
        "3 days",
        "-----",
        "T",
        "Fri-Mon",
        "Mon-Mon",
        "Thu-Mon, Wed",
        "Mon-Noday",
        "Mon-Tue-Wed",
        "Mon Tue-Wed",
        "Mon, Noday",
        "Mon-Tue, Noday-Wed",
        "Noday-Tue",
        "Mo",
        "TMW--",
        "MTWT",
        "MTWTF-",
        "MTWTFSS-",
        "FTWTF",
    ],
)
def test_working_days_that_could_mean_anything_are_asked_about(text: str) -> None:
    with pytest.raises(ValueError, match="Mon-Thu"):
        read_working_days(text)


@pytest.mark.parametrize(
    ("text", "leave"),
    [
        ("", ()),
        ("24/12/2026-24/12/2026", (Leave(date(2026, 12, 24), date(2026, 12, 24)),)),
        ("24/12/2026", (Leave(date(2026, 12, 24), date(2026, 12, 24)),)),
        (
            "24/12/2026; 03/08/2026-14/08/2026",
            (Leave(date(2026, 8, 3), date(2026, 8, 14)), Leave(date(2026, 12, 24), date(2026, 12, 24))),
        ),
        ("3 August 2026 to 14 August 2026", (Leave(date(2026, 8, 3), date(2026, 8, 14)),)),
        ("2026-08-03 - 2026-08-14", (Leave(date(2026, 8, 3), date(2026, 8, 14)),)),
        ("03-08-2026 – 14-08-2026", (Leave(date(2026, 8, 3), date(2026, 8, 14)),)),
        ("03/08/2026-14/08/2026\n15/08/2026", (Leave(date(2026, 8, 3), date(2026, 8, 15)),)),
        ("03/08/2026-14/08/2026, 05/08/2026", (Leave(date(2026, 8, 3), date(2026, 8, 14)),)),
        (
            "03/08/2026, 05/08/2026",
            (Leave(date(2026, 8, 3), date(2026, 8, 3)), Leave(date(2026, 8, 5), date(2026, 8, 5))),
        ),
        (date(2026, 12, 24), (Leave(date(2026, 12, 24), date(2026, 12, 24)),)),
    ],
)
def test_leave_is_put_in_order_and_joined_where_it_touches(
    text: str | date, leave: tuple[Leave, ...]
) -> None:
    assert read_leave(text) == leave


def test_a_day_within_a_longer_leave_does_not_shorten_it() -> None:
    assert read_leave("03/08/2026-14/08/2026; 05/08/2026; 16/08/2026") == (
        Leave(date(2026, 8, 3), date(2026, 8, 14)),
        Leave(date(2026, 8, 16), date(2026, 8, 16)),
    )


@pytest.mark.parametrize("text", ["14/08/2026-03/08/2026", "August", "03/08-14/08/2026", "30/02/2026"])
def test_leave_that_cannot_be_right_is_asked_about(text: str) -> None:
    with pytest.raises(ValueError, match="03/08/2026-14/08/2026"):
        read_leave(text)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("03/05/2026", date(2026, 5, 3)),
        ("3 May 2026", date(2026, 5, 3)),
        ("03/05/2026 09:15", date(2026, 5, 3)),
        ("2026-05-03T09:15:00.000", date(2026, 5, 3)),
        ("03/05/2026 9:15 PM", date(2026, 5, 3)),
        (date(2026, 5, 3), date(2026, 5, 3)),
    ],
)
def test_dates_are_read_day_first_and_without_their_time(cell: str | date, day: date) -> None:
    assert read_day(cell) == day


@pytest.mark.parametrize("year", [1900, 2199])
def test_the_first_and_last_year_that_can_be_right(year: int) -> None:
    assert read_day(date(year, 5, 3)) == date(year, 5, 3)


@pytest.mark.parametrize("cell", [date(1899, 12, 31), date(2200, 1, 1)])
def test_a_year_outside_them_is_asked_about(cell: date) -> None:
    with pytest.raises(ValueError, match="year"):
        read_day(cell)


@pytest.mark.parametrize("cell", ["46145", "05/13/2026", "soon", date(206, 5, 3)])
def test_what_is_no_date_says_how_to_write_one_and_never_repeats_it(cell: str | date) -> None:
    with pytest.raises(ValueError, match="03/08/2026") as wrong:
        read_day(cell)

    assert str(cell) not in str(wrong.value)


@pytest.mark.parametrize(
    "text",
    [
        "First.Last@Council.gov.uk",
        "mailto:o'neil@sub.council.gov.uk",
        "a+b@c.uk",
        f"{'a' * 64}@{'.'.join(['b' * 60] * 3)}.gov.uk",
        f"abc@{'.'.join(['b' * 61] * 4)}.uk",
    ],
)
def test_addresses_are_kept_in_lower_case(text: str) -> None:
    assert read_email(text) == text.lower().removeprefix("mailto:")


@pytest.mark.parametrize(
    "text",
    [
        f"{'a' * 65}@council.gov.uk",
        f"abcd@{'.'.join(['b' * 61] * 4)}.uk",
        "first..last@council.gov.uk",
        "first.last",
        "a@b",
        "a b@council.gov.uk",
        "a@council..uk",
        "a@b.uk; c@d.uk",
        "a@-x.uk",
        "é@council.uk",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="e-mail"):
        read_email(text)


@pytest.mark.parametrize(
    "text",
    [
        "8F3C1A2B-0000-4000-8000-00000000000A",
        "{8f3c1a2b-0000-4000-8000-00000000000a}",
        "8f3c1a2b00004000800000000000000a",
    ],
)
def test_directory_ids_have_one_spelling(text: str) -> None:
    assert read_directory_id(text) == "8f3c1a2b-0000-4000-8000-00000000000a"


@pytest.mark.parametrize(
    "text", ["12345", "00000000-0000-0000-0000-000000000000", "first.last@council.gov.uk", "g" * 32]
)
def test_what_is_no_directory_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="leave it empty"):
        read_directory_id(text)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *((yes, True) for yes in ("Yes", "y", "TRUE", "1", "X", "Auditor")),
        *((no, False) for no in ("NO", "n", "False", "0", "Not auditor")),
    ],
)
def test_yes_and_no(text: str, answer: bool) -> None:
    assert read_yes_no(text) is answer


def test_another_answer_than_yes_or_no_is_asked_about() -> None:
    with pytest.raises(ValueError, match="yes"):
        read_yes_no("sometimes")


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("TM", {Post.TM}),
        ("Team manager", {Post.TM}),
        ("TM / IRO", {Post.TM, Post.IRO}),
        ("Principal Social Worker; Service Manager", {Post.PSW, Post.SM}),
        ("team_manager,ATM", {Post.TM, Post.ATM}),
        ("AD Quality Assurance, Safeguarding and Standards", {Post.AD_QA}),
        ("QAO\nPC", {Post.QAO, Post.PC}),
        ("Director of Children’s Services", {Post.DCS}),
        ("L&D lead", {Post.LEARNING}),
        ("CP Chair", {Post.CP_CHAIR}),
        ("Social Worker", {Post.PRACTITIONER}),
    ],
)
def test_posts_are_read_by_their_short_and_long_names(text: str, posts: set[Post]) -> None:
    assert read_posts(text) == posts


@pytest.mark.parametrize("post", list(Post))
def test_every_post_has_a_plain_name_that_is_read_back(post: Post) -> None:
    plain = post_names()[list(Post).index(post)]

    assert read_posts(plain) == {post}


@pytest.mark.parametrize("post", list(Post))
def test_every_other_name_of_a_post_is_read_and_stands_in_the_guide(post: Post) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "importing.md").read_text(encoding="utf-8")
    plain = post_names()[list(Post).index(post)]

    assert f"| {plain} | {', '.join(post_aliases(post))} |" in guide.splitlines()
    assert all(read_posts(name) == {post} for name in (post.value, *post_aliases(post)))


def test_unknown_posts_are_named_with_what_would_be_right() -> None:
    with pytest.raises(ValueError, match="“Wizard”, “Baker”") as wrong:
        read_posts("TM; Wizard; Baker")

    assert "Team manager" in str(wrong.value)


def test_cleaning_takes_out_what_cannot_be_seen_and_keeps_line_breaks() -> None:
    assert clean("\u202eA\u0308da\u200b\t Zed\u00a0\r\n\n x\x00") == "Äda Zed\nx"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_end_parts_lines(end: str) -> None:
    assert clean(f"Ada{end}Zed") == "Ada\nZed"


@pytest.mark.parametrize("space", ["\t", "\xa0", "\u202f", "  "])
def test_every_kind_of_space_is_one_space(space: str) -> None:
    assert clean(f"Ada{space}Zed ") == "Ada Zed"


@pytest.mark.parametrize(
    "unseen",
    [
        *("\x00", "\x1f", "\x7f", "\x9f", "\xad", "\u061c", "\u200b", "\u200e", "\u200f", "\ufeff"),
        *("\u202a", "\u202e", "\u2060", "\u206f"),
    ],
)
def test_what_cannot_be_seen_goes(unseen: str) -> None:
    assert clean(f"Ada{unseen}m") == "Adam"


@pytest.mark.parametrize("letter", ["~", "¡", "‐", "ⁿ", "\u200c", "\u200d"])
def test_letters_and_joiners_stay(letter: str) -> None:
    assert clean(f"a{letter}b") == f"a{letter}b"


def test_values_are_cut_short_and_lists_read_as_sentences() -> None:
    assert shown("x" * 60) == "x" * 60
    assert shown("x" * 61) == "x" * 59 + "…"
    assert shown(date(2026, 5, 3)) == "03/05/2026"
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
