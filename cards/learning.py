"""The learning log part by part: its entries, its analysis by theme, and what of it is the reader's to do.

Source: OG-06, RO-04, RO-06, RO-07, Q29, SG-01; PR-01.
"""

from collections.abc import Sequence

from cards.buttons import pairs, press, row
from cards.elements import Button, Card, Element, bold, box, card, heading, run, says, typed
from cards.governance_words import said_above
from cards.learning_entry import SHORT, STATES
from cards.payloads_learning import (
    AskEntry,
    AskLearningBook,
    ShowEntry,
    ShowLearningAction,
    ShowLog,
    ShowThemes,
)
from cards.views_learning import LogView
from cards.wording import count, day, excerpt
from domain.learning import STANDING, EntryState, LogLine, MyAction, ThemeLine

MOST_LINES = 8
"""Entries on one card: as many as a phone can take in."""
MOST_OF_MINE = 3

PART_NAMES = {
    "standing": "Under way",
    "to_assure": "To assure",
    "drafts": "Drafts",
    "closed": "Closed",
    "dropped": "Dropped",
    "analysis": "By theme",
    "mine": "Mine",
}
_NOTHING = {
    "standing": "Nothing is under way. Entries are drafted from audits, from moderation and from themes.",
    "to_assure": "Every published entry is assured. Thank you.",
    "drafts": "No draft waits. Moderation brings some by itself when it is released.",
    "closed": "Nothing is closed yet. An entry closes with what changed for children.",
    "dropped": "No draft was dropped.",
    "analysis": "Nothing is published yet, so there is nothing to analyse.",
    "mine": "None of its actions is yours to do.",
}


def log_summary(_view: LogView) -> str:
    """The preview text of the message."""
    return "The learning log."


def log_card(view: LogView) -> Card:
    """A part of the log, each entry with its button; the other parts are a press away."""
    log = view.log
    body: list[Element] = [
        *said_above(view.message),
        heading("The learning log"),
        says("What we learned from children's experience, and what became of it.", subtle=True),
        heading(PART_NAMES[log.part], size="default"),
    ]
    lines: Sequence[Element]
    if log.part == "mine":
        lines = [_mine(one, view) for one in log.mine]
    elif log.part == "analysis":
        lines = [_analysis(one, view) for one in log.analysis]
    else:
        lines = [_line(one, view) for one in log.lines]
    start = view.start if view.start < len(lines) else 0
    body += lines[start : start + MOST_LINES] or [says(_NOTHING[log.part])]
    if log.part != "mine" and log.mine:
        body.append(heading("Yours to do", size="default", spacing="large"))
        body += [_mine(one, view) for one in log.mine[:MOST_OF_MINE]]
    buttons: list[Button] = []
    if (more := len(lines) - start - MOST_LINES) > 0:
        buttons.append(press(f"{count(more, 'more line')}", ShowLog(log.part, start + MOST_LINES)))
    if start:
        buttons.append(press("Those before", ShowLog(log.part, max(0, start - MOST_LINES))))
    body += pairs(buttons)
    body += pairs(
        [
            press(f"{PART_NAMES[name]} ({number})", ShowLog(name, 0))
            for name, number in log.counts.items()
            if name != log.part and (number or name == "standing")
        ]
    )
    if log.part != "mine" or len(log.counts) > 1:
        ways = [
            press("Themes", ShowThemes("", 6, "team")),
            press("Excel copy", AskLearningBook(view.nonce)),
        ]
        if log.may_keep:
            ways.insert(0, press("New entry", AskEntry(0, "words", 0)))
        body += pairs(ways)
    return card(body, preview=log_summary(view))


def _line(line: LogLine, view: LogView) -> Element:
    entry = line.entry
    text: list[Element] = [typed(bold(entry.title))]
    about = [view.titles.get(entry.theme, ""), line.owner_name]
    text.append(typed(", ".join(part for part in about if part) or "Nobody yet", spacing="none"))
    if entry.due_on and entry.state in STANDING:
        overdue = entry.is_overdue(view.today)
        said = f"{'Was due' if overdue else 'Due'} {day(entry.due_on)}"
        text.append(
            typed(
                run(said, bold=True, color="attention") if overdue else run(said, subtle=True), spacing="none"
            )
        )
    stand = [STATES[entry.state]] if entry.state in STANDING else []
    if entry.state is EntryState.CLOSED:
        stand.append("More was needed" if entry.more_needed else "No more was needed")
        if entry.needs_assurance:
            stand.append("not assured yet")
    if line.open_actions or line.done_actions:
        stand.append(f"{line.done_actions} of {count(line.open_actions + line.done_actions, 'action')} done")
    if stand:
        text.append(typed(run("; ".join(stand) + ".", subtle=True), spacing="none"))
    text.append(row(press("Open", ShowEntry(entry.id), tooltip=f"Open: {entry.title}")))
    return box(text, spacing="medium", separator=True)


def _mine(one: MyAction, view: LogView) -> Element:
    overdue = one.action.due_on < view.today
    said = f"{'Was due' if overdue else 'Due'} {day(one.action.due_on)}"
    return box(
        [
            typed(bold(excerpt(one.action.what, SHORT)[0])),
            typed(f"For: {one.title}", spacing="none"),
            typed(
                run(said, bold=True, color="attention") if overdue else run(said, subtle=True), spacing="none"
            ),
            row(press("Open", ShowLearningAction(one.action.id), tooltip=f"Open: {one.title}")),
        ],
        spacing="medium",
        separator=True,
    )


def _analysis(line: ThemeLine, view: LogView) -> Element:
    """What the log holds on a theme, for whoever analyses it (Q29)."""
    said = [f"{line.standing} under way"]
    if line.overdue:
        said[0] += f", {line.overdue} of them overdue"
    if line.closed:
        said.append(f"{line.closed} closed, {line.more_needed} of them needing more")
    said.append(f"rests on {count(line.evidence, 'audit')}")
    return box(
        [
            typed(bold(view.titles.get(line.theme, line.theme))),
            typed("; ".join(said) + ".", spacing="none"),
        ],
        spacing="medium",
        separator=True,
    )
