"""The Panel's queue as a reply: typed for, asked for by a button, or come back to after a save."""

from collections.abc import Iterable

from cards.panel import panel_card
from cards.views_panel import PanelView, QueueLine
from dialogs.turn import Reply, Turn
from domain.people import Person
from workflows.council import Council, Work
from workflows.panel_queue import Queued, panel_queue
from workflows.talk_dues import talks_to_lead


def panel_reply(
    council: Council, work: Work, turn: Turn, person: Person, *, start: int = 0, message: str = ""
) -> Reply:
    """The queue; it names no case, as the answer to a typed line stays in the chat."""
    found = panel_queue(work, council, by=person, now=turn.now)
    view = PanelView(
        mine=queue_lines(found.mine),
        others=queue_lines(found.others),
        start=start,
        today=council.today(turn.now),
        nonce=turn.nonce,
        message=message,
        talks=talks_to_lead(work, council, by=person, now=turn.now),
    )
    return Reply(panel_card(view), title="The Panel's audits")


def queue_lines(queued: Iterable[Queued]) -> tuple[QueueLine, ...]:
    """What the queue shows of each audit."""
    return tuple(
        QueueLine(one.moderation, one.auditor_name, one.team_name, one.holder_name, one.may_open)
        for one in queued
    )
