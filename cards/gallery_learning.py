"""Cards of learning, for the gallery."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from cards.elements import Card
from cards.gallery_content import ORDINARY, Content
from cards.learning import PART_NAMES, log_card
from cards.learning_entry import entry_card, own_action_card
from cards.learning_evidence import evidence_form, source_words
from cards.learning_forms import action_form, end_form, entry_form
from cards.themes import themes_card
from cards.views import HintView
from cards.views_learning import (
    ActionFormView,
    EndFormView,
    EntryFormView,
    EntryView,
    EvidenceFormView,
    LogView,
    OwnActionView,
    ThemesView,
)
from domain.framework import Framework
from domain.learning import (
    DraftedFrom,
    Entry,
    EntryState,
    LearningAction,
    Log,
    LogLine,
    MyAction,
    OpenedEntry,
    OwnedAction,
    ThemeLine,
)
from domain.learning_evidence import Need, Source, SourceKind
from domain.themes import Cohort, CohortLine, Theme, Trend, theme_titles

_TODAY = date(2026, 6, 3)
_AT = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)
_WRONG = (HintView("", "This can't be kept as it stands.", blocking=True),)
_MOST_ACTIONS = 12


def cards_of(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    """(name, card) of each, with this content."""
    titles = theme_titles(framework)
    yield from _lists(titles, content)
    yield from _entries(titles, content)
    yield from _forms(titles, content)
    yield from _themes(titles, content)


def _entry(content: Content, number: int = 0) -> Entry:
    return Entry(
        id=number + 1,
        theme="planning",
        title=content.line(number),
        learning=content.text(number),
        state=EntryState.OPEN,
        drafted_from=DraftedFrom.MODERATION,
        owner_id=1,
        due_on=date(2026, 6, 1 + number % 20),
        created_at=_AT,
        created_by=None,
        assured_by=None,
        assured_at=None,
        impact="",
        more_needed=None,
        closed_by=None,
        closed_at=None,
        version=3,
    )


def _action(content: Content, number: int = 0) -> LearningAction:
    done = number % 2 == 1
    return LearningAction(
        id=number + 1,
        entry_id=1,
        what=content.text(number),
        owner_id=1,
        due_on=date(2026, 6, 1 + number % 20),
        done_on=_TODAY if done else None,
        done_by=1 if done else None,
        done_text=content.text(number + 1) if done else "",
    )


def _sources(content: Content) -> tuple[Source, ...]:
    return (
        Source(1, 1, SourceKind.ROUND, "", date(2026, 5, 1), 1),
        Source(2, 1, SourceKind.COMPLAINT, content.line(1), date(2026, 5, 4), None),
    )


def _lists(titles: dict[str, str], content: Content) -> Iterator[tuple[str, Card]]:
    entries = [_entry(content, number) for number in range(content.many)]
    closed = [
        replace(one, state=EntryState.CLOSED, impact="x", more_needed=True, closed_by=1, closed_at=_AT)
        for one in entries
    ]
    log = Log(
        part="standing",
        counts=dict.fromkeys(PART_NAMES, content.many),
        lines=tuple(LogLine(one, content.name(one.id), 2, 1) for one in entries),
        analysis=tuple(ThemeLine(key, 3, 1, 2, 1, 9) for key in titles),
        mine=tuple(MyAction(_action(content, n), content.line(n)) for n in range(content.many)),
        may_keep=True,
    )
    view = LogView(log, titles, 0, _TODAY, "gallery")
    yield "learning-log", log_card(view)
    for part in ("analysis", "mine"):
        yield f"learning-log-{part}", log_card(replace(view, log=replace(log, part=part), start=4))
    lines = tuple(LogLine(one, content.name(one.id), 0, 2) for one in closed)
    yield "learning-log-closed", log_card(replace(view, log=replace(log, part="closed", lines=lines)))
    nothing = Log("standing", {"standing": 0}, (), (), (), may_keep=False)
    yield "learning-log-empty", log_card(replace(view, log=nothing))


def _entries(titles: dict[str, str], content: Content) -> Iterator[tuple[str, Card]]:
    entry = _entry(content)
    many = 3 if content is ORDINARY else _MOST_ACTIONS
    opened = OpenedEntry(
        entry=entry,
        owner_name=content.name(0),
        assured_by_name=content.name(1),
        closed_by_name=content.name(2),
        actions=tuple(OwnedAction(_action(content, n), content.name(n)) for n in range(many)),
        audits=content.many,
        moderations=1,
        sources=_sources(content),
        needs=(Need.DONE,),
        readable=tuple(range(content.many)),
        may_keep=True,
        may_assure=True,
        may_read_log=True,
    )
    view = EntryView(opened, titles, _TODAY, "gallery")
    yield "learning-entry", entry_card(view)
    draft = replace(opened, entry=replace(entry, state=EntryState.DRAFT, owner_id=None, due_on=None))
    yield "learning-entry-draft", entry_card(replace(view, opened=draft, message=content.line(0)))
    bare = replace(
        opened, audits=0, moderations=0, readable=(), sources=(), actions=(), needs=tuple(Need)[:3]
    )
    yield "learning-entry-lacking", entry_card(replace(view, opened=bare))
    opened = replace(opened, needs=())
    assured = replace(entry, state=EntryState.ASSURED, assured_by=1, assured_at=_AT)
    closed = replace(
        assured,
        state=EntryState.CLOSED,
        impact=content.text(2),
        more_needed=True,
        closed_by=1,
        closed_at=_AT,
    )
    yield "learning-entry-closed", entry_card(replace(view, opened=replace(opened, entry=closed)))
    dropped = replace(entry, state=EntryState.DROPPED, impact=content.text(2))
    yield "learning-entry-dropped", entry_card(replace(view, opened=replace(opened, entry=dropped)))
    own = OwnActionView(_action(content), entry, titles["planning"], _TODAY, "gallery")
    yield "learning-action", own_action_card(own)
    yield "learning-action-done", own_action_card(replace(own, action=_action(content, 1)))
    refused = replace(own, typed={"done_text": content.text(2)}, errors=_WRONG)
    yield "learning-action-refused", own_action_card(refused)


def _forms(titles: dict[str, str], content: Content) -> Iterator[tuple[str, Card]]:
    entry = _entry(content)
    owners = tuple((str(n), content.name(n)) for n in range(1, content.many))
    form = EntryFormView(entry, tuple(titles.items()), owners, "gallery", owner_name=content.name(1))
    yield "learning-form", entry_form(form)
    yield "learning-form-new", entry_form(replace(form, entry=None))
    typed = {"entry_title": content.line(1), "learning": content.text(1), "due_on": content.line(0)}
    yield "learning-form-stale", entry_form(replace(form, typed=typed, errors=_WRONG, changed=True))
    end = EndFormView(entry, "gallery")
    yield "learning-end", end_form(end)
    yield "learning-end-refused", end_form(replace(end, typed={"impact": content.text(0)}, errors=_WRONG))
    yield "learning-end-draft", end_form(replace(end, entry=replace(entry, state=EntryState.DRAFT)))
    yield "learning-end-lacking", end_form(replace(end, needs=tuple(Need)))
    audits = tuple((str(n), f"CF-100{n}, {content.team}, Good, 5 May 2026") for n in range(1, content.many))
    evidence = EvidenceFormView(
        entry=entry,
        theme=titles["planning"],
        audits=audits,
        rounds=(("1", "May 2026"), ("2", "March 2026")),
        linked=tuple((f"source-{one.id}", source_words(one)) for one in _sources(content)),
        nonce="gallery",
    )
    yield "learning-evidence", evidence_form(evidence)
    typed = {"audits": "1", "source_kind": "complaint", "source_what": content.line(1), "source_on": "soon"}
    refused = replace(evidence, rounds=(), linked=(), typed=typed, errors=_WRONG)
    yield "learning-evidence-refused", evidence_form(refused)
    yield (
        "learning-evidence-empty",
        evidence_form(replace(evidence, theme="", audits=(), rounds=(), linked=())),
    )
    action = ActionFormView(entry, _action(content), owners, "gallery")
    yield "learning-action-form", action_form(action)
    yield "learning-action-form-new", action_form(replace(action, action=None))


def _themes(titles: dict[str, str], content: Content) -> Iterator[tuple[str, Card]]:
    found = tuple(
        Theme(key, 40, number, 12, list(Trend)[number % 4]) for number, key in enumerate(titles, start=4)
    )
    lines = tuple(CohortLine(content.name(n), 12, 12 - n % 9) for n in range(content.many))
    view = ThemesView(
        themes=found,
        titles=titles,
        months=6,
        offered=(3, 6, 12),
        period="from 4 December 2025 to 3 June 2026",
        audits=40,
        smallest=5,
        chosen=None,
        cohort=Cohort.TEAM,
        cohorts=(*lines, CohortLine(content.team, 7, None), CohortLine(content.name(1), None, None)),
        may_keep=True,
        nonce="gallery",
    )
    yield "themes", themes_card(view)
    yield "themes-empty", themes_card(replace(view, themes=(), audits=0))
    yield "theme", themes_card(replace(view, chosen=found[0]))
    yield "theme-component", themes_card(replace(view, chosen=found[-1], cohort=Cohort.AGE_BAND))
