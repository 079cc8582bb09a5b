"""What audits of the same theme found, beside a figure (PF-04, PF-06, PF-15)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property

from domain.days import add_months, local_midnight
from domain.grades import Grade
from domain.indicators import Measured
from domain.loop import Found
from domain.suppression import share_in_words, shown
from domain.themes import theme_titles
from storage.work import View
from workflows.council import Council

MONTHS = 12
"""How far back audits are counted."""


class AuditsBeside:
    """Counts the audits of the last year once, whoever they are asked of."""

    def __init__(self, view: View, council: Council, *, now: datetime, in_full: bool) -> None:
        """`in_full` for readers who may open each of these audits."""
        self._view = view
        self._framework = council.framework
        self._smallest = 1 if in_full else council.framework.numbers.smallest_count
        today = council.today(now)
        self._since, self._until = local_midnight(add_months(today, -MONTHS)), now + timedelta(seconds=1)

    def of(self, theme: str, measured: Measured) -> str:
        """A sentence about the theme, as audits found it in this place; empty where none looked at it."""
        if not theme:
            return ""
        grades = [grade for one in self._of(measured) for grade in _worst(one, theme)]
        if shown(len(grades), self._smallest) in (None, 0):
            return ""
        below = sum(grade.below_good for grade in grades)
        said = share_in_words(below, len(grades), self._smallest)
        title = theme_titles(self._framework)[theme]
        return f"Audits of the last year: {title} below Good in {said}."

    def _of(self, measured: Measured) -> Sequence[Found]:
        if measured.team_id is not None:
            return [one for one in self._found if one.team_id == measured.team_id]
        if measured.service_id is not None:
            return [one for one in self._found if one.service_id == measured.service_id]
        return self._found

    @cached_property
    def _found(self) -> tuple[Found, ...]:
        return self._view.loop.submitted_between(self._since, self._until)


def _worst(one: Found, theme: str) -> tuple[Grade, ...]:
    """The grade an audit gave the theme: its section's, or the lowest of the sections tagged with it."""
    if theme in one.sections:
        return (one.sections[theme],)
    tagged = [one.sections[key] for key, tags in one.tags.items() if theme in tags and key in one.sections]
    return (min(tagged, key=lambda grade: grade.rank),) if tagged else ()
