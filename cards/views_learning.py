"""What the cards of the learning log and of themes show. See `cards.views`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cards.views_office import HintView
from domain.learning import Entry, LearningAction, Log, OpenedEntry
from domain.learning_evidence import Need
from domain.themes import Cohort, CohortLine, Theme

Choices = tuple[tuple[str, str], ...]
"""(value, title) of each."""


@dataclass(frozen=True, slots=True)
class LogView:
    """A part of the log, from one line on."""

    log: Log
    titles: Mapping[str, str]
    """Theme to its title."""
    start: int
    today: date
    nonce: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry."""

    opened: OpenedEntry
    titles: Mapping[str, str]
    today: date
    nonce: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class EntryFormView:
    """The form of an entry's words, owner and day."""

    entry: Entry | None
    """None for a new one."""
    themes: Choices
    owners: Choices
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()
    changed: bool = False
    """Whether somebody else saved it meanwhile; then what stands there is shown beside what was typed."""
    owner_name: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceFormView:
    """The form of what an entry rests on."""

    entry: Entry
    theme: str
    """Its title; empty where none is chosen yet."""
    audits: Choices
    """Those that may be linked."""
    rounds: Choices
    linked: Choices
    """What may be taken out."""
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()


@dataclass(frozen=True, slots=True)
class EndFormView:
    """The form that closes an entry or drops a draft."""

    entry: Entry
    nonce: str
    needs: tuple[Need, ...] = ()
    """What it still needs before it may be closed."""
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionFormView:
    """The form of one action of an entry."""

    entry: Entry
    action: LearningAction | None
    """None for a new one."""
    owners: Choices
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnActionView:
    """An action as its owner sees it."""

    action: LearningAction
    entry: Entry
    theme: str
    """Its title."""
    today: date
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemesView:
    """The themes of a period, or one of them by cohort."""

    themes: tuple[Theme, ...]
    titles: Mapping[str, str]
    months: int
    offered: tuple[int, ...]
    """The lengths of period there are."""
    period: str
    """Its days, in words."""
    audits: int
    smallest: int
    chosen: Theme | None
    cohort: Cohort
    cohorts: tuple[CohortLine, ...]
    may_keep: bool
    nonce: str
