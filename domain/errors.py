"""Errors meant for people, kept apart from faults in the product."""


class RuleBroken(Exception):
    """Something the framework or the product does not allow.

    The message is a kind, plain sentence that a practitioner can act on. `dialogs` turns it into an
    answer; it is never a fault and never logged with its text.
    """


class NotAllowed(RuleBroken):
    """The person may not do this. Leaves a trail row; the answer names no case."""


class NotFound(RuleBroken):
    """What the press speaks of is no longer there."""


class Stale(RuleBroken):
    """The page was saved by someone else since it was opened; carries what stands there now."""

    def __init__(self, message: str, *, current: object, version: int) -> None:
        super().__init__(message)
        self.current = current
        self.version = version
