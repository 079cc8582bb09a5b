"""The QA Group's digest in a member's own chat, typed for and pressed through."""

from datetime import date

import pytest

from cards.payloads_digest import ShowDigest
from domain.people import Post
from tests.builders import Staff, a_person, a_round, a_submitted_audit
from tests.chat import Chat, buttons, text
from tests.dialogs.scripts import on_one_engine
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
    assert "not yours to open" in text(pressed)
    assert "of 8" not in text(pressed)


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
