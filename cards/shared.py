"""A submitted audit as the practitioner, the managers, the QA office and its auditor read it.

The notice in the chat is case-free; reading, commenting and reviewing happen in the answer to a press.
Source: CA-16 to CA-18, Q26, Q30, MO-03; PR-01.
"""

from cards.buttons import press, row
from cards.elements import Card, Element, bold, box, card, heading, says, typed
from cards.fields import Form, other_errors
from cards.head import audit_line
from cards.payloads import AddComment, ReadShared, ReviewAudit
from cards.shared_parts import (
    actions_list,
    after_it,
    every_grade,
    every_part,
    log_button,
    part_body,
    ways_to_read,
)
from cards.size import LIMIT_BYTES, size_bytes
from cards.views import ReviewPart, SharedNoticeView, SharedView
from cards.wording import day, excerpt, moment
from domain.pages import JOURNEY, OVERALL

SUMMARY = "summary"
_SHORTER = (600, 300, 120)
"""Characters of each text on the summary; every part has its own page with the whole."""

_NOTICES = {
    "practitioner": (
        "An audit of work you led is ready to read",
        "Read what it says about the child's experience, what you did well and what would help. "
        "Then please add your own view: it becomes part of the audit.",
    ),
    "line_manager": (
        "An audit of work you supervise is ready to read",
        "It tells how one child experiences our help. It is for the next supervision: what went well, what "
        "was learned and what is agreed.",
    ),
    "team_manager": (
        "An audit from your team is ready to review",
        "It tells how one child experiences your team's help. Please read it and say whether you put it "
        "forward for moderation.",
    ),
}

_OTHERS = (
    "An audit has been shared with you",
    "It tells how one child experiences our help. Please read it when you can.",
)


def summary_for(view: SharedNoticeView) -> str:
    """The preview text of the message, which names no case."""
    return _notice(view)[0] + "."


def _notice(view: SharedNoticeView) -> tuple[str, str]:
    return _NOTICES.get(view.reader, _OTHERS)


def shared_notice_card(view: SharedNoticeView) -> Card:
    """Says that an audit is there to read, and by when an answer would help; names no case."""
    title, text = _notice(view)
    body = [
        heading(title),
        says(text),
        typed("Auditor: ", bold(view.auditor_name), f". Shared on {moment(view.submitted_at)}."),
    ]
    if view.respond_by:
        wanted = "Your comment" if view.reader == "practitioner" else "Your answer"
        body.append(typed(f"{wanted} would be welcome by ", bold(day(view.respond_by)), "."))
    body.append(row(press("Read the audit", ReadShared(view.audit_id, SUMMARY))))
    return card(body, preview=summary_for(view))


def shared_card(view: SharedView) -> Card:
    """The summary with the reader's own duty, or one part in full."""
    parts = every_part(view)
    found = next((index for index, part in enumerate(parts) if part.key == view.part), None)
    if found is not None:
        body = [audit_line(view.head), *part_body(view, parts, found)]
        return card(body, preview="A shared audit.", wide=True)
    for limit in _SHORTER:
        drawn = card(_summary(view, parts, limit), preview="A shared audit.", wide=True)
        if size_bytes(drawn) < LIMIT_BYTES:
            break
    return drawn


def _summary(view: SharedView, parts: tuple[ReviewPart, ...], limit: int) -> list[Element]:
    return [
        *([box([says(view.message)], style="good")] if view.message else []),
        audit_line(view.head),
        heading("An audit, shared for learning"),
        *_opening(parts, limit),
        typed(
            f"{view.practitioner_name}, {view.team_name}. Audited by {view.auditor_name}, "
            f"submitted {moment(view.submitted_at)}.",
            subtle=True,
        ),
        *_overall(view, parts, limit),
        *ways_to_read(view, parts),
        *actions_list(view, limit),
        *after_it(view),
        *_comment(view, limit),
        *_review(view),
        *log_button(view),
    ]


def _opening(parts: tuple[ReviewPart, ...], limit: int) -> list[Element]:
    """The child first: what the journey page says matters most, before any grade (PR-01)."""
    journey = _part(parts, JOURNEY)
    if journey is None or not journey.lines:
        return []
    label, text = journey.lines[-1]
    return [box([typed(bold(label)), typed(excerpt(text, limit)[0], spacing="small")], style="emphasis")]


def _overall(view: SharedView, parts: tuple[ReviewPart, ...], limit: int) -> list[Element]:
    """The overall judgement in short; its own part has the whole."""
    made: list[Element] = []
    overall = _part(parts, OVERALL)
    if overall is not None:
        for label, text in overall.lines:
            if text != view.overall_label:
                made += [typed(bold(label), spacing="small"), typed(excerpt(text, limit)[0], spacing="none")]
    if view.overall_label:
        made.append(typed("Overall grade: ", bold(view.overall_label), spacing="small"))
    return [*made, *_panel(view, limit)]


def _panel(view: SharedView, limit: int) -> list[Element]:
    """The Panel's grade, which counts, beside the others, and what the Panel says of the practice (MO-21)."""
    if not view.panel_grade:
        return []
    made = [typed(bold(every_grade(view)), spacing="small")]
    if view.panel_practice:
        made.append(typed("The Panel says: ", excerpt(view.panel_practice, limit)[0], spacing="none"))
    return made


def _part(parts: tuple[ReviewPart, ...], key: str) -> ReviewPart | None:
    return next((part for part in parts if part.key == key), None)


def _comment(view: SharedView, limit: int) -> list[Element]:
    """The practitioner's comments: theirs to add to, everyone's to read (CA-17)."""
    if not view.can_comment and not view.comment:
        return []
    made = [heading("The practitioner's view", size="default", spacing="large")]
    if view.comment:
        made.append(typed(excerpt(view.comment, limit * 2)[0]))
    if not view.can_comment:
        return made
    form = Form(view.typed, view.errors)
    asked = "What you write becomes part of the audit. What fits, what is missing, what would you do again?"
    if view.comment_by:
        asked += f" Please write by {day(view.comment_by)}."
    save = AddComment(view.head.audit_id, view.nonce)
    return [
        *made,
        says(asked),
        *other_errors(view.errors),
        *form.text("comment", "Add to what you said" if view.comment else "Your comment"),
        row(press("Add my comment", save, view.mode, with_inputs=True)),
    ]


def _review(view: SharedView) -> list[Element]:
    """The team manager's review, with the choice to nominate for moderation (CA-18)."""
    if not view.can_review:
        return [typed(view.reviewed, spacing="medium")] if view.reviewed else []
    form = Form(view.typed, view.errors)
    by = f" Please answer by {day(view.review_by)}." if view.review_by else ""
    yes, no = (ReviewAudit(view.head.audit_id, nominate, view.nonce) for nominate in (True, False))
    errors = [] if view.can_comment else other_errors(view.errors)
    asked = (
        "The Panel has looked at this audit already. What does your team take from it?"
        if view.panel_grade
        else "Would a second look by the moderation panel help: a grade that may not fit, or work that "
        "others can learn from?"
    )
    nominate = press("Nominate for moderation", yes, view.mode, with_inputs=True)
    title = "I have reviewed it" if view.panel_grade else "Reviewed, no need to nominate"
    reviewed = press(title, no, view.mode, with_inputs=True)
    label = "What you take from it" if view.panel_grade else "Your reason, whichever way you decide"
    return [
        heading("Your review", size="default", spacing="large"),
        says(asked + by),
        *([typed(view.reviewed)] if view.reviewed else []),
        *errors,
        *form.text("review_reason", label),
        row(*([] if view.panel_grade else [nominate]), reviewed),
    ]
