"""What reminders in a person's day are called, what they ask, and what their buttons open.

Source: CA-19, OG-05, OG-06, PF-01, PF-04, PF-05, PF-07, PF-09, PF-12, PR-02, RO-02, RO-06, RO-07.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from cards.payloads import Payload
from cards.payloads_following import ShowSupervision, ShowSupervisionDays
from cards.payloads_learning import ShowEntry, ShowLearningAction, ShowLog
from cards.payloads_packs import ShowPack
from cards.payloads_performance import (
    ShowExceptions,
    ShowPerformance,
    ShowRequest,
    ShowTeamReport,
    WriteNarrative,
)
from cards.payloads_tracker import ShowTracked
from cards.views_day import DayLine
from cards.wording import count
from cards.wording import day as in_words
from domain.day import Reminder

_MAY_HELP = "A word from you may help: is something in the way, or is somebody else to answer?"


@dataclass(frozen=True, slots=True)
class _Words:
    """How one kind reads; `title` and `detail` are filled in from the reminder."""

    title: Callable[[Reminder], str]
    detail: Callable[[Reminder], str]
    says: str
    button: str
    opens: Callable[[Reminder], Payload]
    has_day: bool = True
    """Whether its day is one by which something is due."""


def reminder_line(one: Reminder, today: date) -> DayLine:
    """The line of a reminder, with its button unless it may not be opened."""
    words = REMINDER_LINES[one.kind]
    due_on = one.due_on if words.has_day else None
    return DayLine(
        title=words.title(one),
        detail=words.detail(one),
        due_on=due_on,
        days_left=(due_on - today).days if due_on else 0,
        says=words.says,
        button=(words.button, words.opens(one)) if one.opens else None,
    )


def _what(one: Reminder) -> str:
    return one.what


def _said(text: str) -> Callable[[Reminder], str]:
    return lambda _: text


def _on(text: str) -> Callable[[Reminder], str]:
    return lambda one: text.format(day=in_words(one.due_on)) if one.due_on else ""


_ON_TRACKER = _said("On the activity tracker")
_OF_LEARNING = _said("A learning action of yours")
_NOTHING = _said("")

REMINDER_LINES: Mapping[str, _Words] = {
    "tracked_soon": _Words(
        _what,
        _ON_TRACKER,
        "How does it go? When it is done, say what changed.",
        "Open",
        lambda one: ShowTracked(one.subject_id),
    ),
    "tracked_overdue": _Words(
        _what,
        _ON_TRACKER,
        "If it is done, say what changed for children. If something is in the way, say so there.",
        "Open",
        lambda one: ShowTracked(one.subject_id),
    ),
    "learning_action_soon": _Words(
        _what,
        _OF_LEARNING,
        "",
        "Open",
        lambda one: ShowLearningAction(one.subject_id),
    ),
    "learning_action_overdue": _Words(
        _what,
        _OF_LEARNING,
        "If it is done, please say so. If something is in the way, the QA office can move it.",
        "Open",
        lambda one: ShowLearningAction(one.subject_id),
    ),
    "learning_entry_overdue": _Words(
        _what,
        _said("An entry of the learning log"),
        "What has changed for children? Close it with that, or give it another day.",
        "Open",
        lambda one: ShowEntry(one.subject_id),
    ),
    "learning_drafts": _Words(
        lambda one: f"{count(one.number, 'draft')} for the learning log",
        _NOTHING,
        "To be written and published, or dropped.",
        "See the drafts",
        lambda _: ShowLog("drafts", 0),
        has_day=False,
    ),
    "learning_to_assure": _Words(
        lambda one: f"{count(one.number, 'entry', 'entries')} of the learning log to assure",
        _NOTHING,
        "",
        "See them",
        lambda _: ShowLog("to_assure", 0),
        has_day=False,
    ),
    "exceptions_chased": _Words(
        lambda one: f"{count(one.number, 'figure waits', 'figures wait')} for a line from you",
        _NOTHING,
        "Why is it so, and what are you doing about it?",
        "Answer",
        lambda _: ShowExceptions(0),
    ),
    "exceptions_escalated": _Words(
        lambda one: f"{count(one.number, 'figure waits', 'figures wait')} for a line from {one.who}",
        _NOTHING,
        _MAY_HELP,
        "Performance",
        lambda _: ShowPerformance(),
    ),
    "report_chased": _Words(
        lambda one: f"A report for {one.who}",
        _what,
        "",
        "Open",
        lambda one: ShowRequest(one.subject_id),
    ),
    "report_escalated": _Words(
        lambda one: f"A report from {one.who} is late",
        _what,
        _MAY_HELP,
        "Open",
        lambda one: ShowRequest(one.subject_id),
    ),
    "team_report_chased": _Words(
        _said("Your team's figures wait for an answer"),
        _on("The week from {day}"),
        "A press on “Seen” is enough where all is well.",
        "Open the figures",
        lambda one: ShowTeamReport(one.subject_id),
        has_day=False,
    ),
    "narrative_reminded": _Words(
        _said("Your sentences are still missing"),
        _what,
        "They can be written until that day; then the report goes out.",
        "Write them",
        lambda one: WriteNarrative(one.subject_id),
    ),
    "pack_waits": _Words(
        _what,
        _on("Its meeting is on {day}"),
        "It is still a draft; please ask for its approval.",
        "Open",
        lambda one: ShowPack(one.subject_id),
        has_day=False,
    ),
    "pack_waits_to_approve": _Words(
        _what,
        _on("Its meeting is on {day}"),
        "It waits for your approval.",
        "Open",
        lambda one: ShowPack(one.subject_id),
        has_day=False,
    ),
    "supervision_near": _Words(
        lambda one: f"{one.who} has supervision with you",
        lambda one: (
            f"{_on('On {day}')(one)}. To talk through: the learning of {count(one.number, 'audit')}, and "
            f"{count(one.beside, 'action')}"
        ),
        "What matters most to each child comes first. One press there records that you have talked.",
        "Open",
        lambda one: ShowSupervision(one.subject_id),
        has_day=False,
    ),
    "supervision_days": _Words(
        lambda one: f"{count(one.number, 'person has', 'people have')} no day for supervision yet",
        _NOTHING,
        "With a day, what to talk through comes here in time.",
        "Set the days",
        lambda _: ShowSupervisionDays(),
        has_day=False,
    ),
}
"""Kind of reminder to its words."""
