"""The learning log: entries, their evidence and their actions (OG-06)."""

from sqlalchemy.engine import Connection


class LearningReading:
    """Looks entries up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection


class LearningWriting(LearningReading):
    """Looks entries up and changes them."""
