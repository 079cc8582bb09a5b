"""What people say to figures: a line for each exception, the boxes beside a report (PF-04, PF-05, PF-07)."""

from collections.abc import Mapping

from cards.explaining import ExplainFormView, exceptions_card, explain_form
from cards.narrating import NarrativeView, narrative_card
from cards.numbers_words import figure_in_words
from cards.payloads import Payload
from cards.payloads_performance import (
    Explain,
    SaveNarrative,
    ShowExceptions,
    WriteExplanation,
    WriteNarrative,
)
from cards.views import HintView
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Reply, Turn
from domain.errors import RuleBroken
from domain.narratives import Narrative
from domain.numbers import Look
from domain.people import Person, Post
from domain.performance import ChangedMeanwhile
from workflows import explaining, narrating
from workflows.council import Council, Work
from workflows.learning_texts import TextsWanted
from workflows.performance import Level, Place, figures

STANDING_OUT = 6
"""How many figures stand beside the boxes."""


def _show_exceptions(press: Press, _: Outcome) -> Reply:
    payload: ShowExceptions = press.payload
    return _exceptions(press.council, press.work, press.turn, press.person, payload.start)


def _exceptions(council: Council, work: Work, turn: Turn, person: Person, start: int) -> Reply:
    found = explaining.mine_to_explain(work, council, by=person, now=turn.now)
    return Reply(exceptions_card(found, start), title="Figures to explain")


def _show_form(press: Press, _: Outcome) -> Reply:
    payload: WriteExplanation = press.payload
    return _form(press, payload.exception_id)


def _form(
    press: Press,
    exception_id: int,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Reply:
    raised = explaining.require_exception(
        press.work, press.council, by=press.person, exception_id=exception_id, now=press.now
    )
    (line,) = explaining.exception_lines(press.work, press.council, (raised,), in_full=True)
    view = ExplainFormView(line, raised.version, press.turn.nonce, typed, _hints(errors))
    return Reply(explain_form(view), title="A line on a figure")


def _explain(press: Press) -> Outcome:
    payload: Explain = press.payload
    explaining.explain(
        press.work,
        press.council,
        by=press.person,
        exception_id=payload.exception_id,
        version=payload.version,
        typed={name: press.typed(name) for name in ("why", "action")},
        now=press.now,
    )
    return {}


def _show_explained(press: Press, _: Outcome) -> Reply:
    return _exceptions(press.council, press.work, press.turn, press.person, 0)


def _refuse_explain(press: Press, broken: RuleBroken) -> Reply | None:
    payload: Explain = press.payload
    if (errors := _errors(broken)) is None:
        return None
    return _form(press, payload.exception_id, typed=press.typed_texts, errors=errors)


def _show_narrative(press: Press, _: Outcome) -> Reply:
    payload: WriteNarrative = press.payload
    return _narrative(press, payload.narrative_id)


def _narrative(
    press: Press,
    narrative_id: int,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    saved: bool = False,
) -> Reply:
    found = narrating.require_narrative(
        press.work, press.council, by=press.person, narrative_id=narrative_id, now=press.now
    )
    services = press.work.people.services()
    view = NarrativeView(
        narrative=found,
        service=services[found.service_id].name if found.service_id is not None else "",
        figures=_standing_out(press, found),
        nonce=press.turn.nonce,
        typed=typed,
        errors=_hints(errors),
        saved=saved,
    )
    return Reply(narrative_card(view), title=found.title)


def _standing_out(press: Press, asked: Narrative) -> tuple[tuple[str, str], ...]:
    """What needs a look or got better in the writer's own service, so that it can be written about."""
    if asked.service_id is None:
        return ()
    place = Place(Level.SERVICE, asked.service_id)
    found = figures(press.work, press.council, place=place, in_full=True, now=press.now)
    lines = [one for one in found.lines if not one.whose and one.look is not Look.STEADY]
    return tuple((one.name, figure_in_words(one)) for one in lines[:STANDING_OUT])


def _save_narrative(press: Press) -> Outcome:
    payload: SaveNarrative = press.payload
    narrating.write_narrative(
        press.work,
        press.council,
        by=press.person,
        narrative_id=payload.narrative_id,
        version=payload.version,
        typed={name: press.typed(name) for name in press.inputs},
        now=press.now,
    )
    return {}


def _show_saved(press: Press, _: Outcome) -> Reply:
    payload: SaveNarrative = press.payload
    return _narrative(press, payload.narrative_id, saved=True)


def _refuse_narrative(press: Press, broken: RuleBroken) -> Reply | None:
    payload: SaveNarrative = press.payload
    if (errors := _errors(broken)) is None:
        return None
    return _narrative(press, payload.narrative_id, typed=press.typed_texts, errors=errors)


def _errors(broken: RuleBroken) -> Mapping[str, str] | None:
    """Input to message; None for a rule that no other wording would keep."""
    if isinstance(broken, TextsWanted):
        return broken.errors
    return {"": str(broken)} if isinstance(broken, ChangedMeanwhile) else None


def _hints(errors: Mapping[str, str] | None) -> tuple[HintView, ...]:
    return tuple(HintView(field, message, blocking=True) for field, message in (errors or {}).items())


def _type_exceptions(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    """The figures that wait for a line; for whoever answers for none it is a line like any other."""
    if not person.posts & {Post.TM, Post.SM}:
        return None
    return _exceptions(council, work, turn, person, 0)


HANDLERS: dict[type[Payload], Handler] = {
    ShowExceptions: Handler(_show_exceptions),
    WriteExplanation: Handler(_show_form),
    Explain: Handler(_show_explained, act=_explain, refuse=_refuse_explain),
    WriteNarrative: Handler(_show_narrative),
    SaveNarrative: Handler(_show_saved, act=_save_narrative, refuse=_refuse_narrative),
}
"""What these buttons carry. See `cards.payloads`."""

COMMANDS: Mapping[str, Command] = {
    "exceptions": Command(("exceptions", "my exceptions", "figures to explain"), _type_exceptions),
}
"""What can be typed."""
