"""`make bench-year`: how long a rehearsal of a whole year takes, and how it grows with the council."""

import csv
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from bot.demo.lists import CASE_HEADINGS, STAFF_HEADINGS
from bot.demo.places import AREAS
from bot.rehearsal.conditions import Conditions
from bot.rehearsal.council import a_council_of_lists
from bot.rehearsal.whole import rehearse

FROM = date(2026, 4, 1)
MONTHS = 12
SEED = 11
TEAM_SIZE = 10
PLANS = ("Child in Need", "Child Protection", "Child in Care", "Assessment", "Early Help")


@dataclass(frozen=True, slots=True)
class Size:
    """A made-up council."""

    teams: int
    services: int
    consultants: int
    chairs: int
    officers: int
    """Independent reviewing officers."""
    cases: int

    @property
    def auditors(self) -> int:
        """Everyone in the pool: one manager for each team, and who belongs to none."""
        return self.teams + self.services + self.consultants + self.chairs + self.officers + 1


AIMS = {"small": 20, "large": 200}
"""Seconds."""
SIZES = {
    "small": Size(teams=40, services=6, consultants=6, chairs=4, officers=3, cases=2_000),
    "large": Size(teams=400, services=60, consultants=69, chairs=40, officers=30, cases=20_000),
}


def _called(number: int, part: str) -> str:
    """A name that nobody bears: a number in syllables, and what they are here."""
    syllables = [a + b for a in "bdfgklmnprst" for b in "aeiou"]
    made = ""
    for _ in range(3):
        number, place = divmod(number, len(syllables))
        made += syllables[place]
    return f"{made.capitalize()} {part}"


def _mail(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@bench.example"


def staff_rows(size: Size) -> Iterator[dict[str, str]]:
    """The staff list."""

    def member(name: str, posts: str, **more: str) -> dict[str, str]:
        known = {"Name": name, "E-mail": _mail(name), "Posts": posts}
        return {heading: {**known, **more}.get(heading, "") for heading in STAFF_HEADINGS}

    yield member("Dana Director", "Director of Children's Services")
    yield member("Ash Assurance", "AD Quality Assurance")
    yield member("Cary Care", "AD Social Care and Early Help")
    yield member("Sal Quality", "SM Quality Assurance")
    yield member("Ollie Officer", "Quality assurance officer")
    yield member("Oakley Officer", "Quality assurance officer")
    yield member("Perry Project", "Practice model project manager")
    yield member("Pat Principal", "Principal social worker")
    for kind, posts, number in (
        ("Consultant", "Practice consultant", size.consultants),
        ("Chair", "Child protection chair", size.chairs),
        ("Reviewer", "Independent reviewing officer", size.officers),
    ):
        for place in range(number):
            yield member(_called(place, kind), posts)
    for service in range(size.services):
        name = _called(service, "Head")
        yield member(name, "Service manager", Service=_service(service), Manager=_mail("Cary Care"))
    for team in range(size.teams):
        service = team % size.services
        here = {"Team": f"Team {team}", "Service": _service(service)}
        manager = _called(team, "Manager")
        yield member(manager, "Team manager", Manager=_mail(_called(service, "Head")), **here)
        for place in range(TEAM_SIZE):
            name = _called(team * TEAM_SIZE + place, "Worker")
            yield member(name, "Social worker", Manager=_mail(manager), **here)


def _service(number: int) -> str:
    return AREAS[number].service if number < len(AREAS) else f"Service {number}"


def case_rows(size: Size) -> Iterator[dict[str, str]]:
    """The case list."""
    chance = Random(SEED)
    for number in range(size.cases):
        worker = number % (size.teams * TEAM_SIZE)
        team = worker // TEAM_SIZE
        plan = chance.choice(PLANS)
        chairs = {"Child Protection": ("Chair", size.chairs), "Child in Care": ("Reviewer", size.officers)}
        part, many = chairs.get(plan, ("", 1))
        chair = _mail(_called(chance.randrange(many), part)) if part else ""
        opened = FROM - timedelta(days=chance.randint(20, 700))
        yield {
            "Reference": f"BX-{100_000 + number}",
            "Team": f"Team {team}",
            "Lead practitioner": _mail(_called(worker, "Worker")),
            "Supervising manager": _mail(_called(team, "Manager")),
            "Chair or reviewing officer": chair,
            "Plan type": plan,
            "Gender": chance.choice(("Male", "Female")),
            "Age": str(chance.randint(0, 17)),
            "Ethnicity": chance.choice(("White British", "Pakistani", "Black African", "Indian")),
            "Opened on": f"{opened:%d/%m/%Y}",
            "Opening contact on": f"{opened - timedelta(days=3):%d/%m/%Y}",
        }


def write(path: Path, headings: Sequence[str], rows: Iterator[dict[str, str]]) -> Path:
    """A list as a council's system exports it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headings)
        writer.writeheader()
        writer.writerows(rows)
    return path


def measure(name: str) -> dict[str, float]:
    """One council's year, from the lists to the finished folder."""
    size = SIZES[name]
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        staff = write(folder / "staff.csv", STAFF_HEADINGS, staff_rows(size))
        cases = write(folder / "cases.csv", CASE_HEADINGS, case_rows(size))
        conditions = Conditions(FROM, MONTHS)
        began = time.perf_counter()
        with a_council_of_lists(conditions, staff, cases) as council:
            done, _ = rehearse(council, conditions, folder / "out")
        seconds = time.perf_counter() - began
    return {
        "seconds": round(seconds, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "notices": len(done.sent),
        "presses": done.presses.total(),
        "cards": sum(one.medium == "teams" for one in done.sent),
    }


def main(names: Sequence[str]) -> int:
    """Each council in a process of its own, so that its peak memory is its own."""
    found, aims = {}, []
    for name in names or list(SIZES):
        size = SIZES[name]
        print(f"{name}: {size.auditors} auditors, {size.teams * TEAM_SIZE} practitioners, {size.cases} cases")
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            found[name] = pool.apply(measure, (name,))
        ratio = found[name]["seconds"] / AIMS[name]
        print(f"  {found[name]}: {ratio:.2f} times {AIMS[name]} s (aim: at most 1)", flush=True)
        aims.append(ratio <= 1)
    if len(found) == len(SIZES):
        growth = found["large"]["seconds"] / found["small"]["seconds"]
        grown = SIZES["large"].cases / SIZES["small"].cases
        print(f"{growth:.1f} times as long for {grown:.0f} times the council (aim: no more)")
        aims.append(growth <= grown)
    print(json.dumps(found))
    return 0 if all(aims) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
