"""A pack as it is read: its content with people's own words in place, and how it stands. Card, Word and Excel
are drawn from the same one, so they cannot part.

Source: OG-05; decision 0016.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.charts import Chart, Series
from domain.days import local_day, uk_date
from domain.pack_content import Content, FigureTable, Part, Told

SHORT_HASH = 16
"""So many letters of the hash stand on each page; the whole one is in the file's properties."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A pack as one reads it."""

    id: int
    council: str
    content: Content
    texts: Mapping[str, str]
    """Part to what people wrote in place of the drafted words."""
    framework_version: str
    drafted_at: datetime
    sent_at: datetime | None
    """None while it is a draft."""
    hash: str
    """Of the whole as it was sent; empty while it is a draft."""

    def words(self, part: Part) -> str:
        """What is read in a part: people's own words, or the drafted ones."""
        return self.texts.get(part.key) or part.drafted

    @property
    def standing(self) -> str:
        """How it stands, in a few words."""
        on = uk_date(local_day(self.sent_at or self.drafted_at))
        framework = f"Framework version {self.framework_version}."
        if self.sent_at is None:
            return f"Draft of {on}, not approved yet. {framework}"
        return f"Approved {on}; it can no longer be changed. {framework}"

    @property
    def foot(self) -> str:
        """What stands at the foot of each page: a copy can be altered, so a sent one has its check number."""
        if self.sent_at is None:
            return self.standing
        return f"{self.standing} Check number {self.hash[:SHORT_HASH]}, of what was approved."


def chart_of(table: FigureTable, content: Content) -> Chart | None:
    """The table's chart, this time beside the one before; None where there is nothing to draw.

    Where there was nothing to count there is no bar, and no time before where that holds for any line of it:
    what is drawn as "not shown" is hidden, and nothing else.
    """
    lines = [line for line in table.lines if line.now.of != 0]
    if not table.drawn or not lines:
        return None
    shares = table.in_shares
    series = [Series(content.period, tuple(_value(line.now, shares) for line in lines))]
    before = [line.before for line in lines if line.before is not None and line.before.of != 0]
    if len(before) == len(lines):
        series.append(Series(content.before, tuple(_value(told, shares) for told in before)))
    title = f"{table.title}, per cent" if shares else table.title
    chart = Chart(title, tuple(line.name for line in lines), tuple(series), "%" if shares else "")
    return None if chart.is_empty else chart


def _value(told: Told, shares: bool) -> int | None:
    return told.percent if shares else told.count
