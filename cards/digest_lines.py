"""The lines of a digest: a figure, the same of the round before, in words that fit a phone.

Source: SG-03.
"""

from collections.abc import Iterable, Sequence

from cards.agreement import FIRMNESS
from cards.elements import Element, bold, run, says, typed
from domain.agreement import Reading
from domain.days import short_day
from domain.digest import Coming, Digest
from domain.figures import Shown
from domain.suppression import NOT_SHOWN, in_words


def figure_line(digest: Digest, key: str, name: str = "", *, alone: bool = False) -> Element:
    """One figure with the one before, or `alone` where what was before has nothing to say."""
    shown = digest.figure(key)
    before = None if alone else digest.figure_before(key)
    return line(digest, name or shown.figure.name, shown.says, before.says if before else "")


def came_in_line(digest: Digest) -> Element:
    """How many of how many; where so few are missing that it may not be said, how many came in."""
    return figure_line(digest, "submitted" if digest.figure("done").is_hidden else "done", "Submitted")


def actions_line(digest: Digest) -> Element:
    """Open, overdue and confirmed in one line, as they are read together."""
    now = [digest.figure(key) for key in _ACTIONS]
    before = [digest.figure_before(key) for key in _ACTIONS]
    return line(digest, "Actions", _actions(now), _actions([one for one in before if one is not None]))


_ACTIONS = ("actions.open", "actions.overdue", "actions.confirmed")


def _actions(figures: Sequence[Shown]) -> str:
    if all(shown.is_hidden for shown in figures):
        return NOT_SHOWN if figures else ""
    names = ("open", "overdue", "confirmed")
    return ", ".join(
        f"{name} {NOT_SHOWN if shown.count is None else shown.count}"
        for name, shown in zip(names, figures, strict=True)
    )


def agreement_line(digest: Digest, least: int) -> Element:
    """Whether auditors and the Panel grade alike over twelve months (MO-21)."""
    before = digest.agreement_before
    made = [
        bold("Auditors and Panel alike: "),
        run(_agreement(digest.agreement, least)),
    ]
    if before.is_enough:
        made.append(run(f"; the year before {_agreement(before, least)}", subtle=True))
    return typed(*made, spacing="small")


def _agreement(reading: Reading, least: int) -> str:
    if not reading.is_enough:
        return f"too few yet to tell (fewer than {least} moderations in a year)"
    if reading.alpha is None or reading.firmness is None:
        return "one and the same grade throughout"
    # Nothing is to be read as "-0.00".
    return f"{FIRMNESS[reading.firmness]} ({round(reading.alpha, 2) + 0.0:.2f} out of 1)"


def rising_line(digest: Digest) -> Element:
    """Themes that rise beyond chance."""
    titles = ", ".join(digest.rising) or "none beyond what chance would bring about"
    return typed(bold("Themes rising: "), titles, spacing="small")


def unreachable_line(digest: Digest) -> Element:
    """How many people cannot be reached; who, only the QA office sees."""
    number = digest.unreachable
    said = f"{in_words(number, digest.shown.smallest)} {'person' if number == 1 else 'people'}"
    if number and number < digest.shown.smallest:
        # "fewer than 5 people", whether it is one or four.
        said = f"{in_words(number, digest.shown.smallest)} people"
    return typed(bold("Cannot be reached: "), said if number else "nobody", spacing="small")


def coming_lines(coming: Iterable[Coming]) -> list[Element]:
    """A line for each thing that the next weeks hold."""
    return [typed(bold(f"{short_day(one.day)}: "), one.title, spacing="small") for one in coming]


def hidden_note(digest: Digest) -> list[Element]:
    """Why some numbers are not there."""
    if not digest.shown.hides_any:
        return []
    text = f"Numbers below {digest.shown.smallest} are not shown, and neither is what would give them away."
    return [says(text, subtle=True, size="small")]


def line(digest: Digest, name: str, now: str, before: str) -> Element:
    """A name, what it is now, and what it was in the round before."""
    made = [bold(f"{name}: "), run(now)]
    # "Not shown" once is enough.
    if before and digest.before is not None and not now == before == NOT_SHOWN:
        made.append(run(f"; {digest.before.first:%B} {before}", subtle=True))
    return typed(*made, spacing="small")
