"""Which part of the work a process does."""

from enum import StrEnum


class Role(StrEnum):
    """One process may do everything; several may share it on PostgreSQL, in any number of each."""

    ALL = "all"
    BOT = "bot"
    """Answers people. What is to leave, waits for a scheduler's courier."""
    SCHEDULER = "scheduler"
    """Delivers what is queued. One of them at a time leads the calendar."""

    @property
    def answers(self) -> bool:
        """Whether Teams may call this process."""
        return self is not Role.SCHEDULER

    @property
    def delivers(self) -> bool:
        """Whether courier and clock run in this process."""
        return self is not Role.BOT
