"""What the Panel has to do: moderate what is theirs, answer nominations (MO-07, Q6)."""

from collections.abc import Iterator
from datetime import datetime

from domain.dues import Due
from storage.work import View
from workflows.council import Council


def dues(view: View, council: Council, now: datetime, *, of: int | None = None) -> Iterator[Due]:
    """Everyone's, or only those of the person of this id."""
    yield from ()
