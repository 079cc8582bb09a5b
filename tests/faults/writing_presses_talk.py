"""A press of every verb of a talk about a moderation and of its release; see `writing_presses`."""

from collections.abc import Iterator
from datetime import timedelta

from cards.payloads_talk import (
    AcceptSlot,
    AskModerationCopy,
    AskTalkTime,
    GiveCopy,
    InviteToTalk,
    ProposeTime,
    RecordTalk,
    ReleaseEarly,
    WriteReply,
)
from domain.days import local_day, uk_date
from domain.grades import Grade
from domain.moderation import Moderation
from tests.faults.grounds import Ground
from tests.faults.pressing import Press
from tests.moderations import a_chosen_audit, a_held_moderation, a_released_moderation
from tests.talks import an_invited_talk


def talk_presses(ground: Ground) -> Iterator[Press]:
    """One press of each verb, each made when those before it are done."""
    psw, auditor, nonce = ground.psw, ground.people.auditor, "pressed"
    today = local_day(ground.now)
    talked, urgent = _held(ground), _held(ground)
    days = (uk_date(today + timedelta(days=after)) for after in (1, 2, 3))
    times = {f"slot_{n}": f"{day} at 10:00" for n, day in enumerate(days, start=1)}
    invite = InviteToTalk(talked.id, _version(ground, talked), True, nonce)
    yield Press(psw, invite, {**times, "message": "Shall we talk?"}, {"invited to talk": 1})
    propose = ProposeTime(talked.id, _version(ground, talked), True, nonce)
    yield Press(
        auditor, propose, {"proposed": "Any morning next week."}, {"asked for another time for the talk": 1}
    )
    with ground.council.write() as work:
        an_invited_talk(work, ground.panel, talked, now=ground.now)
    accept = AcceptSlot(talked.id, _version(ground, talked), 0, nonce)
    yield Press(auditor, accept, {}, {"took a time for the talk": 1})
    yield Press(auditor, AskTalkTime(talked.id, nonce), {}, {"file_offers": 1})
    reply = {"reply": "I see the plan differently."}
    yield Press(auditor, WriteReply(talked.id, True, nonce), reply, {"replied to a moderation": 1})
    yield Press(auditor, AskModerationCopy(talked.id, nonce), {}, {"file_offers": 1})
    held = {"held_on": today.isoformat(), "note": "Weigh the chronology.", "final": Grade.GOOD.value}
    released = {"released a moderation": 1, "drafted a learning entry": 1}
    record = RecordTalk(talked.id, True, nonce)
    yield Press(
        psw, record, {**held, "final_because": "They showed more."}, {**released, "recorded the talk": 1}
    )
    reason = {"release_reason": "The child cannot wait."}
    yield Press(psw, ReleaseEarly(urgent.id, True, nonce), reason, released)
    give, to = GiveCopy(_of_nobodys_team(ground).id, nonce), {"give_to": str(ground.people.line_manager.id)}
    yield Press(ground.people.qa_officer, give, to, {"gave the team's copy of a moderation": 1})


def _held(ground: Ground) -> Moderation:
    audit = ground.audit(ground.submitted)
    with ground.council.write() as work:
        given = (work, ground.council, ground.people, ground.panel)
        chosen = a_chosen_audit(*given, audit=audit, now=ground.now)
        return a_held_moderation(*given, chosen=chosen, now=ground.now)


def _of_nobodys_team(ground: Ground) -> Moderation:
    """Released, of a case whose team nobody manages."""
    with ground.council.write() as work:
        team = work.people.team_named("Conifers 9", ground.people.service.id)
    audit = ground.audit(ground.submitted, team_id=team.id)
    with ground.council.write() as work:
        work.cases.change(audit.case_id, {"team_id": team.id})
        given = (work, ground.council, ground.people, ground.panel)
        chosen = a_chosen_audit(*given, audit=audit, now=ground.now)
        return a_released_moderation(*given, chosen=chosen, now=ground.now)


def _version(ground: Ground, moderation: Moderation) -> int:
    with ground.council.read() as view:
        talk = view.discussions.of_moderation(moderation.id)
    assert talk is not None
    return talk.version
