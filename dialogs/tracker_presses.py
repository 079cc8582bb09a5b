"""Presses of the activity tracker and what is typed about it (OG-06, OG-08)."""

from collections.abc import Mapping

from cards.passing_on import pass_on_form
from cards.payloads import Payload, PayloadInvalid
from cards.payloads_tracker import (
    AskPassOn,
    AskTracked,
    AskTrackerBook,
    DropTracked,
    FinishTracked,
    PassOn,
    SaveTracked,
    SayProgress,
    ShowTracked,
    ShowTracker,
)
from cards.tracker import drop_form, finish_form, tracked_card, tracker_card, words_form
from cards.views_governance import PassOnView, TrackedFormView, TrackedView, TrackerView
from cards.wording import count
from dialogs.governance_shown import COMING, form_of, owner_choices
from dialogs.learning_shown import asked_again, typed_words
from dialogs.offers import offers
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Reply, Turn
from dialogs.typed_for import for_whom_it_is
from domain.errors import RuleBroken
from domain.people import Person
from domain.permissions import Verb, require
from domain.themes import theme_titles
from domain.tracking import Tracked
from workflows import tracked_passing, tracking
from workflows.council import Council, Work
from workflows.learning_look import open_form
from workflows.offer_kinds import TRACKER_BOOK
from workflows.tracked_look import MINE, open_row, view_tracker
from workflows.tracked_rows import may, require_row, seat_for

TITLE = "The activity tracker"
_FORMS = {"words": words_form, "finish": finish_form, "drop": drop_form}


def _show(press: Press, _: Outcome) -> Reply:
    payload: ShowTracker = press.payload
    return _list(press.council, press.work, press.turn, press.person, payload.part, payload.start)


def _list(
    council: Council, work: Work, turn: Turn, person: Person, part: str, start: int = 0, message: str = ""
) -> Reply:
    tracker = view_tracker(work, council, by=person, part=part, now=turn.now)
    view = TrackerView(tracker, start, council.today(turn.now), turn.nonce, message)
    return Reply(tracker_card(view), title=TITLE)


def _show_row(press: Press, outcome: Outcome) -> Reply:
    tracked_id = outcome.get("row") or press.payload.tracked_id
    return _row(press, tracked_id, message=outcome.get("said", ""))


def _row(
    press: Press,
    tracked_id: int,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    message: str = "",
) -> Reply:
    opened = open_row(press.work, press.council, by=press.person, tracked_id=tracked_id, now=press.now)
    theme = theme_titles(press.framework).get(opened.row.theme, "")
    view = TrackedView(opened, theme, press.today, form_of(press, typed, errors), message)
    return Reply(tracked_card(view), title=TITLE)


def _ask(press: Press, _: Outcome) -> Reply:
    payload: AskTracked = press.payload
    return _form(press, payload.tracked_id, payload.form, payload.plan_item_id)


def _form(
    press: Press,
    tracked_id: int,
    form: str,
    plan_item_id: int = 0,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Reply:
    if form not in _FORMS or (not tracked_id and form != "words"):
        raise PayloadInvalid
    row = _row_for(press, tracked_id, form)
    themes = theme_titles(press.framework)
    if row is not None and row.theme:
        themes.setdefault(row.theme, row.theme)
    view = TrackedFormView(
        row,
        owner_choices(press, row.owner_id if row else None),
        tuple(themes.items()),
        plan_item_id,
        keeps=may(press.work, press.council, Verb.KEEP_TRACKER, press.person, row),
        form=form_of(press, typed, errors),
    )
    return Reply(_FORMS[form](view), title=TITLE)


def _row_for(press: Press, tracked_id: int, form: str) -> Tracked | None:
    """The row of a form, for whoever may send that form."""
    if not tracked_id:
        seat = seat_for(press.work, press.council, press.person, None)
        require(Verb.KEEP_TRACKER, press.person, today=press.today, seat=seat)
        return None
    row = press.work.tracking.get(tracked_id)
    keeps = may(press.work, press.council, Verb.KEEP_TRACKER, press.person, row)
    verb = Verb.DO_TRACKED if form == "finish" and not keeps else Verb.KEEP_TRACKER
    return require_row(press.work, press.council, verb, by=press.person, tracked_id=tracked_id, now=press.now)


def _save(press: Press) -> Outcome:
    payload: SaveTracked = press.payload
    tracked_id = tracking.save_row(
        press.work,
        press.council,
        by=press.person,
        tracked_id=payload.tracked_id,
        version=payload.version,
        typed=typed_words(press),
        now=press.now,
        plan_item_id=payload.plan_item_id,
    )
    return {"row": tracked_id, "said": "Saved. Whoever sees to it is told."}


def _refuse_save(press: Press, broken: RuleBroken) -> Reply | None:
    payload: SaveTracked = press.payload
    errors = asked_again(broken)
    if not errors:
        return None
    return _form(press, payload.tracked_id, "words", payload.plan_item_id, press.typed_texts, errors)


def _say(press: Press) -> Outcome:
    payload: SayProgress = press.payload
    tracking.say_progress(
        press.work,
        press.council,
        by=press.person,
        tracked_id=payload.tracked_id,
        text=press.typed("step"),
        now=press.now,
    )
    return {"said": "Saved."}


def _refuse_say(press: Press, broken: RuleBroken) -> Reply | None:
    errors = asked_again(broken)
    return _row(press, press.payload.tracked_id, press.typed_texts, errors) if errors else None


def _finish(press: Press) -> Outcome:
    payload: FinishTracked = press.payload
    follows = tracking.finish(
        press.work,
        press.council,
        by=press.person,
        tracked_id=payload.tracked_id,
        version=payload.version,
        typed=typed_words(press),
        now=press.now,
    )
    if follows:
        return {"row": follows, "said": "Closed. This new item goes on from it: please say who, and by when."}
    return {"said": "Thank you. What changed is kept."}


def _drop(press: Press) -> Outcome:
    payload: DropTracked = press.payload
    tracking.drop(
        press.work,
        press.council,
        by=press.person,
        tracked_id=payload.tracked_id,
        version=payload.version,
        reason=press.typed("reason"),
        now=press.now,
    )
    return {"said": "Dropped. The reason is kept."}


def _refuse_finish(press: Press, broken: RuleBroken) -> Reply | None:
    return _again(press, broken, "finish")


def _refuse_drop(press: Press, broken: RuleBroken) -> Reply | None:
    return _again(press, broken, "drop")


def _again(press: Press, broken: RuleBroken, form: str) -> Reply | None:
    errors = asked_again(broken)
    if not errors:
        return None
    return _form(press, press.payload.tracked_id, form, 0, press.typed_texts, errors)


def _ask_pass_on(press: Press, _: Outcome) -> Reply:
    payload: AskPassOn = press.payload
    return _pass_on_form(press, payload.entry_id)


def _pass_on_form(
    press: Press,
    entry_id: int,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Reply:
    entry = open_form(press.work, press.council, by=press.person, entry_id=entry_id, now=press.now)
    if entry is None:
        raise PayloadInvalid
    return Reply(pass_on_form(PassOnView(entry, form_of(press, typed, errors))), title="The learning log")


def _pass_on(press: Press) -> Outcome:
    payload: PassOn = press.payload
    made = tracked_passing.pass_on(
        press.work,
        press.council,
        by=press.person,
        entry_id=payload.entry_id,
        typed=typed_words(press),
        now=press.now,
    )
    return {"made": made}


def _show_passed(press: Press, outcome: Outcome) -> Reply:
    message = f"Passed on: {count(outcome['made'], 'item')} on the tracker. Whoever has one is told."
    return _list(press.council, press.work, press.turn, press.person, "needs", message=message)


def _refuse_pass_on(press: Press, broken: RuleBroken) -> Reply | None:
    errors = asked_again(broken)
    return _pass_on_form(press, press.payload.entry_id, press.typed_texts, errors) if errors else None


def _show_asked(press: Press, _: Outcome) -> Reply:
    return _list(press.council, press.work, press.turn, press.person, "", message=COMING)


def _type_tracker(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    return for_whom_it_is(lambda: _list(council, work, turn, person, ""))


def _type_mine(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    return for_whom_it_is(lambda: _list(council, work, turn, person, MINE))


HANDLERS: dict[type[Payload], Handler] = {
    ShowTracker: Handler(_show),
    ShowTracked: Handler(_show_row),
    AskTracked: Handler(_ask),
    SaveTracked: Handler(_show_row, act=_save, refuse=_refuse_save),
    SayProgress: Handler(_show_row, act=_say, refuse=_refuse_say),
    FinishTracked: Handler(_show_row, act=_finish, refuse=_refuse_finish),
    DropTracked: Handler(_show_row, act=_drop, refuse=_refuse_drop),
    AskPassOn: Handler(_ask_pass_on),
    PassOn: Handler(_show_passed, act=_pass_on, refuse=_refuse_pass_on),
    AskTrackerBook: Handler(_show_asked, act=offers(TRACKER_BOOK)),
}

COMMANDS: Mapping[str, Command] = {
    "tracker": Command(("tracker", "the tracker", "activity tracker"), _type_tracker),
    "my_items": Command(("my items", "my item", "items"), _type_mine),
}
"""What can be typed."""
