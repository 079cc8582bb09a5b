"""The parts of a shared audit: the list that leads to each, and one part read in full."""

from cards.buttons import press, row, toggle
from cards.elements import Button, Element, bold, box, columns, heading, run, says, typed
from cards.payloads import AskSafety, ReadShared
from cards.payloads_files import AskCopy
from cards.payloads_following import ShowFollowUp
from cards.payloads_learning import DraftFromAudit
from cards.views import ReviewPart, SharedView
from cards.wording import count, day, excerpt
from domain.pages import ACTIONS
from domain.permissions import TABLE, Capacity, Verb

COMMENT = "comment"
PANEL = "panel"
PANEL_TITLE = "The Panel's view"


def every_part(view: SharedView) -> tuple[ReviewPart, ...]:
    """The pages, then what is agreed and what the practitioner said: a place to read each in full."""
    parts = list(view.parts)
    if view.actions and all(part.key != ACTIONS for part in parts):
        lines = tuple((f"{owner}, by {day(due_on)}", what) for what, owner, due_on in view.actions)
        parts.append(ReviewPart(ACTIONS, "What is agreed", lines, "", ()))
    if view.comment:
        parts.append(
            ReviewPart(COMMENT, "The practitioner's view", (("In their words", view.comment),), "", ())
        )
    if view.panel_practice:
        parts.append(ReviewPart(PANEL, PANEL_TITLE, panel_lines(view), "", ()))
    return tuple(parts)


def panel_lines(view: SharedView) -> tuple[tuple[str, str], ...]:
    """(label, text) of what the Panel said, for readers of the audit; nothing before the release (MO-21)."""
    if not view.panel_grade:
        return ()
    lines = [("Grades", every_grade(view))]
    if view.panel_practice:
        lines.append(("The Panel on this child's help", view.panel_practice))
    return tuple(lines)


def every_grade(view: SharedView) -> str:
    """The auditor's grade, the Panel's, a final one that is another, and which of them counts (MO-21)."""
    said = alike = f"The Panel looked at this audit too and graded it {view.panel_grade} as well."
    if view.panel_grade != view.overall_label:
        said = f"The auditor graded it {view.overall_label}, the Panel {view.panel_grade}."
    if view.final_grade:
        said += f" After their talk the final grade is {view.final_grade}."
    if view.panel_otherwise:
        sections = count(view.panel_otherwise, "section")
        said += f" It graded {sections} otherwise; both grades stand there."
    if said == alike:
        return said
    return f"{said} Every grade is kept; reports count the Panel's."


def ways_to_read(view: SharedView, parts: tuple[ReviewPart, ...]) -> list[Element]:
    """From the start, or any part from a list that shows each section's grade; the alert; a copy."""
    others = [*alert_button(view, ""), *_copy_button(view)]
    if not parts:
        return [row(*others, spacing="medium")] if others else []
    first = ReadShared(view.head.audit_id, parts[0].key)
    return [
        row(
            press("Read from the start", first, view.mode),
            toggle(f"All parts and grades ({len(parts)})", "parts"),
            *others,
            spacing="medium",
        ),
        box([_part_row(view, part) for part in parts], id="parts", hidden=True, style="emphasis"),
    ]


def alert_button(view: SharedView, part: str) -> list[Button]:
    """The safety alert, for a reader who may raise one (SG-02); the way back leads to what they read, with
    what they were writing on the summary.
    """
    if Capacity(view.reader) not in TABLE[Verb.RAISE_SAFETY]:
        return []
    writing = not part and (view.can_comment or view.can_review)
    alert = AskSafety(view.head.audit_id, part)
    return [press("Raise a safety alert", alert, view.mode, with_inputs=writing)]


def _copy_button(view: SharedView) -> list[Button]:
    """A Word copy, for whoever may read the audit; what is being typed comes along and is not lost."""
    if Capacity(view.reader) not in TABLE[Verb.READ_SHARED]:
        return []
    typing = view.can_comment or view.can_review
    copy = AskCopy(view.head.audit_id, view.nonce)
    return [press("Word copy", copy, view.mode, with_inputs=typing)]


def log_button(view: SharedView) -> list[Element]:
    """For whoever keeps the learning log: a draft from this audit (RO-07)."""
    if Capacity(view.reader) not in TABLE[Verb.KEEP_LOG]:
        return []
    draft = DraftFromAudit(view.head.audit_id, view.nonce)
    return [row(press("Draft from this audit", draft, view.mode), spacing="large")]


def _part_row(view: SharedView, part: ReviewPart) -> Element:
    title = [typed(part.title)]
    if part.grade_label:
        title.append(typed(run(part.grade_label, subtle=True), spacing="none"))
    read = press("Read", ReadShared(view.head.audit_id, part.key), view.mode, tooltip=f"Read {part.title}")
    return columns(("stretch", title), ("auto", [row(read)]), spacing="small")


def actions_list(view: SharedView, limit: int) -> list[Element]:
    """What is agreed, by whom and by when."""
    if not view.actions:
        return []
    made: list[Element] = [heading("What is agreed", size="default", spacing="large")]
    for what, owner, due_on in view.actions:
        shown, _ = excerpt(what, limit)
        made += [typed(shown), typed(bold(owner), f", by {day(due_on)}", spacing="none")]
    done = f"{view.confirmed_actions} of {count(len(view.actions), 'action')} done and confirmed."
    return [*made, typed(done, subtle=True, spacing="small")]


def after_it(view: SharedView) -> list[Element]:
    """The way to what the audit still needs; what is being typed comes along and is not lost."""
    if Capacity(view.reader) not in TABLE[Verb.FOLLOW_UP]:
        return []
    typing = view.can_comment or view.can_review
    show = ShowFollowUp(view.head.audit_id)
    return [row(press("What it still needs", show, view.mode, with_inputs=typing), spacing="small")]


def part_text(part: ReviewPart) -> list[Element]:
    """One part in full, whoever reads it."""
    body: list[Element] = [heading(part.title)]
    for label, text in part.lines:
        body += [typed(bold(label), spacing="medium"), typed(text, spacing="none")]
    return body if part.lines else [*body, says("Nothing was written here.")]


def part_body(view: SharedView, parts: tuple[ReviewPart, ...], index: int) -> list[Element]:
    """One part in full, with the way on and back."""
    part = parts[index]
    body = part_text(part)
    ways = [("Summary", "summary")]
    if index > 0:
        ways.insert(0, ("Previous part", parts[index - 1].key))
    if index + 1 < len(parts):
        ways.insert(0, (f"Next: {parts[index + 1].title}", parts[index + 1].key))
    buttons = [press(title, ReadShared(view.head.audit_id, key), view.mode) for title, key in ways]
    return [*body, row(*buttons, *alert_button(view, part.key), spacing="large")]
