"""Help: each person is told of what is theirs, and everything it tells of answers them."""

import re

import pytest

from dialogs.help_text import help_for
from dialogs.typed import MORE_COMMANDS
from domain.people import Person, Post
from tests.builders import Staff, a_person
from tests.chat import Chat, text
from tests.dialogs.scripts import on_one_engine
from workflows.council import Council

FOR_ANYBODY = {"my_moderations", "feedback", "report_requests"}
"""Commands that answer whoever types them, though few have anything there."""
HELD_BY = (Post.PSW, Post.PC, Post.SM_QA, Post.PMPM, Post.AD_QA, Post.QAO, Post.SM, Post.TM, Post.ATM)


def told(person: Person) -> set[str]:
    """The words that help tells this person to type."""
    return {words.lower() for words in re.findall("“([^”]+)”", help_for(person))}


@on_one_engine
@pytest.mark.rule("PR-02")
def test_help_tells_each_person_of_what_answers_them_and_of_nothing_else(
    council: Council, people: Staff
) -> None:
    place = {"team_id": people.team.id, "service_id": people.service.id}
    with council.write() as work:
        everyone = [a_person(work, f"Holder {post.value}", post, **place) for post in HELD_BY]
    everyone += [people.auditor, people.second_auditor, people.practitioner]

    for person in everyone:
        chat, words = Chat(council, person), told(person)
        unanswered = {said for said in words if "I am not sure" in text(chat.types(said))}
        offered = {name for name, command in MORE_COMMANDS.items() if words & set(command.words)}
        answering = {
            name
            for name, command in MORE_COMMANDS.items()
            if not any(t in text(chat.types(command.words[0])) for t in ("I am not sure", "Shall I keep"))
        }
        assert not unanswered, (person.name, unanswered)
        assert answering - FOR_ANYBODY == offered - FOR_ANYBODY, person.name


@on_one_engine
@pytest.mark.rule("PR-02")
def test_help_of_a_practitioner_fits_a_phones_screen(council: Council, people: Staff) -> None:
    card = text(Chat(council, people.practitioner).types("help"))

    assert told(people.practitioner) == {"my audits", "my actions", "guidance", "guidance planning"}
    assert "“my actions”" in card
