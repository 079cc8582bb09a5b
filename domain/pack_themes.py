"""The parts of the evidence export: one for each theme, with its figures quarter by quarter and its learning.

Nobody is named, and no case: an entry of the learning log is written so, and all else is counts (SG-01).
Source: PF-15, GP-01 to GP-06, OG-06, RO-04.
"""

from collections.abc import Iterator

from domain.learning import Entry, EntryState
from domain.measures import theme_key
from domain.pack_content import FigureLine, FigureTable, Part, TextTable
from domain.pack_desk import Desk, Known, kept
from domain.pack_measures import RESTS_ON, SEEN, THANKED
from domain.pack_words import is_told, share_of
from domain.packs import THEME
from domain.themes import COMPONENT, theme_titles

_STANDS = {
    EntryState.OPEN: "in hand",
    EntryState.ASSURED: "in hand, assured",
    EntryState.CLOSED: "closed",
}
_NOTHING = "Audits of these quarters say nothing of it that may be shown."


def figure_of(theme: str) -> str:
    """The key of the figure that a theme is told by: a section below Good, or a component seen."""
    return f"{SEEN}{theme}" if theme.startswith(COMPONENT) else theme_key(theme)


def themes_of(known: Known) -> set[str]:
    """The keys of every figure that stands in a theme's part."""
    titles = theme_titles(known.framework)
    entries = [one.id for one in (*known.standing, *known.closed)]
    return {
        *(figure_of(theme) for theme in titles),
        *(f"{THANKED}{theme}" for theme in titles),
        *(f"{RESTS_ON}{entry}" for entry in entries),
    }


def evidence_parts(desk: Desk) -> Iterator[Part]:
    """Every theme in the order of the framework."""
    for theme, title in theme_titles(desk.known.framework).items():
        about = "below Good" if not theme.startswith(COMPONENT) else "seen in audits"
        quarters = [desk.line_of(figure_of(theme), one.period) for one in reversed(desk.known.sets)]
        figures = [
            FigureTable(f"{title}: {about}, by quarter", _there(quarters), drawn=True),
            desk.table("Thanks", (f"{THANKED}{theme}",)),
            _resting(desk, theme),
        ]
        yield Part(
            f"{THEME}{theme}", title, _words(desk, theme, title), kept(figures), _learning(desk, theme)
        )


def _words(desk: Desk, theme: str, title: str) -> str:
    now = desk.shown(figure_of(theme))
    if now is None or not is_told(now):
        return _NOTHING
    if theme.startswith(COMPONENT):
        return f"{title}: seen in {share_of(now, 'audits')} in {desk.known.period.label}."
    return f"{title}: below Good in {share_of(now, 'audits')} in {desk.known.period.label}."


def _resting(desk: Desk, theme: str) -> FigureTable:
    period = desk.known.period
    lines = [desk.line_of(f"{RESTS_ON}{one.id}", period, name=one.title) for one in _entries(desk, theme)]
    # How many audits an entry rests on is one number, with nothing before it.
    return FigureTable("Audits that each piece of learning rests on", _there(lines))


def _learning(desk: Desk, theme: str) -> tuple[TextTable, ...]:
    rows = tuple(
        (one.title, one.learning, _STANDS[one.state], one.impact if one.state is EntryState.CLOSED else "")
        for one in _entries(desk, theme)
    )
    headings = ("Title", "What we learned", "Where it stands", "What changed for children")
    return (TextTable("Learning", headings, rows),) if rows else ()


def _entries(desk: Desk, theme: str) -> list[Entry]:
    return [one for one in (*desk.known.standing, *desk.known.closed) if one.theme == theme]


def _there(lines: list[FigureLine | None]) -> tuple[FigureLine, ...]:
    return tuple(line for line in lines if line is not None)
