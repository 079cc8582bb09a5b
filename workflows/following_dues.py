"""Learning to take to supervision, files to complete, impact to check (CA-19, RO-01; 1B steps 15 to 18)."""

from collections.abc import Iterator
from datetime import datetime

from domain.dues import Due
from storage.work import View
from workflows.council import Council


def dues(view: View, council: Council, now: datetime, *, of: int | None = None) -> Iterator[Due]:
    """Everyone's, or only those of the person of this id."""
    yield from ()
