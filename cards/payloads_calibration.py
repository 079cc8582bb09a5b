"""What the buttons of a calibration round and of agreement carry. See `cards.payloads`."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowAgreement(Payload):
    """How far auditors and the Panel agree, of the service as a whole."""

    VERB: ClassVar[str] = "agreement"


@dataclass(frozen=True, slots=True)
class PickAuditor(Payload):
    """Choose an auditor whose moderated audits one may look at; who is an input."""

    VERB: ClassVar[str] = "pick_auditor"


@dataclass(frozen=True, slots=True)
class ShowDifferences(Payload):
    """One auditor's moderated audits side by side, from this place on."""

    VERB: ClassVar[str] = "differences"
    auditor_id: int
    start: int


@dataclass(frozen=True, slots=True)
class ShowCalibrations(Payload):
    """The calibration cases that are open and that are over."""

    VERB: ClassVar[str] = "calibrations"


@dataclass(frozen=True, slots=True)
class AskCalibration(Payload):
    """Open the form in which the PSW writes a case."""

    VERB: ClassVar[str] = "calibration_form"


@dataclass(frozen=True, slots=True)
class OpenCalibration(Payload):
    """Send the case to everyone; the case and the Panel's grades are inputs."""

    VERB: ClassVar[str] = "open_calibration"
    WRITES: ClassVar[bool] = True
    nonce: str


@dataclass(frozen=True, slots=True)
class ShowCalibration(Payload):
    """A case to grade, how far it is for the PSW, or what came of it."""

    VERB: ClassVar[str] = "calibration"
    calibration_id: int


@dataclass(frozen=True, slots=True)
class GradeCalibration(Payload):
    """Keep one's own grades of a case; they are inputs."""

    VERB: ClassVar[str] = "grade_calibration"
    WRITES: ClassVar[bool] = True
    calibration_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class CloseCalibration(Payload):
    """Close a case before its last day."""

    VERB: ClassVar[str] = "close_calibration"
    WRITES: ClassVar[bool] = True
    calibration_id: int
    nonce: str
