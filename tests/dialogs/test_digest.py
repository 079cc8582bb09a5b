"""The QA Group's digest in a member's own chat, typed for and pressed through."""

import json
from datetime import date, timedelta

import pytest

from cards.payloads_digest import ShowAhead, ShowDigest
from dialogs.turn import Asked
from domain.governance import ActivityKind
from domain.people import Post
from tests.builders import Staff, a_person, a_round, a_submitted_audit
from tests.chat import Chat, buttons, text
from tests.dialogs.scripts import on_one_engine
from tests.governance import an_item
from workflows.council import Council

MARCH = date(2026, 3, 1)


@pytest.fixture
def audits(council: Council, people: Staff) -> None:
    """Eight audits of May's round came in."""
    with council.write() as work:
        for place in range(8):
            a_submitted_audit(work, council, people, reference=f"CF-40{place}")


def titles(card: object) -> list[str]:
    return [title for title, _ in buttons(card)]  # type: ignore[arg-type]


@on_one_engine
@pytest.mark.usefixtures("audits")
@pytest.mark.rule("OG-03", "OG-05")
def test_a_member_types_for_it_and_presses_through_its_parts(council: Council, people: Staff) -> None:
    dale = Chat(council, people.ad_qa)

    whole = dale.types("Digest")
    grades = dale.presses("Grades", whole)
    voices = dale.presses("Voices", grades)
    back = dale.presses("The whole digest", voices)

    assert "8 of 8 audits" in text(whole) or "All 8 audits" in text(whole)
    assert "The Panel's grade counts once it is released" in text(grades)
    assert "Whose views" in text(voices)
    assert text(back).split("\n")[0] == text(whole).split("\n")[0]
    # Rounds themselves are the QA office's.
    assert not [title for title in titles(whole) if "round" in title]


@on_one_engine
@pytest.mark.usefixtures("audits")
@pytest.mark.rule("PR-01")
def test_it_opens_with_whether_children_were_heard(council: Council, people: Staff) -> None:
    _, first, *rest = text(Chat(council, people.ad_qa).types("digest")).split("\n")

    assert first.startswith("Child heard")
    assert "Submitted" in "\n".join(rest)


@on_one_engine
@pytest.mark.usefixtures("audits")
def test_the_office_opens_a_round_from_it(council: Council, people: Staff) -> None:
    quinn = Chat(council, people.qa_officer)

    card = quinn.presses("Open the May round", quinn.types("digest"))

    assert "May 2026" in text(card)


@on_one_engine
@pytest.mark.usefixtures("audits")
def test_for_anybody_else_it_is_a_line_like_any_other_and_a_press_is_refused(
    council: Council, people: Staff
) -> None:
    perry = Chat(council, people.practitioner)

    typed = perry.types("digest")
    pressed = perry.sends(ShowDigest(202605, "grades").pack())

    assert "I am not sure" in text(typed)
    assert "for members of the QA Group" in text(pressed)
    assert "type “my audits”" in text(pressed)
    assert "of 8" not in text(pressed)


@on_one_engine
@pytest.mark.rule("OG-07", "PR-06")
def test_what_the_coming_weeks_hold_is_read_to_its_last_line(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_round(work)
        for place in range(30):
            day = date(2026, 5, 4) + timedelta(days=place)
            an_item(work, title=f"Visit {place:02}", kind=ActivityKind.DIP, starts_on=day, ends_on=day)
    dale = Chat(council, people.ad_qa)

    first = dale.presses("What is next", dale.types("digest"))
    second = dale.presses("Show", first)
    third = dale.presses("Show", second)
    back = dale.presses("Those before", third)

    said = "\n".join(text(card) for card in (first, second, third))
    found = [said.index(f"Visit {place:02}") for place in range(30)]
    # Nearest first, each once, and nothing beyond the last.
    assert found == sorted(found)
    assert all(said.count(f"Visit {place:02}") == 1 for place in range(30))
    assert not [title for title in titles(third) if title.startswith("Show")]
    assert text(back) == text(second)


@on_one_engine
def test_a_line_beyond_the_last_begins_anew_and_anybody_else_is_refused(
    council: Council, people: Staff
) -> None:
    beyond = Chat(council, people.ad_qa).sends(ShowAhead(4_000).pack())
    pressed = Chat(council, people.practitioner).sends(ShowAhead(0).pack())

    assert "The next 60 days" in text(beyond)
    assert "for members of the QA Group" in text(pressed)
    assert "The next 60 days" not in text(pressed)


@on_one_engine
@pytest.mark.usefixtures("audits")
@pytest.mark.rule("OG-03")
def test_the_chart_is_drawn_after_the_answer_and_stands_in_the_same_card(
    council: Council, people: Staff
) -> None:
    dale = Chat(council, people.ad_qa)

    reply = dale.turn(asked=Asked.TYPED, text="digest")
    plain = dale.turn(asked=Asked.PRESSED, data=ShowDigest(202605, "ahead").pack())

    assert reply.pictured is not None
    with_picture = reply.pictured.card(b"png")
    assert "data:image/png;base64," in json.dumps(with_picture)
    assert "data:image/png" not in json.dumps(reply.card)
    assert text(with_picture) == text(reply.card or {})
    # What is next has no chart.
    assert plain.pictured is None


@on_one_engine
def test_before_the_first_round_it_says_that_there_is_nothing(council: Council) -> None:
    with council.write() as work:
        member = a_person(work, "Pol Icy", Post.POLICY)

    assert "nothing to tell" in text(Chat(council, member).types("digest"))


@on_one_engine
@pytest.mark.parametrize(
    ("payload", "said"),
    [
        (ShowDigest(202603, "grades"), "No round was given out in that month."),
        (ShowDigest(202613, "grades"), "older card"),
        (ShowDigest(202605, "people"), "older card"),
    ],
)
def test_a_button_for_what_is_not_there_is_answered_kindly(
    council: Council, people: Staff, payload: ShowDigest, said: str
) -> None:
    with council.write() as work:
        a_round(work)

    assert said in text(Chat(council, people.qa_officer).sends(payload.pack()))
