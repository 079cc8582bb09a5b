"""What offers somebody a file, at the press of a button."""

from collections.abc import Callable
from typing import Any

from dialogs.press import Outcome, Press
from workflows.offering import offer_file


def offers(kind: str, subject_of: Callable[[Any], int] = lambda _: 0) -> Callable[[Press], Outcome]:
    """The act that offers a file of this kind; `subject_of` reads off the payload what it is about.

    Without it, the file is the one of its kind that the council has.
    """

    def act(press: Press) -> Outcome:
        offer_file(
            press.work,
            press.council,
            by=press.person,
            kind=kind,
            subject_id=subject_of(press.payload),
            token=press.turn.nonce,
            now=press.now,
        )
        return {}

    return act
