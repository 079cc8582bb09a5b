"""Presses of following: supervision, the reflective session, the child's file, whether it lasted."""

from collections.abc import Mapping

from cards.filing import files_card
from cards.following import follow_up_card
from cards.notes import note_card
from cards.payloads import Payload, ShowMyAudits
from cards.payloads_following import ConfirmFile, RecordImpact, RecordReflection, ShowFiles, ShowFollowUp
from cards.views import NoteView
from cards.views_actions import NOTHING_TYPED, Answers
from cards.wording import count
from dialogs import supervision_presses
from dialogs.answering_forms import carried_of, names_nobody, refused, typed_day
from dialogs.following_views import files_view, follow_up_view
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Reply, Turn
from domain.closing import Impact
from domain.errors import RuleBroken
from domain.people import Person, Post
from workflows import following
from workflows.council import Council, Work
from workflows.filers import filers, may_file

_TITLE = "After an audit"


def _files(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    """How much waits to be put on children's files; which, only the answer to a press says."""
    if not (person.in_qa_office or Post.PMPM in person.posts):
        return None
    if person.id not in may_file(work, council.today(turn.now)):
        names = " or ".join(one.name for one in filers(work, council.today(turn.now)))
        text = f"{names} sees to these. Should nobody be there for it, it falls to the QA office."
        return Reply(note_card(NoteView("Children's files", text)), title="Children's files")
    found = following.files_to_confirm(work, council, by=person, now=turn.now)
    ready = sum(not one.unconfirmed for one in found)
    text = (
        f"{count(ready, 'audit is', 'audits are')} ready to be put on the child's file; "
        f"{count(len(found) - ready, 'more waits', 'more wait')} for actions to be confirmed."
    )
    buttons = (("Open the list", ShowFiles(0)), ("My audits", ShowMyAudits()))
    return Reply(note_card(NoteView("Children's files", text, buttons)), title="Children's files")


def _show_files(press: Press, _: Outcome) -> Reply:
    payload: ShowFiles = press.payload
    return _list(press, payload.start)


def _list(press: Press, start: int, message: str = "") -> Reply:
    found = following.files_to_confirm(press.work, press.council, by=press.person, now=press.now)
    view = files_view(found, start=start, nonce=press.turn.nonce, message=message)
    return Reply(files_card(view), title="Children's files")


def _confirm_file(press: Press) -> Outcome:
    payload: ConfirmFile = press.payload
    following.confirm_file(
        press.work, press.council, by=press.person, audit_id=payload.audit_id, now=press.now
    )
    return {}


def _show_filed(press: Press, _: Outcome) -> Reply:
    return _list(press, 0, "It is on the child's file. Thank you.")


def _show(press: Press, outcome: Outcome) -> Reply:
    return _card(press, message=outcome.get("message", ""))


def _look(press: Press, _: Outcome) -> Reply:
    return _card(press, carried=carried_of(press))


def _card(
    press: Press,
    answers: Answers = NOTHING_TYPED,
    message: str = "",
    carried: Mapping[str, str] | None = None,
) -> Reply:
    file = following.open_followup(
        press.work, press.council, by=press.person, audit_id=press.payload.audit_id, now=press.now
    )
    view = follow_up_view(
        file,
        today=press.today,
        nonce=press.turn.nonce,
        practitioner_name=press.work.people.get(file.audit.practitioner_id).name,
        answers=answers,
        message=message,
        carried=carried,
    )
    return Reply(follow_up_card(view), title=_TITLE)


def _reflect(press: Press) -> Outcome:
    payload: RecordReflection = press.payload
    following.record_reflection(
        press.work,
        press.council,
        by=press.person,
        audit_id=payload.audit_id,
        on=typed_day(press, "reflected_on"),
        now=press.now,
    )
    return {"message": "Thank you, the reflective session is recorded."}


def _impact(press: Press) -> Outcome:
    payload: RecordImpact = press.payload
    chosen = press.typed("impact")
    following.record_impact(
        press.work,
        press.council,
        by=press.person,
        audit_id=payload.audit_id,
        impact=Impact(chosen) if chosen in {one.value for one in Impact} else None,
        text=press.typed("impact_text"),
        names_nobody=names_nobody(press),
        now=press.now,
    )
    return {"message": "Thank you. What you say is kept with the audit."}


def _refuse(press: Press, broken: RuleBroken) -> Reply | None:
    return _card(press, refused(press, broken))


HANDLERS: dict[type[Payload], Handler] = {
    **supervision_presses.HANDLERS,
    ShowFollowUp: Handler(_look),
    RecordReflection: Handler(_show, act=_reflect, refuse=_refuse),
    ShowFiles: Handler(_show_files),
    ConfirmFile: Handler(_show_filed, act=_confirm_file),
    RecordImpact: Handler(_show, act=_impact, refuse=_refuse),
}

COMMANDS: Mapping[str, Command] = {
    **supervision_presses.COMMANDS,
    "files": Command(("files", "child's files", "children's files", "the child's file"), _files),
}
