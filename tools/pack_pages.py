"""Draws the pages of a make-believe pack for the documentation, in grey, as they leave a printer.

LibreOffice and poppler's `pdftoppm` must be there; nothing of the product needs them.

    python -m tools.pack_pages docs/pictures/pack-pages.png
"""

import random
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from domain.agreement import Reading
from domain.figures import Figure, FigureSet, with_scope
from domain.framework import Framework
from domain.framework_reading import read
from domain.grades import Grade
from domain.loop import Found, FoundAction
from domain.measures import Given, counted
from domain.pack_desk import Known
from domain.pack_layout import draft
from domain.pack_measures import Beside, beside
from domain.pack_paper import Paper
from domain.packs import PackKind, period_before, period_told
from domain.pages import VOICES
from reports.pack_word import write_pack

_ON = date(2026, 7, 9)
_SERVICES = ("Brambles", "Conifers", "Early Help", "Here4U")
_AUDITS = 72
_ACROSS = 4
_DPI = 60
_GRADES = (*[Grade.GOOD] * 5, *[Grade.REQUIRES_IMPROVEMENT] * 3, Grade.OUTSTANDING, Grade.INADEQUATE)


def main() -> None:
    """Write the picture to the file named on the command line."""
    from PIL import Image

    target = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / "pack.docx"
        word.write_bytes(write_pack(a_paper()))
        _run("soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(word))
        _run("pdftoppm", "-r", str(_DPI), "-gray", "-png", f"{folder}/pack.pdf", f"{folder}/page")
        pages = [Image.open(path).convert("L") for path in sorted(Path(folder).glob("page*.png"))]
    wide, high = pages[0].size
    sheet = Image.new("L", (wide * _ACROSS, high * -(-len(pages) // _ACROSS)), 255)
    for place, page in enumerate(pages):
        sheet.paste(page, (place % _ACROSS * wide, place // _ACROSS * high))
    sheet.quantize(16).save(target, optimize=True)


def a_paper() -> Paper:
    """The Board's report of a council that does not exist; the same each time."""
    framework = read(Path("domain/framework.toml").read_text(encoding="utf-8"))
    line = framework.pack(PackKind.BOARD)
    if line is None:
        raise LookupError("no report to the Board")
    rounds = framework.numbers.round_months
    now = period_told(line.span, _ON, rounds)
    before = period_before(line.span, now, rounds)
    chance = random.Random(12)  # noqa: S311 - a picture, not a secret
    sets = tuple(
        FigureSet(period, _figures(framework, chance, heard))
        for period, heard in ((now, 0.92), (before, 0.7))
    )
    services = {f"service {i}": name for i, name in enumerate(_SERVICES)}
    known = Known(framework, line, sets, Reading(0, is_enough=False), (), (), services)
    content, _ = draft(known, 12)
    at = datetime(2026, 7, 14, 9, tzinfo=UTC)
    return Paper(12, "Exampleshire", content, {}, framework.version, at, at, "4f" * 32)


def _figures(framework: Framework, chance: random.Random, heard: float) -> tuple[Figure, ...]:
    audits = [_audit(framework, chance, heard, number) for number in range(_AUDITS)]
    given = [Given(one.audit_id, one.service_id, _ON, one.submitted_on) for one in audits]
    made = list(counted(framework, given, audits, {}, today=_ON))
    for place in range(len(_SERVICES)):
        theirs = [one for one in audits if one.service_id == place]
        of_them = [one for one in given if one.service_id == place]
        made += with_scope(counted(framework, of_them, theirs, {}, today=_ON), f"service {place}")
    nothing = Beside(frozenset(), {}, (), (1, 2, 3), (4,), {})
    return (*made, *beside(framework, audits, nothing))


def _audit(framework: Framework, chance: random.Random, heard: float, number: int) -> Found:
    states = ("open", "done", "confirmed", "confirmed")
    grade = chance.choice(_GRADES)
    return Found(
        audit_id=number + 1,
        round_id=1,
        team_id=1,
        service_id=number % len(_SERVICES),
        auditor_id=1,
        practitioner_id=2,
        submitted_on=date(2026, 5, 28),
        original=grade,
        grade=grade,
        sections={key: chance.choice(_GRADES) for key in framework.section_keys},
        voices={voice: chance.random() < heard for voice in VOICES},
        actions=tuple(
            FoundAction(chance.choice(states), date(2026, 6, 30), number * 2 + n) for n in range(2)
        ),
        discussed=chance.random() < heard,
        closed=chance.random() < heard - 0.2,
    )


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603


if __name__ == "__main__":
    main()
