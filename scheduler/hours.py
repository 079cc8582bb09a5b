"""What waits for its reader's working hours, and until when.

A card or a mail makes a telephone buzz. Whoever is at home, on leave or asleep is not to think of their
audits, so whatever comes unasked waits, the QA office's too. Only what is listed here does not: the decision
is made by kind and in this one place. Edits of cards that are there already make no sound and never wait.

Source: CA-06, CA-22, PR-01; SG-02 for what is about a safety alert.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.digest import Topic
from domain.nudges import may_be_told
from domain.people import Person
from storage.notices import SAFETY, Notice
from workflows.council import Council
from workflows.digesting import AHEAD, topic_kind

OUTSIDE = "outside the person's working hours"

ON_ITS_WAY = timedelta(minutes=1)
"""How long a message may take from being drawn to being there; what could not make it in time waits."""

AT_ANY_HOUR: Mapping[str, str] = {
    **dict.fromkeys(SAFETY, "a child may be in danger"),
    "file_offer": "its reader asked for the file just now",
    "file_by_mail": "its reader asked for the file just now",
    "day_preview": "its reader asked for it just now",
    **{topic_kind(topic): "its reader asked for it in the channel just now" for topic in Topic},
    AHEAD: "its reader asked for it in the channel just now",
}
"""Kinds that leave whatever the hour, and why."""


def leaves_at(council: Council, notice: Notice, person: Person, now: datetime) -> datetime:
    """When this may go to this person: now, or on the next morning at which they work, in UTC."""
    if council.at_any_hour or notice.kind in AT_ANY_HOUR or notice.medium == "update":
        return now
    opens_at = may_be_told(person, now, council.bank_holidays)
    if opens_at > now:
        return opens_at
    there_at = now + ON_ITS_WAY
    in_time = may_be_told(person, there_at, council.bank_holidays)
    return now if in_time == there_at else in_time
