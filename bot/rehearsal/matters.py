"""What a button is about, named so that the same matter has the same name in every run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.rehearsal.reading import Packed
from domain.audits import Audit
from domain.grades import Grade
from domain.meetings import Came, Meeting
from domain.moderation_parts import Original
from storage.actions import ActionRow
from storage.discussions import DiscussionRow
from workflows.council import Council, View

_NAMED_BY = (
    *("audit_id", "moderation_id", "action_id", "entry_id", "round_id"),
    *("meeting_id", "tracked_id", "pack_id", "narrative_id", "exception_id", "report_id"),
)


@dataclass(slots=True)
class Matters:
    """Looks up what people know of a matter from its cards."""

    council: Council
    _names: dict[int, str] = field(default_factory=dict)

    def audit(self, packed: Packed) -> Audit | None:
        """The audit that a button of it, of its moderation or of one of its actions is about."""
        with self.council.read() as view:
            return _audit(view, packed)

    def action(self, action_id: int) -> ActionRow | None:
        """An action as it stands."""
        with self.council.read() as view:
            return view.actions.get(action_id)

    def original(self, audit: Audit) -> Original:
        """The auditor's own grades, as the Panel reads them on its card."""
        with self.council.read() as view:
            pages = view.audits.pages(audit.id)
        graded = {section.key: pages.get(section.key) for section in self.council.framework.sections}
        grades = {key: _grade(page.body) for key, page in graded.items() if page is not None}
        overall = Grade(audit.overall) if audit.overall else Grade.GOOD
        return Original(overall, {key: grade for key, grade in grades.items() if grade is not None})

    def talk(self, moderation_id: int) -> DiscussionRow | None:
        """The talk about a moderation as it stands."""
        with self.council.read() as view:
            return view.discussions.of_moderation(moderation_id)

    def meeting(self, meeting_id: int) -> tuple[Meeting | None, int, tuple[int, ...]]:
        """A meeting as it stands, its minutes, and who came."""
        with self.council.read() as view:
            meeting = view.meetings.get(meeting_id)
            people = view.meetings.people(meeting_id)
        line = self.council.framework.meeting(meeting.body) if meeting else None
        came = tuple(one.person_id for one in people if one.came is Came.CAME)
        return meeting, line.minutes if line else 0, came

    def last_day(self, packed: Packed, verb: str) -> date | None:
        """The day that the card names as the last one for it; None where it names none."""
        with self.council.read() as view:
            if verb == "moderation":
                moderation = view.moderations.get(int(packed["moderation_id"]))
                return moderation.due_on if moderation else None
            if verb == "action":
                action = view.actions.get(int(packed["action_id"]))
                return action.due_on if action else None
            audit = _audit(view, packed)
            return audit.due_on if audit else None

    def name(self, packed: Packed) -> str:
        """By case and day where there is an audit behind it, as numbers shift with each person more."""
        known = [(key, packed[key]) for key in _NAMED_BY if key in packed]
        if not known:
            return "-"
        if known[0][0] not in ("audit_id", "moderation_id", "action_id"):
            return " ".join(f"{key} {value}" for key, value in known)
        audit = self.audit(packed)
        if audit is None:
            return str(known)
        if audit.id not in self._names:
            self._names[audit.id] = f"{audit.case_reference} of {audit.allocated_on}"
        return f"{known[0][0]} {self._names[audit.id]}"


def _audit(view: View, packed: Packed) -> Audit | None:
    if "audit_id" in packed:
        return view.audits.get(int(packed["audit_id"]))
    if "moderation_id" in packed:
        moderation = view.moderations.get(int(packed["moderation_id"]))
        return view.audits.get(moderation.audit_id) if moderation else None
    if "action_id" in packed:
        action = view.actions.get(int(packed["action_id"]))
        return view.audits.get(action.audit_id) if action else None
    return None


def _grade(body: Mapping[str, object]) -> Grade | None:
    value = body.get("grade")
    return Grade(str(value)) if value else None
