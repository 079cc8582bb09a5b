"""What becomes of everything the bot sends, one named outcome each."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.edge.connector import Connector
from bot.edge.credentials import CredentialsUnavailable, NoToken
from bot.edge.hosts import HostList
from bot.edge.outcomes import (
    Blocked,
    Created,
    Failed,
    Gone,
    Member,
    NotInstalled,
    Outcome,
    Sent,
    Throttled,
)
from bot.edge.references import ConversationRef
from scheduler.seating import NotNow
from tests.doubles.connector import Fault, KnownMember, TeamsConnector, running_connector
from tests.doubles.door import FixedToken

MESSAGE = {"type": "message", "text": "Your audit is due on Friday"}


@pytest.fixture
def tokens() -> FixedToken:
    return FixedToken()


@pytest.fixture
async def connector(tokens: FixedToken) -> AsyncIterator[Connector]:
    timeout = aiohttp.ClientTimeout(total=1.0)
    async with aiohttp.ClientSession() as http:
        yield Connector(http, tokens, HostList(("127.0.0.1",)), timeout=timeout)


def _ref(teams: TeamsConnector, conversation_id: str = "a:1") -> ConversationRef:
    return ConversationRef(
        teams.service_url, conversation_id, "tenant", bot_id="28:bot", user_id="29:x", kind="personal"
    )


async def test_a_message_is_sent_with_its_id(connector: Connector, teams: TeamsConnector) -> None:
    outcome = await connector.send(_ref(teams), MESSAGE)

    assert isinstance(outcome, Sent)
    assert teams.posts[outcome.id] == {
        **MESSAGE,
        "conversation": {"id": "a:1"},
        "from": {"id": "28:bot"},
        "recipient": {"id": "29:x"},
    }
    assert teams.arrived[0].authorization == "Bearer bot-token"


async def test_a_message_can_stand_under_another_one(connector: Connector, teams: TeamsConnector) -> None:
    await connector.send(_ref(teams), MESSAGE, reply_to="1:9")

    assert (teams.arrived[0].verb, teams.arrived[0].activity_id) == ("reply", "1:9")


async def test_a_posted_copy_is_replaced(connector: Connector, teams: TeamsConnector) -> None:
    sent = await connector.send(_ref(teams), MESSAGE)
    assert isinstance(sent, Sent)

    outcome = await connector.update(_ref(teams), sent.id, {"type": "message", "text": "Submitted"})

    assert outcome == Sent(sent.id)
    assert teams.posts[sent.id]["text"] == "Submitted"


async def test_a_posted_copy_is_taken_away(connector: Connector, teams: TeamsConnector) -> None:
    sent = await connector.send(_ref(teams), MESSAGE)
    assert isinstance(sent, Sent)

    assert await connector.delete(_ref(teams), sent.id) == Sent(sent.id)
    assert teams.posts == {}


async def test_updating_what_is_no_longer_there_says_so(connector: Connector, teams: TeamsConnector) -> None:
    assert await connector.update(_ref(teams), "1:404", MESSAGE) == Gone()


async def test_a_person_always_gets_the_same_conversation(
    connector: Connector, teams: TeamsConnector
) -> None:
    teams.know(KnownMember("29:x", "dir-1", "x@council.example"))
    options = {"bot_id": "28:bot", "tenant_id": "tenant"}

    by_directory = await connector.create_conversation(teams.service_url, member_id="dir-1", **options)
    by_teams_id = await connector.create_conversation(teams.service_url, member_id="29:x", **options)

    assert by_directory == by_teams_id == Created("a:29:x")
    assert teams.arrived[0].body["channelData"] == {"tenant": {"id": "tenant"}}
    assert teams.arrived[0].body["isGroup"] is False


async def test_a_channel_post_opens_a_thread(connector: Connector, teams: TeamsConnector) -> None:
    outcome = await connector.create_post(
        teams.service_url, bot_id="28:bot", tenant_id="t", channel_id="19:qa@thread.tacv2", activity=MESSAGE
    )

    assert isinstance(outcome, Created)
    assert outcome.conversation_id.startswith("19:qa@thread.tacv2;messageid=")
    assert teams.posts[outcome.activity_id] == MESSAGE


async def test_a_member_comes_with_e_mail_and_principal_name(
    connector: Connector, teams: TeamsConnector
) -> None:
    teams.know(KnownMember("29:x", "dir-1", "x@council.example", upn="x1@council.example", tenant_id="t"))

    found = await connector.member(_ref(teams), "29:x")

    assert found == Member("29:x", "dir-1", "x@council.example", "x1@council.example", "Somebody", "t")


async def test_an_unknown_member_is_gone(connector: Connector, teams: TeamsConnector) -> None:
    assert await connector.member(_ref(teams), "29:nobody") == Gone()


async def test_members_come_page_after_page(connector: Connector, teams: TeamsConnector) -> None:
    teams.page_size = 2
    for n in range(5):
        teams.know(KnownMember(f"29:{n}", f"dir-{n}", f"{n}@council.example"))

    found = await connector.members(_ref(teams))

    assert isinstance(found, tuple)
    assert [member.id for member in found] == ["29:0", "29:1", "29:2", "29:3", "29:4"]
    assert len(teams.arrived) == 3


WRITES_BLOCKED = {"errorCode": 209, "message": '{\r\n "subCode": "MessageWritesBlocked"}'}

FAULTS: dict[str, tuple[Fault, Outcome]] = {
    "throttled with a wait": (Fault(429, headers={"Retry-After": "7"}), Throttled(7.0)),
    "throttled without a wait": (Fault(429), Throttled(None)),
    "blocked by an administrator": (Fault(403, code="BotDisabledByAdmin"), Blocked("BotDisabledByAdmin")),
    "blocked by the person": (
        Fault(403, code="ConversationBlockedByUser"),
        Blocked("ConversationBlockedByUser"),
    ),
    "writes blocked, as a sub code": (
        Fault(403, body={"errorCode": 209, "subCode": "MessageWritesBlocked"}),
        Blocked("MessageWritesBlocked"),
    ),
    "writes blocked, inside the text": (Fault(403, body=WRITES_BLOCKED), Blocked("MessageWritesBlocked")),
    "writes blocked, inside the error's text": (
        Fault(403, body={"error": {"code": "Forbidden", "message": WRITES_BLOCKED["message"]}}),
        Blocked("MessageWritesBlocked"),
    ),
    "not in the roster": (
        Fault(403, code="BotNotInConversationRoster"),
        NotInstalled("BotNotInConversationRoster"),
    ),
    "not installed for the person": (
        Fault(403, code="ForbiddenOperationException"),
        NotInstalled("ForbiddenOperationException"),
    ),
    "wrong cloud": (Fault(403, code="InvalidBotApiHost"), Failed(403, False, "InvalidBotApiHost")),
    "forbidden without a word": (Fault(403, body=""), Failed(403, False, "status_403")),
    "not found": (Fault(404, code="ConversationNotFound"), Gone()),
    "gone": (Fault(410), Gone()),
    "too big": (Fault(413, code="MessageSizeTooBig"), Failed(413, False, "MessageSizeTooBig")),
    "bad syntax": (Fault(400, code="BadSyntax"), Failed(400, False, "BadSyntax")),
    "conflict to retry": (Fault(412, code="PreconditionFailed"), Failed(412, True, "PreconditionFailed")),
    "500 is not retried": (Fault(500, code="ServiceError"), Failed(500, False, "ServiceError")),
    "502": (Fault(502, body="<html>"), Failed(502, True, "status_502", uncertain=True)),
    "503": (Fault(503, body="[1]"), Failed(503, True, "status_503")),
    "504": (Fault(504, body={"error": "text"}), Failed(504, True, "status_504", uncertain=True)),
    "no answer in time": (Fault(hang=True), Failed(0, True, "timeout", uncertain=True)),
    "connection lost": (Fault(drop=True), Failed(0, True, "connection_lost", uncertain=True)),
}


@pytest.mark.parametrize(("fault", "outcome"), FAULTS.values(), ids=FAULTS.keys())
async def test_each_fault_has_its_outcome_and_is_not_repeated(
    connector: Connector, teams: TeamsConnector, fault: Fault, outcome: Outcome
) -> None:
    teams.fail_next(fault)

    assert await connector.send(_ref(teams), MESSAGE) == outcome
    assert len(teams.arrived) == 1


async def test_a_refused_token_is_dropped_and_tried_once_more(
    connector: Connector, teams: TeamsConnector, tokens: FixedToken
) -> None:
    teams.fail_next(Fault(401))

    outcome = await connector.send(_ref(teams), MESSAGE)

    assert isinstance(outcome, Sent)
    assert [a.authorization for a in teams.arrived] == ["Bearer bot-token", "Bearer newer-bot-token"]


async def test_what_a_second_token_does_not_open_either_is_not_delivered_and_may_be_tried_later(
    connector: Connector, teams: TeamsConnector
) -> None:
    teams.fail_next(Fault(401, code="BotNotRegistered"), Fault(401, code="BotNotRegistered"))

    assert await connector.send(_ref(teams), MESSAGE) == Failed(401, True, "BotNotRegistered")
    assert len(teams.arrived) == 2


async def test_redirects_are_not_followed_and_no_token_reaches_another_host(
    connector: Connector, teams: TeamsConnector
) -> None:
    async with running_connector() as elsewhere:
        target = f"{elsewhere.service_url}v3/conversations/a:1/activities"
        teams.fail_next(*(Fault(status, headers={"Location": target}) for status in (302, 307, 308)))

        outcomes = [await connector.send(_ref(teams), MESSAGE) for _ in range(3)]

        assert outcomes == [Failed(status, False, "redirected") for status in (302, 307, 308)]
        assert elsewhere.arrived == []


async def test_nothing_is_sent_to_a_host_outside_the_list(tokens: FixedToken, teams: TeamsConnector) -> None:
    async with aiohttp.ClientSession() as http:
        connector = Connector(http, tokens, HostList(("smba.trafficmanager.net",)))

        outcomes = [
            await connector.send(_ref(teams), MESSAGE),
            await connector.update(_ref(teams), "1:1", MESSAGE),
            await connector.create_conversation(teams.service_url, bot_id="b", tenant_id="t", member_id="m"),
            await connector.members(_ref(teams)),
        ]

    assert outcomes == [Failed(0, False, "service_url_not_allowed")] * 4
    assert teams.arrived == []


@pytest.mark.parametrize(
    "conversation_id", ["../../admin", "a/b?c=d#e", "..", "%2e%2e/x", "19:a@b;messageid=1"]
)
async def test_ids_cannot_leave_their_place_in_the_path(
    connector: Connector, teams: TeamsConnector, conversation_id: str
) -> None:
    outcome = await connector.send(_ref(teams, conversation_id), MESSAGE)

    (arrived,) = teams.arrived
    assert isinstance(outcome, Sent)
    assert arrived.conversation_id == conversation_id
    assert len(arrived.path.split("/")) == 6
    assert "?" not in arrived.path
    assert "/../" not in arrived.path


async def test_the_demo_sends_no_token(teams: TeamsConnector) -> None:
    async with aiohttp.ClientSession() as http:
        connector = Connector(http, NoToken(), HostList(("localhost", "127.0.0.1")))

        await connector.send(_ref(teams), MESSAGE)

    assert teams.arrived[0].authorization is None


async def test_nobody_listening_can_be_tried_again(connector: Connector) -> None:
    nowhere = ConversationRef("http://127.0.0.1:9/emea/", "a:1")

    assert await connector.send(nowhere, MESSAGE) == Failed(0, True, "no_connection")


class NoTokenToday(FixedToken):
    async def bearer(self) -> str | None:
        raise CredentialsUnavailable("invalid_client")


async def test_without_a_bot_token_nothing_is_sent(teams: TeamsConnector) -> None:
    async with aiohttp.ClientSession() as http:
        connector = Connector(http, NoTokenToday(), HostList(("127.0.0.1",)))

        outcome = await connector.send(_ref(teams), MESSAGE)

    assert outcome == Failed(0, True, "no_token")
    assert teams.arrived == []


class RecordingLane:
    """Lets everything through unless told otherwise, and remembers it."""

    def __init__(self) -> None:
        self.requests: list[tuple[str | None, str | None]] = []
        self.throttles: list[tuple[str | None, str, float | None]] = []
        self.full = False

    @asynccontextmanager
    async def request(self, tenant_id: str | None, posts_in: str | None) -> AsyncIterator[None]:
        if self.full:
            raise NotNow(9.0)
        self.requests.append((tenant_id, posts_in))
        yield

    async def throttled(
        self, tenant_id: str | None, conversation_id: str, wait_seconds: float | None
    ) -> None:
        self.throttles.append((tenant_id, conversation_id, wait_seconds))


async def test_every_request_waits_in_the_lane_and_only_posts_and_creations_count_for_a_conversation(
    connector: Connector, teams: TeamsConnector
) -> None:
    lane = RecordingLane()
    paced = connector.in_lane(lane)
    ref = ConversationRef(teams.service_url, "a:1", tenant_id="t")
    options = {"bot_id": "28:bot", "tenant_id": "t"}

    await paced.send(ref, MESSAGE)
    await paced.update(ref, "1:1", MESSAGE)
    await paced.delete(ref, "1:1")
    await paced.member(ref, "29:x")
    await paced.members(ref)
    await paced.create_conversation(teams.service_url, member_id="29:x", **options)
    await paced.create_post(teams.service_url, channel_id="19:qa", activity=MESSAGE, **options)

    posts_in = [conversation for _, conversation in lane.requests]
    assert posts_in == ["a:1", None, None, None, None, "new:29:x", "19:qa"]
    assert {tenant for tenant, _ in lane.requests} == {"t"}
    assert len(lane.requests) == len(teams.arrived)


async def test_a_second_try_with_a_new_token_waits_for_a_place_of_its_own(
    connector: Connector, teams: TeamsConnector
) -> None:
    lane = RecordingLane()
    teams.fail_next(Fault(401))

    await connector.in_lane(lane).send(_ref(teams), MESSAGE)

    assert len(lane.requests) == len(teams.arrived) == 2


async def test_the_lane_hears_when_teams_asks_to_wait(connector: Connector, teams: TeamsConnector) -> None:
    lane = RecordingLane()
    teams.fail_next(Fault(429, headers={"Retry-After": "7"}), Fault(429))

    await connector.in_lane(lane).send(_ref(teams), MESSAGE)
    await connector.in_lane(lane).update(_ref(teams), "1:1", MESSAGE)

    chat = _ref(teams).conversation_id
    assert lane.throttles == [("tenant", chat, 7.0), ("tenant", chat, None)]


async def test_without_room_nothing_is_sent_and_teams_is_not_blamed(
    connector: Connector, teams: TeamsConnector
) -> None:
    lane = RecordingLane()
    lane.full = True

    outcome = await connector.in_lane(lane).send(_ref(teams), MESSAGE)

    assert outcome == Throttled(9.0, ours=True)
    assert (teams.arrived, lane.throttles) == ([], [])
