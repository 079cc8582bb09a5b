"""Answers to who asks in the QA Group's channel: counts and dates alone, as everybody there reads them.

Source: OG-06, SG-03.
"""

from collections.abc import Sequence

from cards.buttons import pairs
from cards.digest_ahead import AT_ONCE, rest_of
from cards.digest_lines import actions_line, came_in_line, figure_line, hidden_note, unreachable_line
from cards.elements import Card, Element, card, heading, listed, says, typed
from cards.wording import count
from domain.days import short_day
from domain.digest import Coming, Digest
from domain.digest_words import sentence
from domain.framework import Framework
from domain.learning import LogCounts
from domain.tracking import TrackerCounts


def status_answer(framework: Framework, digest: Digest) -> Card:
    """Where the round stands."""
    return _answer(
        f"Where the {digest.now.first:%B} round stands",
        typed(sentence(framework, digest)),
        came_in_line(digest),
        figure_line(digest, "on_time"),
        figure_line(digest, "voice_child"),
        figure_line(digest, "moderated"),
        actions_line(digest),
        unreachable_line(digest),
        *hidden_note(digest),
    )


_DUE = (
    ("waiting.overdue", "Audits overdue"),
    ("waiting.soon", ""),
    ("actions.overdue", "Actions overdue"),
    ("actions.soon", ""),
)
"""Figure to what it is called beside the others."""


def due_answer(digest: Digest) -> Card:
    """What falls due, in numbers."""
    return _answer(
        f"What is due in the {digest.now.first:%B} round",
        *(figure_line(digest, key, name, alone=True) for key, name in _DUE),
        *hidden_note(digest),
        says("For what is yours to do, ask me in your own chat: “my audits” and “my actions”.", subtle=True),
    )


def log_answer(log: LogCounts) -> Card:
    """How the learning log stands."""
    if not log.standing and not log.closed:
        return _answer("The learning log", says("Nothing is published in the learning log yet."))
    lines = [
        f"{count(log.standing, 'entry is', 'entries are')} open"
        + (f", {log.overdue} of them overdue" if log.overdue else ""),
        f"{count(log.actions_open, 'action')} of these entries still to be done",
        f"{count(log.to_assure, 'entry waits', 'entries wait')} to be assured",
        f"{count(log.closed, 'entry is', 'entries are')} closed, each with what changed for children"
        + _more(log.more_needed),
    ]
    made: list[Element] = listed(lines)
    if log.oldest_on is not None:
        day = f"{short_day(log.oldest_on)} {log.oldest_on.year}"
        made.append(says(f"The oldest has been open since {day}.", subtle=True))
    return _answer("The learning log", *made)


def tracker_answer(tracker: TrackerCounts) -> Card:
    """How the activity tracker stands."""
    if not tracker.under_way and not tracker.done and not tracker.closed:
        return _answer("The activity tracker", says("Nothing is on the tracker yet."))
    lines = [
        f"{tracker.under_way} under way"
        + (f", {tracker.overdue} of them overdue" if tracker.overdue else ""),
        f"{tracker.done} called done and waiting to be closed",
        f"{tracker.closed} closed, each with what changed for children" + _more(tracker.more_needed),
    ]
    if tracker.unowned:
        lines.append(f"{tracker.unowned} without an owner")
    rows = says("To see each of them, ask me for “tracker” in your own chat.", subtle=True)
    return _answer("The activity tracker", *listed(lines), rows)


def plan_answer(coming: Sequence[Coming], days: int) -> Card:
    """What so many days hold."""
    title = f"The next {days} days"
    if not coming:
        return _answer(title, says("Nothing is planned for these days."))
    made = listed(f"{short_day(one.day)}: {one.title}" for one in coming[:AT_ONCE])
    if rest := rest_of(len(coming), AT_ONCE):
        made += [says("The rest comes to your own chat:", spacing="medium"), *pairs(rest)]
    return _answer(title, *made)


def help_answer(words: tuple[tuple[str, str], ...], *, puzzled: bool = False) -> Card:
    """What can be asked here: (words, what comes) for each."""
    lead = "I do not know that here. " if puzzled else ""
    return _answer(
        "What you can ask me here",
        says(f"{lead}Mention me with one of these:"),
        *listed(f"“{said}”: {what}" for said, what in words),
        says(
            "Here I answer with counts alone. I talk about audits only in your own chat with me.", subtle=True
        ),
    )


def _more(needed: int) -> str:
    return f"; {count(needed, 'of them needs', 'of them need')} more work" if needed else ""


def _answer(title: str, *body: Element) -> Card:
    return card([heading(title), *body], preview=f"{title}.")
