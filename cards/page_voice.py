"""One of the three voices: what was heard, or why not, and each attempt.

Source: CA-09 to CA-11, Q11, Q12, SG-01.
"""

from cards.buttons import press, row
from cards.elements import Element, listed, says
from cards.fields import Form
from cards.page_writing import Drawn
from cards.payloads import SavePage
from cards.views import PageView
from cards.wording import day, excerpt
from domain.pages import LINE_LIMIT, Attempt, Reached, VoicePage

MOST_ATTEMPTS = 8
"""The latest shown while filling the page; the review and the shared audit have them all."""

_QUESTIONS = {
    "voice_child": "What does the child say about their life and our help?",
    "voice_parent": "What do the parents or carers say life is like for their child?",
    "voice_agency": "What do others around this child see, and how well do we work together?",
}
_WAYS = {
    "voice_child": "Seek the child's views in a way that suits them, unless there is good reason not to.",
    "voice_parent": "Contact at least one parent or carer yourself, where suitable and possible.",
    "voice_agency": "Ask at least one agency that knows the child well.",
}
_REACHED = (
    (Reached.OBTAINED.value, "Yes, views were heard"),
    (Reached.NOT_OBTAINED.value, "No, not this time"),
)


def voice_body(view: PageView, body: VoicePage, form: Form) -> Drawn:
    """Views heard, or the reason, and the attempts made."""
    question = [
        says(_QUESTIONS[view.key], bold=True),
        says(_WAYS[view.key] + " Please use roles, never names.", subtle=True, spacing="small"),
    ]
    saved = body.reached.value if body.reached else ""
    return question, [
        *form.choice("reached", "Were views heard?", _REACHED, saved, expanded=True),
        *form.date("on", "The day they were heard", body.on),
        *form.text("summary", "What was said, in short and without names", body.summary),
        *form.text("reason", "If not heard: why not, and what would help next time?", body.reason),
        *_attempts(view, body, form),
    ]


def _said(attempt: Attempt) -> str:
    return f"{day(attempt.on)}: {excerpt(attempt.how, LINE_LIMIT)[0]}"


def _attempts(view: PageView, body: VoicePage, form: Form) -> list[Element]:
    """The attempts logged so far and room for one more."""
    save = SavePage(view.head.audit_id, view.key, view.version, "here", view.nonce)
    return [
        says("Each try counts", bold=True, spacing="medium"),
        *listed(_said(attempt) for attempt in body.attempts[-MOST_ATTEMPTS:]),
        *form.line("attempt_how", "How you tried (call, visit, letter)"),
        *form.date("attempt_on", "The day you tried", spacing="small"),
        row(press("Save this try", save, view.mode, with_inputs=True), spacing="small"),
    ]
