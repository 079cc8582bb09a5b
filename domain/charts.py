"""A chart as a value: what the picture, the client's own chart and the words beside it are all made from.

Values in, words out. `reports.charts` draws it, `cards.charts` puts it on a card.
Source: OG-05, PF-06; the design (aggregates only, readable in grey and without seeing).
"""

from dataclasses import dataclass
from enum import StrEnum

from domain.suppression import NOT_SHOWN


class ChartKind(StrEnum):
    """How the values are drawn."""

    BARS = "bars"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one period, or of one group, in the order of the chart's names."""

    name: str
    values: tuple[float | None, ...]
    """None where the number is hidden, or where there is none."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A few series of values under the same names."""

    title: str
    names: tuple[str, ...]
    """What stands along the axis: grades, or months."""
    series: tuple[Series, ...]
    unit: str = ""
    """Written behind each value: "%"."""
    kind: ChartKind = ChartKind.BARS

    def __post_init__(self) -> None:
        if any(len(one.values) != len(self.names) for one in self.series):
            raise ValueError("each series needs one value for each name")

    @property
    def is_empty(self) -> bool:
        """Whether there is no value to draw."""
        return all(value is None for one in self.series for value in one.values)

    @property
    def says(self) -> str:
        """The whole of it in words, for whoever does not see the picture."""
        parts = [
            f"{name}: " + ", ".join(f"{one.name} {self.value_says(one.values[place])}" for one in self.series)
            for place, name in enumerate(self.names)
        ]
        return f"{self.title}. {'; '.join(parts)}."

    def value_says(self, value: float | None) -> str:
        """One value as it is written beside its bar: "40%", "7", "not shown"."""
        return NOT_SHOWN if value is None else f"{value:g}{self.unit}"
