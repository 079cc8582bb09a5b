"""A page of the audit to fill, in the chat or in a dialog.

Input ids are the stable field names that `domain` reads saves by:

    journey         journey, matters_most
    file            read_on, note
    a section       judgement, action, impact, source_1 … source_3, source_on_1 … source_on_3, grade,
                    mark_<item id> ("none" takes a mark away), tags (joined by commas)
    voice_*         reached, on, summary, reason, attempt_on, attempt_how
    conversation    held_on, feedback, reflections
    overall         judgement, action, impact, better, grade
    actions         action_what_1 … 4, action_owner_1 … 4, action_due_1 … 4, none_needed ("true" or "false")

Every page opens with a question about the child's experience; the grade comes last, once the reasons are
written. Source: PR-01, CA-07 to CA-15, Q24, WH-01 to WH-08, SG-02.
"""

from cards.buttons import more_room, press, row
from cards.elements import Card, Element, box, card, heading, says, typed
from cards.fields import Form
from cards.head import audit_line, left_behind, safety_offer, stronger
from cards.page_actions import actions_body
from cards.page_overall import overall_body
from cards.page_section import section_body
from cards.page_stale import other_version_box
from cards.page_voice import voice_body
from cards.page_writing import Drawn, conversation_body, file_body, journey_body
from cards.payloads import AskSafety, OpenOverview, OpenPage, SavePage
from cards.size import LIMIT_BYTES, size_bytes
from cards.views import OVERVIEW, REVIEW, Mode, PageView
from cards.wording import moment, spelled
from domain.grades import Grade
from domain.pages import (
    ActionsPage,
    ConversationPage,
    FilePage,
    JourneyPage,
    OverallPage,
    SectionPage,
    VoicePage,
)

_SHORTER = (4000, 1500, 500, 150, 40)
"""Characters shown of each text of the other version, tried in turn until the card fits."""


def page_card(view: PageView) -> Card:
    """The page with its fields, hints and buttons. Nothing typed is ever shortened."""
    if view.other_version is None:
        return _drawn(view, 0)
    for limit in _SHORTER:
        drawn = _drawn(view, limit)
        if size_bytes(drawn) < LIMIT_BYTES:
            break
    return drawn


def _drawn(view: PageView, other_limit: int) -> Card:
    form = Form(view.typed, view.hints)
    question, fields = _body(view, form)
    body = [
        audit_line(view.head, f"page {view.number} of {view.of}"),
        heading(view.title),
        box(question, style="emphasis"),
        *left_behind(view.left, view.head.audit_id, view.mode, lambda then: _save(view, then)),
        *_notices(view, fields),
        *([other_version_box(view, other_limit)] if view.other_version is not None else []),
        *fields,
        *_safety(view, form),
        *_buttons(view),
    ]
    return card(body, preview=f"{view.title}: open this in Teams to fill it in.", wide=True)


def _body(view: PageView, form: Form) -> Drawn:
    """The opening question and the fields."""
    match view.body:
        case JourneyPage() as body:
            drawn = journey_body(body, form)
        case FilePage() as body:
            drawn = file_body(view, body, form)
        case SectionPage() as body:
            drawn = section_body(view, body, form)
        case VoicePage() as body:
            drawn = voice_body(view, body, form)
        case ConversationPage() as body:
            drawn = conversation_body(body, form)
        case OverallPage() as body:
            drawn = overall_body(view, body, form)
        case ActionsPage() as body:
            drawn = actions_body(view, body, form)
    return drawn


def _notices(view: PageView, fields: list[Element]) -> list[Element]:
    """One friendly box: what was saved, what must change, what would make it stronger."""
    wrong = [hint for hint in view.hints if hint.blocking]
    advice = [hint.message for hint in view.hints if not hint.blocking]
    lines: list[Element] = []
    if wrong:
        things = "One thing needs" if len(wrong) == 1 else f"{spelled(len(wrong)).capitalize()} things need"
        lines.append(
            says(f"Not saved yet. {things} changing first. What you typed is still here.", bold=True)
        )
        on_page = frozenset(_ids(fields))
        lines += [typed(hint.message, spacing="small") for hint in wrong if hint.field not in on_page]
    elif view.just_saved and view.left is None:
        lines.append(says("Saved. Thank you." if not advice else "Saved.", bold=True))
    elif view.nothing_typed:
        lines.append(says("There is nothing on this page yet, so nothing was saved."))
    if advice:
        lines.append(says(stronger(len(advice))))
        lines += [typed("•  " + message, spacing="small") for message in advice]
    style = "attention" if wrong else "warning" if advice or view.nothing_typed else "good"
    return [box(lines, style=style)] if lines else []


def _safety(view: PageView, form: Form) -> list[Element]:
    """The offer of a safety alert, once Inadequate was chosen."""
    saved = getattr(view.body, "grade", None)
    chosen = form.value("grade", saved.value if saved else "")
    if not view.offer_safety and chosen != Grade.INADEQUATE:
        return []
    return [safety_offer(AskSafety(view.head.audit_id, view.key, view.version), view.mode, with_inputs=True)]


def _save(view: PageView, then: str) -> SavePage:
    return SavePage(view.head.audit_id, view.key, view.version, then, view.nonce)


def _buttons(view: PageView) -> list[Element]:
    onward = "Save and check everything" if view.following == REVIEW else "Save and continue"
    first = [
        press(onward, _save(view, view.following), view.mode, with_inputs=True),
        press("Save and see overview", _save(view, OVERVIEW), view.mode, with_inputs=True),
    ]
    if view.typed is not None:
        first.append(press("Leave without saving", OpenOverview(view.head.audit_id), view.mode))
    second = []
    if view.mode is Mode.CHAT:
        second.append(more_room(OpenPage(view.head.audit_id, view.key, view.version), with_inputs=True))
    alert = AskSafety(view.head.audit_id, view.key, view.version)
    second.append(press("Raise a safety alert", alert, view.mode, with_inputs=True))
    saved = [says(f"Last saved {moment(view.saved_at)}.", subtle=True, size="small")] if view.saved_at else []
    return [row(*first, spacing="large"), row(*second, spacing="small"), *saved]


def _ids(elements: list[Element]) -> list[str]:
    """The ids of every input among the elements, however deep."""
    found: list[str] = []
    for element in elements:
        if str(element["type"]).startswith("Input."):
            found.append(element["id"])
        found += _ids(element.get("items", []))
        found += _ids(element.get("columns", []))
    return found
