"""Supervisions planned and held (CA-19)."""

from sqlalchemy.engine import Connection


class SupervisionReading:
    """Looks supervisions up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection


class SupervisionWriting(SupervisionReading):
    """Looks supervisions up and changes them."""
