"""Nobody works out a small number from what is published together, however much they know.

Councils are made up, each kind of pack is drafted from them as it leaves, and a reader who has every number
of it looks for cells below the threshold for which only one number fits. Each test tries a tenth as many
councils as PLUMBLINE_FUZZ says, others each time in `make fuzz`.

Source: SG-03; design (small numbers are suppressed in one module); decision 0016.
"""

import os
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.agenda_words import action_lines, found_lines, round_lines
from domain.agreement import Reading
from domain.days import local_midnight
from domain.digest import Digest, channel_figures
from domain.disclosure import Relation, to_hide
from domain.figures import COUNCIL, FigureSet, disclosed
from domain.learning import DraftedFrom, Entry, EntryState
from domain.measures import counted
from domain.numbers import hidden_counts, parts_of_council
from domain.pack_desk import Known
from domain.pack_layout import as_in_report, draft
from domain.pack_parts import service_keys
from domain.packs import PackKind
from tests.domain.test_disclosure import packs as tables
from tests.security.made_up import ENTRIES, PERIODS, TODAY, MadeUp, Quarter, councils, known_of
from tests.security.published import Reader, read_agenda, read_digest, read_pack
from tests.security.solving import Knowledge, worked_out

EXAMPLES = max(1, int(os.environ.get("PLUMBLINE_FUZZ", "200")) // 10)
TRIED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize="PLUMBLINE_FUZZ" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
READ = Reading(30, is_enough=True, alpha=0.85)
BESIDE = {PackKind.EVIDENCE: 4}
"""How many periods stand beside each other; two, where nothing is said here."""


@pytest.mark.rule("SG-03")
@pytest.mark.parametrize("kind", PackKind)
@TRIED
@given(council=councils())
def test_no_pack_gives_a_small_number_away(kind: PackKind, council: MadeUp) -> None:
    known, reader = opened(council, kind)

    reads_pack(reader, council, kind)

    assert worked_out(known, council.smallest) == {}


@pytest.mark.rule("SG-03")
@TRIED
@given(council=councils(), due=st.booleans(), first=st.booleans())
def test_the_channel_gives_no_small_number_away(council: MadeUp, due: bool, first: bool) -> None:
    quarters = council.quarters[: 1 if first else 2]
    known = known_of(council, quarters)
    reader = Reader(known, PERIODS, council.smallest)

    read_digest(reader, council.framework, digest_of(council, quarters, due=due))

    assert worked_out(known, council.smallest) == {}


@pytest.mark.rule("SG-03", "PF-06", "RO-08")
@TRIED
@given(council=councils())
def test_the_agenda_of_smt_gives_nothing_away_beside_its_pack(council: MadeUp) -> None:
    known, reader = opened(council, PackKind.SMT)
    period = PERIODS[0]
    shown = as_in_report(PackKind.SMT, council.framework, council.figures(council.quarters[0]))

    reads_pack(reader, council, PackKind.SMT)
    read_agenda(reader, council.framework, (*found_lines(shown, period), *action_lines(shown, period)))

    assert worked_out(known, council.smallest) == {}


@pytest.mark.rule("SG-03", "OG-03")
@TRIED
@given(council=councils())
def test_pack_agenda_and_channel_of_the_qa_group_give_nothing_away_together(council: MadeUp) -> None:
    """Its members read all three, and where the pack is of the round's month alone, of the same audits."""
    known, reader = opened(council, PackKind.QA_GROUP)
    period, quarters = PERIODS[0], council.quarters[:2]
    shown = as_in_report(PackKind.QA_GROUP, council.framework, council.figures(quarters[0]))
    digest = digest_of(council, quarters)

    reads_pack(reader, council, PackKind.QA_GROUP)
    read_digest(reader, council.framework, digest)
    lines = round_lines(digest.shown, period, overdue_before=0, undecided=0)
    read_agenda(reader, council.framework, (*found_lines(shown, period), *lines))

    assert worked_out(known, council.smallest) == {}


def opened(council: MadeUp, kind: PackKind) -> tuple[Knowledge, Reader]:
    """What everybody knows before they open a pack of this kind, and somebody who opens it."""
    services = council.services if service_keys(kind) else ()
    known = known_of(council, council.quarters[: BESIDE.get(kind, 2)], services)
    return known, Reader(known, PERIODS, council.smallest)


def reads_pack(reader: Reader, council: MadeUp, kind: PackKind) -> None:
    """Drafts the pack as it leaves and has it read."""
    line = council.framework.pack(kind)
    assert line is not None
    sets = tuple(council.figures(one) for one in council.quarters[: BESIDE.get(kind, 2)])
    content, rows = draft(
        Known(
            framework=council.framework,
            line=line,
            sets=sets,
            agreement=READ,
            standing=() if kind is not PackKind.EVIDENCE else tuple(an_entry(n) for n in ENTRIES),
            closed=(),
            services=council.services,
        ),
        7,
    )
    names = {figure.name: figure.key for figure in sets[0].figures}
    read_pack(reader, council.framework, content, rows, names)


def digest_of(council: MadeUp, quarters: Sequence[Quarter], *, due: bool = False) -> Digest:
    """The channel's digest of the first of these, with the one before."""
    sets = []
    for one in quarters:
        made = counted(council.framework, one.given, one.found, one.looked, today=TODAY)
        sets.append(FigureSet(one.period, channel_figures(made, one.given, one.found, today=TODAY)))
    return Digest(
        now=quarters[0].period,
        before=quarters[1].period if len(quarters) > 1 else None,
        shown=disclosed(sets, council.smallest),
        due_on=quarters[0].period.last if due else None,
        agreement=Reading(0, is_enough=False),
        agreement_before=Reading(0, is_enough=False),
        rising=(),
        unreachable=0,
        coming=(),
    )


def an_entry(entry_id: int) -> Entry:
    """An entry of the learning log, written by people."""
    return Entry(
        id=entry_id,
        theme="planning",
        title="Plans",
        learning="Plans say who does what.",
        state=EntryState.OPEN,
        drafted_from=DraftedFrom.HAND,
        owner_id=None,
        due_on=None,
        created_at=local_midnight(TODAY),
        created_by=None,
        assured_by=None,
        assured_at=None,
        impact="",
        more_needed=None,
        closed_by=None,
        closed_at=None,
        version=1,
    )


@pytest.mark.rule("SG-03")
@settings(TRIED, max_examples=5 * EXAMPLES)
@given(tables(), st.integers(2, 8))
def test_each_small_cell_of_any_tables_could_be_another_number(
    laid: tuple[dict[str, int], list[Relation], list[str]], smallest: int
) -> None:
    """Services by grade and quarter with every margin, whichever of them are published."""
    cells, relations, published = laid
    known = Knowledge({(name, COUNCIL, 0): count for name, count in cells.items()})
    for relation in relations:
        known.made_up((relation.total, COUNCIL, 0), *((part, COUNCIL, 0) for part in relation.parts))

    for name in set(published) - to_hide(cells, relations, published, smallest):
        known.read([(name, COUNCIL, 0)], cells[name], cells[name])

    assert worked_out(known, smallest) == {}


@st.composite
def shares_by_team(pick: st.DrawFn) -> tuple[dict[int, list[int]], dict[str, dict[str, int]]]:
    """(teams of each service, how many of how many in each place), as readers of performance see them."""
    teams = pick(st.lists(st.integers(0, 3), min_size=1, max_size=3))
    services = {n: [10 * n + t for t in range(many)] for n, many in enumerate(teams, start=1)}
    found: dict[str, dict[str, int]] = {}

    def put(scope: str, count: int, rest: int) -> None:
        found[scope] = {"count": count, "rest": rest, "of": count + rest}

    numbers = st.sampled_from((0, 0, 1, 2, 3, 5, 8, 20))
    for service, those in services.items():
        for team in those:
            put(f"team:{team}", pick(numbers), pick(numbers))
        both = [found[f"team:{team}"] for team in those] or [{"count": pick(numbers), "rest": pick(numbers)}]
        put(f"service:{service}", sum(o["count"] for o in both), sum(o["rest"] for o in both))
    ofs = [found[f"service:{service}"] for service in services]
    put(COUNCIL, sum(one["count"] for one in ofs), sum(one["rest"] for one in ofs))
    return services, found


@pytest.mark.rule("SG-03", "PF-08")
@TRIED
@given(places=shares_by_team(), smallest=st.sampled_from((3, 5, 8)))
def test_figures_of_performance_give_no_small_number_away(
    places: tuple[dict[int, list[int]], dict[str, dict[str, int]]], smallest: int
) -> None:
    services, counts = places
    parts = parts_of_council(services)
    known = Knowledge({(kind, scope, 0): n for scope, of in counts.items() for kind, n in of.items()})
    for scope in counts:
        known.made_up(("of", scope, 0), ("count", scope, 0), ("rest", scope, 0))
    for whole, those in parts.items():
        for kind in ("count", "rest", "of") if those else ():
            known.made_up((kind, whole, 0), *((kind, one, 0) for one in those))

    hidden = hidden_counts(counts, parts, counts, smallest)
    for scope in set(counts) - hidden:
        for kind, number in counts[scope].items():
            known.read([(kind, scope, 0)], number, number)

    assert worked_out(known, smallest) == {}
