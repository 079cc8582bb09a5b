"""What the QA office reads for each kind of message, where it looks at what leaves or is held back."""

from collections.abc import Mapping

_WORDS: Mapping[str, str] = {
    "action_missing": "an action the Panel found missing",
    "action_step": "news of an action",
    "agenda": "a meeting's agenda",
    "alert_outdated": "a safety alert brought up to date",
    "audit_allocated": "a new audit",
    "audit_extended": "more time for an audit",
    "audit_returned": "an audit that came back",
    "audit_shared": "an audit to read",
    "audit_withdrawn": "an audit no longer needed",
    "auditor_away": "an auditor on leave when an audit is due",
    "calibration_asked": "a calibration case to grade",
    "calibration_closed": "what came of a calibration case",
    "calibration_reminder": "a calibration case that closes soon",
    "calibration_wanted": "a reminder to write a calibration case",
    "celebration_wanted": "a request for one thing to celebrate",
    "copies_outdated": "an audit's card brought up to date",
    "copy_unreceived": "a moderation that nobody received",
    "day_card": "a day's card",
    "draw_over": "a draw with many audits",
    "draw_over_unseen": "a draw with many audits, and no chair",
    "example_decided": "a decision on an example audit",
    "example_proposed": "an example audit to approve",
    "exceptions_raised": "figures to explain",
    "extension_asked": "a request for more time",
    "extension_decided": "a decision on more time",
    "file_offer": "a file to accept",
    "handed_in": "a day's submitted audits",
    "handed_in_more": "a day's submitted audits, brought up to date",
    "impact_lost": "a change that did not last",
    "lead_summary": "the Lead Member's summary",
    "learning_action_given": "a new learning action",
    "learning_entry_given": "a learning entry to see to",
    "meeting_changed": "a meeting that moved or is cancelled",
    "meeting_guest": "an invitation to a meeting",
    "meeting_today": "today's meeting",
    "meeting_unrecorded": "a meeting to record",
    "moderation_chosen": "an audit to moderate",
    "moderation_handed": "an audit to moderate, handed over",
    "moderation_moved": "an audit handed to a colleague",
    "moderation_news": "a moderation to read",
    "moderation_copy": "a moderation's Word copy",
    "moderation_swapped": "an audit to moderate, swapped",
    "narrative_asked": "a few sentences to write",
    "nobody_chairs": "a panel without a chair",
    "nobody_sees": "work without an owner",
    "nomination_answered": "an answer to a nomination",
    "pack_drafted": "a pack that is drafted",
    "pack_sent": "a pack",
    "pack_sent_back": "a pack that was sent back",
    "plan_agreed": "the forward plan, agreed",
    "praise": "praise",
    "praise_copy": "a copy of praise",
    "rep_wanted": "a clinic to visit",
    "report_answered": "a report that was answered",
    "report_asked": "a report asked for",
    "report_dropped": "a report no longer needed",
    "round_proposed": "a round to approve",
    "safety_escalation": "a safety alert nobody has seen",
    "safety_seen": "a safety alert that was seen",
    "sample_check": "a round to check",
    "sample_wanted": "a round to plan",
    "stranger": "somebody who is not on the staff list",
    "talk_answered": "an answer about a talk",
    "talk_reply": "a reply to a moderation",
    "talk_wanted": "a talk to set up",
    "team_report": "a team's week in figures",
    "terms_signed": "terms of reference, signed",
    "told_by_mail": "an e-mail to somebody Teams does not reach",
    "tracked_done": "something done, to be closed",
    "tracked_given": "something to do from the tracker",
    "unreachable_changed": "the list of who cannot be reached, brought up to date",
    "unreachable_over": "the list of who cannot be reached, brought up to date",
    "weeks_ahead": "the coming weeks",
}
"""Kinds whose own name is no words; any other is read as it is written."""

_MEDIA: Mapping[str, str] = {
    "teams": "in Teams",
    "email": "by e-mail",
    "update": "on a card that is there already",
}


def kind_words(kind: str) -> str:
    """What people read for a kind of message: "a new audit"."""
    return _WORDS.get(kind, kind.replace("_", " "))


def medium_words(medium: str) -> str:
    """How it reaches them: "in Teams"."""
    return _MEDIA.get(medium, f"by {medium}")
