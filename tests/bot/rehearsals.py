"""A small council's lists for rehearsals: two services, two teams, six auditors."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from bot.demo.lists import CASE_HEADINGS, STAFF_HEADINGS

FROM = date(2026, 4, 1)

_STAFF = (
    ("Dana Director", "AD Quality Assurance", "", "", "", ""),
    ("Oli Officer", "Quality assurance officer", "", "", "", ""),
    ("Perry Project", "Practice model project manager", "", "", "", ""),
    ("Pat Principal", "Principal social worker", "", "", "", ""),
    ("Fran First", "Practice consultant", "", "", "", ""),
    ("Sol Second", "Practice consultant", "", "", "", ""),
    ("Shay Conifer", "Service manager", "", "Conifers", "Dana Director", ""),
    ("Bo Bramble", "Service manager", "", "Brambles", "Dana Director", ""),
    ("Toni Pine", "Team manager", "Conifers 1", "Conifers", "Shay Conifer", ""),
    ("Robin Rose", "Team manager", "Brambles 1", "Brambles", "Bo Bramble", ""),
    ("Alex Larch", "Social worker", "Conifers 1", "Conifers", "Toni Pine", ""),
    ("Lee Juniper", "Social worker", "Conifers 1", "Conifers", "Toni Pine", ""),
    ("Kit Thorn", "Social worker", "Brambles 1", "Brambles", "Robin Rose", ""),
    ("Jo Sloe", "Social worker", "Brambles 1", "Brambles", "Robin Rose", ""),
)


def write_lists(
    folder: Path, *, extra: Sequence[tuple[str, ...]] = (), leave: dict[str, str] | None = None
) -> tuple[Path, Path]:
    """The staff list and the case list; `extra` are rows of staff, `leave` days by name."""
    folder.mkdir(parents=True, exist_ok=True)
    staff, cases = folder / "staff.csv", folder / "cases.csv"
    with staff.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, STAFF_HEADINGS, restval="")
        writer.writeheader()
        for name, posts, team, service, manager, days in (*_STAFF, *extra):
            writer.writerow(
                {
                    "Name": name,
                    "E-mail": mail(name),
                    "Posts": posts,
                    "Team": team,
                    "Service": service,
                    "Manager": mail(manager) if manager else "",
                    "Working days": days,
                    "Leave dates": (leave or {}).get(name, ""),
                }
            )
    with cases.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, CASE_HEADINGS, restval="")
        writer.writeheader()
        for number in range(40):
            name, team, manager = (
                ("Alex Larch", "Conifers 1", "Toni Pine"),
                ("Lee Juniper", "Conifers 1", "Toni Pine"),
                ("Kit Thorn", "Brambles 1", "Robin Rose"),
                ("Jo Sloe", "Brambles 1", "Robin Rose"),
            )[number % 4]
            opened = FROM - timedelta(days=20 + 9 * number)
            writer.writerow(
                {
                    "Reference": f"CF-{7000 + number}",
                    "Team": team,
                    "Lead practitioner": mail(name),
                    "Supervising manager": mail(manager),
                    "Plan type": ("Child in Need", "Child Protection")[number % 2],
                    "Gender": ("Female", "Male")[number // 2 % 2],
                    "Age": str(number % 18),
                    "Ethnicity": ("White British", "Pakistani")[number // 3 % 2],
                    "Opened on": f"{opened:%d/%m/%Y}",
                    "Opening contact on": f"{opened:%d/%m/%Y}",
                }
            )
    return staff, cases


def mail(name: str) -> str:
    """Somebody's e-mail address."""
    return f"{name.lower().replace(' ', '.')}@exampleshire.example"
