"""Everything due about submitted audits beside reading and commenting, from each part of the product."""

from collections.abc import Iterator
from datetime import datetime

from domain.dues import Due
from storage.work import View
from workflows import action_dues, following_dues, panel_dues, talk_dues
from workflows.council import Council

SOURCES = (panel_dues.dues, talk_dues.dues, action_dues.dues, following_dues.dues)


def dues(view: View, council: Council, now: datetime, *, of: int | None = None) -> Iterator[Due]:
    """Everyone's, or only those of the person of this id."""
    for source in SOURCES:
        yield from source(view, council, now, of=of)
