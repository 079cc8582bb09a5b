"""Figures: where somebody begins, further down, as a Word copy, and a team's week (PF-01, PF-08, PF-14)."""

from collections.abc import Mapping

from cards.buttons import press, rows
from cards.elements import Button, Element, typed
from cards.notes import note_card
from cards.payloads import Payload, ShowMyAudits
from cards.payloads_performance import (
    AnswerTeamReport,
    AskNumbersCopy,
    ShowClinicPack,
    ShowExceptions,
    ShowLeadSummary,
    ShowNumbers,
    ShowPerformance,
    ShowPerformanceReport,
    ShowRequests,
    ShowTeamReport,
    ShowWeeks,
    WriteNarrative,
)
from cards.report import report_card
from cards.team_report import TeamReportView, WeekView, report_foot, weeks_card
from cards.views import HintView, NoteView
from cards.wording import count
from dialogs.performance_pictures import gathered, level_of, numbers_picture
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Reply, Turn
from domain.days import month_number
from domain.errors import NotAllowed, RuleBroken
from domain.governance import quarter_name
from domain.people import Person, Post
from domain.performance import Answer
from domain.permissions import Verb, require
from workflows import team_reporting
from workflows.asking_reports import requests_for, seats
from workflows.council import Council, Work
from workflows.explaining import mine_to_explain
from workflows.lead_summary import latest_summary
from workflows.learning_texts import TextsWanted
from workflows.narrating import mine_to_write
from workflows.offered_numbers import NUMBERS
from workflows.offering import offer_file
from workflows.performance import Level, Place, own_place, require_place, teams_by_service
from workflows.performance_latest import latest_pack, latest_reports

PAGE = 10
"""How many figures a card shows; the Word copy has all of them."""
COMING = (
    "The Word copy comes in a message of its own in a moment. Press Allow there, and it goes into your "
    "OneDrive."
)


def _show_start(press: Press, _: Outcome) -> Reply:
    reply = _start(press.council, press.work, press.turn, press.person)
    if reply is None:
        raise NotAllowed(
            "There are no performance figures for you here. If you think there should be, please "
            "ask the QA office."
        )
    return reply


def _start(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    """What there is for this person, what they are asked for first; None where there is nothing."""
    asked, found = _asked_of(council, work, turn, person), _for_reading(council, work, turn, person)
    if not asked and not found:
        return None
    text = "What is asked of you stands first." if asked else "Nothing is asked of you today."
    view = NoteView("Performance", text, (*asked, *found, ("My audits", ShowMyAudits())))
    return Reply(note_card(view), title="Performance")


def _asked_of(council: Council, work: Work, turn: Turn, person: Person) -> list[tuple[str, Payload]]:
    made: list[tuple[str, Payload]] = []
    if waiting := mine_to_explain(work, council, by=person, now=turn.now):
        made.append((f"Explain {count(len(waiting), 'figure')}", ShowExceptions(0)))
    made += [
        (f"Write: {one.title}", WriteNarrative(one.id))
        for one in mine_to_write(work, council, by=person, now=turn.now)
    ]
    return made


def _for_reading(council: Council, work: Work, turn: Turn, person: Person) -> list[tuple[str, Payload]]:
    made: list[tuple[str, Payload]] = []
    try:
        require(Verb.SEE_NUMBERS, person, today=council.today(turn.now))
        place = own_place(work, person)
        require_place(work, council, by=person, place=place, now=turn.now)
    except NotAllowed:
        pass
    else:
        made.append((_OWN[place.level], ShowNumbers(place.level.value, place.id, 0)))
        if Post.SM in person.posts:
            made.append(("What my teams answered", ShowWeeks(0)))
            made.append(("The council", ShowNumbers(Level.COUNCIL.value, 0, 0)))
        made += [
            (title, ShowPerformanceReport(subject))
            for title, subject in latest_reports(work, council, by=person, now=turn.now)
        ]
    summary = latest_summary(work, council, by=person, now=turn.now)
    if summary is not None:
        title = f"Summary for the Lead Member, {quarter_name(summary.period_on)}"
        made.append((title, ShowLeadSummary(month_number(summary.period_on))))
    pack = latest_pack(work, council, by=person, now=turn.now)
    if pack is not None:
        made.append(("Performance Clinic", ShowClinicPack(pack)))
    try:
        requests_for(work, council, by=person, now=turn.now)
    except NotAllowed:
        return made
    made.append(("Reports asked for", ShowRequests(0)))
    return made


def _show_numbers(press: Press, _: Outcome) -> Reply:
    payload: ShowNumbers = press.payload
    return _numbers(press, Place(level_of(payload.level), payload.place_id), payload.start)


def _numbers(press: Press, place: Place, start: int, *, message: str = "") -> Reply:
    found = gathered(press.work, press.council, press.person, place, press.now)
    if place.level in (Level.PEOPLE, Level.CASES):
        note_opened(press, place)
    first = min(start, max(0, (len(found.lines) - 1) // PAGE * PAGE))
    shown = found.lines[first : first + PAGE]
    report = numbers_picture(found, place, shown)
    legend, buttons = _further(press, place)
    if (more := len(found.lines) - first - len(shown)) > 0:
        onwards = ShowNumbers(place.level.value, place.id, first + PAGE)
        buttons = [_button(f"Next ({more:,} more)", onwards), *buttons]
    copy = AskNumbersCopy(place.level.value, place.id, press.turn.nonce)
    return Reply(
        report_card(report, copy, message=message, foot=[*legend, *rows(*buttons)]), title=report.title
    )


def note_opened(press: Press, place: Place) -> None:
    """Note in the trail that somebody read figures of named people or single cases."""
    press.work.trail.add(
        now=press.now,
        actor=press.person.id,
        verb="read",
        subject=f"figures by {place.level.value} of team {place.id}",
    )


def _further(press: Press, place: Place) -> tuple[list[Element], list[Button]]:
    """The ways down and back from a place that are open to this reader.

    Names come from lists, so they stand in a numbered legend and never on a button.
    """
    work = press.work
    named: list[tuple[str, Place]] = []
    made: list[tuple[str, Place]] = []
    services, teams = work.people.services(), work.people.teams()
    match place.level:
        case Level.COUNCIL:
            named = [(services[i].name, Place(Level.SERVICE, i)) for i in teams_by_service(work)]
        case Level.SERVICE:
            below = teams_by_service(work)[place.id]
            named = [(teams[i].name, Place(Level.TEAM, i)) for i in below]
            made = [("The council", Place(Level.COUNCIL, 0))]
        case Level.TEAM:
            service_id = teams[place.id].service_id
            made = [
                ("By person", Place(Level.PEOPLE, place.id)),
                ("By case", Place(Level.CASES, place.id)),
                ("The service", Place(Level.SERVICE, service_id)),
            ]
        case Level.PEOPLE | Level.CASES:
            made = [("The team", Place(Level.TEAM, place.id))]
    down = [(name, to) for name, to in named if _may(press, to)]
    legend = [typed(f"{n}. {name}", spacing="small") for n, (name, _) in enumerate(down, start=1)]
    ways = [(f"Open {n}", to) for n, (_, to) in enumerate(down, start=1)]
    ways += [(title, to) for title, to in made if _may(press, to)]
    return legend, [_button(title, ShowNumbers(to.level.value, to.id, 0)) for title, to in ways]


def _may(press: Press, place: Place) -> bool:
    try:
        require_place(press.work, press.council, by=press.person, place=place, now=press.now)
    except NotAllowed:
        return False
    return True


def _button(title: str, payload: Payload) -> Button:
    return press(title, payload)


def _ask_copy(press: Press) -> Outcome:
    payload: AskNumbersCopy = press.payload
    offer_file(
        press.work,
        press.council,
        by=press.person,
        kind=NUMBERS[level_of(payload.level)],
        subject_id=payload.place_id,
        token=press.turn.nonce,
        now=press.now,
    )
    return {}


def _show_asked(press: Press, _: Outcome) -> Reply:
    payload: AskNumbersCopy = press.payload
    return _numbers(press, Place(level_of(payload.level), payload.place_id), 0, message=COMING)


def _show_team_report(press: Press, _: Outcome) -> Reply:
    payload: ShowTeamReport = press.payload
    return _team_report(press, payload.report_id)


def _team_report(
    press: Press,
    report_id: int,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    message: str = "",
) -> Reply:
    found = team_reporting.open_team_report(
        press.work, press.council, by=press.person, report_id=report_id, now=press.now
    )
    place = Place(Level.TEAM, found.report.team_id)
    view = TeamReportView(
        report_id=report_id,
        team_id=found.report.team_id,
        answer=found.report.answer,
        text=found.report.text,
        answered_by=found.answered_by,
        may_answer=found.may_answer,
        nonce=press.turn.nonce,
        typed=typed,
        errors=tuple(HintView(f, m, blocking=True) for f, m in (errors or {}).items()),
    )
    report = numbers_picture(found.numbers, place, found.numbers.lines[:PAGE])
    copy = AskNumbersCopy(place.level.value, place.id, press.turn.nonce)
    return Reply(report_card(report, copy, message=message, foot=report_foot(view)), title="Team report")


def _answer(press: Press) -> Outcome:
    payload: AnswerTeamReport = press.payload
    team_reporting.answer_team_report(
        press.work,
        press.council,
        by=press.person,
        report_id=payload.report_id,
        answer=Answer.ACTING if payload.acting else Answer.SEEN,
        text=press.typed("week_text"),
        now=press.now,
    )
    return {}


def _show_answered(press: Press, _: Outcome) -> Reply:
    payload: AnswerTeamReport = press.payload
    return _team_report(press, payload.report_id, message="Thank you. Your service manager can see it.")


def _refuse_answer(press: Press, broken: RuleBroken) -> Reply | None:
    payload: AnswerTeamReport = press.payload
    if isinstance(broken, TextsWanted):
        return _team_report(press, payload.report_id, typed=press.typed_texts, errors=broken.errors)
    return None


def _show_weeks(press: Press, _: Outcome) -> Reply:
    payload: ShowWeeks = press.payload
    found = team_reporting.weeks_of_service(press.work, press.council, by=press.person, now=press.now)
    weeks = tuple(WeekView(one.report_id, one.team, one.week_on, one.answer, one.text) for one in found)
    return Reply(weeks_card(weeks, payload.start), title="Team reports")


def _type_start(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    """What there is for whoever looks at figures; a line of somebody's page for anyone else."""
    try:
        require(Verb.SEE_NUMBERS, person, today=council.today(turn.now))
    except NotAllowed:
        if latest_summary(work, council, by=person, now=turn.now) is None:
            return None
    return _start(council, work, turn, person)


def _type_numbers(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    """The way to one's own figures: what is typed stays in the chat, so they open with a press."""
    found = [(title, to) for title, to in _for_reading(council, work, turn, person) if title in _OWN.values()]
    if not found:
        return None
    view = NoteView("Figures", "Your figures open with a press.", tuple(found))
    return Reply(note_card(view), title="Figures")


def may_ask(council: Council, work: Work, person: Person) -> bool:
    """Whether the person sits on a group that may ask for a report."""
    return bool(seats(work, council, person))


_OWN: Mapping[Level, str] = {
    Level.COUNCIL: "Our figures",
    Level.SERVICE: "Figures of my service",
    Level.TEAM: "Figures of my team",
}

HANDLERS: dict[type[Payload], Handler] = {
    ShowPerformance: Handler(_show_start),
    ShowNumbers: Handler(_show_numbers),
    AskNumbersCopy: Handler(_show_asked, act=_ask_copy),
    ShowTeamReport: Handler(_show_team_report),
    AnswerTeamReport: Handler(_show_answered, act=_answer, refuse=_refuse_answer),
    ShowWeeks: Handler(_show_weeks),
}
"""What the buttons of figures carry. See `cards.payloads`."""

COMMANDS: Mapping[str, Command] = {
    "performance": Command(("performance", "my performance", "indicators", "kpis"), _type_start),
    "numbers": Command(
        (
            "numbers of my team",
            "my team's numbers",
            "my numbers",
            "team numbers",
            "figures",
            "my figures",
            "figures of my team",
            "figures of my service",
            "numbers of my service",
            "council numbers",
        ),
        _type_numbers,
    ),
}
"""What can be typed."""
