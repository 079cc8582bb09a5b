"""Teams offers people the commands of the manifest, so each does what it says, where it is offered.

Every command of every scope is typed as Teams sends it; a new one has to say here what it is answered.
"""

import json

import pytest

from bot.asking import clock
from bot.manifest_package import FOLDER
from dialogs.channel_asked import CHANNEL_COMMANDS, HELP, USE_HERE
from domain.days import local_day
from domain.people import Person
from tests.bot.channels import TEAM, in_team
from tests.builders import Staff, an_accepted_audit, staff
from tests.chat import text
from tests.doubles import activities
from tests.doubles.service import Service
from tests.workflows.test_unreachable import undelivered

_ELSEWHERE = ("in your own chat with me",)
"""What any channel but the QA Group's answers; what that one does is in `test_channel_asked`."""
ANSWERS = {
    ("personal", "my audits"): ("What is yours to do", "Due "),
    ("personal", "my actions"): ("My actions", "Nothing is agreed with you at the moment"),
    ("personal", "continue"): ("Everything you save stays", "Continue"),
    ("personal", "status"): ("What is yours to do",),
    ("personal", "guidance"): ("How an audit goes",),
    ("personal", "extension"): ("More time for an audit", "please talk with Cory Cover"),
    ("personal", "unreachable"): ("That is for the QA office", "nothing was saved"),
    ("personal", "help"): ("How I can help", "“my audits” and “my actions”: what is yours to do."),
    ("team", "status"): _ELSEWHERE,
    ("team", "what's due"): _ELSEWHERE,
    ("team", "learning log"): _ELSEWHERE,
    ("team", "tracker"): _ELSEWHERE,
    ("team", "forward plan"): _ELSEWHERE,
    ("team", "use this channel"): ("Only the QA office chooses", "use this channel"),
    ("team", "help"): _ELSEWHERE,
}
MANIFEST = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
OFFERED = {
    (scope, command["title"]): command["description"]
    for bot in MANIFEST["bots"]
    for listed in bot["commandLists"]
    for scope in listed["scopes"]
    for command in listed["commands"]
}


@pytest.fixture
def people(service: Service) -> Staff:
    now = clock()
    with service.council.write() as work:
        people = staff(work)
        an_accepted_audit(work, people, now=now, month=local_day(now).replace(day=1))
    return people


async def answer_to(service: Service, person: Person, scope: str, words: str) -> str:
    caller = service.caller(person)
    if scope == "personal":
        return text(await caller.types(words))
    await caller.sends(in_team(caller, activities.message, f"<at>Plumbline</at> {words}"))
    (answer,) = service.teams.sent(TEAM["id"])
    return text(answer.card or {})


@pytest.mark.rule("PR-02")
@pytest.mark.parametrize(("scope", "title"), OFFERED)
async def test_a_command_is_answered_as_the_manifest_promises(
    service: Service, people: Staff, scope: str, title: str
) -> None:
    answer = await answer_to(service, people.auditor, scope, title)

    for words in ANSWERS[scope, title]:
        assert words in answer


def test_nothing_is_expected_of_commands_that_nobody_is_offered() -> None:
    assert set(ANSWERS) == set(OFFERED)


def test_everything_the_qa_groups_channel_answers_is_offered_there() -> None:
    asked = {command.words[0] for command in CHANNEL_COMMANDS.values()}

    assert {title for scope, title in OFFERED if scope == "team"} == {*asked, USE_HERE[0], HELP[0]}


@pytest.mark.parametrize("example", ["guidance planning"])
async def test_an_example_in_a_description_works_as_written(
    service: Service, people: Staff, example: str
) -> None:
    assert f'"{example}"' in OFFERED["personal", "guidance"]
    assert "Planning" in await answer_to(service, people.auditor, "personal", example)


async def test_the_office_hears_how_the_round_stands_as_its_description_says(
    service: Service, people: Staff
) -> None:
    assert "in the QA office, how the round stands" in OFFERED["personal", "status"]

    answer = await answer_to(service, people.qa_officer, "personal", "status")

    assert "the round is under way." in answer


async def test_a_manager_asks_for_an_auditor_of_theirs_as_its_description_says(
    service: Service, people: Staff
) -> None:
    assert "managers ask for it here for one of their auditors" in OFFERED["personal", "extension"]

    answer = await answer_to(service, people.cover, "personal", "extension")

    assert "Whose audit needs more time?" in answer
    assert "Alex Auditor" in answer


async def test_the_office_sees_who_does_not_get_what_waits_as_its_description_says(
    service: Service, people: Staff
) -> None:
    now = clock()
    with service.council.write() as work:
        undelivered(work, people.auditor, now=now)

    answer = await answer_to(service, people.qa_officer, "personal", "unreachable")

    assert "Alex Auditor" in answer
