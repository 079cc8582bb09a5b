"""Staff and case lists as files, for taking in."""

import csv
import io
from collections.abc import Mapping, Sequence

from domain.intake import Cell
from tests.domain.intake_samples import case_cells, staff_cells

Rows = list[dict[str, Cell]]


def staff(count: int = 40, *more: Mapping[str, Cell]) -> Rows:
    """A service manager, a team manager and as many workers of one team, and `more`."""
    managers = [
        staff_cells(900, Name="Sol Head", Posts="Service manager", Team="", E_mail="")
        | {"E-mail": "head@council.gov.uk"},
        staff_cells(901, Name="Tam Lead", Posts="Team manager") | {"E-mail": "lead@council.gov.uk"},
    ]
    for row in managers:
        row.pop("E mail", None)
    workers = [staff_cells(number) | {"Manager": "lead@council.gov.uk"} for number in range(count - 2)]
    return [*managers, *workers, *(dict(row) for row in more)]


def cases(count: int = 40, **cells: Cell) -> Rows:
    """As many open cases of the first worker."""
    people = {"Lead practitioner": "worker0@council.gov.uk", "Supervising manager": "lead@council.gov.uk"}
    return [case_cells(number, **cells) | people for number in range(count)]


def as_csv(rows: Sequence[Mapping[str, Cell]]) -> bytes:
    """The rows as a CSV file."""
    written = io.StringIO()
    writer = csv.DictWriter(written, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode("utf-8")
