"""The digest in its channel: posted once, brought up to date through its day, once more when deleted."""

import json
from collections import deque
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from domain.charts import Chart
from domain.delivery import Gone, NotInstalled
from domain.digest import Topic
from scheduler.courier import Courier
from storage.channel_posts import ChannelPost
from tests.builders import NOW, Staff, a_round, a_submitted_audit, reachable
from tests.channels import CHANNEL, a_qa_channel
from tests.doubles.post import FakePost
from tests.scheduler.outbox import Clock, notices
from workflows.council import Council
from workflows.digest_posts import MONTHLY, digest_due
from workflows.digesting import send_topic

MAY = date(2026, 5, 1)
JUNE = 202606
MORNING = datetime.fromisoformat("2026-06-03T08:31:00+00:00")
"""The third working day of June, just after half past nine in London."""


@pytest.fixture
def clock(clock: Clock) -> Clock:
    clock.now = MORNING
    return clock


@pytest.fixture
def channel(council: Council, people: Staff) -> int:
    """The chosen channel, with the June digest queued."""
    with council.write() as work:
        number = a_qa_channel(work, council)
        for place in range(6):
            a_submitted_audit(work, council, people, reference=f"CF-2{place}")
        digest_due(work, council, on=MORNING.date(), now=MORNING)
    return number


def standing(council: Council, channel: int) -> ChannelPost | None:
    with council.read() as view:
        return view.channel_posts.get(channel, MONTHLY, JUNE)


async def through_the_day(courier: Courier, clock: Clock, *, hours: float = 10) -> None:
    """Let the courier look every five minutes."""
    for _ in range(int(hours * 12)):
        clock.passes(minutes=5)
        await courier.drain_once()


def another_audit(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_submitted_audit(work, council, people, reference="CF-99")


async def test_it_is_posted_once_and_edited_only_where_it_shows_something_new(
    council: Council, people: Staff, channel: int, courier: Courier, post: FakePost, clock: Clock
) -> None:
    await courier.drain_once()
    first = standing(council, channel)
    await through_the_day(courier, clock, hours=2)
    unchanged = list(post.calls)
    another_audit(council, people)
    await through_the_day(courier, clock, hours=1)

    assert first is not None
    assert unchanged == [("send", CHANNEL)]
    assert post.calls == [("send", CHANNEL), ("update", CHANNEL)]
    ((activity_id, posted),) = post.chats[CHANNEL].items()
    assert activity_id == first.activity_id
    assert "7" in json.dumps(posted)
    now = standing(council, channel)
    assert now is not None
    assert now.shown != first.shown


async def test_the_next_day_it_stands_as_it_is(
    council: Council, people: Staff, channel: int, courier: Courier, post: FakePost, clock: Clock
) -> None:
    await courier.drain_once()
    await through_the_day(courier, clock)
    another_audit(council, people)
    await through_the_day(courier, clock, hours=20)

    assert post.calls == [("send", CHANNEL)]
    assert not [one for one in notices(council, MONTHLY, JUNE) if one.state == "queued"]


async def test_another_process_goes_on_where_one_left_off(
    council: Council,
    people: Staff,
    channel: int,
    new_courier: Callable[[], Courier],
    post: FakePost,
    clock: Clock,
) -> None:
    await new_courier().drain_once()
    another_audit(council, people)
    await through_the_day(new_courier(), clock, hours=1)

    assert post.calls == [("send", CHANNEL), ("update", CHANNEL)]
    assert post.count() == 1


async def test_a_deleted_post_is_posted_once_more_and_never_a_third_time(
    council: Council, people: Staff, channel: int, courier: Courier, post: FakePost, clock: Clock
) -> None:
    def delete() -> None:
        post.chats[CHANNEL].clear()

    await courier.drain_once()
    first = standing(council, channel)
    delete()
    another_audit(council, people)
    await through_the_day(courier, clock, hours=1)
    second = standing(council, channel)
    shown_again = len(post.chats[CHANNEL])
    delete()
    with council.write() as work:
        a_submitted_audit(work, council, people, reference="CF-100")
    await through_the_day(courier, clock)

    assert first is not None
    assert second is not None
    assert shown_again == 1
    assert [call for call, _ in post.calls] == ["send", "update", "send", "update"]
    assert standing(council, channel) is None
    # That a post is gone says nothing of the channel, which stays open.
    with council.read() as view:
        address = view.reach.channel(channel)
    assert address is not None
    assert address.state == "reachable"


async def test_where_the_app_was_removed_the_channel_is_closed_and_nothing_is_edited(
    council: Council, people: Staff, channel: int, courier: Courier, post: FakePost, clock: Clock
) -> None:
    await courier.drain_once()
    another_audit(council, people)
    post.answers = deque([NotInstalled("BotNotInConversationRoster")])
    await through_the_day(courier, clock, hours=1)

    (posted,) = post.chats[CHANNEL].values()
    assert [call for call, _ in post.calls] == ["send", "update"]
    assert "7" not in json.dumps(posted["attachments"][0]["content"]["body"][2])


async def test_the_chart_is_a_picture_within_the_message(
    council: Council, channel: int, courier: Courier, post: FakePost
) -> None:
    drawn: list[Chart] = []

    def draw(chart: Chart) -> bytes:
        drawn.append(chart)
        return b"a picture"

    courier.draw_chart = draw
    await courier.drain_once()

    (posted,) = post.chats[CHANNEL].values()
    body = posted["attachments"][0]["content"]["body"]
    boxes = (part["items"] for part in body if part["type"] == "Container")
    (chart,) = (part for items in boxes for part in items if part["type"].startswith("Chart."))
    assert chart["fallback"]["url"].startswith("data:image/png;base64,")
    assert [one.title for one in drawn] == ["Overall grades that count, in per cent"]
    assert "https://" not in json.dumps(body)


@pytest.mark.rule("SG-03")
async def test_what_was_pressed_for_comes_to_the_own_chat_unless_it_is_theirs_no_more(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    with council.write() as work:
        a_round(work, month=MAY)
        reachable(work, people.ad_qa, people.service_manager)
        for person in (people.ad_qa, people.service_manager):
            for topic in Topic:
                send_topic(work, council, by=person, month=MAY, topic=topic, now=NOW)
        # Between the press and the card their post went to somebody else.
        work.people.change(people.service_manager.id, {"left_on": NOW.date() - timedelta(days=1)})

    await courier.drain_once()

    shown = [_heading(one) for one in post.in_chat(people.ad_qa.id)]
    assert sorted(shown) == [
        "Actions: the May round",
        "Grades: the May round",
        "The May round",
        "Themes: the May round",
        "Voices: the May round",
        "What is next: the May round",
    ]
    assert post.in_chat(people.service_manager.id) == []


def _heading(posted: dict[str, Any]) -> str:
    return str(posted["attachments"][0]["content"]["body"][0]["text"])


async def test_a_channel_that_is_gone_is_no_deleted_post(
    council: Council, channel: int, courier: Courier, post: FakePost
) -> None:
    post.answers = deque([Gone()])

    await courier.drain_once()

    (notice,) = notices(council, MONTHLY, JUNE)
    assert notice.state == "unreachable"
