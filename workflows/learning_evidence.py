"""What an entry of the learning log rests on, linked by the QA office (OG-06, RO-07, Q29).

An audit is chosen from those that speak of the entry's theme; with it goes its moderation, once released. The
report of a round is chosen too. What lies outside, such as a complaint report, is typed with its day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.audits import Audit
from domain.days import add_months, parse_uk_date
from domain.errors import RuleBroken
from domain.grades import Grade
from domain.learning import STANDING, Entry, EntryState, Evidence
from domain.learning_evidence import TYPED_KINDS, Source, SourceKind
from domain.moderation import counting_grade
from domain.people import Person
from domain.permissions import Verb, require
from domain.themes import COMPONENT, Counted
from storage.rounds import RoundRow
from storage.work import View, Work
from workflows.action_file import may_do
from workflows.council import Council
from workflows.learning_entries import change_entry, find_entry, keep_trail, references_of, require_version
from workflows.learning_texts import TITLE_LIMIT, Reading, TextsWanted
from workflows.themes import MONTHS, counted_audits

OFFERED = 12
"""Audits offered at once: as many as somebody reads on a phone."""
ROUNDS_OFFERED = 6
MOST_SOURCES = 12
"""Sources that an entry may have beside its audits."""
OLDEST_MONTHS = 120
"""How far back the day of a source may lie; what is older is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An audit that an entry rests on or might."""

    audit: Audit
    team: str
    grade: Grade | None
    """Of the entry's section, or of the whole where its theme is no section; the one that counts (MO-21)."""


@dataclass(frozen=True, slots=True)
class EvidenceChoices:
    """What may be linked to an entry, and what is."""

    entry: Entry
    audits: tuple[Candidate, ...]
    """Of the entry's theme and readable to whoever links: the worst graded first, then the newest."""
    rounds: tuple[RoundRow, ...]
    """Given out; the latest first."""
    linked: tuple[Candidate, ...]
    """Those of the linked audits that may be named to whoever links."""
    sources: tuple[Source, ...]


def evidence_choices(
    view: View, council: Council, *, by: Person, entry_id: int, now: datetime
) -> EvidenceChoices:
    """What the QA office may link to an entry that has not ended."""
    entry = _require_kept(view, council, by, entry_id, now)
    counted = counted_audits(view, council, months=MONTHS[-1], now=now)
    linked = view.learning.evidence([entry.id]).get(entry.id, {}).get(Evidence.AUDIT, ())
    sources = view.learning.sources([entry.id]).get(entry.id, ())
    in_use = {source.round_id for source in sources}
    rounds = [one for one in reversed(view.rounds.in_state("allocated")) if one.id not in in_use]
    ranked = sorted(
        (one for one in counted if one.audit_id not in linked and _speaks_of(one, entry.theme)),
        key=lambda one: (_rank(one, entry.theme), -one.audit_id),
    )
    grades = {one.audit_id: one.grades.get(entry.theme) for one in counted}
    return EvidenceChoices(
        entry=entry,
        audits=_named(view, council, by, [one.audit_id for one in ranked], grades, now),
        rounds=tuple(rounds[:ROUNDS_OFFERED]),
        linked=_named(view, council, by, linked, grades, now),
        sources=sources,
    )


def link_evidence(
    work: Work,
    council: Council,
    *,
    by: Person,
    entry_id: int,
    version: int,
    typed: Mapping[str, str],
    now: datetime,
) -> None:
    """Link what was chosen and typed, and take out what was ticked for it.

    Raises TextsWanted for what cannot be kept, Stale when the entry changed; then nothing was saved.
    """
    choices = evidence_choices(work, council, by=by, entry_id=entry_id, now=now)
    entry = choices.entry
    reading = Reading(typed, council.framework, references_of(work, entry))
    audits = reading.several("audits", {str(one.audit.id): one.audit.id for one in choices.audits})
    rounds = reading.several("rounds", {str(one.id): one for one in choices.rounds})
    out = reading.several("take_out", _takeable(choices))
    source = _typed_source(reading, typed, council.today(now))
    reading.done()
    if not (audits or rounds or out or source):
        raise TextsWanted({"": "Please choose an audit or a report, or write down another source."})
    if len(choices.sources) + len(rounds) + bool(source) > MOST_SOURCES:
        raise RuleBroken(
            f"An entry has {MOST_SOURCES} sources beside its audits at most. Please take one out first."
        )
    require_version(entry, version)
    # The next version, so that nobody closes an entry past what was taken out of it.
    change_entry(work, entry, {})
    _link_audits(work, entry, audits)
    for one in rounds:
        work.learning.add_source(entry.id, SourceKind.ROUND, what="", dated_on=one.month, round_id=one.id)
    if source is not None:
        kind, what, dated_on = source
        work.learning.add_source(entry.id, kind, what=what, dated_on=dated_on)
    for what_kind, subject_id in out:
        _take_out(work, entry, what_kind, subject_id)
    fields = {
        "audits": audits,
        "rounds": [one.id for one in rounds],
        "source": [str(part) for part in source] if source else [],
        "taken out": [f"{kind} {subject_id}" for kind, subject_id in out],
    }
    keep_trail(work, by, "linked evidence to a learning entry", entry.id, now, fields)


def pieces_of(view: View, entry_id: int) -> int:
    """How many audits and other sources an entry rests on."""
    audits = view.learning.evidence([entry_id]).get(entry_id, {}).get(Evidence.AUDIT, ())
    return len(audits) + len(view.learning.sources([entry_id]).get(entry_id, ()))


def _require_kept(view: View, council: Council, by: Person, entry_id: int, now: datetime) -> Entry:
    require(Verb.KEEP_LOG, by, today=council.today(now))
    entry = find_entry(view, entry_id)
    if entry.state not in {EntryState.DRAFT, *STANDING}:
        raise RuleBroken("This entry has ended, so what it rests on stands as it is.")
    return entry


def _speaks_of(one: Counted, theme: str) -> bool:
    """Whether the audit has something to say of the theme; any has where none is chosen yet."""
    if theme.startswith(COMPONENT):
        return bool(one.shows(theme))
    return not theme or theme in one.grades


def _rank(one: Counted, theme: str) -> int:
    grade = one.grades.get(theme)
    return grade.rank if grade is not None else 0


def _named(
    view: View,
    council: Council,
    by: Person,
    audit_ids: Sequence[int],
    grades: Mapping[int, Grade | None],
    now: datetime,
) -> tuple[Candidate, ...]:
    """The first of these audits that the reader may open."""
    teams = view.people.teams()
    found: list[Candidate] = []
    for audit_id in audit_ids[: 2 * OFFERED]:
        audit = view.audits.get(audit_id)
        if audit is None or len(found) == OFFERED:
            continue
        if may_do(view, council, Verb.READ_SHARED, by=by, audit_id=audit_id, now=now):
            grade = grades.get(audit_id) or _overall(view, audit)
            found.append(Candidate(audit, teams[audit.team_id].name, grade))
    return tuple(found)


def _overall(view: View, audit: Audit) -> Grade | None:
    if not audit.overall:
        return None
    return counting_grade(Grade(audit.overall), view.moderations.of_audit(audit.id))


def _takeable(choices: EvidenceChoices) -> dict[str, tuple[str, int]]:
    audits = {f"audit-{one.audit.id}": ("audit", one.audit.id) for one in choices.linked}
    return audits | {f"source-{one.id}": ("source", one.id) for one in choices.sources}


def _typed_source(
    reading: Reading, typed: Mapping[str, str], today: date
) -> tuple[SourceKind, str, date] | None:
    """The source that was typed; None when its three boxes are empty."""
    if not any(typed.get(name, "").strip() for name in ("source_kind", "source_what", "source_on")):
        return None
    kind = reading.choice(
        "source_kind", [one.value for one in TYPED_KINDS], wanted="Please choose what kind of source it is."
    )
    what = reading.text("source_what", wanted="Please say which one it is.", limit=TITLE_LIMIT)
    words = typed.get("source_on", "").strip()
    dated_on = None
    try:
        dated_on = parse_uk_date(words)
    except ValueError:
        reading.errors["source_on"] = "Please give its day, such as 31 May 2026."
    if dated_on is not None and not add_months(today, -OLDEST_MONTHS) < dated_on <= today:
        reading.errors["source_on"] = "Please give the day it was made, which is not after today."
    if reading.errors or dated_on is None:
        return None
    return SourceKind(kind), what, dated_on


def _link_audits(work: Work, entry: Entry, audit_ids: Sequence[int]) -> None:
    work.learning.link(entry.id, Evidence.AUDIT, audit_ids)
    moderations = work.moderations.of_audits(audit_ids)
    # A held moderation is nobody's evidence yet (MO-17).
    released = [one.id for one in moderations.values() if one.released_at is not None]
    work.learning.link(entry.id, Evidence.MODERATION, released)


def _take_out(work: Work, entry: Entry, kind: str, subject_id: int) -> None:
    if kind == "source":
        work.learning.take_out_source(entry.id, subject_id)
        return
    work.learning.unlink(entry.id, Evidence.AUDIT, subject_id)
    moderation = work.moderations.of_audit(subject_id)
    if moderation is not None:
        work.learning.unlink(entry.id, Evidence.MODERATION, moderation.id)
