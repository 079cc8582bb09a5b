"""What would clash about meetings: nobody to chair, two of one person's at once, talks beside them.

Source: OG-01, PF-02, QB-01.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from bot.rehearsal.conditions import Conditions
from bot.rehearsal.crew import Crew, post_of
from bot.rehearsal.effort import A_TALK
from bot.rehearsal.kept import Kept
from cards.wording import count
from domain.days import LONDON
from domain.meetings import Meeting, MeetingState
from domain.nudges import works_on
from workflows.bodies import chairs, line_of, members
from workflows.council import Council

Sitting = tuple[datetime, datetime]
"""(from, to)"""


def meeting_clashes(
    council: Council, conditions: Conditions, crew: Crew, kept: Kept
) -> Iterator[tuple[str, int]]:
    """(sentence, how often) of every kind of clash: of bodies in their order, then of posts."""
    unchaired: Counter[str] = Counter()
    away: Counter[str] = Counter()
    sittings: defaultdict[int, list[Sitting]] = defaultdict(list)
    with council.read() as view:
        last = conditions.until_on - timedelta(days=1)
        for meeting in view.meetings.between(conditions.from_on, last):
            line = line_of(council, meeting)
            if line is None or meeting.state is MeetingState.CANCELLED:
                continue
            leading = chairs(view, line, meeting.service_id)
            unchaired[line.body] += not leading
            away[line.body] += bool(leading) and not any(
                works_on(one, meeting.planned_on, council.bank_holidays) for one in leading
            )
            sitting = _sitting(meeting, line.minutes)
            for person in members(view, line, meeting.service_id):
                sittings[person.id].append(sitting)
    for body in (line.body for line in council.framework.meetings):
        if unchaired[body]:
            yield f"{body}: {_met(unchaired[body])} that nobody on the staff list chairs.", unchaired[body]
        if away[body]:
            yield f"{body}: {_met(away[body])} on a day on which nobody who chairs it is at work.", away[body]
    yield from _at_once(crew, sittings)
    yield from _beside_talks(crew, kept, sittings)


def _at_once(crew: Crew, sittings: defaultdict[int, list[Sitting]]) -> Iterator[tuple[str, int]]:
    """Meetings of one person that begin before another of theirs is over."""
    found: Counter[str] = Counter()
    for person_id, theirs in sittings.items():
        until: datetime | None = None
        for begins, ends in sorted(theirs):
            if until is not None and begins < until and person_id in crew.people:
                found[post_of(crew.people[person_id])] += 1
            until = max(until or ends, ends)
    for post, times in sorted(found.items()):
        yield f"{post}: {_met(times)} at the same time as another of one person's.", times


def _beside_talks(
    crew: Crew, kept: Kept, sittings: defaultdict[int, list[Sitting]]
) -> Iterator[tuple[str, int]]:
    """Talks about a moderation that a chair of the Panel holds while their body meets."""
    found: Counter[str] = Counter()
    for person_id, ended in kept.talks:
        began = ended - timedelta(minutes=A_TALK)
        if person_id in crew.people and any(
            begins < ended and began < ends for begins, ends in sittings.get(person_id, ())
        ):
            found[post_of(crew.people[person_id])] += 1
    for post, times in sorted(found.items()):
        talks = count(times, "talk", "talks")
        yield f"{post}: {talks} about a moderation during a meeting of theirs.", times


def _sitting(meeting: Meeting, minutes: int) -> Sitting:
    begins = datetime.combine(meeting.planned_on, time.fromisoformat(meeting.starts_at.zfill(5)), LONDON)
    return begins, begins + timedelta(minutes=minutes)


def _met(times: int) -> str:
    return count(times, "meeting")
