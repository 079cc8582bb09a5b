"""What people ask and press in the QA Group's channel, over HTTP and back."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.asking import clock
from cards.payloads import ShowMyAudits, unpack
from cards.payloads_digest import ShowDigest
from cards.payloads_round import ShowRound
from domain.days import local_day, month_number
from domain.governance import ActivityKind
from storage.tables import trail
from tests.bot.channels import CHANNEL, TEAM, in_team
from tests.builders import Staff, a_submitted_audit, reachable, staff
from tests.chat import buttons, text
from tests.doubles import activities
from tests.doubles.entra import TENANT
from tests.doubles.service import Caller, Service
from tests.governance import an_item
from workflows.digest_posts import WEEKLY

MESSAGE = "application/vnd.microsoft.activity.message"


@pytest.fixture
def people(service: Service) -> Staff:
    """Seven audits came in from this month's round."""
    now = clock()
    with service.council.write() as work:
        some = staff(work)
        everybody = (some.qa_officer, some.ad_qa, some.auditor, some.practitioner)
        reachable(work, *everybody, service_url=service.teams.service_url)
        for place in range(7):
            given: dict[str, Any] = {"reference": f"CF-30{place}", "now": now, "month": month()}
            a_submitted_audit(work, service.council, some, **given)
        return some


def month() -> date:
    return local_day(clock()).replace(day=1)


@pytest.fixture
def quinn(service: Service, people: Staff) -> Caller:
    """Of the QA office."""
    return service.caller(people.qa_officer)


@pytest.fixture
def dale(service: Service, people: Staff) -> Caller:
    """Sits on the QA Group."""
    return service.caller(people.ad_qa)


@pytest.fixture
def alex(service: Service, people: Staff) -> Caller:
    """An auditor, who does not."""
    return service.caller(people.auditor)


def read(card: dict[str, Any]) -> str:
    """Its text, a name and its number in one line."""
    return text(card).replace(": \n", ": ")


async def asks(caller: Caller, said: str, **changes: Any) -> str:
    """The text of what a mention gets."""
    before = len(caller.service.teams.sent(TEAM["id"]))
    mention = f"<at>Plumbline</at> {said}"
    await caller.sends(in_team(caller, activities.message, mention, **changes))
    answers = caller.service.teams.sent(TEAM["id"])[before:]
    assert len(answers) == 1
    return read(answers[0].card or {})


async def presses(caller: Caller, payload: Any) -> Any:
    _, answer = await caller.sends(in_team(caller, activities.press, payload.pack()))
    return answer


def refusals(service: Service) -> int:
    counted = sa.select(sa.func.count()).where(trail.c.verb == "was refused")
    with service.council.database.engine.connect() as connection:
        return int(connection.execute(counted).scalar_one())


@pytest.fixture
async def chosen(quinn: Caller) -> None:
    said = await asks(quinn, "use this channel")
    assert "the QA Group's digest comes here" in said


@pytest.mark.usefixtures("chosen")
@pytest.mark.rule("OG-03", "OG-06")
async def test_members_are_answered_in_numbers_in_the_thread(dale: Caller) -> None:
    status = await asks(dale, "Status?")
    due = await asks(dale, "what’s due")
    log = await asks(dale, "learning log")
    puzzled = await asks(dale, "sing a song")

    assert "round stands" in status
    assert "Submitted: 7 of 7 (100%)" in status
    assert "What is due in" in due
    assert "learning log" in log
    assert "I do not know that here" in puzzled
    assert "“status”" in puzzled
    assert "I do not know" not in await asks(dale, "help")
    for said in (status, due, log):
        assert not any(word in said for word in ("CF-30", "Alex", "Perry", "Conifers"))


@pytest.mark.usefixtures("chosen")
async def test_somebody_who_does_not_sit_on_the_group_is_refused_and_the_trail_keeps_it(
    service: Service, alex: Caller
) -> None:
    said = await asks(alex, "status")

    assert "for members of the QA Group" in said
    assert "type “my audits”" in said
    assert "7" not in said
    assert refusals(service) == 1
    # A note without buttons: they would lead to somebody's own audits.
    assert buttons(service.teams.sent(TEAM["id"])[-1].card or {}) == []


async def test_only_the_office_chooses_and_elsewhere_nothing_is_told(
    service: Service, alex: Caller, quinn: Caller, dale: Caller
) -> None:
    assert "Only the QA office chooses" in await asks(alex, "use this channel")
    assert "in your own chat with me" in await asks(dale, "status")
    await asks(quinn, "use this channel")
    other = {"tenant": {"id": TENANT}, "team": TEAM, "channel": {"id": "19:other@thread.tacv2"}}

    await dale.sends(dale.activity(activities.message, "status", conversation=CHANNEL, channelData=other))

    assert "in your own chat with me" in text(service.teams.sent(TEAM["id"])[-1].card or {})


@pytest.mark.usefixtures("chosen")
async def test_a_press_in_the_channel_sends_the_part_to_the_own_chat_and_leaves_the_post_alone(
    service: Service, dale: Caller, people: Staff
) -> None:
    answer = await presses(dale, ShowDigest(month_number(month()), "grades"))

    assert answer == {"statusCode": 200, "type": MESSAGE, "value": "I have sent it to your own chat with me."}
    (sent,) = await service.cards_for(people.ad_qa)
    assert "Grades: the" in text(sent.card or {})
    # A phone draws no chart, so a picture came with it.
    assert "data:image/png;base64," in json.dumps(sent.card)


@pytest.mark.usefixtures("chosen")
@pytest.mark.rule("OG-07")
async def test_the_rest_of_a_long_plan_comes_to_the_own_chat(
    service: Service, dale: Caller, alex: Caller, people: Staff
) -> None:
    today = local_day(clock())
    with service.council.write() as work:
        for place in range(20):
            on = today + timedelta(days=1 + place)
            an_item(work, title=f"Visit {place:02}", kind=ActivityKind.DIP, starts_on=on, ends_on=on)

    await asks(dale, "forward plan")
    there = service.teams.sent(TEAM["id"])[-1].card or {}
    (rest,) = [data for title, data in buttons(there) if title.startswith("Show")]
    payload, _ = unpack(rest)
    answer = await presses(dale, payload)
    refused = await presses(alex, payload)

    assert answer["value"] == "I have sent it to your own chat with me."
    (sent,) = await service.cards_for(people.ad_qa)
    assert "Visit 19" in read(sent.card or {})
    assert "Visit 19" not in read(there)
    assert "for members of the QA Group" in refused["value"]


@pytest.mark.usefixtures("chosen")
@pytest.mark.rule("OG-03")
async def test_the_digest_typed_for_in_the_own_chat_has_the_channels_picture(
    service: Service, dale: Caller, people: Staff
) -> None:
    card = await dale.types("digest")

    assert "data:image/png;base64," in json.dumps(card)


@pytest.mark.usefixtures("chosen")
async def test_a_press_by_somebody_else_gets_a_word_that_only_they_see(
    service: Service, alex: Caller, people: Staff
) -> None:
    before = len(service.teams.sent(TEAM["id"]))

    answer = await presses(alex, ShowDigest(month_number(month()), "grades"))

    assert (answer["statusCode"], answer["type"]) == (200, MESSAGE)
    assert "for members of the QA Group" in answer["value"]
    with service.council.read() as view:
        assert view.notices.of("digest_grades", month_number(month())) == ()
    assert service.teams.sent(TEAM["id"])[before:] == []


@pytest.mark.usefixtures("chosen")
@pytest.mark.parametrize("payload", [ShowMyAudits(), ShowRound(1, "progress", 0)])
async def test_any_other_press_there_shows_nothing(quinn: Caller, payload: Any) -> None:
    answer = await presses(quinn, payload)

    assert "in your own chat with me" in text(answer["value"])


@pytest.mark.usefixtures("chosen")
@pytest.mark.parametrize("payload", [ShowDigest(190001, "grades"), ShowDigest(202605, "secrets")])
async def test_a_press_changed_by_hand_comes_to_nothing(dale: Caller, payload: Any) -> None:
    answer = await presses(dale, payload)

    assert answer["type"] == MESSAGE
    assert "older card" in answer["value"]


@pytest.mark.usefixtures("chosen")
async def test_a_press_of_an_old_client_is_answered_by_a_word_in_the_thread(
    service: Service, dale: Caller, people: Staff
) -> None:
    before = len(service.teams.sent(TEAM["id"]))
    payload = ShowDigest(month_number(month()), "voices")

    await dale.sends(in_team(dale, activities.submit, payload.pack(), replyToId="1:there"))

    (said,) = service.teams.sent(TEAM["id"])[before:]
    assert "sent it to your own chat" in text(said.card or {})
    (sent,) = await service.cards_for(people.ad_qa)
    assert "Voices: the" in text(sent.card or {})


@pytest.mark.usefixtures("chosen")
async def test_the_first_post_comes_at_once_and_is_edited_in_its_thread(
    service: Service, people: Staff
) -> None:
    now = clock()
    today = local_day(now)
    monday = today - timedelta(days=today.weekday())
    subject = monday.year * 10_000 + monday.month * 100 + monday.day
    (created,) = await service.teams.wait_for(1, verb="create")
    channel = await service.eventually(lambda: posted(service, subject))
    with service.council.write() as work:
        a_submitted_audit(work, service.council, people, reference="CF-399", now=now, month=month())
        work.notices.queue(
            kind=WEEKLY,
            subject_id=subject,
            person_id=None,
            channel_id=channel,
            medium="update",
            again="now",
            now=now,
        )
    service.running.courier.nudge()
    # The QA office's own card of the day's audits is edited as well.
    (edited,) = await service.eventually(
        lambda: [
            one
            for one in service.teams.arrived
            if one.verb == "update" and ";messageid=" in one.conversation_id
        ]
    )

    assert created.body["channelData"]["channel"]["id"] == TEAM["id"]
    assert "Submitted: 7 of 7" in _shown(created.body["activity"])
    assert edited.conversation_id.startswith(f"{TEAM['id']};messageid=")
    assert "Submitted: 8 of 8" in _shown(edited.body)


def posted(service: Service, subject: int) -> int:
    """The number of the channel once the post stands there; 0 before."""
    with service.council.read() as view:
        chosen = view.switches.qa_channel()
        assert chosen is not None
        stands = view.channel_posts.get(chosen.channel_id, WEEKLY, subject)
    return chosen.channel_id if stands else 0


def _shown(activity: dict[str, Any]) -> str:
    return read(activity["attachments"][0]["content"])


async def test_somebody_nobody_knows_is_told_so(service: Service, people: Staff, quinn: Caller) -> None:
    await asks(quinn, "use this channel")
    stranger = Caller(service, "directory-of-nobody", "29:nobody", "chat-of-nobody")
    stranger.known_as("nobody@exampleshire.example")

    said = await asks(stranger, "status")

    assert "I do not know you yet" in said
