"""Writes a verdict into the outbox, together with everything that follows from it."""

from dataclasses import replace
from datetime import datetime

from domain.audits import AuditState
from domain.days import local_day, local_midnight
from scheduler import rendering_audits, rendering_files, rendering_reach, rendering_safety
from scheduler.preparing import Edit, Message, Parcel, PostEdit
from scheduler.verdicts import POST_GONE, Later, Retry, Settle, Verdict
from storage.notices import Notice
from storage.reach import Address, Copy
from storage.waiting import TOLD_BY_MAIL
from storage.work import Work
from workflows import digest_posts
from workflows.handed_in import HANDED_IN, HANDED_IN_MORE
from workflows.offering import note_export


def keep_verdict(
    work: Work, notice: Notice, verdict: Verdict, parcel: Parcel | None, *, now: datetime
) -> None:
    """Settle the notice or put it back; remember a posted card and a chat that turned out closed.

    A claim that ran out meanwhile leaves the notice to whoever holds it now, but the card that was posted is
    remembered all the same: it is in the chat.
    """
    if isinstance(verdict, Later):
        work.notices.postpone(notice, due_at=verdict.due_at, reason=verdict.reason)
        return
    if isinstance(verdict, Retry):
        work.notices.retry(
            notice,
            due_at=verdict.due_at,
            reason=verdict.reason,
            possibly_repeated=verdict.possibly_repeated,
        )
        return
    if verdict.state == "unreachable" and _is_there_by_now(work, notice, parcel):
        work.notices.postpone(notice, due_at=now, reason="the app has arrived meanwhile")
        return
    settled = work.notices.settle(
        notice, state=verdict.state, now=now, activity_id=verdict.activity_id, reason=verdict.reason
    )
    if notice.channel_id is not None and isinstance(parcel, Message | PostEdit):
        _close_channel(work, verdict, parcel, notice.channel_id, now)
    if notice.channel_id is not None and notice.kind in digest_posts.KINDS:
        _keep_post(work, notice, verdict, parcel, notice.channel_id, now)
    if notice.person_id is None:
        return
    # What follows from a message that may be a repeat may be one as well.
    work.notices.in_doubt = notice.possibly_repeated
    if settled and verdict.state == "unreachable":
        _tell_by_mail(work, notice, notice.person_id, now)
    if isinstance(parcel, Message):
        _keep_copy(work, notice, verdict, parcel, notice.person_id, now)
    if isinstance(parcel, Message | Edit):
        _close(work, verdict, parcel, notice.person_id, now)


def _is_there_by_now(work: Work, notice: Notice, parcel: Parcel | None) -> bool:
    """Whether the app was installed, or the person wrote, after the look that found the address shut."""
    if notice.medium == "email":
        return False
    address = _address(work, notice)
    if address is None or address.state != "reachable":
        return False
    if isinstance(parcel, PostEdit):
        return not _is_of(parcel, address)
    return address != (parcel.address if isinstance(parcel, Message | Edit) else None)


def _is_of(edit: PostEdit, channel: Address) -> bool:
    """Whether the edit went to this channel: to the thread of its post, that is."""
    return replace(edit.address, conversation_id=channel.conversation_id) == channel


def _address(work: Work, notice: Notice) -> Address | None:
    """Where the notice's person or channel can be reached by now."""
    if notice.person_id is not None:
        return work.reach.of(notice.person_id)
    return work.reach.channel(notice.channel_id) if notice.channel_id is not None else None


def _tell_by_mail(work: Work, notice: Notice, person_id: int, now: datetime) -> None:
    """Once for each notice, however often it is tried again, and once a day for all of a person's."""
    if notice.medium != "teams" or notice.kind not in rendering_reach.MAILED_INSTEAD:
        return
    if notice.kind == "file_offer" and _send_file_by_mail(work, notice, person_id, now):
        return
    today = local_day(now)
    if not work.waiting.is_mailed(notice, today_from=local_midnight(today)):
        # A mail that was dropped told nobody of anything, so it stands in the way of no other.
        dropped = work.waiting.mails_dropped(person_id)
        work.notices.queue(
            kind=TOLD_BY_MAIL,
            subject_id=person_id,
            person_id=person_id,
            now=now,
            medium="email",
            again=f"{today.isoformat()} {dropped}" if dropped else today.isoformat(),
        )


def _send_file_by_mail(work: Work, notice: Notice, person_id: int, now: datetime) -> bool:
    """Queue the mail that brings the file, where such files go by mail; whether they do."""
    offer = work.offers.get(notice.subject_id)
    if offer is None or not rendering_files.goes_by_mail(offer.kind):
        return False
    if work.notices.queue(
        kind=rendering_files.BY_MAIL, subject_id=offer.id, person_id=person_id, now=now, medium="email"
    ):
        note_export(work, offer, by=person_id, now=now, way="mail")
    return True


def _keep_copy(
    work: Work, notice: Notice, verdict: Settle, message: Message, person_id: int, now: datetime
) -> None:
    if verdict.activity_id is None:
        return
    conversation_id = message.address.conversation_id
    posted = Copy(conversation_id, verdict.activity_id, person_id, notice.kind, notice.subject_id)
    work.reach.keep_copy(posted, now)
    if notice.kind in rendering_safety.COPIES and _is_seen(work, notice.subject_id):
        # It may have been acknowledged while this card was on the way; one edit too many does no harm.
        _edit_again(work, "alert_outdated", notice, person_id, now)
    if notice.kind == HANDED_IN:
        # Another audit may have come in while the card was on the way; one edit too many does no harm.
        _edit_again(work, HANDED_IN_MORE, notice, person_id, now)
    if notice.kind not in rendering_audits.COPIES:
        return
    audit = work.audits.get(notice.subject_id)
    if audit is not None and audit.state in (AuditState.SUBMITTED, AuditState.RETURNED):
        # The audit closed while its card was on the way, so the edit of all copies missed this one.
        _edit_again(work, "copies_outdated", notice, person_id, now)


def _is_seen(work: Work, alert_id: int) -> bool:
    return any(recipient.acknowledged_at for recipient in work.safety.recipients(alert_id))


def _edit_again(work: Work, kind: str, notice: Notice, person_id: int, now: datetime) -> None:
    work.notices.queue(
        kind=kind,
        subject_id=notice.subject_id,
        person_id=person_id,
        now=now,
        medium="update",
        again=f"after notice {notice.id}",
    )


def _close(work: Work, verdict: Settle, parcel: Message | Edit, person_id: int, now: datetime) -> None:
    # Whoever wrote or installed since then is reachable again, and this verdict is about an older chat.
    if verdict.reach_state is not None and work.reach.of(person_id) == parcel.address:
        work.reach.set_state(person_id, verdict.reach_state, now)


def _keep_post(
    work: Work, notice: Notice, verdict: Settle, parcel: Parcel | None, channel_id: int, now: datetime
) -> None:
    """Remember what stands in the channel, and look at it again later in the day."""
    if verdict.state == "sent" and verdict.activity_id is not None and isinstance(parcel, Message):
        work.channel_posts.posted(
            channel_id,
            notice.kind,
            notice.subject_id,
            activity_id=verdict.activity_id,
            conversation_id=verdict.conversation_id,
            shown=parcel.mark,
            now=now,
        )
    if verdict.state == "sent" and isinstance(parcel, PostEdit):
        work.channel_posts.changed(channel_id, notice.kind, notice.subject_id, shown=parcel.mark, now=now)
    if verdict.reason == POST_GONE:
        digest_posts.post_anew(work, notice, now)
        return
    digest_posts.refresh_later(work, notice, now)


def _close_channel(
    work: Work, verdict: Settle, parcel: Message | PostEdit, channel_id: int, now: datetime
) -> None:
    # Whoever blocks the bot in a team removes it there, as far as what is sent goes.
    here = work.reach.channel(channel_id)
    if verdict.reach_state is None or here is None:
        return
    if _is_of(parcel, here) if isinstance(parcel, PostEdit) else parcel.address == here:
        work.reach.close_channel(channel_id, now)
