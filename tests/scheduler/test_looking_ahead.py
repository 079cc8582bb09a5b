"""What would leave on a day: the same as really leaves, and nothing of it is kept."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from domain.audits import Returned
from scheduler.catching_up import catch_up
from scheduler.courier import Courier
from scheduler.looking_ahead import HELD, LEAVES, UNREACHABLE, UNSEEN, Preview, look_ahead
from scheduler.sweeps import SWEEPS, Sweeping
from storage.tables import metadata
from tests.builders import NOW, Staff, an_allocated_audit, reachable
from tests.doubles.post import FakePost
from tests.scheduler.calendars import a_leader, allocated, an_approved_round, began, london
from tests.scheduler.outbox import Clock, allocate, give_back
from workflows.council import Council, Work
from workflows.switching import pause, set_pilot

TODAY, TOMORROW = date(2026, 5, 1), date(2026, 5, 2)


def told(preview: Preview) -> list[tuple[str, str, str]]:
    return [(send.who, send.kind, send.becomes) for send in preview.sends]


def everything(council: Council) -> dict[str, list[str]]:
    """Every row of every table."""
    with council.database.engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(sa.select(table))))
            for name, table in metadata.tables.items()
        }


@pytest.mark.rule("CA-05")
async def test_a_round_that_waits_for_its_day_is_shown_before_it_goes_out_and_then_does(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    round_id = an_approved_round(council, people)
    with council.write() as work:
        reachable(work, people.auditor)
    the_day_before = london(4, 30, 12)
    began(council, the_day_before)

    ahead = look_ahead(council, TODAY, the_day_before)
    before = allocated(council, round_id)
    clock.now = london(5, 1, 8, 31)
    catch_up(council, a_leader(council, clock.now), clock.now)
    await courier.drain_once()

    (send,) = (send for send in ahead.sends if send.kind == "audit_allocated")
    assert (send.who, send.team, send.medium, send.becomes) == ("Alex Auditor", "Brambles 1", "teams", LEAVES)
    assert send.at == london(5, 1, 8, 30)
    assert before == []
    assert len(post.in_chat(people.auditor.id)) == 1


def test_looking_keeps_nothing_in_any_table(council: Council, people: Staff) -> None:
    an_approved_round(council, people)
    began(council, london(4, 29, 12))
    before = everything(council)

    look_ahead(council, TODAY, london(4, 30, 12))

    assert everything(council) == before


def test_what_nobody_would_receive_says_why(council: Council, people: Staff) -> None:
    audit_id = allocate(council, people)
    with council.write() as work:
        for person in (people.team_manager, people.bystander):
            work.notices.queue(kind="audit_allocated", subject_id=audit_id, person_id=person.id, now=NOW)
        set_pilot(work, council, by=None, teams=["Brambles 1"], now=NOW)

    preview = look_ahead(council, TODAY, NOW)

    assert sorted(told(preview)) == [
        ("Alex Auditor", "audit_allocated", LEAVES),
        ("Blair Bystander", "audit_allocated", UNREACHABLE),
        ("Toni Manager", "audit_allocated", HELD),
    ]
    assert preview.counts() == {
        ("audit_allocated", "teams", LEAVES): 1,
        ("audit_allocated", "teams", UNREACHABLE): 1,
        ("audit_allocated", "teams", HELD): 1,
    }


def test_what_no_longer_applies_is_not_shown(council: Council, people: Staff) -> None:
    audit_id = allocate(council, people)
    give_back(council, Returned.CONFLICT, audit_id)

    kinds = {send.kind for send in look_ahead(council, TODAY, NOW).sends}

    assert "audit_allocated" not in kinds


@pytest.mark.parametrize(
    ("due_at", "day"),
    [
        (datetime.combine(TODAY, datetime.max.time()) - timedelta(hours=1, seconds=1), TODAY),
        (datetime.combine(TODAY, datetime.max.time()) - timedelta(minutes=59), TOMORROW),
    ],
    ids=["just before midnight in London", "just after it"],
)
def test_a_day_is_londons(council: Council, people: Staff, due_at: datetime, day: date) -> None:
    with council.write() as work:
        reachable(work, people.auditor)
        audit_id = an_allocated_audit(work, people).id
        later = due_at.replace(tzinfo=NOW.tzinfo)
        work.notices.queue(
            kind="audit_allocated",
            subject_id=audit_id,
            person_id=people.auditor.id,
            now=NOW,
            due_at=later,
            again="later",
        )

    # Elsewhere a card that falls due at midnight waits for the morning.
    at_once = replace(council, at_any_hour=True)
    days = [on for on in (TODAY, TOMORROW) for send in look_ahead(at_once, on, NOW).sends if send.at == later]

    assert days == [day]


def test_a_pause_is_told_and_what_waits_is_shown_all_the_same(council: Council, people: Staff) -> None:
    allocate(council, people)
    with council.write() as work:
        pause(work, council, by=None, reason="", now=NOW)

    preview = look_ahead(council, TODAY, NOW)

    assert preview.paused
    assert told(preview) == [("Alex Auditor", "audit_allocated", LEAVES)]
    with council.read() as view:
        assert view.switches.paused() is not None


def test_a_line_of_the_calendar_that_would_fail_is_named_and_the_others_go_on(
    council: Council, people: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(work: Work, _council: Council, _sweeping: Sweeping) -> None:
        work.notices.queue(kind="audit_allocated", subject_id=1, person_id=people.qa_officer.id, now=NOW)
        raise ValueError("a rationale")

    allocate(council, people)
    began(council, NOW)
    monkeypatch.setattr("scheduler.looking_ahead.SWEEPS", {**SWEEPS, "tidy": breaks})

    preview = look_ahead(council, TOMORROW, NOW)

    assert preview.failed == ("tidy",)
    assert "Quinn Officer" not in {send.who for send in preview.sends}


def test_nobody_is_kept_from_saving_for_long_so_the_rest_is_not_drawn(
    council: Council, people: Staff
) -> None:
    allocate(council, people)
    seconds = iter([0.0, 60.0])

    preview = look_ahead(council, TODAY, NOW, stopwatch=lambda: next(seconds))

    assert told(preview) == [("Alex Auditor", "audit_allocated", UNSEEN)]
