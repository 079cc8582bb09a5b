"""What packs for a body show beside figures: what it decided, and performance figures that need a look.

The packs' readers may not see teams, so figures are told by service at most and without small numbers.

Source: OG-06, PF-06, PF-07, PF-09, QB-01, SG-03.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.days import local_midnight, uk_date
from domain.figures import Period
from domain.numbers import ExceptionLine
from domain.pack_content import TextTable
from domain.packs import ACTIONS, FINDINGS, PackKind, PackLine
from domain.performance import ExceptionState
from domain.tracking import STATE_NAMES, Tracked, TrackedKind, TrackedState
from storage.work import View
from workflows.council import Council
from workflows.explaining import exception_lines

KINDS = frozenset({PackKind.QA_GROUP, PackKind.BOARD, PackKind.SMT})
_DECIDED = frozenset({TrackedKind.DECISION, TrackedKind.ACTION})
_NO_ANSWER = "No answer yet"


@dataclass(frozen=True, slots=True)
class Setting:
    """What the tables of one pack are gathered from."""

    view: View
    council: Council
    line: PackLine
    period: Period
    """The time that the pack tells of."""
    today: date


def added_tables(setting: Setting) -> Mapping[str, tuple[TextTable, ...]]:
    """Part to the tables that have any row."""
    if setting.line.kind not in KINDS:
        return {}
    found = {
        part: tuple(table for gather in gathers if (table := gather(setting)) is not None)
        for part, gathers in TABLES.items()
    }
    return {part: tables for part, tables in found.items() if tables}


def _standing(setting: Setting) -> TextTable | None:
    """What the body decided and has not ended; a decision that nobody is to carry out is told once.

    Source: OG-06, QB-01.
    """
    last = _last_held(setting)
    rows = []
    for row in setting.view.tracking.standing_of_body(setting.line.meeting, None):
        to_do = row.owner_id is not None or row.kind is not TrackedKind.DECISION
        if row.kind in _DECIDED and (to_do or last is None or row.created_at >= local_midnight(last)):
            rows.append(row)
    headings = ("What", "Who", "By", "How it stands")
    return _table(f"Decisions and actions: {_body(setting)}", headings, _decided(setting, rows))


def _ended(setting: Setting) -> TextTable | None:
    """What it decided and was ended since it last met, with what changed. Source: OG-06."""
    since = _last_held(setting) or setting.period.first
    rows = [
        row
        for row in setting.view.tracking.ended_of_body(setting.line.meeting, None, local_midnight(since))
        if row.kind in _DECIDED
    ]
    owners = _names(setting, rows)
    told = [
        (
            row.title,
            owners.get(row.owner_id or 0, ""),
            row.impact if row.state is TrackedState.CLOSED else STATE_NAMES[row.state],
        )
        for row in rows
    ]
    return _table("Ended since last time", ("What", "Who", "What changed"), told)


def _exceptions(setting: Setting) -> TextTable | None:
    """Figures of the council and its services that need a look, with their owner. Source: PF-06, PF-09."""
    raised = [
        one
        for one in setting.view.exceptions.between(setting.period.first, setting.period.last)
        if one.measured.team_id is None and one.state is not ExceptionState.CLOSED
    ]
    lines = exception_lines(setting.view, setting.council, raised, in_full=False)
    told = [
        (
            f"{one.name}, {one.whose}",
            _figure(one),
            one.owner or "Nobody yet",
            one.reply or _NO_ANSWER,
            one.action,
        )
        for one in sorted(lines, key=lambda one: (one.name.casefold(), one.whose.casefold(), one.period))
    ]
    headings = ("What", "What it shows", "Who answers", "Why", "What is done")
    return _table("Performance figures that need a look", headings, told)


Gather = Callable[[Setting], TextTable | None]
TABLES: Mapping[str, tuple[Gather, ...]] = {
    FINDINGS: (_exceptions,),
    ACTIONS: (_standing, _ended),
}
"""Part (`domain.packs`) to what is added to it; None where there is nothing to tell."""


def _figure(one: ExceptionLine) -> str:
    target = f" (target {one.target})" if one.target else ""
    return f"{one.period}: {one.figure}{target}, {one.says}"


def _decided(setting: Setting, rows: Iterable[Tracked]) -> Iterable[tuple[str, ...]]:
    found = tuple(rows)
    owners = _names(setting, found)
    for row in found:
        overdue = row.is_overdue(setting.today)
        state = "Overdue" if overdue else STATE_NAMES[row.state]
        if row.kind is TrackedKind.DECISION and row.owner_id is None:
            state = "Decided"
        yield (row.title, owners.get(row.owner_id or 0, ""), uk_date(row.due_on) if row.due_on else "", state)


def _names(setting: Setting, rows: Iterable[Tracked]) -> Mapping[int, str]:
    people = setting.view.people.many(row.owner_id for row in rows if row.owner_id is not None)
    return {person_id: person.name for person_id, person in people.items()}


def _last_held(setting: Setting) -> date | None:
    last = setting.view.meetings.last_held(setting.line.meeting, None, setting.today)
    return last.held_on if last is not None else None


def _body(setting: Setting) -> str:
    line = setting.council.framework.meeting(setting.line.meeting)
    return line.body if line is not None else ""


def _table(title: str, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> TextTable | None:
    found = tuple(rows)
    return TextTable(title, headings, found) if found else None
