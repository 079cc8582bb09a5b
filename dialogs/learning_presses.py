"""Presses of the learning log: its lists, an entry and its forms."""

from collections.abc import Mapping

from cards.learning import log_card
from cards.learning_forms import end_form
from cards.payloads import Payload, PayloadInvalid
from cards.payloads_learning import (
    AskEntry,
    AskLearningBook,
    AssureEntry,
    EndEntry,
    PublishEntry,
    SaveEntry,
    ShowEntry,
    ShowLog,
)
from cards.views_learning import EndFormView, LogView
from dialogs import learning_action_presses, learning_evidence_presses, theme_presses
from dialogs.governance_shown import COMING
from dialogs.learning_action_presses import show_action_form
from dialogs.learning_evidence_presses import show_evidence_form
from dialogs.learning_shown import asked_again, hints, show_entry, show_words, typed_words
from dialogs.offers import offers
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Reply, Turn
from dialogs.typed_for import for_whom_it_is
from domain.errors import RuleBroken, Stale
from domain.learning import EntryState
from domain.people import Person
from domain.themes import theme_titles
from workflows import learning_log
from workflows.council import Council, Work
from workflows.learning_look import MINE, open_entry, open_form, view_log
from workflows.learning_texts import TextsWanted
from workflows.offer_kinds import LEARNING_BOOK


def log_reply(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    """The log, where this reader begins; None for somebody it has nothing for."""
    return for_whom_it_is(lambda: _log(council, work, turn, person, ""))


def my_learning_reply(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    """The reader's own actions; None for somebody the log has nothing for."""
    return for_whom_it_is(lambda: _log(council, work, turn, person, MINE))


def _show_log(press: Press, _: Outcome) -> Reply:
    payload: ShowLog = press.payload
    return _log(press.council, press.work, press.turn, press.person, payload.part, payload.start)


def _log(
    council: Council, work: Work, turn: Turn, person: Person, part: str, start: int = 0, message: str = ""
) -> Reply:
    log = view_log(work, council, by=person, part=part, now=turn.now)
    titles = theme_titles(council.framework)
    view = LogView(log, titles, start, council.today(turn.now), turn.nonce, message)
    return Reply(log_card(view), title="The learning log")


def _show_entry(press: Press, _: Outcome) -> Reply:
    payload: ShowEntry = press.payload
    return show_entry(press, payload.entry_id)


def _ask(press: Press, _: Outcome) -> Reply:
    payload: AskEntry = press.payload
    match payload.form:
        case "words":
            return show_words(press, payload.entry_id)
        case "evidence":
            return show_evidence_form(press, payload.entry_id)
        case "end":
            return _end_form(press, payload.entry_id)
        case "action":
            return show_action_form(press, payload.entry_id, payload.action_id)
    raise PayloadInvalid


def _save(press: Press) -> Outcome:
    payload: SaveEntry = press.payload
    entry_id = learning_log.save_entry(
        press.work,
        press.council,
        by=press.person,
        entry_id=payload.entry_id,
        version=payload.version,
        typed=typed_words(press),
        now=press.now,
    )
    return {"entry": entry_id}


def _show_saved(press: Press, outcome: Outcome) -> Reply:
    opened = open_entry(press.work, press.council, by=press.person, entry_id=outcome["entry"], now=press.now)
    drafted = opened.entry.state is EntryState.DRAFT
    return show_entry(press, outcome["entry"], "saved" if drafted else "kept")


def _refuse_words(press: Press, broken: RuleBroken) -> Reply | None:
    payload: SaveEntry = press.payload
    if isinstance(broken, Stale):
        return show_words(press, payload.entry_id, press.typed_texts, changed=True)
    errors = asked_again(broken)
    return show_words(press, payload.entry_id, press.typed_texts, errors) if errors else None


def _publish(press: Press) -> Outcome:
    payload: PublishEntry = press.payload
    learning_log.publish_entry(
        press.work,
        press.council,
        by=press.person,
        entry_id=payload.entry_id,
        version=payload.version,
        now=press.now,
    )
    return {"said": "published"}


def _refuse_publishing(press: Press, broken: RuleBroken) -> Reply | None:
    """What a draft lacks is asked for in its form; one that changed is shown as it stands."""
    payload: PublishEntry = press.payload
    if isinstance(broken, TextsWanted):
        return show_words(press, payload.entry_id, None, broken.errors)
    return show_entry(press, payload.entry_id) if isinstance(broken, Stale) else None


def _assure(press: Press) -> Outcome:
    payload: AssureEntry = press.payload
    learning_log.assure_entry(
        press.work,
        press.council,
        by=press.person,
        entry_id=payload.entry_id,
        version=payload.version,
        now=press.now,
    )
    return {"said": "assured"}


def _refuse_assuring(press: Press, broken: RuleBroken) -> Reply | None:
    payload: AssureEntry = press.payload
    return show_entry(press, payload.entry_id) if isinstance(broken, Stale) else None


def _show_said(press: Press, outcome: Outcome) -> Reply:
    return show_entry(press, press.payload.entry_id, outcome["said"])


def _end(press: Press) -> Outcome:
    payload: EndEntry = press.payload
    follows = learning_log.end_entry(
        press.work,
        press.council,
        by=press.person,
        entry_id=payload.entry_id,
        version=payload.version,
        typed=typed_words(press),
        now=press.now,
    )
    return {"follows": follows or 0}


def _show_ended(press: Press, outcome: Outcome) -> Reply:
    payload: EndEntry = press.payload
    if outcome["follows"]:
        return show_entry(press, outcome["follows"], "follows")
    opened = open_entry(press.work, press.council, by=press.person, entry_id=payload.entry_id, now=press.now)
    dropped = opened.entry.state is EntryState.DROPPED
    return show_entry(press, payload.entry_id, "dropped" if dropped else "closed")


def _refuse_end(press: Press, broken: RuleBroken) -> Reply | None:
    payload: EndEntry = press.payload
    errors = asked_again(broken)
    return _end_form(press, payload.entry_id, press.typed_texts, errors) if errors else None


def _end_form(
    press: Press,
    entry_id: int,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Reply:
    entry = open_form(press.work, press.council, by=press.person, entry_id=entry_id, now=press.now)
    if entry is None:
        raise PayloadInvalid
    opened = open_entry(press.work, press.council, by=press.person, entry_id=entry_id, now=press.now)
    view = EndFormView(entry, press.turn.nonce, opened.needs, typed, hints(errors))
    return Reply(end_form(view), title="The learning log")


def _show_asked(press: Press, _: Outcome) -> Reply:
    return _log(press.council, press.work, press.turn, press.person, "", message=COMING)


HANDLERS: dict[type[Payload], Handler] = {
    ShowLog: Handler(_show_log),
    ShowEntry: Handler(_show_entry),
    AskEntry: Handler(_ask),
    SaveEntry: Handler(_show_saved, act=_save, refuse=_refuse_words),
    PublishEntry: Handler(_show_said, act=_publish, refuse=_refuse_publishing),
    AssureEntry: Handler(_show_said, act=_assure, refuse=_refuse_assuring),
    EndEntry: Handler(_show_ended, act=_end, refuse=_refuse_end),
    AskLearningBook: Handler(_show_asked, act=offers(LEARNING_BOOK)),
    **learning_action_presses.HANDLERS,
    **learning_evidence_presses.HANDLERS,
    **theme_presses.HANDLERS,
}

COMMANDS: Mapping[str, Command] = {
    "learning_log": Command(("learning log", "the learning log", "log", "learning"), log_reply),
    "my_learning": Command(("my learning", "my learning actions", "learning actions"), my_learning_reply),
    "themes": Command(("themes", "theme", "trends"), theme_presses.themes_reply),
}
