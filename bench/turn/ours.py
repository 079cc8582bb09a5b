"""Our own server: started as a council would start it, and the presses it is given."""

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.turn.activity import APP_ID, TENANT_ID, press, request
from bench.turn.council import LiveAudit
from bench.turn.databases import Seeded
from bench.turn.filling import TRAIL_KEY, framework
from bench.turn.hands import OpenPage, SavingHand, card_of, filled_in, pressed
from bench.turn.load import PressFailed, once
from bench.turn.servers import Server
from bench.turn.sign_in import ISSUER, Issuer
from cards.payloads import ShowMyAudits

COMMAND = (sys.executable, "-c", "from bot.cli import main; main()", "run")
"""The `plumbline` script without relying on where it was installed."""


def server(name: str, database: Seeded, issuer: Issuer, work: Path) -> Server:
    """Our server on this database, sign-in on and everything kept as in production."""
    login = issuer.metadata_url.rsplit("/", 1)[0]
    environment = {
        "COUNCIL_NAME": "Bench Council",
        "DUTY_PHONE": "020 7946 0000",
        "OUT_OF_HOURS_PHONE": "020 7946 0001",
        "TRAIL_KEY": TRAIL_KEY.decode(),
        "TRAIL_EXPORT_DIR": str(work / f"{name}-trail"),
        "DATABASE_URL": f"sqlite:///{database.path}",
        "HOST": "127.0.0.1",
        "PORT": "{port}",
        "APP_ID": APP_ID,
        "TENANT_IDS": TENANT_ID,
        "CREDENTIAL": "secret",
        "CLIENT_SECRET": "not used: a saved page sends nothing",
        "OPENID_METADATA_URL": issuer.metadata_url,
        "TOKEN_ISSUER": ISSUER,
        "LOGIN_AUTHORITY": login,
        "MAIL": "folder",
        "MAIL_FOLDER": str(work / f"{name}-mail"),
        "ADMIN_PORT": "0",
        # Each make-believe person presses on without a pause; people are slower, and are held to that.
        "TURN_BURST": "10000",
        "TURNS_PER_SECOND": "1000",
    }
    prefixed = {f"PLUMBLINE_{setting}": value for setting, value in environment.items()}
    return Server(name, COMMAND, prefixed, work / f"{name}.log")


class Sections:
    """The section pages of the audits under way, learnt from the cards that the server draws."""

    def __init__(self, live: tuple[LiveAudit, ...], tokens: Iterator[str], numbers: Iterator[int]) -> None:
        self._live = live
        self._tokens = tokens
        self._numbers = numbers
        self._keys = framework().section_keys
        self._forms: dict[str, dict[str, Any]] = {}

    def first_press(self) -> bytes:
        """What the server is first asked: somebody's list of what is theirs to do."""
        return self._press(ShowMyAudits().pack())

    async def learn(self, port: int) -> None:
        """Go from the list to the overview and to each section; note what a client would send from it."""
        first = self._live[0].audit_id
        todo = await self._answer(port, self.first_press())
        overview = await self._answer(port, self._press(pressed(todo, "overview", audit_id=first)))
        for key in self._keys:
            page = await self._answer(port, self._press(pressed(overview, "page", page=key)))
            self._forms[key] = filled_in(page, key)

    def hands(self, count: int) -> list[SavingHand]:
        """So many hands, each going round audits of its own."""
        pages = [
            OpenPage(one.auditor, self._data(key, one.audit_id))
            for one, key in zip(self._live, itertools.cycle(self._keys))
        ]
        return [SavingHand(pages[n::count], self._tokens, self._numbers) for n in range(count)]

    def _data(self, key: str, audit_id: int) -> dict[str, Any]:
        form = self._forms[key]
        return {**form, "plumbline": {**form["plumbline"], "audit_id": audit_id}}

    def _press(self, data: dict[str, Any]) -> bytes:
        verb = str(data["plumbline"]["verb"])
        body = press(self._live[0].auditor, verb, data, number=next(self._numbers))
        return request(body, next(self._tokens))

    async def _answer(self, port: int, request: bytes) -> dict[str, Any]:
        status, body = await once(port, request)
        if status != 200:
            raise PressFailed(f"a press answered {status}: {body[:600].decode(errors='replace')}")
        return card_of(body)
