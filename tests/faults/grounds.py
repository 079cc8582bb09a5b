"""A council with everything to press on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa

from bot.asking import clock
from domain.audits import Audit
from domain.days import local_day
from domain.people import Person, Post
from storage.rounds import RoundRow
from storage.tables import notices
from storage.work import Work
from tests.builders import Staff, a_person, a_submitted_audit
from tests.moderations import Panel, of_proficient_auditors, the_panel
from tests.workflows.caseloads import a_caseload
from workflows.council import Council

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Ground:
    """A council with everything to press on."""

    council: Council
    people: Staff
    panel: Panel
    now: datetime

    def audit(self, build: Callable[..., Audit], **columns: Any) -> Audit:
        """Another audit of the auditor, due in three weeks."""
        month = local_day(self.now).replace(day=1)
        with self.council.write() as work:
            given = {"reference": f"CF-{next(_numbers):04d}", "month": month, "now": self.now}
            due_on = local_day(self.now) + timedelta(days=21)
            built = build(work, people=self.people, **given, due_on=due_on, **columns)
            # Told already: an answer that says how far its card has got would change while it travels.
            work._connection.execute(sa.delete(notices))
            return built

    @property
    def psw(self) -> Person:
        """The principal social worker, who chairs the Panel."""
        return self.panel.psw

    def submitted(self, work: Work, people: Staff, **given: Any) -> Audit:
        """Builds an audit with all its pages, handed in by whom every audit is moderated."""
        return a_submitted_audit(work, self.council, people, **given)

    def unchosen(self, work: Work, people: Staff, **given: Any) -> Audit:
        """Builds the same of an auditor who has proved themselves, so that no rule chooses it."""
        return a_submitted_audit(work, of_proficient_auditors(self.council), people, **given)

    def round(self) -> RoundRow:
        """The newest round as it stands."""
        with self.council.read() as view:
            found = view.rounds.latest()
        assert found is not None
        return found

    def place(self) -> int:
        """The first pair of the newest round."""
        with self.council.read() as view:
            return view.rounds.places(self.round().id)[0].id


def a_ground(council: Council, people: Staff) -> Ground:
    """More auditors and cases than there are presses."""
    with council.write() as work:
        a_caseload(work, people)
        for name in ("Ada", "Bo", "Cleo", "Dev"):
            a_person(work, f"{name} Auditor", Post.PC, is_auditor=True, team_id=people.other_team.id)
        panel = the_panel(work)
    return Ground(council, people, panel, clock())
