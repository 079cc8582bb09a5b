"""Seals the trail each day, writes the heads to a file outside the database, and proves the whole.

The files are what a forger with the database alone cannot reach, so they belong where only the council's
records office writes: each names the one before it and carries a keyed proof.

Source: SG-05 and the trail part of the design.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Exports:
    """Every file of a folder, oldest first, and what could not be read."""

    files: tuple[Export, ...]
    unreadable: tuple[str, ...]
    """Names of files that hold no export."""

    @property
    def heads(self) -> dict[str, tuple[Head, ...]]:
        """Chain to its exported heads."""
        found: dict[str, list[Head]] = {}
        for file in self.files:
            for head in file.heads:
                found.setdefault(head.chain, []).append(head)
        return {chain: tuple(heads) for chain, heads in found.items()}


def export_path(folder: Path, day: date) -> Path:
    """Where the heads of this day are written."""
    return folder / f"trail-{day.isoformat()}.json"


def seal_day(council: Council, day: date, now: datetime, folder: Path) -> int:
    """Seal what grew until now under this day and export it; returns how many heads the file holds.

    Safe to repeat: the file is written from the seals in the database, so a crash between the two is mended
    by sealing the day again.
    """
    with council.write() as work:
        work.trail.seal(day)
    with council.read() as view:
        heads = view.trail.seals(day).get(day, ())
        export = Export(day, now.isoformat(), _proof_before(folder, day), heads, "")
        _write(export_path(folder, day), _as_json(export, _mac(view, export)))
    return len(heads)


def read_exports(folder: Path) -> Exports:
    """Every export of a folder."""
    files, unreadable = [], []
    for path in sorted(folder.glob("trail-*.json")) if folder.is_dir() else ():
        try:
            files.append(_read_file(path))
        except _UNREADABLE:
            unreadable.append(path.name)
    return Exports(tuple(sorted(files, key=lambda file: file.day)), tuple(unreadable))


def verify_trail(council: Council, folder: Path) -> tuple[Fault, ...]:
    """Everything that trail, seals and exported files cannot account for; empty when it proves."""
    exports = read_exports(folder)
    with council.read() as view:
        sealed = view.trail.seals()
        faults = [Fault("", 0, f"the file {name} cannot be read") for name in exports.unreadable]
        faults += _file_faults(view, exports)
        faults += _disagreements(sealed, exports)
        faults += view.trail.verify(exports.heads)
    return tuple(dict.fromkeys(faults))


def _file_faults(view: View, exports: Exports) -> list[Fault]:
    faults = []
    previous = ""
    for file in exports.files:
        if file.mac != _mac(view, file):
            faults.append(Fault("", 0, f"the exported file of {file.day} was changed"))
        elif file.previous != previous:
            faults.append(
                Fault("", 0, f"an exported file before {file.day} is missing or was put there later")
            )
        previous = file.mac
    return faults


def _disagreements(sealed: Mapping[date, tuple[Head, ...]], exports: Exports) -> list[Fault]:
    faults = []
    by_day = {file.day: set(file.heads) for file in exports.files}
    for day in sorted(set(sealed) - set(by_day)):
        faults.append(Fault("", 0, f"the exported file of {day} is missing"))
    for day, heads in by_day.items():
        for head in sorted(heads - set(sealed.get(day, ())), key=lambda h: h.chain):
            what = f"the seal of {day} on {head.chain} is missing, though it was exported"
            faults.append(Fault(head.chain, head.position, what))
    return faults


def _proof_before(folder: Path, day: date) -> str:
    """The proof of the latest file before this day's; empty when there is none that can be read."""
    earlier = [path for path in sorted(folder.glob("trail-*.json")) if path < export_path(folder, day)]
    try:
        return _read_file(earlier[-1]).mac if earlier else ""
    except _UNREADABLE:
        return ""


def _mac(view: View, export: Export) -> str:
    heads = [[head.chain, head.position, head.mac] for head in export.heads]
    return view.trail.sign(_EXPORT, export.day.isoformat(), export.sealed_at, export.previous, heads)


def _as_json(export: Export, mac: str) -> str:
    body = {
        "format": FORMAT,
        "day": export.day.isoformat(),
        "sealed_at": export.sealed_at,
        "previous": export.previous,
        "heads": [[head.chain, head.position, head.mac] for head in export.heads],
        "mac": mac,
    }
    return json.dumps(body, indent=1) + "\n"


def _read_file(path: Path) -> Export:
    """The export in a file; raises one of _UNREADABLE when there is none."""
    body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if body["format"] != FORMAT:
        raise ValueError("another format")
    heads = tuple(Head(str(chain), int(position), str(mac)) for chain, position, mac in body["heads"])
    day = date.fromisoformat(body["day"])
    return Export(day, str(body["sealed_at"]), str(body["previous"]), heads, str(body["mac"]))


def _write(path: Path, text: str) -> None:
    """The whole file or none of it, and on the disk before this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(f".{os.getpid()}.part")
    with half.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
