"""Who may press what of draw; see `cells`."""

from collections.abc import Iterator
from typing import Any

from cards.payloads import Payload
from cards.payloads_draw import (
    AnswerNomination,
    AskChoose,
    ChooseAudit,
    PassDraw,
    ShowDraw,
    ShowSuspects,
)
from cards.payloads_panel import ShowNomination
from domain.grades import Grade
from domain.people import Person
from storage.work import Work
from tests.builders import Staff, a_filled_audit
from tests.workflows.drawn import a_draw_above_the_most
from workflows.council import Council

Typed = dict[str, str]

PSW, CONSULTANT = "the principal social worker", "a practice consultant"
PANEL = {PSW, CONSULTANT, "another auditor", "the SM for quality assurance"}
"""MO-07, Q9: practice consultants sit, the PSW chairs, the SM for QA where the PSW may not."""
UNSHARED = ("an allocated audit", "an accepted audit", "a returned audit", "no audit")
SHARED = (
    "a submitted audit",
    "a submitted audit of a case that moved",
    "an audit nothing has chosen",
    "a nominated audit",
)

MAY: dict[str, dict[str, set[str]]] = {
    # SG-03: what the Panel sees of a draw counts and names nobody, and stays with the Panel.
    "see a draw": {"a draw above the most": PANEL, "no draw": PANEL},
    # Q3: the chair alone goes on above the most per cent.
    "pass a draw": {"a draw above the most": {PSW}, "no draw": {PSW}},
    # MO-03, Q9: whoever of the Panel has no tie to it; the other auditor shares a team with its auditor.
    "choose an audit": {
        **{audit: set() for audit in UNSHARED},
        **{audit: {PSW, CONSULTANT} for audit in SHARED},
    },
    # Q6: the chair answers what a team manager put forward.
    "answer a nomination": {**{audit: set() for audit in UNSHARED}, **{audit: {PSW} for audit in SHARED}},
}
CHANGES: dict[type[Payload], tuple[str, set[str]]] = {
    PassDraw: ("draws", {"a draw above the most"}),
    ChooseAudit: ("moderations", {"an audit nothing has chosen", "a nominated audit"}),
    AnswerNomination: ("nominations", {"a nominated audit"}),
}


def objects(
    work: Work, council: Council, some: Staff, people: dict[str, Person], given: dict[str, Any]
) -> dict[str, int]:
    """What there is to ask for. `given` holds the moment, month and due date of the scene's audits."""
    unchosen = _submitted(work, council, some, reference="CF-1020", **given)
    nominated = _submitted(work, council, some, reference="CF-1021", **given)
    now = given["now"]
    work.audits.add_review(
        nominated, by=some.team_manager.id, nominated=True, reason="Work to learn from.", now=now
    )
    return {
        "an audit nothing has chosen": unchosen,
        "a nominated audit": nominated,
        "a draw above the most": a_draw_above_the_most(work, council, month=given["month"], now=now),
        "no draw": 999_999,
    }


def asked(activity: str, object_id: int, nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """Every press of this activity, with what is typed beside it."""
    match activity:
        case "see a draw":
            yield ShowDraw(object_id), {}
            yield ShowSuspects(0), {}
        case "pass a draw":
            yield PassDraw(object_id, nonce), {"reason": "There is room for them."}
        case "choose an audit":
            yield AskChoose(object_id), {}
            yield ChooseAudit(object_id, nonce), {"reason": "The grade may not fit."}
        case "answer a nomination":
            yield ShowNomination(object_id), {}
            yield AnswerNomination(object_id, True, nonce), {}
            yield AnswerNomination(object_id, False, nonce), {"reason": "Not this time."}


def everyones(objects: dict[str, int], nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """What everyone may press, and each is shown their own."""
    yield from ()


def _submitted(work: Work, council: Council, some: Staff, **given: Any) -> int:
    """A submitted audit that no rule has chosen, as a proficient auditor's would be."""
    audit = a_filled_audit(work, council.framework, some, **given)
    values = {"state": "submitted", "submitted_at": given["now"], "overall": Grade.GOOD.value}
    work.audits.change(audit, values)
    return audit.id
