"""A notice may be for a channel in place of a person."""

from collections import deque

import pytest

from domain.delivery import NotInstalled
from scheduler import rendering_channels
from scheduler.courier import Courier
from scheduler.drawing import ChannelDrawing, Drawn, Needless, note
from storage.work import Work
from tests.builders import NOW, SERVICE_URL, TENANT
from tests.doubles.post import FakePost, text_of
from tests.scheduler.outbox import Clock, notices
from workflows.council import Council

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
    post.answers = deque([NotInstalled("BotNotInConversationRoster")])
    await courier.drain_once()
    with council.write() as work:
        work.reach.team_uninstalled("team", NOW)
        _queue(work, channel, subject_id=3)

    await courier.drain_once()

    reasons = [notices(council, "digest", subject)[0].reason for subject in (1, 3)]
    assert reasons == ["not installed (BotNotInConversationRoster)", "uninstalled"]
    assert len(post.calls) == 2


async def test_a_kind_that_no_channel_has_a_card_for_is_dead(council: Council, courier: Courier) -> None:
    with council.write() as work:
        _queue(work, _channel(work), kind="audit_allocated")

    await courier.drain_once()

    (notice,) = notices(council, "audit_allocated", 1)
    assert notice.state == "dead"


def _channel(work: Work) -> int:
    work.reach.keep_channel(
        conversation_id=CHANNEL,
        team_ref="team",
        name="QA Group",
        service_url=SERVICE_URL,
        tenant_id=TENANT,
        bot_id="28:plumbline",
        now=NOW,
    )
    return int(work.reach.channels()[0]["id"])


def _queue(work: Work, channel: int, *, subject_id: int = 1, kind: str = "digest") -> bool:
    return work.notices.queue(kind=kind, subject_id=subject_id, person_id=None, channel_id=channel, now=NOW)
