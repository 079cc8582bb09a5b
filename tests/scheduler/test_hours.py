"""Nothing that comes unasked reaches anybody outside their working hours, safety alerts excepted."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.audits import Returned
from domain.people import Leave, Person
from scheduler.courier import LEASE, Courier
from scheduler.drawing import Postponed
from scheduler.hours import AT_ANY_HOUR, ON_ITS_WAY, OUTSIDE
from scheduler.preparing import Message, Parcel, prepare
from scheduler.rendering import CARDS, MAILS
from storage.notices import SAFETY
from storage.work import Work
from tests.builders import (
    NOW,
    Staff,
    a_returned_audit,
    a_round,
    a_submitted_audit,
    an_allocated_audit,
    reachable,
)
from tests.doubles.post import FakeMailer, FakePost
from tests.scheduler.outbox import Clock, alert, allocate, give_back, notices
from tests.workflows.nudged import at
from workflows.council import Council

FRIDAY, SATURDAY, TUESDAY = date(2026, 5, 1), date(2026, 5, 2), date(2026, 5, 5)
"""The Monday between is a bank holiday."""
WAITS = {
    "action_missing",
    "action_step",
    "agenda",
    "audit_allocated",
    "audit_extended",
    "audit_returned",
    "audit_shared",
    "audit_withdrawn",
    "auditor_away",
    "calibration_asked",
    "calibration_closed",
    "calibration_reminder",
    "calibration_wanted",
    "celebration_wanted",
    "clinic_pack",
    "copy_unreceived",
    "day_card",
    "draw_over",
    "draw_over_unseen",
    "example_decided",
    "example_proposed",
    "exceptions_raised",
    "extension_asked",
    "extension_decided",
    "handed_in",
    "impact_lost",
    "lead_summary",
    "learning_action_given",
    "learning_entry_given",
    "meeting_changed",
    "meeting_guest",
    "meeting_today",
    "meeting_unrecorded",
    "moderation_chosen",
    "moderation_copy",
    "moderation_handed",
    "moderation_moved",
    "moderation_news",
    "moderation_swapped",
    "narrative_asked",
    "nobody_chairs",
    "nomination_answered",
    "pack_drafted",
    "pack_sent",
    "pack_sent_back",
    "pack_to_approve",
    "performance_report_ready",
    "plan_agreed",
    "praise",
    "praise_copy",
    "rep_wanted",
    "report_answered",
    "report_asked",
    "report_dropped",
    "round_allocated",
    "round_proposed",
    "round_reported",
    "sample_check",
    "sample_wanted",
    "service_report",
    "stranger",
    "talk_answered",
    "talk_reply",
    "talk_wanted",
    "team_report",
    "team_summary",
    "terms_signed",
    "terms_to_sign",
    "told_by_mail",
    "tracked_done",
    "tracked_given",
    "unreachable_people",
    "nobody_sees",
}


@pytest.mark.rule("CA-06")
def test_every_kind_of_card_and_mail_waits_or_a_reason_says_why_not() -> None:
    assert set(CARDS) | set(MAILS) | set(SAFETY) == WAITS | set(AT_ANY_HOUR)
    assert not WAITS & set(AT_ANY_HOUR)
    assert all(AT_ANY_HOUR.values())
    assert set(SAFETY) <= set(AT_ANY_HOUR)


@pytest.mark.rule("CA-06")
@pytest.mark.parametrize(
    ("now", "leaves_at"),
    [
        (at(FRIDAY, 3, 0), at(FRIDAY, 8, 30)),
        (at(FRIDAY, 8, 29), at(FRIDAY, 8, 30)),
        (at(FRIDAY, 8, 30), at(FRIDAY, 8, 30)),
        (at(FRIDAY, 17, 29), at(FRIDAY, 17, 29)),
        (at(FRIDAY, 17, 29) + timedelta(seconds=1), at(TUESDAY, 8, 30)),
        (at(FRIDAY, 17, 30), at(TUESDAY, 8, 30)),
        (at(SATURDAY, 11, 0), at(TUESDAY, 8, 30)),
    ],
    ids=["at night", "early", "at half past eight", "in time", "not there in time", "late", "on a Saturday"],
)
def test_an_allocation_leaves_in_working_hours_alone(
    council: Council, people: Staff, now: datetime, leaves_at: datetime
) -> None:
    allocate(council, people)
    (notice,) = notices(council, "audit_allocated", 1)

    with council.read() as view:
        parcel = prepare(view, council, notice, now=now, nonce="a nonce")

    if now == leaves_at:
        assert isinstance(parcel, Message)
    else:
        assert parcel == Postponed(leaves_at, OUTSIDE)


def test_nothing_takes_longer_on_its_way_than_a_claim_lasts() -> None:
    assert ON_ITS_WAY >= LEASE


@pytest.mark.rule("CA-06", "CA-16")
@pytest.mark.parametrize(
    "kind", ["audit_shared", "audit_withdrawn", "audit_returned", "round_proposed", "stranger"]
)
def test_other_cards_wait_as_well_the_offices_too(council: Council, people: Staff, kind: str) -> None:
    with council.write() as work:
        person, subject_id = a_reader(work, council, people, kind)
        reachable(work, person)
        work.notices.queue(kind=kind, subject_id=subject_id, person_id=person.id, now=NOW, again="now")
        notice = work.notices.of(kind, subject_id)[-1]

        def found(now: datetime) -> Parcel:
            return prepare(work, council, notice, now=now, nonce="a nonce")

        by_day, at_night, on_saturday = (
            found(NOW),
            found(at(FRIDAY, 3, 0)),
            found(at(SATURDAY, 11, 0)),
        )

    assert isinstance(by_day, Message)
    assert at_night == Postponed(at(FRIDAY, 8, 30), OUTSIDE)
    assert on_saturday == Postponed(at(TUESDAY, 8, 30), OUTSIDE)


def a_reader(work: Work, council: Council, people: Staff, kind: str) -> tuple[Person, int]:
    """Somebody to whom a card of this kind goes, and its subject."""
    match kind:
        case "audit_shared":
            return people.practitioner, a_submitted_audit(work, council, people).id
        case "audit_withdrawn":
            return people.auditor, a_returned_audit(work, people, because=Returned.CASE_CLOSED).id
        case "audit_returned":
            return people.qa_officer, a_returned_audit(work, people).id
        case "round_proposed":
            return people.qa_officer, a_round(work, state="planned")
        case _:
            return people.qa_officer, work.reach.stranger("somebody", "a tenant", NOW)[0]


@pytest.mark.rule("CA-06")
async def test_somebody_on_three_weeks_of_leave_hears_when_they_are_back_and_only_of_what_still_applies(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    with council.write() as work:
        leave = (Leave(FRIDAY, date(2026, 5, 21)),)
        work.people.change(people.auditor.id, {"leave": leave})
    stays = allocate(council, people)
    with council.write() as work:
        ends = an_allocated_audit(work, people, reference="CF-2", month=date(2026, 6, 1)).id
    await courier.drain_once()
    waiting = notices(council, "audit_allocated", stays)[0]
    give_back(council, Returned.CONFLICT, ends)
    clock.now = at(date(2026, 5, 21), 12, 0)
    await courier.drain_once()
    early = post.in_chat(people.auditor.id)
    clock.now = at(date(2026, 5, 22), 8, 30)

    await courier.drain_once()

    assert (waiting.state, waiting.due_at) == ("queued", at(date(2026, 5, 22), 8, 30))
    assert early == []
    assert [notices(council, "audit_allocated", audit)[0].state for audit in (stays, ends)] == [
        "sent",
        "dropped",
    ]
    assert len(post.in_chat(people.auditor.id)) == 1


@pytest.mark.rule("SG-02", "Q16")
async def test_a_safety_alert_leaves_at_night_to_people_on_leave_by_card_and_by_mail(
    council: Council, people: Staff, courier: Courier, post: FakePost, mailer: FakeMailer, clock: Clock
) -> None:
    with council.write() as work:
        work.people.change(people.team_manager.id, {"leave": (Leave(FRIDAY, date(2026, 5, 21)),)})
    clock.now = at(SATURDAY, 3, 0)
    alert(council, people, people.team_manager, now=clock.now)

    await courier.drain_once()

    assert len(post.in_chat(people.team_manager.id)) == 1
    assert people.team_manager.email in [mail.to for mail in mailer.mails]


async def test_the_mail_that_something_waits_leaves_in_working_hours(
    council: Council, people: Staff, courier: Courier, mailer: FakeMailer, clock: Clock
) -> None:
    clock.now = at(SATURDAY, 11, 0)
    with council.write() as work:
        audit = an_allocated_audit(work, people, now=clock.now)

    while await courier.drain_once():
        pass
    on_saturday = len(mailer.mails)
    clock.now = at(TUESDAY, 8, 30)
    await courier.drain_once()

    # That they cannot be reached is known at once, so that the QA office may see it.
    assert notices(council, "audit_allocated", audit.id)[0].state == "unreachable"
    assert (on_saturday, [mail.to for mail in mailer.mails]) == (0, [people.auditor.email])


def test_in_a_make_believe_council_cards_leave_whenever_it_is_tried_out(
    council: Council, people: Staff
) -> None:
    make_believe = replace(council, at_any_hour=True)
    allocate(council, people)
    (notice,) = notices(council, "audit_allocated", 1)

    with council.read() as view:
        parcel = prepare(view, make_believe, notice, now=at(SATURDAY, 22, 0), nonce="a nonce")

    assert isinstance(parcel, Message)
