"""The activity tracker: its lists, one row with its steps, and its forms (OG-06, OG-08)."""

from cards.buttons import pairs, press, row
from cards.elements import Button, Card, Element, bold, box, card, heading, run, says, typed
from cards.fields import Form as Fields
from cards.fields import other_errors
from cards.governance_words import MOST_LINES, due_words, full_day, paged, said_above, subtle
from cards.meetings import tracked_line
from cards.payloads_learning import ShowEntry, ShowLog
from cards.payloads_meetings import ShowMeeting
from cards.payloads_packs import ShowPack
from cards.payloads_tracker import (
    AskTracked,
    AskTrackerBook,
    DropTracked,
    FinishTracked,
    SaveTracked,
    SayProgress,
    ShowTracked,
    ShowTracker,
)
from cards.views_governance import TrackedFormView, TrackedView, TrackerView
from cards.wording import count, excerpt, moment
from domain.tracking import KIND_NAMES, ROUTES, STATE_NAMES, TrackedKind, TrackedState

MOST_STEPS = 5
SHORT = 500
"""Characters of each step shown."""
PREVIEW = "The activity tracker: open this in Teams."
FOLLOWS = "The learning log keeps this: it is done and closed there, and the tracker follows by itself."
NOBODY = "The tracker is read widely, so please name no child, family or case."

PART_NAMES = {
    "open": "Under way",
    "overdue": "Overdue",
    "done": "Done, to be closed",
    "needs": "Learning passed on",
    "mine": "Yours",
    "closed": "Closed",
    "dropped": "Dropped",
}
_NOTHING = {
    "open": "Nothing is under way.",
    "overdue": "Nothing is overdue.",
    "done": "Nothing waits to be closed.",
    "needs": "No learning need is under way.",
    "mine": "Nothing here is yours to do.",
    "closed": "Nothing is closed yet. It closes with what changed for children.",
    "dropped": "Nothing was dropped.",
}


def tracker_card(view: TrackerView) -> Card:
    """A part of the tracker, each row with its button; the other parts are a press away."""
    tracker = view.tracker
    body: list[Element] = [
        *said_above(view.message),
        heading("The activity tracker" if tracker.part != "mine" else "Your items"),
        *([says(PART_NAMES[tracker.part], bold=True)] if tracker.part != "mine" else []),
    ]
    start = view.start if view.start < len(tracker.lines) else 0
    body += [tracked_line(line, view.today) for line in tracker.lines[start : start + MOST_LINES]]
    if not tracker.lines:
        body.append(says(_NOTHING[tracker.part]))
    body += pairs(
        paged(
            len(tracker.lines),
            start,
            ShowTracker(tracker.part, start + MOST_LINES),
            ShowTracker(tracker.part, max(0, start - MOST_LINES)),
        )
    )
    body += pairs(
        [
            press(f"{PART_NAMES[name]} ({number})", ShowTracker(name, 0))
            for name, number in tracker.counts.items()
            if name != tracker.part and (number or name == "open")
        ]
    )
    if "open" in tracker.counts:
        ways = [press("Excel copy", AskTrackerBook(view.nonce)), press("Learning log", ShowLog("", 0))]
        if tracker.may_keep:
            ways.insert(0, press("New item", AskTracked(0, "words", 0)))
        body += pairs(ways)
    return card(body, preview=PREVIEW)


def tracked_card(view: TrackedView) -> Card:
    """One row: what it is, how it goes, and what its reader can do with it."""
    opened, tracked = view.opened, view.opened.row
    overdue = tracked.is_overdue(view.today)
    body: list[Element] = [
        *said_above(view.message),
        heading("From the tracker"),
        typed(run(tracked.title, bold=True, size="medium")),
        subtle(f"{KIND_NAMES[tracked.kind]}; {STATE_NAMES[tracked.state].lower()}"),
        typed(bold("Whose: "), opened.owner_name or "nobody yet", spacing="small"),
    ]
    if tracked.due_on and tracked.state is TrackedState.OPEN:
        body.append(typed(due_words(tracked.due_on, overdue=overdue), spacing="none"))
    about = [
        ("About: ", view.theme),
        ("From: ", opened.came_from),
        ("Passed to: ", _route(tracked.routed_to)),
    ]
    body += [typed(bold(name), text, spacing="small") for name, text in about if text]
    if tracked.impact:
        body.append(typed(bold("What changed: "), tracked.impact))
        said = "More work is needed." if tracked.more_needed else "No more work is needed."
        body.append(says(said, spacing="small"))
    if tracked.closed_at and opened.closed_by_name:
        word = "Closed" if tracked.state is TrackedState.CLOSED else "Dropped"
        body.append(subtle(f"{word} by {opened.closed_by_name}, {moment(tracked.closed_at)}", "small"))
    if tracked.follows and tracked.state in (TrackedState.OPEN, TrackedState.DONE):
        body.append(says(FOLLOWS, subtle=True))
    body += _steps(view)
    if opened.is_own and tracked.needs_doing:
        fields = Fields(view.form.typed, view.form.errors)
        body += [
            *other_errors(view.form.errors),
            *fields.text("step", "How does it go? A sentence is enough.", spacing="medium"),
            row(press("Save", SayProgress(tracked.id, view.form.nonce), with_inputs=True)),
        ]
    return card([*body, *pairs(_ways(view))], preview=PREVIEW)


def words_form(view: TrackedFormView) -> Card:
    """What it is, whose, and by when."""
    fields, tracked = Fields(view.form.typed, view.form.errors), view.row
    kinds = [(kind.value, name) for kind, name in KIND_NAMES.items()]
    saved = (
        tracked.kind if tracked else (TrackedKind.RECOMMENDATION if view.plan_item_id else TrackedKind.ACTION)
    )
    back = ShowTracked(tracked.id) if tracked else ShowTracker("", 0)
    save = SaveTracked(
        tracked.id if tracked else 0,
        tracked.version if tracked else 0,
        view.plan_item_id,
        view.form.nonce,
    )
    body = [
        heading("Change the item" if tracked else "A new item for the tracker"),
        says(NOBODY, subtle=True),
        *other_errors(view.form.errors),
        *fields.line("tracked_title", "In one line", tracked.title if tracked else ""),
        *fields.choice("kind", "What is it?", kinds, saved.value),
        *fields.choice(
            "theme", "What is it about, if you like", view.themes, tracked.theme if tracked else ""
        ),
        *fields.choice(
            "tracked_owner", "Who sees to it?", view.owners, _id(tracked.owner_id if tracked else None)
        ),
        *fields.date("tracked_due_on", "By when?", tracked.due_on if tracked else None),
        row(press("Save", save, with_inputs=True), press("Go back", back)),
    ]
    return card(body, preview=PREVIEW)


def finish_form(view: TrackedFormView) -> Card:
    """Asks what changed and whether more is needed, without which nothing closes (OG-06)."""
    fields, tracked = Fields(view.form.typed, view.form.errors), view.row
    if tracked is None:
        raise ValueError("only a row that is there can be finished")
    more = {None: "", True: "yes", False: "no"}[tracked.more_needed]
    after = "It closes with these answers." if view.keeps else "The QA office closes it with these answers."
    body = [
        heading("Close it" if view.keeps else "It is done"),
        typed(bold(tracked.title)),
        says(f"{after} {NOBODY}", subtle=True),
        *other_errors(view.form.errors),
        *fields.text("impact", "What changed for children, and how do you know?", tracked.impact),
        *fields.choice(
            "more_needed",
            "Is more work needed?",
            (("yes", "Yes: a new item goes on from here"), ("no", "No")),
            more,
            expanded=True,
        ),
        row(
            press(
                "Close it" if view.keeps else "It is done",
                FinishTracked(tracked.id, tracked.version, view.form.nonce),
                with_inputs=True,
            ),
            press("Go back", ShowTracked(tracked.id)),
        ),
    ]
    return card(body, preview=PREVIEW)


def drop_form(view: TrackedFormView) -> Card:
    """Asks why a row comes to nothing."""
    fields, tracked = Fields(view.form.typed, view.form.errors), view.row
    if tracked is None:
        raise ValueError("only a row that is there can be dropped")
    body = [
        heading("Drop it"),
        typed(bold(tracked.title)),
        *other_errors(view.form.errors),
        *fields.text("reason", "Why? A sentence is enough; it is kept."),
        row(
            press("Drop it", DropTracked(tracked.id, tracked.version, view.form.nonce), with_inputs=True),
            press("Go back", ShowTracked(tracked.id)),
        ),
    ]
    return card(body, preview=PREVIEW)


def _steps(view: TrackedView) -> list[Element]:
    steps = view.opened.steps
    if not steps:
        return []
    lines: list[Element] = [heading("How it went", size="default", spacing="large")]
    if len(steps) > MOST_STEPS:
        lines.append(says(f"{count(len(steps) - MOST_STEPS, 'earlier step')} left out here.", subtle=True))
    for who, at, text in steps[-MOST_STEPS:]:
        by = f", {who}" if who else ""
        lines.append(
            box(
                [subtle(f"{full_day(at.date())}{by}"), typed(excerpt(text, SHORT)[0], spacing="none")],
                spacing="small",
            )
        )
    return lines


def _ways(view: TrackedView) -> list[Button]:
    opened, tracked = view.opened, view.opened.row
    buttons: list[Button] = []
    if opened.may_keep and tracked.state in (TrackedState.OPEN, TrackedState.DONE):
        buttons.append(press("Close", AskTracked(tracked.id, "finish", 0)))
        buttons.append(press("Change", AskTracked(tracked.id, "words", 0)))
        buttons.append(press("Drop", AskTracked(tracked.id, "drop", 0)))
    elif opened.is_own and tracked.needs_doing:
        buttons.append(press("It is done", AskTracked(tracked.id, "finish", 0)))
    if tracked.follows and opened.is_own:
        buttons.append(press("Your learning actions", ShowLog("mine", 0)))
    if opened.entry_id:
        buttons.append(press("In the learning log", ShowEntry(opened.entry_id)))
    if opened.pack_id:
        buttons.append(press("The pack", ShowPack(opened.pack_id)))
    if opened.meeting_id is not None:
        buttons.append(press("The meeting", ShowMeeting(opened.meeting_id)))
    if opened.may_see_tracker:
        buttons.append(press("The tracker", ShowTracker("", 0)))
    elif opened.is_own:
        buttons.append(press("Your items", ShowTracker("mine", 0)))
    return buttons


def _route(post: str) -> str:
    return next((name for known, name in ROUTES.items() if known.value == post), "")


def _id(person_id: int | None) -> str:
    return str(person_id or "")
