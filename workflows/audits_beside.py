"""What audits of the same theme found, beside a figure (PF-04, PF-06, PF-15)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property

from domain.days import add_months, local_midnight
from domain.grades import Grade
from domain.indicators import Measured
from domain.loop import Found
from domain.numbers import hidden_counts, parts_of_council
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
        self._in_full = in_full
        self._hidden: dict[str, frozenset[str]] = {}
        today = council.today(now)
        self._since, self._until = local_midnight(add_months(today, -MONTHS)), now + timedelta(seconds=1)

    def of(self, theme: str, measured: Measured) -> str:
        """A sentence about the theme, as audits found it in this place; empty where none looked at it."""
        if not theme:
            return ""
        counts = _counts(self._of(measured), theme)
        if not counts["of"] or (not self._in_full and measured.scope in self._too_small(theme)):
            return ""
        title = theme_titles(self._framework)[theme]
        return f"Audits of the last year: {title} below Good in {counts['count']} of {counts['of']}."

    def _too_small(self, theme: str) -> frozenset[str]:
        """The scopes that say too much of this theme, whatever pages of the council are read together."""
        if theme not in self._hidden:
            teams = self._view.people.teams().values()
            services = {i: [t.id for t in teams if t.service_id == i] for i in self._view.people.services()}
            places = [Measured(), *(Measured(i) for i in services)]
            places += [Measured(i, team) for i, those in services.items() for team in those]
            counts = {place.scope: _counts(self._of(place), theme) for place in places}
            smallest = self._framework.numbers.smallest_count
            self._hidden[theme] = hidden_counts(counts, parts_of_council(services), counts, smallest)
        return self._hidden[theme]

    def _of(self, measured: Measured) -> Sequence[Found]:
        if measured.team_id is not None:
            return [one for one in self._found if one.team_id == measured.team_id]
        if measured.service_id is not None:
            return [one for one in self._found if one.service_id == measured.service_id]
        return self._found

    @cached_property
    def _found(self) -> tuple[Found, ...]:
        return self._view.loop.submitted_between(self._since, self._until)


def _counts(found: Sequence[Found], theme: str) -> dict[str, int]:
    """How many of these audits were below Good in the theme, how many were not, and both together."""
    grades = [grade for one in found for grade in _worst(one, theme)]
    below = sum(grade.below_good for grade in grades)
    return {"count": below, "rest": len(grades) - below, "of": len(grades)}


def _worst(one: Found, theme: str) -> tuple[Grade, ...]:
    """The grade an audit gave the theme: its section's, or the lowest of the sections tagged with it."""
    if theme in one.sections:
        return (one.sections[theme],)
    tagged = [one.sections[key] for key, tags in one.tags.items() if theme in tags and key in one.sections]
    return (min(tagged, key=lambda grade: grade.rank),) if tagged else ()
