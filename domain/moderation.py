"""A moderation as the product keeps it: why the audit was chosen, who looks at it, what came of it.

The auditor's own grade stays on the audit. The moderation holds the Panel's, and what stands after the
auditor was heard. All of them are kept; reports count the Panel's (MO-21).

Source: MO-02 to MO-21, Q3 to Q9, Q13, Q14; workflow 1B steps 11 to 14.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.grades import Grade


class Reason(StrEnum):
    """Why an audit is moderated."""

    OUTSTANDING = "outstanding"
    INADEQUATE = "inadequate"
    NEW_AUDITOR = "new_auditor"
    STRUGGLING_AUDITOR = "struggling_auditor"
    NOMINATED = "nominated"
    """A nomination that the Panel accepted (Q6)."""
    CHOSEN = "chosen"
    """Somebody of the Panel thinks it looks misgraded (MO-03)."""
    TOP_UP = "top_up"
    """Drawn at random to reach the least share (Q3)."""


COMPULSORY = frozenset(
    {Reason.OUTSTANDING, Reason.INADEQUATE, Reason.NEW_AUDITOR, Reason.STRUGGLING_AUDITOR, Reason.NOMINATED}
)
"""Never dropped, however many there are (Q3, Q4)."""


class AuditTest(StrEnum):
    """The five tests of an audit (MO-10 to MO-14)."""

    COVERED = "covered"
    TRIANGULATED = "triangulated"
    BALANCED = "balanced"
    APPLIED = "applied"
    PLAN = "plan"


class Met(StrEnum):
    """How far a test is met."""

    MET = "met"
    PARTLY = "partly"
    NOT = "not"


class Verdict(StrEnum):
    """What the Panel thinks of the audit as a piece of work."""

    SATISFACTORY = "satisfactory"
    CONCERN = "concern"


class ReleaseKind(StrEnum):
    """On what ground a moderation went to the team manager."""

    SATISFACTORY = "satisfactory"
    """At once (MO-15)."""
    DISCUSSED = "discussed"
    """After the talk with the auditor (MO-19)."""
    EARLY = "early"
    """Before it, as waiting would delay needed action; always with a reason (MO-17)."""


class ModerationState(StrEnum):
    """Where a moderation stands; derived, never stored."""

    WAITING = "waiting"
    TAKEN = "taken"
    HELD = "held"
    """Decided, and the team manager's copy waits for the talk (MO-17)."""
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Moderation:
    """One audit's moderation."""

    id: int
    audit_id: int
    draw_id: int | None
    reasons: tuple[Reason, ...]
    selected_at: datetime
    selected_by: int | None
    """None where a rule chose."""
    selected_note: str
    due_on: date
    """Fourteen days from submission, or from selection for a top-up (MO-07, Q7)."""
    moderator_id: int | None
    """Whose it is in the Panel's queue."""
    taken_at: datetime | None
    body: Mapping[str, object]
    """The form as saved, as plain JSON values; read through `domain.moderation_form`."""
    saved_at: datetime | None
    saved_by: int | None
    verdict: Verdict | None
    overall: Grade | None
    """The moderated overall grade."""
    grade_changed: bool | None
    """Whether the overall or any section's grade differs from the auditor's."""
    decided_at: datetime | None
    decided_by: int | None
    final: Grade | None
    """What the chair recorded once the auditor was heard, kept beside the other two; None until then."""
    final_because: str
    reply: str
    """The auditor's reply, kept as written (right of reply)."""
    replied_at: datetime | None
    released_at: datetime | None
    released_by: int | None
    release_kind: ReleaseKind | None
    release_reason: str
    version: int

    @property
    def state(self) -> ModerationState:
        """Where it stands."""
        if self.released_at is not None:
            return ModerationState.RELEASED
        if self.decided_at is not None:
            return ModerationState.HELD
        return ModerationState.WAITING if self.taken_at is None else ModerationState.TAKEN

    @property
    def is_random(self) -> bool:
        """Whether chance alone chose it; only these speak for all audits."""
        return self.reasons == (Reason.TOP_UP,)

    @property
    def other_final(self) -> Grade | None:
        """The final grade where it is another than the Panel's; else there is nothing more to tell."""
        return None if self.final is self.overall else self.final

    @property
    def needs_talk(self) -> bool:
        """Whether the auditor is invited to talk it through: a concern, or a grade that changed (MO-16)."""
        return self.verdict is Verdict.CONCERN or bool(self.grade_changed)


def counting_grade(original: Grade, moderation: Moderation | None) -> Grade:
    """The grade that reports count: the Panel's once it is released, else the auditor's (MO-21).

    A held moderation shows nowhere, in no report either. The final grade is never counted: it is kept beside
    the other two, so that a chair whom the talk persuaded leaves a trace and moves no figure.
    """
    if moderation is None or moderation.released_at is None:
        return original
    return moderation.overall or original
