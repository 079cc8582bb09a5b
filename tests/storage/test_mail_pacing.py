"""What left a mailbox, kept for every process together."""

from datetime import timedelta

from domain.mail_pacing import MailLimits
from tests.builders import NOW
from workflows.council import Council

LIMITS = MailLimits(per_minute=10, per_day=1000)


def test_two_processes_share_the_room_of_one_mailbox(council: Council) -> None:
    waits = []
    for _ in range(10):
        with council.write() as work:
            waits.append(work.mail_paces.ask("audits@exampleshire.example", LIMITS, NOW))

    with council.write() as work:
        other = work.mail_paces.ask("other@exampleshire.example", LIMITS, NOW)

    assert [wait == 0 for wait in waits] == [True] * 8 + [False] * 2
    assert other == 0


def test_the_mailbox_is_the_same_however_its_name_is_written(council: Council) -> None:
    with council.write() as work:
        work.mail_paces.pause("Audits@exampleshire.example", NOW + timedelta(seconds=30))
        waits = work.mail_paces.ask("audits@exampleshire.example", LIMITS, NOW)
        later = work.mail_paces.ask("audits@exampleshire.example", LIMITS, NOW + timedelta(seconds=31))

    assert waits == 30
    assert later == 0


def test_nothing_is_counted_when_the_transaction_is_undone(council: Council) -> None:
    try:
        with council.write() as work:
            for _ in range(8):
                work.mail_paces.ask("audits@exampleshire.example", LIMITS, NOW)
            raise TimeoutError
    except TimeoutError:
        pass

    with council.write() as work:
        assert work.mail_paces.ask("audits@exampleshire.example", LIMITS, NOW) == 0
