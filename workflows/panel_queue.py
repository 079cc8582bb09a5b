"""The Panel's queue: whose each audit is and its clock; taking one, handing it over, swapping two.

A tie to the audit refuses everything about it, to whoever asks and to whoever would be given it.
Source: MO-07, Q7, Q9, SG-05.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.audits import Audit
from domain.errors import RuleBroken
from domain.moderation import Moderation
from domain.nudges import is_on_leave
from domain.people import Person
from domain.permissions import Verb, require
from storage.work import View, Work
from workflows.council import Council
from workflows.moderating import NotYours
from workflows.moderation_files import holder_of, is_chair, require_moderation
from workflows.panel import panel_of, ties_of
from workflows.sharing import TextWanted

WHY_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Queued:
    """One audit in the queue."""

    moderation: Moderation
    audit: Audit
    auditor_name: str
    team_name: str
    holder_name: str
    """Empty while it is nobody's, or whoever had it has left or come to be tied to it."""
    may_open: bool
    """Whether the reader may moderate it; a chair who is not needed may not (Q9)."""


@dataclass(frozen=True, slots=True)
class Queue:
    """What the Panel has to look at, earliest due first."""

    mine: tuple[Queued, ...]
    others: tuple[Queued, ...]


@dataclass(frozen=True, slots=True)
class Handing:
    """To whom an audit may be handed over, and for which of theirs it may be swapped."""

    moderation: Moderation
    audit: Audit
    auditor_name: str
    holder_name: str
    people: tuple[tuple[Person, int], ...]
    """(person, how many are theirs already)."""
    swaps: tuple[Queued, ...]
    """Colleagues' audits; empty unless the audit is the reader's own to give."""


def panel_queue(view: View, council: Council, *, by: Person, now: datetime) -> Queue:
    """The whole queue as this person may see it."""
    require(Verb.SEE_PANEL, by, today=council.today(now))
    found = _queued(view, view.moderations.undecided(), by, council.today(now))
    # Who audited, holds or supervises the case is told neither that it was chosen nor who has it. A count
    # of what is left out would tell the first, and by falling that it was decided.
    seen = [one for one in found if one.may_open or not ties_of(view, one.audit).of(by)]
    mine = tuple(one for one in seen if one.moderation.moderator_id == by.id)
    others = tuple(one for one in seen if one.moderation.moderator_id != by.id)
    return Queue(mine, others)


def take(work: Work, council: Council, *, by: Person, moderation_id: int, now: datetime) -> None:
    """The audit is this person's from now on: nobody's until then, or theirs to confirm."""
    moderation, audit = _open_one(work, council, by=by, moderation_id=moderation_id, now=now)
    holder = holder_of(work, moderation, audit, council.today(now))
    if holder is not None and holder.id != by.id:
        raise NotYours(
            f"{holder.name} has this audit. They can hand it over to you, or swap it for one of yours."
        )
    if holder is not None and moderation.taken_at is not None:
        return
    _change(work, moderation, moderator_id=by.id, taken_at=now)
    work.trail.add(
        now=now,
        actor=by.id,
        verb="took the moderation",
        subject=f"audit {audit.id}",
        audit_id=audit.id,
    )


def handing(work: View, council: Council, *, by: Person, moderation_id: int, now: datetime) -> Handing:
    """Whom this person may give the audit to, and what they may swap it for."""
    moderation, audit = _to_give(work, council, by=by, moderation_id=moderation_id, now=now)
    undecided, today = work.moderations.undecided(), council.today(now)
    panel = [person for person in _there(work, audit, today) if person.id != moderation.moderator_id]
    load = {person.id: sum(1 for one in undecided if one.moderator_id == person.id) for person in panel}
    swaps: tuple[Queued, ...] = ()
    if moderation.moderator_id == by.id:
        theirs = [one for one in undecided if one.moderator_id in load and one.moderator_id != by.id]
        swaps = tuple(one for one in _queued(work, theirs, by, today) if one.may_open)
    return Handing(
        moderation,
        audit,
        work.people.get(audit.auditor_id).name,
        work.people.get(moderation.moderator_id).name if moderation.moderator_id else "",
        # Whoever has least stands first, so that the load stays fair.
        tuple(sorted(((person, load[person.id]) for person in panel), key=lambda one: one[1])),
        swaps,
    )


def hand_over(
    work: Work, council: Council, *, by: Person, moderation_id: int, to: int | None, why: str, now: datetime
) -> str:
    """The new holder's name; they get a card, and whoever had it does where the chair moved it on.

    By whoever has it, or the chair, and always with a reason (SG-05). Raises TextWanted for what cannot be
    used.
    """
    moderation, audit = _to_give(work, council, by=by, moderation_id=moderation_id, now=now)
    seated = _there(work, audit, council.today(now))
    chosen = next((p for p in seated if p.id == to and p.id != moderation.moderator_id), None)
    if chosen is None:
        raise TextWanted(
            "hand_to",
            "Please choose somebody on the Panel from the list; whoever is tied to the audit or on leave is "
            "not on it.",
        )
    words = _why(why)
    _give(work, moderation, to=chosen.id, by=by, why=words, now=now)
    again = str(moderation.version)
    work.notices.queue(
        kind="moderation_handed", subject_id=moderation.id, person_id=chosen.id, now=now, again=again
    )
    if moderation.moderator_id not in (None, by.id):
        work.notices.queue(
            kind="moderation_moved",
            subject_id=moderation.id,
            person_id=moderation.moderator_id,
            now=now,
            again=again,
        )
    return chosen.name


def swap(
    work: Work,
    council: Council,
    *,
    by: Person,
    moderation_id: int,
    other_id: int | None,
    why: str,
    now: datetime,
) -> int:
    """One of one's own for one of a colleague's, who gets a card; the id of what is one's own now."""
    mine, audit = _to_give(work, council, by=by, moderation_id=moderation_id, now=now)
    if mine.moderator_id != by.id:
        raise NotYours("Only whoever has an audit can swap it. You can hand it over instead.")
    wanted = TextWanted("swap_with", "Please choose one of your colleagues' audits from the list.")
    if other_id is None:
        raise wanted
    other, _ = _open_one(work, council, by=by, moderation_id=other_id, now=now)
    if other.moderator_id in (None, by.id):
        raise wanted
    seated = _there(work, audit, council.today(now))
    colleague = next((p for p in seated if p.id == other.moderator_id), None)
    if colleague is None:
        raise TextWanted(
            "swap_with", "Whoever has that one is tied to yours or on leave, so they cannot be swapped."
        )
    words = _why(why)
    _give(work, mine, to=colleague.id, by=by, why=words, now=now)
    _give(work, other, to=by.id, by=by, why=words, now=now, taken_at=now)
    work.notices.queue(
        kind="moderation_swapped",
        subject_id=mine.id,
        person_id=colleague.id,
        now=now,
        again=str(mine.version),
    )
    return other.id


def _there(view: View, audit: Audit, on: date) -> tuple[Person, ...]:
    """Those of the Panel who may moderate it and are not on leave: a clock runs, whoever is given it."""
    return tuple(person for person in panel_of(view, audit, on) if not is_on_leave(person, on))


def _queued(view: View, moderations: Sequence[Moderation], by: Person, on: date) -> list[Queued]:
    audits = {one.audit_id: view.audits.get(one.audit_id) for one in moderations}
    ids = {audit.auditor_id for audit in audits.values() if audit is not None}
    people = view.people.many(ids)
    teams = view.people.teams()
    made = []
    for one in moderations:
        audit = audits[one.audit_id]
        if audit is not None:
            holder = holder_of(view, one, audit, on)
            may = any(person.id == by.id for person in panel_of(view, audit, on))
            names = (people[audit.auditor_id].name, teams[audit.team_id].name, holder.name if holder else "")
            made.append(Queued(one, audit, *names, may_open=may))
    return made


def _open_one(
    view: View, council: Council, *, by: Person, moderation_id: int, now: datetime
) -> tuple[Moderation, Audit]:
    moderation, audit = require_moderation(view, council, by=by, moderation_id=moderation_id, now=now)
    if moderation.decided_at is not None:
        raise NotYours("This moderation has been decided, so it stays with whoever decided it.")
    return moderation, audit


def _to_give(
    view: View, council: Council, *, by: Person, moderation_id: int, now: datetime
) -> tuple[Moderation, Audit]:
    moderation, audit = _open_one(view, council, by=by, moderation_id=moderation_id, now=now)
    if moderation.moderator_id != by.id and not is_chair(view, audit, by, council.today(now)):
        raise NotYours("Only whoever has an audit, or the chair, can hand it over.")
    return moderation, audit


def _give(
    work: Work,
    moderation: Moderation,
    *,
    to: int,
    by: Person,
    why: str,
    now: datetime,
    taken_at: datetime | None = None,
) -> None:
    """The audit is `to`'s from now on, and theirs to confirm."""
    _change(work, moderation, moderator_id=to, taken_at=taken_at)
    work.trail.add(
        now=now,
        actor=by.id,
        verb="handed the moderation over",
        subject=f"audit {moderation.audit_id}",
        audit_id=moderation.audit_id,
        fields={"from": moderation.moderator_id or 0, "to": to, "why": why},
    )


def _change(work: Work, moderation: Moderation, *, moderator_id: int, taken_at: datetime | None) -> None:
    if not work.moderations.change(moderation, {"moderator_id": moderator_id, "taken_at": taken_at}):
        raise RuleBroken("Somebody changed this a moment ago. Please look at the queue once more.")


def _why(why: str) -> str:
    words = " ".join(why.split())
    if not words:
        raise TextWanted("why", "Please say in a few words why; it is kept with the audit.")
    if len(words) > WHY_LIMIT:
        raise TextWanted("why", f"Please keep it within {WHY_LIMIT} characters.")
    return words
