"""A moderation as one of its readers sees it, and who may see how much of it from when on.

Source: MO-15 to MO-19, MO-21, Q13, SG-03.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.audits import Audit
from domain.grades import Grade
from domain.moderation import Moderation
from domain.moderation_file import Offered
from domain.moderation_form import ModerationForm
from domain.permissions import Capacity


class Shown(StrEnum):
    """How much of a moderation somebody sees."""

    WHOLE = "whole"
    TEAM = "team"
    """What it says of the practice with the child. What it says of the auditor is left out (SG-03)."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One moderation with everything needed to show it to one reader."""

    moderation: Moderation
    audit: Audit
    form: ModerationForm
    """Without what the reader may not see."""
    shown: Shown
    is_auditor: bool
    """Whether the reader is the one whose audit it is."""
    auditor_name: str
    practitioner_name: str
    team_name: str
    original: Grade
    """The auditor's own overall grade, which stays (MO-21)."""
    section_grades: Mapping[str, Grade]
    """Section key to the auditor's own grade."""
    owners: Mapping[int, str]
    """Id to name of those who own a missing action."""
    has_talk: bool
    """Whether there is a talk that this reader is part of."""
    agreed: str = ""
    """What was agreed in the talk for next time; the chair's and the auditor's alone (SG-03)."""
    examples: tuple[Offered, ...] = ()
    """Example audits the Panel offers that can still be read, where the library is open to the reader."""


def shown_to(
    granted: frozenset[Capacity], moderation: Moderation, *, invited: bool, heard: bool
) -> Shown | None:
    """How much of it somebody of these capacities sees at this moment; None for nothing.

    Nobody reads what is not decided. The Panel reads it from then on, the auditor once invited to talk or
    once it is released, everybody else once it is released; of team managers only those of the team that
    holds the case, and whoever has its copy in their place (Q13). `heard` says whether the auditor has been
    talked with where it went out early: they hear it before their own manager reads it (MO-16, SG-03).
    """
    if moderation.decided_at is None:
        return None
    if granted & {Capacity.CHAIR, Capacity.PANEL_MEMBER}:
        return Shown.WHOLE
    released = moderation.released_at is not None
    if Capacity.AUDITOR in granted and (invited or released):
        return Shown.WHOLE
    if Capacity.AUDITORS_MANAGER in granted and released and heard:
        return Shown.WHOLE
    if Capacity.COPY_READER in granted and released:
        return Shown.TEAM
    return None


def for_reader(form: ModerationForm, shown: Shown) -> ModerationForm:
    """The form without what is not for this reader.

    The five tests and the verdict judge the auditor's work as much as strengths and development do.
    """
    if shown is Shown.WHOLE:
        return form
    return replace(form, strengths="", development="", tests={}, verdict=None, example_ids=())
