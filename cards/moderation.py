"""A moderation beside its audit: the start, the pages to fill, a part of the audit read in full.

Every page opens with the child. Nothing typed is ever shortened; the audit's own texts are, where a card
would grow too large, and each part can be read in full. Source: MO-07 to MO-14, MO-18, Q24, PR-01.
"""

from cards.buttons import press, row, toggle
from cards.elements import (
    Button,
    Card,
    Element,
    bold,
    box,
    card,
    columns,
    heading,
    labelled,
    run,
    says,
    typed,
)
from cards.fields import Form, other_errors
from cards.moderation_lines import part_lines
from cards.moderation_pages import grades_body, missing_body, outputs_body, tests_body
from cards.moderation_words import clock, section_title, title_of, why_chosen
from cards.payloads import Payload
from cards.payloads_panel import (
    AskHandOver,
    ReadModerated,
    SaveModeration,
    ShowModeration,
    ShowPanel,
    TakeModeration,
)
from cards.shared_parts import part_text
from cards.size import LIMIT_BYTES, size_bytes
from cards.views import ReviewPart
from cards.views_panel import ModerationView
from cards.wording import excerpt, moment
from domain.moderation_parts import DECIDE, GRADES, MISSING, OUTPUTS, START, TESTS, parts_of
from domain.pages import JOURNEY, OVERALL

PANEL = "panel"
READ = "read:"
"""Begins where a save goes on to when it is a part of the audit."""

_SHORTER = (4000, 1500, 500, 150, 40)
"""Characters shown of each text that is not typed here, tried in turn until the card fits."""
_OPENING = 300
_JUDGEMENT = 220


def moderation_card(view: ModerationView) -> Card:
    """The start, or a page to fill; what stands there to read, for somebody who has no part in it."""
    for limit in _SHORTER:
        drawn = _start(view, limit) if view.part == START else _page(view, limit)
        if size_bytes(drawn) < LIMIT_BYTES:
            break
    return drawn


def part_card(view: ModerationView, part: str) -> Card:
    """A part of the audit in full, as the Panel reads it; `view.part` is where the way back leads."""
    place = next((n for n, one in enumerate(view.parts) if one.key == part), 0)
    moderation_id = view.found.moderation.id
    ways = []
    if place + 1 < len(view.parts):
        following = view.parts[place + 1]
        ways.append(press(f"Next: {following.title}", ReadModerated(moderation_id, following.key, view.part)))
    if place:
        before = view.parts[place - 1].key
        ways.append(press("Previous part", ReadModerated(moderation_id, before, view.part)))
    back = press("Back to the form", ShowModeration(moderation_id, view.part))
    body = [
        head_line(view),
        *part_text(view.parts[place]),
        row(*ways, spacing="large"),
        row(back, spacing="small"),
    ]
    return card(body, preview="An audit to moderate.", wide=True)


def head_line(view: ModerationView) -> Element:
    """The case's reference and the clock, in one quiet line."""
    found = view.found
    order = parts_of(found.original)
    parts: list[str | Element] = ["Case ", bold(found.file.audit.case_reference), "  ·  "]
    if found.moderation.decided_at is not None:
        return typed(*parts, f"decided {moment(found.moderation.decided_at)}", subtle=True)
    return typed(
        *parts,
        *clock(found.moderation.due_on, view.today),
        f"  ·  page {order.index(view.part) + 1} of {len(order)}",
        subtle=True,
    )


def safe_today(view: ModerationView) -> list[Element]:
    """Whom to call, where anybody found the child at risk (Q16, SG-02, GR-04)."""
    found = view.found
    if not any(
        grade and grade.value == "inadequate" for grade in (found.original.overall, found.form.overall)
    ):
        return []
    return [
        box(
            [
                says("Is this child safe today?", bold=True),
                typed(
                    "If you are not sure, do not wait for this form: call the duty team on ",
                    bold(view.duty_phone),
                    ", out of hours on ",
                    bold(view.out_of_hours_phone),
                    ".",
                    spacing="small",
                ),
            ],
            style="attention",
        )
    ]


def other_version(view: ModerationView, limit: int) -> list[Element]:
    """What was saved meanwhile, beside what was typed and still stands in the boxes (decision 4)."""
    if view.other is None:
        return []
    lines = part_lines(view.part, view.other, view.found, view.framework)
    items: list[Element] = [
        says("This moderation was saved from another place while you were writing.", bold=True),
        says(
            "Below is what stands on this page now. Your own text is still in the boxes; when you save, it "
            "takes the place of the other.",
            spacing="small",
        ),
    ]
    if lines:
        items.append(labelled((label, excerpt(text, limit)[0]) for label, text in lines))
    return [box(items, style="warning")]


def notices(view: ModerationView) -> list[Element]:
    """What came of the last press, what must change, and what may say who somebody is."""
    made: list[Element] = [box([says(view.message)], style="good")] if view.message else []
    wrong = [hint for hint in view.hints if hint.blocking]
    if wrong:
        lead = says("Not saved yet: something here needs changing. What you typed is still here.", bold=True)
        made.append(box([lead, *other_errors(view.hints)], style="attention"))
    if advice := view.found.hints.get(view.part, ()):
        lines = [typed("•  " + message, spacing="small") for message in advice]
        made.append(box([says("This may say who somebody is:"), *lines], style="warning"))
    return made


def save_to(view: ModerationView, then: str) -> SaveModeration:
    """Saves the page and goes on."""
    moderation = view.found.moderation
    return SaveModeration(moderation.id, view.part, moderation.version, then, view.nonce)


def reading(view: ModerationView, title: str, key: str, *, tooltip: str = "") -> Button:
    """Leads to a part of the audit; whoever fills the page has what they typed saved on the way."""
    if view.found.can_fill:
        return press(title, save_to(view, READ + key), with_inputs=True, tooltip=tooltip)
    return press(title, ReadModerated(view.found.moderation.id, key, view.part), tooltip=tooltip)


def _start(view: ModerationView, limit: int) -> Card:
    found = view.found
    form = Form(view.typed, view.hints)
    body: list[Element] = [
        head_line(view),
        heading(title_of(START)),
        *_opening(view),
        *notices(view),
        *safe_today(view),
        *other_version(view, limit),
        typed(
            f"{found.file.practitioner.name}, {found.file.team.name}. Audited by {found.file.auditor.name}.",
            subtle=True,
        ),
        typed(run(why_chosen(found.moderation), subtle=True), spacing="small"),
        *_auditors_view(view),
        *_ways_to_read(view),
        *_whose(view),
    ]
    if found.can_fill:
        body += [
            *form.date("file_read_on", "The day you read the child's file", found.form.file_read_on),
            says("Facts are right and complete only beside the file itself.", subtle=True, spacing="small"),
            *_buttons(view),
        ]
    else:
        body.append(row(press("The form", ShowModeration(found.moderation.id, DECIDE)), _queue()))
    return card(body, preview="An audit to moderate.", wide=True)


def _opening(view: ModerationView) -> list[Element]:
    """The child first: what matters most, before any grade (PR-01)."""
    journey = _part(view, JOURNEY)
    if journey is None or not journey.lines:
        return []
    label, text = journey.lines[-1]
    return [box([typed(bold(label)), typed(excerpt(text, _OPENING)[0], spacing="small")], style="emphasis")]


def _auditors_view(view: ModerationView) -> list[Element]:
    """The auditor's judgement and grades, the whole first."""
    found, framework = view.found, view.framework
    overall = _part(view, OVERALL)
    judged = next((text for label, text in overall.lines if label == "Why"), "") if overall else ""
    grades: list[Element | str] = []
    for key, grade in found.original.sections.items():
        grades += [
            f"{', ' if grades else ''}{section_title(framework, key)}: ",
            bold(framework.grade_label(grade)),
        ]
    return [
        typed("The auditor's grade of the whole: ", bold(framework.grade_label(found.original.overall))),
        *([typed(excerpt(judged, _JUDGEMENT)[0], spacing="none")] if judged else []),
        *([typed(*grades, spacing="small")] if grades else []),
        *([typed(view.reviewed, spacing="small")] if view.reviewed else []),
    ]


def _ways_to_read(view: ModerationView) -> list[Element]:
    if not view.parts:
        return []
    rows = []
    for part in view.parts:
        title = [typed(part.title)]
        read = reading(view, "Read", part.key, tooltip=f"Read {part.title}")
        rows.append(columns(("stretch", title), ("auto", [row(read)]), spacing="small"))
    return [
        row(
            reading(view, "Read from the start", view.parts[0].key),
            toggle(f"All parts ({len(view.parts)})", "parts"),
            spacing="medium",
        ),
        box(rows, id="parts", hidden=True, style="emphasis"),
    ]


def _whose(view: ModerationView) -> list[Element]:
    """Whose it is, and what the reader can do about that."""
    found = view.found
    buttons = []
    if found.can_take:
        buttons.append(press("Take it on", TakeModeration(found.moderation.id, view.nonce)))
    if found.can_hand_over:
        buttons.append(press("Hand over or swap", AskHandOver(found.moderation.id)))
    if found.moderation.decided_at is not None:
        said = typed("Decided by ", bold(found.decider_name), ".", spacing="medium")
    elif found.mine:
        said = says("This one is yours.", spacing="medium")
    elif found.holder_name:
        said = typed("This one is with ", bold(found.holder_name), ".", spacing="medium")
    else:
        said = says("Nobody has this one yet.", spacing="medium")
    return [said, *([row(*buttons, spacing="small")] if buttons else [])]


def _page(view: ModerationView, limit: int) -> Card:
    form = Form(view.typed, view.hints)
    if view.part == TESTS:
        question, fields = tests_body(view, form)
    elif view.part == OUTPUTS:
        question, fields = outputs_body(view, form)
    elif view.part == MISSING:
        question, fields = missing_body(view, form)
    else:
        question, fields = grades_body(view, form, limit)
    body = [
        head_line(view),
        heading(title_of(view.part)),
        box([says(question, bold=True)], style="emphasis"),
        *notices(view),
        *(safe_today(view) if view.part.startswith(GRADES) else []),
        *other_version(view, limit),
        *fields,
        *_buttons(view),
    ]
    return card(body, preview=f"{title_of(view.part)}: open this in Teams to fill it in.", wide=True)


def _buttons(view: ModerationView) -> list[Element]:
    order = parts_of(view.found.original)
    following = order[order.index(view.part) + 1]
    saved_at = view.found.moderation.saved_at
    second = [press("Save and leave", save_to(view, PANEL), with_inputs=True)]
    if view.part != START:
        second.insert(
            0, reading(view, "Save and read the audit", view.parts[0].key if view.parts else JOURNEY)
        )
    if view.typed is not None:
        back: Payload = ShowModeration(view.found.moderation.id, view.part)
        second.append(press("Leave without saving", back))
    return [
        row(
            press("Save and continue", save_to(view, following), with_inputs=True),
            press("Save and see everything", save_to(view, DECIDE), with_inputs=True),
            spacing="large",
        ),
        row(*second, spacing="small"),
        *([says(f"Last saved {moment(saved_at)}.", subtle=True, size="small")] if saved_at else []),
    ]


def _queue() -> Button:
    return press("The queue", ShowPanel(0))


def _part(view: ModerationView, key: str) -> ReviewPart | None:
    return next((part for part in view.parts if part.key == key), None)
