"""The QA Group's post: when it is due, which round it tells of, and how it is kept up to date that day.

Source: OG-03, OG-05, Q31; decision 0019.
"""

from datetime import date, datetime, time, timedelta

from domain.cadence import Skipped
from domain.days import LONDON, add_working_days, local_day, month_number
from domain.people import Person
from storage.notices import Notice
from storage.rounds import RoundRow
from storage.work import View, Work
from workflows.council import Council
from workflows.places import ChannelPlace
from workflows.qa_channel import QaChannel, use_here

MONTHLY, WEEKLY = "digest_month", "digest_week"
KINDS = (MONTHLY, WEEKLY)
"""The kinds of post. The subject is the month, or the Monday, in which it is posted: 202607 or 20260706."""
ANEW = "anew"
"""Marks the one post that takes the place of one that somebody deleted."""

REFRESH_MINUTES = 30
LAST_REFRESH = time(18)
"""London time; what happens later the next digest tells."""


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


def _round_before(view: View, first: date) -> RoundRow | None:
    """The latest round given out before this month."""
    return _latest(view, first - timedelta(days=1))


def _latest(view: View, day: date) -> RoundRow | None:
    allocated = [one for one in view.rounds.in_state("allocated") if one.month <= day]
    return allocated[-1] if allocated else None
