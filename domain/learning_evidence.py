"""What an entry of the learning log rests on, and what it still lacks before it may be closed.

Source: OG-06, RO-07, Q29, SG-01.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SourceKind(StrEnum):
    """A source of learning that lies outside any one audit."""

    ROUND = "round"
    """The report of a round; it names nobody."""
    COMPLAINT = "complaint"
    COMPLIMENT = "compliment"
    SURVEY = "survey"
    REVIEW = "review"
    """A learning review, peer review or inspection (AA-01)."""
    OTHER = "other"


TYPED_KINDS = tuple(kind for kind in SourceKind if kind is not SourceKind.ROUND)
"""Those that are typed; a round's report is chosen."""


@dataclass(frozen=True, slots=True)
class Source:
    """One such source of an entry."""

    id: int
    entry_id: int
    kind: SourceKind
    what: str
    """What it is, naming nobody; empty for a round's report."""
    dated_on: date
    """Its day; for a round's report the first of its month."""
    round_id: int | None


class Need(StrEnum):
    """What an entry still lacks before it may be closed with its answer on impact."""

    OWNER = "owner"
    EVIDENCE = "evidence"
    ACTION = "action"
    DONE = "done"


SAID = {
    Need.OWNER: "Somebody has to see to it.",
    Need.EVIDENCE: "It needs at least one piece of evidence.",
    Need.ACTION: "It needs at least one action.",
    Need.DONE: "Some of its actions are not done yet; one that nobody needs any more can be taken out.",
}


def needs_to_close(*, owned: bool, pieces: int, done: Sequence[bool]) -> tuple[Need, ...]:
    """What stands between an entry and its end; nothing once only the answer on impact is missing.

    `pieces` counts the audits and other sources it rests on; `done` says of each action whether it is done.
    """
    needs = {
        Need.OWNER: not owned,
        Need.EVIDENCE: pieces == 0,
        Need.ACTION: not done,
        Need.DONE: not all(done),
    }
    return tuple(need for need, lacking in needs.items() if lacking)
