"""Plans a round for a small and a large council and measures time, memory and how near the mix comes.

Each size runs in a process of its own, so that its peak memory is its own. The reference is drawn in the
same process: 1,000 simple random draws of as many cases from the same caseload, every open case as likely as
any other, free of every rule the plan has to keep. Run with `make bench-allocation`.
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

MONTH_ON = date(2026, 5, 1)
RANDOM_DRAWS = 1_000
POPULATION_SEED = 20_260_501
PLAN_SEED = 7
AIM_RATIO = 0.25

PLANS = {
    "child in need": 34,
    "child protection": 15,
    "child looked after": 19,
    "care leaver": 11,
    "early help": 12,
    "assessment": 5.5,
    "short breaks": 2.3,
    "private fostering": 0.7,
    "no recourse to public funds": 0.5,
}
GENDERS = {"male": 51.5, "female": 46.7, "another or not known": 1.8}
AGES = {"unborn": 1.9, "0 to 4": 24, "5 to 9": 25, "10 to 15": 31, "16 to 17": 11, "18 and over": 7.1}
ETHNICITIES = {
    "White British": 58,
    "White other": 7,
    "White Irish": 0.8,
    "Gypsy or Roma": 1.1,
    "Traveller": 0.5,
    "White and Black Caribbean": 4.2,
    "White and Asian": 2.1,
    "White and Black African": 1.6,
    "other mixed": 2.9,
    "Indian": 1.7,
    "Pakistani": 5.4,
    "Bangladeshi": 2.6,
    "Chinese": 0.4,
    "other Asian": 2.2,
    "Black African": 4.6,
    "Black Caribbean": 2.2,
    "other Black": 1.2,
    "other": 1.5,
}
SERVICE_WEIGHTS = (14, 24, 22, 20, 8, 12)


@dataclass(frozen=True)
class Size:
    """How large a council is."""

    name: str
    auditors: int
    cases: int
    practitioners: int
    teams: int
    seconds_aim: float
    mb_aim: float

    @property
    def due(self) -> int:
        """Two places in three are bound to practitioners due: 40 of 60."""
        return self.auditors * 2 // 3


SIZES = {
    "small": Size("small", 60, 800, 96, 14, 20, 1_536),
    "large": Size("large", 2_000, 100_000, 8_000, 560, 20, 1_536),
}


def skewed(random: Random, weights: dict[str, float], strength: float) -> tuple[list[str], list[float]]:
    """Categories with cumulative weights that wander from the council's own, as teams' do."""
    return list(weights), list(
        accumulate(weight * random.gammavariate(strength, 1 / strength) for weight in weights.values())
    )


def population(size: Size):  # type: ignore[no-untyped-def]
    """A made-up council of this size: skewed categories, each team with a mix of its own."""
    from domain.allocation import AuditorIn, CaseIn, Population, PractitionerIn

    random = Random(POPULATION_SEED)
    cumulative = list(accumulate(SERVICE_WEIGHTS))
    services = list(range(1, 7))
    team_ids = list(range(1, size.teams + 1))
    service_of = {
        team: services[number] if number < 6 else random.choices(services, cum_weights=cumulative)[0]
        for number, team in enumerate(team_ids)
    }
    auditors = []
    reviewers = []
    for number in range(size.auditors):
        person = 100_000 + number
        if number < size.teams * 2 and number < size.auditors * 7 // 10:
            team = team_ids[number % size.teams]
            auditors.append(AuditorIn(person, team, service_of[team], random.randrange(5)))
        else:
            reviewers.append(person)
            service = random.choice([*services, 7, 7, 7])
            auditors.append(AuditorIn(person, None, service, random.randrange(5)))
    manager_of = {one.team_id: one.person_id for one in reversed(auditors) if one.team_id is not None}

    staff = list(range(1, size.practitioners + 1))
    team_of = {
        person: team_ids[number] if number < size.teams else random.choice(team_ids)
        for number, person in enumerate(staff)
    }
    mixes = {
        team: (
            skewed(random, PLANS, 1.0),
            skewed(random, GENDERS, 20),
            skewed(random, AGES, 3.0),
            skewed(random, ETHNICITIES, 1.5),
        )
        for team in team_ids
    }
    loads = list(accumulate(random.uniform(0.3, 1.7) for _ in staff))
    cases = []
    for number in range(size.cases):
        person = staff[number] if number < len(staff) else random.choices(staff, cum_weights=loads)[0]
        team = team_of[person]
        plan, gender, age, ethnicity = (
            random.choices(names, cum_weights=weights)[0] for names, weights in mixes[team]
        )
        chaired = plan in {"child protection", "child looked after"}
        cases.append(
            CaseIn(
                number + 1,
                person,
                team,
                service_of[team],
                plan,
                gender,
                age,
                ethnicity,
                supervisor_id=manager_of.get(team),
                chair_id=random.choice(reviewers) if chaired else None,
            )
        )
    due = set(random.sample(staff, size.due))
    practitioners = []
    for person in staff:
        if person not in due:
            audited = MONTH_ON - timedelta(days=random.randrange(1, 300))
        elif random.random() < 0.2:
            audited = None
        else:
            audited = MONTH_ON - timedelta(days=random.randrange(310, 480))
        practitioners.append(PractitionerIn(person, audited))
    pairs = frozenset(
        (random.choice(auditors).person_id, random.choice(staff)) for _ in range(size.auditors * 5)
    )
    return Population(MONTH_ON, tuple(auditors), tuple(cases), tuple(practitioners), pairs)


def random_deviations(council, places: int) -> tuple[list[float], list[float]]:  # type: ignore[no-untyped-def]
    """Mean and largest deviation, in percentage points, of each simple random draw."""
    import numpy as np

    from domain.allocation import Attribute

    columns, wholes = [], []
    for attribute in Attribute:
        values = [attribute.of(case) for case in council.cases]
        place = {value: number for number, value in enumerate(dict.fromkeys(values))}
        columns.append(np.array([place[value] for value in values]))
        wholes.append(np.bincount(columns[-1]) / len(values))
    generator = np.random.default_rng(PLAN_SEED)
    means, largest = [], []
    for _ in range(RANDOM_DRAWS):
        drawn = generator.choice(len(council.cases), places, replace=False)
        off = np.concatenate(
            [
                np.abs(np.bincount(column[drawn], minlength=len(whole)) / places - whole)
                for column, whole in zip(columns, wholes, strict=True)
            ]
        )
        means.append(100 * float(off.mean()))
        largest.append(100 * float(off.max()))
    return means, largest


def measure(size: Size) -> dict[str, float | int]:
    """One plan of this size, checked, beside the random draws."""
    from domain.allocation import plan_round
    from domain.conflicts import conflicts_between

    council = population(size)
    before, before_cpu = time.perf_counter(), time.process_time()
    plan = plan_round(council, seed=PLAN_SEED)
    seconds, cpu_seconds = time.perf_counter() - before, time.process_time() - before_cpu
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    auditors = {one.person_id: one for one in council.auditors}
    cases = {one.case_id: one for one in council.cases}
    broken = sum(bool(conflicts_between(auditors[one.auditor_id], cases[one.case_id])) for one in plan.places)
    off = [abs(line.deviation_pp) for lines in plan.mix.values() for line in lines]
    means, largest = random_deviations(council, len(plan.places))
    return {
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu_seconds, 2),
        "peak_mb": round(peak_mb, 1),
        "mean_dev_pp": round(statistics.mean(off), 4),
        "max_dev_pp": round(max(off), 4),
        "random_mean_dev_pp": round(statistics.median(means), 4),
        "random_max_dev_pp": round(statistics.median(largest), 4),
        "practitioners_due_covered": plan.due.covered,
        "practitioners_due_possible": plan.due.possible,
        "practitioners_due": plan.due.practitioners,
        "hard_conflicts": broken,
        "places": len(plan.places),
        "auditors": len(council.auditors),
        "own_service": sum(one.kind == "own_service" for place in plan.places for one in place.reasons),
        "repeat_pairs": sum(one.kind == "repeat_pair" for place in plan.places for one in place.reasons),
        "categories": len(off),
        "rare_categories": sum(line.caseload_share < 0.03 for lines in plan.mix.values() for line in lines),
        "best_mix": int(all(one.kind != "not_best" for one in plan.gave_way)),
    }


def tell(size: Size, found: dict[str, float | int]) -> None:
    """Print what was done, each figure and its ratio to the reference."""
    places, seconds, peak = found["places"], found["seconds"], found["peak_mb"]
    mean, random_mean = found["mean_dev_pp"], found["random_mean_dev_pp"]
    most, random_most = found["max_dev_pp"], found["random_max_dev_pp"]
    for line in (
        "",
        f"{size.name}: {found['auditors']} auditors, {size.cases} cases, {size.practitioners} practitioners, "
        f"{size.teams} teams; {found['categories']} categories, {found['rare_categories']} under 3 %",
        f"  placed {places} of {found['auditors']} auditors; "
        f"hard conflicts {found['hard_conflicts']} (aim 0), "
        f"own service {found['own_service']}, repeat pairs {found['repeat_pairs']}",
        f"  practitioners due {found['practitioners_due']}; could be covered "
        f"{found['practitioners_due_possible']}, covered {found['practitioners_due_covered']}",
        f"  mean deviation {mean:.3f} pp; median of {RANDOM_DRAWS} simple random draws of {places} cases "
        f"{random_mean:.3f} pp: ratio {mean / random_mean:.3f} (aim at 60 auditors: {AIM_RATIO})",
        f"  largest deviation {most:.3f} pp; median of the same draws {random_most:.3f} pp: "
        f"ratio {most / random_most:.3f}",
        f"  {seconds:.2f} s on one core ({found['cpu_seconds']:.2f} s of processor time), "
        f"{seconds / size.seconds_aim:.2f} of the {size.seconds_aim:.0f} s aimed at; "
        f"peak {peak:.0f} MB, {peak / size.mb_aim:.2f} of the {size.mb_aim:.0f} MB aimed at",
    ):
        print(line)


def main() -> None:
    """Measure the size named on the command line, or both in processes of their own."""
    if len(sys.argv) == 2:
        print(json.dumps(measure(SIZES[sys.argv[1]])))
        return
    found: dict[str, dict[str, float | int]] = {}
    print("Planning a round; the made-up councils have skewed categories and each team a mix of its own.")
    print("Peak memory includes the made-up council. Random draws are bound by no rule the plan has to keep.")
    for name, size in SIZES.items():
        answer = subprocess.run(
            [sys.executable, "-m", "bench.allocation", name], check=True, capture_output=True, text=True
        )
        found[name] = json.loads(answer.stdout.splitlines()[-1])
        tell(size, found[name])
    print()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
