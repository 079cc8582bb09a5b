"""What one transaction holds is not held by another until the first is over."""

import pytest
from sqlalchemy.exc import OperationalError

from domain.framework import Framework
from storage.database import Database
from tests.builders import a_council, an_accepted_audit, an_allocated_audit, staff


def test_a_held_audit_keeps_others_waiting(postgres_url: str, framework: Framework) -> None:
    database = Database(postgres_url, trail_key=b"k" * 32)
    council = a_council(database, framework)
    with council.write() as work:
        audit = an_accepted_audit(work, staff(work))

    with council.write() as first:
        first.audits.hold(audit.id)
        with council.write() as second:
            second._connection.exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
            with pytest.raises(OperationalError, match="lock timeout"):
                second.audits.hold(audit.id)
    database.close()


def test_a_held_round_keeps_others_who_hold_it_waiting_but_takes_audits(
    postgres_url: str, framework: Framework
) -> None:
    database = Database(postgres_url, trail_key=b"k" * 32)
    council = a_council(database, framework)
    with council.write() as work:
        people = staff(work)
        audit = an_allocated_audit(work, people)

    with council.write() as first:
        first.rounds.hold(audit.round_id)
        with council.write() as second:
            added = an_allocated_audit(second, people, reference="CF-2")
        with council.write() as second:
            second._connection.exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
            with pytest.raises(OperationalError, match="lock timeout"):
                second.rounds.hold(audit.round_id)
    database.close()

    assert added.round_id == audit.round_id
