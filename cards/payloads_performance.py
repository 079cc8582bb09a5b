"""What buttons of the performance framework carry. See `cards.payloads`.

Whose figures a reader may open is asked anew at every press, whatever stands here.
"""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowPerformance(Payload):
    """What there is for this person: figures, and what they are asked for."""

    VERB: ClassVar[str] = "performance"


@dataclass(frozen=True, slots=True)
class ShowNumbers(Payload):
    """Figures from this line on: of the "council" (0), a "service", a "team", or its "people" or "cases"."""

    VERB: ClassVar[str] = "numbers"
    level: str
    place_id: int
    start: int


@dataclass(frozen=True, slots=True)
class AskNumbersCopy(Payload):
    """Offer the same figures, all of them, as a Word copy."""

    VERB: ClassVar[str] = "numbers_copy"
    WRITES: ClassVar[bool] = True
    level: str
    place_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ShowTeamReport(Payload):
    """A team's weekly report."""

    VERB: ClassVar[str] = "team_report"
    report_id: int


@dataclass(frozen=True, slots=True)
class AnswerTeamReport(Payload):
    """Seen, or acting; the line on what is done is an input."""

    VERB: ClassVar[str] = "answer_team_report"
    WRITES: ClassVar[bool] = True
    report_id: int
    acting: bool
    nonce: str


@dataclass(frozen=True, slots=True)
class ShowWeeks(Payload):
    """What the teams of one's service answered, from this line on."""

    VERB: ClassVar[str] = "team_weeks"
    start: int


@dataclass(frozen=True, slots=True)
class ShowExceptions(Payload):
    """Figures that need a line from this person, from this place on."""

    VERB: ClassVar[str] = "exceptions"
    start: int


@dataclass(frozen=True, slots=True)
class WriteExplanation(Payload):
    """Open the form for one of them."""

    VERB: ClassVar[str] = "exception"
    exception_id: int


@dataclass(frozen=True, slots=True)
class Explain(Payload):
    """Keep the lines; why and what is done are inputs."""

    VERB: ClassVar[str] = "explain"
    WRITES: ClassVar[bool] = True
    exception_id: int
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class WriteNarrative(Payload):
    """Open the boxes one was asked to fill."""

    VERB: ClassVar[str] = "narrative"
    narrative_id: int


@dataclass(frozen=True, slots=True)
class SaveNarrative(Payload):
    """Keep what was typed in them."""

    VERB: ClassVar[str] = "save_narrative"
    WRITES: ClassVar[bool] = True
    narrative_id: int
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ShowClinicPack(Payload):
    """The pack of a service's Performance Clinic; service and month are one number."""

    VERB: ClassVar[str] = "clinic_pack"
    subject: int


@dataclass(frozen=True, slots=True)
class AskPackCopy(Payload):
    """Offer the pack as a Word copy."""

    VERB: ClassVar[str] = "clinic_pack_copy"
    WRITES: ClassVar[bool] = True
    subject: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ShowPerformanceReport(Payload):
    """The report of a month, quarter or year; which one and when are one number."""

    VERB: ClassVar[str] = "performance_report"
    subject: int


@dataclass(frozen=True, slots=True)
class AskPerformanceCopy(Payload):
    """Offer it as a Word copy."""

    VERB: ClassVar[str] = "performance_copy"
    WRITES: ClassVar[bool] = True
    subject: int
    nonce: str


@dataclass(frozen=True, slots=True)
class AskPerformanceBook(Payload):
    """Offer its dataset as a workbook."""

    VERB: ClassVar[str] = "performance_book"
    WRITES: ClassVar[bool] = True
    subject: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ShowLeadSummary(Payload):
    """The Lead Member's summary of the quarter that begins in this month, as 202604."""

    VERB: ClassVar[str] = "lead_summary"
    subject: int


@dataclass(frozen=True, slots=True)
class AskLeadCopy(Payload):
    """Offer it as a Word copy."""

    VERB: ClassVar[str] = "lead_copy"
    WRITES: ClassVar[bool] = True
    subject: int
    nonce: str


@dataclass(frozen=True, slots=True)
class LockReport(Payload):
    """Lock what is written before its day, and send it out."""

    VERB: ClassVar[str] = "lock_report"
    WRITES: ClassVar[bool] = True
    subject: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ShowRequests(Payload):
    """Reports that groups have asked for, from this place on."""

    VERB: ClassVar[str] = "report_requests"
    start: int


@dataclass(frozen=True, slots=True)
class ShowRequest(Payload):
    """One of them, with the boxes for its answer where it is this person's to answer."""

    VERB: ClassVar[str] = "report_request"
    request_id: int


@dataclass(frozen=True, slots=True)
class WriteRequest(Payload):
    """Open the form that asks for a report."""

    VERB: ClassVar[str] = "ask_report_form"


@dataclass(frozen=True, slots=True)
class SendRequest(Payload):
    """Ask for it; group, what, why, who and when are inputs."""

    VERB: ClassVar[str] = "ask_report"
    WRITES: ClassVar[bool] = True
    nonce: str


@dataclass(frozen=True, slots=True)
class DropRequest(Payload):
    """Whoever asked no longer needs it."""

    VERB: ClassVar[str] = "drop_report"
    WRITES: ClassVar[bool] = True
    request_id: int
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class AnswerRequest(Payload):
    """Answer it; what was found and where it is kept are inputs."""

    VERB: ClassVar[str] = "answer_report"
    WRITES: ClassVar[bool] = True
    request_id: int
    version: int
    nonce: str
