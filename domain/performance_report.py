"""What a performance report holds, and how that is kept once the report is locked.

Words and figures are locked together: a report that was agreed at SMT must say the same when it is opened
again, whatever lists come in afterwards. It is kept as data, and card, Word and Excel are drawn from it.

Source: PF-05, PF-07, PF-09, PF-10, PF-13, SG-05.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from domain.narratives import Report
from domain.numbers import ExceptionLine, Look, NumberLine, Numbers
from domain.performance import ExceptionState


@dataclass(frozen=True, slots=True)
class Written:
    """One person's words, or that they have not come yet."""

    whose: str
    """The service; the writer where it is of no service."""
    by: str
    boxes: tuple[tuple[str, str], ...]
    """(label, text); empty while nothing is written."""
    locked: bool


@dataclass(frozen=True, slots=True)
class ReportContent:
    """What stands in a report."""

    numbers: Numbers | None
    """None for a report of words alone."""
    exceptions: tuple[ExceptionLine, ...]
    written: tuple[Written, ...]
    analysis: tuple[Written, ...]
    """The principal social worker's, with the quarter's report (PF-10)."""


@dataclass(frozen=True, slots=True)
class LockedReport:
    """A report as it was locked."""

    report: Report
    period_on: date
    body: Mapping[str, Any]
    """Its content as JSON; see `from_body`."""
    framework_version: str
    locked_at: datetime
    hash: str

    @property
    def content(self) -> ReportContent:
        """What stands in it."""
        return from_body(self.body)

    @property
    def is_intact(self) -> bool:
        """Whether it still is what was locked: its hash, worked out again, is the one kept with it."""
        again = hash_of(self.report, self.period_on, self.body, self.framework_version, self.locked_at)
        return again == self.hash


def for_lead_member(content: ReportContent) -> ReportContent:
    """The aggregates alone: no owner's name, and none of the words that people wrote freely (PF-08, SG-03).

    That something was said stays, as a mark, so that it can be counted.
    """
    told = tuple(
        replace(one, owner="", reply="yes" if one.reply else "", action="yes" if one.action else "")
        for one in content.exceptions
    )
    return ReportContent(content.numbers, told, (), ())


def to_body(content: ReportContent) -> dict[str, Any]:
    """As JSON keeps it."""
    body: dict[str, Any] = json.loads(json.dumps(asdict(content), default=_day))
    return body


def from_body(body: Mapping[str, Any]) -> ReportContent:
    """What was kept."""
    numbers = body["numbers"]
    return ReportContent(
        numbers=None
        if numbers is None
        else Numbers(numbers["of"], tuple(_line(one) for one in numbers["lines"]), numbers["hidden"]),
        exceptions=tuple(_exception(one) for one in body["exceptions"]),
        written=_written(body["written"]),
        analysis=_written(body["analysis"]),
    )


def hash_of(
    report: Report, period_on: date, body: Mapping[str, Any], framework_version: str, locked_at: datetime
) -> str:
    """The SHA-256 of a locked report: which it is, all it holds, and when it was locked."""
    whole = {
        "report": report.value,
        "period_on": period_on.isoformat(),
        "content": body,
        "framework_version": framework_version,
        "locked_at": locked_at.astimezone(UTC).isoformat(),
    }
    written = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a report")


def _line(body: Mapping[str, Any]) -> NumberLine:
    return NumberLine(**{**body, "look": Look(body["look"])})


def _exception(body: Mapping[str, Any]) -> ExceptionLine:
    due_on = body["due_on"]
    return ExceptionLine(
        **{
            **body,
            "state": ExceptionState(body["state"]),
            "due_on": None if due_on is None else date.fromisoformat(due_on),
        }
    )


def _written(bodies: Sequence[Mapping[str, Any]]) -> tuple[Written, ...]:
    return tuple(
        Written(one["whose"], one["by"], tuple((label, text) for label, text in one["boxes"]), one["locked"])
        for one in bodies
    )
