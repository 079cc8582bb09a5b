"""The two spreadsheets of the make-believe council, as its systems might export them.

The same seed gives the same people and cases; only days move with the month.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from bot.demo.names import made_up_names
from bot.demo.places import AGES, AREAS, ETHNICITIES, GENDERS, Area
from domain.days import month_end

SEED = 41
MAIL_DOMAIN = "larkshire.example"

STAFF_HEADINGS = (
    "Name", "E-mail", "Directory id", "Posts", "Team", "Service", "Manager", "Working days", "Leave dates",
    "Cover",
)  # fmt: skip
CASE_HEADINGS = (
    "Reference", "Team", "Lead practitioner", "Supervising manager", "Chair or reviewing officer",
    "Plan type", "Gender", "Age", "Ethnicity", "Opened on", "Opening contact on",
)  # fmt: skip

_OFFICES = (
    ("Director of Children's Services", ""),
    ("AD Quality Assurance", ""),
    ("AD Social Care and Early Help", ""),
    ("SM Quality Assurance", ""),
    ("SM Impact and Intelligence", ""),
    ("Quality assurance officer", "Mon-Thu"),
    ("Quality assurance officer", ""),
    ("Practice model project manager", ""),
    ("Performance officer", ""),
    ("Principal social worker", ""),
    ("Practice consultant", ""),
    ("Practice consultant", "Mon, Tue, Wed"),
    ("Child protection chair", ""),
    ("Child protection chair", ""),
    ("Independent reviewing officer", ""),
    ("Independent reviewing officer", ""),
)
"""Posts outside the services, with the working days where they are not the usual five."""


@dataclass(frozen=True, slots=True)
class Member:
    """A row of the staff list."""

    name: str
    email: str
    directory_id: str
    posts: str
    team: str = ""
    service: str = ""
    manager: str = ""
    """E-mail address."""
    days: str = ""
    leave: str = ""
    cover: str = ""
    """E-mail address."""


_COUNCILLOR = Member(
    name="Marguerite Willowmere",
    email=f"marguerite.willowmere@{MAIL_DOMAIN}",
    directory_id="6c61726b-7368-4972-a500-000000000099",
    posts="Lead Member for Children",
)
"""Named here and not drawn, so that everybody else keeps the name they had (PF-08)."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Everything the demo council brings in."""

    staff: tuple[Member, ...]
    cases: tuple[Mapping[str, str], ...] = field(repr=False)
    """Rows by heading."""

    def write(self, folder: Path) -> tuple[Path, Path]:
        """The two files, staff first."""
        folder.mkdir(parents=True, exist_ok=True)
        staff, cases = folder / "staff.csv", folder / "cases.csv"
        _write(staff, STAFF_HEADINGS, ([*_staff_row(member)] for member in self.staff))
        _write(cases, CASE_HEADINGS, ([row[heading] for heading in CASE_HEADINGS] for row in self.cases))
        return staff, cases


def make_lists(month_on: date, listed_on: date, seed: int = SEED) -> Lists:
    """Staff and cases as on the day of listing, for a round in the month that begins on `month_on`."""
    random = Random(seed)  # noqa: S311 - repeatable make-believe, not a secret
    staff = _staff(random, month_on)
    return Lists((*staff, _COUNCILLOR), tuple(_cases(random, staff, listed_on)))


def _staff(random: Random, month_on: date) -> tuple[Member, ...]:
    names = made_up_names(random)

    def member(posts: str, **more: str) -> Member:
        name = next(names)
        email = f"{name.lower().replace(' ', '.')}@{MAIL_DOMAIN}"
        directory_id = str(UUID(int=random.getrandbits(128), version=4))
        return Member(name, email, directory_id, posts, **more)

    offices = [member(posts, days=days) for posts, days in _OFFICES]
    director, ad_qa, ad_care = offices[:3]
    people = [director, *(replace(one, manager=director.email) for one in (ad_qa, ad_care))]
    people += [replace(one, manager=ad_qa.email) for one in offices[3:]]
    # One reviewing officer is away all month, so that the proposal has something to say about it.
    people[-1] = replace(people[-1], leave=f"{month_on:%d/%m/%Y}-{month_end(month_on):%d/%m/%Y}")
    heads = [member("Service manager", service=area.service, manager=ad_care.email) for area in AREAS]
    people += [replace(head, cover=heads[(place + 1) % len(heads)].email) for place, head in enumerate(heads)]
    for area, head in zip(AREAS, heads, strict=True):
        for team, workers in area.teams.items():
            here = {"team": team, "service": area.service}
            manager = member("Team manager", manager=head.email, **here)
            people.append(manager)
            line = manager
            if area.has_assistant and team == next(iter(area.teams)):
                line = member("Assistant team manager", manager=manager.email, days="Mon-Thu", **here)
                people.append(line)
            for number in range(workers):
                # The assistant leads some of the team, the manager the rest.
                people.append(member(area.worker, manager=(line if number else manager).email, **here))
    return tuple(people)


def _cases(random: Random, staff: Iterable[Member], listed_on: date) -> Iterator[Mapping[str, str]]:
    everyone = tuple(staff)
    chairs = [one.email for one in everyone if one.posts == "Child protection chair"]
    officers = [one.email for one in everyone if one.posts == "Independent reviewing officer"]
    numbers = random.sample(range(10_000, 60_000), sum(area.cases for area in AREAS))
    for area in AREAS:
        workers = [one for one in everyone if one.service == area.service and one.posts == area.worker]
        # Caseloads are uneven, as they are: the longest serving hold most.
        loads = [random.uniform(0.7, 1.3) for _ in workers]
        for _ in range(area.cases):
            worker = random.choices(workers, loads)[0]
            plan = _pick(random, area.plans)
            chair = {"Child Protection": chairs, "Child in Care": officers}.get(plan, [])
            yield {
                "Reference": f"{area.prefix}-{numbers.pop()}",
                "Team": worker.team,
                "Lead practitioner": worker.email,
                "Supervising manager": worker.manager,
                "Chair or reviewing officer": random.choice(chair) if chair else "",
                "Plan type": plan,
                **_child(random, area, plan),
                **_opened(random, plan, listed_on),
            }


def _child(random: Random, area: Area, plan: str) -> dict[str, str]:
    """What the mix needs to know, and no more: no name, no date of birth."""
    youngest, oldest = AGES[plan]
    return {
        "Gender": _pick(random, GENDERS),
        "Age": str(random.randint(youngest, oldest)),
        "Ethnicity": _pick(random, {**ETHNICITIES, **area.ethnicities}),
    }


def _opened(random: Random, plan: str, listed_on: date) -> dict[str, str]:
    longest = 90 if plan == "Assessment" else 900
    opened_on = listed_on - timedelta(days=random.randint(5, longest))
    contact_on = opened_on - timedelta(days=random.randint(0, 12))
    return {"Opened on": f"{opened_on:%d/%m/%Y}", "Opening contact on": f"{contact_on:%d/%m/%Y}"}


def _pick(random: Random, weights: Mapping[str, int]) -> str:
    return random.choices(list(weights), list(weights.values()))[0]


def _staff_row(one: Member) -> Iterator[str]:
    yield from (one.name, one.email, one.directory_id, one.posts, one.team, one.service, one.manager)
    yield from (one.days, one.leave, one.cover)


def _write(path: Path, headings: Iterable[str], rows: Iterable[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(rows)
