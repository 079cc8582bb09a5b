"""A small council with auditors who press and auditors who are written to."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from bench.turn.activity import BOT_ID, TENANT_ID, Presser
from bench.turn.council import LiveAudit
from domain.days import local_day
from domain.people import Person, Post
from storage.database import Database
from storage.reach import Address
from storage.tables import notices
from storage.work import Work
from tests.builders import Staff, a_person, an_accepted_audit, an_allocated_audit, staff

PRESSERS = 12
RECIPIENTS = 120
KIND = "audit_allocated"


@dataclass(slots=True)
class MadeUp:
    """Who presses on which audit, and who is written to about which."""

    live: tuple[LiveAudit, ...]
    waiting: tuple[tuple[int, int], ...]
    """(audit, auditor) of audits that nobody has accepted yet."""
    queued: int = 0
    first_id: int = 0

    def queue(self, database: Database, count: int) -> None:
        """Queue so many notices more, each to the next person in turn."""
        now = datetime.now(UTC)
        with database.write() as work:
            for number in range(self.queued, self.queued + count):
                audit, person = self.waiting[number % len(self.waiting)]
                again = f"number {number}"
                work.notices.queue(kind=KIND, subject_id=audit, person_id=person, now=now, again=again)
        self.queued += count


def make_up(database: Database, service_url: str) -> MadeUp:
    """Fill an empty database."""
    now = datetime.now(UTC)
    with database.write() as work:
        people = staff(work)
        live = tuple(_accepted(work, people, n, service_url, now) for n in range(PRESSERS))
        waiting = tuple(
            _allocated(work, people, n, service_url, now) for n in range(PRESSERS, PRESSERS + RECIPIENTS)
        )
        # Told already: only what the bench queues is to leave.
        work._connection.execute(sa.delete(notices))
    return MadeUp(live, waiting)


def _accepted(work: Work, people: Staff, number: int, service_url: str, now: datetime) -> LiveAudit:
    person, presser = _auditor(work, people, number, service_url, now)
    audit = an_accepted_audit(
        work,
        people,
        now=now,
        month=local_day(now).replace(day=1),
        reference=f"CF-{number:04d}",
        has_contact_section=True,
        auditor_id=person.id,
    )
    return LiveAudit(audit.id, presser)


def _allocated(work: Work, people: Staff, number: int, service_url: str, now: datetime) -> tuple[int, int]:
    person, _ = _auditor(work, people, number, service_url, now)
    audit = an_allocated_audit(
        work,
        people,
        now=now,
        month=local_day(now).replace(day=1),
        reference=f"CF-{number:04d}",
        has_contact_section=True,
        auditor_id=person.id,
    )
    return audit.id, person.id


def _auditor(
    work: Work, people: Staff, number: int, service_url: str, now: datetime
) -> tuple[Person, Presser]:
    presser = Presser(str(uuid.UUID(int=0x4000_8000_0000_0000_0000 + number)), f"Auditor {number}")
    person = a_person(
        work,
        presser.name,
        Post.TM,
        is_auditor=True,
        team_id=people.other_team.id,
        service_id=people.other_service.id,
        directory_id=presser.directory_id,
    )
    address = Address(presser.conversation_id, service_url, TENANT_ID, presser.mri, BOT_ID)
    work.reach.keep(person.id, address, now)
    return person, presser
