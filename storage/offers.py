"""Files offered to people, and what they said."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.tables_running import file_offers


@dataclass(frozen=True, slots=True)
class FileOffer:
    """A file that waits for the person's consent, or had it."""

    id: int
    token: str
    person_id: int
    kind: str
    subject_id: int
    state: str
    """"offered", "accepted" or "declined"."""
    at: datetime


_OFFERS = sa.select(*(file_offers.c[name] for name in FileOffer.__dataclass_fields__))


class OfferReading:
    """Looks offers up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, offer_id: int) -> FileOffer | None:
        """The offer of this id."""
        row = self._connection.execute(_OFFERS.where(file_offers.c.id == offer_id)).one_or_none()
        return FileOffer(*row) if row else None

    def by_token(self, token: str) -> FileOffer | None:
        """The offer whose card carries this token."""
        row = self._connection.execute(_OFFERS.where(file_offers.c.token == token)).one_or_none()
        return FileOffer(*row) if row else None


class OfferWriting(OfferReading):
    """Looks offers up and changes them."""

    def add(self, *, token: str, person_id: int, kind: str, subject_id: int, now: datetime) -> int:
        """A new offer; returns its id."""
        values = {
            "token": token,
            "person_id": person_id,
            "kind": kind,
            "subject_id": subject_id,
            "state": "offered",
            "at": now,
        }
        insert = sa.insert(file_offers).values(values).returning(file_offers.c.id)
        return int(self._connection.execute(insert).scalar_one())

    def move(self, offer_id: int, before: str, after: str, now: datetime) -> bool:
        """Change the state, if it is still the one expected; whether it was."""
        moved = self._connection.execute(
            sa.update(file_offers)
            .where(file_offers.c.id == offer_id, file_offers.c.state == before)
            .values(state=after, at=now)
        )
        return moved.rowcount == 1
