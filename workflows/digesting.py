"""The QA Group's digest: what it tells of a round, and who may look into it.

Source: OG-03, OG-05, Q31, SG-03, MO-17.
"""

from datetime import date, datetime, timedelta

from domain.days import month_end, month_number
from domain.digest import Coming, Digest, Topic, channel_figures
from domain.errors import NotFound
from domain.figures import Disclosed, FigureSet, Period, disclosed
from domain.measures import counted
from domain.people import Person
from domain.themes import theme_titles
from storage.rounds import RoundRow
from storage.work import View, Work
from workflows.agreeing import agreement_of
from workflows.council import Council
from workflows.digest_ahead import coming
from workflows.figuring import gathered, month_of
from workflows.qa_channel import require_digest
from workflows.themes import rising_themes
from workflows.unreachable import unreached

THEME_MONTHS = 3
ROUNDS_OFFERED = 3
AHEAD = "weeks_ahead"
"""The kind of notice that brings what the coming weeks hold; its subject is the line it begins with."""


def latest_round(view: View) -> date | None:
    """The month of the round that was given out last; None before the first."""
    allocated = view.rounds.in_state("allocated")
    return allocated[-1].month if allocated else None


def see_digest(view: View, council: Council, *, by: Person, month: date, now: datetime) -> Digest:
    """The digest of this month's round. Raises NotAllowed, and NotFound for a month without a round."""
    require_digest(council, by=by, now=now)
    return digest_of(view, council, month=month, now=now)


def digest_of(view: View, council: Council, *, month: date, now: datetime) -> Digest:
    """The same where everybody who reads it was allowed to before: in the QA Group's channel."""
    allocated = [one for one in view.rounds.in_state("allocated") if one.month <= month]
    if not allocated or allocated[-1].month != month:
        raise NotFound("No round was given out in that month. Type “digest” to see the latest.")
    today = council.today(now)
    period = month_of(month)
    before = month_of(allocated[-2].month) if len(allocated) > 1 else None
    sets = [_figures(view, council, one, today) for one in (period, before) if one is not None]
    agreement = agreement_of(view, council, now=now)
    titles = theme_titles(council.framework)
    last = today + timedelta(days=council.framework.numbers.digest_ahead_days)
    due_on = _due_on(view, allocated[-1])
    return Digest(
        now=period,
        before=before,
        shown=disclosed(sets, council.framework.numbers.smallest_count),
        due_on=due_on if due_on >= today else None,
        agreement=agreement.every,
        agreement_before=agreement.before,
        rising=tuple(titles[key] for key in rising_themes(view, council, months=THEME_MONTHS, now=now)),
        unreachable=len(unreached(view)),
        coming=coming(view, council, today, last),
    )


def round_shown(view: View, council: Council, month: date, today: date) -> tuple[Period, Disclosed]:
    """The figures of this month's round as the channel may read them, for whatever else its readers see."""
    period = month_of(month)
    figures = _figures(view, council, period, today)
    return period, disclosed([figures], council.framework.numbers.smallest_count)


def rounds_to_open(view: View, *, by: Person) -> tuple[RoundRow, ...]:
    """The latest rounds, newest first, for the QA office, which runs them; none for anybody else."""
    if not by.in_qa_office:
        return ()
    return tuple(reversed(view.rounds.in_state("allocated")[-ROUNDS_OFFERED:]))


def send_topic(work: Work, council: Council, *, by: Person, month: date, topic: Topic, now: datetime) -> bool:
    """Send what somebody pressed for in the channel to their own chat; whether they have one.

    Pressing twice within a minute sends once. Raises NotAllowed, and NotFound for a month without a round.
    """
    require_digest(council, by=by, now=now)
    if month not in {one.month for one in work.rounds.in_state("allocated")}:
        raise NotFound("No round was given out in that month. Type “digest” to see the latest.")
    return _send(work, topic_kind(topic), month_number(month), by=by, now=now)


def see_ahead(view: View, council: Council, *, by: Person, now: datetime) -> tuple[Coming, ...]:
    """What the coming weeks hold, nearest first, for whoever may read the digest. Raises NotAllowed."""
    require_digest(council, by=by, now=now)
    today = council.today(now)
    return coming(view, council, today, today + timedelta(days=council.framework.numbers.digest_ahead_days))


def send_ahead(work: Work, council: Council, *, by: Person, start: int, now: datetime) -> bool:
    """Send what the coming weeks hold, from this line on, to somebody's own chat; whether they have one.

    Pressing twice within a minute sends once. Raises NotAllowed.
    """
    require_digest(council, by=by, now=now)
    return _send(work, AHEAD, start, by=by, now=now)


def topic_kind(topic: Topic) -> str:
    """The kind of notice that brings this part of the digest to somebody's own chat."""
    return f"digest_{topic.value}"


def _send(work: Work, kind: str, subject_id: int, *, by: Person, now: datetime) -> bool:
    again = now.strftime("%Y%m%d%H%M")
    work.notices.queue(kind=kind, subject_id=subject_id, person_id=by.id, now=now, again=again)
    address = work.reach.of(by.id)
    return address is not None and address.state == "reachable"


def _figures(view: View, council: Council, period: Period, today: date) -> FigureSet:
    given, found, looked = gathered(view, period)
    made = counted(council.framework, given, found, looked, today=today)
    return FigureSet(period, channel_figures(made, given, found, today=today))


def _due_on(view: View, chosen: RoundRow) -> date:
    """The day most of the round's audits are due; an extension moves only its own."""
    days = [audit.due_on for audit in view.audits.of_round(chosen.id)]
    return max(set(days), key=lambda day: (days.count(day), day)) if days else month_end(chosen.month)
