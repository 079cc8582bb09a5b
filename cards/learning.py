"""The learning log: its lists, one entry, and an action as its owner sees it.

An entry names no case. It says how many audits it rests on; only who may open one has a button to it.
Source: OG-06, RO-04, RO-06, RO-07, Q29, SG-01; PR-01.
"""

from collections.abc import Sequence

from cards.buttons import press, row
from cards.elements import Button, Card, Element, bold, box, card, facts, heading, run, says, typed
from cards.fields import Form, other_errors
from cards.payloads import ReadShared
from cards.payloads_learning import (
    AskEntry,
    AssureEntry,
    FinishLearningAction,
    PublishEntry,
    ShowEntry,
    ShowLearningAction,
    ShowLog,
    ShowThemes,
)
from cards.views_learning import EntryView, LogView, OwnActionView
from cards.wording import count, day, excerpt, moment
from domain.learning import STANDING, EntryState, LogLine, MyAction, OwnedAction, ThemeLine

MOST_LINES = 8
"""Entries on one card: as many as a phone can take in."""
MOST_EVIDENCE = 4
MOST_OF_MINE = 6
_SHORT = 300
"""Characters of an action beside its entry; its owner and the form have the whole."""

PART_NAMES = {
    "standing": "Under way",
    "to_assure": "To assure",
    "drafts": "Drafts",
    "closed": "Closed",
    "dropped": "Dropped",
    "analysis": "By theme",
    "mine": "Mine",
}
_STATES = {
    EntryState.DRAFT: "Draft, for the QA office alone",
    EntryState.OPEN: "Published, not assured yet",
    EntryState.ASSURED: "Published and assured",
    EntryState.CLOSED: "Closed",
    EntryState.DROPPED: "Dropped",
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
    body += _pairs(buttons)
    body += _pairs(
        [
            press(f"{PART_NAMES[name]} ({number})", ShowLog(name, 0))
            for name, number in log.counts.items()
            if name != log.part and (number or name == "standing")
        ]
    )
    if log.part != "mine" or len(log.counts) > 1:
        ways = [press("Themes", ShowThemes("", 6, "team"))]
        if log.may_keep:
            ways.insert(0, press("New entry", AskEntry(0, "words", 0)))
        body += _pairs(ways)
    return card(body, preview=log_summary(view))


def entry_card(view: EntryView) -> Card:
    """One entry whole: what was learned, what it rests on, who does what, and where it stands."""
    opened, entry = view.opened, view.opened.entry
    body: list[Element] = [
        *([box([typed(view.message)], style="good")] if view.message else []),
        heading("What we learned"),
        typed(bold(entry.title)),
        box([typed(entry.learning)], style="emphasis") if entry.learning else says("Not written yet."),
        facts(
            [
                ("About", view.titles.get(entry.theme, "")),
                ("Rests on", _evidence(view)),
                ("Stands", _STATES[entry.state]),
                ("Seen to by", opened.owner_name),
                ("By", day(entry.due_on) if entry.due_on else ""),
                (
                    "Assured",
                    f"{opened.assured_by_name}, {moment(entry.assured_at)}" if entry.assured_at else "",
                ),
            ]
        ),
    ]
    if entry.is_overdue(view.today):
        body.append(typed(run("Its day has passed.", bold=True, color="attention"), spacing="small"))
    body += _evidence_buttons(view)
    body += _actions(view)
    body += _end(view)
    return card([*body, *_pairs(_moves(view))], preview="An entry of the learning log.")


def own_action_card(view: OwnActionView) -> Card:
    """An action of the reader's own: why, what, by when, and the box that says it is done."""
    action = view.action
    late = action.done_on is None and action.due_on < view.today
    body: list[Element] = [
        heading("A learning action of yours"),
        typed(bold(view.entry.title)),
        box([typed(view.entry.learning)], style="emphasis"),
        facts([("About", view.theme), ("By", day(action.due_on))]),
        *([typed(run("Its day has passed.", bold=True, color="attention"))] if late else []),
        typed(bold("What is to be done: "), action.what, spacing="medium"),
    ]
    log = press("My learning actions", ShowLog("mine", 0))
    if action.done_on is not None:
        done = f"Done on {day(action.done_on)}: {action.done_text}"
        return card([*body, box([typed(done)], style="good"), row(log)], preview="A learning action.")
    form = Form(view.typed, view.errors)
    body += [
        *other_errors(view.errors),
        *form.text("done_text", "What was done? Everybody who reads the log sees it, so please name nobody."),
        row(press("It is done", FinishLearningAction(action.id, view.nonce), with_inputs=True), log),
    ]
    return card(body, preview="A learning action of yours.")


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
    stand = [_STATES[entry.state]] if entry.state in STANDING else []
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
            typed(bold(excerpt(one.action.what, _SHORT)[0])),
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


def _evidence(view: EntryView) -> str:
    """How much an entry rests on; of what its reader may not open there is only this number."""
    audits, moderations = view.opened.audits, view.opened.moderations
    if not audits:
        return "no audit by number"
    return count(audits, "audit") + (f", {moderations} of them moderated" if moderations else "")


def _evidence_buttons(view: EntryView) -> list[Element]:
    readable = view.opened.readable[:MOST_EVIDENCE]
    if len(readable) == 1:
        return [row(press("Read the audit", ReadShared(readable[0], "summary")), spacing="small")]
    return _pairs(
        [press(f"Read audit {n}", ReadShared(i, "summary")) for n, i in enumerate(readable, start=1)]
    )


def _actions(view: EntryView) -> list[Element]:
    opened = view.opened
    if not opened.actions:
        return []
    body: list[Element] = [heading("What is being done", size="default", spacing="large")]
    return body + [_action(one, view) for one in opened.actions]


def _action(one: OwnedAction, view: EntryView) -> Element:
    action, entry = one.action, view.opened.entry
    text: list[Element] = [typed(excerpt(action.what, _SHORT)[0])]
    if action.done_on:
        text.append(
            typed(
                run(f"Done on {day(action.done_on)} by {one.owner_name}: ", color="good"),
                excerpt(action.done_text, _SHORT)[0],
                spacing="none",
            )
        )
        return box(text, spacing="medium", separator=True)
    late = action.due_on < view.today
    due = f", {'was due' if late else 'by'} {day(action.due_on)}"
    text.append(
        typed(bold(one.owner_name), run(due, color="attention") if late else run(due), spacing="none")
    )
    if view.opened.may_keep and entry.state in {EntryState.DRAFT, *STANDING}:
        change = AskEntry(entry.id, "action", action.id)
        text.append(row(press("Change", change, tooltip=f"Change: {excerpt(action.what, 80)[0]}")))
    return box(text, spacing="medium", separator=True)


def _end(view: EntryView) -> list[Element]:
    entry, opened = view.opened.entry, view.opened
    if entry.state is EntryState.DROPPED:
        return [box([typed(bold("Why it was dropped: "), entry.impact)], spacing="medium")]
    if entry.closed_at is None:
        return []
    more = "More work is needed." if entry.more_needed else "No more work is needed."
    return [
        heading("What changed for children", size="default", spacing="large"),
        typed(entry.impact),
        typed(f"{more} Closed by {opened.closed_by_name}, {moment(entry.closed_at)}.", subtle=True),
    ]


def _moves(view: EntryView) -> list[Button]:
    """What the reader may do with it, the usual first."""
    entry, opened = view.opened.entry, view.opened
    made: list[Button] = []
    if opened.may_keep and entry.state is EntryState.DRAFT:
        made += [
            press("Edit", AskEntry(entry.id, "words", 0)),
            press("Publish", PublishEntry(entry.id, entry.version, view.nonce)),
            press("Add an action", AskEntry(entry.id, "action", 0)),
            press("Drop", AskEntry(entry.id, "end", 0)),
        ]
    if opened.may_keep and entry.state in STANDING:
        made += [
            press("Edit", AskEntry(entry.id, "words", 0)),
            press("Add an action", AskEntry(entry.id, "action", 0)),
            press("Close", AskEntry(entry.id, "end", 0)),
        ]
    if opened.may_assure:
        made.insert(0, press("Assure", AssureEntry(entry.id, entry.version, view.nonce)))
    if opened.may_read_log:
        made.append(press("The log", ShowLog("", 0)))
    return made


def _pairs(buttons: Sequence[Button]) -> list[Element]:
    """Two in a row: a third is cut off on a phone."""
    pairs = [buttons[i : i + 2] for i in range(0, len(buttons), 2)]
    return [row(*pair, spacing="small" if place else "large") for place, pair in enumerate(pairs)]
