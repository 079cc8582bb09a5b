"""The themes of a period: what submitted audits say together (CA-21, RO-04).

The grade that counts is the Panel's once it is released; a held moderation shows nowhere (MO-17, MO-21).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.days import add_months, local_midnight, uk_date
from domain.errors import NotFound
from domain.grades import Grade
from domain.moderation_form import from_body
from domain.people import Person
from domain.permissions import TABLE, Verb, capacities, require
from domain.themes import Cohort, CohortLine, Counted, Theme, Trend, by_cohort, theme_titles, themes
from storage.work import View
from workflows.council import Council

MONTHS = (3, 6, 12)
"""The periods offered, in months up to today."""


@dataclass(frozen=True, slots=True)
class Period:
    """Some months up to today, and as many before them."""

    months: int
    first_on: date
    last_on: date

    @property
    def before(self) -> "Period":
        """The period of the same length just before."""
        last_on = self.first_on - timedelta(days=1)
        return Period(self.months, add_months(self.first_on, -self.months), last_on)

    @property
    def in_words(self) -> str:
        """Its days."""
        return f"from {uk_date(self.first_on)} to {uk_date(self.last_on)}"


@dataclass(frozen=True, slots=True)
class ThemesFound:
    """The themes of a period, and one of them by cohort when it was asked for."""

    period: Period
    audits: int
    themes: tuple[Theme, ...]
    chosen: Theme | None
    cohorts: tuple[CohortLine, ...]
    may_keep: bool


def view_themes(
    view: View, council: Council, *, by: Person, theme: str, months: int, cohort: Cohort, now: datetime
) -> ThemesFound:
    """The themes of the last months, for whoever reads the learning log; `theme` opens one by cohort."""
    require(Verb.READ_LOG, by, today=council.today(now))
    period = _period(council, months, now)
    counted = _counted(view, council, period)
    found = _themes(view, council, period, counted)
    chosen = None
    if theme:
        chosen = next((one for one in found if one.key == theme), None)
        if chosen is None:
            raise NotFound(
                "No audit of these months speaks of that theme. Type “themes” to see those there are."
            )
    smallest = council.framework.numbers.smallest_count
    return ThemesFound(
        period=period,
        audits=len(counted),
        themes=found,
        chosen=chosen,
        cohorts=by_cohort(theme, counted, cohort, smallest) if chosen else (),
        may_keep=bool(capacities(by) & TABLE[Verb.KEEP_LOG]),
    )


def require_theme(
    view: View, council: Council, *, theme: str, months: int, now: datetime
) -> tuple[Theme, Period]:
    """One theme of the last months; NotFound when no audit speaks of it. Whoever calls checked the right."""
    period = _period(council, months, now)
    found = _themes(view, council, period, _counted(view, council, period))
    chosen = next((one for one in found if one.key == theme), None)
    if chosen is None:
        raise NotFound("No audit of these months speaks of that theme. Type “themes” to see those there are.")
    return chosen, period


def counted_audits(view: View, council: Council, *, months: int, now: datetime) -> tuple[Counted, ...]:
    """The audits submitted in the last months as themes count them. Whoever calls checked the right."""
    return _counted(view, council, _period(council, months, now))


def rising_themes(view: View, council: Council, *, months: int, now: datetime) -> tuple[str, ...]:
    """Keys of the themes that rise, by the test of `domain.themes`. Whoever calls checked the right."""
    period = _period(council, months, now)
    found = _themes(view, council, period, _counted(view, council, period))
    return tuple(theme.key for theme in found if theme.trend is Trend.RISING)


def _themes(view: View, council: Council, period: Period, counted: tuple[Counted, ...]) -> tuple[Theme, ...]:
    before = _counted(view, council, period.before)
    keys = theme_titles(council.framework)
    return themes(keys, counted, before, council.framework.numbers.smallest_count)


def _period(council: Council, months: int, now: datetime) -> Period:
    if months not in MONTHS:
        raise NotFound("Themes are counted over 3, 6 or 12 months.")
    today = council.today(now)
    return Period(months, add_months(today, -months) + timedelta(days=1), today)


def _counted(view: View, council: Council, period: Period) -> tuple[Counted, ...]:
    """The audits submitted within these days."""
    since, until = local_midnight(period.first_on), local_midnight(period.last_on + timedelta(days=1))
    sections = frozenset(council.framework.section_keys)
    pages = [page for page in view.learning.graded_pages(since, until) if page.page in sections]
    panels = _panels_grades(view, {page.audit_id for page in pages})
    grades: dict[int, dict[str, Grade]] = {}
    tags: dict[int, dict[str, tuple[str, ...]]] = {}
    cohorts: dict[int, Mapping[Cohort, str]] = {}
    for page in pages:
        counts = panels.get(page.audit_id, {}).get(page.page, page.grade)
        grades.setdefault(page.audit_id, {})[page.page] = counts
        tags.setdefault(page.audit_id, {})[page.page] = page.tags
        cohorts[page.audit_id] = {
            Cohort.TEAM: page.team,
            Cohort.PLAN_TYPE: page.plan_type,
            Cohort.AGE_BAND: page.age_band,
        }
    return tuple(Counted(i, cohorts[i], grades[i], tags[i]) for i in grades)


def _panels_grades(view: View, audit_ids: set[int]) -> dict[int, dict[str, Grade]]:
    """Audit to the Panel's section grades, of released moderations alone (MO-17, MO-21)."""
    return {
        audit_id: {
            key: one.grade
            for key, one in from_body(moderation.body).sections.items()
            if one.grade is not None
        }
        for audit_id, moderation in view.moderations.of_audits(audit_ids).items()
        if moderation.released_at is not None
    }
