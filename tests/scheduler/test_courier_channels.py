"""A notice may be for a channel in place of a person."""

from collections import deque
from collections.abc import Mapping
from typing import Any

import pytest

from domain.delivery import Blocked, Gone, NotInstalled
from scheduler import rendering_channels
from scheduler.courier import Courier
from scheduler.drawing import ChannelDrawing, Drawn, Needless, note
from scheduler.ports import Outcome
from storage.work import Work
from tests.builders import NOW, SERVICE_URL, TENANT
from tests.doubles.post import FakePost, text_of
from tests.scheduler.outbox import Clock, notices
from workflows.council import Council
from workflows.people import Address

CHANNEL = "19:qa@thread.tacv2"


@pytest.fixture
def digest(monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(drawing: ChannelDrawing) -> Drawn | Needless:
        if drawing.notice.subject_id == 404:
            return Needless("nothing happened")
        return note("The month in figures", f"Drawn on {drawing.today:%d %B}.")

    monkeypatch.setitem(rendering_channels.CARDS, "digest", draw)


@pytest.mark.usefixtures("digest")
async def test_a_channels_notice_is_posted_there_once(
    council: Council, courier: Courier, post: FakePost
) -> None:
    with council.write() as work:
        channel = _channel(work)
        queued = [_queue(work, channel), _queue(work, channel), _queue(work, channel, subject_id=404)]

    await courier.drain_once()

    (posted,) = post.chats[CHANNEL].values()
    (notice,), (dropped,) = notices(council, "digest", 1), notices(council, "digest", 404)
    assert queued == [True, False, True]
    assert "Drawn on 01 May" in text_of(posted)
    assert (notice.state, notice.channel_id, notice.person_id) == ("sent", channel, None)
    assert (dropped.state, dropped.reason) == ("dropped", "nothing happened")


@pytest.mark.usefixtures("digest")
async def test_a_channel_keeps_its_windows_as_a_chat_does(
    council: Council, courier: Courier, post: FakePost, clock: Clock
) -> None:
    with council.write() as work:
        channel = _channel(work)
        for subject_id in range(9):
            _queue(work, channel, subject_id=subject_id)

    await courier.drain_once()
    at_once = post.count()
    clock.passes(seconds=1.1)
    await courier.drain_once()
    after_a_second = post.count()

    assert (at_once, after_a_second) == (7, 8)


@pytest.mark.usefixtures("digest")
async def test_a_team_that_removed_the_app_is_unreachable(
    council: Council, courier: Courier, post: FakePost
) -> None:
    with council.write() as work:
        channel = _channel(work)
        _queue(work, channel)
        _queue(work, channel, subject_id=2)
    with council.write() as work:
        work.reach.team_uninstalled("team", NOW)

    await courier.drain_once()

    assert [notices(council, "digest", subject)[0].reason for subject in (1, 2)] == ["uninstalled"] * 2
    assert len(post.calls) == 0


@pytest.mark.usefixtures("digest")
@pytest.mark.parametrize("refusal", [NotInstalled("BotNotInConversationRoster"), Blocked("blocked"), Gone()])
async def test_at_a_channel_that_is_shut_it_knocks_once_and_brings_everything_when_the_app_is_back(
    council: Council, courier: Courier, post: FakePost, refusal: Outcome
) -> None:
    subjects = (1, 2, 3)
    with council.write() as work:
        channel = _channel(work)
        for subject in subjects:
            _queue(work, channel, subject_id=subject)
    post.answers = deque([refusal])

    await courier.drain_once()
    knocked = len(post.calls)
    shut = [notices(council, "digest", subject)[0].state for subject in subjects]
    with council.write() as work:
        too_early = work.notices.revive_reachable(NOW)
        _channel(work)
        revived = work.notices.revive_reachable(NOW)
    await courier.drain_once()

    assert (knocked, shut, too_early, revived) == (1, ["unreachable"] * 3, 0, 3)
    assert [notices(council, "digest", subject)[0].state for subject in subjects] == ["sent"] * 3


@pytest.mark.usefixtures("digest")
async def test_a_verdict_about_a_channels_former_place_shuts_nothing(
    council: Council, courier: Courier, post: FakePost
) -> None:
    with council.write() as work:
        _queue(work, _channel(work))
    post.answers = deque([Gone()])
    send = post.send

    async def moved_meanwhile(address: Address, activity: Mapping[str, Any]) -> Outcome:
        post.send = send  # type: ignore[method-assign]
        with council.write() as work:
            _channel(work, service_url="https://smba.trafficmanager.net/emea/")
        return await send(address, activity)

    post.send = moved_meanwhile  # type: ignore[method-assign]
    await courier.drain_once()

    (notice,) = notices(council, "digest", 1)
    assert notice.state == "sent"


async def test_a_kind_that_no_channel_has_a_card_for_is_dead(council: Council, courier: Courier) -> None:
    with council.write() as work:
        _queue(work, _channel(work), kind="audit_allocated")

    await courier.drain_once()

    (notice,) = notices(council, "audit_allocated", 1)
    assert notice.state == "dead"


def _channel(work: Work, service_url: str = SERVICE_URL) -> int:
    work.reach.keep_channel(
        conversation_id=CHANNEL,
        team_ref="team",
        name="QA Group",
        service_url=service_url,
        tenant_id=TENANT,
        bot_id="28:plumbline",
        now=NOW,
    )
    return int(work.reach.channels()[0]["id"])


def _queue(work: Work, channel: int, *, subject_id: int = 1, kind: str = "digest") -> bool:
    return work.notices.queue(kind=kind, subject_id=subject_id, person_id=None, channel_id=channel, now=NOW)
