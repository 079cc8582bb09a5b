"""Who may press what of learning; see `cells`."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bot.asking import clock
from cards.payloads import Payload
from cards.payloads_learning import (
    AskEntry,
    AskLearningBook,
    AssureEntry,
    DraftFromAudit,
    DraftFromTheme,
    EndEntry,
    FinishLearningAction,
    LinkEvidence,
    PublishEntry,
    SaveEntry,
    SaveLearningAction,
    ShowEntry,
    ShowLearningAction,
    ShowLog,
    ShowThemes,
)
from domain.audits import AuditState
from domain.days import local_day
from domain.people import Person
from storage.work import Work
from tests.builders import Staff
from tests.learning import a_draft, a_whole_entry, an_action, an_entry
from workflows.council import Council

Typed = dict[str, str]

_NOWHERE = 999_999
_OFFICE = {"a quality assurance officer", "the SM for quality assurance"}
_READERS = _OFFICE | {
    "the principal social worker",
    "a practice consultant",
    "another auditor",
    "the AD for QA",
    "the service manager",
    "the auditor's own service manager, who covers the other",
}
"""Q29, RO-04, RO-06, RO-07, RO-08: who writes, analyses and assures the log, and service managers."""
_OWNS_ENTRY = "the director"
_OWNS_ACTION = "the project manager"
_MAY_OWN = "9"
"""Id of the AD for QA, who is made ninth of the scene's people."""
_SHARED = ("a submitted audit", "a submitted audit of a case that moved")
_ENTRIES = ("a learning entry", "an entry to end", "a drafted entry", "another drafted entry", "no entry")

MAY: dict[str, dict[str, set[str]]] = {
    "look at the log": {"a learning entry": _READERS | {_OWNS_ACTION}},
    # Whoever owns an action of it has that action, and not the file.
    "have the log": {"a learning entry": _READERS},
    # Whoever sees to an entry reads that one; drafts are the QA office's.
    "read an entry": {
        "a learning entry": _READERS | {_OWNS_ENTRY},
        "a drafted entry": _OFFICE,
        "no entry": _OFFICE,
    },
    # RO-07: the QAO builds the log, Q29: writes it.
    "write an entry": dict.fromkeys(_ENTRIES, _OFFICE),
    "publish an entry": {"a drafted entry": _OFFICE, "a learning entry": _OFFICE, "no entry": _OFFICE},
    # OG-06: only with an answer on impact.
    "end an entry": {"an entry to end": _OFFICE, "another drafted entry": _OFFICE, "no entry": _OFFICE},
    # RO-06: the AD for QA oversees it.
    "assure an entry": {
        name: {"the AD for QA"} for name in ("a learning entry", "an entry to end", "no entry")
    },
    "do a learning action": {"a learning action": {_OWNS_ACTION}, "no learning action": set()},
    "draft from an audit": {
        **dict.fromkeys(_SHARED, _OFFICE),
        **{name: set() for name in ("an accepted audit", "a returned audit", "no audit")},
    },
    "see themes": {"a learning entry": _READERS},
    "draft from a theme": {"a learning entry": _OFFICE},
}
CHANGES: dict[type[Payload], tuple[str, set[str]]] = {
    SaveEntry: ("learning_entries", set(_ENTRIES) - {"no entry"}),
    SaveLearningAction: ("learning_actions", set(_ENTRIES) - {"no entry"}),
    LinkEvidence: ("learning_sources", set(_ENTRIES) - {"no entry"}),
    PublishEntry: ("learning_entries", {"a drafted entry"}),
    EndEntry: ("learning_entries", {"an entry to end", "another drafted entry"}),
    AssureEntry: ("learning_entries", {"a learning entry", "an entry to end"}),
    FinishLearningAction: ("learning_actions", {"a learning action"}),
    DraftFromAudit: ("learning_entries", set(_SHARED)),
    DraftFromTheme: ("learning_entries", {"a learning entry"}),
    AskLearningBook: ("file_offers", {"a learning entry"}),
}


def objects(
    work: Work, council: Council, some: Staff, people: dict[str, Person], given: dict[str, Any]
) -> dict[str, int]:
    """What there is to ask for. `given` holds the moment, month and due date of the scene's audits."""
    now = given["now"]
    chosen = work.rounds.of_month(given["month"])
    audits = work.audits.of_round(chosen.id) if chosen else ()
    owner = people[_OWNS_ENTRY]
    evidence = [audit.id for audit in audits if audit.state is AuditState.SUBMITTED]
    entry = an_entry(work, owner, audits=evidence, now=now)
    action = an_action(work, entry, people[_OWNS_ACTION], due_on=local_day(now) + timedelta(days=20))
    return {
        "a learning entry": entry.id,
        "an entry to end": a_whole_entry(work, owner, title="Records that say why", now=now).id,
        "a drafted entry": a_draft(work, owner, title="Visits that count", now=now).id,
        "another drafted entry": a_draft(work, title="From moderation", now=now).id,
        "no entry": _NOWHERE,
        "a learning action": action.id,
        "no learning action": _NOWHERE,
    }


def asked(activity: str, object_id: int, nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """Every press of this activity, with what is typed beside it."""
    later = (local_day(clock()) + timedelta(days=30)).isoformat()
    match activity:
        case "look at the log":
            yield ShowLog("", 0), {}
            yield ShowLog("mine", 0), {}
        case "have the log":
            yield AskLearningBook(nonce), {}
        case "read an entry":
            yield ShowEntry(object_id), {}
        case "write an entry":
            yield AskEntry(object_id, "words", 0), {}
            yield AskEntry(object_id, "evidence", 0), {}
            yield AskEntry(object_id, "end", 0), {}
            yield AskEntry(object_id, "action", 0), {}
            words = {
                "entry_title": f"Plans that help {nonce}",
                "theme": "planning",
                "learning": "Plans help.",
            }
            yield SaveEntry(object_id, 1, nonce), {**words, "owner": _MAY_OWN, "due_on": later}
            action = {"what": "Write a guide.", "action_owner": _MAY_OWN, "action_due_on": later}
            yield SaveLearningAction(object_id, 0, 1, False, nonce), action
            source = {"source_kind": "complaint", "source_what": f"Spring {nonce}", "source_on": "2026-01-05"}
            yield LinkEvidence(object_id, 1, nonce), source
        case "publish an entry":
            yield PublishEntry(object_id, 1, nonce), {}
        case "end an entry":
            typed = {"impact": "Children know their plan.", "more_needed": "no", "reason": "Said before."}
            yield EndEntry(object_id, 1, nonce), typed
        case "assure an entry":
            yield AssureEntry(object_id, 1, nonce), {}
        case "do a learning action":
            yield ShowLearningAction(object_id), {}
            yield FinishLearningAction(object_id, nonce), {"done_text": "The guide is in use."}
        case "draft from an audit":
            yield DraftFromAudit(object_id, nonce), {}
        case "see themes":
            yield ShowThemes("", 6, "team"), {}
            yield ShowThemes("planning", 3, "age_band"), {}
        case "draft from a theme":
            yield DraftFromTheme("planning", 6, nonce), {}


def everyones(objects: dict[str, int], nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """What everyone may press, and each is shown their own."""
    yield from ()
