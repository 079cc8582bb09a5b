"""Pausing and the pilot: what waits, what is held, and what leaves afterwards."""

from collections.abc import Callable

import pytest

from domain.audits import Returned
from domain.errors import NotAllowed, RuleBroken
from domain.people import Person
from scheduler.courier import Courier
from tests.builders import NOW, Staff, an_allocated_audit, reachable
from tests.doubles.post import FakeMailer, FakePost, shown_text
from tests.scheduler.conftest import clock, courier, mailer, new_courier, post
from tests.scheduler.outbox import Clock, alert, allocate, give_back, notices
from workflows.council import Council, Work
from workflows.safety import acknowledge
from workflows.switching import OPERATOR, NoSuchTeam, end_pilot, pause, resume, set_pilot

__all__ = ["clock", "courier", "mailer", "new_courier", "post"]


def paused(council: Council) -> None:
    with council.write() as work:
        pause(work, council, by=None, reason="The wrong list\nwas brought in.", now=NOW)


def pilot(council: Council, *teams: str) -> int:
    with council.write() as work:
        return set_pilot(work, council, by=None, teams=teams, now=NOW)[1]


def trail_verbs(council: Council) -> list[tuple[str, int | None]]:
    with council.read() as view:
        return [
            (row.verb, row.actor) for row in view.trail.rows("day:2026-05-01") if row.subject == "sending"
        ]


async def test_while_sending_is_paused_nothing_leaves_but_safety_alerts(
    council: Council, people: Staff, courier: Courier, post: FakePost, mailer: FakeMailer, clock: Clock
) -> None:
    audit_id = allocate(council, people)
    alert(council, people, people.service_manager, reference="CF-1002")
    paused(council)

    clock.passes(minutes=1)
    await courier.drain_once()

    (waiting,) = notices(council, "audit_allocated", audit_id)
    assert (waiting.state, waiting.tries) == ("queued", 0)
    assert post.in_chat(people.auditor.id) == []
    assert len(post.in_chat(people.service_manager.id)) == 1
    assert mailer.mails != []


@pytest.mark.rule("SG-02")
async def test_who_acts_on_an_alert_is_shown_and_told_while_sending_is_paused(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    alert_id = alert(council, people, people.team_manager, people.service_manager, people.auditor)
    await courier.drain_once()
    paused(council)
    with council.write() as work:
        acknowledge(work, by=people.team_manager, alert_id=alert_id, now=clock.now)

    await courier.drain_once()

    (card,) = post.in_chat(people.service_manager.id)
    assert people.team_manager.name in shown_text(card)
    (told,) = post.in_chat(people.auditor.id)
    assert "has been seen" in shown_text(told)


async def test_what_was_claimed_just_before_the_pause_waits_too(
    council: Council, people: Staff, courier: Courier, post: FakePost, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit_id = allocate(council, people)
    claim = courier._claim

    def then_paused(*given: object) -> object:
        claimed = claim(*given)  # type: ignore[arg-type]
        paused(council)
        return claimed

    monkeypatch.setattr(type(courier), "_claim", lambda _self, *given: then_paused(*given))
    await courier._round(urgent_only=False)

    (waiting,) = notices(council, "audit_allocated", audit_id)
    assert (waiting.state, waiting.tries) == ("queued", 0)
    assert post.count() == 0


async def test_after_resuming_what_still_applies_leaves_and_the_rest_is_dropped(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    audit_id = allocate(council, people)
    with council.write() as work:
        stale = an_allocated_audit(work, people, reference="CF-1002").id
    paused(council)
    await courier.drain_once()
    give_back(council, Returned.CONFLICT, stale)

    with council.write() as work:
        was_paused = resume(work, council, by=None, now=NOW)
    clock.passes(minutes=2)
    await courier.drain_once()

    assert was_paused
    assert [n.state for n in notices(council, "audit_allocated", audit_id)] == ["sent"]
    assert [n.state for n in notices(council, "audit_allocated", stale)] == ["dropped"]
    assert len(post.in_chat(people.auditor.id)) == 1


def test_resuming_what_was_not_paused_changes_nothing(council: Council) -> None:
    with council.write() as work:
        was_paused = resume(work, council, by=None, now=NOW)

    assert not was_paused
    assert trail_verbs(council) == []


def test_the_reason_and_who_paused_are_kept_for_whoever_asks(council: Council, people: Staff) -> None:
    paused(council)
    with council.read() as view:
        by_operator = view.switches.paused()
    with council.write() as work:
        pause(work, council, by=people.qa_officer, reason="Still wrong.", now=NOW)
        by_officer = work.switches.paused()

    assert by_operator is not None
    assert by_officer is not None
    assert (by_operator.reason, by_operator.set_by) == ("The wrong list was brought in.", OPERATOR)
    assert (by_officer.reason, by_officer.set_by) == ("Still wrong.", f"person {people.qa_officer.id}")


@pytest.mark.rule("SG-05")
def test_every_switch_is_in_the_trail_with_who_turned_it(council: Council, people: Staff) -> None:
    paused(council)
    with council.write() as work:
        resume(work, council, by=people.qa_officer, now=NOW)
        set_pilot(work, council, by=None, teams=["Conifers 1"], now=NOW)
        end_pilot(work, council, by=people.qa_officer, now=NOW)

    assert trail_verbs(council) == [
        ("paused sending", None),
        ("resumed sending", people.qa_officer.id),
        ("set the pilot", None),
        ("ended the pilot", people.qa_officer.id),
    ]


@pytest.mark.parametrize(
    "turn",
    [
        lambda work, council, by: pause(work, council, by=by, reason="", now=NOW),
        lambda work, council, by: resume(work, council, by=by, now=NOW),
        lambda work, council, by: set_pilot(work, council, by=by, teams=["Conifers 1"], now=NOW),
        lambda work, council, by: end_pilot(work, council, by=by, now=NOW),
    ],
    ids=["pause", "resume", "set the pilot", "end it"],
)
def test_only_the_qa_office_turns_a_switch_in_teams(
    council: Council, people: Staff, turn: Callable[[Work, Council, Person], object]
) -> None:
    with council.write() as work, pytest.raises(NotAllowed):
        turn(work, council, people.team_manager)


async def test_in_a_pilot_only_its_teams_and_the_qa_office_receive(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    pilot(council, "Conifers 1")
    audit_id = allocate(council, people)
    with council.write() as work:
        reachable(work, people.team_manager, people.qa_officer)
        for person in (people.team_manager, people.service_manager, people.qa_officer):
            work.notices.queue(kind="audit_allocated", subject_id=audit_id, person_id=person.id, now=NOW)

    await courier.drain_once()

    states = {n.person_id: (n.state, n.reason) for n in notices(council, "audit_allocated", audit_id)}
    assert states == {
        people.auditor.id: ("held", "outside the pilot"),
        people.team_manager.id: ("sent", None),
        # Of no team, and never asked to install anything.
        people.service_manager.id: ("held", "outside the pilot"),
        people.qa_officer.id: ("sent", None),
    }
    assert post.in_chat(people.auditor.id) == []


@pytest.mark.rule("SG-02")
async def test_a_safety_alert_reaches_people_outside_the_pilot(
    council: Council, people: Staff, courier: Courier, post: FakePost, mailer: FakeMailer
) -> None:
    pilot(council, "Brambles 1")

    alert(council, people, people.service_manager)
    await courier.drain_once()

    assert len(post.in_chat(people.service_manager.id)) == 1
    assert mailer.mails != []


@pytest.mark.rule("CA-16")
async def test_a_card_posted_before_the_pilot_still_loses_its_case(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    audit_id = allocate(council, people)
    await courier.drain_once()
    pilot(council, "Conifers 1")

    give_back(council, Returned.CONFLICT, audit_id)
    await courier.drain_once()

    assert "CF-1001" not in str(post.in_chat(people.auditor.id))


async def test_widening_the_pilot_sends_what_was_held_for_the_new_team_alone(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    pilot(council, "Conifers 1")
    audit_id = allocate(council, people)
    with council.write() as work:
        work.notices.queue(
            kind="audit_allocated", subject_id=audit_id, person_id=people.service_manager.id, now=NOW
        )
    await courier.drain_once()

    freed = pilot(council, "Conifers 1", "brambles  1")
    await courier.drain_once()

    states = {n.person_id: n.state for n in notices(council, "audit_allocated", audit_id)}
    assert freed == 1
    assert states == {people.auditor.id: "sent", people.service_manager.id: "held"}


async def test_ending_the_pilot_sends_what_still_applies_and_drops_the_rest(
    council: Council, people: Staff, courier: Courier
) -> None:
    pilot(council, "Conifers 1")
    audit_id = allocate(council, people)
    with council.write() as work:
        stale = an_allocated_audit(work, people, reference="CF-1002").id
    await courier.drain_once()
    give_back(council, Returned.CONFLICT, stale)

    with council.write() as work:
        freed = end_pilot(work, council, by=None, now=NOW)
        wakes_the_courier = work.has_queued
    await courier.drain_once()

    assert freed == 2
    assert wakes_the_courier
    assert [n.state for n in notices(council, "audit_allocated", audit_id)] == ["sent"]
    assert [n.state for n in notices(council, "audit_allocated", stale)] == ["dropped"]


def test_ending_what_is_not_on_says_so(council: Council) -> None:
    with council.write() as work:
        assert end_pilot(work, council, by=None, now=NOW) is None


def test_a_pilot_of_an_unknown_team_is_refused_with_the_names_there_are(
    council: Council, people: Staff
) -> None:
    with pytest.raises(NoSuchTeam, match=r"no team called Elms 9. It has Brambles 1, Conifers 1"):
        pilot(council, "Conifers 1", "Elms 9")
    with pytest.raises(RuleBroken, match="at least one team"):
        pilot(council, " ")


async def test_what_is_held_is_listed_by_person_and_kind(
    council: Council, people: Staff, courier: Courier
) -> None:
    pilot(council, "Conifers 1")
    allocate(council, people)
    await courier.drain_once()

    with council.read() as view:
        (held,) = view.outbox.held()

    assert (held.name, held.team, held.kind, held.count) == (
        "Alex Auditor",
        "Brambles 1",
        "audit_allocated",
        1,
    )
