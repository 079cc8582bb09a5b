"""The talk about a moderation: the chair invites, the auditor answers, both learn, and then it is released.

Taking part is compulsory, so an auditor takes a time or asks for another, and has the right to reply in
writing; what they wrote is kept as it stands. Source: MO-16 to MO-19, MO-21, Q14, SG-01, SG-03, SG-05.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from domain.audits import Audit
from domain.days import local_day
from domain.errors import RuleBroken, Stale
from domain.grades import Grade
from domain.moderation import Moderation, ReleaseKind
from domain.people import Person
from domain.talks import SLOTS, TalkState
from storage.discussions import DiscussionRow
from storage.work import Work
from workflows.council import Council
from workflows.panel import tell_chairs
from workflows.reading_moderation import is_invited
from workflows.releasing import AFTER_TALK, CHANGED, INVITED, body_with, final_fields, release, tell_released
from workflows.talk_access import changed_sections, require_invited, require_leading
from workflows.talk_words import read_final, read_finals, read_held_on, read_text, read_times, require_roles

NONE_TYPED: Mapping[str, tuple[str, str]] = MappingProxyType({})
RECORDED = "The talk is recorded already."


def invite(
    work: Work,
    council: Council,
    *,
    by: Person,
    moderation_id: int,
    version: int,
    slots: Sequence[str],
    message: str,
    sure: bool = False,
    now: datetime,
) -> None:
    """Invite the auditor: times as typed, meant in London, and a message with guidance for next time.

    The first invite offers three times; one is enough afterwards. From here on the auditor may read the
    moderation. Raises TextWanted for a field that cannot be used, LooksLikeAName for a text that seems to
    name a child unless the writer is `sure`, and Stale when the talk changed meanwhile.
    """
    found = require_leading(work, council, by=by, moderation_id=moderation_id, now=now)
    _require_version(found.row, version)
    times = read_times(slots, at_least=1 if is_invited(found.row) else SLOTS, now=now)
    words = read_text("message", message, "Please write a few words, with what would help next time.")
    require_roles(work, council, found.audit, {"message": words}, sure=sure, now=now)
    values = {
        "state": TalkState.INVITED.value,
        "invited_by": by.id,
        "invited_at": now,
        "slots": [at.isoformat() for at in times],
        "message": words,
        "agreed_at": None,
        "proposed": "",
    }
    _change(work, found.row, values)
    offered = [at.isoformat() for at in times]
    _note(work, found.audit, by, "invited to talk", now, {"times": offered, "message": words})
    work.notices.queue(
        kind="moderation_news",
        subject_id=moderation_id,
        person_id=found.audit.auditor_id,
        now=now,
        again=f"{INVITED} {version}",
    )


def accept_slot(
    work: Work,
    council: Council,
    *,
    by: Person,
    moderation_id: int,
    version: int,
    slot: int,
    now: datetime,
) -> datetime:
    """The auditor takes one of the times offered, counted from 0; returns it. The chair hears of it.

    Raises Stale when other times are offered meanwhile.
    """
    found = require_invited(work, council, by=by, moderation_id=moderation_id, now=now)
    _require_version(found.row, version)
    if not 0 <= slot < len(found.row.slots):
        raise RuleBroken(
            "That time is not among those offered. Please choose one of them, or ask for another."
        )
    at = datetime.fromisoformat(found.row.slots[slot])
    if at <= now:
        raise RuleBroken("That time has passed. Please take another, or ask for one.")
    _change(work, found.row, {"state": TalkState.AGREED.value, "agreed_at": at, "proposed": ""})
    _note(work, found.audit, by, "took a time for the talk", now, {"at": at.isoformat()})
    _tell_chairs(work, found.audit, found.row, now=now)
    return at


def propose_time(
    work: Work,
    council: Council,
    *,
    by: Person,
    moderation_id: int,
    version: int,
    words: str,
    sure: bool = False,
    now: datetime,
) -> None:
    """The auditor asks for another time, in their own words. Raises what `invite` does."""
    found = require_invited(work, council, by=by, moderation_id=moderation_id, now=now)
    _require_version(found.row, version)
    asked = read_text("proposed", words, "Please say which days and times would suit you.")
    require_roles(work, council, found.audit, {"proposed": asked}, sure=sure, now=now)
    _change(work, found.row, {"state": TalkState.PROPOSED.value, "agreed_at": None, "proposed": asked})
    _note(work, found.audit, by, "asked for another time for the talk", now, {"words": asked})
    _tell_chairs(work, found.audit, found.row, now=now)


def record_held(
    work: Work,
    council: Council,
    *,
    by: Person,
    moderation_id: int,
    held_on: date | None,
    note: str,
    final: str,
    final_because: str,
    sections: Mapping[str, tuple[str, str]] = NONE_TYPED,
    sure: bool = False,
    now: datetime,
) -> None:
    """The chair records the talk: when, what was agreed for next time, and the final grades.

    Then the team manager's copy leaves (MO-19). Final grades are kept beside the auditor's and the Panel's,
    and the Panel's count (MO-21). `sections` holds what was chosen and written for a section, by its key.
    Where the copy left early, whoever had it hears of another final grade.
    Raises TextWanted for a field that cannot be used, and what `invite` does for names.
    """
    found = require_leading(work, council, by=by, moderation_id=moderation_id, now=now)
    row, moderation = found.row, found.moderation
    if row.state == TalkState.HELD:
        raise RuleBroken(RECORDED)
    if row.invited_at is None:
        raise RuleBroken("Please invite the auditor first, so that they have read what the talk is about.")
    on = read_held_on(held_on, invited_on=local_day(row.invited_at), today=council.today(now))
    words = read_text("note", note, "Please write what you agreed for next time.")
    kept, because = read_final(moderation, final, final_because)
    finals = read_finals(changed_sections(work, council, moderation), sections)
    texts = {"note": words, "final_because": because}
    texts |= {f"final_because_{key}": why for key, (_, why) in finals.items()}
    require_roles(work, council, found.audit, texts, sure=sure, now=now)
    _change(work, row, {"state": TalkState.HELD.value, "held_on": on, "held_by": by.id, "note": words})
    _note(work, found.audit, by, "recorded the talk", now, {"held": on.isoformat(), "note": words})
    if moderation.released_at is not None:
        if finals or kept is not moderation.final:
            _change_final(work, council, moderation, found.audit, kept, because, finals, by=by, now=now)
        return
    release(
        work,
        council,
        moderation,
        kind=ReleaseKind.DISCUSSED,
        by=by.id,
        now=now,
        final=kept,
        final_because=because,
        final_sections=finals,
    )


def release_early(
    work: Work,
    council: Council,
    *,
    by: Person,
    moderation_id: int,
    reason: str,
    sure: bool = False,
    now: datetime,
) -> None:
    """The chair releases before the talk, as waiting would unreasonably delay what the child needs (MO-17).

    The reason is kept, and the talk is still to be held.
    """
    found = require_leading(work, council, by=by, moderation_id=moderation_id, now=now)
    words = read_text("release_reason", reason, "Please say why it cannot wait for the talk; it is kept.")
    require_roles(work, council, found.audit, {"release_reason": words}, sure=sure, now=now)
    release(work, council, found.moderation, kind=ReleaseKind.EARLY, by=by.id, now=now, reason=words)


def _require_version(row: DiscussionRow, version: int) -> None:
    if row.state == TalkState.HELD:
        raise RuleBroken(RECORDED)
    if row.version != version:
        raise Stale("The talk changed since you opened it.", current=None, version=row.version)


def _change(work: Work, row: DiscussionRow, values: Mapping[str, Any]) -> None:
    if not work.discussions.change(row, values):
        raise Stale("The talk changed since you opened it.", current=None, version=row.version)


def _change_final(
    work: Work,
    council: Council,
    moderation: Moderation,
    audit: Audit,
    kept: Grade,
    because: str,
    finals: Mapping[str, tuple[Grade, str]],
    *,
    by: Person,
    now: datetime,
) -> None:
    """A talk after an early release led to another final grade: whoever has the copy has it anew (MO-21)."""
    values = {"final": kept.value, "final_because": because, **body_with(moderation, finals)}
    if not work.moderations.change(moderation, values):
        raise RuleBroken(CHANGED)
    before = moderation.final.value if moderation.final else ""
    fields = {"from": before, "to": kept.value, "why": because, **final_fields(finals)}
    _note(work, audit, by, "changed the final grade", now, fields)
    tell_released(work, council, audit, moderation.id, now=now, again=AFTER_TALK)


def _tell_chairs(work: Work, audit: Audit, row: DiscussionRow, *, now: datetime) -> None:
    again = f"after {row.version}"
    tell_chairs(work, audit, kind="talk_answered", subject_id=row.moderation_id, now=now, again=again)


def _note(
    work: Work, audit: Audit, by: Person, verb: str, now: datetime, fields: Mapping[str, object]
) -> None:
    work.trail.add(
        now=now,
        actor=by.id,
        verb=verb,
        subject=f"audit {audit.id}",
        audit_id=audit.id,
        fields=dict(fields),
    )
