"""A whole audit and every kind of fault with made-up secrets and names, and then a search for them.

Secrets: the client secret, the mail password, the trail key, our own token, a caller's token and a signed
download. Names: of people, of a case, and of what was typed. None may stand in the logs, the figures, what
the ledger keeps of a failure, or what a person reads when something broke.
"""

import asyncio
import gc
import io
import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from bot.asking import clock
from bot.cli import main
from bot.logs import set_up_logs
from bot.settings import Settings, load_settings
from domain.days import local_day
from storage.tables import notices, people
from tests.bot.audit_writing import onward, written
from tests.builders import Staff, a_case, an_allocated_audit, reachable, staff
from tests.dialogs.scripts import everything_stored
from tests.doubles import activities
from tests.doubles.connector import Fault
from tests.doubles.entra import Entra, new_key
from tests.doubles.files import FileHost
from tests.doubles.service import Service

NAME = "Canaria"
CASE = "CF-CANARY-77"
TYPED = "canarytyped"
SECRETS = {
    "client_secret": "canary-client-secret-4711",
    "smtp_password": "canary-mail-password-4711",
    "trail_key": "canary-trail-key-4711-of-more-than-thirty-two-bytes",
}
OWN_TOKEN = "canary-own-token-4711"
DOWNLOAD = "canary-download-4711"
CALLER = "canary-caller-4711"
CANARIES = (NAME, CASE, TYPED, *SECRETS.values(), OWN_TOKEN, DOWNLOAD, CALLER)


@dataclass
class Heard:
    """Everything the process said of itself."""

    log: io.StringIO = field(default_factory=io.StringIO)
    answers: list[str] = field(default_factory=list)

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.getvalue().splitlines()]


@pytest.fixture
def heard() -> Iterator[Heard]:
    """The logs as the product writes them; the root logger is put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    set_up_logs()
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    told = Heard()
    handler.setStream(told.log)
    yield told
    root.handlers, root.level = handlers, level


@pytest.fixture
def settings(settings: Settings, entra: Entra) -> Settings:
    entra.token_answer = {"access_token": OWN_TOKEN, "expires_in": 3600}
    secrets = {name: SecretStr(value) for name, value in SECRETS.items()}
    return settings.model_copy(update={**secrets, "smtp_user": "plumbline"})


def a_canary_council(service: Service) -> tuple[Staff, int]:
    """The staff renamed, everyone reachable, one audit to write."""
    now = clock()
    with service.council.write() as work:
        some = staff(work)
        work.people._connection.execute(sa.update(people).values(name=sa.literal(NAME + " ") + people.c.name))
        reachable(
            work,
            *(p for p in vars_of(some) if hasattr(p, "directory_id")),
            service_url=service.teams.service_url,
        )
        case = a_case(work, some, CASE)
        audit = an_allocated_audit(work, some, case=case, now=now, month=local_day(now).replace(day=1))
    service.running.courier.nudge()
    return some, audit.id


def vars_of(some: Staff) -> list[Any]:
    return [getattr(some, name) for name in some.__dataclass_fields__]


async def a_whole_audit(service: Service, some: Staff) -> None:
    """Accept, write every page, raise an alert, submit, comment and review."""
    alex = service.caller(some.auditor)
    card = await alex.presses("Open", await alex.types("my audits"))
    card = await alex.presses("Accept", card)
    form = await alex.presses("Raise a safety alert", card)
    await alex.presses("Send the alert now", form, concern=f"{TYPED} is not safe.")
    page = await alex.presses("Continue", await alex.presses("Open", await alex.types("my audits")))
    while title := onward(page):
        typed = {name: f"{text} {TYPED}" if " " in text else text for name, text in written(page).items()}
        page = await alex.presses(title, page, **typed)
    await alex.types(f"A line about {TYPED}.")
    await alex.presses("Submit and share", page)
    for reader, box in ((some.practitioner, "comment"), (some.team_manager, "review_reason")):
        caller = service.caller(reader)
        shared = await caller.presses("Read", await caller.types("my audits"))
        title = "Send" if box == "comment" else "Put forward"
        if box in json.dumps(shared):
            await press_any(caller, shared, title, {box: f"{TYPED} taught us something."})


async def press_any(caller: Any, card: Any, title: str, typed: dict[str, str]) -> None:
    from tests.chat import buttons

    data = next(d for t, d in buttons(card) if d["plumbline"]["verb"] in {"comment", "review"})
    await caller.sends(caller.activity(activities.press, {**data, **typed}))


def quoting(*_args: Any, **_kwargs: Any) -> None:
    """A fault that quotes what it was given, as a database's does."""
    raise sa.exc.IntegrityError(f"INSERT {TYPED} {CASE}", {"name": NAME}, ValueError(f"{NAME} {TYPED}"))


async def test_no_secret_and_no_name_reaches_what_the_process_says_of_itself(
    service: Service,
    settings: Settings,
    heard: Heard,
    file_host: FileHost,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    some, audit_id = a_canary_council(service)
    everyone = [p for p in vars_of(some) if hasattr(p, "directory_id")]
    service.teams.fail_next(
        Fault(
            500,
            body={"error": {"code": f"{NAME} {TYPED}", "message": f"{CASE} {TYPED} {OWN_TOKEN}"}},
            verb="send",
        ),
        Fault(403, code="ForbiddenOperationException", verb="send"),
        Fault(400, body=f"<html>{NAME} {TYPED} {OWN_TOKEN}</html>", verb="send"),
        Fault(404, body={"message": json.dumps({"subCode": f"{NAME} {TYPED}"})}, verb="send"),
        Fault(drop=True, verb="send"),
    )
    await a_whole_audit(service, some)
    await service.eventually(lambda: len(service.teams.sent()) > 8)

    await odd_callers(service, some, heard)
    await broken_lists(service, some, file_host, heard)
    await broken_turns(service, some, audit_id, heard, monkeypatch)
    await dead_letters(service, everyone, heard)
    figures = await self_descriptions(service)
    task = asyncio.get_running_loop().create_task(_fail())
    await asyncio.sleep(0.05)
    del task
    gc.collect()

    printed = capfd.readouterr()
    log = heard.log.getvalue()
    said = {
        "logs": log,
        "figures": figures,
        "standard output": printed.out,
        "standard error": printed.err,
        "answers": "\n".join(heard.answers),
        "settings": repr(settings),
        "ledger": kept_of_failures(service),
    }
    found = [(where, canary) for where, text in said.items() for canary in CANARIES if canary in text]
    assert found == []
    # Our token went to Teams with everything sent, and with no download.
    assert {arrived.authorization for arrived in service.teams.arrived} == {f"Bearer {OWN_TOKEN}"}
    assert file_host.fetched
    assert [f.name for f in file_host.fetched if f.authorization is not None] == []
    assert TYPED in everything_stored(service.council, "audit_pages")
    assert {"turn failed", "request refused"} <= {
        " ".join(line["event"].split()[:2]).rstrip(":") for line in heard.lines()
    }
    assert any("quote" in answer for answer in heard.answers)


async def odd_callers(service: Service, some: Staff, heard: Heard) -> None:
    """Forged tokens that carry names, bodies that are none, and an address elsewhere."""
    url = service.teams.service_url
    alex = service.caller(some.auditor)
    asked = alex.activity(activities.message, TYPED)
    forged = service.entra.token(url, key=new_key("forger"), headers={"kid": CALLER}, name=NAME)
    expired = service.entra.token(url, exp=1, upn=CALLER)
    for token, body in (
        (forged, asked),
        (expired, asked),
        (CALLER, asked),
        (CALLER * 3000, asked),
        (service.entra.token(url), {**asked, "serviceUrl": f"https://{CALLER}.example/"}),
        (service.entra.token(url), {**asked, "conversation": NAME}),
        (service.entra.token(url), {**asked, "channelId": NAME}),
    ):
        headers = {"Authorization": f"Bearer {token}"}
        async with service.http.post(service.url, json=body, headers=headers) as response:
            # What the HTTP server itself answers to a header without end goes to its sender alone.
            if response.status != 400 or len(token) < 10_000:
                heard.answers.append(await response.text())
    async with service.http.post(
        service.url, data=f'{{"{TYPED}"', headers=service.entra.authorization(url)
    ) as response:
        heard.answers.append(await response.text())


async def broken_lists(service: Service, some: Staff, files: FileHost, heard: Heard) -> None:
    """A download that fails, one that leads away, and one that is refused for what it holds."""
    quinn = service.caller(some.qa_officer)
    attachment = files.put("staff.csv", f"Name,E-mail\n{NAME},{TYPED}\n".encode())
    attachment["content"]["downloadUrl"] += DOWNLOAD
    for status, redirect in ((500, None), (200, f"https://{CALLER}.example/"), (200, None)):
        files.status, files.redirect_to = status, redirect
        await quinn.attaches(attachment)
    away = {
        **attachment,
        "content": {**attachment["content"], "downloadUrl": f"https://evil.example/{DOWNLOAD}"},
    }
    await quinn.attaches(away)


async def broken_turns(
    service: Service, some: Staff, audit_id: int, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Faults of ours that quote what they were given, through every door."""
    from cards.payloads import OpenOverview

    alex = service.caller(some.auditor)
    monkeypatch.setattr("dialogs.audit_presses.show_overview", quoting)
    monkeypatch.setattr("dialogs.typed.answer_typed", quoting)
    data = {**OpenOverview(audit_id).pack(), "note": TYPED}
    for activity in (
        alex.activity(activities.press, data),
        alex.activity(activities.dialog, "task/fetch", data),
        alex.activity(activities.dialog, "task/submit", data),
    ):
        heard.answers.append(json.dumps(await alex.sends(activity)))
    for activity in (alex.activity(activities.message, TYPED), alex.activity(activities.submit, data)):
        await alex.sends(activity)
        heard.answers += [json.dumps(answer.body) for answer in alex.answers()]


async def dead_letters(service: Service, everyone: list[Any], heard: Heard) -> None:
    """Cards that cannot be drawn, and a connector that refuses them in many words."""
    service.teams.fail_next(
        *(Fault(400, body={"error": {"code": NAME + " " + TYPED, "message": CASE}}) for _ in range(4))
    )
    with service.council.write() as work:
        for number, person in enumerate(everyone):
            work.notices.queue(
                kind="audit_allocated", subject_id=90_000 + number, person_id=person.id, now=clock()
            )
    service.running.courier.nudge()

    def settled() -> bool:
        with service.council.database.engine.connect() as connection:
            waiting = sa.select(sa.func.count()).where(notices.c.state == "claimed")
            return connection.execute(waiting).scalar_one() == 0

    await asyncio.sleep(0.3)
    await service.eventually(settled)


async def self_descriptions(service: Service) -> str:
    """Health and figures, wherever they are served."""
    addresses = [service.url.replace("/api/messages", path) for path in ("/health/live", "/health/ready")]
    if port := service.running.admin_port:
        addresses += [f"http://127.0.0.1:{port}{path}" for path in ("/metrics", "/health/ready")]
    texts = []
    for address in addresses:
        async with service.http.get(address) as response:
            texts.append(await response.text())
    assert any("plumbline_turns" in text for text in texts)
    return "\n".join(texts)


def kept_of_failures(service: Service) -> str:
    """What the ledger says of what was not simply sent."""
    with service.council.database.engine.connect() as connection:
        rows = connection.execute(sa.select(notices.c.state, notices.c.reason, notices.c.key)).all()
    assert [row for row in rows if row.reason]
    return "\n".join(map(repr, rows))


async def _fail() -> None:
    raise ValueError(f"{NAME} {TYPED} {OWN_TOKEN}")


@pytest.mark.parametrize("fault", [ValueError, OSError, RuntimeError])
def test_the_terminal_shows_nothing_that_a_fault_quotes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fault: type[Exception]
) -> None:
    def fail() -> None:
        raise fault(f"{NAME} {TYPED} {OWN_TOKEN}")

    monkeypatch.setattr("bot.cli.app", fail)
    monkeypatch.setattr(sys, "argv", ["plumbline"])

    with pytest.raises(SystemExit):
        main()

    printed = capsys.readouterr()
    assert not any(canary in printed.out + printed.err for canary in CANARIES)


def test_settings_that_are_wrong_are_named_without_their_values() -> None:
    from domain.errors import RuleBroken

    with pytest.raises(RuleBroken) as refused:
        load_settings(
            env_file=None,
            trail_key="canary-short",
            duty_phone="canary-phone",
            out_of_hours_phone="canary-phone",
            app_id="canary-app",
            client_secret="canary-client-secret",
            database_url="postgresql://canary:canary@canary/canary",
        )

    assert "canary" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/api/",
        "https://smba.trafficmanager.net.evil.example/uk/",
        "http://smba.trafficmanager.net/uk/",
        "https://evil.example/#smba.trafficmanager.net",
    ],
)
async def test_our_token_goes_to_no_address_that_is_not_on_the_list(
    service: Service, settings: Settings, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """Not even when the address stands in the database, where an older version may have kept it."""
    asked: list[tuple[str, Any]] = []
    real = aiohttp.ClientSession._request

    async def watched(session: Any, method: str, url: Any, **options: Any) -> Any:
        asked.append((str(url), options.get("headers")))
        return await real(session, method, url, **options)

    now = clock()
    with service.council.write() as work:
        some = staff(work)
        reachable(work, some.auditor, service_url=address)
        an_allocated_audit(work, some, now=now, month=local_day(now).replace(day=1))
    monkeypatch.setattr(aiohttp.ClientSession, "_request", watched)
    service.running.courier.nudge()

    def tried() -> bool:
        with service.council.database.engine.connect() as connection:
            row = connection.execute(sa.select(notices.c.state, notices.c.reason, notices.c.tries)).first()
        return row is not None and (row.state not in {"queued", "claimed"} or row.tries > 0)

    await service.eventually(tried)

    assert [url for url, headers in asked if "smba" in url or "evil" in url] == []
