"""Numbers too small to show: a count of few people's work says too much of each of them.

Source: SG-03; the framework file's `smallest_count`.
"""

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")


def shown(counts: Mapping[Key, int], smallest: int) -> dict[Key, int | None]:
    """Each count that may be shown beside their total; None for those that may not.

    Where one alone is too small, the total would give it away, so the next smallest goes with it. That
    nobody did something may be said, where nothing else is too small.
    """
    hidden = {key for key, count in counts.items() if count < smallest}
    if not any(counts[key] for key in hidden):
        return dict(counts)
    others = [key for key in counts if key not in hidden]
    if len(hidden) == 1 and others:
        hidden.add(min(others, key=lambda key: counts[key]))
    return {key: None if key in hidden else count for key, count in counts.items()}
