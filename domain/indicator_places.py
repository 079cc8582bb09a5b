"""Whom a row of a list of indicators is about: services and teams by any of their names, people, cases.

Source: PF-01, Q28, SG-01.
"""

from collections.abc import Iterable, Mapping

from domain.framework import Framework, folded
from domain.intake_child import read_reference
from domain.intake_lists import KnownStaff
from domain.intake_names import StaffIndex

_WHOLE = frozenset(
    {"council", "wholecouncil", "all", "allservices", "allteams", "total", "overall", "wholeservice",
     "authority", "la", "localauthority", "directorate", "childrensservices"}
)  # fmt: skip


class Places:
    """Services, teams, people and cases under the names that lists use."""

    def __init__(
        self,
        framework: Framework,
        *,
        services: Iterable[str],
        teams: Iterable[tuple[str, str]],
        staff: Iterable[KnownStaff],
        case_teams: Mapping[str, tuple[str, str]],
    ) -> None:
        """`teams` are (team, service); `case_teams` leads from a folded reference to (service, team)."""
        self._framework = framework
        self._services = {folded(name): name for name in services}
        self._teams: dict[str, list[tuple[str, str]]] = {}
        for team, service in teams:
            self._teams.setdefault(folded(team), []).append((service, team))
        everyone = list(staff)
        self._here = StaffIndex.of(known.row for known in everyone if known.left_on is None)
        self._ever = StaffIndex.of(known.row for known in everyone)
        self._team_of = {
            known.row.email.casefold(): (known.row.service or "", known.row.team)
            for known in everyone
            if known.row.team
        }
        self._case_teams = case_teams
        self._people: dict[str, str | ValueError] = {}

    def place(self, service: str, team: str, area: str) -> tuple[str, str]:
        """(service, team) by their names in the lists; both empty for the council. Raises ValueError."""
        of = self._service(service) if service and folded(service) not in _WHOLE else ""
        if team and folded(team) not in _WHOLE:
            return self._team(team, of)
        if not area or folded(area) in _WHOLE:
            return of, ""
        if folded(area) in self._teams:
            return self._team(area, of)
        try:
            return self._service(area), ""
        except ValueError:
            raise ValueError(
                "No service and no team has this name. Correct it, or import the staff first."
            ) from None

    def person(self, text: str) -> str:
        """The practitioner's e-mail address; a leaver may have figures of before. Raises ValueError."""
        if text not in self._people:
            try:
                self._people[text] = self._look_up(text)
            except ValueError as wrong:
                self._people[text] = wrong
        found = self._people[text]
        if isinstance(found, ValueError):
            raise found
        return found

    def reference(self, text: str) -> str:
        """The case reference; never a name. Raises ValueError."""
        return read_reference(text)

    def knows_case(self, reference: str) -> bool:
        """Whether the case was ever on a case list."""
        return reference.casefold() in self._case_teams

    def team_of(self, email: str, reference: str) -> tuple[str, str]:
        """(service, team) of a case or person named without one. Raises ValueError."""
        found = self._case_teams.get(reference.casefold()) if reference else None
        found = found or self._team_of.get(email.casefold())
        if found is None:
            raise ValueError("Nobody knows whose team this is. Give the team as well.")
        return found

    def _look_up(self, text: str) -> str:
        try:
            return self._here.find(text, "among the staff")
        except ValueError:
            if self._ever.knows(text):
                return self._ever.find(text, "or was among the staff")
            raise

    def _service(self, text: str) -> str:
        found = self._services.get(folded(text))
        named = self._framework.service_named(text)
        found = found or (self._services.get(folded(named)) if named else None)
        if found is None:
            raise ValueError("No service has this name. Correct it, or import the staff first.")
        return found

    def _team(self, text: str, service: str) -> tuple[str, str]:
        found = self._teams.get(folded(text), [])
        of_service = [one for one in found if not service or one[0] == service]
        if len(of_service) > 1:
            raise ValueError("Several services have a team of this name. Give the service as well.")
        if not of_service:
            if found:
                raise ValueError(f"This team belongs to {found[0][0]}. Correct the service or the team.")
            raise ValueError("No team has this name. Correct it, or import the staff first.")
        return of_service[0]
