"""Which card or mail each kind of notice becomes. Drawn at the moment of sending, so that it is fresh."""

from collections.abc import Mapping

from scheduler import (
    rendering_action,
    rendering_ahead,
    rendering_audits,
    rendering_calibration,
    rendering_day,
    rendering_digest,
    rendering_draw,
    rendering_examples,
    rendering_files,
    rendering_following,
    rendering_learning,
    rendering_meetings,
    rendering_office,
    rendering_packs,
    rendering_panel,
    rendering_performance,
    rendering_reach,
    rendering_reports,
    rendering_rounds,
    rendering_safety,
    rendering_samples,
    rendering_talk,
    rendering_tracker,
)
from scheduler.drawing import Draw, Write
from workflows.handed_in import HANDED_IN, HANDED_IN_MORE

_FOR_OFFICE: Mapping[str, Draw] = {
    "audit_returned": rendering_office.returned,
    "stranger": rendering_office.stranger,
    "round_proposed": rendering_rounds.proposed,
    "round_allocated": rendering_rounds.allocated,
    "sample_wanted": rendering_samples.wanted,
    "sample_check": rendering_samples.check,
    "auditor_away": rendering_day.away,
    "unreachable_people": rendering_reach.unreachable,
    "day_preview": rendering_ahead.preview,
}

_UNREACHABLE_NOW = rendering_office.for_office(rendering_reach.unreachable_now)

CARDS: Mapping[str, Draw] = {
    **{kind: rendering_office.for_office(draw) for kind, draw in _FOR_OFFICE.items()},
    "audit_allocated": rendering_audits.allocated,
    "audit_shared": rendering_audits.shared,
    HANDED_IN: rendering_office.for_office(rendering_audits.handed_in),
    "audit_withdrawn": rendering_audits.withdrawn,
    **rendering_day.CARDS,
    "safety_alert": rendering_safety.alert,
    "safety_escalation": rendering_safety.alert,
    "safety_seen": rendering_safety.seen,
    "file_offer": rendering_files.offer,
    **rendering_draw.CARDS,
    **rendering_panel.CARDS,
    **rendering_examples.CARDS,
    **rendering_talk.CARDS,
    **rendering_action.CARDS,
    **rendering_following.CARDS,
    **rendering_learning.CARDS,
    **rendering_calibration.CARDS,
    **rendering_reports.CARDS,
    **rendering_performance.CARDS,
    **rendering_packs.CARDS,
    **rendering_meetings.CARDS,
    **rendering_tracker.CARDS,
    **rendering_digest.CARDS,
}
"""Kind to the card posted in the person's chat."""

EDITS: Mapping[str, tuple[tuple[str, ...], Draw]] = {
    HANDED_IN_MORE: ((HANDED_IN,), rendering_office.for_office(rendering_audits.handed_in)),
    "copies_outdated": (rendering_audits.COPIES, rendering_audits.outdated),
    "alert_outdated": (rendering_safety.COPIES, rendering_safety.outdated),
    "unreachable_changed": (rendering_reach.COPIES, _UNREACHABLE_NOW),
    "unreachable_over": (rendering_reach.COPIES, _UNREACHABLE_NOW),
}
"""Kind to (the kinds of posted cards to edit, what they become)."""

MAILS: Mapping[str, Write] = {
    "safety_alert": rendering_safety.alert_mail,
    "safety_escalation": rendering_safety.alert_mail,
    "file_by_mail": rendering_files.by_mail,
    "told_by_mail": rendering_reach.told_by_mail(CARDS),
    **rendering_draw.MAILS,
    **rendering_panel.MAILS,
    **rendering_examples.MAILS,
    **rendering_talk.MAILS,
    **rendering_action.MAILS,
    **rendering_following.MAILS,
    **rendering_learning.MAILS,
    **rendering_calibration.MAILS,
    **rendering_reports.MAILS,
    **rendering_performance.MAILS,
    **rendering_packs.MAILS,
    **rendering_meetings.MAILS,
    **rendering_tracker.MAILS,
}
"""Kind to the mail sent to the person."""
