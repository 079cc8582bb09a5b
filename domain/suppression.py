"""Which numbers are too small to show: few audits say too much about the few people behind them.

The threshold is the council's (`smallest_count`). It guards whoever's work is counted from readers who may
not open the work itself; a team manager sees their own team's audits whole, so nothing hides there.

Zero is nobody, and is shown where the whole it is part of is large enough: "0 of 12" points at no one, but
"0 of 2" says of both what they did. Where parts are shown beside their whole, a small part could be worked
out by taking the others away, so a second part is hidden with it, and neither is said to be the small one.

Source: design (small numbers are suppressed in one module), SG-03; a default of `framework.toml`.
"""

from collections.abc import Sequence

NOT_SHOWN = "not shown"
"""Stands for every hidden part of a whole; another word for the small one would give it away."""


def shown(count: int, smallest: int, *, of: int | None = None) -> int | None:
    """The count, or None where it is too small to show.

    `of` is the whole it is part of, for a count that stands without its other parts; with them, ask
    `shown_parts`.
    """
    if of is not None and 0 < of < smallest:
        return None
    return None if 0 < count < smallest else count


def shown_parts(parts: Sequence[int], smallest: int) -> tuple[int | None, ...]:
    """Each part as it may stand beside the others and their total; None where it may not.

    Whoever sees the answer and the total, and knows this rule, cannot tell what any hidden part is. The total
    itself may be shown only where `shown_total` says so.
    """
    hidden = hidden_places(parts, smallest)
    return tuple(None if place in hidden else part for place, part in enumerate(parts))


def hidden_places(
    parts: Sequence[int], smallest: int, already: frozenset[int] = frozenset()
) -> frozenset[int]:
    """The places of the parts that may not be shown beside the others and their total.

    `already` are hidden for another reason, as where their row is; what the rest of the table would tell of
    them is hidden as well.
    """
    if 0 < sum(parts) < smallest:
        return frozenset(range(len(parts)))
    hidden = already | {place for place, part in enumerate(parts) if 0 < part < smallest}
    # The smallest others go first. Equal ones go together: which of them went would tell something too.
    for size in (*sorted({part for part in parts if part >= smallest}), 0):
        if not _is_plain([parts[place] for place in hidden], smallest):
            break
        hidden |= {place for place, part in enumerate(parts) if part == size}
    return hidden


def shown_total(parts: Sequence[int], smallest: int) -> int | None:
    """The sum of the parts; None where it is too small, or would give the hidden parts away."""
    total = sum(parts)
    everything_hidden = all(part is None for part in shown_parts(parts, smallest))
    if everything_hidden and _is_plain(parts, smallest):
        return None
    return shown(total, smallest)


def few(smallest: int) -> str:
    """How a count that is too small is said, where no other part stands beside it: "fewer than 5"."""
    return f"fewer than {smallest}"


def in_words(count: int, smallest: int, *, of: int | None = None) -> str:
    """The count as it may be said by itself."""
    seen = shown(count, smallest, of=of)
    return few(smallest) if seen is None else str(seen)


def share_in_words(count: int, whole: int, smallest: int) -> str:
    """How many of a whole, as it may be said: "12 of 20", "fewer than 5 of 20", "nearly all of 20".

    What is left of the whole is as small a number as what was counted, so both ends are kept vague.
    """
    if shown(whole, smallest) is None:
        return f"{NOT_SHOWN}, of {few(smallest)}"
    if shown(count, smallest) is None:
        return f"{few(smallest)} of {whole}"
    if shown(whole - count, smallest) is None:
        return f"nearly all of {whole}"
    return f"{count} of {whole}"


def _is_plain(hidden: Sequence[int], smallest: int) -> bool:
    """Whether the sum of the hidden parts tells what each is."""
    if not hidden:
        return False
    total, many = sum(hidden), len(hidden)
    return many == 1 or total in (0, many, many * (smallest - 1))
