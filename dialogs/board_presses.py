"""A manager's board of actions, typed for or pressed for (RO-02)."""

from collections.abc import Mapping

from cards.payloads import Payload
from cards.payloads_actions import ShowTeamActions
from cards.team_actions import team_actions_card
from cards.views_board import BoardLine, BoardView, ConfirmedLine, NotedLine
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Reply, Turn
from domain.days import local_day
from domain.errors import NotAllowed
from domain.people import Person
from workflows.action_board import Board, open_board
from workflows.audit_access import record_read
from workflows.council import Council, Work

_TITLE = "Your team's actions"


def _typed(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    """The board that stays in the chat; None for somebody who answers for nobody."""
    try:
        board = open_board(work, council, by=person, now=turn.now)
    except NotAllowed:
        return None
    return Reply(team_actions_card(_view(board, council, turn, private=False)), title=_TITLE)


def _show(press: Press, _: Outcome) -> Reply:
    payload: ShowTeamActions = press.payload
    board = open_board(press.work, press.council, by=press.person, now=press.now)
    for audit_id in sorted(_audits(board)):
        record_read(press.work, press.person, audit_id, "actions", press.now)
    view = _view(board, press.council, press.turn, private=True, start=payload.start)
    return Reply(team_actions_card(view), title=_TITLE)


def _audits(board: Board) -> set[int]:
    """The audits of which the board says what was agreed, or what came of it."""
    told = {one.audit.id for one in board.actions} | {one.audit.id for one in board.confirmed}
    return told | {audit.id for _, audit in board.oversight}


def _view(board: Board, council: Council, turn: Turn, *, private: bool, start: int = 0) -> BoardView:
    today = council.today(turn.now)
    return BoardView(
        actions=tuple(
            BoardLine(
                action_id=one.action.id,
                next=one.next,
                owner_name=one.owner.name,
                owner_left=one.owner.left_on is not None and one.owner.left_on <= today,
                practitioner_name=one.practitioner.name,
                reference=one.audit.case_reference,
                what=one.action.what if one.may_open else "",
                due_on=one.action.due_on,
                days_left=(one.action.due_on - today).days,
                asked_until_on=one.action.asked_until_on,
                openable=one.may_open,
            )
            for one in board.actions
        ),
        confirmed=tuple(
            ConfirmedLine(
                action_id=one.action.id,
                owner_name=one.owner.name,
                reference=one.audit.case_reference,
                confirmed_on=one.action.confirmed_on or today,
                impact=one.followup.impact,
                asked_on=one.followup.impact_due_on,
                openable=one.may_open,
            )
            for one in board.confirmed
        ),
        oversight=tuple(
            NotedLine(step.recorded, audit.case_reference, local_day(step.at))
            for step, audit in board.oversight
        ),
        private=private,
        start=start,
    )


HANDLERS: dict[type[Payload], Handler] = {ShowTeamActions: Handler(_show)}

COMMANDS: Mapping[str, Command] = {
    # Before a person's own list, which "actions" means to whoever answers for nobody.
    "team_actions": Command(("team actions", "team's actions", "action board", "actions"), _typed),
}
