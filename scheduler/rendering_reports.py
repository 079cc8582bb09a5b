"""What a round found, and praise: the cards that lead to it.

A report is opened by a press and never stands in the chat itself: few audits say too much about few people.
"""

from collections.abc import Mapping

from cards.covered import service_ways, team_ways
from cards.payloads_reports import ShowPraise, ShowReport
from cards.praise_note import praise_note_card, praise_report
from cards.wording import count
from domain.errors import RuleBroken
from scheduler.drawing import Draw, Drawing, Drawn, Needless, Write, note
from scheduler.rendering_office import for_office
from workflows.praise_notes import COPY, praise_of
from workflows.report_access import covered_services, covered_teams, whose
from workflows.reporting import HEADLINE, MODERATION, SERVICE, TEAM, require_report
from workflows.round_reports import OFFICE, SERVICE_REPORT, TEAM_SUMMARY, told_managers

NO_LONGER = Needless("the report is no longer theirs")
_CHANGED = ("Did it change anything?", ShowReport(HEADLINE, 0))


def team_summary(drawing: Drawing) -> Drawn | Needless:
    """Leads a team manager to what the round found in their team (CA-20)."""
    month, round_id = _month(drawing), drawing.notice.subject_id
    own = _theirs(drawing, TEAM)
    covered = covered_teams(drawing.view, drawing.council, drawing.person, drawing.now)
    if not own and not covered:
        return NO_LONGER
    text = (
        f"The {month} round is over. The summary says whose views were heard, what is strong in a team's "
        "work, what to work on and where the actions stand."
    )
    theirs = "the team you cover" if len(covered) == 1 else "the teams you cover"
    found_in = " and ".join((*(("your team",) if own else ()), *((theirs,) if covered else ())))
    # Whoever covers a manager reads the summary and not the team's whole year.
    return note(
        f"What the {month} round found in {found_in}",
        text,
        *((("Open the summary", ShowReport(TEAM, round_id)),) if own else ()),
        *team_ways((one.name, whose(round_id, one.manager.id)) for one in covered),
        *((_CHANGED,) if own else ()),
    )


def service_report(drawing: Drawing) -> Drawn | Needless:
    """Leads a service manager to their numbers, and to how moderation went (RO-08, MO-20)."""
    month, round_id = _month(drawing), drawing.notice.subject_id
    own = _theirs(drawing, SERVICE)
    covered = covered_services(drawing.view, drawing.council, drawing.person, drawing.now)
    if not own and not covered:
        return NO_LONGER
    text = (
        f"The {month} round is over. The numbers say what was required, done and exempt, with an action "
        "plan to fill in. How moderation went for the auditors is for you alone, to help each of them."
    )
    mine = (
        ("Our numbers", ShowReport(SERVICE, round_id)),
        ("How moderation went", ShowReport(MODERATION, round_id)),
        _CHANGED,
    )
    theirs = "the service you cover" if len(covered) == 1 else "the services you cover"
    says_for = " and ".join((*(("your service",) if own else ()), *((theirs,) if covered else ())))
    return note(
        f"What the {month} round says for {says_for}",
        text,
        *(mine if own else ()),
        *service_ways((one.name, whose(round_id, one.manager.id)) for one in covered),
    )


def reported(drawing: Drawing) -> Drawn | Needless:
    """Tells the QA office that the reports went out, with the way to praise good work (CA-21)."""
    chosen = drawing.view.rounds.get(drawing.notice.subject_id)
    if chosen is None:
        return Needless("the round is not there")
    teams, services, covers = told_managers(drawing.view, drawing.council, chosen)
    beside = f", and to {count(covers, 'person', 'people')} covering somebody on leave" if covers else ""
    text = (
        f"The {chosen.month:%B %Y} round is over. Its summaries went to {count(teams, 'team manager')} and "
        f"{count(services, 'service manager')}{beside}.\n"
        "Some of the work in it was good, and whoever did it may not know. A word from you takes a minute."
    )
    return note("A round's reports went out", text, ("Praise good work", ShowPraise(0)), _CHANGED)


def praise(drawing: Drawing) -> Drawn | Needless:
    """The words of praise, to the person whose work it is, and as a copy to their team manager (CA-21)."""
    said = drawing.view.praise.get(drawing.notice.subject_id)
    if said is None:
        raise LookupError(f"no praise note {drawing.notice.subject_id}")
    note = praise_of(
        drawing.view, drawing.council, by=drawing.person, audit_id=said.audit_id, now=drawing.now
    )
    return Drawn(praise_note_card(note, drawing.nonce), praise_report(note).title)


CARDS: Mapping[str, Draw] = {
    TEAM_SUMMARY: team_summary,
    SERVICE_REPORT: service_report,
    OFFICE: for_office(reported),
    "praise": praise,
    COPY: praise,
}
"""Kind to the card posted in the person's chat."""

MAILS: Mapping[str, Write] = {}
"""Kind to the mail sent to the person."""


def _month(drawing: Drawing) -> str:
    chosen = drawing.view.rounds.get(drawing.notice.subject_id)
    return f"{chosen.month:%B %Y}" if chosen else ""


def _theirs(drawing: Drawing, report: str) -> bool:
    """Whether the report is this person's today."""
    try:
        require_report(
            drawing.view,
            drawing.council,
            by=drawing.person,
            report=report,
            round_id=drawing.notice.subject_id,
            now=drawing.now,
        )
    except RuleBroken:
        return False
    return True
