"""People who cannot be reached: the QA office's card, and the mail to whoever Teams cannot reach."""

from collections.abc import Mapping
from dataclasses import replace

from cards.mails import waiting_mail
from cards.unreachable import summary_for as unreachable_preview
from cards.unreachable import unreachable_card
from cards.views_reach import UnreachableView
from domain.digest import Topic
from scheduler.drawing import Draw, Drawing, Drawn, Needless, Write, Written
from storage.waiting import TELLS_OFFICE
from workflows.digesting import AHEAD, topic_kind
from workflows.unreachable import unreached

COPIES = (TELLS_OFFICE,)
"""Kinds of posted cards that are brought up to date."""

MAILED_INSTEAD = frozenset(
    {
        "action_missing",
        "action_step",
        "audit_allocated",
        "audit_extended",
        "audit_returned",
        "audit_shared",
        "handed_in",
        "audit_withdrawn",
        "auditor_away",
        "calibration_asked",
        "calibration_closed",
        "copy_unreceived",
        "day_card",
        "draw_over",
        "draw_over_unseen",
        "example_decided",
        "example_proposed",
        "extension_asked",
        "extension_decided",
        "file_offer",
        "impact_lost",
        "learning_action_given",
        "learning_entry_given",
        "moderation_chosen",
        "moderation_handed",
        "moderation_moved",
        "moderation_news",
        "moderation_swapped",
        "nobody_chairs",
        "nomination_answered",
        "pack_drafted",
        "pack_sent_back",
        "pack_to_approve",
        "praise",
        "praise_copy",
        "round_allocated",
        "round_proposed",
        "round_reported",
        "safety_seen",
        "sample_check",
        "sample_wanted",
        "service_report",
        "stranger",
        "talk_answered",
        "talk_reply",
        "talk_wanted",
        "team_summary",
        "clinic_pack",
        "exceptions_raised",
        "narrative_asked",
        "performance_report_ready",
        "report_answered",
        "report_asked",
        "report_dropped",
        "team_report",
        TELLS_OFFICE,
        "agenda",
        "celebration_wanted",
        "meeting_today",
        "meeting_unrecorded",
        "meeting_guest",
        "meeting_changed",
        "rep_wanted",
        "tracked_given",
        "tracked_done",
        "plan_agreed",
        "terms_to_sign",
        "terms_signed",
        "nobody_sees",
    }
)
"""Kinds of which an e-mail tells, without anything of their content, when Teams cannot reach the person."""

NOT_MAILED: Mapping[str, str] = {
    "safety_alert": "a mail of its own leaves beside the card, at once",
    "safety_escalation": "a mail of its own leaves beside the card, at once",
    "calibration_wanted": "it is an offer, and “calibration” makes it at any time",
    "calibration_reminder": "a mail told of the case itself, and grading it is an offer to learn",
    "lead_summary": "a mail of its own brings the summary",
    "pack_sent": "a mail of its own brings the pack, and the bulletin is news and nobody's task",
    "day_preview": "it was asked for in the chat a moment ago, and is out of date by tomorrow",
    **{topic_kind(topic): "it was asked for in the channel, and waits for a chat" for topic in Topic},
    AHEAD: "it was asked for in the channel, and waits for a chat",
}
"""Kinds of which no such e-mail tells, and why not."""


def unreachable(drawing: Drawing) -> Drawn | Needless:
    """Who cannot be reached, for an officer who has not been told yet."""
    if not unreached(drawing.view):
        return Needless("everybody can be reached again")
    return unreachable_now(drawing)


def unreachable_now(drawing: Drawing) -> Drawn:
    """The card as it stands today, also when nobody is on it any more."""
    view = UnreachableView(unreached(drawing.view))
    return Drawn(unreachable_card(view), unreachable_preview(view))


def told_by_mail(cards: Mapping[str, Draw]) -> Write:
    """The mail for what Teams could not deliver to a person, while any of it still waits and applies."""

    def write(drawing: Drawing) -> Written | Needless:
        for waiting in drawing.view.waiting.of_person(drawing.person.id, MAILED_INSTEAD):
            draw = cards.get(waiting.kind)
            # What is postponed applies as well: in the evening it waits for the morning, and so does this.
            if draw is not None and not isinstance(draw(replace(drawing, notice=waiting)), Needless):
                return Written(*waiting_mail(council_name=drawing.council.house.name))
        return Needless("nothing waits for them any more")

    return write
