"""Seals the trail each day, writes the heads to a file outside the database, and proves the whole.

The files are what a forger with the database alone cannot reach, so they belong where only the council's
records office writes: each names the one before it and carries a keyed proof.

Source: SG-05 and the trail part of the design.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from domain.days import end_of_local_day
from domain.trail import Fault, Head
from storage.work import View
from workflows.council import Council

FORMAT = 1
_EXPORT = "export"
_UNREADABLE = (ValueError, KeyError, TypeError)


@dataclass(frozen=True, slots=True)
class Export:
    """One day's file as it was read."""

    day: date
    sealed_at: str
    previous: str
    """The proof of the file before it; empty for the first."""
    heads: tuple[Head, ...]
    mac: str


def export_path(folder: Path, day: date) -> Path:
    """Where the heads of this day are written."""
    return folder / f"trail-{day.isoformat()}.json"


def is_sealed(folder: Path, day: date) -> bool:
    """Whether nothing is left to seal under this day: it was sealed after its end, or a later day was."""
    paths = _paths(folder)
    if paths and paths[-1] > export_path(folder, day):
        return True
    if export_path(folder, day) not in paths:
        return False
    try:
        return datetime.fromisoformat(_read(export_path(folder, day)).sealed_at) >= end_of_local_day(day)
    except _UNREADABLE:
        return False


def seal_day(council: Council, day: date, now: datetime, folder: Path) -> Path:
    """Seal what grew until now under this day and export it; returns the file.

    Safe to repeat: files are written from the seals in the database, so a crash between the two is mended by
    the next sealing. A day before the latest file is left alone, as that file speaks for it.
    """
    paths = _paths(folder)
    if paths and paths[-1] > export_path(folder, day):
        return paths[-1]
    with council.write() as work:
        work.trail.seal(day)
    return export_day(council, day, now, folder)


def export_day(council: Council, day: date, now: datetime, folder: Path) -> Path:
    """Write the heads sealed up to this day that no file holds yet; returns the latest file."""
    paths = _paths(folder)
    path = export_path(folder, day)
    if paths and paths[-1] > path:
        return paths[-1]
    with council.read() as view:
        for sealed_on in sorted({*view.trail.sealed_days(), day}):
            if sealed_on == day or not paths or export_path(folder, sealed_on) > paths[-1]:
                _export(view, folder, sealed_on, now)
    return path


def read_exports(folder: Path, *, until: date | None = None) -> dict[str, tuple[Head, ...]]:
    """Chain to its exported heads, from every file of a folder (of days up to `until`) that can be read."""
    found: dict[str, list[Head]] = {}
    for file in _read_all(folder)[0]:
        if until is None or file.day <= until:
            for head in file.heads:
                found.setdefault(head.chain, []).append(head)
    return {chain: tuple(heads) for chain, heads in found.items()}


def set_aside(folder: Path, after: date | None, name: str) -> tuple[Path, ...]:
    """Move the files of days after this one (all, when None) into a folder below; returns their new places.

    For a database that came back from a backup: it knows nothing of what they speak of.
    """
    moved = []
    for path in _paths(folder):
        if after is None or path > export_path(folder, after):
            (folder / name).mkdir(exist_ok=True)
            moved.append(path.rename(folder / name / path.name))
    return tuple(moved)


def verify_trail(council: Council, folder: Path) -> tuple[Fault, ...]:
    """Everything that trail, seals and exported files cannot account for; empty when it proves."""
    files, unreadable = _read_all(folder)
    with council.read() as view:
        faults = [Fault("", 0, f"the exported file {name} cannot be read") for name in unreadable]
        faults += _file_faults(view, files)
        faults += _disagreements(view.trail.seals(), files)
        faults += view.trail.verify(read_exports(folder))
    return tuple(dict.fromkeys(faults))


def _file_faults(view: View, files: Sequence[Export]) -> list[Fault]:
    faults = []
    previous = ""
    for file in files:
        if file.mac != _mac(view, file):
            faults.append(Fault("", 0, f"the exported file of {file.day} was changed"))
        elif file.previous != previous:
            faults.append(
                Fault("", 0, f"an exported file before {file.day} is missing or was put there later")
            )
        previous = file.mac
    return faults


def _disagreements(sealed: Mapping[date, tuple[Head, ...]], files: Sequence[Export]) -> list[Fault]:
    faults = []
    by_day = {file.day: set(file.heads) for file in files}
    for day in sorted(set(sealed) - set(by_day)):
        faults.append(Fault("", 0, f"the exported file of {day} is missing"))
    for day, heads in by_day.items():
        for head in sorted(heads - set(sealed.get(day, ())), key=lambda h: h.chain):
            what = f"the seal of {day} on {head.chain} is missing, though it was exported"
            faults.append(Fault(head.chain, head.position, what))
    return faults


def _export(view: View, folder: Path, day: date, now: datetime) -> None:
    earlier = [path for path in _paths(folder) if path < export_path(folder, day)]
    try:
        previous = _read(earlier[-1]).mac if earlier else ""
    except _UNREADABLE:
        # The file before is damaged, which verifying tells; the day is exported all the same.
        previous = ""
    draft = Export(day, now.isoformat(), previous, view.trail.seals(day).get(day, ()), "")
    _write(export_path(folder, day), replace(draft, mac=_mac(view, draft)))


def _paths(folder: Path) -> list[Path]:
    """The exported files by day; their names sort like their days."""
    return sorted(folder.glob("trail-????-??-??.json"))


def _read_all(folder: Path) -> tuple[list[Export], list[str]]:
    """Every export, oldest first, and the names of files that hold none."""
    files, unreadable = [], []
    for path in _paths(folder):
        try:
            files.append(_read(path))
        except _UNREADABLE:
            unreadable.append(path.name)
    return files, unreadable


def _mac(view: View, export: Export) -> str:
    heads = [[head.chain, head.position, head.mac] for head in export.heads]
    return view.trail.sign(_EXPORT, export.day.isoformat(), export.sealed_at, export.previous, heads)


def _read(path: Path) -> Export:
    """The export in a file; raises one of _UNREADABLE when there is none."""
    body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if body["format"] != FORMAT:
        raise ValueError("another format")
    heads = tuple(Head(str(chain), int(position), str(mac)) for chain, position, mac in body["heads"])
    day = date.fromisoformat(body["day"])
    return Export(day, str(body["sealed_at"]), str(body["previous"]), heads, str(body["mac"]))


def _write(path: Path, export: Export) -> None:
    """The whole file or none of it, and on the disk before this returns."""
    body = {
        "format": FORMAT,
        "day": export.day.isoformat(),
        "sealed_at": export.sealed_at,
        "previous": export.previous,
        "heads": [[head.chain, head.position, head.mac] for head in export.heads],
        "mac": export.mac,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(f".{os.getpid()}.part")
    with half.open("w", encoding="utf-8") as file:
        file.write(json.dumps(body, indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
