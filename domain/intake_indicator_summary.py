"""What a person reads about a list of indicators, in the terminal as on a card."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.intake_indicators import IndicatorList
from domain.intake_summary import around, counted, keys


@dataclass(frozen=True, slots=True)
class IndicatorChanges:
    """What a list does to what is known."""

    new: tuple[str, ...]
    """Names of indicators nobody had measured before."""
    redefined: tuple[str, ...]
    """Names of those that are defined otherwise from now on."""
    added: int
    corrected: int
    unchanged: int

    @property
    def is_empty(self) -> bool:
        """Whether everything is known already."""
        return not (self.new or self.redefined or self.added or self.corrected)

    @property
    def needs_confirmation(self) -> bool:
        """Whether something that people may have acted on would change."""
        return bool(self.redefined or self.corrected)


def indicators_summary(taken: IndicatorList, changes: IndicatorChanges) -> str:
    """What the list does, what it leaves out, and what must be confirmed before."""
    lines = [f"{counted(len(taken.figures), 'figure')} read without a fault."]
    if changes.is_empty:
        lines.append("Everything is known already; nothing changes.")
    else:
        lines.append(
            f"{changes.added:,} new, {changes.corrected:,} corrected, {changes.unchanged:,} as before."
        )
    if changes.new:
        lines.append(f"{counted(len(changes.new), 'new indicator')}: {keys(changes.new)}")
    if taken.empty:
        rows = "row holds" if taken.empty == 1 else "rows hold"
        lines.append(
            f"{taken.empty:,} {rows} no figure (blank, a dash, “n/a” or suppressed) and were left out."
        )
    if changes.needs_confirmation:
        lines += ["Please confirm before anything is saved:", *_to_confirm(changes)]
    return "\n".join([*lines, *around(taken.ignored, taken.remarks, taken.notes)])


def _to_confirm(changes: IndicatorChanges) -> Sequence[str]:
    lines = []
    if changes.corrected:
        has = "has" if changes.corrected == 1 else "have"
        lines.append(f"- {counted(changes.corrected, 'figure')} that {has} been reported would be replaced")
    if changes.redefined:
        lines.append(f"- these would be defined otherwise than before: {keys(changes.redefined)}")
    return lines
