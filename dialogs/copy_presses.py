"""Presses of the QA office: to whom the team's copy of a moderation goes (MO-15, Q13)."""

from cards.notes import note_card
from cards.payloads import Payload, ShowMyAudits
from cards.payloads_talk import AskGiveCopy, GiveCopy
from cards.team_copy import TeamCopyView, team_copy_form
from cards.views import HintView, NoteView
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Reply
from domain.errors import RuleBroken
from workflows import team_copies
from workflows.sharing import TextWanted
from workflows.telling import holding_teams

_TITLE = "A moderation"


def _ask(press: Press, _: Outcome) -> Reply:
    return _form(press)


def _form(press: Press, errors: tuple[HintView, ...] = ()) -> Reply:
    moderation_id: int = press.payload.moderation_id
    audit, takers = team_copies.takers(
        press.work, press.council, by=press.person, moderation_id=moderation_id, now=press.now
    )
    team = press.work.people.team(holding_teams(press.work, audit)[0])
    view = TeamCopyView(
        moderation_id, audit.case_reference, team.name, takers, press.turn.nonce, errors=errors
    )
    return Reply(team_copy_form(view), title=_TITLE)


def _give(press: Press) -> Outcome:
    payload: GiveCopy = press.payload
    typed = press.typed("give_to")
    name = team_copies.give_copy(
        press.work,
        press.council,
        by=press.person,
        moderation_id=payload.moderation_id,
        to=int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None,
        now=press.now,
    )
    return {"to": name}


def _given(_: Press, outcome: Outcome) -> Reply:
    text = f"{outcome['to']} gets a card and a Word copy by e-mail. Thank you: somebody can act on it now."
    view = NoteView("The team's copy is given", text, (("My audits", ShowMyAudits()),))
    return Reply(note_card(view), title=_TITLE)


def _refuse(press: Press, broken: RuleBroken) -> Reply | None:
    if isinstance(broken, TextWanted):
        return _form(press, (HintView(broken.field, str(broken), blocking=True),))
    return None


HANDLERS: dict[type[Payload], Handler] = {
    AskGiveCopy: Handler(_ask),
    GiveCopy: Handler(_given, act=_give, refuse=_refuse),
}
