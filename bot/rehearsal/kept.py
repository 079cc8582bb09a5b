"""What a rehearsal keeps: what left for whom and when, what was pressed, and how long it takes people.

Nothing of a case is in it: previews name none, and of a card only one of each kind is kept.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from domain.days import local_day

TOLD = ("teams", "email")
"""Media that come unasked; an edit of a card that is there already makes no sound."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One notice that left, or would have but for something."""

    at: datetime
    kind: str
    medium: str
    """"teams", "email" or "update"."""
    person_id: int | None
    """None for a channel."""
    says: str
    """The preview, or the mail's subject; neither names a case."""
    size: int
    """Bytes of the card; 0 for a mail."""
    becomes: str = "sent"
    """"sent", "unreachable" or "dead"."""
    why: str = ""


@dataclass(slots=True)
class Week:
    """One person's week."""

    cards: int = 0
    presses: int = 0
    minutes: float = 0.0


@dataclass(slots=True)
class Kept:
    """Everything that came of it."""

    sent: list[Sent] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    """Kind to how many no longer applied when they were to leave."""
    samples: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Kind to the first card of it."""
    weeks: dict[tuple[int, date], Week] = field(default_factory=dict)
    """(person, Monday) to their week."""
    presses: Counter[str] = field(default_factory=Counter)
    """Verb to how often it was pressed."""
    nowhere: Counter[str] = field(default_factory=Counter)
    """What a press asked for and the answer it got instead, to how often."""
    failed: Counter[str] = field(default_factory=Counter)
    """Lines of the calendar that failed."""
    done: list[tuple[datetime, str]] = field(default_factory=list)
    """(moment, line) of what the calendar did."""
    talks: list[tuple[int, datetime]] = field(default_factory=list)
    """(chair, moment) of talks that were held."""

    def leaves(self, sent: Sent) -> None:
        """Keep a notice."""
        self.sent.append(sent)
        if sent.person_id is not None and sent.becomes == "sent" and sent.medium in TOLD:
            self.week(sent.person_id, sent.at).cards += 1

    def takes(self, person_id: int, at: datetime, minutes: float, *, presses: int = 0) -> None:
        """Keep that this took somebody so long."""
        week = self.week(person_id, at)
        week.minutes += minutes
        week.presses += presses

    def week(self, person_id: int, at: datetime) -> Week:
        """The person's week that this moment lies in."""
        day = local_day(at)
        return self.weeks.setdefault((person_id, day - timedelta(days=day.weekday())), Week())
