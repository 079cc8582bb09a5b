"""Thousands of sends of which three in ten fail in every way there is, by a clock that is put on by hand."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from random import Random
from typing import Any, cast

import sqlalchemy as sa

from domain.pacing import Limits
from domain.people import Person, Post, Team
from scheduler.courier import Courier
from scheduler.drawing import Drawing, Drawn
from scheduler.pace import Pace
from scheduler.rendering import CARDS
from storage.reach import Address
from storage.tables import notices
from tests.builders import a_person, reachable
from tests.doubles.post import FakeMailer
from tests.faults.faulty_post import FaultyPost
from tests.scheduler.outbox import Clock
from workflows.council import Council
from workflows.people import reached

KIND = "audit_allocated"
PEOPLE = 100
A_SEND_NEEDS = 0.8
"""Notices for each send: the rest of them is tries after a fault."""
ENDS = frozenset({("sent", None), ("dead", "ServiceError (500)"), ("dead", "MessageSizeTooBig (403)")})
"""A 500 may have been carried out, and what is too big stays so: neither is tried again."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What came of it; every list names notices with which something is wrong."""

    post: FaultyPost
    queued: int
    kept: int
    lost: tuple[str, ...]
    """Neither arrived nor ended for a reason that Microsoft documents."""
    doubled: tuple[str, ...]
    """Came more often than there were sends nobody could be sure of."""
    repeated: int
    unflagged: tuple[str, ...]


async def send(council: Council, team: Team, sends: int) -> Sending:
    """Queue for at least so many sends and deliver until nothing is left, whatever the hour."""
    council = replace(council, at_any_hour=True)
    clock = Clock()
    pace = Pace(council, limits=Limits(), clock=clock, holder="this process")
    post = FaultyPost(clock, Random(20260501), pace)
    staff = _recipients(council, team)
    queued = int(sends * A_SEND_NEEDS)
    queue(council, staff, queued, clock)
    courier = _courier(council, post, clock)
    with plain_cards():
        while some_left(council):
            await courier.drain_once()
            _write_again(council, staff, post, clock)
            clock.passes(seconds=1)
    return _counted(council, post, queued)


def _counted(council: Council, post: FaultyPost, queued: int) -> Sending:
    rows, arrived = kept(council), post.arrived
    return Sending(
        post=post,
        queued=queued,
        kept=len(rows),
        lost=tuple(
            text
            for text, (state, reason, _) in rows.items()
            if (state, reason) not in ENDS or (state == "sent" and not arrived[text])
        ),
        doubled=tuple(text for text in rows if arrived[text] > 1 + post.doubtful[text]),
        repeated=sum(times - 1 for times in arrived.values() if times > 1),
        unflagged=tuple(text for text, (_, _, flagged) in rows.items() if arrived[text] > 1 and not flagged),
    )


@contextmanager
def plain_cards() -> Iterator[None]:
    """A card says no more than its notice's number: this is about delivery."""
    cards, drawn = cast(dict[str, Any], CARDS), CARDS[KIND]
    cards[KIND] = _draw
    try:
        yield
    finally:
        cards[KIND] = drawn


def _draw(drawing: Drawing) -> Drawn:
    return Drawn({"type": "AdaptiveCard", "version": "1.5", "body": []}, f"notice {drawing.notice.id}")


def _courier(council: Council, post: FaultyPost, clock: Clock) -> Courier:
    words, jitter = (f"nonce {n}" for n in count()), Random(7)
    return Courier(
        council,
        post,
        FakeMailer(),
        clock=clock,
        nonce=lambda: next(words),
        jitter=jitter.random,
        room=lambda: 500,
    )


def _recipients(council: Council, team: Team) -> dict[str, Person]:
    """Everyone written to, by conversation."""
    with council.write() as work:
        staff = [a_person(work, f"Somebody {n}", Post.PRACTITIONER, team_id=team.id) for n in range(PEOPLE)]
        reachable(work, *staff)
    return {f"chat-of-{person.id}": person for person in staff}


def queue(council: Council, staff: Mapping[str, Person], wanted: int, clock: Callable[[], datetime]) -> None:
    """So many notices, one to each person in turn."""
    everyone = list(staff.values())
    with council.write() as work:
        for number in range(wanted):
            work.notices.queue(
                kind=KIND,
                subject_id=number,
                person_id=everyone[number % len(everyone)].id,
                now=clock(),
            )


def _write_again(council: Council, staff: Mapping[str, Person], post: FaultyPost, clock: Clock) -> None:
    """Whoever blocked the bot or removed it has it back by now."""
    if not post.closed:
        return
    with council.write() as work:
        for chat in sorted(post.closed):
            person = staff[chat]
            address = work.reach.of(person.id)
            assert address is not None
            reached(work, person=person, address=_open(address), now=clock())
    post.closed.clear()


def _open(address: Address) -> Address:
    return Address(
        address.conversation_id, address.service_url, address.tenant_id, address.mri, address.bot_id
    )


def some_left(council: Council) -> bool:
    """Whether a notice still waits to be delivered."""
    with council.read() as view:
        counts = view.notices.counts()
    return any(counts.get(state) for state in ("queued", "claimed", "unreachable"))


def kept(council: Council) -> dict[str, tuple[str, str | None, bool]]:
    """(state, reason, flagged as possibly repeated) of each notice, by its text."""
    with council.database.engine.connect() as connection:
        found = connection.execute(
            sa.select(notices.c.id, notices.c.state, notices.c.reason, notices.c.possibly_repeated).where(
                # What else there is tells the office of people who cannot be reached.
                notices.c.kind == KIND
            )
        )
        return {f"notice {row.id}": (row.state, row.reason, row.possibly_repeated) for row in found}
