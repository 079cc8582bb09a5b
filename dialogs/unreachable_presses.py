"""The QA office looks at who cannot be reached."""

from datetime import datetime

from cards.payloads import Payload
from cards.payloads_office import ShowUnreachable
from cards.unreachable import unreachable_card
from cards.views_reach import UnreachableView
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Reply
from domain.people import Person
from workflows.council import Council, View
from workflows.unreachable import look_at_unreachable


def unreachable_reply(council: Council, view: View, person: Person, now: datetime, start: int = 0) -> Reply:
    """The list as a card. Raises NotAllowed for anybody outside the QA office."""
    people = look_at_unreachable(view, council, by=person, now=now)
    return Reply(unreachable_card(UnreachableView(people, start)), title="Who cannot be reached")


def _look(press: Press, _: Outcome) -> Reply:
    return unreachable_reply(press.council, press.work, press.person, press.now, press.payload.start)


HANDLERS: dict[type[Payload], Handler] = {ShowUnreachable: Handler(_look)}
