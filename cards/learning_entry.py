"""One entry of the learning log, and an action of it as its owner sees it.

An entry names no case. It says how many audits it rests on; only who may open one has a button to it.
Source: OG-06, RO-06, RO-07, Q29, SG-01; PR-01.
"""

from cards.buttons import pairs, press, row
from cards.elements import Button, Card, Element, bold, box, card, facts, heading, run, says, typed
from cards.fields import Form, other_errors
from cards.learning_evidence import needed, rests_on, source_words
from cards.payloads import ReadShared
from cards.payloads_learning import AskEntry, AssureEntry, FinishLearningAction, PublishEntry, ShowLog
from cards.payloads_tracker import AskPassOn
from cards.views_learning import EntryView, OwnActionView
from cards.wording import day, excerpt, moment
from domain.learning import STANDING, EntryState, OwnedAction

MOST_EVIDENCE = 4
SHORT = 300
"""Characters of an action beside its entry; its owner and the form have the whole."""

STATES = {
    EntryState.DRAFT: "Draft, for the QA office alone",
    EntryState.OPEN: "Published, not assured yet",
    EntryState.ASSURED: "Published and assured",
    EntryState.CLOSED: "Closed",
    EntryState.DROPPED: "Dropped",
}


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
                ("Rests on", rests_on(opened)),
                ("Status", STATES[entry.state]),
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
        body.append(typed(run("It is overdue.", bold=True, color="attention"), spacing="small"))
    body += [typed(source_words(one), spacing="small") for one in opened.sources]
    body += _evidence_buttons(view)
    body += _actions(view)
    body += needed(opened.needs)
    body += _end(view)
    return card([*body, *pairs(_moves(view))], preview="An entry of the learning log.")


def own_action_card(view: OwnActionView) -> Card:
    """An action of the reader's own: why, what, by when, and the box that says it is done."""
    action = view.action
    late = action.done_on is None and action.due_on < view.today
    body: list[Element] = [
        heading("A learning action of yours"),
        typed(bold(view.entry.title)),
        box([typed(view.entry.learning)], style="emphasis"),
        facts([("About", view.theme), ("By", day(action.due_on))]),
        *([typed(run("It is overdue.", bold=True, color="attention"))] if late else []),
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


def _evidence_buttons(view: EntryView) -> list[Element]:
    readable = view.opened.readable[:MOST_EVIDENCE]
    if len(readable) == 1:
        return [row(press("Read the audit", ReadShared(readable[0], "summary")), spacing="small")]
    return pairs(
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
    text: list[Element] = [typed(excerpt(action.what, SHORT)[0])]
    if action.done_on:
        text.append(
            typed(
                run(f"Done on {day(action.done_on)} by {one.owner_name}: ", color="good"),
                excerpt(action.done_text, SHORT)[0],
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
            press("Link evidence", AskEntry(entry.id, "evidence", 0)),
            press("Drop", AskEntry(entry.id, "end", 0)),
        ]
    if opened.may_keep and entry.state in STANDING:
        made += [
            press("Edit", AskEntry(entry.id, "words", 0)),
            press("Add an action", AskEntry(entry.id, "action", 0)),
            press("Link evidence", AskEntry(entry.id, "evidence", 0)),
            press("Pass it on", AskPassOn(entry.id)),
            press("Close", AskEntry(entry.id, "end", 0)),
        ]
    if opened.may_assure:
        made.insert(0, press("Assure", AssureEntry(entry.id, entry.version, view.nonce)))
    if opened.may_read_log:
        made.append(press("The log", ShowLog("", 0)))
    return made
