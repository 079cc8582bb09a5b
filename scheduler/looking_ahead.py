"""What would leave on a day: the calendar is walked and every card drawn, and all of it is undone again.

So the answer comes from the very code that will do it, with today's lists, switches and chats. What people
do between now and then is not in it. Nothing of a case is.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.cadence import Occurrence, Skipped, occurrences
from domain.days import end_of_local_day, local_day
from scheduler.drawing import Postponed
from scheduler.preparing import Decided, Parcel, prepare
from scheduler.sweeps import SWEEPS, Sweeping
from storage.notices import Notice
from storage.work import View, Work
from workflows.council import Council
from workflows.offer_kinds import KINDS
from workflows.switching import PREVIEW

DRAWING_SECONDS = 2.0
"""How long cards are drawn for. On SQLite nobody else can save meanwhile."""

LEAVES, HELD, UNREACHABLE, UNSEEN = "leaves", "held", "unreachable", "not looked at closely"
_GONE = ("dropped", "dead")

_UNMADE = dict.fromkeys(KINDS, lambda *_: b"")
"""Files are not made for a look ahead, which says only that they leave."""


@dataclass(frozen=True, slots=True)
class Send:
    """One thing that would leave, or would not."""

    at: datetime
    kind: str
    medium: str
    who: str
    """A name, or that of a channel."""
    team: str
    """Empty for people of no team."""
    becomes: str
    """"leaves", "held", "unreachable" or "not looked at closely"."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A day's sends, earliest first."""

    day: date
    sends: tuple[Send, ...]
    failed: tuple[str, ...]
    """Keys of the calendar's lines that would fail."""
    paused: bool

    def counts(self) -> dict[tuple[str, str, str], int]:
        """(kind, medium, what becomes of it) to how many, most first."""
        return dict(Counter((send.kind, send.medium, send.becomes) for send in self.sends).most_common())


def look_ahead(
    council: Council, day: date, now: datetime, *, stopwatch: Callable[[], float] = time.monotonic
) -> Preview:
    """What would leave on this day if nobody did anything until then. Nothing is kept."""
    until = end_of_local_day(day) - timedelta(microseconds=1)
    with council.write() as work, work.rehearsal() as trial:
        paused = trial.switches.paused() is not None
        trial.switches.resume()
        failed = _walk(trial, council, now, until)
        sends = _sends(trial, council, day, now, until, stopwatch)
    return Preview(day, sends, failed, paused)


def _walk(trial: Work, council: Council, now: datetime, until: datetime) -> tuple[str, ...]:
    """Do what falls due up to then; returns the lines that failed."""
    since = trial.calendar.mark() or now
    seen = {(one.line, one.on) for one in trial.calendar.seen_to(since=since)}
    due = occurrences(
        council.framework.cadence,
        since,
        until,
        round_months=council.framework.numbers.round_months,
        bank_holidays=council.bank_holidays,
    )
    failed = []
    for one in due:
        if (one.line, one.on) in seen:
            continue
        try:
            with trial.part():
                SWEEPS[one.line](trial, council, _sweeping(one, now))
        except Skipped:
            continue
        except Exception:
            # Its text may hold what people wrote. The log tells more when it really happens.
            failed.append(one.line)
    return tuple(dict.fromkeys(failed))


def _sweeping(one: Occurrence, now: datetime) -> Sweeping:
    return Sweeping(one, max(one.at, now), late=one.at < now)


def _sends(
    trial: Work, council: Council, day: date, now: datetime, until: datetime, stopwatch: Callable[[], float]
) -> tuple[Send, ...]:
    names = _Names(trial)
    patience = stopwatch() + DRAWING_SECONDS
    found = []
    for notice in trial.outbox.due_by(until):
        if notice.kind == PREVIEW:
            # Drawing it would look ahead again.
            continue
        at = max(notice.due_at, now)
        becomes = UNSEEN
        if stopwatch() < patience:
            parcel = _drawn(trial, council, notice, at)
            if isinstance(parcel, Postponed):
                at = parcel.until
            elif isinstance(parcel, Decided) and parcel.state in _GONE:
                continue
            becomes = parcel.state if isinstance(parcel, Decided) else LEAVES
        if local_day(at) == day:
            who, team = names.of(notice)
            found.append(Send(at, notice.kind, notice.medium, who, team, becomes))
    return tuple(sorted(found, key=lambda send: send.at))


def _drawn(trial: Work, council: Council, notice: Notice, at: datetime) -> Parcel:
    try:
        with trial.part():
            return prepare(trial, council, notice, now=at, nonce="preview", makers=_UNMADE)
    except Exception:
        return Decided("dead", "could not be drawn")


class _Names:
    """Who a notice is for, in words."""

    def __init__(self, view: View) -> None:
        self._people = {person.id: person for person in view.people.everyone(with_leavers=True)}
        self._teams = view.people.teams()
        self._channels = {channel["id"]: channel["name"] for channel in view.reach.channels()}

    def of(self, notice: Notice) -> tuple[str, str]:
        """(name, team)."""
        person = self._people.get(notice.person_id or 0)
        if person is None:
            return self._channels.get(notice.channel_id, "a channel"), ""
        team = self._teams.get(person.team_id or 0)
        return person.name, team.name if team else ""
