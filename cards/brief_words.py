"""What a card shows of many figures: the furthest off its target first, the rest in the Word copy.

A card of everything would be twenty phone screens long, and nobody would find in it what to do.

Source: PF-01, PF-04, PF-08, PF-09.
"""

from collections.abc import Iterable, Sequence

from cards.numbers_words import name_of
from cards.wording import count, excerpt
from domain.numbers import ExceptionLine, Look, NumberLine
from domain.performance import ExceptionState
from domain.reporting import Line, Part

EXCEPTIONS, NEEDED, GLAD = 5, 2, 2
"""So many lines of each on a card."""
REPLY = 85
"""Characters of what an owner wrote on a card."""
NAME = 70
"""Characters of a name from a list on a card; the copies have it whole."""


def short(text: str, limit: int = NAME) -> str:
    """The beginning of a text, as a card has it."""
    return excerpt(text, limit)[0]


def brief_parts(
    exceptions: Sequence[ExceptionLine], numbers: Sequence[NumberLine], *, steady_in: str
) -> Iterable[Part]:
    """Exceptions with what their owners say, then what else stands out.

    `steady_in` says where figures stand that nobody need look at.
    """
    lines = {(one.name, one.whose): one for one in numbers}
    if exceptions:
        shown = exceptions[:EXCEPTIONS]
        title = "Exceptions" if len(exceptions) == 1 else "Exceptions, the furthest off first"
        explained = tuple(
            Line(_short_name(one), _explained(one, lines.get((one.name, one.whose)))) for one in shown
        )
        yield Part(title, lines=explained, more=len(exceptions) - len(shown))
    told = {(one.name, one.whose) for one in exceptions}
    by_look = {look: [one for one in lines.values() if one.look is look] for look in Look}
    needed = [one for one in by_look[Look.NEEDED] if (one.name, one.whose) not in told]
    yield from _figures("Needs a look as well" if told else "Needs a look", needed, NEEDED)
    yield from _figures("Worth celebrating", by_look[Look.GLAD], GLAD)
    if steady := len(by_look[Look.STEADY]):
        yield Part("Nothing to chase", says=f"{count(steady, 'figure is', 'figures are')} in {steady_in}.")


def _figures(title: str, lines: Sequence[NumberLine], most: int) -> Iterable[Part]:
    if lines:
        shown = tuple(
            Line(_short_name(one), " ".join(filter(None, (f"{one.figure} in {one.period}.", one.says))))
            for one in lines[:most]
        )
        yield Part(title, lines=shown, more=len(lines) - len(shown))


def _short_name(one: NumberLine | ExceptionLine) -> str:
    return name_of(short(one.name), short(one.whose))


def _explained(one: ExceptionLine, figure: NumberLine | None) -> str:
    """The exception, what audits of the same theme found beside it, and what its owner says."""
    target = f" (target {one.target})" if one.target else ""
    said = f"{one.figure} in {one.period}{target}, {one.says}."
    if figure is not None and figure.audits:
        said = f"{said} {figure.audits}"
    owner = f"{short(one.owner)}: " if one.owner else ""
    if one.reply:
        return f"{said} {owner}{short(one.reply, REPLY)}"
    nothing = "closed without an answer" if one.state is ExceptionState.CLOSED else "not answered yet"
    return f"{said} {owner}{nothing}." if owner else f"{said} {nothing.capitalize()}."
