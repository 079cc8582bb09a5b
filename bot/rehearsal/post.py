"""The post of a rehearsal: notices are claimed, drawn and settled as the courier does it, and none leaves.

The drawing is the product's own, at the moment at which the notice falls due. Files are not made, as for a
look ahead.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.rehearsal.kept import Kept, Sent
from bot.rehearsal.reading import Page, read
from cards.size import size_bytes
from scheduler.drawing import Postponed
from scheduler.ledger import keep_verdict
from scheduler.ports import Mail
from scheduler.preparing import Decided, Edit, Message, Parcel, prepare
from scheduler.verdicts import Later, Settle, Verdict
from storage.notices import Claimed
from workflows.council import Council, Work
from workflows.offer_kinds import KINDS

_AT_ONCE = 500
_LEASE = timedelta(hours=1)
_UNMADE = dict.fromkeys(KINDS, lambda *_: b"")

OnCard = Callable[[int, Page, datetime], None]
"""Somebody reads a card: who, the card and when."""
OnShut = Callable[[int, datetime], None]
"""Somebody could not be reached: who, and when."""


@dataclass(slots=True)
class RehearsalPost:
    """Delivers to the make-believe people."""

    council: Council
    kept: Kept
    nonce: Callable[[], str]
    on_card: OnCard
    on_shut: OnShut
    _posted: list[tuple[int, Page]] = field(default_factory=list)
    _shut: list[int] = field(default_factory=list)

    def deliver(self, now: datetime) -> datetime | None:
        """Everything due by now; returns when the next notice falls due."""
        with self.council.write() as work:
            while claimed := work.notices.claim(
                token=self.nonce(), now=now, until=now + _LEASE, limit=_AT_ONCE
            ):
                for notice in claimed:
                    self._settle(work, notice, self._drawn(work, notice, now), now)
            following = work.notices.next_due(now)
        # Only now, as whoever reads a card may look something up.
        posted, shut = self._posted, self._shut
        self._posted, self._shut = [], []
        for person_id, page in posted:
            self.on_card(person_id, page, now)
        for person_id in shut:
            self.on_shut(person_id, now)
        return following

    def _drawn(self, work: Work, notice: Claimed, now: datetime) -> Parcel:
        try:
            return prepare(work, self.council, notice, now=now, nonce=self.nonce(), makers=_UNMADE)
        except Exception as fault:
            # Its text may hold what people wrote; the kind of fault is enough to find it by.
            return Decided("dead", f"could not be drawn ({type(fault).__name__})")

    def _settle(self, work: Work, notice: Claimed, parcel: Parcel, now: datetime) -> None:
        keep_verdict(work, notice, self._verdict(notice, parcel), parcel, now=now)
        match parcel:
            case Postponed():
                return
            case Decided(state, reason):
                self._decided(notice, state, reason, now)
            case Mail():
                self._leaves(notice, parcel.subject, 0, now)
            case Edit():
                self._leaves(notice, "", 0, now)
            case Message():
                self._message(notice, parcel, now)

    def _verdict(self, notice: Claimed, parcel: Parcel) -> Verdict:
        match parcel:
            case Postponed(until, reason):
                return Later(until, reason)
            case Decided(state, reason):
                return Settle(state, reason)
        return Settle("sent", activity_id=f"card-{notice.id}")

    def _decided(self, notice: Claimed, state: str, reason: str, now: datetime) -> None:
        if state == "dropped":
            self.kept.dropped[notice.kind] += 1
            return
        sent = Sent(now, notice.kind, notice.medium, notice.person_id, "", 0, state, reason)
        self.kept.leaves(sent)
        if state == "unreachable" and notice.person_id is not None:
            self._shut.append(notice.person_id)

    def _message(self, notice: Claimed, parcel: Message, now: datetime) -> None:
        card = parcel.activity["attachments"][0].get("content", {})
        says = str(parcel.activity.get("summary", ""))
        self.kept.samples.setdefault(notice.kind, card)
        self._leaves(notice, says, size_bytes(card), now)
        if notice.person_id is not None:
            self._posted.append((notice.person_id, read(card)))

    def _leaves(self, notice: Claimed, says: str, size: int, now: datetime) -> None:
        self.kept.leaves(Sent(now, notice.kind, notice.medium, notice.person_id, says, size))
