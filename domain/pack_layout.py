"""A pack as a whole, drafted from what is known of its time: its parts, headline and highlights.

Source: OG-05, PF-15, PR-01, PR-05, SG-03.
"""

from collections.abc import Collection

from domain.figures import COUNCIL, Disclosed, FigureSet, disclosed
from domain.framework import Framework
from domain.pack_content import Content, FigureRow, Part
from domain.pack_desk import Desk, Known, kept
from domain.pack_parts import BUILDERS, HIGHLIGHTS, keys_of, report_keys, service_keys
from domain.pack_themes import evidence_parts
from domain.pack_words import (
    heard,
    is_told,
)
from domain.packs import (
    CHANGED,
    CHILDREN,
    PARTS,
    TITLES,
    PackKind,
)
from domain.suppression import NOT_SHOWN


def draft(known: Known, pack_id: int) -> tuple[Content, tuple[FigureRow, ...]]:
    """The pack, and the records behind every figure of it.

    Of all that is counted only what this pack shows is weighed together, so that nothing small follows from
    what stands in it (SG-03).
    """
    kind = known.line.kind
    keys = keys_of(kind, known)
    shown = tuple(_only(one, keys, service_keys(kind)) for one in known.sets)
    desk = Desk(known, disclosed(shown, known.framework.numbers.smallest_count), pack_id)
    parts = _evidence(desk) if kind is PackKind.EVIDENCE else [_part(desk, key) for key in PARTS[kind]]
    highlights = tuple(line for key in HIGHLIGHTS if (line := desk.line(key)) is not None)
    content = Content(
        title=f"{known.line.title}, {known.period.label}",
        period=known.period.label,
        before=known.before.label,
        headline=_headline(desk),
        highlights=highlights,
        parts=tuple(parts),
        note=_note(desk),
    )
    return content, tuple(desk.rows.values())


def as_in_report(kind: PackKind, framework: Framework, one: FigureSet) -> Disclosed:
    """What of these figures may be shown where a report of this kind shows them as well.

    A period is weighed by itself, so the report says the same of it, whatever stands beside it there.
    """
    chosen = _only(one, report_keys(kind, framework), service_keys(kind))
    return disclosed((chosen,), framework.numbers.smallest_count)


def _only(one: FigureSet, keys: Collection[str], by_service: Collection[str]) -> FigureSet:
    figures = tuple(
        figure
        for figure in one.figures
        if (figure.key in keys if figure.scope == COUNCIL else figure.key in by_service)
    )
    return FigureSet(one.period, figures)


def _part(desk: Desk, key: str) -> Part:
    drafted, figures, tables = BUILDERS[key](desk)
    added = desk.known.tables.get(key, ())
    return Part(key, TITLES[key], drafted, kept(tuple(figures)), (*tables, *added))


def _evidence(desk: Desk) -> list[Part]:
    return [_part(desk, CHILDREN), *evidence_parts(desk), _part(desk, CHANGED)]


def _headline(desk: Desk) -> str:
    child, confirmed = desk.shown("voice_child"), desk.shown("actions.confirmed")
    said = heard(child, None, None)
    if confirmed is not None and is_told(confirmed):
        said += f" Of the actions agreed, {confirmed.says} are confirmed."
    return said


def _note(desk: Desk) -> str:
    smallest = desk.known.framework.numbers.smallest_count
    note = (
        "Each figure counted from audits, actions and the learning log carries a reference, and the one "
        "before it the same with a B behind. Under it the QA office can have its records counted again. "
        "Figures of indicators come from the performance office's lists."
    )
    if any(row.says == NOT_SHOWN for row in desk.rows.values()):
        note += (
            f" Numbers under {smallest} are not shown, nor those that would give one away, as few audits say "
            "too much of few people."
        )
    return note
