"""Lists attached in chat by the QA or performance office, and the yes that an unusual one needs."""

import re

from cards.imported import import_card
from cards.payloads import ConfirmImport, Payload
from cards.views import ImportView
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Reply, Turn
from domain.intake_summary import WORTH_KNOWING
from domain.people import Person
from domain.written import file_name
from workflows.council import Council
from workflows.import_outcome import ImportOutcome
from workflows.importing import confirm_list, take_list

SHOWN_LINES = 24
_NEXT_STEPS = ("Correct the file and send it again", "Please confirm before anything is saved")
"""What the terminal is told to do next; a card asks it in its box and with its button."""
_LISTS = {"staff": "a staff list", "cases": "a case list", "indicators": "a list of indicators"}
"""The word in a file's name to the list it means."""
_MORE = re.compile(r"and (\d+) more\.")


def answer_attached(council: Council, turn: Turn, person: Person) -> Reply:
    """What became of an attached list."""
    outcome = take_list(
        council,
        kind=None,
        filename=file_name(turn.filename),
        content=turn.content,
        by=person,
        now=turn.now,
    )
    return _reply(outcome, turn.nonce)


def _reply(outcome: ImportOutcome, nonce: str) -> Reply:
    headline, *rest = outcome.summary.split("\n")
    stop = rest.index(WORTH_KNOWING) if WORTH_KNOWING in rest else len(rest)
    said = rest[:stop]
    # A list that was taken in, or waits for a yes, has remarks; only a refused one has problems.
    bullets = tuple(line.removeprefix("- ") for line in said if line.startswith("- "))
    problems = bullets if outcome.refused else ()
    unlisted = sum(int(more[1]) for line in said if outcome.refused and (more := _MORE.fullmatch(line)))
    view = ImportView(
        kind=outcome.kind,
        filename=outcome.filename,
        headline=headline,
        lines=(
            *_other_kind(outcome),
            *(line for line in said if not (line.startswith(("- ", *_NEXT_STEPS)) or _MORE.fullmatch(line))),
        ),
        problems=problems[:SHOWN_LINES],
        more_problems=max(0, len(problems) - SHOWN_LINES) + unlisted,
        needs_confirmation=bool(outcome.waiting_id),
        import_id=outcome.waiting_id,
        nonce=nonce,
        to_confirm=() if outcome.refused else bullets,
        remarks=tuple(
            line.removeprefix("- ") for line in rest[stop + 1 :] if not line.startswith(_NEXT_STEPS)
        ),
    )
    return Reply(import_card(view), title="Import", queued=outcome.queued)


def _other_kind(outcome: ImportOutcome) -> tuple[str, ...]:
    """What to do when a refused file was taken for the wrong kind of list."""
    if not (outcome.refused and outcome.guessed):
        return ()
    others = {word: name for word, name in _LISTS.items() if word != outcome.kind}
    either = " or ".join(f"“{word}”" for word in others)
    return (
        f"Its columns look most like {_LISTS[outcome.kind]}, so it was read as one. If it is "
        f"{' or '.join(others.values())}, put the word {either} in the name of the file and send it again.",
    )


def _confirm(press: Press) -> Outcome:
    done = confirm_list(
        press.work, press.council, import_id=press.payload.import_id, by=press.person, now=press.now
    )
    return {"kind": done.kind, "filename": done.filename, "summary": done.summary}


def _show_confirmed(press: Press, outcome: Outcome) -> Reply:
    done = ImportOutcome(outcome["kind"], outcome["filename"], outcome["summary"], saved=True)
    return _reply(done, press.turn.nonce)


HANDLERS: dict[type[Payload], Handler] = {ConfirmImport: Handler(_show_confirmed, act=_confirm)}
