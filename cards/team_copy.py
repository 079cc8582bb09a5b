"""Asks the QA office who gets the team's copy of a moderation, as nobody manages the team (MO-15, Q13)."""

from collections.abc import Sequence
from dataclasses import dataclass

from cards.buttons import press, row
from cards.elements import Card, Element, bold, card, heading, says, typed
from cards.fields import Form, other_errors
from cards.payloads import ShowMyAudits
from cards.payloads_talk import GiveCopy
from cards.views import HintView


@dataclass(frozen=True, slots=True)
class TeamCopyView:
    """The form that gives the copy to somebody."""

    moderation_id: int
    reference: str
    team_name: str
    takers: Sequence[tuple[int, str]]
    """(id, name with part) of whom it may be given to."""
    nonce: str
    errors: tuple[HintView, ...] = ()


def team_copy_form(view: TeamCopyView) -> Card:
    """Who is to read what helps this child, and what is still to do."""
    body: list[Element] = [
        typed("Case ", bold(view.reference), subtle=True),
        heading("Who sees to it for the child?"),
        typed("Nobody manages ", bold(view.team_name), ", so nobody has the team's copy of a moderation."),
        says("It says what helps this child, and what is still to do. Nothing in it is about the auditor."),
        *other_errors(view.errors),
    ]
    ways = [press("My audits", ShowMyAudits())]
    if view.takers:
        choices = [(str(person_id), label) for person_id, label in view.takers]
        body += Form({}, view.errors).choice("give_to", "Give it to", choices)
        give = press("Give it", GiveCopy(view.moderation_id, view.nonce), with_inputs=True)
        ways.insert(0, give)
    else:
        body.append(says("The staff list names nobody near this case either. Please bring in a newer one."))
    return card([*body, row(*ways, spacing="medium")], preview="A moderation for somebody to read.")
