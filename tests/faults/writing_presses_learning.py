"""A press of every verb of the learning log, of praise and of reports; see `writing_presses`."""

from collections.abc import Iterator
from datetime import timedelta

from cards.payloads_learning import (
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
)
from cards.payloads_reports import AskPraiseCopy, AskReportCopy, SendPraise
from domain.days import local_day
from domain.learning import Entry
from tests.faults.grounds import Ground
from tests.faults.pressing import Press
from tests.learning import a_draft


def learning_presses(ground: Ground) -> Iterator[Press]:
    """One press of each verb, each made when those before it are done."""
    yield from _on_the_log(ground)
    yield from _on_an_entry(ground)
    yield from _of_reports(ground)


def _on_the_log(ground: Ground) -> Iterator[Press]:
    office, nonce = ground.people.qa_officer, "pressed"
    audit = ground.audit(ground.submitted)
    drafted = {"drafted a learning entry": 1}
    yield Press(office, DraftFromAudit(audit.id, nonce), {}, drafted)
    yield Press(office, DraftFromTheme("planning", 6, nonce), {}, drafted)
    owner, later = str(ground.people.ad_qa.id), (local_day(ground.now) + timedelta(days=30)).isoformat()
    words = {"entry_title": "Plans that help", "theme": "planning", "learning": "Plans help."}
    save = SaveEntry(0, 0, nonce)
    yield Press(office, save, {**words, "owner": owner, "due_on": later}, drafted)
    yield Press(office, AskLearningBook(nonce), {}, {"file_offers": 1})


def _on_an_entry(ground: Ground) -> Iterator[Press]:
    office, ad_qa, nonce = ground.people.qa_officer, ground.people.ad_qa, "pressed"
    later = local_day(ground.now) + timedelta(days=30)
    with ground.council.write() as work:
        entry = a_draft(work, ad_qa, now=ground.now)
    action = {"what": "Write a guide.", "action_owner": str(ad_qa.id), "action_due_on": later.isoformat()}
    save = SaveLearningAction(entry.id, 0, _version(ground, entry), False, nonce)
    yield Press(office, save, action, {"gave a learning action": 1})
    source = {"source_kind": "survey", "source_what": "Survey of the spring", "source_on": "2026-01-05"}
    link = LinkEvidence(entry.id, _version(ground, entry), nonce)
    yield Press(office, link, source, {"linked evidence to a learning entry": 1})
    yield Press(
        office,
        PublishEntry(entry.id, _version(ground, entry), nonce),
        {},
        # Its one action joins the tracker (OG-07).
        {"published a learning entry": 1, "added to the tracker": 1},
    )
    with ground.council.read() as view:
        (kept,) = view.learning.actions([entry.id])[entry.id]
    done = {"done_text": "The guide is in use."}
    yield Press(
        ad_qa,
        FinishLearningAction(kept.id, nonce),
        done,
        {"finished a learning action": 1, "took over from the learning log": 1},
    )
    yield Press(
        ad_qa, AssureEntry(entry.id, _version(ground, entry), nonce), {}, {"assured a learning entry": 1}
    )
    impact = {"impact": "Children know their plan.", "more_needed": "no", "reason": "Said before."}
    yield Press(
        office,
        EndEntry(entry.id, _version(ground, entry), nonce),
        impact,
        {"closed a learning entry": 1, "took over from the learning log": 1},
    )


def _of_reports(ground: Ground) -> Iterator[Press]:
    people, nonce = ground.people, "pressed"
    audit = ground.audit(ground.unchosen)
    words = {"praise_text": "Thank you for listening so well."}
    yield Press(people.qa_officer, SendPraise(audit.id, nonce), words, {"praised": 1})
    yield Press(people.practitioner, AskPraiseCopy(audit.id, nonce), {}, {"file_offers": 1})
    report = AskReportCopy("team", audit.round_id, nonce)
    yield Press(people.team_manager, report, {}, {"file_offers": 1})


def _version(ground: Ground, entry: Entry) -> int:
    with ground.council.read() as view:
        found = view.learning.get(entry.id)
    assert found is not None
    return found.version
