"""The review of everything before submission.

Source: CA-15, CA-16, Q30; each page's own text is shown as it will be shared.
"""

from cards.buttons import press, row, toggle
from cards.elements import Card, Element, bold, box, card, columns, heading, run, says, typed
from cards.head import audit_line
from cards.payloads import OpenOverview, OpenPage, SubmitAudit
from cards.size import LIMIT_BYTES, size_bytes
from cards.views import ReviewPart, ReviewView
from cards.wording import count, excerpt, spelled

_SHORTER = (4000, 2000, 1000, 500, 250, 120, 60)
"""Characters shown of each text, tried in turn until the card fits; each page has the whole."""


def review_card(view: ReviewView) -> Card:
    """Every page with what it says and lacks, and Submit once nothing is missing."""
    for limit in _SHORTER:
        drawn = _drawn(view, limit)
        if size_bytes(drawn) < LIMIT_BYTES:
            break
    return drawn


def _drawn(view: ReviewView, limit: int) -> Card:
    body = [
        audit_line(view.head),
        heading("Check everything"),
        box(
            [says("If this child read it one day, would they feel understood?", bold=True)], style="emphasis"
        ),
        *_outcome(view),
    ]
    for number, part in enumerate(view.parts):
        body += _part(view, number, part, limit)
    back = press("Overview", OpenOverview(view.head.audit_id), view.mode)
    submit = [] if _missing(view) else [_submit(view)]
    body.append(row(*submit, back, spacing="medium"))
    return card(body, preview="Your audit is ready to check in Teams.", wide=True)


def _missing(view: ReviewView) -> list[ReviewPart]:
    return [part for part in view.parts if part.missing]


def _submit(view: ReviewView) -> Element:
    return press("Submit and share", SubmitAudit(view.head.audit_id, view.version, view.nonce), view.mode)


def _outcome(view: ReviewView) -> list[Element]:
    """What is missing with a button to each page, or what submitting will do."""
    missing = _missing(view)
    if not missing:
        return [
            says(
                "Everything is there. Once you submit, the audit is locked and goes to the practitioner, "
                "their line manager, the team manager and the QA office, once each."
            ),
            row(_submit(view)),
        ]
    things = sum(len(part.missing) for part in missing)
    lead = "One thing is" if things == 1 else f"{spelled(things).capitalize()} things are"
    items: list[Element] = [says(f"{lead} still missing before you can submit:", bold=True)]
    for part in missing:
        payload = OpenPage(view.head.audit_id, part.key)
        wanting = [typed("•  " + line, spacing="none") for line in part.missing]
        items.append(
            columns(
                ("stretch", [typed(bold(part.title)), *wanting]),
                ("auto", [row(press("Go there", payload, view.mode, tooltip=f"Go to {part.title}"))]),
                spacing="small",
            )
        )
    return [box(items, style="warning")]


def _part(view: ReviewView, number: int, part: ReviewPart, limit: int) -> list[Element]:
    state = (
        run(f"{count(len(part.missing), 'thing')} missing", bold=True) if part.missing else run("✓ complete")
    )
    line = [run(part.grade_label + "  ·  ", bold=True), state] if part.grade_label else [state]
    buttons = [
        press("Change", OpenPage(view.head.audit_id, part.key), view.mode, tooltip=f"Change {part.title}")
    ]
    if part.lines:
        buttons.insert(0, toggle("Read", f"part_{number}") | {"tooltip": f"Read {part.title}"})
    shown = columns(
        ("stretch", [typed(part.title), typed(*line, spacing="none")]),
        ("auto", [row(*buttons)]),
        spacing="small",
        separator=True,
    )
    return [shown, _text(number, part, limit)] if part.lines else [shown]


def _text(number: int, part: ReviewPart, limit: int) -> Element:
    items: list[Element] = []
    left_out = 0
    for label, text in part.lines:
        short, more = excerpt(text, limit)
        left_out += more
        items += [typed(bold(label), spacing="small"), typed(short, spacing="none")]
    if left_out:
        items.append(
            says(
                f"{count(left_out, 'more character')}: press Change to read it all.",
                subtle=True,
                spacing="small",
            )
        )
    return box(items, id=f"part_{number}", hidden=True, style="emphasis", spacing="small")
