"""Files as people really send them: what is read, and how each bad one is turned away."""

import io
import struct
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

import pytest
import xlsxwriter
from python_calamine import load_workbook

from domain.intake import Sheet, SheetRefused
from domain.intake_columns import CASE_FIELDS, STAFF_FIELDS
from domain.intake_headings import match_columns
from tests.workflows.workbooks import packed, parts, relationships, text_row, workbook, worksheet
from workflows import sheets, sheets_csv, sheets_xlsx, sheets_zip
from workflows.sheets import read_sheet
from workflows.sheets_styles import day_of

MACRO = "xl/vbaProject.bin"
SHEET = "xl/worksheets/sheet1.xml"


def refusal(content: bytes, filename: str = "list.xlsx") -> str:
    with pytest.raises(SheetRefused) as refused:
        read_sheet(content, filename)
    return str(refused.value)


def excel(*rows: list[object], hidden_first: bool = False, **options: object) -> bytes:
    """A workbook as Excel itself would write it."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **options})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    if hidden_first:
        book.add_worksheet("Lists").write(0, 0, "hidden")
    sheet = book.add_worksheet("Staff")
    sheet.activate()
    sheet.set_first_sheet()
    if hidden_first:
        book.get_worksheet_by_name("Lists").hide()
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, day)
            else:
                sheet.write(number, column, value)
    book.close()
    return target.getvalue()


# What is read ---------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_names_with_accents_survive_every_encoding_excel_writes(encoding: str) -> None:
    content = "Name,Team\nZoë Brontë,Conifers – 1\n".encode(encoding)

    read = read_sheet(content, "staff.csv")

    assert read == Sheet(("Name", "Team"), (("Zoë Brontë", "Conifers – 1"),), 2)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_even_when_others_stand_in_the_headings(separator: str) -> None:
    content = separator.join(["Name", '"Posts, all; of them"', "Team", "Area"]) + "\n"
    content += separator.join(["Ada", '"TM; IRO, PC"', "One", "Two"]) + "\n"

    read = read_sheet(content.encode(), "staff.csv")

    assert read.rows == (("Ada", "TM; IRO, PC", "One", "Two"),)


def test_excels_separator_line_is_obeyed_and_still_counts_as_a_row() -> None:
    read = read_sheet(b"sep=;\r\nName,first;Team\r\nAda;One\r\n", "staff.csv")

    assert read.headings == ("Name,first", "Team")
    assert read.first_row_number == 3


def test_a_quoted_line_break_belongs_to_its_cell() -> None:
    read = read_sheet(b'Name,Posts\n"Ada","TM\nIRO"\nBo,SM\n', "staff.csv")

    assert read.rows == (("Ada", "TM\nIRO"), ("Bo", "SM"))


def test_rows_keep_the_numbers_the_spreadsheet_shows() -> None:
    read = read_sheet(b"Staff on 1 May\n\nName,Team\n\nAda,One\n", "staff.csv")

    assert read.first_row_number == 4
    assert read.rows == ((), ("Ada", "One"))


def test_unseen_characters_are_taken_out_and_spaces_made_single() -> None:
    content = "Name,Team\n\u202eAda\u200b  Zed\u00a0\x07,\u2066One\u2069\n".encode()

    assert read_sheet(content, "staff.csv").rows == (("Ada Zed", "One"),)


def test_workbook_cells_come_as_dates_and_as_text_people_would_write() -> None:
    content = excel(
        ["Reference", "Opened", "Age", "Auditor", "Share"],
        [10234.0, date(2026, 2, 1), 7, True, 0.5],
        ["CF-1", datetime(2026, 2, 1, 14, 30), 1e20, False, ""],  # noqa: DTZ001
    )

    read = read_sheet(content, "cases.xlsx")

    assert read.rows == (
        ("10234", date(2026, 2, 1), "7", "yes", "0.5"),
        ("CF-1", date(2026, 2, 1), "1e+20", "no", ""),
    )


def test_workbooks_that_count_days_from_1904_give_the_same_dates() -> None:
    content = excel(
        ["Name", "Opened"], ["Ada", date(2026, 2, 1)], default_date_format="dd/mm/yy", date_1904=True
    )

    assert read_sheet(content, "cases.xlsx").rows == (("Ada", date(2026, 2, 1)),)


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        (0.75, None),
        (1, date(1900, 1, 1)),
        (59, date(1900, 2, 28)),
        (61, date(1900, 3, 1)),
        (46143.99, date(2026, 5, 1)),
        (-1, None),
        (9e9, None),
    ],
)
def test_counts_of_days_become_the_days_excel_shows(serial: float, day: date | None) -> None:
    assert day_of(serial, from_1904=False) == day


def test_formulas_come_as_the_values_last_worked_out() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Name", "Team"])
    sheet.write_formula(1, 0, '="Ada"&" Zed"', None, "Ada Zed")
    sheet.write_formula(1, 1, "=NA()", None, "#N/A")
    book.close()

    assert read_sheet(target.getvalue(), "staff.xlsx").rows == (("Ada Zed", "#N/A"),)


def test_a_formula_never_worked_out_is_not_taken_for_an_empty_cell() -> None:
    content = workbook(text_row(1, "Name", "Team") + '<row r="2"><c r="A2"><f>B2</f></c></row>')

    assert "formulas" in refusal(content)


def test_the_first_visible_sheet_is_read_and_the_result_says_so() -> None:
    read = read_sheet(excel(["Name", "Team"], ["Ada", "One"], hidden_first=True), "staff.xlsx")

    assert read.headings == ("Name", "Team")
    assert "“Staff”" in read.notes[0]


def test_e_mail_links_that_excel_makes_by_itself_are_no_links_to_other_files() -> None:
    read = read_sheet(excel(["Name", "E-mail"], ["Ada", "mailto:ada@council.gov.uk"]), "staff.xlsx")

    assert read.rows == (("Ada", "ada@council.gov.uk"),)


def test_formatted_but_empty_cells_far_out_cost_nothing() -> None:
    rows = (
        text_row(1, "Name", "Team")
        + text_row(2, "Ada", "One")
        + '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    )

    assert read_sheet(workbook(rows), "staff.xlsx").rows == (("Ada", "One"),)


def test_workbooks_whose_element_names_carry_a_prefix_are_read_alike() -> None:
    rows = text_row(1, "Name", "Team") + text_row(2, "Ada", "One")
    prefixed = worksheet(rows).replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    prefixed = prefixed.replace("xmlns=", "xmlns:x=")

    assert read_sheet(workbook(**{SHEET: prefixed}), "staff.xlsx").rows == (("Ada", "One"),)


def test_rich_text_is_joined_and_reading_aids_are_left_out() -> None:
    cell = "<is><r><t>Ada </t></r><r><t>Zed</t></r><rPh><t>aid</t></rPh></is>"
    rows = text_row(1, "Name", "Team") + f'<row r="2"><c r="A2" t="inlineStr">{cell}</c></row>'

    assert read_sheet(workbook(rows), "staff.xlsx").rows == (("Ada Zed", ""),)


def test_cells_agree_with_what_an_independent_reader_finds() -> None:
    content = excel(
        ["Reference", "Opened", "Number", "Text"],
        *[
            [f"CF-{n}", date(1900 + n, 1 + n % 12, 1 + n % 28), n * 1.25, f"  spaced {n % 7}"]
            for n in range(1, 120)
        ],
    )

    ours = read_sheet(content, "cases.xlsx").rows

    theirs = load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1:]
    assert [(r, o, float(str(n)), t) for r, o, n, t in ours] == [
        (r, o, float(str(n)), str(t).strip()) for r, o, n, t in theirs
    ]


# Where the headings are -----------------------------------------------------------------------------

CASES = ["Case ref", "Team", "Social worker", "Plan type", "Gender", "DOB", "Ethnicity", "Opened", "Office"]
ROW = ["CF-1", "Conifers 1", "Sue Work", "Child Protection", "F", "04/03/2015", "White British", "05/01/2026"]


def sheets_of(**named: list[list[str]]) -> bytes:
    """A workbook of these sheets, by their names."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for name, rows in named.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()


def csv_of(*rows: list[str], separator: str = ",") -> bytes:
    return "\n".join(separator.join(row) for row in rows).encode()


@pytest.mark.parametrize("form", ["workbook", "comma", "semicolon"])
@pytest.mark.parametrize(
    "above",
    [
        [["Report run on", "01/05/2026"]],
        [["Report run on", "01/05/2026"], []],
        [["Open cases"], [], ["Run by", "System", "for", "Conifers", "and", "Brambles"]],
        [["Case", "", "People", "", "", "Child", "", "Dates"]],
        [["Team", "All"]],
    ],
)
def test_headings_are_found_under_titles_dates_and_groups(form: str, above: list[list[str]]) -> None:
    rows = [*above, CASES, ROW]
    separator = ";" if form == "semicolon" else ","
    content = excel(*rows) if form == "workbook" else csv_of(*rows, separator=separator)  # type: ignore[arg-type]

    read = read_sheet(content, "cases", CASE_FIELDS)

    assert read.headings[: len(CASES)] == tuple(CASES)
    assert read.first_row_number == len(above) + 2
    assert read.rows[0][0] == "CF-1"
    assert f"row {len(above) + 1}" in read.notes[0]


def test_a_cover_sheet_is_passed_over_and_the_answer_says_which_was_read() -> None:
    content = sheets_of(About=[["Report", "Open cases"], ["Run", "today"]], Cases=[CASES, ROW])

    read = read_sheet(content, "cases.xlsx", CASE_FIELDS)

    assert read.headings == tuple(CASES)
    assert read.notes == (
        "The headings were read in row 1 of the sheet “Cases”; 1 other sheet was not read.",
    )


def test_of_two_lists_the_first_is_read_though_the_second_has_a_column_more() -> None:
    closed = [[*CASES, "Closed on"], [*ROW, "", "01/04/2026"]]

    read = read_sheet(sheets_of(Open=[CASES, ROW], Closed=closed), "cases.xlsx", CASE_FIELDS)

    assert "“Open”" in read.notes[0]


def test_a_staff_sheet_beside_a_case_sheet_is_found_by_its_columns() -> None:
    staff = [["Name", "E-mail", "Posts", "Team", "Service"], ["Ada Zed", "a@c.uk", "TM", "One", "Conifers"]]
    content = sheets_of(Cases=[CASES, ROW], Staff=staff)

    assert read_sheet(content, "both.xlsx", STAFF_FIELDS).rows == (tuple(staff[1]),)
    assert read_sheet(content, "both.xlsx", CASE_FIELDS).rows[0][0] == "CF-1"


def test_without_known_headings_the_first_row_with_two_filled_cells_holds_them() -> None:
    read = read_sheet(csv_of(["List"], ["Number", "Colour"], ["1", "red"]), "list.csv", CASE_FIELDS)

    assert read.headings == ("Number", "Colour")
    assert read.where == ("The headings were read in row 2.",)


def test_headings_further_down_than_twenty_rows_are_not_looked_for() -> None:
    def read(lines: int) -> Sheet:
        return read_sheet(
            csv_of(*[["Note", str(n)] for n in range(lines)], CASES, ROW[:2]), "c.csv", CASE_FIELDS
        )

    assert read(19).headings == tuple(CASES)
    with pytest.raises(SheetRefused, match="More values than headings"):
        read(20)


def test_a_sheet_that_cannot_be_read_harms_nothing_unless_it_is_the_list() -> None:
    never_worked_out = text_row(1, "About", "this") + '<row r="2"><c r="A2"><f>B2</f></c></row>'
    listed = text_row(1, "Name", "E-mail", "Posts") + text_row(2, "Ada", "a@c.uk", "TM")
    two = '<sheet name="Cover" sheetId="1" r:id="r1"/><sheet name="List" sheetId="2" r:id="r2"/>'
    contents = parts(never_worked_out, **{"xl/worksheets/sheet2.xml": worksheet(listed)})
    book = str(contents["xl/workbook.xml"])
    contents["xl/workbook.xml"] = book[: book.index("<sheets>") + 8] + two + "</sheets></workbook>"
    contents["xl/_rels/workbook.xml.rels"] = relationships(
        ("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "worksheet", "worksheets/sheet2.xml")
    )

    read = read_sheet(packed(contents), "staff.xlsx", STAFF_FIELDS)

    assert read.rows == (("Ada", "a@c.uk", "TM"),)
    with pytest.raises(SheetRefused, match="formulas"):
        read_sheet(packed(contents), "cases.xlsx", CASE_FIELDS)


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    ("above", "headings", "told"),
    [
        (["Case ref", "Team", "NHS number"], [*CASES, ""], "NHS number"),
        (["Case", "Child's name"], ["Case ref", "First", "Last", *CASES[1:]], "Child's name First"),
        (["Case", "Child's name"], ["Case ref", "First", "Last", *CASES[1:]], "Child's name Last"),
        (["Case", "Mother's phone"], ["Case ref", "", *CASES[1:]], "Mother's phone"),
    ],
)
def test_what_stands_above_the_headings_cannot_bring_in_who_a_child_is(
    above: list[str], headings: list[str], told: str
) -> None:
    sheet = read_sheet(csv_of(above, headings, ROW), "cases.csv", CASE_FIELDS)

    _, problems = match_columns(sheet, CASE_FIELDS, "cases")

    assert sheet.first_row_number == 3
    assert told in [problem.column for problem in problems]


def test_groups_above_harmless_headings_are_no_problem() -> None:
    groups = ["Case", "", "People", "Child", "", "", "", "Dates"]
    _, problems = match_columns(
        read_sheet(csv_of(groups, CASES, ROW), "c.csv", CASE_FIELDS), CASE_FIELDS, "cases"
    )

    assert problems == ()


# What is turned away -------------------------------------------------------------------------------


def test_a_file_over_ten_megabytes_is_refused_and_one_of_ten_is_read() -> None:
    table = b"Name,Team\n" + (b"Ada," + b"x" * 32_000 + b"\n") * 400
    ten = table[: sheets.MOST_BYTES]

    assert len(ten) == sheets.MOST_BYTES
    assert len(read_sheet(ten, "staff.csv").rows) > 300
    assert "10 MB" in refusal(ten + b"x", "staff.csv")


@pytest.mark.parametrize("line", [b"\n", b"\r\n", b" , \n", b'"",\n'])
def test_empty_lines_are_not_counted_for_ever(line: bytes) -> None:
    most = b"Name,Team\nAda,One\n" + line * sheets_csv.MOST_EMPTY

    assert read_sheet(most + b"Bo,Two\n", "staff.csv").rows[-1] == ("Bo", "Two")
    assert len(read_sheet(most, "staff.csv").rows) == 1
    assert "10,000 empty lines" in refusal(most + line + b"Bo,Two\n", "staff.csv")
    assert "10,000 empty lines" in refusal(most + line, "staff.csv")


def test_the_separator_is_looked_for_at_the_top_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    all_records = sheets_csv._records

    def records(text: str, separator: str) -> Iterator[list[str]]:
        for values in all_records(text, separator):
            taken.append(separator)
            yield values

    monkeypatch.setattr(sheets_csv, "_records", records)

    assert sheets_csv._likely_separator("\n" * 100_000 + "Name;Team") == ","
    assert len(taken) == 3 * sheets_csv.SOUNDED


@pytest.mark.parametrize("text", [b",", b'"",'])
def test_a_line_without_end_is_refused_before_it_is_taken_apart(text: bytes) -> None:
    assert "too large" in refusal(b"Name,Team\n" + text * 20_000, "staff.csv")


def test_a_bomb_that_tells_its_size_is_refused_before_it_is_unpacked() -> None:
    swelling = packed(parts(**{"xl/media/image1.png": b"\0" * (sheets_zip.MOST_UNPACKED + 1)}))

    assert len(swelling) < sheets.MOST_BYTES
    assert "100 MB" in refusal(swelling)


def test_a_bomb_that_lies_about_its_size_is_stopped_while_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets_zip, "MOST_UNPACKED", 50_000)
    content = bytearray(packed(parts(**{"xl/media/image1.png": b"\0" * 60_000})))
    for place in _positions(bytes(content), struct.pack("<L", 60_000)):
        content[place : place + 4] = struct.pack("<L", 10)

    refused = refusal(bytes(content))

    assert "damaged" in refused or "100 MB" in refused


def test_unpacking_stops_at_the_piece_that_goes_beyond_what_is_allowed() -> None:
    counted = sheets_zip._counted(iter([b"12345", b"678"]), 7)

    assert next(counted) == b"12345"
    with pytest.raises(SheetRefused, match="100 MB"):
        next(counted)


def test_an_archive_of_thousands_of_parts_is_refused_unopened() -> None:
    many = {f"xl/junk{n}.xml": "<a/>" for n in range(sheets_zip.MOST_PARTS)}

    assert "parts" in refusal(packed(parts() | many, zipfile.ZIP_STORED))


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        "<!DOCTYPE x>",
    ],
)
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml", "docProps/app.xml"])
def test_declarations_are_refused_in_every_part(declaration: str, part: str) -> None:
    contents = parts()
    contents[part] = declaration + str(contents.get(part, "<Properties/>"))

    assert "declarations" in refusal(packed(contents))


def test_a_tag_that_never_ends_is_refused_before_it_costs_minutes() -> None:
    endless = f'<worksheet a="{"x" * 5_000_000}"/>'

    assert "damaged" in refusal(workbook(**{SHEET: endless}))


def test_a_workbook_with_macros_is_refused() -> None:
    assert "macros" in refusal(workbook(**{MACRO: b"\0"}))
    assert "macros" in refusal(workbook(), "staff.xlsm")


def test_a_workbook_that_draws_on_other_files_is_refused() -> None:
    by_part = workbook(**{"xl/externalLinks/externalLink1.xml": "<externalLink/>"})
    external = '<Relationship Id="r9" Type="x/oleObject" Target="//server/file" TargetMode="External"/>'
    by_relationship = workbook(**{"xl/worksheets/_rels/sheet1.xml.rels": relationships(extra=external)})

    assert "other files" in refusal(by_part)
    assert "other files" in refusal(by_relationship)


def test_a_workbook_under_a_password_is_told_from_one_in_the_old_format() -> None:
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512

    assert "password" in refusal(ole + "EncryptedPackage".encode("utf-16-le"))
    assert "old format" in refusal(ole, "staff.xls")


def test_an_archive_with_encrypted_parts_is_refused() -> None:
    content = bytearray(workbook())
    for place in _positions(bytes(content), b"PK\x01\x02"):
        content[place + 8] |= 1

    assert "password" in refusal(bytes(content))


@pytest.mark.parametrize(
    ("beginning", "told"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1", "text document"),
        (b"\x1f\x8b\x08", "archive"),
        (b"Rar!\x1a", "archive"),
    ],
)
def test_other_kinds_of_file_are_named(beginning: bytes, told: str) -> None:
    assert told in refusal(beginning + b"rest of it", "staff.csv")


def test_archives_that_hold_no_workbook_are_named() -> None:
    assert "binary workbook" in refusal(workbook(**{"xl/workbook.bin": b"\0"}))
    assert "OpenDocument" in refusal(packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}))
    assert "no Excel workbook" in refusal(packed({"staff.csv": "Name,Team\nAda,One\n"}))


def test_a_part_that_stands_twice_is_refused_because_readers_would_differ() -> None:
    target = io.BytesIO(workbook())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(target, "a") as archive:
        archive.writestr(SHEET, worksheet(text_row(1, "Name", "Team") + text_row(2, "Bo", "Two")))

    assert "damaged" in refusal(target.getvalue())


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.999])
def test_a_workbook_cut_short_anywhere_is_refused(share: float) -> None:
    whole = excel(["Name", "Team"], *[[f"Worker {n}", "One"] for n in range(200)])

    assert refusal(whole[: int(len(whole) * share)])


def test_a_workbook_with_a_changed_byte_in_its_table_is_refused() -> None:
    contents = parts()
    content = bytearray(packed(contents, zipfile.ZIP_STORED))
    content[content.index(b"Ada")] ^= 1

    assert "damaged" in refusal(bytes(content))


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1"><v>nan</v></c></row>',
        '<row r="1"><c r="A1"><v>seven</v></c></row>',
        '<row r="2"/><row r="1"/>',
        '<row r="1"><c r="B1"/><c r="A1"/></row>',
        '<row r="1"><c r="1A"/></row>',
        '<c r="A1"><v>1</v></c>',
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 32_768}</t></is></c></row>',
    ],
)
def test_tables_no_spreadsheet_program_writes_are_refused(rows: str) -> None:
    assert "damaged" in refusal(workbook(rows))


def test_limits_on_rows_columns_and_cells_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    too_low = '<row r="200001"><c r="A200001"><v>1</v></c></row>'
    too_far = '<row r="1"><c r="GS1"><v>1</v></c></row>'
    at_the_edge = text_row(1, "Name", "Team") + '<row r="200000"><c r="GR200000"><v>1</v></c></row>'

    assert "too large" in refusal(workbook(too_low))
    assert "too large" in refusal(workbook(too_far))
    assert read_sheet(workbook(at_the_edge), "staff.xlsx").rows[-1][-1] == "1"
    monkeypatch.setattr(sheets_xlsx, "MOST_CELLS", 3)
    assert "too large" in refusal(workbook())


def test_a_text_used_again_and_again_is_kept_once() -> None:
    shared = f"<sst><si><t>{'long ' * 6000}</t></si><si><t>Name</t></si></sst>"
    links = relationships(
        ("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "sharedStrings", "sharedStrings.xml")
    )
    cells = '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>1</v></c></row>' + "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, 102)
    )
    content = workbook(cells, **{"xl/sharedStrings.xml": shared, "xl/_rels/workbook.xml.rels": links})

    read = read_sheet(content, "staff.xlsx")

    assert len({id(row[0]) for row in read.rows}) == 1


def test_csv_quotes_that_do_not_match_up_are_refused_rather_than_swallowing_rows() -> None:
    assert "quotes" in refusal(b'Name,Team\n"Ada,One\nBo,Two\n', "staff.csv")


def test_a_stray_separator_that_shifts_values_is_refused_with_its_rows() -> None:
    assert "row 3" in refusal(b"Name,Team\nAda,One\nWhy, Bo,Two\n", "staff.csv")


@pytest.mark.parametrize("content", [b"", b"  \n \n", b"\xef\xbb\xbf", b"Name\nAda\n"])
def test_an_empty_file_or_one_without_headings_is_refused(content: bytes) -> None:
    assert refusal(content, "staff.csv")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<html><table><tr><td>Name</td></tr></table>", "web page"),
        (b"Name,Team\0\nAda,One\n", "neither"),
        (b"Name,Team\n\x81\x8d,One\n", "neither"),
    ],
)
def test_what_is_no_csv_text_is_named(content: bytes, told: str) -> None:
    assert told in refusal(content, "staff.csv")


def _positions(content: bytes, sought: bytes) -> list[int]:
    return [place for place in range(len(content)) if content.startswith(sought, place)]
