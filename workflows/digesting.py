"""The QA Group's digest: when it is due, what it tells, and how it is brought up to date through its day.

Source: issue 5, part B; OG-03, OG-05, Q31, SG-03, MO-17.
"""

from datetime import date, datetime, time, timedelta

from domain.cadence import Skipped
from domain.days import LONDON, add_working_days, local_day, month_end
from domain.digest import Digest, Topic, channel_figures
from domain.errors import NotFound
from domain.figures import FigureSet, Period, disclosed
from domain.measures import counted
from domain.people import Person
from domain.themes import theme_titles
from storage.notices import Notice
from storage.rounds import RoundRow
from storage.work import View, Work
from workflows.agreeing import agreement_of
from workflows.council import Council
from workflows.digest_ahead import coming
from workflows.figuring import gathered, month_of
from workflows.places import ChannelPlace
from workflows.qa_channel import QaChannel, require_digest, use_here
from workflows.sampling import month_number
from workflows.themes import rising_themes
from workflows.unreachable import unreached

MONTHLY, WEEKLY = "digest_month", "digest_week"
KINDS = (MONTHLY, WEEKLY)
"""The kinds of post. The subject is the month, or the Monday, in which it is posted: 202607 or 20260706."""
ANEW = "anew"
"""Marks the one post that takes the place of one that somebody deleted."""

THEME_MONTHS = 3
REFRESH_MINUTES = 30
LAST_REFRESH = time(18)
"""London time; what happens later the next digest tells."""
ROUNDS_OFFERED = 3


def digest_due(work: Work, council: Council, *, on: date, now: datetime) -> int:
    """Queue whatever digest this day brings; returns how many.

    Asked on every working day, it finds after a pause what was missed: one a month from the day that the
    numbers name, and one a week while the month's round is under way. Raises Skipped where nobody reads it.
    """
    chosen = work.switches.qa_channel()
    if chosen is None:
        raise Skipped("no channel was chosen for the QA Group")
    queued = 0
    for kind, subject in _due(work, council, on, weekly=chosen.weekly):
        if not work.notices.of(kind, subject):
            queued += work.notices.queue(
                kind=kind, subject_id=subject, person_id=None, channel_id=chosen.channel_id, now=now
            )
    return queued


def _due(view: View, council: Council, on: date, *, weekly: bool) -> list[tuple[str, int]]:
    first = on.replace(day=1)
    numbers = council.framework.numbers
    found = []
    opens = add_working_days(first - timedelta(days=1), numbers.digest_working_day, council.bank_holidays)
    if on >= opens and _round_before(view, first) is not None:
        found.append((MONTHLY, month_number(first)))
    # On the first day there is nothing to tell of a round yet.
    if weekly and on > first:
        chosen = view.rounds.of_month(first)
        if chosen is not None and chosen.state == "allocated":
            found.append((WEEKLY, _week(on)))
    return found


def use_channel(work: Work, council: Council, *, by: Person, place: ChannelPlace, now: datetime) -> QaChannel:
    """The channel somebody wrote from is the QA Group's, and gets a digest at once. Raises NotAllowed."""
    chosen = use_here(work, council, by=by, place=place, now=now)
    first = council.today(now).replace(day=1)
    this_month = work.rounds.of_month(first)
    if this_month is not None and this_month.state == "allocated":
        kind, subject = WEEKLY, _week(council.today(now))
    elif _round_before(work, first) is not None:
        kind, subject = MONTHLY, month_number(first)
    else:
        return chosen
    # Asked for again, it is posted again: whoever asks does not see the one before, or moved.
    again = now.strftime("%Y%m%d%H%M")
    work.notices.queue(
        kind=kind, subject_id=subject, person_id=None, channel_id=chosen.channel_id, now=now, again=again
    )
    return chosen


def told_of(view: View, notice: Notice) -> date | None:
    """The month of the round that this post tells of; None where there is none."""
    if notice.kind == MONTHLY:
        year, month = divmod(notice.subject_id, 100)
        chosen = _round_before(view, date(year, month, 1))
    else:
        year, rest = divmod(notice.subject_id, 10_000)
        # The week's Monday may stand in the month before the round's.
        sunday = date(year, rest // 100, rest % 100) + timedelta(days=6)
        chosen = _latest(view, sunday.replace(day=1))
    return chosen.month if chosen else None


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
        raise NotFound("No round was given out in that month.")
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
        raise NotFound("No round was given out in that month.")
    work.notices.queue(
        kind=topic_kind(topic),
        subject_id=month_number(month),
        person_id=by.id,
        now=now,
        again=now.strftime("%Y%m%d%H%M"),
    )
    address = work.reach.of(by.id)
    return address is not None and address.state == "reachable"


def topic_kind(topic: Topic) -> str:
    """The kind of notice that brings this part of the digest to somebody's own chat."""
    return f"digest_{topic.value}"


def refresh_later(work: Work, notice: Notice, now: datetime) -> None:
    """Look at the post again at the next full or half hour, as long as its day lasts.

    Each look queues the next, so a restart or another process goes on where this one left off.
    """
    assert notice.channel_id is not None
    at = _next_look(now)
    post = work.channel_posts.get(notice.channel_id, notice.kind, notice.subject_id)
    if post is None or local_day(at) != local_day(post.posted_at):
        return
    if at.astimezone(LONDON).time() > LAST_REFRESH:
        return
    work.notices.queue(
        kind=notice.kind,
        subject_id=notice.subject_id,
        person_id=None,
        channel_id=notice.channel_id,
        medium="update",
        now=now,
        due_at=at,
        again=f"{at:%Y%m%d%H%M}",
    )


def post_anew(work: Work, notice: Notice, now: datetime) -> bool:
    """Somebody deleted the post: it is posted once more, and never a third time; whether it is."""
    assert notice.channel_id is not None
    work.channel_posts.gone(notice.channel_id, notice.kind, notice.subject_id)
    return work.notices.queue(
        kind=notice.kind,
        subject_id=notice.subject_id,
        person_id=None,
        channel_id=notice.channel_id,
        now=now,
        again=ANEW,
    )


def _next_look(now: datetime) -> datetime:
    """The next full or half hour: whoever asks twice means the same look."""
    since = timedelta(minutes=now.minute % REFRESH_MINUTES, seconds=now.second, microseconds=now.microsecond)
    return now - since + timedelta(minutes=REFRESH_MINUTES)


def _week(day: date) -> int:
    """The week's Monday as the subject of its post: 20260706."""
    monday = day - timedelta(days=day.weekday())
    return monday.year * 10_000 + monday.month * 100 + monday.day


def _figures(view: View, council: Council, period: Period, today: date) -> FigureSet:
    given, found, looked = gathered(view, period)
    made = counted(council.framework, given, found, looked, today=today)
    return FigureSet(period, channel_figures(made, given, found, today=today))


def _due_on(view: View, chosen: RoundRow) -> date:
    """The day most of the round's audits are due; an extension moves only its own."""
    days = [audit.due_on for audit in view.audits.of_round(chosen.id)]
    return max(set(days), key=lambda day: (days.count(day), day)) if days else month_end(chosen.month)


def _round_before(view: View, first: date) -> RoundRow | None:
    """The latest round given out before this month."""
    return _latest(view, first - timedelta(days=1))


def _latest(view: View, day: date) -> RoundRow | None:
    allocated = [one for one in view.rounds.in_state("allocated") if one.month <= day]
    return allocated[-1] if allocated else None
