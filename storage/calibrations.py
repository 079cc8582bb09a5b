"""Calibration rounds: one anonymised case that everyone grades blind."""

from sqlalchemy.engine import Connection


class CalibrationReading:
    """Looks calibration rounds up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection


class CalibrationWriting(CalibrationReading):
    """Looks calibration rounds up and changes them."""
