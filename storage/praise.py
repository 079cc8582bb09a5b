"""Praise for named good work (CA-21)."""

from sqlalchemy.engine import Connection


class PraiseReading:
    """Looks praise up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection


class PraiseWriting(PraiseReading):
    """Looks praise up and keeps it."""
