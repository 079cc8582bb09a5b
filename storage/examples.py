"""Example audits, anonymised and approved (MO-18)."""

from sqlalchemy.engine import Connection


class ExampleReading:
    """Looks example audits up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection


class ExampleWriting(ExampleReading):
    """Looks example audits up and changes them."""
