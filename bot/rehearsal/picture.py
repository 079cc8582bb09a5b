"""The year as a picture: months as rows, days as columns, what falls when, days off shaded.

Days are tinted by how many cards and mails leave on them; letters mark what the calendar does on few days of
the year, small ones who meets, and a bar underneath runs while a round's audits are open. Drawn as SVG, which
prints sharply.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from bot.rehearsal.conditions import Conditions
from bot.rehearsal.kept import TOLD, Kept
from domain.days import add_months, is_working_day, local_day, month_end
from domain.meetings import MeetingState
from workflows.council import Council

SELDOM = 40
"""A line that the calendar did on more days than this in a year has no letter; it would be everywhere."""
_LEFT, _TOP, _WIDTH, _HEIGHT = 84, 34, 34, 46
_TINTS = ("#ffffff", "#e3eef1", "#bcd8df", "#8bbcc8", "#5a9dae")
_TEXT, _OFF, _BAR, _LINE = "#10313a", "#d9d4cb", "#b5651d", "#c9c9c9"
_MEETS = "#8a3f0c"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LEGEND_LINE = 17


@dataclass(frozen=True, slots=True)
class Drawn:
    """What stands on the days."""

    marks: Mapping[date, str]
    """Day to its letters."""
    legend: Sequence[tuple[str, str]]
    """(letter, what it means)."""
    meets: Mapping[date, str]
    """Day to the small letters of the bodies that meet."""
    bodies: Sequence[tuple[str, str]]
    """(small letter, body)."""
    cards: Mapping[date, int]
    """Day to how many cards and mails leave."""


def what_falls(council: Council, conditions: Conditions, kept: Kept) -> Drawn:
    """What the picture shows."""
    days: dict[str, set[date]] = defaultdict(set)
    with council.read() as view:
        for one in view.calendar.seen_to():
            if one.outcome == "done" and conditions.from_on <= one.on < conditions.until_on:
                days[one.line].add(one.on)
    lines = [line for line in council.framework.cadence if 0 < len(days[line.key]) <= SELDOM]
    legend = [(_LETTERS[place], line.title) for place, line in enumerate(lines[: len(_LETTERS)])]
    marks: dict[date, str] = defaultdict(str)
    for (letter, _), line in zip(legend, lines, strict=False):
        for day in sorted(days[line.key]):
            marks[day] += letter
    cards = Counter(local_day(one.at) for one in kept.sent if one.becomes == "sent" and one.medium in TOLD)
    return Drawn(marks, legend, *_meetings(council, conditions), cards)


def _meetings(
    council: Council, conditions: Conditions
) -> tuple[Mapping[date, str], Sequence[tuple[str, str]]]:
    """The days on which bodies met or are to meet, each body once a day however many services it meets in."""
    last = conditions.until_on - timedelta(days=1)
    with council.read() as view:
        found = [
            one
            for one in view.meetings.between(conditions.from_on, last)
            if one.state is not MeetingState.CANCELLED
        ]
    lines = [line for line in council.framework.meetings if any(one.body == line.key for one in found)]
    letters = dict(zip((line.key for line in lines), _LETTERS.lower(), strict=False))
    days: dict[date, set[str]] = defaultdict(set)
    for one in found:
        if one.body in letters:
            days[one.planned_on].add(letters[one.body])
    meets = {day: "".join(sorted(here)) for day, here in days.items()}
    return meets, [(letters[line.key], f"{line.body} meets") for line in lines if line.key in letters]


def calendar_picture(
    council: Council, conditions: Conditions, drawn: Drawn, *, with_legend: bool = True
) -> str:
    """The picture as SVG text, with a title for those who hear it; the report tells its legend in text."""
    months = [add_months(conditions.from_on.replace(day=1), n) for n in range(conditions.months + 1)]
    months = [month for month in months if month < conditions.until_on]
    grid = _TOP + len(months) * _HEIGHT
    lines = len(drawn.legend) + len(drawn.bodies) + 3
    height = grid + (30 + _LEGEND_LINE * lines if with_legend else 6)
    width = _LEFT + 31 * _WIDTH + 10
    most = max(drawn.cards.values(), default=1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="calendar-title" font-family="sans-serif" fill="{_TEXT}">',
        f'<title id="calendar-title">The year from {months[0]:%B %Y}: what falls on which day</title>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    parts += [
        _text(_LEFT + (n - 0.5) * _WIDTH, _TOP - 10, str(n), size=12, middle=True) for n in range(1, 32)
    ]
    for row, month in enumerate(months):
        parts.append(_text(6, _TOP + row * _HEIGHT + 26, f"{month:%b %Y}", size=13))
        parts += _month(council, conditions, drawn, month, _TOP + row * _HEIGHT, most)
    if with_legend:
        parts += _legend(drawn, grid + 26, most)
    return "\n".join([*parts, "</svg>", ""])


def _month(
    council: Council, conditions: Conditions, drawn: Drawn, month: date, top: int, most: int
) -> list[str]:
    parts = []
    is_round = month.month in council.framework.numbers.round_months
    for number in range((month_end(month) - month).days + 1):
        day = month + timedelta(days=number)
        x = _LEFT + number * _WIDTH
        cards = drawn.cards.get(day, 0)
        works = is_working_day(day, council.bank_holidays)
        fill = _tint(cards, most) if works else _OFF
        if not conditions.from_on <= day < conditions.until_on:
            fill = "#f6f6f6"
        shape = f'x="{x}" y="{top}" width="{_WIDTH}" height="{_HEIGHT - 4}"'
        parts.append(f'<rect {shape} fill="{fill}" stroke="{_LINE}"/>')
        parts += _letters(drawn.marks.get(day, ""), drawn.meets.get(day, ""), x + _WIDTH / 2, top + 15)
        if cards:
            parts.append(_text(x + _WIDTH / 2, top + 32, str(cards), size=11, middle=True))
        if is_round:
            bar = top + _HEIGHT - 10
            parts.append(f'<rect x="{x}" y="{bar}" width="{_WIDTH}" height="5" fill="{_BAR}"/>')
    return parts


def _letters(marks: str, meets: str, x: float, y: int) -> list[str]:
    """The day's letters; the more there are, the smaller."""
    if not marks and not meets:
        return []
    size = 13 if len(marks + meets) <= 3 else 10 if len(marks + meets) <= 5 else 8
    small = f'<tspan fill="{_MEETS}">{meets}</tspan>' if meets else ""
    return [
        f'<text x="{x:g}" y="{y}" font-size="{size}" font-weight="bold" text-anchor="middle">'
        f"{escape(marks)}{small}</text>"
    ]


def _legend(drawn: Drawn, y: int, most: int) -> list[str]:
    parts = []
    for letter, title in drawn.legend:
        parts.append(_text(_LEFT, y, letter, size=12, bold=True))
        parts.append(_text(_LEFT + 22, y, title, size=12))
        y += _LEGEND_LINE
    for letter, title in drawn.bodies:
        parts.append(f'<g fill="{_MEETS}">{_text(_LEFT, y, letter, size=12, bold=True)}</g>')
        parts.append(_text(_LEFT + 22, y, title, size=12))
        y += _LEGEND_LINE
    parts.append(f'<rect x="{_LEFT}" y="{y - 7}" width="16" height="5" fill="{_BAR}"/>')
    parts.append(_text(_LEFT + 22, y, "A round's audits are open", size=12))
    y += _LEGEND_LINE
    parts.append(f'<rect x="{_LEFT}" y="{y - 11}" width="16" height="13" fill="{_OFF}" stroke="{_LINE}"/>')
    parts.append(_text(_LEFT + 22, y, "A day off: weekend or bank holiday", size=12))
    y += _LEGEND_LINE
    for place, tint in enumerate(_TINTS):
        x = _LEFT + place * 16
        parts.append(f'<rect x="{x}" y="{y - 11}" width="16" height="13" fill="{tint}" stroke="{_LINE}"/>')
    words = f"The small number is how many cards and mails leave that day, {most:,} at the most"
    parts.append(_text(_LEFT + 16 * len(_TINTS) + 6, y, words, size=12))
    return parts


def _tint(cards: int, most: int) -> str:
    if not cards:
        return _TINTS[0]
    return _TINTS[1 + min(3, 4 * cards // max(most + 1, 1))]


def _text(x: float, y: float, text: str, *, size: int, bold: bool = False, middle: bool = False) -> str:
    more = ' font-weight="bold"' if bold else ""
    more += ' text-anchor="middle"' if middle else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}"{more}>{escape(text)}</text>'
