"""Learning and actions taken to supervision (CA-19, RO-02)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.actions import StepKind
from domain.audits import Audit, AuditState
from domain.closing import is_discussed
from domain.days import add_working_days, local_day, uk_date
from domain.errors import NotAllowed, RuleBroken
from domain.people import Person
from storage.actions import ActionRow
from storage.followups import Unlearned
from storage.supervisions import SupervisionRow
from storage.work import View, Work
from workflows.acting import leave_trail
from workflows.audit_access import record_read, supervisors_of
from workflows.closing import change_followup, close_if_complete
from workflows.council import Council
from workflows.covering import acting_for, stand_in
from workflows.kept_words import kept_place, kept_words
from workflows.reminding import remind
from workflows.sharing import TextWanted
from workflows.telling import service_managers, team_managers

FURTHEST = timedelta(days=92)
"""How far ahead a supervision is planned."""
ACTIONS_TALKED_OF = "Talked of in supervision."
NEAR = "supervision_near"
"""The kind of the reminder; its subject is the planned supervision."""
MOST_AT_ONCE = 3
"""How many audits one supervision talks of; the oldest first, and the rest follows next time."""


@dataclass(frozen=True, slots=True)
class SupervisionFile:
    """What is to be talked of in a practitioner's supervision."""

    practitioner: Person
    audits: tuple[Audit, ...]
    """Whose learning is open, the oldest first; no more than one supervision can hold."""
    more: int
    """How many audits wait beyond these."""
    actions: tuple[ActionRow, ...]
    """The practitioner's, not confirmed yet, earliest due first."""
    planned: SupervisionRow | None


def open_supervision(
    work: Work, council: Council, *, by: Person, practitioner_id: int, now: datetime
) -> SupervisionFile:
    """The learning and actions to talk of; reading them leaves a row in the trail of each audit."""
    practitioner = require_supervisor(work, council, by=by, practitioner_id=practitioner_id, now=now)
    file = _file(work, council, practitioner, by=by, now=now)
    for audit_id in sorted({a.id for a in file.audits} | {a.audit_id for a in file.actions}):
        record_read(work, by, audit_id, "supervision", now)
    return file


def plan_supervision(
    work: Work, council: Council, *, by: Person, practitioner_id: int, on: date | None, now: datetime
) -> None:
    """Set the day of the next supervision, or another one; there is one at a time."""
    practitioner = require_supervisor(work, council, by=by, practitioner_id=practitioner_id, now=now)
    on = require_day(on, council.today(now), "next_on")
    planned = work.supervisions.planned(practitioner.id)
    if planned is None:
        work.supervisions.plan(practitioner.id, on, by=by.id)
    elif not work.supervisions.change(planned, {"planned_on": on, "planned_by": by.id}):
        raise RuleBroken("Somebody set the day at the same moment. Please look and try once more.")
    work.trail.add(
        now=now,
        actor=by.id,
        verb="planned supervision",
        subject=f"person {practitioner.id}",
        fields={"on": on.isoformat()},
    )


def require_day(on: date | None, today: date, field: str) -> date:
    """A day for a supervision; TextWanted for this field where it is none, or too far off."""
    if on is None:
        raise TextWanted(field, "Please give the day, such as 31 May 2026.")
    if not today <= on <= today + FURTHEST:
        raise TextWanted(field, f"Please choose a day from today to {uk_date(today + FURTHEST)}.")
    return on


def record_discussed(
    work: Work,
    council: Council,
    *,
    by: Person,
    practitioner_id: int,
    audit_ids: Collection[int],
    on: date | None,
    where: str,
    oversight: str = "",
    names_nobody: bool = False,
    now: datetime,
) -> int:
    """The learning of these audits was talked of in supervision; returns of how many it now is.

    `audit_ids` are those that were on the card; without any, their actions alone were talked of. `oversight`
    is kept with each action (RO-02). A supervision planned for that day or before has then been held.
    """
    practitioner = require_supervisor(work, council, by=by, practitioner_id=practitioner_id, now=now)
    file = _file(work, council, practitioner, by=by, now=now)
    talked = tuple(audit for audit in file.audits if audit.id in audit_ids)
    if not talked and (audit_ids or not file.actions):
        raise RuleBroken("All of this has been recorded already, so nothing is left to talk of here.")
    held_on = _held_on(work, on, talked, council.today(now))
    place = kept_place(
        council,
        "where",
        where,
        wanted="Please say where it is noted, such as “supervision note of 3 June”.",
        names_nobody=names_nobody,
    )
    words = kept_words(council, "oversight", oversight, names_nobody=names_nobody)
    if not talked:
        # One press is enough here too, and it leaves its trace with each action (RO-02).
        words = words or ACTIONS_TALKED_OF
    for audit in talked:
        values = {"discussed_on": held_on, "discussed_by": by.id, "discussed_where": place}
        change_followup(work, audit.id, values)
        work.trail.add(
            now=now,
            actor=by.id,
            verb="talked of the learning",
            subject=f"audit {audit.id}",
            audit_id=audit.id,
            fields={"on": held_on.isoformat(), "where": place},
        )
    if words:
        _note_oversight(work, by, file.actions, words, place, now)
    _hold(work, file.planned, held_on, place, by)
    for audit in talked:
        close_if_complete(work, council, audit, by=by.id, now=now)
    return len(talked)


def open_learning(
    view: View, *, supervises: int | None = None, practitioner_id: int | None = None
) -> Iterable[tuple[Unlearned, Audit]]:
    """Each audit whose learning supervision has not talked of, unless it waits for the Panel (1B step 15)."""
    for one in view.followups.unlearned(supervises=supervises, practitioner_id=practitioner_id):
        if is_discussed(one.discussed_on, local_day(one.released_at) if one.released_at else None):
            continue
        audit = view.audits.get(one.audit_id)
        if audit is not None:
            yield one, audit


def tell_of_supervisions(work: Work, council: Council, *, now: datetime) -> int:
    """Remind of each supervision; returns how many.

    On the working day before, or on the day itself where it was planned too late for that.
    """
    today = council.today(now)
    tomorrow = add_working_days(today, 1, council.bank_holidays)
    told = 0
    for planned in work.supervisions.planned_between(today, tomorrow):
        practitioner = work.people.get(planned.practitioner_id)
        for manager in supervisors(work, practitioner):
            person = stand_in(work, council, manager, today) or manager
            if person.id != practitioner.id:
                told += remind(
                    work,
                    council,
                    person,
                    kind=NEAR,
                    subject_id=planned.id,
                    about_on=planned.planned_on,
                    now=now,
                )
    return told


def supervisors(view: View, practitioner: Person) -> tuple[Person, ...]:
    """Who supervises somebody, whichever audit is asked about (CA-19)."""
    line = view.people.many((practitioner.manager_id,) if practitioner.manager_id is not None else ())
    found = tuple(person for person in line.values() if person.left_on is None)
    if found or practitioner.team_id is None:
        return found
    return team_managers(view, practitioner.team_id) or service_managers(view, practitioner.team_id)


def require_supervisor(
    view: View, council: Council, *, by: Person, practitioner_id: int, now: datetime
) -> Person:
    """The practitioner, for whoever supervises them; NotAllowed alike for somebody who is not there."""
    practitioner = view.people.many((practitioner_id,)).get(practitioner_id)
    if practitioner is not None and by.left_on is None:
        managers = list(supervisors(view, practitioner))
        for _, audit in open_learning(view, practitioner_id=practitioner_id):
            managers += supervisors_of(view, audit)
        if by.id in answering(view, council, tuple(managers), practitioner_id, now):
            return practitioner
    raise NotAllowed("I cannot find that for you. Type “supervision” to see whose learning waits for you.")


def answering(
    view: View, council: Council, managers: tuple[Person, ...], practitioner_id: int, now: datetime
) -> frozenset[int]:
    """Which of these managers, or who covers them, may supervise; never the practitioner themselves."""
    return acting_for(view, council, managers, council.today(now)) - {practitioner_id}


def _file(
    view: View, council: Council, practitioner: Person, *, by: Person, now: datetime
) -> SupervisionFile:
    audits = [
        audit
        for _, audit in open_learning(view, practitioner_id=practitioner.id)
        if by.id in answering(view, council, supervisors_of(view, audit), practitioner.id, now)
    ]
    return SupervisionFile(
        practitioner=practitioner,
        audits=tuple(audits[:MOST_AT_ONCE]),
        more=max(len(audits) - MOST_AT_ONCE, 0),
        actions=tuple(
            action
            for action in view.actions.unconfirmed_of(practitioner.id)
            if (audit := view.audits.get(action.audit_id)) and audit.state is AuditState.SUBMITTED
        ),
        planned=view.supervisions.planned(practitioner.id),
    )


def _held_on(view: View, on: date | None, audits: Iterable[Audit], today: date) -> date:
    if on is None:
        raise TextWanted("held_on", "Please give the day you talked, such as 31 May 2026.")
    if on > today:
        raise TextWanted("held_on", "Please choose today or a day before; record it once it was held.")
    # What the Panel said is part of it, so a talk before its release is not one of this learning.
    released = view.moderations.of_audits(audit.id for audit in audits).values()
    moments = (*(audit.submitted_at for audit in audits), *(one.released_at for one in released))
    shared_on = max((local_day(at) for at in moments if at is not None), default=None)
    if shared_on is None and on < today - FURTHEST:
        raise TextWanted("held_on", f"Please choose a day from {uk_date(today - FURTHEST)} on.")
    if shared_on is not None and on < shared_on:
        raise TextWanted(
            "held_on",
            f"Please choose a day from {uk_date(shared_on)} on, when the last of these was shared, or the "
            "Panel's part of it.",
        )
    return on


def _note_oversight(
    work: Work, by: Person, actions: Iterable[ActionRow], words: str, place: str, now: datetime
) -> None:
    for action in actions:
        # Their own action is for somebody else to look at.
        if action.owner_id != by.id:
            work.actions.add_step(
                action.id, StepKind.OVERSIGHT, by=by.id, now=now, text=words, recorded=place
            )
            fields: dict[str, object] = {"note": words, "recorded": place}
            leave_trail(work, by, action, "noted oversight of an action", now, fields)


def _hold(work: Work, planned: SupervisionRow | None, held_on: date, place: str, by: Person) -> None:
    if planned is not None and planned.planned_on <= held_on:
        values = {"held_on": held_on, "held_by": by.id, "note_where": place}
        if not work.supervisions.change(planned, values):
            raise RuleBroken("Somebody recorded this at the same moment. Please look and try once more.")
