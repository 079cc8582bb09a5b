"""What agendas say of figures and of quality: aggregates, each as it may be read by many.

Source: OG-03, PF-06, PF-08, PF-09, RO-08, Q31, SG-03.
"""

from datetime import date, datetime

from domain.agenda_words import action_lines, found_lines, round_lines
from domain.figures import Disclosed, Period
from domain.numbers import Look
from domain.pack_layout import as_in_report
from domain.packs import PackKind, Span, period_told
from domain.performance import ExceptionState
from storage.work import View
from workflows.council import Council
from workflows.digesting import round_shown
from workflows.figuring import figures, period_before, quarter_of
from workflows.performance import Level, Place
from workflows.performance import figures as performance_figures
from workflows.round_status import RoundsStatus

Lines = tuple[str, ...]


def audited_since_round(view: View, council: Council, today: date) -> Lines:
    """What audits since the last round began found, as the Group's pack tells it (OG-03, Q31).

    The pack lies on the same table: of another time, or weighed in another way, the lines would tell by
    taking away what it hides.
    """
    period = period_told(Span.ROUND, today, council.framework.numbers.round_months)
    return found_lines(_as_in_pack(view, council, PackKind.QA_GROUP, period, today), period)


def round_so_far(view: View, council: Council, status: RoundsStatus, now: datetime) -> Lines:
    """How far the latest round is: as the channel tells it, whose readers are the same (OG-03)."""
    if status.round is None:
        return ()
    period, shown = round_shown(view, council, status.round.month, council.today(now))
    return round_lines(
        shown,
        period,
        overdue_before=status.overdue - status.round.overdue,
        undecided=len(view.moderations.undecided()),
    )


def numbers_and_quality(view: View, council: Council, now: datetime) -> Lines:
    """How many figures need a look, beside what audits of the quarter before found (PF-06)."""
    period, shown = _last_quarter(view, council, council.today(now))
    return (*_numbers(view, council, now), *found_lines(shown, period))


def actions_agreed(view: View, council: Council, now: datetime) -> Lines:
    """What became of the actions from audits of the quarter before (RO-08)."""
    period, shown = _last_quarter(view, council, council.today(now))
    return action_lines(shown, period)


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


def _last_quarter(view: View, council: Council, today: date) -> tuple[Period, Disclosed]:
    """The quarter that is over, as the pack for SMT tells it, which lies on the same table."""
    period = period_before(quarter_of(today))
    return period, _as_in_pack(view, council, PackKind.SMT, period, today)


def _as_in_pack(view: View, council: Council, kind: PackKind, period: Period, today: date) -> Disclosed:
    return as_in_report(kind, council.framework, figures(view, council, period, today=today))
