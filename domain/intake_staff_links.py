"""What a staff list must get right between its rows: one person a row, one service a team, managers in line.

Source: Q8.
"""

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from domain.framework import Framework
from domain.intake import Problem, Remark, Row, listed
from domain.intake_lists import StaffRow
from domain.intake_names import StaffIndex
from domain.people import Post

TEAM_POSTS = frozenset({Post.PRACTITIONER, Post.ATM, Post.TM})
"""Posts that sit in a team; without it nobody could tell whose work is whose own team's (Q8)."""

_IN_THE_LIST = "in this list, and whoever is missing from it is marked as left"


def link_people(
    rows: Sequence[Row], people: Sequence[StaffRow], framework: Framework
) -> tuple[tuple[StaffRow, ...], tuple[Problem, ...], tuple[Remark, ...]]:
    """The people with service, manager and cover worked out from the whole list, with what is wrong.

    `people[i]` is what `rows[i]` was read as, without manager and cover.
    """
    problems = [*_doubles(rows, people)]
    services, more = _services_of_teams(rows, people)
    problems += more
    wrong_names, remarks = _unknown_services(rows, people, framework)
    problems += wrong_names
    index = StaffIndex.of([person for person in people if person.email])
    councillors = {person.email for person in people if Post.LEAD_MEMBER in person.posts}
    linked = []
    for row, person in zip(rows, people, strict=True):
        service = person.service or (services.get(person.team.casefold()) if person.team else None)
        if service is None and Post.SM in person.posts:
            problems.append(row.problem("service", "Service managers need a service. Name it."))
        manager, wrong_manager = _other_person(row, "manager", person.email, index)
        cover, wrong_cover = _other_person(row, "cover", person.email, index)
        problems += [*wrong_manager, *wrong_cover]
        problems += [
            row.problem(key, "The Lead Member is a councillor, and neither manages nor covers staff.")
            for key, email in (("manager", manager), ("cover", cover))
            if email in councillors
        ]
        linked.append(replace(person, service=service, manager_email=manager, cover_email=cover))
    problems += _circles(rows, linked)
    return tuple(linked), tuple(problems), tuple(remarks)


def _doubles(rows: Sequence[Row], people: Sequence[StaffRow]) -> list[Problem]:
    first_seen: dict[str, int] = {}
    problems = []
    for row, person in zip(rows, people, strict=True):
        for key, value in (("email", person.email), ("directory_id", person.directory_id)):
            if not value:
                continue
            first = first_seen.setdefault(value, row.number)
            if first != row.number:
                fix = f"Row {first} has the same. Give each person one row, with all their posts."
                problems.append(row.problem(key, fix))
    return problems


def _services_of_teams(
    rows: Sequence[Row], people: Sequence[StaffRow]
) -> tuple[dict[str, str], list[Problem]]:
    """Team in lower case to its service, which any row of the team may give."""
    services: dict[str, str] = {}
    first_row: dict[str, int] = {}
    problems = []
    for row, person in zip(rows, people, strict=True):
        if not person.team or not person.service:
            continue
        team = person.team.casefold()
        first_row.setdefault(team, row.number)
        if services.setdefault(team, person.service) != person.service:
            fix = (
                f"A team belongs to one service, and row {first_row[team]} puts “{person.team}” in "
                f"“{services[team]}”. Correct one of the two."
            )
            problems.append(row.problem("service", fix))
    homeless: set[str] = set()
    for row, person in zip(rows, people, strict=True):
        team = person.team.casefold() if person.team else ""
        if team and team not in services and team not in homeless:
            homeless.add(team)
            problems.append(
                row.problem("service", f"No row says which service “{person.team}” belongs to. Name it.")
            )
    return services, problems


def _unknown_services(
    rows: Sequence[Row], people: Sequence[StaffRow], framework: Framework
) -> tuple[list[Problem], list[Remark]]:
    """A near miss of a known service is a slip; another name is a service that the sample need not span."""
    known = {name.casefold(): s.name for s in framework.services for name in (s.name, *s.aliases)}
    problems: list[Problem] = []
    others: dict[str, Row] = {}
    for row, person in zip(rows, people, strict=True):
        service = person.service
        if service is None or framework.service_named(service) is not None:
            continue
        near = get_close_matches(service.casefold(), known, n=1, cutoff=0.85)
        if near:
            problems.append(row.problem("service", f"Did you mean “{known[near[0]]}”? Correct the name."))
        else:
            others.setdefault(service, row)
    remarks = [
        Remark(
            row.number,
            row.headings["service"],
            f"“{service}” is not among the framework's services, so the sample need not span it.",
        )
        for service, row in others.items()
    ]
    return problems, remarks


def _other_person(row: Row, key: str, own_email: str, index: StaffIndex) -> tuple[str | None, list[Problem]]:
    text = row.text(key)
    if not text:
        return None, []
    try:
        email = index.find(text, _IN_THE_LIST)
        if email == own_email:
            raise ValueError("Nobody can be their own manager or cover. Name someone else or leave it empty.")
    except ValueError as wrong:
        return None, [row.problem(key, str(wrong))]
    return email, []


def _circles(rows: Sequence[Row], people: Sequence[StaffRow]) -> list[Problem]:
    """A problem for each circle of people who manage one another, on its first row."""
    manager = {person.email: person.manager_email for person in people if person.email}
    row_of = dict(zip((person.email for person in people), rows, strict=True))
    settled: set[str] = set()
    problems = []
    for start in manager:
        path: dict[str, None] = {}
        here: str | None = start
        while here is not None and here not in settled and here not in path:
            path[here] = None
            here = manager.get(here)
        if here is not None and here in path:
            circle = list(path)[list(path).index(here) :]
            numbers = {row_of[email].number: email for email in circle}
            fix = (
                f"These rows manage one another in a circle: {listed(str(n) for n in sorted(numbers))}. "
                "Correct one of the managers."
            )
            problems.append(row_of[numbers[min(numbers)]].problem("manager", fix))
        settled.update(path)
    return problems
