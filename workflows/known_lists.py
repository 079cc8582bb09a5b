"""What is known, in the shape in which lists come, so that the two can be compared."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.intake_lists import CaseRow, KnownStaff, StaffRow
from storage.work import View


@dataclass(frozen=True, slots=True)
class KnownLists:
    """What staff and cases were at one moment, and the ids behind the names that lists use."""

    mark: tuple[int, ...]
    """Another one as soon as any of this has changed."""
    staff: tuple[KnownStaff, ...]
    """Everyone ever on a staff list."""
    person_ids: Mapping[str, int]
    """By e-mail address, folded."""
    cases: tuple[CaseRow, ...]
    """Every case ever on a case list; none when they were not asked for."""
    case_ids: Mapping[str, int]
    """By reference, folded."""
    team_ids: Mapping[str, int]
    """By name, folded."""


def lists_known(view: View, *, with_cases: bool) -> KnownLists:
    """What is known as this transaction sees it; cases only when asked for, since they may be many."""
    everyone = {p.id: p for p in view.people.everyone(with_leavers=True)}
    email = {person_id: p.email for person_id, p in everyone.items()}
    teams = view.people.teams()
    services = view.people.services()
    staff = tuple(
        KnownStaff(
            StaffRow(
                name=p.name,
                email=p.email,
                posts=p.posts,
                directory_id=p.directory_id,
                team=teams[p.team_id].name if p.team_id is not None else None,
                service=services[p.service_id].name if p.service_id is not None else None,
                manager_email=email[p.manager_id] if p.manager_id is not None else None,
                is_auditor=p.is_auditor,
                working_days=p.working_days,
                leave=p.leave,
                cover_email=email[p.cover_id] if p.cover_id is not None else None,
            ),
            left_on=p.left_on,
        )
        for p in everyone.values()
    )
    found = view.cases.everything() if with_cases else ()
    cases = tuple(
        CaseRow(
            reference=c.reference,
            team=teams[c.team_id].name,
            practitioner_email=email[c.practitioner_id],
            plan_type=c.plan_type,
            gender=c.gender,
            age_band=c.age_band,
            ethnicity=c.ethnicity,
            opened_on=c.opened_on,
            supervisor_email=email[c.supervisor_id] if c.supervisor_id is not None else None,
            chair_email=email[c.chair_id] if c.chair_id is not None else None,
            opening_contact_on=c.opening_contact_on,
            closed_on=c.closed_on,
        )
        for c in found
    )
    return KnownLists(
        mark=view.people.lists_mark(),
        staff=staff,
        person_ids={p.email.casefold(): p.id for p in everyone.values()},
        cases=cases,
        case_ids={c.reference.casefold(): c.id for c in found},
        team_ids={team.name.casefold(): team.id for team in teams.values()},
    )
