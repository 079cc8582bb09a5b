"""Who may press what of calibration; see `cells`."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from cards.payloads import Payload
from cards.payloads_calibration import (
    AskCalibration,
    CloseCalibration,
    GradeCalibration,
    OpenCalibration,
    PickAuditor,
    ShowAgreement,
    ShowCalibration,
    ShowCalibrations,
    ShowDifferences,
)
from domain.days import local_day
from domain.grades import Grade
from domain.people import Person, Post
from storage.work import Work
from tests.builders import Staff, a_person, a_submitted_audit
from tests.moderations import Panel, a_held_moderation, a_released_moderation
from workflows.council import Council

Typed = dict[str, str]

PSW = "the principal social worker"
POOL = {"the auditor", "another auditor"}
"""SG-03: of the pool, whoever it is."""

MAY: dict[str, dict[str, set[str]]] = {
    # MO-21: of the service as a whole, for the Panel, the QA office and the AD for QA.
    "see agreement": {
        "the whole service": {
            PSW,
            "another auditor",
            "a practice consultant",
            "the SM for quality assurance",
            "a quality assurance officer",
            "the AD for QA",
        }
    },
    # SG-03: findings about an auditor stay with the auditor, the PSW and the auditor's own service manager.
    "look at one auditor": {
        "an auditor with a moderation": {
            "the auditor",
            PSW,
            "the auditor's own service manager, who covers the other",
        },
        # Nothing of it has been released.
        "an auditor with a held moderation": set(),
        "nobody": set(),
    },
    "send a case": {"the whole service": {PSW}},
    "look at a case": {"an open case": POOL | {PSW}, "a closed case": POOL | {PSW}, "no such case": set()},
    # Whoever sits with the Panel's grades as PSW does not grade.
    "grade a case": {"an open case": POOL, "a closed case": POOL, "no such case": set()},
    "close a case": {"an open case": {PSW}, "a closed case": {PSW}, "no such case": set()},
}
CHANGES: dict[type[Payload], tuple[str, set[str]]] = {
    OpenCalibration: ("calibrations", {"the whole service"}),
    GradeCalibration: ("calibration_grades", {"an open case"}),
    CloseCalibration: ("calibrations", {"an open case"}),
}


def objects(
    work: Work, council: Council, some: Staff, people: dict[str, Person], given: dict[str, Any]
) -> dict[str, int]:
    """What there is to ask for. `given` holds the moment, month and due date of the scene's audits."""
    psw = people[PSW]
    panel = Panel(
        psw=psw,
        first=people["a practice consultant"],
        second=people["a practice consultant"],
        sm_qa=people["the SM for quality assurance"],
        pmpm=people["the project manager"],
    )
    released = a_submitted_audit(work, council, some, reference="CF-1081", **given)
    a_released_moderation(work, council, some, panel, audit=released, now=given["now"])
    waiting = a_person(work, "Harper Held", Post.PC, is_auditor=True, team_id=some.other_team.id)
    held = a_submitted_audit(work, council, some, reference="CF-1082", auditor_id=waiting.id, **given)
    a_held_moderation(work, council, some, panel, audit=held, now=given["now"])
    cases = [_case(work, psw, **given) for _ in range(2)]
    work.calibrations.close(cases[1], given["now"])
    return {
        "the whole service": 1,
        "an auditor with a moderation": some.auditor.id,
        "an auditor with a held moderation": waiting.id,
        "nobody": 999_999,
        "an open case": cases[0],
        "a closed case": cases[1],
        "no such case": 999_999,
    }


def _case(work: Work, psw: Person, *, now: Any, **_: Any) -> int:
    return work.calibrations.open(
        title="A plan that drifts",
        text="Visits were missed while the child waited.",
        panel={"planning": Grade.GOOD, "review": Grade.REQUIRES_IMPROVEMENT},
        because="The plan has no dates.",
        by=psw.id,
        closes_on=local_day(now) + timedelta(days=14),
        now=now,
    )


def asked(activity: str, object_id: int, nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """Every press of this activity, with what is typed beside it."""
    match activity:
        case "see agreement":
            yield ShowAgreement(), {}
        case "look at one auditor":
            yield ShowDifferences(object_id, 0), {}
        case "send a case":
            yield AskCalibration(), {}
            yield (
                OpenCalibration(nonce),
                {
                    "case_title": "Drift",
                    "case_text": "The child waited a year for a plan.",
                    "because": "There are no dates.",
                    "grade_planning": "good",
                    "grade_review": "inadequate",
                },
            )
        case "look at a case":
            yield ShowCalibration(object_id), {}
        case "grade a case":
            grades = {"grade_planning": "good", "grade_review": "good"}
            yield GradeCalibration(object_id, nonce), {**grades, "reason": "The plan has steps."}
        case "close a case":
            yield CloseCalibration(object_id, nonce), {}


def everyones(objects: dict[str, int], nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """What everyone may press, and each is shown their own."""
    yield PickAuditor(), {}
    yield ShowCalibrations(), {}
