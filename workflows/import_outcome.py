"""What becomes of a list: told alike in the terminal and on a card."""

from dataclasses import dataclass, replace

from domain.errors import RuleBroken


class ListOutdated(RuleBroken):
    """Staff or teams have changed since a waiting list was read, so that it names people or teams no more."""

    def __init__(self) -> None:
        super().__init__("Staff or teams have changed since this list was read. Please send it again.")


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What a list did, would do, or why it was refused."""

    kind: str
    filename: str
    summary: str
    """Plain lines for terminal and card."""
    refused: bool = False
    saved: bool = False
    waiting_id: int = 0
    """The list that waits for a yes, or 0."""
    guessed: bool = False
    """Whether the columns decided what kind of list it is, so that the sender may know better."""
    queued: bool = False
    """Whether something was left in the outbox."""

    def with_summary(
        self,
        summary: str,
        *,
        refused: bool = False,
        saved: bool = False,
        waiting_id: int = 0,
        queued: bool = False,
    ) -> "ImportOutcome":
        """The same list with what became of it."""
        return replace(
            self, summary=summary, refused=refused, saved=saved, waiting_id=waiting_id, queued=queued
        )
