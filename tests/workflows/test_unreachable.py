"""Who cannot be reached, and the one card that tells the QA office of it."""

from datetime import datetime, timedelta

import pytest

from domain.errors import NotAllowed
from domain.people import Person, Post
from domain.reachability import Why
from storage.notices import Notice
from storage.work import Work
from tests.builders import NOW, Staff, a_person
from workflows.council import Council
from workflows.unreachable import look_at_unreachable, tell_office_of_unreachable, unreached

NEXT_DAY = datetime(2026, 5, 5, 8, 0, tzinfo=NOW.tzinfo)
"""The working day after NOW: a weekend and a bank holiday lie between."""
A_DAY = timedelta(days=1)


def undelivered(
    work: Work,
    person: Person,
    reason: str = "not installed",
    *,
    subject_id: int = 1,
    kind: str = "audit_shared",
    medium: str = "teams",
    now: datetime = NOW,
) -> None:
    """Something that could not be delivered to this person."""
    work.notices.queue(kind=kind, subject_id=subject_id, person_id=person.id, now=now, medium=medium)
    for notice in work.notices.claim(token="t", now=now, until=now + A_DAY, limit=50):
        mine = (notice.person_id, notice.kind, notice.medium) == (person.id, kind, medium)
        work.notices.settle(
            notice, state="unreachable" if mine else "sent", now=now, reason=reason if mine else None
        )


def delivered(work: Work, person: Person, now: datetime) -> None:
    """They are back, and everything that waited has reached them."""
    work.notices.revive_unreachable(person.id, now)
    for notice in work.notices.claim(token="t", now=now, until=now + A_DAY, limit=50):
        work.notices.settle(notice, state="sent", now=now)


def told(work: Work, kind: str = "unreachable_people") -> list[Notice]:
    """What the QA office was told so, over all days."""
    subjects = range(NOW.date().toordinal() - 5, NOW.date().toordinal() + 40)
    return [notice for subject in subjects for notice in work.notices.of(kind, subject)]


def test_each_person_is_listed_once_with_post_team_reason_and_what_waits(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        undelivered(work, people.team_manager, "blocked (BotDisabledByAdmin)")
        undelivered(work, people.team_manager, "blocked", subject_id=2, now=NOW + A_DAY)
        undelivered(work, people.auditor)

        first, second = unreached(work)

    assert (first.name, first.post, first.team) == ("Toni Manager", "Team manager", "Conifers 1")
    assert (first.why, first.things, first.since) == (Why.SWITCHED_OFF, 2, NOW)
    assert (second.name, second.why, second.things) == ("Alex Auditor", Why.NOT_INSTALLED, 1)


@pytest.mark.rule("SG-02")
def test_what_goes_by_card_and_by_mail_is_one_thing(council: Council, people: Staff) -> None:
    with council.write() as work:
        undelivered(work, people.service_manager, kind="safety_alert")
        undelivered(work, people.service_manager, "no longer there", kind="safety_alert", medium="email")

        (one,) = unreached(work)

    assert (one.things, one.why) == (1, Why.NOT_INSTALLED)
    assert one.team == "Conifers"


def test_that_the_mail_about_it_was_refused_is_shown_until_one_is_taken(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        undelivered(work, people.auditor)
        undelivered(work, people.auditor, "no longer there", kind="told_by_mail", medium="email")
        (refused,) = unreached(work)
        work.notices.queue(
            kind="told_by_mail", subject_id=9, person_id=people.auditor.id, now=NEXT_DAY, medium="email"
        )
        for notice in work.notices.claim(token="t", now=NEXT_DAY, until=NEXT_DAY, limit=50):
            work.notices.settle(notice, state="sent", now=NEXT_DAY)
        (taken,) = unreached(work)

    assert (refused.mail_refused, refused.things, refused.mailed_at) == (True, 1, None)
    assert (refused.why, taken.why) == (Why.NOT_INSTALLED, Why.NOT_INSTALLED)
    assert (taken.mail_refused, taken.mailed_at) == (False, NEXT_DAY)


def test_edits_of_older_cards_and_leavers_are_nothing_to_wait_for(council: Council, people: Staff) -> None:
    with council.write() as work:
        undelivered(work, people.auditor, medium="update", kind="copies_outdated")
        undelivered(work, people.practitioner)
        work.people.mark_left([people.practitioner.id], NOW.date())

        found = unreached(work)

    assert found == ()


def test_only_the_qa_office_may_look(council: Council, people: Staff) -> None:
    with council.write() as work:
        undelivered(work, people.auditor)

        assert look_at_unreachable(work, council, by=people.qa_officer, now=NOW)
        with pytest.raises(NotAllowed):
            look_at_unreachable(work, council, by=people.team_manager, now=NOW)


def test_the_office_is_told_after_a_working_day_and_not_before(council: Council, people: Staff) -> None:
    with council.write() as work:
        undelivered(work, people.auditor)

        too_early = tell_office_of_unreachable(work, council, now=NOW + timedelta(hours=6))
        before = told(work)
        in_time = tell_office_of_unreachable(work, council, now=NEXT_DAY)

        assert (too_early, before, in_time) == (False, [], True)
        assert [notice.person_id for notice in told(work)] == [people.qa_officer.id]


def test_one_card_is_brought_up_to_date_each_day_rather_than_sent_again(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        undelivered(work, people.auditor)
        for days in range(3):
            undelivered(work, people.bystander, subject_id=7 + days, now=NEXT_DAY + days * A_DAY)
            tell_office_of_unreachable(work, council, now=NEXT_DAY + days * A_DAY)
            tell_office_of_unreachable(work, council, now=NEXT_DAY + days * A_DAY)

        edits = told(work, "unreachable_changed")

        assert len(told(work)) == 1
        assert [(edit.medium, edit.person_id) for edit in edits] == [("update", people.qa_officer.id)] * 2


def test_the_card_says_when_it_is_over_and_the_next_person_is_news_again(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        undelivered(work, people.auditor)
        tell_office_of_unreachable(work, council, now=NEXT_DAY)
        delivered(work, people.auditor, NEXT_DAY)
        over = tell_office_of_unreachable(work, council, now=NEXT_DAY + A_DAY)
        quiet = tell_office_of_unreachable(work, council, now=NEXT_DAY + 2 * A_DAY)
        undelivered(work, people.bystander, now=NEXT_DAY + 2 * A_DAY)
        again = tell_office_of_unreachable(work, council, now=NEXT_DAY + 3 * A_DAY)

        assert (over, quiet, again) == (True, False, True)
        assert len(told(work, "unreachable_over")) == 1
        assert len(told(work)) == 2


def test_whoever_joins_the_office_meanwhile_gets_a_card_of_their_own(council: Council, people: Staff) -> None:
    with council.write() as work:
        undelivered(work, people.auditor)
        tell_office_of_unreachable(work, council, now=NEXT_DAY)
        newcomer = a_person(work, "Nico Newcomer", Post.QAO)
        tell_office_of_unreachable(work, council, now=NEXT_DAY + A_DAY)

        assert [notice.person_id for notice in told(work)] == [people.qa_officer.id, newcomer.id]
