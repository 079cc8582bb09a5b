"""Councils made up in memory: audits of a few services over some periods, the figures counted from them, and
how the numbers of such figures hang together, as anybody can know who reads what they are called.

Sizes and shares are hypothesis's to make small; the rest is chance. Shares near nothing and near everything
come often, as there the few are.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import strategies as st

from domain.closing import Impact
from domain.figures import COUNCIL, Figure, FigureSet, Period, with_scope
from domain.framework import Framework
from domain.grades import Grade
from domain.loop import Found, FoundAction
from domain.measures import Given, Looked, counted
from domain.pack_measures import Beside, beside
from domain.packs import period_between
from domain.pages import VOICES
from tests.domain import intake_samples
from tests.security.solving import Cell, Knowledge

FRAMEWORK = intake_samples.framework()
PERIODS = tuple(
    period_between(*days)
    for days in (
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2025, 10, 1), date(2025, 12, 31)),
        (date(2025, 7, 1), date(2025, 9, 30)),
    )
)
"""The latest first; as many as the pack with the most stands on."""
TODAY = date(2026, 7, 6)
SHARES = (0.0, 0.05, 0.1, 0.3, 0.5, 0.8, 0.9, 0.95, 1.0)
ENTRIES = (901, 902, 903)
"""Entries of the learning log that rest on audits."""


@dataclass(frozen=True)
class Quarter:
    """What a period brought."""

    period: Period
    given: tuple[Given, ...]
    found: tuple[Found, ...]
    looked: Mapping[int, Looked]
    beside: Beside


class MadeUp:
    """A council with this threshold, made up from a seed; so many audits for each service in a period."""

    def __init__(self, smallest: int, sizes: tuple[int, ...], seed: int) -> None:
        self._made_from = smallest, sizes, seed
        chance = random.Random(seed)
        self.framework = replace(FRAMEWORK, numbers=replace(FRAMEWORK.numbers, smallest_count=smallest))
        self.services = {f"service {n}": f"Service {chr(64 + n)}" for n in range(1, len(sizes) + 1)}
        """Scope to name."""
        self.quarters = tuple(_quarter(self.framework, period, sizes, chance) for period in PERIODS)
        """The latest first."""

    def __repr__(self) -> str:
        """What it was made from; its audits would fill pages."""
        return f"MadeUp{self._made_from}"

    @property
    def smallest(self) -> int:
        """Its threshold."""
        return self.framework.numbers.smallest_count

    def figures(self, quarter: Quarter) -> FigureSet:
        """Everything that is counted of a period, of the council and of each service."""
        made: list[Figure] = []
        for scope in (COUNCIL, *self.services):
            own = of_scope(quarter, scope)
            made += with_scope(counted(self.framework, own.given, own.found, own.looked, today=TODAY), scope)
        return FigureSet(quarter.period, (*made, *beside(self.framework, quarter.found, quarter.beside)))


def councils() -> st.SearchStrategy[MadeUp]:
    """A council of up to four services with a year of audits."""
    size = st.sampled_from((0, 1, 2, 4, 6, 9, 14, 30))
    sizes = st.lists(size, min_size=1, max_size=4).map(tuple)
    return st.builds(MadeUp, st.sampled_from((3, 5, 8)), sizes, st.integers(0, 2**32))


def _quarter(framework: Framework, period: Period, sizes: Sequence[int], chance: random.Random) -> Quarter:
    """Each thing that can be so of an audit has a share of its own, drawn anew for every period."""
    share = {name: chance.choice(SHARES) for name in _THINGS}

    def has(name: str) -> bool:
        return chance.random() < share[name]

    first = 1000 * (PERIODS.index(period) + 1)
    places = [service for service, size in enumerate(sizes, start=1) for _ in range(size)]
    places = [service for service in places if chance.random() < 0.95]
    given, found, looked = [], [], {}
    weights = [chance.choice((0.0, 0.05, 0.3, 1.0)) + 0.001 for _ in Grade]
    for audit_id, service_id in enumerate(places, start=first):
        due_on = period.last - timedelta(days=5)
        handed_in = due_on + timedelta(days=3 if has("late") else -3)
        comes = not has("missing")
        given.append(Given(audit_id, service_id, due_on, handed_in if comes else None))
        if comes and not has("next time"):
            found.append(_found(framework, audit_id, service_id, handed_in, weights, has, chance))
    # What comes in late from the round before counts among what came in, and not among what was given out.
    for audit_id in range(first + 500, first + 500 + chance.choice((0, 0, 0, 1, 3, 6))):
        service_id = chance.randrange(len(sizes)) + 1
        found.append(_found(framework, audit_id, service_id, period.first, weights, has, chance))
    for one in found:
        if has("moderated"):
            looked[one.audit_id] = Looked(one.audit_id, has("changed"), has("moderated in time"))
    ids = [one.audit_id for one in found]
    # Records come in the order of the lists they are read from.
    chance.shuffle(given)
    return Quarter(
        period,
        tuple(given),
        tuple(found),
        looked,
        Beside(
            commented=frozenset(i for i in ids if has("commented")),
            thanked={i * 10: i for i in ids if has("thanked")},
            compared=tuple(ids[: chance.choice((0, 2, 20))]),
            learning_open=ENTRIES,
            learning_closed=(),
            evidence={
                entry: tuple(chance.sample(ids, min(len(ids), 3 * n))) for n, entry in enumerate(ENTRIES)
            },
        ),
    )


_THINGS = (
    *("late", "missing", "next time", "moderated", "changed", "moderated in time", "commented", "thanked"),
    *("discussed", "closed", "looked again", "lasted", "contact", "tagged", "below", "overdue"),
    *VOICES,
)


def _found(
    framework: Framework,
    audit_id: int,
    service_id: int,
    submitted_on: date,
    weights: Sequence[float],
    has: Callable[[str], bool],
    chance: random.Random,
) -> Found:
    grade = chance.choices(tuple(Grade), weights)[0]
    sections = {
        one.key: Grade.REQUIRES_IMPROVEMENT if has("below") else Grade.GOOD
        for one in framework.sections
        if not one.only_with_recent_contact or has("contact")
    }
    tags = {"planning": tuple(tag.id for tag in framework.tags if has("tagged"))}
    discussed = has("discussed")
    closed = discussed and has("closed")
    impact = None
    if closed and has("looked again"):
        impact = Impact.LASTED if has("lasted") else Impact.LOST
    actions = tuple(
        FoundAction(
            chance.choices(("open", "done", "confirmed"), (2, 1, 3))[0],
            TODAY + timedelta(days=-3 if has("overdue") else chance.choice((3, 40))),
            audit_id * 10 + n,
        )
        for n in range(chance.choice((0, 0, 1, 2)))
    )
    return Found(
        audit_id=audit_id,
        round_id=1,
        team_id=service_id,
        service_id=service_id,
        auditor_id=1,
        practitioner_id=2,
        submitted_on=submitted_on,
        original=grade,
        grade=grade,
        sections=sections,
        tags=tags,
        voices={voice: has(voice) for voice in VOICES},
        actions=actions,
        discussed=discussed,
        closed=closed,
        impact=impact,
    )


def known_of(made_up: MadeUp, quarters: Iterable[Quarter], services: Iterable[str] = ()) -> Knowledge:
    """Everything there is to know of these periods, and how it hangs together; with these services, if any.

    Written down from what the words mean, and counted from the audits: nothing is taken from what decides
    what may be shown.
    """
    known = Knowledge()
    scopes = tuple(services)
    for place, quarter in enumerate(quarters):
        for scope in (COUNCIL, *scopes):
            _hang_together(known, made_up.framework, of_scope(quarter, scope), scope, place)
            if not _runs_over(quarter):
                known.made_up(("submitted", scope, place), ("done", scope, place))
        for cell in [cell for cell in known.truth if scopes and cell[1:] == (COUNCIL, place)]:
            known.made_up(cell, *((cell[0], scope, place) for scope in scopes))
        for key, count in _standing_alone(quarter, made_up.framework):
            known.truth[key, COUNCIL, place] = count
    return known


def of_scope(quarter: Quarter, scope: str) -> Quarter:
    """What the period brought to the council, or to one of its services."""
    if scope == COUNCIL:
        return quarter
    service_id = int(scope.split()[1])
    return replace(
        quarter,
        given=tuple(one for one in quarter.given if one.service_id == service_id),
        found=tuple(one for one in quarter.found if one.service_id == service_id),
    )


def _runs_over(quarter: Quarter) -> bool:
    """Whether audits came in before or after the period whose round they are of; where none did, everybody
    knows that what came in is what was handed in."""
    handed_in = {one.audit_id for one in quarter.given if one.submitted_on is not None}
    return handed_in != {one.audit_id for one in quarter.found}


def _hang_together(known: Knowledge, framework: Framework, quarter: Quarter, scope: str, place: int) -> None:
    def cell(name: str) -> Cell:
        return name, scope, place

    def part(whole: str, **parts: int) -> None:
        """The parts of a whole, the last of which may be what is left."""
        for name, count in parts.items():
            known.truth[cell(name)] = count
        known.made_up(cell(whole), *(cell(name) for name in parts))

    def share(whole: str, name: str, count: int) -> None:
        part(whole, **{name: count, f"not {name}": known.truth[cell(whole)] - count})

    given, found, looked = quarter.given, quarter.found, quarter.looked
    done = [one for one in given if one.submitted_on is not None]
    waiting = [one for one in given if one.submitted_on is None]
    known.truth[cell("given")], known.truth[cell("submitted")] = len(given), len(found)
    part("given", done=len(done), waiting=len(waiting))
    share("done", "on_time", sum(one.submitted_on <= one.due_on for one in done if one.submitted_on))
    soon = TODAY + timedelta(days=14)
    part(
        "waiting",
        **{
            "waiting.overdue": sum(one.due_on < TODAY for one in waiting),
            "waiting.soon": sum(TODAY <= one.due_on <= soon for one in waiting),
            "waiting.later": sum(one.due_on > soon for one in waiting),
        },
    )
    part("submitted", **{f"grade.{grade}": sum(one.grade is grade for one in found) for grade in Grade})
    moderated = [looked[one.audit_id] for one in found if one.audit_id in looked]
    share("submitted", "moderated", len(moderated))
    share("moderated", "moderated_in_time", sum(one.in_time for one in moderated))
    share("moderated", "changed", sum(one.changed for one in moderated))
    for voice in VOICES:
        share("submitted", voice, sum(one.voices[voice] for one in found))
    share("submitted", "discussed", sum(one.discussed for one in found))
    share("discussed", "closed", sum(one.closed for one in found))
    share("closed", "looked again", sum(one.impact is not None for one in found))
    share("looked again", "lasted", sum(one.impact is Impact.LASTED for one in found))
    share("submitted", "commented", sum(one.audit_id in quarter.beside.commented for one in found))
    for section in framework.section_keys:
        graded = [one.sections[section] for one in found if section in one.sections]
        share("submitted", f"graded {section}", len(graded))
        share(f"graded {section}", f"theme.{section}", sum(grade.below_good for grade in graded))
    for tag in framework.tags:
        share("submitted", f"seen.{tag.id}", sum(tag.id in one.tags["planning"] for one in found))
    actions = [action for one in found for action in one.actions]
    still = [action for action in actions if action.state == "open"]
    known.truth[cell("actions")] = len(actions)
    states = ("open", "done", "confirmed")
    part("actions", **{f"actions.{s}": sum(action.state == s for action in actions) for s in states})
    part(
        "actions.open",
        **{
            "actions.overdue": sum(action.due_on < TODAY for action in still),
            "actions.soon": sum(TODAY <= action.due_on <= soon for action in still),
            "actions.later": sum(action.due_on > soon for action in still),
        },
    )


def _standing_alone(quarter: Quarter, framework: Framework) -> Iterator[tuple[str, int]]:
    """What is out of nothing that is told: each a number by itself."""
    notes = quarter.beside.thanked
    yield "praised", len(notes)
    yield "compared", len(quarter.beside.compared)
    for entry in ENTRIES:
        yield f"rests_on.{entry}", len(quarter.beside.evidence[entry])
    for section in framework.section_keys:
        good = {
            o.audit_id for o in quarter.found if section in o.sections and not o.sections[section].below_good
        }
        yield f"thanked.{section}", sum(audit in good for audit in notes.values())
    for tag in framework.tags:
        seen = {one.audit_id for one in quarter.found if tag.id in one.tags["planning"]}
        yield f"thanked.{tag.id}", sum(audit in seen for audit in notes.values())


def whole_of(key: str) -> str:
    """What a share is out of."""
    if key.startswith("theme."):
        return f"graded {key.removeprefix('theme.')}"
    known = {
        **dict.fromkeys(("done", "on_time", "waiting"), "given"),
        **dict.fromkeys(("waiting.overdue", "waiting.soon", "waiting.later"), "waiting"),
        **dict.fromkeys(("moderated_in_time", "changed", "not changed"), "moderated"),
        **dict.fromkeys(("actions.open", "actions.done", "actions.confirmed"), "actions"),
        **dict.fromkeys(("actions.overdue", "actions.soon", "actions.later"), "actions.open"),
        "lasted": "looked again",
    }
    return known.get(key, "submitted")
