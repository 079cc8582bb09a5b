"""What a round found, and praise: the cards that lead to it.

A report is opened by a press and never stands in the chat itself: few audits say too much about few people.
"""

from collections.abc import Mapping

from cards.payloads_reports import ShowPraise, ShowReport
from cards.praise_note import praise_note_card, praise_report
from cards.wording import count
from domain.errors import RuleBroken
from domain.people import Post
from scheduler.drawing import Draw, Drawing, Drawn, Needless, Write, note
from scheduler.rendering_office import for_office
from workflows.praise_notes import COPY, praise_of
from workflows.reporting import HEADLINE, MODERATION, SERVICE, TEAM, require_report
from workflows.round_reports import OFFICE, SERVICE_REPORT, TEAM_SUMMARY, told_managers

_CHANGED = ("Did it change anything?", ShowReport(HEADLINE, 0))


def team_summary(drawing: Drawing) -> Drawn | Needless:
    """Leads a team manager to what the round found in their team (CA-20)."""
    month = _month(drawing, TEAM)
    if isinstance(month, Needless):
        return month
    text = (
        f"The {month} round is over. Your summary says whose views were heard, what is strong in your team's "
        "work, what to work on and where the actions stand."
    )
    open_it = ("Open the summary", ShowReport(TEAM, drawing.notice.subject_id))
    if Post.TM not in drawing.person.posts:
        # Whoever covers the manager reads the summary and not the team's whole year.
        return note(f"What the {month} round found in the team you cover", text, open_it)
    return note(f"What the {month} round found in your team", text, open_it, _CHANGED)


def service_report(drawing: Drawing) -> Drawn | Needless:
    """Leads a service manager to their numbers, and to how moderation went (RO-08, MO-20)."""
    month = _month(drawing, SERVICE)
    if isinstance(month, Needless):
        return month
    text = (
        f"The {month} round is over. Your numbers say what was required, done and exempt, with an action "
        "plan to fill in. How moderation went for your auditors is for you alone, to help each of them."
    )
    round_id = drawing.notice.subject_id
    return note(
        f"What the {month} round says for your service",
        text,
        ("Our numbers", ShowReport(SERVICE, round_id)),
        ("How moderation went", ShowReport(MODERATION, round_id)),
        _CHANGED,
    )


def reported(drawing: Drawing) -> Drawn | Needless:
    """Tells the QA office that the reports went out, with the way to praise good work (CA-21)."""
    chosen = drawing.view.rounds.get(drawing.notice.subject_id)
    if chosen is None:
        return Needless("the round is not there")
    teams, services = told_managers(drawing.view, chosen.id)
    text = (
        f"The {chosen.month:%B %Y} round is over. Its summaries went to {count(teams, 'team manager')} and "
        f"{count(services, 'service manager')}.\n"
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


def _month(drawing: Drawing, report: str) -> str | Needless:
    """The round's month, while the report is still this person's."""
    round_id = drawing.notice.subject_id
    try:
        require_report(
            drawing.view,
            drawing.council,
            by=drawing.person,
            report=report,
            round_id=round_id,
            now=drawing.now,
        )
    except RuleBroken:
        return Needless("the report is no longer theirs")
    chosen = drawing.view.rounds.get(round_id)
    return f"{chosen.month:%B %Y}" if chosen else Needless("the round is not there")
