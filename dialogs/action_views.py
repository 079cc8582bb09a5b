"""Turns an action as a workflow found it into what its card shows."""

from collections.abc import Iterable, Mapping
from datetime import date

from cards.views_actions import NOTHING_TYPED, ActionView, Answers, OwnActionLine, StepLine
from cards.wording import day
from domain.actions import Step, StepKind
from domain.audits import Audit
from domain.days import local_day
from workflows.action_file import ActionFile, ActionRow


def action_view(
    file: ActionFile, *, today: date, nonce: str, answers: Answers = NOTHING_TYPED, message: str = ""
) -> ActionView:
    """The action for its reader."""
    action = file.action
    return ActionView(
        action_id=action.id,
        version=action.version,
        audit_id=action.audit_id,
        reference=file.audit.case_reference,
        what=action.what,
        owner_name=file.owner.name,
        is_owner=file.is_owner,
        answering=tuple(person.name for person in file.answering),
        due_on=action.due_on,
        days_left=(action.due_on - today).days,
        state=action.state,
        asked_until_on=action.asked_until_on,
        steps=tuple(_step(step, file.names) for step in file.steps),
        readable=file.readable,
        owner_gone=file.owner_gone,
        nonce=nonce,
        answers=answers,
        message=message,
    )


def own_lines(
    found: Iterable[tuple[ActionRow, Audit]], auditors: Mapping[int, str], *, today: date, private: bool
) -> tuple[OwnActionLine, ...]:
    """A person's own actions; what was agreed only where nobody else's eyes are."""
    return tuple(
        OwnActionLine(
            action_id=action.id,
            what=action.what if private else "",
            detail=f"Audited by {auditors[audit.auditor_id]}, shared on {day(local_day(audit.submitted_at))}"
            if audit.submitted_at
            else "",
            due_on=action.due_on,
            days_left=(action.due_on - today).days,
            state=action.state,
        )
        for action, audit in found
    )


def _step(step: Step, names: Mapping[int, str]) -> StepLine:
    until = day(step.until_on) if step.until_on else ""
    says = {
        StepKind.PROGRESS: "is still on it",
        StepKind.DONE: "called it done",
        StepKind.SENT_BACK: "sent it back",
        StepKind.CONFIRMED: "confirmed it",
        StepKind.OVERSIGHT: "left an oversight note",
        StepKind.MORE_TIME_ASKED: f"asked for time until {until}",
        StepKind.MORE_TIME_GIVEN: f"gave time until {until}",
        StepKind.MORE_TIME_DECLINED: f"declined time until {until}",
        StepKind.HANDED_ON: f"handed it on, due {until}, to",
    }[step.kind]
    by = names.get(step.by_id, "Somebody")
    return StepLine(says, by, step.at, step.text, step.recorded, step.kind is StepKind.DONE)
