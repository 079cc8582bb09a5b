"""What an audit still needs before it is closed, and what came of it later (SU-08, RO-01)."""

from sqlalchemy.engine import Connection


class FollowUpReading:
    """Looks up what follows audits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection


class FollowUpWriting(FollowUpReading):
    """Looks up what follows audits and changes it."""
