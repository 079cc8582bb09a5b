"""For whom the app is put into Teams, and how often."""

from datetime import timedelta

import pytest

from domain.people import Person
from storage.work import Work
from tests.builders import NOW, Staff, reachable
from tests.workflows.test_unreachable import undelivered
from workflows.council import Council
from workflows.installing import people_to_install_for, try_again_today
from workflows.switching import pause, set_pilot


def chosen(work: Work, council: Council, *, limit: int = 50, days: int = 0) -> list[Person]:
    return list(people_to_install_for(work, council, limit=limit, now=NOW + timedelta(days=days)))


def test_only_those_for_whom_something_waits_and_whose_chat_was_never_known(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        reachable(work, people.practitioner, people.team_manager)
        work.reach.set_state(people.practitioner.id, "uninstalled", NOW)
        work.reach.set_state(people.team_manager.id, "blocked", NOW)
        for person in (people.auditor, people.practitioner, people.team_manager):
            undelivered(work, person)
        undelivered(work, people.cover, medium="email")

        assert chosen(work, council) == [people.auditor]


def test_leavers_are_left_alone(council: Council, people: Staff) -> None:
    with council.write() as work:
        undelivered(work, people.auditor)
        work.people.mark_left([people.auditor.id], NOW.date())

        assert chosen(work, council) == []


def test_each_person_once_a_day_whoever_asks(council: Council, people: Staff) -> None:
    with council.write() as work:
        undelivered(work, people.auditor)
    found = []
    for days in (0, 0, 1, 1, 2):
        with council.write() as work:
            found.append(len(chosen(work, council, days=days)))

    assert found == [1, 0, 1, 0, 1]


def test_a_try_that_microsoft_put_off_does_not_count(council: Council, people: Staff) -> None:
    with council.write() as work:
        undelivered(work, people.auditor)
        (person,) = chosen(work, council)
        try_again_today(work, person=person)

        assert chosen(work, council) == [people.auditor]


def test_no_more_at_a_time_than_asked_for(council: Council, people: Staff) -> None:
    with council.write() as work:
        for person in (people.auditor, people.practitioner, people.bystander):
            undelivered(work, person)

        sizes = [len(chosen(work, council, limit=2)) for _ in range(3)]

    assert sizes == [2, 1, 0]


@pytest.mark.rule("SG-02")
def test_while_sending_is_paused_only_whoever_a_safety_alert_waits_for_gets_the_app(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        undelivered(work, people.auditor)
        pause(work, council, by=None, reason="trying things out", now=NOW)
        nobody = chosen(work, council)
        undelivered(work, people.cover, kind="safety_alert")

        assert nobody == []
        assert chosen(work, council) == [people.cover]


def test_in_a_pilot_the_app_is_put_into_nobody_elses_teams(council: Council, people: Staff) -> None:
    with council.write() as work:
        undelivered(work, people.auditor)
        undelivered(work, people.practitioner)
        undelivered(work, people.qa_officer)
        set_pilot(work, council, by=None, teams=[people.team.name], now=NOW)

        assert chosen(work, council) == [people.practitioner, people.qa_officer]


@pytest.mark.rule("SG-02")
def test_whoever_a_safety_alert_waits_for_gets_the_app_whatever_the_pilot(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        undelivered(work, people.cover, kind="safety_alert")
        undelivered(work, people.auditor)
        set_pilot(work, council, by=None, teams=[people.team.name], now=NOW)

        assert chosen(work, council) == [people.cover]
