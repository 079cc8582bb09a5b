"""An audit that one transaction holds is not changed by another until the first is over."""

import pytest
from sqlalchemy.exc import OperationalError

from domain.framework import Framework
from storage.database import Database
from tests.builders import a_council, an_accepted_audit, staff


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
