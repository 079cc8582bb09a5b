"""What a person reads about a list, in the terminal as on a card: plain lines, problems first."""

from collections.abc import Iterable, Sequence
from typing import Any

from domain.intake import HIDDEN, Problem, Refused, Remark, listed, shown
from domain.intake_changes import Changes
from domain.intake_lists import CaseList, StaffList

WORTH_KNOWING = "Worth knowing:"
SHOWN_PROBLEMS = 20
SHOWN_KEYS = 20


def refusal_summary(refused: Refused) -> str:
    """Why nothing was taken: the first twenty problems and how many more there are."""
    count = len(refused.problems)
    lines = [
        f"Nothing was imported. {counted(count, 'thing')} to put right in the file:",
        *(f"- {_problem(problem)}" for problem in refused.problems[:SHOWN_PROBLEMS]),
    ]
    if count > SHOWN_PROBLEMS:
        lines.append(f"and {count - SHOWN_PROBLEMS} more.")
    lines += around(refused.ignored, refused.remarks, refused.notes)
    lines.append("Correct the file and send it again; it is taken whole or not at all.")
    return "\n".join(lines)


def changes_summary(taken: StaffList | CaseList, changes: Changes[Any]) -> str:
    """What the list does to what is known, and what must be confirmed before it does."""
    people = isinstance(taken, StaffList)
    rows = counted(len(taken.rows), "person" if people else "case", "people" if people else "cases")
    gone = "marked as left" if people else "closed"
    lines = [f"{rows} read without a fault."]
    if changes.is_empty:
        lines.append("Everything is known already; nothing changes.")
    else:
        lines.append(
            f"{len(changes.added)} new, {len(changes.changed)} changed, {len(changes.left)} {gone}, "
            f"{changes.unchanged} as before."
        )
    if changes.needs_confirmation:
        lines += _to_confirm(changes, "people" if people else "cases", gone)
    return "\n".join([*lines, *around(taken.ignored, taken.remarks, taken.notes)])


def _to_confirm(changes: Changes[Any], noun: str, gone: str) -> list[str]:
    lines = ["Please confirm before anything is saved:"]
    if changes.left:
        gone_keys = [departure.key for departure in changes.left]
        share = len(gone_keys) * 100 / changes.active_before
        lines.append(
            f"- {len(gone_keys)} of {changes.active_before} {noun} ({share:.0f}%) would be {gone}: "
            f"{keys(gone_keys)}"
        )
    if changes.rebound:
        account = "another sign-in account (directory id)"
        lines.append(f"- {account} would get the access of: {keys(changes.rebound)}")
    if changes.returned:
        lines.append(
            "- back after having left, told by name and address alone, with their old record and account: "
            + keys(changes.returned)
        )
    if changes.passed_on:
        lines.append(
            "- another person would have the address of these, who would be marked as left: "
            + keys(changes.passed_on)
        )
    return lines


def _problem(problem: Problem) -> str:
    place = [f"row {problem.row}"] if problem.row is not None else []
    place += [f"“{shown(problem.column)}”"] if problem.column else []
    where = ", ".join(place)
    value = f" has “{problem.value}”" if problem.value not in {"", HIDDEN} else ""
    return f"{where[:1].upper()}{where[1:]}{value}: {problem.fix}" if where else problem.fix


def around(ignored: Sequence[str], remarks: Sequence[Remark], notes: Sequence[str]) -> list[str]:
    """What was read where, which columns were not, and what is worth knowing."""
    lines = list(notes)
    if ignored:
        noun = "column was" if len(ignored) == 1 else "columns were"
        names = [f"“{shown(name)}”" for name in ignored[:SHOWN_KEYS]]
        more = [f"{len(ignored) - SHOWN_KEYS} more"] if len(ignored) > SHOWN_KEYS else []
        lines.append(f"{len(ignored)} {noun} not read: {listed([*names, *more])}.")
    if remarks:
        lines.append(WORTH_KNOWING)
        lines += [f"- {_remark(remark)}" for remark in remarks[:SHOWN_PROBLEMS]]
    if len(remarks) > SHOWN_PROBLEMS:
        lines.append(f"and {len(remarks) - SHOWN_PROBLEMS} more.")
    return lines


def _remark(remark: Remark) -> str:
    row = f"Row {remark.row}, " if remark.row is not None else ""
    return f"{row}“{shown(remark.column)}”: {remark.text}"


def keys(names: Iterable[str]) -> str:
    """The first names as a sentence ends with them, and how many more there are."""
    every = list(names)
    more = f" and {len(every) - SHOWN_KEYS} more" if len(every) > SHOWN_KEYS else ""
    return ", ".join(every[:SHOWN_KEYS]) + more + "."


def counted(number: int, one: str, many: str | None = None) -> str:
    """So many of it: "1 row", "1,204 figures"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
