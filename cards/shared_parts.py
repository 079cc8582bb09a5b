"""The parts of a shared audit: the list that leads to each, and one part read in full."""

from cards.buttons import press, row
from cards.elements import Element, bold, columns, heading, run, says, typed
from cards.payloads import ReadShared
from cards.views import SharedView
from cards.wording import day, excerpt


def part_rows(view: SharedView) -> list[Element]:
    """A line for each part with its grade and the button to read it."""
    made: list[Element] = [heading("Read more", size="default", spacing="large")]
    for part in view.parts:
        title = [typed(part.title)]
        if part.grade_label:
            title.append(typed(run(part.grade_label, subtle=True), spacing="none"))
        read = ReadShared(view.head.audit_id, part.key)
        made.append(
            columns(
                ("stretch", title),
                ("auto", [row(press("Read", read, view.mode, tooltip=f"Read {part.title}"))]),
                spacing="small",
                separator=True,
            )
        )
    return made


def actions_list(view: SharedView, limit: int) -> list[Element]:
    """What is agreed, by whom and by when."""
    if not view.actions:
        return []
    made: list[Element] = [heading("What is agreed", size="default", spacing="large")]
    for what, owner, due_on in view.actions:
        shown, _ = excerpt(what, limit)
        made += [typed(shown), typed(bold(owner), f", by {day(due_on)}", subtle=True, spacing="none")]
    return made


def part_body(view: SharedView, index: int) -> list[Element]:
    """One part in full, with the way on and back."""
    part = view.parts[index]
    body: list[Element] = [heading(part.title)]
    for label, text in part.lines:
        body += [typed(bold(label), spacing="medium"), typed(text, spacing="none")]
    if not part.lines:
        body.append(says("Nothing was written here."))
    buttons = []
    if index + 1 < len(view.parts):
        buttons.append(("Next part", view.parts[index + 1].key))
    if index > 0:
        buttons.append(("Part before", view.parts[index - 1].key))
    buttons.append(("Summary", "summary"))
    pressed = [press(title, ReadShared(view.head.audit_id, key), view.mode) for title, key in buttons]
    return [*body, row(*pressed, spacing="large")]
