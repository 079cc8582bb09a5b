"""A proposed round as an Excel file, for an officer who wants to look at it in a spreadsheet."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from domain.written import plain

_PAIRS = (
    ("auditor", "Auditor", 24),
    ("reference", "Case", 14),
    ("team", "Team", 22),
    ("practitioner", "Practitioner", 24),
    ("why", "Why", 70),
)


def write_proposal(
    path: Path, *, month: date, summary: Mapping[str, Any], pairs: Sequence[Mapping[str, str]]
) -> None:
    """Write the pairs and the mix, one sheet each. Text is text: no cell starts a formula."""
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(str(path), options) as book:
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        share = book.add_format({"num_format": "0.0%"})
        sheet = book.add_worksheet("Pairs")
        sheet.freeze_panes(1, 0)
        for column, (key, heading, width) in enumerate(_PAIRS):
            sheet.set_column(column, column, width, wrap)
            sheet.write_string(0, column, heading, bold)
            for row, pair in enumerate(pairs, start=1):
                sheet.write_string(row, column, plain(pair[key]), wrap)
        sheet = book.add_worksheet("Mix")
        sheet.set_column(0, 1, 24)
        for column, heading in enumerate((f"Round of {month:%B %Y}", "", "Caseload", "Sample", "Cases")):
            sheet.write_string(0, column, heading, bold)
        row = 1
        for dimension, lines in summary["mix"].items():
            for category, caseload, sample, count in lines:
                sheet.write_string(row, 0, dimension.replace("_", " ").capitalize())
                sheet.write_string(row, 1, plain(str(category)))
                sheet.write_number(row, 2, caseload, share)
                sheet.write_number(row, 3, sample, share)
                sheet.write_number(row, 4, count)
                row += 1
        sheet = book.add_worksheet("Notes")
        sheet.set_column(0, 0, 110, wrap)
        for place, line in enumerate((*summary["gave_way"], *summary["unplaced"])):
            sheet.write_string(place, 0, plain(line), wrap)
