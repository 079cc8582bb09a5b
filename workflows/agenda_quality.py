"""What agendas say of figures and of quality: aggregates, each as it may be read by many.

Source: OG-03, PF-06, PF-08, PF-09, RO-08, Q31, SG-03.
"""

from datetime import date, datetime

from domain.figures import Disclosed, Period, disclosed, grade_key
from domain.grades import Grade
from domain.numbers import Look
from domain.performance import ExceptionState
from storage.work import View
from workflows.council import Council
from workflows.figuring import figures, month_of, period_before, quarter_of
from workflows.performance import Level, Place
from workflows.performance import figures as performance_figures

Lines = tuple[str, ...]


def audited_last_month(view: View, council: Council, today: date) -> Lines:
    """What the month before found, as the digest tells it: grades, and how often the Panel agreed (OG-03)."""
    return _audited(view, council, period_before(month_of(today)), today)


def numbers_and_quality(view: View, council: Council, now: datetime) -> Lines:
    """How many figures need a look, beside what audits of the quarter before found (PF-06)."""
    today = council.today(now)
    return (*_numbers(view, council, now), *_audited(view, council, period_before(quarter_of(today)), today))


def actions_agreed(view: View, council: Council, now: datetime) -> Lines:
    """What became of the actions from audits of the quarter before (RO-08)."""
    today = council.today(now)
    period = period_before(quarter_of(today))
    shown = _shown(view, council, period, today)
    agreed = shown.of(period, "actions")
    if agreed is None or not agreed.figure.count:
        return ()
    keys = ("actions", "actions.open", "actions.done", "actions.confirmed", "actions.overdue")
    found = [one for key in keys if (one := shown.of(period, key)) is not None]
    return (f"From audits of {period.label}:", *(f"{one.figure.name}: {one.says}." for one in found))


def dataset(view: View, council: Council, now: datetime) -> Lines:
    """How many figures need a look, and how many exceptions stand, of council and services (PF-09)."""
    numbers = _numbers(view, council, now)
    rows = [
        one
        for one in view.exceptions.between(date.min, council.today(now))
        if one.measured.team_id is None and one.state is not ExceptionState.CLOSED
    ]
    if not rows:
        return numbers
    answered = sum(one.state is ExceptionState.ANSWERED for one in rows)
    return (*numbers, f"Exceptions that stand: {len(rows)}, of which {answered} explained.")


def _numbers(view: View, council: Council, now: datetime) -> Lines:
    found = performance_figures(view, council, place=Place(Level.COUNCIL, 0), in_full=False, now=now)
    if not found.lines:
        return ()
    needed, glad = (sum(one.look is look for one in found.lines) for look in (Look.NEEDED, Look.GLAD))
    return (f"Figures that need a look: {needed}; got better: {glad}. Type “performance” to see them.",)


def _shown(view: View, council: Council, period: Period, today: date) -> Disclosed:
    """The figures of this time and the one before, hidden together as in the digest."""
    sets = [figures(view, council, one, today=today) for one in (period_before(period), period)]
    return disclosed(sets, council.framework.numbers.smallest_count)


def _audited(view: View, council: Council, period: Period, today: date) -> Lines:
    shown = _shown(view, council, period, today)
    submitted = shown.of(period, "submitted")
    if submitted is None or not submitted.figure.count:
        return ()
    grades = [
        f"{one.figure.name} {one.says if one.is_hidden else one.count}"
        for grade in Grade
        if (one := shown.of(period, grade_key(grade))) is not None
    ]
    lines = [f"Grades of {period.label}: {', '.join(grades)}."]
    changed = shown.of(period, "changed")
    if changed is not None and changed.figure.of:
        lines.append(f"Overall grade changed by the Panel: {changed.says}.")
        if changed.count is not None and changed.of:
            lines.append(f"Panel and auditor agreed: {changed.of - changed.count} of {changed.of}.")
    return tuple(lines)
