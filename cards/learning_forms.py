"""The forms of the learning log: an entry's words, its end, one of its actions.

Source: OG-06, RO-07, SG-01.
"""

from cards.buttons import press, row
from cards.elements import Card, Element, bold, box, card, heading, labelled, says, typed
from cards.fields import Form, other_errors
from cards.learning_evidence import needed
from cards.payloads_learning import AskEntry, EndEntry, SaveEntry, SaveLearningAction, ShowEntry, ShowLog
from cards.views_learning import ActionFormView, EndFormView, EntryFormView
from cards.wording import day, excerpt
from domain.learning import EntryState
from domain.learning_evidence import Need

_OTHER_LIMIT = 1500
"""Characters of each text of the other version, beside what was typed."""

NOBODY = "The log is read widely, so please name no child, family or case."


def entry_form(view: EntryFormView) -> Card:
    """Theme, title, learning, owner and day; a draft may lack all but the title."""
    form = Form(view.typed, view.errors)
    entry = view.entry
    new = entry is None
    body: list[Element] = [
        heading("A new entry" if new else "Edit the entry"),
        says(f"Begin with what it meant for children. {NOBODY}", subtle=True),
        *other_errors(view.errors),
        *_other_version(view),
        *form.line("entry_title", "Title", entry.title if entry else ""),
        *form.choice("theme", "What is it about?", view.themes, entry.theme if entry else ""),
        *form.text("learning", "What did we learn?", entry.learning if entry else ""),
        *form.choice("owner", "Who sees to it?", view.owners, str(entry.owner_id or "") if entry else ""),
        *form.date("due_on", "By when should it have made a difference?", entry.due_on if entry else None),
        row(
            press(
                "Save",
                SaveEntry(entry.id if entry else 0, entry.version if entry else 0, view.nonce),
                with_inputs=True,
            ),
            press("Go back", ShowEntry(entry.id) if entry else ShowLog("", 0)),
        ),
    ]
    return card(body, preview="An entry of the learning log: open this in Teams.")


def end_form(view: EndFormView) -> Card:
    """Asks what changed for children before an entry closes, or why a draft is dropped."""
    form = Form(view.typed, view.errors)
    entry = view.entry
    drops = entry.state is EntryState.DRAFT
    if view.needs and not drops:
        return _not_yet(view)
    body: list[Element] = [
        heading("Drop the draft" if drops else "Close the entry"),
        typed(bold(entry.title)),
        *other_errors(view.errors),
    ]
    if drops:
        body += form.text("reason", "Why? A sentence is enough; it is kept.")
    else:
        body += [
            says(f"An entry closes with an answer on impact, never without. {NOBODY}"),
            *form.text("impact", "What changed for children, and how do you know?"),
            *form.choice(
                "more_needed",
                "Is more work needed?",
                (("yes", "Yes: a new draft goes on from here"), ("no", "No")),
                expanded=True,
            ),
        ]
    body.append(
        row(
            press(
                "Drop it" if drops else "Close it",
                EndEntry(entry.id, entry.version, view.nonce),
                with_inputs=True,
            ),
            press("Go back", ShowEntry(entry.id)),
        )
    )
    return card(body, preview="An entry of the learning log: open this in Teams.")


def _not_yet(view: EndFormView) -> Card:
    """What the entry still lacks, with the way there: nobody writes about impact in vain."""
    entry = view.entry
    ways = [
        press(title, AskEntry(entry.id, form, 0))
        for need, title, form in (
            (Need.OWNER, "Say who sees to it", "words"),
            (Need.EVIDENCE, "Link evidence", "evidence"),
            (Need.ACTION, "Add an action", "action"),
        )
        if need in view.needs
    ]
    body: list[Element] = [
        heading("Close the entry"),
        typed(bold(entry.title)),
        *other_errors(view.errors),
        *needed(view.needs),
        says("Then it can be closed, with an answer on what changed for children."),
        *(row(way, spacing="small") for way in ways),
        row(press("Go back", ShowEntry(entry.id)), spacing="small"),
    ]
    return card(body, preview="An entry of the learning log: open this in Teams.")


def action_form(view: ActionFormView) -> Card:
    """What is to be done, by whom and by when; one that is there already can be taken out."""
    form = Form(view.typed, view.errors)
    entry, action = view.entry, view.action
    action_id = action.id if action else 0
    save = SaveLearningAction(entry.id, action_id, entry.version, False, view.nonce)
    body: list[Element] = [
        heading("Change an action" if action else "Add an action"),
        typed("For: ", bold(entry.title)),
        says(f"Whoever it is given to is told, and reminded shortly before its day. {NOBODY}", subtle=True),
        *other_errors(view.errors),
        *form.text("what", "What is to be done?", action.what if action else ""),
        *form.choice("action_owner", "Who does it?", view.owners, str(action.owner_id) if action else ""),
        *form.date("action_due_on", "By when?", action.due_on if action else None),
        row(press("Save", save, with_inputs=True), press("Go back", ShowEntry(entry.id))),
    ]
    if action:
        out = SaveLearningAction(entry.id, action_id, entry.version, True, view.nonce)
        body.append(row(press("Take it out", out), spacing="small"))
    return card(body, preview="An action of the learning log: open this in Teams.")


def _other_version(view: EntryFormView) -> list[Element]:
    entry = view.entry
    if not view.changed or entry is None:
        return []
    themes = dict(view.themes)
    lines = [
        ("Title", entry.title),
        ("About", themes.get(entry.theme, "")),
        ("What did we learn?", excerpt(entry.learning, _OTHER_LIMIT)[0]),
        ("Who sees to it?", view.owner_name),
        ("By when", day(entry.due_on) if entry.due_on else ""),
    ]
    return [
        box(
            [
                says("This entry was saved from another place while you were writing.", bold=True),
                says(
                    "Below is what stands there now. Your own words are still in the boxes; when you save, "
                    "they take the place of the others.",
                    spacing="small",
                ),
                labelled((label, text) for label, text in lines if text),
            ],
            style="warning",
        )
    ]
