"""A whole rehearsal: the year is walked, looked through, and written into a folder."""

import gc
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.rehearsal.books import write_load, write_notices
from bot.rehearsal.clashes import clashes
from bot.rehearsal.conditions import Conditions
from bot.rehearsal.findings import Finding
from bot.rehearsal.indicators import Indicators
from bot.rehearsal.kept import Kept
from bot.rehearsal.picture import calendar_picture, what_falls
from bot.rehearsal.promises import promises
from bot.rehearsal.report import Told, report
from bot.rehearsal.year import OnMonth, Year, untold
from domain.errors import RuleBroken
from workflows.council import Council

FROM_LISTS = "It began with the lists alone: no audit had been given out before."
FROM_COPY = "It began with a copy of the council's own records, with the audits under way at the time."
FROM_ITS_LISTS = (
    "It began with the staff and cases of the council's own records alone, as some of its audits are later "
    "than the first day rehearsed."
)
_OBJECTS_BETWEEN = 50_000
"""Made and not yet given back before circles are looked for."""
A_CASE = "AB-12345"
"""Stands for every case in the sample cards."""


class FolderTaken(RuleBroken):
    """Something is in the folder already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is not empty. Please name another folder with --out, or empty it.")


def require_room(folder: Path) -> None:
    """Raise FolderTaken unless the folder is empty or is not there yet."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderTaken(folder)


def rehearse(
    council: Council,
    conditions: Conditions,
    folder: Path,
    *,
    began: str = FROM_LISTS,
    indicators: Path | None = None,
    on_month: OnMonth = untold,
) -> tuple[Kept, tuple[Finding, ...]]:
    """Walk the year and write what came of it; returns it with the promises.

    Raises FolderTaken, and ListRefused for a list of indicators that cannot be taken in.

    The council is a copy, which afterwards stands at the end of the year. `on_month` is told as each month
    begins.
    """
    require_room(folder)
    figures = Indicators(council, conditions, indicators) if indicators is not None else None
    year = Year(council, conditions, figures)
    with _seldom_collected():
        kept = year.walk(carry_on=began == FROM_COPY, on_month=on_month)
    found = promises(council, conditions)
    _mask(council, kept)
    drawn = what_falls(council, conditions, kept)
    clashing = clashes(council, conditions, year.crew, kept)
    told = Told(council, conditions, year.crew, kept, found, clashing, drawn, began, _said_of(figures))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rehearsal.html").write_text(report(told), encoding="utf-8")
    (folder / "calendar.svg").write_text(calendar_picture(council, conditions, drawn), encoding="utf-8")
    write_notices(folder / "notices.xlsx", year.crew, kept)
    write_load(folder / "load.xlsx", year.crew, kept)
    _write_cards(folder / "cards", kept)
    return kept, found


def _said_of(figures: Indicators | None) -> str:
    if figures is None:
        return "No figures of indicators came in during the year, so nothing was asked about any."
    comes = "a week's on the Monday after it, a month's or a quarter's five working days after its end"
    if figures.repeats:
        return (
            "The list of indicators holds figures of the time before. They came once more in place of those "
            f"of the year rehearsed: {comes}."
        )
    return f"Figures came from the list of indicators: {comes}."


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """A year's presses leave little that is tied in circles; looking for it costs time."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _mask(council: Council, kept: Kept) -> None:
    """No case of the council's is named in what is written, though some cards of the QA office name one."""
    with council.read() as view:
        references = {case.reference for case in view.cases.everything()}
    words = re.compile(r"[\w/.-]+")

    def masked(found: re.Match[str]) -> str:
        return A_CASE if found[0] in references or found[0].rstrip(".,") in references else found[0]

    for kind, card in kept.samples.items():
        text = words.sub(masked, json.dumps(card, ensure_ascii=False))
        kept.samples[kind] = json.loads(text)


def _write_cards(folder: Path, kept: Kept) -> None:
    folder.mkdir()
    for kind, card in sorted(kept.samples.items()):
        text = json.dumps(card, indent=2, ensure_ascii=False)
        (folder / f"{kind}.json").write_text(text + "\n", encoding="utf-8")
