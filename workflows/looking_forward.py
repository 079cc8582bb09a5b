"""What the coming weeks hold: activities of the forward plan, meetings and rounds, as one list.

Source: OG-07, PR-06.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.governance import ActivityKind
from domain.meetings import Meeting, MeetingState
from storage.work import View
from workflows.council import Council


class ComingKind(StrEnum):
    """What is coming."""

    ACTIVITY = "activity"
    MEETING = "meeting"
    ROUND = "round"


@dataclass(frozen=True, slots=True)
class Coming:
    """Something the coming weeks hold. Names no case and no person."""

    day: date
    title: str
    kind: ComingKind


def coming(view: View, council: Council, first: date, last: date) -> tuple[Coming, ...]:
    """What begins from `first` to `last`, both included, earliest first.

    A body of each service counts once a day, however many of its services meet then.
    """
    found = dict.fromkeys(planned(view, council, first, last))
    for state in ("planned", "approved", "allocated"):
        for chosen in view.rounds.in_state(state):
            if first <= chosen.month <= last:
                title = f"Core audit round of {chosen.month:%B %Y}"
                found[Coming(chosen.month, title, ComingKind.ROUND)] = None
    return tuple(sorted(found, key=lambda one: (one.day, one.kind, one.title)))


def planned(
    view: View, council: Council, first: date, last: date, *, besides: Collection[ActivityKind] = ()
) -> Iterator[Coming]:
    """The plan's activities, besides those of these kinds, and the meetings, from `first` to `last`."""
    for item in view.plan.between(first, last):
        # A round that is planned or under way says this itself.
        is_said = item.kind is ActivityKind.CORE and view.rounds.of_month(item.starts_on.replace(day=1))
        if item.kind not in besides and not is_said:
            yield Coming(item.starts_on, item.title, ComingKind.ACTIVITY)
    for meeting in view.meetings.between(first, last):
        if meeting.state is not MeetingState.CANCELLED:
            yield Coming(meeting.planned_on, body_title(council, meeting), ComingKind.MEETING)


def body_title(council: Council, meeting: Meeting) -> str:
    """The body's name, in the plural for one of each service."""
    line = council.framework.meeting(meeting.body)
    if line is None:
        return "A meeting"
    return f"{line.body}s" if line.of_each_service else line.body
