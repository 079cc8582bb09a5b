"""What is known, in the shape in which lists come, so that the two can be compared."""

from domain.intake_lists import CaseRow, KnownStaff, StaffRow
from storage.work import View


def known_staff(view: View) -> tuple[KnownStaff, ...]:
    """Everyone ever on a staff list."""
    everyone = {p.id: p for p in view.people.everyone(with_leavers=True)}
    teams, services = view.people.teams(), view.people.services()

    def email(person_id: int | None) -> str | None:
        return everyone[person_id].email if person_id is not None else None

    return tuple(
        KnownStaff(
            StaffRow(
                name=p.name,
                email=p.email,
                posts=p.posts,
                directory_id=p.directory_id,
                team=teams[p.team_id].name if p.team_id is not None else None,
                service=services[p.service_id].name if p.service_id is not None else None,
                manager_email=email(p.manager_id),
                is_auditor=p.is_auditor,
                working_days=p.working_days,
                leave=p.leave,
                cover_email=email(p.cover_id),
            ),
            left_on=p.left_on,
        )
        for p in everyone.values()
    )


def known_cases(view: View) -> tuple[CaseRow, ...]:
    """Every case ever on a case list."""
    email = {p.id: p.email for p in view.people.everyone(with_leavers=True)}
    teams = view.people.teams()
    return tuple(
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
        for c in view.cases.everything()
    )
