"""When the QA Group's digest is due, what it holds, who may look into it, and which channel gets it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.cadence import Skipped
from domain.days import LONDON
from domain.digest import Topic
from domain.errors import NotAllowed, NotFound
from domain.people import Person, Post
from storage.work import Work
from tests.builders import NOW, Staff, a_person, a_round, a_submitted_audit, an_accepted_audit
from tests.channels import PLACE, a_qa_channel
from tests.dialogs.scripts import on_one_engine
from tests.moderations import Panel, a_held_moderation, the_panel
from workflows.council import Council
from workflows.digest_ahead import coming
from workflows.digest_posts import MONTHLY, WEEKLY, digest_due, told_of
from workflows.digesting import (
    digest_of,
    rounds_to_open,
    see_digest,
    send_topic,
)
from workflows.qa_channel import QaChannel, choose, stop, use_here

MAY, MARCH = date(2026, 5, 1), date(2026, 3, 1)


@pytest.fixture
def panel(council: Council) -> Panel:
    with council.write() as work:
        return the_panel(work)


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), LONDON).astimezone(UTC)


def due(work: Work, council: Council, day: date) -> int:
    """How many posts this day brings; 0 also where there is nowhere to post."""
    try:
        return digest_due(work, council, on=day, now=at(day))
    except Skipped:
        return 0


def days_with_one(council: Council, first: date, last: date) -> list[date]:
    """The days of this span, each asked in turn, that queue a digest."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found = []
    for day in (day for day in days if day.weekday() < 5):
        with council.write() as work:
            found += [day] * due(work, council, day)
    return found


@pytest.mark.rule("OG-03")
@on_one_engine
def test_once_a_month_on_its_working_day_once_a_round_was_given_out(council: Council) -> None:
    with council.write() as work:
        a_qa_channel(work, council, weekly=False)
        a_round(work, month=MAY)

    # In May itself nothing stands behind; June begins on a Monday, July on a Wednesday.
    assert days_with_one(council, MAY, date(2026, 7, 31)) == [date(2026, 6, 3), date(2026, 7, 3)]


@on_one_engine
def test_weekly_while_the_months_round_is_under_way_and_only_where_it_is_wanted(council: Council) -> None:
    with council.write() as work:
        number = a_qa_channel(work, council)
        a_round(work, month=MAY)
        # Nobody gives audits out in June.
        a_round(work, month=date(2026, 7, 1), state="approved")

    # Friday the 1st says nothing yet, and so does the bank holiday Monday here, as days off are asked too.
    weeks = days_with_one(council, MAY, date(2026, 5, 29))
    monthly = days_with_one(council, date(2026, 6, 1), date(2026, 6, 30))
    with council.write() as work:
        choose(work, council, by=None, channel_id=number, weekly=False, now=NOW)
        kept = work.switches.qa_channel()

    assert weeks == [date(2026, 5, day) for day in (4, 11, 18, 25)]
    assert monthly == [date(2026, 6, 3)]
    assert kept is not None
    assert not kept.weekly


@on_one_engine
def test_what_a_pause_missed_is_made_up_for_once(council: Council) -> None:
    with council.write() as work:
        a_qa_channel(work, council)
        a_round(work, month=MAY)

    assert days_with_one(council, date(2026, 5, 20), date(2026, 5, 22)) == [date(2026, 5, 20)]
    assert days_with_one(council, date(2026, 6, 11), date(2026, 6, 12)) == [date(2026, 6, 11)]


@on_one_engine
def test_without_a_channel_or_a_round_nothing_is_posted(council: Council) -> None:
    with council.write() as work:
        a_round(work, month=MAY)
        with pytest.raises(Skipped):
            digest_due(work, council, on=date(2026, 6, 3), now=at(date(2026, 6, 3)))
        a_qa_channel(work, council)
        posted = due(work, council, date(2026, 6, 3))
        ended, again = stop(work, now=NOW), stop(work, now=NOW)
        after = due(work, council, date(2026, 7, 3))

    assert (posted, ended, again, after) == (1, True, False, 0)


@on_one_engine
def test_each_post_tells_of_the_round_it_was_meant_for(council: Council) -> None:
    with council.write() as work:
        a_qa_channel(work, council)
        a_round(work, month=MARCH)
        a_round(work, month=MAY)
        for day in (date(2026, 5, 6), date(2026, 6, 3)):
            digest_due(work, council, on=day, now=at(day))
        of_april = work.notices.of(MONTHLY, 202605)
        weekly = work.notices.of(WEEKLY, 20260504)
        of_may = work.notices.of(MONTHLY, 202606)

        assert [told_of(work, one) for one in (*of_april, *weekly, *of_may)] == [MARCH, MAY, MAY]


@pytest.mark.rule("OG-03", "Q31")
@on_one_engine
def test_the_digest_sets_the_round_before_beside_the_round(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_submitted_audit(work, council, people, month=MARCH, now=at(date(2026, 3, 20)))
        a_submitted_audit(work, council, people, reference="CF-2")
        an_accepted_audit(work, people, reference="CF-3", auditor_id=people.second_auditor.id)
        digest = digest_of(work, council, month=MAY, now=NOW)

    assert digest.before is not None
    assert (digest.now.first, digest.before.first) == (MAY, MARCH)
    done, before = digest.figure("done"), digest.figure_before("done")
    assert (done.figure.count, done.figure.of) == (1, 2)
    assert before is not None
    assert (before.figure.count, before.figure.of) == (1, 1)
    assert digest.due_on == date(2026, 5, 31)
    # So few are shown nowhere.
    assert done.is_hidden
    assert before.is_hidden


@on_one_engine
def test_once_its_audits_are_due_the_round_is_no_longer_under_way(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_submitted_audit(work, council, people)
        digest = digest_of(work, council, month=MAY, now=at(date(2026, 6, 1)))

    assert digest.due_on is None


@pytest.mark.rule("MO-17", "MO-21")
@on_one_engine
def test_a_held_moderation_changes_nothing_of_it(council: Council, people: Staff, panel: Panel) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
        before = digest_of(work, council, month=MAY, now=NOW)
        a_held_moderation(work, council, people, panel, audit=audit)
        after = digest_of(work, council, month=MAY, now=NOW)

    assert [one.figure for one in after.shown.every] == [one.figure for one in before.shown.every]
    assert (after.agreement, after.rising) == (before.agreement, before.rising)


@pytest.mark.rule("OG-11", "OG-12")
@on_one_engine
def test_the_digest_is_for_the_group_by_post_and_for_the_office(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        a_round(work, month=MAY)
        policy = a_person(work, "Pol Icy", Post.POLICY)
        left = a_person(work, "Lee Left", Post.POLICY, left_on=NOW.date())
        allowed = (people.qa_officer, people.ad_qa, people.service_manager, panel.psw, policy)
        refused = (people.auditor, people.practitioner, people.team_manager, panel.first, left)
        for person in allowed:
            see_digest(work, council, by=person, month=MAY, now=NOW)
        for person in refused:
            with pytest.raises(NotAllowed):
                see_digest(work, council, by=person, month=MAY, now=NOW)
            with pytest.raises(NotAllowed):
                send_topic(work, council, by=person, month=MAY, topic=Topic.GRADES, now=NOW)
        for month in (date(2026, 6, 1), MARCH):
            with pytest.raises(NotFound):
                see_digest(work, council, by=people.qa_officer, month=month, now=NOW)
        assert [one.month for one in rounds_to_open(work, by=people.qa_officer)] == [MAY]
        assert rounds_to_open(work, by=panel.psw) == ()


@on_one_engine
def test_a_part_is_sent_once_however_often_the_press_arrives(council: Council, people: Staff) -> None:
    def sent(work: Work, by: Person, now: datetime) -> bool:
        return send_topic(work, council, by=by, month=MAY, topic=Topic.GRADES, now=now)

    with council.write() as work:
        a_round(work, month=MAY)
        has_chat = [sent(work, people.qa_officer, NOW), sent(work, people.qa_officer, NOW)]
        once = len(work.notices.of("digest_grades", 202605))
        sent(work, people.qa_officer, NOW + timedelta(minutes=5))
        again = len(work.notices.of("digest_grades", 202605))

    # The officer never opened a chat; what was asked for waits for it.
    assert has_chat == [False, False]
    assert (once, again) == (1, 2)


@on_one_engine
def test_the_office_chooses_the_channel_it_writes_from(council: Council, people: Staff) -> None:
    with council.write() as work:
        with pytest.raises(NotAllowed):
            use_here(work, council, by=people.auditor, place=PLACE, now=NOW)
        assert work.switches.qa_channel() is None
        first = use_here(work, council, by=people.qa_officer, place=PLACE, now=NOW)
        elsewhere = replace(PLACE, conversation_id="19:other@thread.tacv2")
        choose(work, council, by=None, channel_id=first.channel_id, weekly=False, now=NOW)
        second = use_here(work, council, by=people.qa_officer, place=elsewhere, now=NOW)
        with pytest.raises(NotFound):
            choose(work, council, by=None, channel_id=99, now=NOW)

    assert isinstance(second, QaChannel)
    assert first.weekly
    # That it comes monthly alone was chosen before, and moving is no reason to forget it.
    assert not second.weekly
    assert second.channel_id != first.channel_id


@pytest.mark.rule("CA-01", "Q1", "OG-07")
@on_one_engine
def test_the_next_sixty_days_hold_the_calendar_of_rounds(council: Council) -> None:
    with council.read() as view:
        found = coming(view, council, date(2026, 6, 3), date(2026, 8, 2))

    said = [(one.day, one.title) for one in found]
    assert said == sorted(said)
    assert (date(2026, 7, 1), "The July round begins: audits are given out") in said
    assert (date(2026, 7, 31), "Audits of the July round are due") in said
    assert (date(2026, 6, 14), "The last moderations of the May round are due") in said
    assert (date(2026, 6, 20), "Managers get the reports of the May round") in said
    assert not any("June" in title or "August" in title for _, title in said)
