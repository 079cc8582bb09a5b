"""How things due about a submitted audit are called on a list, and what their buttons open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cards.payloads import Payload
from cards.payloads_actions import ShowAction
from cards.payloads_following import ShowFollowUp, ShowSupervision
from cards.payloads_panel import ShowModeration, ShowNomination
from cards.payloads_talk import ShowTalk
from domain.day import DayItem
from domain.nudges import About


@dataclass(frozen=True, slots=True)
class DueWords:
    """What stands on the line and on its button."""

    title: str
    button: str
    opens: Callable[[DayItem], Payload]


DUE_LINES: Mapping[str, DueWords] = {
    About.ACTION.value: DueWords(
        "An action agreed with you", "See the action", lambda item: ShowAction(item.subject_id)
    ),
    About.MODERATE.value: DueWords(
        "An audit to moderate", "Moderate", lambda item: ShowModeration(item.subject_id, "start")
    ),
    About.LATE_MODERATION.value: DueWords(
        "A moderation that a colleague has", "Open", lambda item: ShowModeration(item.subject_id, "start")
    ),
    About.NOMINATION.value: DueWords(
        "A nomination to answer", "Answer", lambda item: ShowNomination(item.subject_id)
    ),
    About.TALK.value: DueWords("A talk about a moderation", "Open", lambda item: ShowTalk(item.subject_id)),
    About.CONFIRM.value: DueWords(
        "An action to confirm", "See the proof", lambda item: ShowAction(item.subject_id)
    ),
    About.SUPERVISE.value: DueWords(
        "Learning to take to supervision",
        "Open",
        lambda item: ShowSupervision(item.audit.practitioner_id),
    ),
    About.REFLECT.value: DueWords(
        "A reflective session to hold", "Open", lambda item: ShowFollowUp(item.subject_id)
    ),
    About.FILE.value: DueWords(
        "An audit to put on the child's file", "Open", lambda item: ShowFollowUp(item.subject_id)
    ),
    About.IMPACT.value: DueWords("An impact check", "Answer", lambda item: ShowFollowUp(item.subject_id)),
}
