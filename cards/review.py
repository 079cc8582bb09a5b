"""The review of everything before submission.

Source: CA-15, CA-16, Q30; each page's own text is shown as it will be shared.
"""

from cards.buttons import press, row, toggle
from cards.elements import Card, Element, bold, box, card, columns, heading, labelled, says, typed
from cards.head import audit_line, left_behind
from cards.payloads import AskSafety, OpenOverview, OpenPage, SubmitAudit
from cards.size import LIMIT_BYTES, size_bytes
from cards.views import REVIEW, ReviewPart, ReviewView
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
        *left_behind(view.left, view.head.audit_id, view.mode),
        *_outcome(view, limit),
    ]
    for number, part in enumerate(view.parts):
        if not part.missing:
            body += _part(view, number, part, limit)
    back = press("Overview", OpenOverview(view.head.audit_id), view.mode)
    alert = press("Raise a safety alert", AskSafety(view.head.audit_id, REVIEW), view.mode)
    submit = [] if any(part.missing for part in view.parts) else [_submit(view)]
    body.append(row(*submit, back, alert, spacing="medium"))
    return card(body, preview="Your audit is ready to check in Teams.", wide=True)


def _submit(view: ReviewView) -> Element:
    return press("Submit and share", SubmitAudit(view.head.audit_id, view.version, view.nonce), view.mode)


def _outcome(view: ReviewView, limit: int) -> list[Element]:
    """What is missing with a button to each page, or what submitting will do."""
    things = sum(len(part.missing) for part in view.parts)
    if not things:
        return [
            says(
                "Everything is there. Once you submit, the audit is locked and goes to the practitioner, "
                "their line manager, the team manager and the QA office, once each."
            ),
            row(_submit(view)),
        ]
    lead = "One thing is" if things == 1 else f"{spelled(things).capitalize()} things are"
    items: list[Element] = [says(f"{lead} still missing before you can submit:", bold=True)]
    for number, part in enumerate(view.parts):
        if part.missing:
            items += _part(view, number, part, limit)
    return [box(items, style="warning")]


def _part(view: ReviewView, number: int, part: ReviewPart, limit: int) -> list[Element]:
    """One page: what it lacks and the way there, or its grade and its text behind a button."""
    if part.missing:
        state = [typed("•  " + line, spacing="none") for line in part.missing]
    else:
        state = [
            typed((part.grade_label + "  ·  " if part.grade_label else "") + "✓ complete", spacing="none")
        ]
    verb = "Go there" if part.missing else "Change"
    way = press(verb, OpenPage(view.head.audit_id, part.key), view.mode, tooltip=f"{verb}: {part.title}")
    readable = bool(part.lines) and not part.missing
    read = [toggle("Read", f"part_{number}") | {"tooltip": f"Read: {part.title}"}] if readable else []
    shown = columns(
        ("stretch", [typed(bold(part.title)), *state]),
        ("auto", [row(way, *read)]),
        spacing="small",
        separator=True,
    )
    return [shown, _text(number, part, limit)] if readable else [shown]


def _text(number: int, part: ReviewPart, limit: int) -> Element:
    """What the page says, behind its button."""
    cut = [(label, excerpt(text, limit)) for label, text in part.lines]
    items = [labelled((label, short) for label, (short, _) in cut)]
    if left_out := sum(more for _, (_, more) in cut):
        rest = f"{count(left_out, 'more character')}: open the page to read it all."
        items.append(says(rest, subtle=True, spacing="small"))
    return box(items, id=f"part_{number}", hidden=True, style="emphasis", spacing="small")
