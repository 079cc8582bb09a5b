"""What the Panel and those after it write about the auditor's own audit: in roles, and never a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.demo.doing import Doing
from bot.demo.writing import STEADY
from domain.days import add_working_days, uk_date
from domain.grades import Grade
from domain.moderation import AuditTest, Met, Verdict
from domain.moderation_parts import OVERALL, Original, graded_on, parts_of

CHANGED: Mapping[str, tuple[Grade, str]] = {
    "planning": (
        Grade.REQUIRES_IMPROVEMENT,
        "Each part has an owner, yet nothing says what happens when school is closed, which is what "
        "the child worries about.",
    ),
    OVERALL: (
        Grade.REQUIRES_IMPROVEMENT,
        "The help is steady and kind. Without a plan for the holidays it does not yet hold for this child.",
    ),
}
"""What the Panel grades otherwise than the auditor: section, or the whole, to its grade and why."""

_OUTPUTS = {
    "strengths": "The child's own words lead the audit, and each judgement says what came of it.",
    "development": "Set each grade beside its descriptor, and ask what the plan says of the hardest days.",
    "practice": "Steady, warm work that the child trusts. The plan should now cover the school holidays too.",
    "organisation": "Plans that lean on school need a part for the holidays; supervision could ask for it.",
}
MISSING_ACTION = "Agree with child and parents who is there in the school holidays, and write it down."

PASSED = "Most auditors are new this round, so a second look at each is how they learn. The Panel has time."
"""Why the chair goes on above the most per cent."""

MESSAGE = (
    "Your audit let us hear this child. I would like to think with you about how we grade plans; you know "
    "things about this one that we do not."
)
"""What the chair writes in the invite."""

TALKED = "They will set each grade beside its descriptor, and I will read one of their drafts in the spring."

PROOF = {
    "changed": "The child knows who is there on each day of the holidays, and told the class teacher so.",
    "recorded": "case note of the last home visit",
}
"""How an action is called done."""

CONFIRMED = {
    "note": "The note of the visit has the child's own words, and the days are in the plan.",
    "noted": "supervision note of this week",
}
"""How it is confirmed."""


@dataclass(frozen=True, slots=True)
class SecondLook:
    """The moderation of an audit that was written as `STEADY`."""

    doing: Doing

    @property
    def parts(self) -> tuple[str, ...]:
        """The pages of the form, in order."""
        return parts_of(self._original)

    def typed(self, part: str) -> dict[str, str]:
        """What is typed into this page: input name to value."""
        audit = self.doing.audit
        match part:
            case "start":
                return {"file_read_on": self._today.isoformat()}
            case "tests":
                tests = dict.fromkeys(AuditTest, Met.MET) | {AuditTest.APPLIED: Met.PARTLY}
                return {f"test_{test.value}": met.value for test, met in tests.items()}
            case "outputs":
                return dict(_OUTPUTS)
            case "missing":
                return {
                    "missing_what_1": MISSING_ACTION,
                    "missing_owner_1": str(audit.practitioner_id),
                    "missing_due_1": (self._today + timedelta(days=14)).isoformat(),
                }
            case "decide":
                return {"verdict": Verdict.SATISFACTORY.value}
        return self._grades(part)

    def times(self) -> dict[str, str]:
        """Three times for the talk, as the chair types them."""
        holidays = self.doing.council.bank_holidays
        days = [add_working_days(self._today, after, holidays) for after in (2, 3, 4)]
        clock = ("10:00", "14:30", "9:15")
        return {f"slot_{n}": f"{uk_date(day)} at {clock[n - 1]}" for n, day in enumerate(days, start=1)}

    def _grades(self, part: str) -> dict[str, str]:
        made: dict[str, str] = {}
        for key in graded_on(self._original)[part]:
            grade, because = CHANGED.get(key, (self._original.of(key), ""))
            made |= {f"grade_{key}": grade.value if grade else ""}
            if because:
                made[f"because_{key}"] = because
        return made

    @property
    def _original(self) -> Original:
        pages = self.doing.page_keys
        sections = self.doing.council.framework.sections
        graded = [section.key for section in sections if section.key in pages]
        return Original(Grade(STEADY.overall), dict.fromkeys(graded, Grade.GOOD))

    @property
    def _today(self) -> date:
        return self.doing.council.today(self.doing.at)
