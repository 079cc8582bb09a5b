"""A report as a card: what matters in plain sentences first, then figures in lines that fit a phone.

The copy in Word is drawn from the same report. Tables to be filled in by hand stand there alone.
"""

from collections.abc import Sequence

from cards.buttons import press, row
from cards.elements import Card, Element, bold, box, card, heading, run, says, typed
from cards.payloads import Payload
from cards.size import LIMIT_BYTES, size_bytes
from cards.wording import count, excerpt
from domain.reporting import Line, Part, Report

_MOST = ((40, 500), (25, 300), (12, 160), (5, 80))
"""(lines of a part, characters of a text), tried in turn until the card fits."""
_REST = " The rest is in the Word copy."


def summary_for(report: Report) -> str:
    """The preview text of the message, which names no case and nobody."""
    return f"{report.title.rstrip('?.')}: open this in Teams."


def report_card(report: Report, copy: Payload, *, message: str = "", foot: Sequence[Element] = ()) -> Card:
    """The report with the button that offers its Word copy; before that, what its reader can do with it."""
    for most, longest in _MOST:
        drawn = _drawn(report, copy, message, foot, most, longest)
        if size_bytes(drawn) < LIMIT_BYTES:
            break
    return drawn


def _drawn(
    report: Report, copy: Payload, message: str, foot: Sequence[Element], most: int, longest: int
) -> Card:
    body: list[Element] = [heading(report.title), typed(run(report.about, subtle=True))]
    if message:
        body.append(box([typed(message)], style="good"))
    body.append(typed(run(report.lead, size="medium")))
    for part in report.parts:
        body += _begun(part, longest) if part.columns else _part(part, most, longest)
    if any(part.columns for part in report.parts):
        titles = " and ".join(f"“{part.title}”" for part in report.parts if part.columns)
        body.append(says(f"To be filled in, in the Word copy: {titles}.", spacing="medium"))
    if report.note:
        body.append(typed(run(report.note, subtle=True), spacing="medium"))
    body += foot
    body.append(row(press("Word copy", copy), spacing="medium"))
    return card(body, preview=summary_for(report), wide=True)


def _begun(part: Part, longest: int) -> list[Element]:
    """What a table to be filled in holds already, such as findings with their trends."""
    begun = [". ".join(cell for cell in cells if cell) for cells in part.rows]
    told = [_bullet(text, longest) for text in begun if text]
    return [heading(f"{part.title}, begun", size="default", spacing="medium"), *told] if told else []


def _part(part: Part, most: int, longest: int) -> list[Element]:
    made: list[Element] = []
    if part.title:
        made.append(heading(part.title, size="default", spacing="medium"))
    if part.who:
        made.append(typed(bold(part.who), spacing="medium"))
    if part.says:
        made.append(typed(part.says, spacing="small"))
    made += [_line(line, longest) for line in part.lines[:most]]
    made += [_bullet(text, longest) for text in part.bullets[:most]]
    if (more := part.more + max(0, max(len(part.lines), len(part.bullets)) - most)) > 0:
        made.append(says(f"{count(more, 'more line')} in the Word copy.", subtle=True))
    return made


def _line(line: Line, longest: int) -> Element:
    """Name and figure (or what somebody wrote), the bar under them, and what it was before."""
    kept, left_out = excerpt(line.figure, longest)
    parts: list[str | Element] = [bold(f"{line.name}: "), kept + (_REST if left_out else "")]
    if line.before:
        parts.append(run(f"; before {line.before}", subtle=True))
    if line.bar:
        parts.append(run(f"\n{line.bar}", color="accent"))
    return typed(*parts, spacing="small")


def _bullet(text: str, longest: int) -> Element:
    kept, left_out = excerpt(text, longest)
    return typed("•  " + kept + (_REST if left_out else ""), spacing="small")
