"""A line that is answered for those it has something for, and read on as any other for everybody else."""

from collections.abc import Callable

from dialogs.turn import Reply
from domain.errors import NotAllowed


def for_whom_it_is(reply: Callable[[], Reply]) -> Reply | None:
    """The reply; None for somebody whom it is not for."""
    try:
        return reply()
    except NotAllowed:
        return None
