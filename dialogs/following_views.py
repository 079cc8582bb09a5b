"""Turns what workflows found of supervision, files and closing into what their cards show."""

from collections.abc import Iterable, Mapping
from datetime import date

from cards.payloads_following import ShowSupervision
from cards.views_actions import (
    NOTHING_TYPED,
    Answers,
    FileLine,
    FilesView,
    FollowUpLine,
    FollowUpView,
    LearningLine,
    SupervisedAction,
    SupervisionView,
)
from cards.wording import count, day
from domain.closing import Lack, Progress
from domain.days import local_day
from workflows.action_file import ActionRow
from workflows.following import FollowUpFile, ToFile
from workflows.learning_of import Learning
from workflows.supervising import SupervisionFile


def supervision_view(
    file: SupervisionFile,
    learning: Mapping[int, Learning],
    *,
    openable: frozenset[int],
    today: date,
    nonce: str,
    answers: Answers = NOTHING_TYPED,
    message: str = "",
) -> SupervisionView:
    """The supervision's card; `learning` is of each audit, `openable` the actions the reader may open."""
    person = file.practitioner
    return SupervisionView(
        practitioner_id=person.id,
        practitioner_name=person.name,
        has_left=person.left_on is not None and person.left_on <= today,
        audits=tuple(
            LearningLine(
                audit_id=audit.id,
                reference=audit.case_reference,
                submitted_on=local_day(audit.submitted_at) if audit.submitted_at else today,
                matters_most=learning[audit.id].matters_most,
                better=learning[audit.id].better,
                panel=learning[audit.id].panel,
                readable=learning[audit.id].readable,
            )
            for audit in file.audits
        ),
        more=file.more,
        actions=tuple(
            SupervisedAction(a.id, a.what, a.due_on, (a.due_on - today).days, a.state, a.id in openable)
            for a in file.actions
        ),
        planned_on=file.planned.planned_on if file.planned else None,
        today=today,
        nonce=nonce,
        answers=answers,
        message=message,
    )


def follow_up_view(
    file: FollowUpFile,
    *,
    today: date,
    nonce: str,
    practitioner_name: str,
    answers: Answers = NOTHING_TYPED,
    message: str = "",
    carried: Mapping[str, str] | None = None,
) -> FollowUpView:
    """What the audit still needs, or what came of it."""
    kept, lacks = file.progress.followup, file.progress.lacks
    return FollowUpView(
        audit_id=file.audit.id,
        reference=file.audit.case_reference,
        practitioner_name=practitioner_name,
        lines=tuple(_line(file, lack) for lack in Lack),
        actions=tuple((a.id, a.what, _standing(a, owner), a.id in file.own) for a, owner in file.actions),
        closed_on=local_day(kept.closed_at) if kept.closed_at else None,
        impact_due_on=kept.impact_due_on,
        impact=kept.impact,
        impact_text=kept.impact_text,
        impact_by=file.names.get(kept.impact_by or 0, ""),
        reaudit_on=kept.reaudit_on,
        may_reflect=file.may_reflect and Lack.REFLECTION in lacks,
        may_file=file.may_file and Lack.FILE in lacks and Lack.ACTIONS not in lacks,
        may_check=file.may_check,
        readable=file.readable,
        today=today,
        nonce=nonce,
        answers=answers,
        message=message,
        carried=carried,
    )


def files_view(found: Iterable[ToFile], *, start: int, nonce: str, message: str = "") -> FilesView:
    """The list of what is to be put on children's files."""
    lines = tuple(
        FileLine(one.audit_id, one.case_reference, one.actions, one.unconfirmed, one.ready_on)
        for one in found
    )
    return FilesView(lines, start, nonce, message)


def _line(file: FollowUpFile, lack: Lack) -> FollowUpLine:
    progress = file.progress
    if lack in progress.lacks:
        button = None
        if lack is Lack.LEARNING and file.supervises:
            button = ("Open", ShowSupervision(file.audit.practitioner_id))
        return FollowUpLine(False, progress.in_words(lack), _who(file, lack), button)
    return FollowUpLine(True, *_done(file, lack, progress))


def _who(file: FollowUpFile, lack: Lack) -> str:
    """Who sees to what is missing."""
    named = {
        Lack.LEARNING: file.supervisors,
        Lack.REFLECTION: file.reflectors,
        Lack.FILE: file.filers,
    }.get(lack)
    if named is None:
        return ""
    if not named:
        # Only the staff list can help, and the QA office brings it in.
        return "Nobody holds the post. Please tell the QA office."
    return " or ".join(dict.fromkeys(named))


def _done(file: FollowUpFile, lack: Lack, progress: Progress) -> tuple[str, str]:
    """(what was done, by whom and when)."""
    kept = progress.followup
    match lack:
        case Lack.PANEL:
            return "The moderation panel has nothing more to say.", ""
        case Lack.ACTIONS:
            confirmed = count(progress.confirmed, "action is", "actions are")
            return (f"{confirmed} done and confirmed." if progress.actions else "No action was needed."), ""
        case Lack.LEARNING:
            words, on, by = (
                "The learning was talked through in supervision.",
                kept.discussed_on,
                kept.discussed_by,
            )
        case Lack.REFLECTION:
            words, on, by = "The reflective session was held.", kept.reflected_on, kept.reflected_by
        case Lack.FILE:
            words, on, by = "Audit and actions are on the child's file.", kept.filed_on, kept.filed_by
    said = f"{file.names.get(by or 0, '')}, {day(on)}" if on else ""
    noted = f". Noted: {kept.discussed_where}" if lack is Lack.LEARNING and kept.discussed_where else ""
    return words, said + noted


def _standing(action: ActionRow, owner: str) -> str:
    how = {"open": f"due {day(action.due_on)}", "done": "called done", "confirmed": "confirmed"}[action.state]
    return f"{owner}, {how}"
