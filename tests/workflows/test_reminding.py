"""What reminds somebody comes in the one card of their day, as things stand when it leaves."""

from datetime import date, datetime, timedelta

import pytest

from domain.audits import Audit
from domain.people import Leave, Person
from scheduler.drawing import Needless
from storage.work import Work
from tests.builders import NOW, Staff, a_person, a_submitted_audit
from tests.chat import buttons, text
from tests.dialogs.scripts import on_one_engine
from tests.governance import a_row
from tests.learning import a_draft, an_action, an_entry
from tests.packs import a_drafted_pack, an_asked_pack, the_pack
from tests.performance import a_narrative, an_exception
from tests.reminded import card_on, days_of, reminded, said_on
from tests.workflows.nudged import at, day_cards, drawn
from workflows.asking_reports import chase_requests
from workflows.council import Council
from workflows.explaining import chase_exceptions
from workflows.learning_telling import tell_of_drafts, tell_owner_of_action, tell_who_assures
from workflows.narrating import remind_and_lock
from workflows.pack_telling import remind_of_pack
from workflows.reminding import remind
from workflows.supervision_days import ask_for_days
from workflows.team_reporting import chase_team_reports
from workflows.tracked_telling import OVERDUE, SOON, tell_owner
from workflows.tracker_chasing import chase_tracker

pytestmark = on_one_engine

TUESDAY = date(2026, 5, 12)
"""The line on the figure was due the day before."""
WEDNESDAY = TUESDAY + timedelta(days=1)


def asked_for(work: Work, owner: Person, by: Person, due_on: date) -> int:
    return work.report_requests.add(
        body="smt", what="Why visits are late", why="y", by=by.id, owner_id=owner.id, due_on=due_on, now=NOW
    )


def leaving(work: Work, person: Person, now: datetime) -> set[str]:
    """The kinds of everything that is due for this person by now, and has not left before."""
    claimed = work.notices.claim(token="t", now=now, until=now + timedelta(days=60), limit=500)
    return {one.kind for one in claimed if one.person_id == person.id}


@pytest.mark.rule("CA-06", "PR-02", "OG-06", "PF-09", "PF-12")
def test_whatever_reminds_somebody_on_one_morning_is_one_card_with_a_button_for_each(
    council: Council, people: Staff
) -> None:
    owner = people.team_manager
    with council.write() as work:
        an_exception(work, council, people)
        asked_for(work, owner, people.ad_qa, TUESDAY)
        entry = an_entry(work, people.service_manager)
        action = an_action(work, entry, owner, due_on=WEDNESDAY, what="Write a guide.")
        tell_owner_of_action(work, council, action, now=at(date(2026, 5, 7)), by=owner.id)
        for title, due_on in (("Read three plans", date(2026, 5, 15)), ("Ask the school", date(2026, 5, 11))):
            tell_owner(work, council, a_row(work, owner, title=title, due_on=due_on), now=NOW, by=owner.id)
        report = work.team_reports.post(people.team.id, date(2026, 5, 4), at(date(2026, 5, 5)))
        leaving(work, owner, at(date(2026, 5, 8)))
    with council.write() as work:
        now = at(TUESDAY, 8, 15)
        chase_exceptions(work, council, now=now)
        chase_requests(work, council, now=now)
        chase_team_reports(work, council, now=now)

    cards = [one for one in day_cards(council, owner) if one.day == TUESDAY]
    with council.read() as view:
        card = card_on(view, council, owner, at(TUESDAY, 8, 32))
    said = text(card)
    assert report is not None
    assert len(cards) == 1
    with council.write() as work:
        assert leaving(work, owner, at(TUESDAY, 8, 35)) == {"day_card"}, "no card besides that of the day"
    for line in (
        *("1 figure waits for a line from you", "Why visits are late", "Read three plans"),
        *("Ask the school", "Write a guide.", "Your team's figures wait for an answer"),
    ):
        assert line in said
    assert said.index("1 figure waits") < said.index("Read three plans"), "the longest overdue comes first"
    wanted = {"Answer", "Open", "Open the figures"}
    assert wanted <= {title for title, _ in buttons(card)}
    assert "Your day" in said


@pytest.mark.rule("CA-06")
def test_a_reminder_waits_for_the_persons_next_day_at_work(council: Council, people: Staff) -> None:
    with council.write() as work:
        leave = (Leave(TUESDAY, WEDNESDAY),)
        work.people.change(people.service_manager.id, {"leave": leave})
    with council.write() as work:
        away = work.people.get(people.service_manager.id)
        row = a_row(work, away, due_on=date(2026, 5, 11))
        tell_owner(work, council, row, now=NOW, by=away.id)

        assert days_of(work, OVERDUE, row.id) == [(away.id, date(2026, 5, 14))]
        assert row.title in said_on(work, council, away, at(date(2026, 5, 14), 9))


@pytest.mark.rule("CA-06")
def test_what_is_said_once_is_not_said_again(council: Council, people: Staff) -> None:
    someone = people.service_manager
    with council.write() as work:
        row = a_row(work, someone)
        again = [
            remind(work, council, someone, kind=SOON, subject_id=row.id, about_on=TUESDAY, now=NOW)
            for _ in range(2)
        ]

        assert again == [True, False]
        assert len(reminded(work, SOON, row.id)) == 1


@pytest.mark.rule("CA-06", "OG-06")
def test_once_everything_was_seen_to_no_card_leaves(council: Council, people: Staff) -> None:
    owner = people.service_manager
    with council.write() as work:
        row = a_row(work, owner, due_on=date(2026, 5, 11))
        tell_owner(work, council, row, now=NOW, by=owner.id)
        assert work.tracking.change(row, {"owner_id": people.ad_qa.id})

    assert drawn(council, owner, at(TUESDAY, 9)) == Needless("nothing is left to do")


@pytest.mark.rule("OG-06")
def test_what_the_week_of_the_tracker_names_is_not_named_twice(council: Council, people: Staff) -> None:
    owner = people.service_manager
    with council.write() as work:
        row = a_row(work, owner, due_on=date(2026, 5, 7))
        tell_owner(work, council, row, now=NOW, by=owner.id)
        chase_tracker(work, council, on=date(2026, 5, 11), now=at(date(2026, 5, 11)))

        said = said_on(work, council, owner, at(date(2026, 5, 11), 9))

    assert said.count(row.title) == 1
    assert "On the activity tracker" in said


@pytest.mark.rule("RO-06", "RO-07", "OG-06")
def test_the_office_reads_how_much_waits_in_the_log(council: Council, people: Staff) -> None:
    tomorrow = at(NOW.date() + timedelta(days=4), 9)
    with council.write() as work:
        a_draft(work, people.service_manager)
        an_entry(work, people.service_manager)
        for _ in range(2):
            tell_of_drafts(work, council, now=NOW)
            tell_who_assures(work, council, now=NOW)

        assert "1 draft for the learning log" in said_on(work, council, people.qa_officer, tomorrow)
        assert "1 entry of the learning log to assure" in said_on(work, council, people.ad_qa, tomorrow)
        assert "draft" not in said_on(work, council, people.ad_qa, tomorrow)


@pytest.mark.rule("PF-05", "PF-07")
def test_words_that_are_missing_are_reminded_of_and_no_longer_once_written(
    council: Council, people: Staff
) -> None:
    then = at(date(2026, 5, 7))
    with council.write() as work:
        asked = a_narrative(work, people.service_manager, service_id=people.service.id)
        remind_and_lock(work, council, now=then)
        before = said_on(work, council, people.service_manager, then)
        work.narratives.lock(asked, then)
        after = said_on(work, council, people.service_manager, then)

    assert "Your sentences are still missing" in before
    assert "Your sentences are still missing" not in after


@pytest.mark.rule("OG-05", "QB-01")
def test_a_pack_asks_the_office_to_finish_it_and_the_approver_to_approve_it(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        some = a_drafted_pack(work, council, people)
        line = council.framework.pack(some.kind)
        assert line is not None
        meets_on, then = date(2026, 7, 23), at(date(2026, 7, 21))
        remind_of_pack(work, council, line, some, meets_on=meets_on, now=then)
        drafting = said_on(work, council, people.qa_officer, then)
        an_asked_pack(work, council, people)
        remind_of_pack(work, council, line, the_pack(work, some.id), meets_on=meets_on, now=then)
        approving = said_on(work, council, people.ad_qa, then)
        drafted = said_on(work, council, people.qa_officer, then)

    assert "It is still a draft" in drafting
    assert "Its meeting is on 23 July 2026" in drafting
    assert "It waits for your approval." in approving
    assert "approval" not in drafted


@pytest.mark.rule("RO-02", "SU-08")
def test_missing_days_of_supervision_are_a_line_of_the_managers_day(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit: Audit = a_submitted_audit(work, council, people)
        now = datetime.combine(WEDNESDAY, NOW.timetz())
        asked = ask_for_days(work, council, now=now)
        said = said_on(work, council, people.line_manager, now)

    assert audit.submitted_at is not None
    assert asked == 1
    assert "1 person has no day for supervision yet" in said


@pytest.mark.rule("PF-12", "SG-03")
def test_who_may_not_open_a_late_report_has_no_button_for_it(council: Council, people: Staff) -> None:
    with council.write() as work:
        owner = a_person(work, "Kim Worker", manager_id=people.line_manager.id, team_id=people.team.id)
        asked_for(work, owner, people.ad_qa, date(2026, 5, 11))
    with council.write() as work:
        for day in (12, 19):
            chase_requests(work, council, now=at(date(2026, 5, day)))

    then = at(date(2026, 5, 19), 9)
    with council.read() as view:
        managers, asker = (card_on(view, council, one, then) for one in (people.team_manager, people.ad_qa))
    assert f"A report from {owner.name} is late" in text(managers)
    assert "Open" not in dict(buttons(managers))
    assert "Open" in dict(buttons(asker))
