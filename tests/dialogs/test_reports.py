"""Reports from the notice in the chat to the Word copy, and praise from the suggestion to its reader.

the team manager's card    What the round found in your team → Open the summary → Word copy
the service manager        our numbers, How moderation went
the QA officer             praise → See whose → Write to number 1 → Send it
the practitioner's card    Praise for your work
"""

import io
from datetime import date, timedelta
from typing import Any

import docx
import pytest

from bot.making import MAKERS
from cards.payloads_reports import AskPraiseCopy, AskReportCopy, SendPraise, ShowReport
from domain.errors import NotAllowed
from domain.grades import Grade
from domain.moderation import ReleaseKind, Verdict
from domain.pages import ACTIONS, ActionLine, ActionsPage
from domain.people import Leave, Person
from domain.trail import day_chain
from scheduler.drawing import Drawn
from tests.builders import NOW, Staff, a_case, a_person, a_submitted_audit
from tests.chat import Chat, buttons, nodes, text
from tests.dialogs.scripts import Card, on_one_engine, values
from tests.moderations import (
    Panel,
    a_held_moderation,
    a_released_moderation,
    of_proficient_auditors,
    the_panel,
)
from tests.workflows.nudged import drawn
from workflows.council import Council
from workflows.offer_kinds import KINDS, MOST_BYTES, PRAISE_COPY, REPORTS
from workflows.offering import take_file
from workflows.praising import send_praise
from workflows.report_access import whose
from workflows.round_reports import TEAM_SUMMARY, report_due

LATER = NOW + timedelta(days=55)


@pytest.fixture
def council(council: Council) -> Council:
    """Nobody is new, so that the Panel has only what a test gives it."""
    return of_proficient_auditors(council)


@pytest.fixture
def panel(council: Council) -> Panel:
    with council.write() as work:
        return the_panel(work)


@pytest.fixture
def round_id(council: Council, people: Staff, panel: Panel) -> int:
    """A round with six audits, one of them moderated to a lower grade and one held."""
    given: dict[str, Any] = {"kind": ReleaseKind.DISCUSSED, "verdict": Verdict.CONCERN}
    with council.write() as work:
        for number in range(4):
            a_submitted_audit(work, council, people, reference=f"CF-{number}")
        a_held_moderation(work, council, people, panel, reference="CF-8")
        lower = Grade.INADEQUATE
        a_released_moderation(work, council, people, panel, reference="CF-9", overall=lower, **given)
        found = work.rounds.latest()
        report_due(work, council, now=LATER)
    assert found is not None
    return found.id


def chat_of(council: Council, person: Person) -> Chat:
    return Chat(council, person, now=LATER)


def copy_of(council: Council, person: Person, report: str, round_id: int) -> str:
    """Everything the Word copy says, but for its properties."""
    with council.read() as view:
        content = MAKERS[REPORTS[report]](view, council, person, round_id, LATER)
    assert len(content) < MOST_BYTES
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def figures(card: Card) -> list[tuple[str, str, str]]:
    """(name, figure, before) of every line of the card that has a figure."""
    found = []
    for node in nodes(card):
        runs = [one["text"] for one in node.get("inlines", [])]
        if len(runs) > 1 and runs[0].endswith(": "):
            before = next((one for one in runs[2:] if one.startswith(" (before")), "")
            found.append((runs[0][:-2], runs[1], before.removeprefix(" (before: ").removesuffix(")")))
    return found


@on_one_engine
@pytest.mark.rule("CA-20", "MO-17", "MO-21", "SG-05")
def test_a_team_manager_opens_the_summary_from_its_card_and_takes_it_along(
    council: Council, people: Staff, round_id: int
) -> None:
    made = drawn(council, people.team_manager, LATER, TEAM_SUMMARY, round_id)
    assert isinstance(made, Drawn)
    chat = chat_of(council, people.team_manager)

    opened = chat.presses("Open the summary", made.card)
    asked = chat.presses("Word copy", opened)

    assert "6 audits looked closely at what children" in text(opened)
    assert ("Good", "5") in [line[:2] for line in figures(opened)]
    assert ("Inadequate", "1") in [line[:2] for line in figures(opened)]
    assert "comes in a message of its own" in text(asked)
    with council.read() as view:
        offer = view.offers.get(1)
        rows = [(row.verb, row.actor, row.subject) for row in view.trail.rows(day_chain(date(2026, 6, 25)))]
    assert offer is not None
    assert (offer.kind, offer.person_id) == (REPORTS["team"], people.team_manager.id)
    assert ("read", people.team_manager.id, f"team report of round {round_id}") in rows


@on_one_engine
@pytest.mark.rule("CA-20", "MO-20", "RO-08", "SG-03")
def test_whoever_covers_several_managers_opens_each_ones_reports_and_takes_them_along(
    council: Council, people: Staff, round_id: int
) -> None:
    today = LATER.date()
    away = {"leave": (Leave(today, today),), "cover_id": people.bystander.id}
    with council.write() as work:
        for manager in (people.team_manager, people.auditor, people.service_manager, people.cover):
            work.people.change(manager.id, away)
    chat = chat_of(council, people.bystander)

    asked = chat.types("round reports")
    shown = {title: text(chat.sends({"plumbline": data["plumbline"]})) for title, data in buttons(asked)}
    one = chat.presses("Service you cover: Brambles", asked)
    chat.presses("Word copy", one)

    assert list(shown) == [
        "Team you cover: Brambles 1",
        "Team you cover: Conifers 1",
        "Service you cover: Brambles",
        "Moderation: Brambles",
        "Service you cover: Conifers",
        "Moderation: Conifers",
    ]
    for title, said in shown.items():
        assert title.split(": ")[1] in said
    with council.read() as view:
        offer = view.offers.get(1)
        assert offer is not None
        kind = KINDS[offer.kind]
        assert kind.name(view, offer.subject_id).endswith(", numbers and action plan, Brambles.docx")
        kind.may(view, council, people.bystander, offer.subject_id, LATER)
        # The right is looked up when the file is made: they are back the day after, and nobody else has it.
        for by, when in ((people.bystander, LATER + timedelta(days=1)), (people.second_auditor, LATER)):
            with pytest.raises(NotAllowed):
                kind.may(view, council, by, offer.subject_id, when)
            with pytest.raises(NotAllowed):
                MAKERS[offer.kind](view, council, by, offer.subject_id, when)
    other = whose(round_id, people.service_manager.id)
    of_brambles, of_conifers = (
        copy_of(council, people.bystander, "service_covered", subject)
        for subject in (offer.subject_id, other)
    )
    assert of_brambles != of_conifers
    with council.read() as view:
        # An offer of before carries the round alone.
        assert "team you cover" in KINDS[REPORTS["team_covered"]].name(view, round_id)


@on_one_engine
@pytest.mark.rule("CA-20", "MO-20", "RO-08", "Q23")
def test_card_and_word_copy_say_the_same_numbers(council: Council, people: Staff, round_id: int) -> None:
    asked = (
        (people.team_manager, "team", round_id),
        (people.service_manager, "service", round_id),
        (people.cover, "moderation", round_id),
        (people.qa_officer, "headline", 0),
    )
    for person, report, subject in asked:
        card = chat_of(council, person).sends(ShowReport(report, subject).pack())
        copy = copy_of(council, person, report, subject)

        lines = figures(card)
        assert lines or report == "moderation"
        for name, figure, before in lines:
            assert f"{name}\n{figure}" in copy, (report, name)
            assert not before or f"{name}\n{figure}\n{before}" in copy
        for word in ("CF-", "Perry"):
            assert word not in copy


@on_one_engine
@pytest.mark.rule("RO-08")
def test_the_word_copy_of_the_numbers_begins_the_quarterly_action_plan(
    council: Council, people: Staff, round_id: int
) -> None:
    copy = copy_of(council, people.service_manager, "service", round_id)

    for heading in ("Quarterly action plan", "What was found", "Trend", "Action", "Owner", "By when"):
        assert f"{heading}\n" in copy
    assert KINDS[REPORTS["service"]].says.endswith("action plan to fill in, in Word.")


@on_one_engine
@pytest.mark.rule("MO-20", "SG-03")
def test_how_moderation_went_opens_for_ones_own_service_manager_alone(
    council: Council, people: Staff, round_id: int
) -> None:
    asked = ShowReport("moderation", round_id).pack()

    own = text(chat_of(council, people.cover).sends(asked))
    other = text(chat_of(council, people.service_manager).sends(asked))
    refused = chat_of(council, people.auditor).sends(asked)

    assert "Alex Auditor" in own
    assert "Weigh the chronology before grading." in own
    assert "Graded more kindly than the Panel: 1." in own
    assert "1 moderation is not over yet" in own
    assert "Alex" not in other
    assert "Too few audits were moderated there" in other
    assert "not yours to open" in text(refused)


@on_one_engine
def test_each_types_what_is_theirs_and_others_lines_are_no_command(
    council: Council, people: Staff, round_id: int
) -> None:
    assert round_id
    said = {
        (name, line): text(chat_of(council, getattr(people, name)).types(line))
        for name in ("team_manager", "service_manager", "ad_qa", "practitioner")
        for line in ("did it change anything", "our numbers", "round reports", "praise")
    }

    puzzled = {key for key, shown in said.items() if "I did not understand that" in shown}
    assert puzzled == {
        ("team_manager", "our numbers"),
        *((name, "praise") for name in ("team_manager", "service_manager", "ad_qa", "practitioner")),
        *(("ad_qa", line) for line in ("our numbers", "round reports")),
        *(("practitioner", line) for line in ("did it change anything", "our numbers", "round reports")),
    }
    assert "Your auditors have done 0 of 1 audits" in said["service_manager", "our numbers"]
    assert "Team summary" not in said["service_manager", "round reports"]
    assert "6 audits looked closely" in said["team_manager", "did it change anything"]


@on_one_engine
@pytest.mark.rule("CA-21", "SG-04", "SG-01")
def test_from_the_suggestion_to_the_words_in_the_practitioners_chat(
    council: Council, people: Staff, round_id: int
) -> None:
    assert round_id
    chat = chat_of(council, people.qa_officer)
    typed = chat.types("praise")
    listed = chat.presses("See whose", typed)
    form = chat.presses("Write to number 1", listed)
    refused = chat.presses("Send it", form, praise_text="You kept little Olivia safe.")
    sent = chat.presses("Send it", refused, praise_text="Dear Perry, thank you for listening so well.")
    again = chat.again()
    told = drawn(council, people.practitioner, LATER, "praise", 1)
    copied = drawn(council, people.team_manager, LATER, "praise_copy", 1)

    assert "4 pieces of good work" in text(typed)
    assert "Perry" not in text(typed)
    assert "1. Perry Practitioner" in text(listed)
    assert "Good as a whole. Good in: case recording" in text(listed)
    assert values(form)["praise_text"].startswith("Dear Perry, your work was audited in May.")
    assert values(refused)["praise_text"] == "You kept little Olivia safe."
    assert "“Olivia” may say who somebody is" in text(refused)
    assert "on their way to Perry Practitioner" in text(sent)
    assert text(sent) == text(again)
    for made in (told, copied):
        assert isinstance(made, Drawn)
        assert "thank you for listening so well" in text(made.card)
        assert "CF-" not in text(made.card)
    with council.read() as view:
        assert len(view.notices.of("praise", 1)) == 1


@on_one_engine
@pytest.mark.rule("CA-21", "SG-05")
@pytest.mark.parametrize(("who", "kind"), [("practitioner", "praise"), ("team_manager", "praise_copy")])
def test_praise_is_had_in_word_in_the_words_of_its_card(
    council: Council, people: Staff, round_id: int, who: str, kind: str
) -> None:
    reader, words = getattr(people, who), "Dear Perry, you listened so well.\nHome is calmer.\nQuinn"
    with council.write() as work:
        audit = work.audits.of_round(round_id)[0]
        note = send_praise(work, council, by=people.qa_officer, audit_id=audit.id, text=words, now=LATER)
    told = drawn(council, reader, LATER, kind, note.id)
    assert isinstance(told, Drawn)
    chat = chat_of(council, reader)

    asked = chat.presses("Word copy", told.card)
    with council.write() as work:
        offer = work.offers.get(1)
        assert offer is not None
        taken = take_file(work, council, by=reader, token=offer.token, now=LATER)
        made = MAKERS[PRAISE_COPY](work, council, reader, audit.id, LATER)
        work.trail.finish()
        exports = [row.subject for row in work.trail.rows(f"audit:{audit.id}") if row.verb == "exported"]

    document = [paragraph.text for paragraph in docx.Document(io.BytesIO(made)).paragraphs]
    assert "Press Allow there" in text(asked)
    for line in ("Dear Perry, you listened so well.", "Home is calmer.", "Quinn"):
        assert line in text(told.card)
        assert line in text(asked)
        assert line in "\n".join(document)
    assert all(part in text(told.card) for part in document[:2])
    assert taken is not None
    assert taken.name == f"Praise, {LATER:%Y-%m-%d}.docx"
    assert exports == [f"praise_copy {audit.id}"]
    assert "CF-" not in "\n".join(document)


@on_one_engine
@pytest.mark.rule("CA-21", "SG-03")
def test_praise_in_word_is_nobody_elses_to_have(council: Council, people: Staff, round_id: int) -> None:
    with council.write() as work:
        audit, other = work.audits.of_round(round_id)[:2]
        send_praise(work, council, by=people.qa_officer, audit_id=audit.id, text="Thank you.", now=LATER)

    def said(person: Person, audit_id: int) -> str:
        return text(chat_of(council, person).sends(AskPraiseCopy(audit_id, "n-1").pack()))

    for person in (people.auditor, people.bystander, people.service_manager, people.ad_qa):
        assert "That is not yours to open or change." in said(person, audit.id)
    for audit_id in (other.id, 999):
        assert "Press Allow" not in said(people.practitioner, audit_id)
        assert "Press Allow" not in said(people.qa_officer, audit_id)
    with council.read() as view:
        assert view.offers.get(1) is None


@on_one_engine
def test_a_report_that_no_card_offers_is_an_older_cards_button(council: Council, people: Staff) -> None:
    chat = chat_of(council, people.qa_officer)

    for payload in (ShowReport("league", 1), AskReportCopy("league", 1, "n"), SendPraise(999, "n")):
        shown = text(chat.sends({**payload.pack(), "praise_text": "Well done."}))
        assert "an older card" in shown or "cannot find that" in shown


@on_one_engine
@pytest.mark.rule("SG-03")
def test_what_is_too_small_to_show_is_hidden_from_whoever_may_not_open_the_audits(
    council: Council, people: Staff, round_id: int
) -> None:
    assert round_id
    with council.write() as work:
        manager = a_person(work, "Ola Other", *people.team_manager.posts, team_id=people.other_team.id)
        case = a_case(work, people, "BR-1", team_id=people.other_team.id, practitioner_id=people.bystander.id)
        action = ActionLine("Ask the child again.", people.bystander.id, date(2026, 5, 29))
        pages = {ACTIONS: ActionsPage((action,))}
        a_submitted_audit(work, council, people, case=case, pages=pages, auditor_id=people.second_auditor.id)

    whole = text(chat_of(council, people.ad_qa).types("headline"))
    own = text(chat_of(council, manager).types("headline"))

    assert "Each of these 7 audits" in whole
    assert not any(team in whole for team in ("Brambles 1", "Conifers 1"))
    assert "Numbers below 5 are not shown" in whole
    assert "Each of these 1 audit" in own
