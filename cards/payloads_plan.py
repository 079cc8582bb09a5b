"""What the buttons of the forward plan carry. See `cards.payloads`."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowPlan(Payload):
    """A year's plan: as a whole ("year"), a quarter of it ("q1" to "q4"), or what to look at ("look")."""

    VERB: ClassVar[str] = "forward_plan"
    year: int
    """By the year its April falls in; 0 for the one under way."""
    part: str


@dataclass(frozen=True, slots=True)
class ShowPlanItem(Payload):
    """One activity."""

    VERB: ClassVar[str] = "plan_item"
    item_id: int


@dataclass(frozen=True, slots=True)
class AskPlanItem(Payload):
    """Open a form of an activity: its "words", its "end" or its "terms"."""

    VERB: ClassVar[str] = "plan_form"
    item_id: int
    """0 for a new one."""
    year: int
    form: str


@dataclass(frozen=True, slots=True)
class SavePlanItem(Payload):
    """Save an activity with the Group's reason; all of it is typed (OG-07)."""

    VERB: ClassVar[str] = "plan_save"
    WRITES: ClassVar[bool] = True
    item_id: int
    version: int
    year: int
    nonce: str


@dataclass(frozen=True, slots=True)
class EndPlanItem(Payload):
    """Say that an activity is "done" or "cancelled"; the reason is an input."""

    VERB: ClassVar[str] = "plan_end"
    WRITES: ClassVar[bool] = True
    item_id: int
    version: int
    state: str
    nonce: str


@dataclass(frozen=True, slots=True)
class SaveTerms(Payload):
    """Save the four parts of terms of reference, which are inputs (TA-04)."""

    VERB: ClassVar[str] = "terms_save"
    WRITES: ClassVar[bool] = True
    item_id: int
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class SignTerms(Payload):
    """Sign terms of reference for the Board (QB-02)."""

    VERB: ClassVar[str] = "terms_sign"
    WRITES: ClassVar[bool] = True
    item_id: int
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class DraftPlan(Payload):
    """Draft a year's plan from the year before, or from the framework."""

    VERB: ClassVar[str] = "plan_draft"
    WRITES: ClassVar[bool] = True
    year: int
    nonce: str


@dataclass(frozen=True, slots=True)
class AgreePlan(Payload):
    """The Group agrees the drafts of a year."""

    VERB: ClassVar[str] = "plan_agree"
    WRITES: ClassVar[bool] = True
    year: int
    nonce: str


@dataclass(frozen=True, slots=True)
class AskPlanBook(Payload):
    """Have a year's plan as a workbook."""

    VERB: ClassVar[str] = "plan_book"
    WRITES: ClassVar[bool] = True
    year: int
    nonce: str
