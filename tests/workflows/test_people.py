"""Who is writing: bound once by what Teams says of them, never by what they type."""

from datetime import timedelta

import pytest

from storage.reach import Address
from tests.builders import NOW, SERVICE_URL, TENANT, Staff, a_person, an_allocated_audit, reachable
from workflows.council import Council, Work
from workflows.people import Met, bind_first_contact, may_bring_lists, reached, recognise, uninstalled


def meet(work: Work, council: Council, *addresses: str, account: str = "new-account") -> Met:
    return bind_first_contact(
        work, council, directory_id=account, tenant_id=TENANT, addresses=addresses, now=NOW
    )


@pytest.mark.rule("SG-05")
def test_the_first_contact_binds_the_account_once_and_leaves_a_row(council: Council, people: Staff) -> None:
    with council.write() as work:
        uma = a_person(work, "Uma Unbound", directory_id=None)

        met = meet(work, council, "UMA.Unbound@exampleshire.example")
        again = meet(work, council, uma.email, account="another-account")

        assert (met, again) == (Met.KNOWN, Met.STRANGER)
        known = recognise(work, council, "new-account", NOW)
        assert known is not None
        assert known.id == uma.id
        row = work.trail.rows("day:2026-05-01")[-2]
        assert [r.verb for r in work.trail.rows("day:2026-05-01")].count("bound to a directory id") == 1
        assert "new-account" not in str(row)


def test_an_address_of_someone_bound_already_binds_nobody(council: Council, people: Staff) -> None:
    with council.write() as work:
        assert meet(work, council, people.auditor.email) is Met.STRANGER
        assert recognise(work, council, "new-account", NOW) is None


def test_two_who_could_be_meant_bind_neither(council: Council) -> None:
    with council.write() as work:
        first = a_person(work, "Uma Unbound", directory_id=None)
        second = a_person(work, "Una Unbound", directory_id=None)

        assert meet(work, council, first.email, second.email) is Met.STRANGER


def test_a_leavers_address_is_a_strangers_of_whom_the_office_hears(council: Council, people: Staff) -> None:
    with council.write() as work:
        gone = a_person(work, "Gil Away", directory_id=None, left_on=NOW.date())

        assert meet(work, council, gone.email) is Met.STRANGER
        assert recognise(work, council, "new-account", NOW) is None
        assert [n.person_id for n in work.notices.of("stranger", 1)] == [people.qa_officer.id]
        (row,) = [r for r in work.trail.rows("day:2026-05-01") if r.verb == "wrote without being known"]
        assert row.actor is None


def test_a_leavers_own_account_is_told_that_they_left(council: Council, people: Staff) -> None:
    with council.write() as work:
        work.people.mark_left([people.auditor.id], NOW.date())
        account = people.auditor.directory_id or ""

        assert meet(work, council, people.auditor.email, account=account) is Met.LEFT
        assert recognise(work, council, account, NOW) is None


@pytest.mark.parametrize(("days", "known"), [(-1, False), (0, False), (1, True)])
def test_access_ends_on_the_day_of_leaving(council: Council, people: Staff, days: int, known: bool) -> None:
    with council.write() as work:
        work.people.mark_left([people.auditor.id], NOW.date() + timedelta(days=days))

        found = recognise(work, council, people.auditor.directory_id or "", NOW)

        assert (found is not None) is known


def test_the_office_hears_of_a_stranger_once(council: Council, people: Staff) -> None:
    with council.write() as work:
        for _ in range(3):
            assert meet(work, council, "nobody@elsewhere.example") is Met.STRANGER

        assert [n.person_id for n in work.notices.of("stranger", 1)] == [people.qa_officer.id]


@pytest.mark.parametrize(
    ("who", "may"), [("qa_officer", True), ("auditor", False), ("ad_qa", False), ("team_manager", False)]
)
def test_only_the_office_may_bring_lists(council: Council, people: Staff, who: str, may: bool) -> None:
    with council.read() as view:
        account = getattr(people, who).directory_id

        assert may_bring_lists(view, council, account, NOW) is may
        assert may_bring_lists(view, council, "nobody", NOW) is None


def test_whoever_can_be_reached_again_gets_what_waited(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_allocated_audit(work, people)
        reachable(work, people.auditor)
        uninstalled(work, directory_id=people.auditor.directory_id or "", now=NOW)
        (notice,) = work.notices.claim(token="t", now=NOW, until=NOW + timedelta(minutes=1), limit=5)
        work.notices.settle(notice, state="unreachable", now=NOW, reason="uninstalled")
        address = Address(
            conversation_id="new-chat", service_url=SERVICE_URL, tenant_id=TENANT, mri="29:x", bot_id="28:b"
        )

        reached(work, person=people.auditor, address=address, now=NOW)

        (back,) = work.notices.of("audit_allocated", audit.id)
        assert back.state == "queued"
