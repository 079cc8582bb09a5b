"""The QA Group's channel, for tests of what is posted and asked there."""

from datetime import datetime

from storage.work import Work
from tests.builders import NOW, SERVICE_URL, TENANT
from workflows.council import Council
from workflows.places import ChannelPlace
from workflows.qa_channel import choose

CHANNEL = "19:qa@thread.tacv2"
PLACE = ChannelPlace(CHANNEL, "19:team@thread.tacv2", "QA Group", SERVICE_URL, TENANT, "28:plumbline")


def a_qa_channel(work: Work, council: Council, *, weekly: bool = True, now: datetime = NOW) -> int:
    """The channel, kept and chosen; returns its number."""
    work.reach.keep_channel(
        conversation_id=PLACE.conversation_id,
        team_ref=PLACE.team_ref,
        name=PLACE.name,
        service_url=PLACE.service_url,
        tenant_id=PLACE.tenant_id,
        bot_id=PLACE.bot_id,
        now=now,
    )
    number = work.reach.channel_of(CHANNEL)
    assert number is not None
    choose(work, council, by=None, channel_id=number, weekly=weekly, now=now)
    return number
