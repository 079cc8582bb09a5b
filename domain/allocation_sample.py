"""Which cases are drawn: re-audits and those due first, then the mix nearest the whole caseload.

One whole-number programme. A column for each case that may be drawn; a row for each category of the mix,
each practitioner, each service. How far a category is from its share is charged along the line that joins
the whole numbers either side of the share: since only whole cases can be drawn this charges what can really
be reached, and the answer without whole numbers then lies so near the answer with them that little search
is left. At large sizes columns join only when the row prices say they could help.

Source: CA-03, CA-04.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from domain.allocation_solver import UNBOUNDED, Floats, Ints, Model, Solved, Unsolved, solve
from domain.allocation_values import Attribute, Category
from domain.conflicts import CaseIn

ALL_AT_ONCE = 500
"""Up to so many cases every one is a column from the start."""
FIRST_PER_PRACTITIONER = 1
JOIN_AT_MOST = 4_000
PRICING_ROUNDS = 25
GAP = 0.01
"""The search ends when no sample can be better by more than this, in places of deviation."""
SEARCHED_PER_PLACE = 4
"""The final search is over so many columns for each place, those priced nearest to helping."""
COMPULSORY_COST = 100_000.0
"""A case that is compulsory and left out outweighs every service left out."""
SERVICE_COST = 1_000.0
"""A service left out outweighs any mix."""
FAR_COST = 1.1
"""A second place away from the share costs a little more than the first, so no category strays far alone."""
RECENCY_COST = 0.02
"""Among practitioners not yet due the longer wait wins where the mix hardly differs."""
TIE_COST = 1e-4


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be drawn. Cases stand by id, so that nothing depends on the order they came in."""

    cases: tuple[CaseIn, ...]
    """Those that may be drawn."""
    fixed: tuple[CaseIn, ...]
    """Those already settled; they count in the mix."""
    shares: Mapping[Attribute, Mapping[Category, float]]
    places: int
    """How many to draw besides the fixed ones."""
    per_practitioner: Mapping[int, int]
    """How often a practitioner may be drawn."""
    covered_at_least: tuple[tuple[frozenset[int], int], ...]
    """(practitioners, how many of them must be drawn at least once)."""
    recency: Mapping[int, float]
    """By practitioner: 0 for the longest wait, 1 for an audit just done."""
    services: frozenset[int]
    """Services that should have a case in the sample."""
    known: frozenset[int]
    """Case ids of a sample known to be sound, to fall back on."""
    compulsory: frozenset[int] = frozenset()
    """Case ids to draw wherever an auditor can be found for them."""


@dataclass(frozen=True, slots=True)
class Cut:
    """No more than `most` of these cases can find an auditor together."""

    case_ids: frozenset[int]
    most: int


@dataclass(frozen=True, slots=True)
class Sample:
    """The drawn case ids, and whether the search ran to its end (False: the known sample stands)."""

    case_ids: tuple[int, ...]
    searched: bool


class Chooser:
    """Draws the best sample, again and again as cuts are learnt."""

    def __init__(self, question: Question, seed: int) -> None:
        self._question = question
        self._seed = seed
        self._ids = np.array([case.case_id for case in question.cases], dtype=np.int64)
        self._model_rows()
        self._cuts: list[Cut] = []

    def learn(self, cut: Cut) -> None:
        """Never again draw more of these cases than can be given out."""
        self._cuts.append(cut)

    def draw(self) -> Sample:
        """The best sample under the cuts learnt so far."""
        if self._question.places == 1:
            return self._draw_one()
        known = np.flatnonzero(np.isin(self._ids, list(self._question.known)))
        try:
            if len(self._ids) <= ALL_AT_ONCE:
                pool = np.arange(len(self._ids))
                solved = solve(self._model(pool), self._seed, whole=True, gap=GAP, start=known)
            else:
                pool, solved = self._draw_from_many(known)
        except Unsolved:
            return Sample(tuple(sorted(self._question.known)), searched=False)
        drawn = pool[solved.value[: len(pool)] > 0.5]
        return Sample(tuple(int(one) for one in self._ids[drawn]), searched=True)

    def _draw_one(self) -> Sample:
        """The best single case: each is weighed, as nothing depends on what else is drawn."""
        question = self._question
        cost = self._cost.copy()
        for attribute, shares in question.shares.items():
            before = Counter(attribute.each(question.fixed))
            total = question.places + len(question.fixed)
            adds = {
                category: _charge(share * total, before[category] + 1)
                - _charge(share * total, before[category])
                for category, share in shares.items()
            }
            cost += np.array([adds[category] for category in attribute.each(question.cases)])
        new = question.services
        cost -= SERVICE_COST * np.array([case.service_id in new for case in question.cases], dtype=np.float64)
        for members, (_, least) in zip(self._members, question.covered_at_least, strict=True):
            if least:
                cost[~np.isin(self._practitioner, members)] = UNBOUNDED
        for cut in self._cuts:
            if not cut.most:
                cost[np.isin(self._ids, list(cut.case_ids))] = UNBOUNDED
        best = int(np.argmin(cost))
        if not np.isfinite(cost[best]):
            return Sample(tuple(sorted(question.known)), searched=False)
        return Sample((int(self._ids[best]),), searched=True)

    def _draw_from_many(self, known: Ints) -> tuple[Ints, Solved]:
        """Columns searched over, and the answer: first with all settled that the answer without whole
        numbers already settles, which as a rule is as good as can be; otherwise in full."""
        pool, bound, surely = self._pool(known)
        try:
            quick = solve(self._model(pool, surely), self._seed, whole=True, gap=GAP)
            if quick.objective <= bound + GAP:
                return pool, quick
        except Unsolved:
            pass  # What was settled leaves no whole answer; the full search below settles nothing.
        start = np.searchsorted(pool, known)
        return pool, solve(self._model(pool), self._seed, whole=True, gap=GAP, start=start)

    def _pool(self, known: Ints) -> tuple[Ints, float, Ints]:
        """The columns worth searching over; the bound below any answer; the cases it draws whole."""
        pool = np.union1d(known, self._first_few())
        for _ in range(PRICING_ROUNDS):
            solved = solve(self._model(pool), self._seed, whole=False)
            value, gain = solved.value[: len(pool)], self._worth(solved)
            helps = np.minimum(gain, 0.0)
            helps[pool] = 0.0
            most = np.zeros(len(self._people))
            np.minimum.at(most, self._practitioner, helps)
            if -np.sort(most)[: self._question.places].sum() < GAP:
                break
            outside = np.flatnonzero(helps < 0)
            last, pool = (
                pool,
                np.union1d(pool, outside[np.argsort(gain[outside], kind="stable")[:JOIN_AT_MOST]]),
            )
        else:
            pool = last
        nearest = np.argsort(gain, kind="stable")[: SEARCHED_PER_PLACE * self._question.places]
        used = pool[value > 1e-9]
        whole = pool[value > 1 - 1e-9]
        return np.union1d(np.union1d(known, used), nearest), solved.objective, whole

    def _worth(self, solved: Solved) -> Floats:
        """By case: what drawing it would add to the objective at the current prices."""
        rows, columns = self._entries
        paid = np.bincount(columns, weights=solved.price[rows], minlength=len(self._ids))
        for number, cut in enumerate(self._cuts):
            paid[np.isin(self._ids, list(cut.case_ids))] += solved.price[self._row_count + number]
        worth: Floats = self._cost - paid
        return worth

    def _first_few(self) -> Ints:
        """The cheapest (so, at random) case or two of each practitioner."""
        order = np.lexsort((self._tie, self._practitioner))
        owners = self._practitioner[order]
        starts = np.searchsorted(owners, owners)
        few: Ints = order[np.arange(len(order)) - starts < FIRST_PER_PRACTITIONER]
        return few

    def _model_rows(self) -> None:
        """Lay out the rows once: places, categories, practitioners, covered groups, services."""
        question, cases = self._question, self._question.cases
        random = Random(self._seed)  # noqa: S311 - a tie-break that must be repeatable, not a secret
        self._tie = np.array([random.random() for _ in cases])
        everyone = sorted(question.per_practitioner)
        self._people = everyone
        self._practitioner = _numbered((case.practitioner_id for case in cases), everyone)
        recency = np.array([question.recency.get(person, 0.0) for person in everyone])
        self._cost: Floats = TIE_COST * self._tie + RECENCY_COST * recency[self._practitioner]
        self._cost -= COMPULSORY_COST * np.isin(self._ids, list(question.compulsory))

        self._targets: list[tuple[Attribute, Category, float, int]] = []
        rows: list[Ints] = [np.zeros(len(cases), dtype=np.int64)]
        total = question.places + len(question.fixed)
        for attribute, shares in question.shares.items():
            categories = sorted(shares, key=lambda category: (str(type(category)), category))
            rows.append(1 + len(self._targets) + _numbered(attribute.each(cases), categories))
            settled = list(attribute.each(question.fixed))
            for category in categories:
                self._targets.append((attribute, category, shares[category] * total, settled.count(category)))
        self._first_person = 1 + len(self._targets)
        rows.append(self._first_person + self._practitioner)
        self._first_group = self._first_person + len(everyone)
        columns = [np.arange(len(cases))] * len(rows)
        self._members: list[Ints] = []
        for number, (people, _) in enumerate(question.covered_at_least):
            inside = np.array([person in people for person in everyone], dtype=bool)
            self._members.append(np.flatnonzero(inside))
            mine = np.flatnonzero(inside[self._practitioner])
            rows.append(np.full(len(mine), self._first_group + number))
            columns.append(mine)
        self._first_service = self._first_group + len(question.covered_at_least)
        of_service = np.array([case.service_id for case in cases], dtype=np.int64)
        for number, service_id in enumerate(sorted(question.services)):
            mine = np.flatnonzero(of_service == service_id)
            rows.append(np.full(len(mine), self._first_service + number))
            columns.append(mine)
        self._row_count = self._first_service + len(question.services)
        self._entries = (np.concatenate(rows), np.concatenate(columns))

    def _model(self, pool: Ints, surely: Ints | None = None) -> Model:
        """The programme over these cases, which are its first columns; those in `surely` are drawn."""
        question, model = self._question, Model()
        model.add_columns(self._cost[pool], np.ones(len(pool)), whole=True)
        if surely is not None:
            model.lower[0] = np.isin(pool, surely).astype(np.float64)
        places = np.array([float(question.places)])
        model.add_rows(places, places)
        self._add_categories(model)
        self._add_people(model)
        short = model.add_columns(np.full(len(question.services), SERVICE_COST), np.ones(1))
        wanted = model.add_rows(np.ones(len(question.services)), np.full(len(question.services), UNBOUNDED))
        model.put(wanted, short)
        seat = np.full(len(self._ids), -1)
        seat[pool] = np.arange(len(pool))
        rows, columns = self._entries
        inside = seat[columns] >= 0
        model.put(rows[inside], seat[columns[inside]])
        for cut in self._cuts:
            row = model.add_rows(np.zeros(1), np.array([float(cut.most)]))
            mine = seat[np.flatnonzero(np.isin(self._ids, list(cut.case_ids)))]
            mine = mine[mine >= 0]
            model.put(np.repeat(row, len(mine)), mine)
        return model

    def _add_categories(self, model: Model) -> None:
        target = np.array([wanted for _, _, wanted, _ in self._targets])
        settled = np.array([float(count) for _, _, _, count in self._targets])
        floor = np.floor(target + 1e-9)
        one, none = np.ones(len(target)), np.full(len(target), UNBOUNDED)
        rows = model.add_rows(floor - settled, floor - settled)
        for cost, upper, sign in (
            (1 - 2 * (target - floor), one, -1.0),  # from the whole number below the share to the one above
            (one, one, -1.0),
            (FAR_COST * one, none, -1.0),
            (one, one, 1.0),
            (FAR_COST * one, none, 1.0),
        ):
            model.put(rows, model.add_columns(cost, upper), sign)

    def _add_people(self, model: Model) -> None:
        """Each practitioner once, or with `again` up to the limit; groups count people, not cases."""
        question = self._question
        most = np.array([question.per_practitioner[person] for person in self._people], dtype=np.float64)
        rows = model.add_rows(np.zeros(len(most)), np.ones(len(most)))
        several = np.flatnonzero(most > 1)
        again = model.add_columns(np.zeros(len(several)), most[several] - 1)
        model.put(rows[several], again, -1.0)
        for members, (_, least) in zip(self._members, question.covered_at_least, strict=True):
            row = model.add_rows(np.array([float(least)]), np.full(1, UNBOUNDED))
            repeats = again[np.isin(several, members)]
            model.put(np.repeat(row, len(repeats)), repeats, -1.0)


def _charge(target: float, count: int) -> float:
    """What so many cases of a category are charged, by how far that is from its share in whole numbers."""
    floor = math.floor(target + 1e-9)
    away = count - floor
    if away > 0:
        far = max(away - 2, 0)
        return 1 - 2 * (target - floor) + min(away - 1, 1) + FAR_COST * far
    return min(-away, 1) + FAR_COST * max(-away - 1, 0)


def _numbered(values: Iterable[Category], among: Sequence[Category]) -> Ints:
    """The position of each value in the list."""
    position = {value: number for number, value in enumerate(among)}
    return np.array([position[value] for value in values], dtype=np.int64)
