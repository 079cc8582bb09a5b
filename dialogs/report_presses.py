"""Reports and praise: shown to the one reader whose they are, offered as Word copies, asked for by typing."""

from collections.abc import Mapping

from cards.covered import service_ways, team_ways
from cards.notes import note_card
from cards.payloads import Payload, PayloadInvalid, ShowMyAudits
from cards.payloads_reports import (
    AskPraiseCopy,
    AskReportCopy,
    SendPraise,
    ShowPraise,
    ShowReport,
    WritePraise,
)
from cards.report import report_card
from cards.views import NoteView
from cards.wording import count
from dialogs import praise_presses
from dialogs.numbers_presses import COMING
from dialogs.press import Handler, Outcome, Press
from dialogs.report_pictures import report_of
from dialogs.turn import Command, Reply, Turn
from domain.errors import NotAllowed
from domain.people import Person, Post
from workflows import praising, reporting
from workflows.council import Council, Work
from workflows.offer_kinds import REPORTS
from workflows.offering import offer_file
from workflows.report_access import covered_services, covered_teams, whose
from workflows.reporting import (
    HEADLINE,
    MODERATION,
    MODERATION_COVERED,
    SERVICE,
    TEAM,
    TEAM_COVERED,
)

_NO_ROUND = "No round has been given out yet, so there is nothing to tell."


def _show(press: Press, _: Outcome) -> Reply:
    payload: ShowReport = press.payload
    return _shown(press.council, press.work, press.turn, press.person, payload.report, payload.round_id)


def _shown(
    council: Council, work: Work, turn: Turn, person: Person, report: str, round_id: int, *, message: str = ""
) -> Reply:
    found = report_of(work, council, person, report, round_id, turn.now)
    if report in (TEAM, MODERATION, TEAM_COVERED, MODERATION_COVERED):
        reporting.note_reading(work, by=person, report=report, round_id=round_id, now=turn.now)
    copy = AskReportCopy(report, round_id, turn.nonce)
    return Reply(report_card(found, copy, message=message), title=found.title)


def _ask_copy(press: Press) -> Outcome:
    payload: AskReportCopy = press.payload
    if payload.report not in REPORTS:
        raise PayloadInvalid
    offer_file(
        press.work,
        press.council,
        by=press.person,
        kind=REPORTS[payload.report],
        subject_id=payload.round_id,
        token=press.turn.nonce,
        now=press.now,
    )
    return {}


def _show_asked(press: Press, _: Outcome) -> Reply:
    payload: AskReportCopy = press.payload
    return _shown(
        press.council,
        press.work,
        press.turn,
        press.person,
        payload.report,
        payload.round_id,
        message=COMING,
    )


def _type_headline(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    return _own(council, work, turn, person, HEADLINE, 0)


def _type_numbers(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    if Post.SM not in person.posts:
        return None
    allocated = work.rounds.in_state("allocated")
    if not allocated:
        return Reply(note_card(NoteView("Our numbers", _NO_ROUND, _MY_AUDITS)), title="Our numbers")
    return _own(council, work, turn, person, SERVICE, allocated[-1].id)


def _type_reports(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    """The reports of the latest round that are this person's; a line of somebody's page for anyone else."""
    allocated = work.rounds.in_state("allocated")
    if not allocated:
        view = NoteView("Round reports", _NO_ROUND, _MY_AUDITS)
        manages = person.posts & {Post.TM, Post.SM}
        return Reply(note_card(view), title="Round reports") if manages else None
    latest = allocated[-1]
    wanted: list[tuple[str, Payload]] = [
        (title, ShowReport(report, latest.id))
        for title, report in _ROUND_REPORTS
        if _may(council, work, turn, person, report, latest.id)
    ]
    teams, services = (
        [(one.name, whose(latest.id, one.manager.id)) for one in covered(work, council, person, turn.now)]
        for covered in (covered_teams, covered_services)
    )
    wanted += [*team_ways(teams), *service_ways(services)]
    text = (
        f"What the {latest.month:%B %Y} round tells so far. Once it is over, its reports come by themselves."
    )
    # Whoever covers a manager reads the round, and not the year of what they answer for.
    manages = person.posts & {Post.TM, Post.SM}
    buttons = (*wanted, *((("Did it change anything?", ShowReport(HEADLINE, 0)),) if manages else ()))
    view = NoteView("Round reports", text, buttons)
    return Reply(note_card(view), title="Round reports") if wanted else None


def _type_praise(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    """How many could be praised; who they are comes with a press, as what is typed stays in the chat."""
    if not person.in_qa_office:
        return None
    found = praising.suggestions(work, council, by=person, now=turn.now)
    if found:
        text = f"{count(len(found), 'piece')} of good work could do with a word. You choose, and you word it."
        view = NoteView("Good work to praise", text, (("See whose", ShowPraise(0)),))
    else:
        view = NoteView("Good work to praise", "Nothing new stands out in the last audits.", _MY_AUDITS)
    return Reply(note_card(view), title="Praise")


def _own(
    council: Council, work: Work, turn: Turn, person: Person, report: str, round_id: int
) -> Reply | None:
    try:
        return _shown(council, work, turn, person, report, round_id)
    except NotAllowed:
        # Not theirs to ask: the line is read on as any other.
        return None


def _may(council: Council, work: Work, turn: Turn, person: Person, report: str, round_id: int) -> bool:
    try:
        reporting.require_report(work, council, by=person, report=report, round_id=round_id, now=turn.now)
    except NotAllowed:
        return False
    return True


_MY_AUDITS = (("My audits", ShowMyAudits()),)
_ROUND_REPORTS = (
    ("Team summary", TEAM),
    ("Our numbers", SERVICE),
    ("How moderation went", MODERATION),
)

HANDLERS: dict[type[Payload], Handler] = {
    ShowReport: Handler(_show),
    AskReportCopy: Handler(_show_asked, act=_ask_copy),
    ShowPraise: Handler(praise_presses.show_list),
    WritePraise: Handler(praise_presses.show_form),
    AskPraiseCopy: Handler(praise_presses.show_asked, act=praise_presses.ask_copy),
    SendPraise: Handler(praise_presses.show_sent, act=praise_presses.send, refuse=praise_presses.refuse),
}
"""What the buttons of reports and praise carry. See `cards.payloads`."""

COMMANDS: Mapping[str, Command] = {
    "headline": Command(
        ("headline", "did it change anything", "did anything change", "what changed", "what has changed"),
        _type_headline,
    ),
    "our_numbers": Command(("our numbers", "numbers", "required audits", "action plan"), _type_numbers),
    "round_reports": Command(
        ("round report", "round reports", "reports", "report", "team summary", "moderation report"),
        _type_reports,
    ),
    "praise": Command(("praise", "good work", "praise note", "say thank you"), _type_praise),
}
"""What can be typed."""
