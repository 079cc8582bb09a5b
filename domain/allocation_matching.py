"""Whether auditors and cases can be linked without a conflict, and who stands in the way when not.

Links grow one audit at a time along augmenting paths, so a practitioner once covered stays covered while
cases and auditors change hands. That makes the greedy order (longest wait first) exact: the practitioners
that can be covered together form a matroid.

Source: Q8, CA-01, CA-03.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence


class Linking:
    """Links between auditors and cases: an auditor has one case at most, a case one auditor at most.

    `cases_of` maps a practitioner to the cases among which one may be swapped for another.
    """

    def __init__(
        self,
        auditors: Iterable[int],
        cases_of: Mapping[int, Sequence[int]],
        barred: Callable[[int], frozenset[int]],
    ) -> None:
        self._free = dict.fromkeys(auditors)
        self._everyone = tuple(self._free)
        self._cases_of = cases_of
        self._practitioner_of = {case: owner for owner, cases in cases_of.items() for case in cases}
        self._barred = barred
        self.case_of: dict[int, int] = {}
        """Auditor to case."""
        self.auditor_of: dict[int, int] = {}
        """Case to auditor."""

    def add(self, practitioner: int) -> frozenset[int] | None:
        """Cover this practitioner once more; None when done.

        When it cannot be done nothing changes, and the auditors who were asked in vain come back: all of
        them are needed by those already covered.
        """
        if not self._free:
            return frozenset(self._everyone)
        via: dict[int, int] = {}
        origin: dict[int, int | None] = {}
        waiting: deque[int] = deque()
        unasked = dict.fromkeys(self._everyone)
        self._offer(practitioner, None, origin, waiting)
        while waiting:
            case = waiting.popleft()
            barred = self._barred(case)
            free = next((auditor for auditor in self._free if auditor not in barred), None)
            if free is not None:
                via[free] = case
                self._relink(free, via, origin)
                return None
            for auditor in [one for one in unasked if one not in barred]:
                del unasked[auditor]
                via[auditor] = case
                released = self.case_of[auditor]
                if released not in origin:
                    origin[released] = auditor
                    waiting.append(released)
                self._offer(self._practitioner_of[released], auditor, origin, waiting)
        return frozenset(via)

    def _offer(
        self, practitioner: int, instead_of: int | None, origin: dict[int, int | None], waiting: deque[int]
    ) -> None:
        for case in self._cases_of[practitioner]:
            if case not in origin and case not in self.auditor_of:
                origin[case] = instead_of
                waiting.append(case)

    def _relink(self, last: int, via: dict[int, int], origin: dict[int, int | None]) -> None:
        moves: list[tuple[int, int]] = []
        auditor: int | None = last
        while auditor is not None:
            moves.append((auditor, via[auditor]))
            auditor = origin[via[auditor]]
        del self._free[last]
        for mover, _ in moves:
            old = self.case_of.pop(mover, None)
            if old is not None:
                del self.auditor_of[old]
        for mover, case in moves:
            self.case_of[mover] = case
            self.auditor_of[case] = mover
