"""Mail through Graph: from one mailbox, at Exchange's pace, each answer read for what it means."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import aiohttp
import pytest

from bot.asking import clock
from bot.edge import credentials
from bot.graph import Graph
from bot.mail import FolderMailer, SmtpMailer
from bot.mail_graph import AT_ONCE, LARGEST_FILES_BYTES, GraphMailer, SharedMailPace
from bot.mail_opening import open_mailer
from bot.settings import Settings
from domain.delivery import Failed, Gone, Outcome, Sent, Throttled
from domain.mail_pacing import MailLimits
from scheduler.ports import Attachment, Mail
from tests.builders import NOW, an_accepted_audit, staff
from tests.doubles.connector import Fault, TeamsConnector
from tests.doubles.door import FixedToken
from tests.doubles.entra import Entra
from tests.doubles.graph import MAILBOX, GraphDouble, running_graph
from tests.doubles.service import EntraForMsal, open_service
from tests.doubles.settings import demo_settings, signed_in_settings
from workflows.council import Council
from workflows.safety import raise_alert

WAITING = Mail(
    to="alex.auditor@exampleshire.example",
    subject="Something waits for you in Plumbline",
    body="Please open Teams.\n",
    message_id="notice-9@plumbline.invalid",
)
SAFETY = replace(WAITING, subject="Safety alert: please open Teams now", urgent=True)


@dataclass
class Pace:
    """A pace that says what the test wants and remembers."""

    waits: list[float] = field(default_factory=list)
    asked: list[bool] = field(default_factory=list)
    paused: list[float] = field(default_factory=list)
    fault: Exception | None = None

    async def wait_seconds(self, *, urgent: bool) -> float:
        if self.fault is not None:
            raise self.fault
        self.asked.append(urgent)
        return self.waits.pop(0) if self.waits else 0.0

    async def pause(self, seconds: float) -> None:
        self.paused.append(seconds)


@pytest.fixture
async def graph() -> AsyncIterator[GraphDouble]:
    async with running_graph() as running:
        yield running


@pytest.fixture
def pace() -> Pace:
    return Pace()


@pytest.fixture
async def mailer(graph: GraphDouble, pace: Pace) -> AsyncIterator[GraphMailer]:
    async with aiohttp.ClientSession() as http:
        client = Graph(http, FixedToken(), graph.url, timeout=aiohttp.ClientTimeout(total=0.5))
        yield GraphMailer(client, MAILBOX, pace)


async def test_a_mail_leaves_from_the_shared_mailbox_and_no_copy_stays_there(
    mailer: GraphMailer, graph: GraphDouble
) -> None:
    outcome = await mailer.send(WAITING)

    (mail,) = graph.mails
    message = mail.body["message"]
    assert outcome == Sent(WAITING.message_id)
    assert (mail.who, mail.to, message["subject"]) == (MAILBOX, WAITING.to, WAITING.subject)
    assert message["body"] == {"contentType": "Text", "content": WAITING.body}
    assert mail.body["saveToSentItems"] is False
    headers = {header["name"]: header["value"] for header in message["internetMessageHeaders"]}
    assert headers["x-plumbline-notice"] == WAITING.message_id
    assert "from" not in message
    assert "attachments" not in message


async def test_files_go_with_a_mail_up_to_what_graph_takes(mailer: GraphMailer, graph: GraphDouble) -> None:
    half = b"x" * (LARGEST_FILES_BYTES // 2)
    files = tuple(Attachment(f"part {n}.docx", "application/octet-stream", half) for n in (1, 2))

    fits = await mailer.send(replace(WAITING, attachments=files))
    over = await mailer.send(
        replace(WAITING, attachments=(*files, Attachment("one.txt", "text/plain", b"x")))
    )

    assert fits == Sent(WAITING.message_id)
    assert over == Failed(0, retryable=False, reason="files_over_3_mb")
    assert [mail.files for mail in graph.mails] == [{"part 1.docx": half, "part 2.docx": half}]


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault(429, headers={"Retry-After": "17"}), Throttled(17.0)),
        (Fault(429), Throttled(None)),
        (Fault(503, headers={"Retry-After": "5"}), Throttled(5.0)),
        (Fault(503, "ServiceUnavailable"), Failed(503, retryable=True, reason="ServiceUnavailable")),
        (
            Fault(504, "GatewayTimeout"),
            Failed(504, retryable=True, reason="GatewayTimeout", uncertain=True),
        ),
        (Fault(502, "BadGateway"), Failed(502, retryable=True, reason="BadGateway", uncertain=True)),
        (Fault(500, "InternalServerError"), Failed(500, retryable=False, reason="InternalServerError")),
        (Fault(hang=True), Failed(0, retryable=True, reason="timeout", uncertain=True)),
        (Fault(drop=True), Failed(0, retryable=True, reason="connection_lost", uncertain=True)),
        (Fault(400, "ErrorInvalidRecipients"), Gone()),
        (Fault(400, "BadRequest"), Failed(400, retryable=False, reason="BadRequest")),
        (Fault(403, "ErrorAccessDenied"), Failed(403, retryable=True, reason="mailbox_not_allowed")),
        (Fault(404, "ErrorInvalidUser"), Failed(404, retryable=True, reason="no_such_mailbox")),
        (Fault(413, "TooLarge"), Failed(413, retryable=False, reason="TooLarge")),
        (
            Fault(302, headers={"Location": "https://elsewhere.example/"}),
            Failed(302, retryable=False, reason="Error"),
        ),
    ],
    ids=lambda value: f"{value.status} {value.headers}" if isinstance(value, Fault) else "",
)
async def test_each_answer_says_whether_trying_again_makes_sense(
    mailer: GraphMailer, graph: GraphDouble, fault: Fault, outcome: Outcome
) -> None:
    graph.fail_next(fault)

    assert await mailer.send(WAITING) == outcome


async def test_a_refused_token_is_renewed_once_and_the_mail_goes(
    mailer: GraphMailer, graph: GraphDouble
) -> None:
    graph.token = "newer-bot-token"

    outcome = await mailer.send(WAITING)

    assert outcome == Sent(WAITING.message_id)
    assert [asked.authorization for asked in graph.asked] == ["Bearer bot-token", "Bearer newer-bot-token"]


async def test_a_token_that_stays_refused_is_tried_again_later(
    mailer: GraphMailer, graph: GraphDouble
) -> None:
    graph.token = "another"

    assert await mailer.send(WAITING) == Failed(401, retryable=True, reason="mail_sign_in_refused")
    assert len(graph.asked) == 2


async def test_being_told_to_wait_pauses_the_mailbox_for_everyone(
    mailer: GraphMailer, graph: GraphDouble, pace: Pace
) -> None:
    graph.fail_next(Fault(429, headers={"Retry-After": "40"}))

    await mailer.send(WAITING)

    assert pace.paused == [40.0]


async def test_without_room_graph_is_not_even_asked(
    mailer: GraphMailer, graph: GraphDouble, pace: Pace
) -> None:
    pace.waits = [12.5]

    assert await mailer.send(WAITING) == Throttled(12.5, ours=True)
    assert graph.asked == []


@pytest.mark.rule("SG-02")
async def test_a_safety_alert_asks_for_the_room_kept_for_alerts(mailer: GraphMailer, pace: Pace) -> None:
    await mailer.send(WAITING)
    await mailer.send(SAFETY)

    assert pace.asked == [False, True]


async def test_a_database_that_is_busy_leaves_no_doubt_about_the_mail(
    mailer: GraphMailer, graph: GraphDouble, pace: Pace
) -> None:
    pace.fault = TimeoutError()

    assert await mailer.send(WAITING) == Failed(0, retryable=True, reason="TimeoutError")
    assert graph.asked == []


async def test_outlook_is_never_asked_for_more_at_once_than_it_takes(
    mailer: GraphMailer, graph: GraphDouble
) -> None:
    graph.pause_seconds = 0.02

    outcomes = await asyncio.gather(*(mailer.send(WAITING) for _ in range(9)))

    assert outcomes == [Sent(WAITING.message_id)] * 9
    assert graph.most_at_once == AT_ONCE


@pytest.mark.parametrize(
    "changed",
    [
        {"to": "a@b.example\r\nBcc: all@b.example"},
        {"subject": "two\nlines"},
        {"to": ""},
        {"attachments": (Attachment("a\n.ics", "text/calendar", b""),)},
    ],
    ids=["address", "subject", "nobody", "file"],
)
async def test_a_line_break_where_none_belongs_is_not_sent(
    mailer: GraphMailer, graph: GraphDouble, changed: dict[str, object]
) -> None:
    sly = replace(WAITING, **changed)  # type: ignore[arg-type]

    assert await mailer.send(sly) == Failed(0, retryable=False, reason="unwritable_mail")
    assert graph.asked == []


async def test_an_id_cannot_climb_out_of_its_place_in_the_address(graph: GraphDouble) -> None:
    async with aiohttp.ClientSession() as http:
        client = Graph(http, FixedToken(), graph.url)
        for sly in ("..", "../../other", "a/../b", "x?y=z"):
            await client.post(("users", sly, "sendMail"), {"message": {"toRecipients": []}})

    assert {asked.what for asked in graph.asked} <= {"sendMail"}
    assert [asked.who for asked in graph.asked] == ["..", "../../other", "a/../b", "x?y=z"]


async def test_the_pace_in_the_database_is_obeyed_by_every_process_together(
    council: Council, graph: GraphDouble
) -> None:
    limits = MailLimits(per_minute=10, per_day=1000)
    async with aiohttp.ClientSession() as http:
        client = Graph(http, FixedToken(), graph.url)
        mailers = [
            GraphMailer(client, MAILBOX, SharedMailPace(council, MAILBOX, limits, clock=lambda: NOW))
            for _ in range(3)
        ]

        outcomes = [await mailers[number % 3].send(WAITING) for number in range(12)]

    assert outcomes.count(Sent(WAITING.message_id)) == 8
    assert all(isinstance(outcome, Throttled) and outcome.ours for outcome in outcomes[8:])
    assert len(graph.mails) == 8


async def test_the_settings_choose_the_mailer(council: Council, entra: Entra, graph: GraphDouble) -> None:
    by_server = demo_settings(mail="smtp", smtp_host="mail.exampleshire.example")
    by_graph = signed_in_settings(entra, mail="graph", graph_mailbox=MAILBOX, graph_url=graph.url)

    async with (
        open_mailer(demo_settings(), council) as folder,
        open_mailer(by_server, council) as smtp,
        open_mailer(by_graph, council, tokens=FixedToken()) as graph_mailer,
    ):
        assert isinstance(folder, FolderMailer)
        assert isinstance(smtp, SmtpMailer)
        assert isinstance(graph_mailer, GraphMailer)
        assert await graph_mailer.send(WAITING) == Sent(WAITING.message_id)


async def test_graphs_token_is_asked_for_graphs_own_scope_once(
    council: Council, entra: Entra, graph: GraphDouble, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    acquire = credentials.acquire_token
    monkeypatch.setattr(
        credentials,
        "acquire_token",
        lambda settings, **given: acquire(settings, EntraForMsal(entra), **given),
    )
    chosen = signed_in_settings(entra, mail="graph", graph_mailbox=MAILBOX, graph_url=graph.url)

    async with open_mailer(chosen, council) as mailer:
        await asyncio.gather(*(mailer.send(WAITING) for _ in range(4)))

    assert len(graph.mails) == 4
    assert [asked["scope"] for asked in entra.token_requests] == [f"{graph.url}/.default"]


@pytest.mark.rule("SG-02")
async def test_the_running_process_mails_a_safety_alert_through_graph(
    settings: Settings, entra: Entra, teams: TeamsConnector, graph: GraphDouble
) -> None:
    chosen = settings.model_copy(
        update={"mail": "graph", "graph_mailbox": MAILBOX, "graph_url": graph.url, "smtp_host": None}
    )

    async with open_service(chosen, entra, teams) as service:
        with service.council.write() as work:
            people = staff(work)
            audit = an_accepted_audit(work, people)
            raise_alert(
                work,
                service.council,
                by=people.auditor,
                audit_id=audit.id,
                concern="The child said she is frightened.",
                now=clock(),
            )
        service.running.courier.nudge()
        await service.eventually(lambda: len(graph.mails) >= 3)

    told = {mail.to for mail in graph.mails if "Safety alert" in mail.body["message"]["subject"]}
    assert told == {people.team_manager.email, people.service_manager.email, people.cover.email}
    assert "frightened" not in str([mail.body for mail in graph.mails])
    assert "CF-1001" not in str([mail.body for mail in graph.mails])
    assert {asked["scope"] for asked in entra.token_requests} >= {f"{graph.url}/.default"}
