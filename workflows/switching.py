"""Pausing, and the pilot: who may be written to at all.

Safety alerts are outside both (SG-02), and so is the QA office, which has to see what the others do not.
A card posted earlier still loses what it shows of a case, whoever it was posted to (CA-16).
"""

from collections.abc import Iterable
from datetime import datetime

from domain.errors import RuleBroken
from domain.people import Person
from domain.permissions import Verb, require
from storage.notices import SAFETY, Notice
from storage.outbox import Held
from storage.switches import Paused, Pilot
from storage.work import View, Work
from workflows.council import Council

__all__ = ["Held", "Paused", "Pilot"]

OPERATOR = "operator at the command line"
OUTSIDE_PILOT = "outside the pilot"

PREVIEW = "day_preview"
"""Kind of the card that shows what will leave tomorrow."""


class NoSuchTeam(RuleBroken):
    """The pilot names teams that the staff list does not have."""

    def __init__(self, names: tuple[str, ...], known: tuple[str, ...]) -> None:
        listed = ", ".join(known) or "no team yet"
        super().__init__(f"The staff list has no team called {', '.join(names)}. It has {listed}.")


def pause(work: Work, council: Council, *, by: Person | None, reason: str, now: datetime) -> Paused:
    """Nothing leaves from now on but safety alerts; returns the switch as it stands.

    Pausing again keeps the newer reason. `by` is None for an operator.
    """
    set_by = _who(by, council, now)
    told = " ".join(reason.split())
    work.switches.pause(told, set_by=set_by, now=now)
    _note(work, "paused sending", by, now, {"reason": told})
    return Paused(told, set_by, now)


def resume(work: Work, council: Council, *, by: Person | None, now: datetime) -> bool:
    """Everything that waits leaves, drawn fresh; whether sending was paused."""
    _who(by, council, now)
    was_paused = work.switches.resume()
    if was_paused:
        _note(work, "resumed sending", by, now, {})
    return was_paused


def set_pilot(
    work: Work, council: Council, *, by: Person | None, teams: Iterable[str], now: datetime
) -> tuple[tuple[str, ...], int]:
    """Only people of these teams receive from now on: (their names as listed, how many notices this freed).

    Raises NoSuchTeam, and RuleBroken for an empty list.
    """
    set_by = _who(by, council, now)
    names = _listed(work, teams)
    work.switches.set_pilot(names, set_by=set_by, now=now)
    _note(work, "set the pilot", by, now, {"teams": list(names)})
    members = [person.id for person in work.people.everyone() if _may_receive(work, names, person)]
    return names, work.outbox.release_held(members, now)


def end_pilot(work: Work, council: Council, *, by: Person | None, now: datetime) -> int | None:
    """Everybody receives again: how many notices this freed; None when there was no pilot."""
    _who(by, council, now)
    if not work.switches.end_pilot():
        return None
    _note(work, "ended the pilot", by, now, {})
    return work.outbox.release_held(None, now)


def is_outside_pilot(view: View, notice: Notice) -> bool:
    """Whether a pilot is on and this notice's recipient, a person or a channel, is not part of it."""
    if notice.kind in SAFETY or notice.medium == "update":
        return False
    if notice.person_id is None:
        return view.switches.pilot() is not None
    return not is_in_pilot(view, view.people.get(notice.person_id))


def is_in_pilot(view: View, person: Person) -> bool:
    """Whether this person receives as things stand: always, unless a pilot is on."""
    pilot = view.switches.pilot()
    return pilot is None or _may_receive(view, pilot.teams, person)


def waits_for_resuming(view: View, notice: Notice) -> bool:
    """Whether this notice stays where it is while sending is paused."""
    return notice.kind not in SAFETY and view.switches.paused() is not None


def look_at_held(
    view: View, council: Council, *, by: Person, now: datetime
) -> tuple[Pilot | None, tuple[Held, ...]]:
    """The pilot and what it holds back. Raises NotAllowed for people outside the QA office."""
    require(Verb.PLAN, by, today=council.today(now))
    return view.switches.pilot(), view.outbox.held()


def ask_for_preview(work: Work, council: Council, *, by: Person, nonce: str, now: datetime) -> bool:
    """Queue tomorrow's preview for this officer; whether sending is paused, so that none will come.

    Walking through a day may take seconds, so it is done when the card is drawn. Raises NotAllowed.
    """
    require(Verb.PLAN, by, today=council.today(now))
    if work.switches.paused() is not None:
        return True
    work.notices.queue(kind=PREVIEW, subject_id=by.id, person_id=by.id, now=now, again=nonce)
    return False


def _may_receive(view: View, team_names: Iterable[str], person: Person) -> bool:
    if person.in_qa_office:
        return True
    return person.team_id is not None and view.people.team(person.team_id).name in set(team_names)


def _listed(view: View, teams: Iterable[str]) -> tuple[str, ...]:
    """These teams' names as the staff list has them, whatever capitals and spaces were typed."""
    known = {_folded(team.name): team.name for team in view.people.teams().values()}
    wanted = [name for name in teams if name.strip()]
    unknown = tuple(name for name in wanted if _folded(name) not in known)
    if unknown:
        raise NoSuchTeam(unknown, tuple(sorted(known.values())))
    if not wanted:
        raise RuleBroken("Please name at least one team, or end the pilot with “plumbline pilot off”.")
    return tuple(sorted({known[_folded(name)] for name in wanted}))


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _who(by: Person | None, council: Council, now: datetime) -> str:
    """Who turns the switch, for the record. Raises NotAllowed for people outside the QA office."""
    if by is None:
        return OPERATOR
    require(Verb.PLAN, by, today=council.today(now))
    return f"person {by.id}"


def _note(work: Work, verb: str, by: Person | None, now: datetime, fields: dict[str, object]) -> None:
    work.trail.add(
        now=now,
        actor=by.id if by else None,
        verb=verb,
        subject="sending",
        fields={"by": OPERATOR if by is None else f"person {by.id}", **fields},
    )
