"""Reading one XML part of a workbook without letting it declare, nest or swell anything."""

from collections.abc import Callable, Iterable
from xml.parsers import expat

from domain.intake import SheetRefused

CHUNK = 1 << 16
LARGEST_TAG = 1 << 20
"""Bytes that may wait for their closing bracket. A longer tag is rescanned with every chunk, for minutes."""

DAMAGED = "This workbook is damaged. Open it in Excel, save it as a new .xlsx and send that."

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def parse(
    chunks: Iterable[bytes], start: Start | None = None, end: End | None = None, text: Text | None = None
) -> None:
    """Send the elements and text of this part to the callbacks; names come without their prefix.

    Raises SheetRefused for a document type or entity declaration, and for anything that is not XML.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_declaration
    parser.EntityDeclHandler = _refuse_declaration

    def first_element(name: str, attributes: dict[str, str]) -> None:
        # Some programs write every name with a prefix. Taking it off costs as much again as all the rest, so
        # it is done only where the outermost element has one.
        prefixed = ":" in name
        parser.StartElementHandler = _without_prefix(start) if prefixed and start else start
        parser.EndElementHandler = _without_prefix(end) if prefixed and end else end
        parser.CharacterDataHandler = text
        if start is not None:
            start(name.rpartition(":")[2], attributes)

    parser.StartElementHandler = first_element
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > LARGEST_TAG:
                raise SheetRefused(DAMAGED)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise SheetRefused(DAMAGED) from error


def _without_prefix(take: Callable[..., None]) -> Callable[..., None]:
    return lambda name, *rest: take(name.rpartition(":")[2], *rest)


def _refuse_declaration(*_: object) -> None:
    raise SheetRefused(
        "This workbook holds declarations that no spreadsheet needs and that can do harm. "
        "Open it in Excel, copy the table into a new workbook and send that."
    )
