"""People who save page after page, press again when told that nothing was saved, and remember every yes."""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from cards.payloads import OpenPage
from dialogs.answering import answer
from dialogs.turn import Asked, Turn
from domain.audits import Audit
from domain.pages import JOURNEY
from domain.people import Person, Post
from tests.builders import NOW, Staff, a_person, an_accepted_audit
from tests.chat import Chat, button
from workflows.council import Council

PEOPLE = 4
AGAIN_SECONDS = 0.005
_numbers = itertools.count(1)


@dataclass
class Saver:
    """One auditor at one page."""

    council: Council
    person: Person
    audit: Audit
    data: dict[str, Any]
    saved: list[str] = field(default_factory=list)
    """What was answered as saved, in order."""
    refused: Counter[str] = field(default_factory=Counter)
    """Answers that said nothing was saved, and faults that a person gets an apology for."""
    conflicts: list[str] = field(default_factory=list)

    def save_on(self, stop: threading.Event) -> None:
        """Save until told to stop."""
        while not stop.is_set():
            words = f"The child came to us in May, as note {next(_numbers)} says. " * 20
            while not self._is_saved(words):
                if stop.is_set():
                    return
                time.sleep(AGAIN_SECONDS)
            self.saved.append(words)

    def _is_saved(self, words: str) -> bool:
        packed = {**self.data["plumbline"], "version": len(self.saved)}
        turn = Turn(
            directory_id=self.person.directory_id or "",
            now=NOW,
            nonce=f"nonce {next(_numbers)}",
            asked=Asked.PRESSED,
            data={**self.data, "plumbline": packed, "journey": words},
        )
        try:
            reply = answer(self.council, turn)
        except Exception as fault:
            self.refused[type(fault).__name__] += 1
            return False
        if reply.note:
            self.refused["told"] += 1
            return False
        if "saved from another place" in str(reply.card):
            self.conflicts.append(words)
        return True


def savers(council: Council, people: Staff) -> list[Saver]:
    """Some auditors, each at a page of an audit of their own."""
    found = []
    for number in range(PEOPLE):
        with council.write() as work:
            person = a_person(
                work, f"Auditor {number}", Post.TM, is_auditor=True, team_id=people.other_team.id
            )
            audit = an_accepted_audit(work, people, reference=f"CF-{number}", auditor_id=person.id)
        card = Chat(council, person).sends(OpenPage(audit.id, JOURNEY).pack())
        found.append(Saver(council, person, audit, button(card, "Save")))
    return found


@contextmanager
def at_work(everyone: list[Saver]) -> Iterator[None]:
    """All of them save, each in a thread, until the block is left."""
    stop = threading.Event()
    threads = [threading.Thread(target=saver.save_on, args=(stop,)) for saver in everyone]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def wait_for_a_save(everyone: list[Saver], *, seconds: float = 20) -> None:
    """Until each of them has one more save answered. Raises AssertionError when that takes too long."""
    before, ends = [len(saver.saved) for saver in everyone], time.monotonic() + seconds
    while any(len(saver.saved) <= count for saver, count in zip(everyone, before, strict=True)):
        assert time.monotonic() < ends, "nobody could save again"
        time.sleep(0.01)


def wait_for_a_refusal(everyone: list[Saver], *, seconds: float = 20) -> None:
    """Until someone more is told that nothing was saved. Raises AssertionError when nobody is."""
    before, ends = sum(saver.refused.total() for saver in everyone), time.monotonic() + seconds
    while sum(saver.refused.total() for saver in everyone) == before:
        assert time.monotonic() < ends, "nobody was told"
        time.sleep(0.005)


def assert_kept(council: Council, everyone: list[Saver]) -> None:
    """Every save answered is there once, none that was refused, and the trail proves."""
    with council.read() as view:
        for saver in everyone:
            page = view.audits.page(saver.audit.id, JOURNEY)
            rows = view.trail.rows(f"audit:{saver.audit.id}")
            assert saver.conflicts == []
            assert page is not None
            # The last press may have been saved and its answer lost, when whoever pressed went home.
            assert page.version - len(saver.saved) in {0, 1}
            assert sum(row.verb == "saved" for row in rows) == page.version
            if page.version == len(saver.saved):
                assert str(page.body["journey"]).strip() == saver.saved[-1].strip()
        assert view.trail.verify() == ()
