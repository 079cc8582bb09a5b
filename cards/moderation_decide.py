"""Everything once more before the Panel decides; the same to read once it has, or for who has no part in it.

Source: MO-08 to MO-14, MO-09, Q24, SG-04; workflow 1B step 12.
"""

from cards.buttons import press, row, rows, toggle
from cards.elements import Card, Element, bold, box, card, columns, heading, labelled, says, typed
from cards.fields import Form
from cards.moderation_frame import alert, head_line, notices, other_version, reading, safe_today, save_to
from cards.moderation_lines import part_lines
from cards.moderation_words import VERDICTS, section_title, title_of
from cards.payloads_examples import AskExample
from cards.payloads_panel import DecideModeration, ShowModeration, ShowPanel
from cards.size import LIMIT_BYTES, size_bytes
from cards.views_panel import ModerationView
from cards.wording import count, day, excerpt, spelled
from domain.moderation import Moderation
from domain.moderation_parts import DECIDE, OVERALL, START, differing, parts_of
from domain.pages import JOURNEY

_SHORTER = (4000, 2000, 1000, 500, 250, 120, 60)
"""Characters shown of each text, tried in turn until the card fits; each page has the whole."""


def decide_card(view: ModerationView) -> Card:
    """Each page with what it says and lacks, the verdict, and Decide."""
    for limit in _SHORTER:
        drawn = _drawn(view, limit)
        if size_bytes(drawn) < LIMIT_BYTES:
            break
    return drawn


def _drawn(view: ModerationView, limit: int) -> Card:
    found = view.found
    body: list[Element] = [
        head_line(view),
        heading("A moderation" if not found.can_fill else title_of(DECIDE)),
        box(
            [says("Does this child's story now stand there truly, with all that they need?", bold=True)],
            style="emphasis",
        ),
        *notices(view),
        *safe_today(view),
        *other_version(view, limit),
    ]
    body += _decided(view) if found.moderation.decided_at is not None else _state(view)
    for number, part in enumerate(parts_of(found.original)):
        if part != DECIDE:
            body += _part(view, number, part, limit)
    body += _verdict(view) if found.can_fill else _ways(view)
    return card(body, preview="A moderation: open this in Teams.", wide=True)


def _state(view: ModerationView) -> list[Element]:
    gaps = sum(len(lines) for part, lines in view.found.missing.items() if part != DECIDE)
    if not gaps:
        return [says("Everything is there. What remains is your verdict.")]
    lead = "One thing is" if gaps == 1 else f"{spelled(gaps).capitalize()} things are"
    return [says(f"{lead} still missing:", bold=True)]


def _part(view: ModerationView, number: int, part: str, limit: int) -> list[Element]:
    found = view.found
    gaps = found.missing.get(part, ())
    lines = part_lines(part, found.form, found, view.framework)
    state = [typed("•  " + gap, spacing="none") for gap in gaps]
    if not gaps:
        state = [typed("✓ complete", spacing="none")]
    if found.hints.get(part) and found.can_fill:
        state.append(typed("Something in it may say who somebody is.", spacing="none"))
    buttons = []
    if found.can_fill:
        verb = "Go there" if gaps else "Change"
        tooltip = f"{verb}: {title_of(part)}"
        buttons.append(press(verb, save_to(view, part), with_inputs=True, tooltip=tooltip))
    if lines:
        buttons.append(toggle("Read", f"part_{number}") | {"tooltip": f"Read: {title_of(part)}"})
    title = [typed(bold("When the file was read" if part == START else title_of(part))), *state]
    cells = [("stretch", title), *([("auto", [row(*buttons)])] if buttons else [])]
    shown = columns(*cells, spacing="small", separator=True)
    return [shown, _text(number, lines, limit)] if lines else [shown]


def _text(number: int, lines: tuple[tuple[str, str], ...], limit: int) -> Element:
    cut = [(label, excerpt(text, limit)) for label, text in lines]
    items = [labelled((label, short) for label, (short, _) in cut)]
    if left_out := sum(more for _, (_, more) in cut):
        rest = f"{count(left_out, 'more character')}: open the page to read it all."
        items.append(says(rest, subtle=True, spacing="small"))
    return box(items, id=f"part_{number}", hidden=True, style="emphasis", spacing="small")


def _verdict(view: ModerationView) -> list[Element]:
    """The verdict is a person's; what follows from it stands beside it before anybody presses."""
    found = view.found
    form = Form(view.typed, view.hints)
    saved = found.form.verdict.value if found.form.verdict else ""
    choices = [(verdict.value, words) for verdict, words in VERDICTS.items()]
    changed = differing(found.form, found.original)
    follows = (
        f"A grade differs ({', '.join(section_title(view.framework, key) for key in changed)}), so "
        f"{_talk(view)}"
        if changed
        else "If it is satisfactory, the auditor and the team manager get it at once. If it is a concern, "
        f"{_talk(view)}"
    )
    decide = DecideModeration(found.moderation.id, found.moderation.version, view.nonce)
    return [
        *form.choice(
            "verdict", "As a piece of work the audit is", choices, saved, expanded=True, spacing="medium"
        ),
        typed(follows, subtle=True),
        row(
            press("Decide", decide, with_inputs=True),
            press("Save and leave", save_to(view, "panel"), with_inputs=True),
            spacing="medium",
        ),
        row(reading(view, "Save and read the audit", JOURNEY), alert(view), spacing="small"),
    ]


def _talk(view: ModerationView) -> str:
    return (
        f"the auditor is invited to talk it through by {day(view.talk_by)}; the team manager's copy waits "
        "until then."
    )


def _decided(view: ModerationView) -> list[Element]:
    """What was decided and what happens next."""
    found = view.found
    moderation = found.moderation
    if moderation.verdict is None or moderation.overall is None:
        return []
    lines: list[Element] = [
        typed(bold(VERDICTS[moderation.verdict])),
        typed("The Panel's grade of the whole: ", bold(view.framework.grade_label(moderation.overall))),
        typed(what_follows(moderation), spacing="small"),
    ]
    return [box(lines, style="good")]


def what_follows(moderation: Moderation) -> str:
    """What happens next with a decided moderation, in plain words (workflow 1B steps 13 and 14)."""
    if moderation.released_at is not None:
        return "The auditor and the team manager have it, with a copy each."
    if not moderation.needs_talk:
        return "The auditor and the team manager get it now, with a copy each."
    why = "a grade differs" if moderation.grade_changed else "there is a concern"
    return (
        f"As {why}, the principal social worker, or whoever chairs, invites the auditor to talk it through. "
        "The team manager's copy waits for that talk, unless waiting would delay what the child needs. "
        "Please say nothing of it outside the Panel until then."
    )


def _ways(view: ModerationView) -> list[Element]:
    found = view.found
    back = ShowModeration(found.moderation.id, START)
    ways = [press("The audit in short", back), press("The queue", ShowPanel(0))]
    if found.moderation.decided_at is None:
        return [row(*ways, spacing="medium"), row(alert(view), spacing="small")]
    # Which part of it others could learn from is for people to say (MO-18, SG-04).
    keys = (*found.original.sections, OVERALL)
    parts = [
        press(section_title(view.framework, key), AskExample(0, found.moderation.id, key)) for key in keys
    ]
    return [
        row(*ways, toggle("Propose an example from it", "examples"), spacing="medium"),
        box(rows(*parts), id="examples", hidden=True, style="emphasis"),
        row(alert(view), spacing="small"),
    ]
