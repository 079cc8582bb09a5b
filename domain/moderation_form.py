"""What the Panel writes about an audit, page by page, as plain values; half filled or whole.

Source: MO-08 to MO-14, MO-18, Q24; workflow 1B step 12.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from domain.grades import Grade
from domain.moderation import AuditTest, Met, Verdict
from domain.pages import ActionLine

MISSING_LINES = 3
"""How many missing actions fit on the page."""
BECAUSE_LIMIT = 1500
"""Characters of why a grade differs: several stand on one page."""


@dataclass(frozen=True, slots=True)
class SectionGrade:
    """The Panel's grade of one section, with why where it differs from the auditor's."""

    grade: Grade | None = None
    because: str = ""
    final: Grade | None = None
    """Another grade that the chair recorded after the talk; kept beside the Panel's, which counts (MO-21)."""
    final_because: str = ""


@dataclass(frozen=True, slots=True)
class ModerationForm:
    """Everything the Panel says of one audit."""

    file_read_on: date | None = None
    """When the child's file was read; without it nothing can be decided (MO-08)."""
    tests: Mapping[AuditTest, Met] = field(default_factory=dict)
    sections: Mapping[str, SectionGrade] = field(default_factory=dict)
    """Section key to the moderated grade."""
    overall: Grade | None = None
    overall_because: str = ""
    verdict: Verdict | None = None
    """Whether the audit is satisfactory as a piece of work; a person's judgement (SG-04)."""
    strengths: str = ""
    """What the auditor did well; the auditor's, the PSW's and their own service manager's alone (SG-03)."""
    development: str = ""
    """What would help the auditor; with guidance for next time (MO-16). As private as `strengths`."""
    practice: str = ""
    """What the Panel says of the practice with this child."""
    missing: tuple[ActionLine, ...] = ()
    """Remedial actions that the audit lacks (MO-09)."""
    nothing_missing: bool = False
    organisation: str = ""
    """What the organisation can learn; drafts a log entry."""
    example_ids: tuple[int, ...] = ()
    """Example audits offered to the auditor (MO-18)."""


def with_finals(form: ModerationForm, finals: Mapping[str, tuple[Grade, str]]) -> ModerationForm:
    """The form with the final grades of these sections, each with its reason; the Panel's stay (MO-21)."""
    kept = {
        key: replace(form.sections[key], final=grade, final_because=why)
        for key, (grade, why) in finals.items()
    }
    return replace(form, sections={**form.sections, **kept})


def to_body(form: ModerationForm) -> dict[str, Any]:
    """The form as plain JSON values."""
    return {
        "file_read_on": form.file_read_on.isoformat() if form.file_read_on else None,
        "tests": {test.value: met.value for test, met in form.tests.items()},
        "sections": {
            key: {
                "grade": one.grade.value if one.grade else None,
                "because": one.because,
                **({"final": one.final.value, "final_because": one.final_because} if one.final else {}),
            }
            for key, one in form.sections.items()
        },
        "overall": form.overall.value if form.overall else None,
        "overall_because": form.overall_because,
        "verdict": form.verdict.value if form.verdict else None,
        "strengths": form.strengths,
        "development": form.development,
        "practice": form.practice,
        "missing": [
            {
                "what": line.what,
                "owner_id": line.owner_id,
                "due_on": line.due_on.isoformat() if line.due_on else None,
            }
            for line in form.missing
        ],
        "nothing_missing": form.nothing_missing,
        "organisation": form.organisation,
        "example_ids": list(form.example_ids),
    }


def from_body(body: Mapping[str, Any]) -> ModerationForm:
    """The form as it was saved; an empty one for a moderation nobody has begun."""
    if not body:
        return ModerationForm()
    return ModerationForm(
        file_read_on=_day(body["file_read_on"]),
        tests={AuditTest(test): Met(met) for test, met in body["tests"].items()},
        sections={
            key: SectionGrade(
                _grade(one["grade"]), one["because"], _grade(one.get("final")), one.get("final_because", "")
            )
            for key, one in body["sections"].items()
        },
        overall=_grade(body["overall"]),
        overall_because=body["overall_because"],
        verdict=Verdict(body["verdict"]) if body["verdict"] else None,
        strengths=body["strengths"],
        development=body["development"],
        practice=body["practice"],
        missing=tuple(_missing(body["missing"])),
        nothing_missing=body["nothing_missing"],
        organisation=body["organisation"],
        example_ids=tuple(body["example_ids"]),
    )


def _missing(lines: Iterable[Mapping[str, Any]]) -> Iterable[ActionLine]:
    return (ActionLine(line["what"], line["owner_id"], _day(line["due_on"])) for line in lines)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _grade(word: str | None) -> Grade | None:
    return Grade(word) if word else None
