"""Brings the make-believe council to a day in the middle of a round, by the product's own path.

The lists are imported, the round is planned and approved, and every audit moves because someone presses the
buttons of its cards. Nothing is put into the database in any other way.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bot.demo.figures import write_figures
from bot.demo.happenings import play, so_far
from bot.demo.lists import make_lists
from domain.audits import Audit
from domain.days import LONDON
from domain.people import Person, Post
from workflows.council import Council, View
from workflows.importing import take_list
from workflows.narrating import ask_due
from workflows.planning import approve_round, propose_round
from workflows.team_reporting import post_team_reports

ROUND_SEED = 7
LISTED_BEFORE = timedelta(days=10)
"""The lists came in this long before the round began."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Those whose windows are opened, and the two audits that join them."""

    auditor: Person
    practitioner: Person
    team_manager: Person
    qa_officer: Person
    consultant: Person
    """Of the Panel; the shared audit is in their queue."""
    psw: Person
    """Chairs the Panel."""
    project_manager: Person
    open_audit: Audit
    """The auditor's own, of the practitioner's work, as it was allocated."""
    shared_audit: Audit
    """Of a colleague's work in the practitioner's team, shared with practitioner, managers and QA office."""

    @property
    def people(self) -> tuple[tuple[str, Person], ...]:
        """Each with what they are here."""
        return (
            ("Auditor", self.auditor),
            ("Practitioner", self.practitioner),
            ("Team manager", self.team_manager),
            ("QA officer", self.qa_officer),
            ("Practice consultant", self.consultant),
            ("Principal social worker", self.psw),
        )

    @property
    def everyone(self) -> tuple[tuple[str, Person], ...]:
        """The same, and who has no window in the demo."""
        return (*self.people, ("Project manager", self.project_manager))


def make_story(council: Council, folder: Path, now: datetime, *, auditor_has_begun: bool = True) -> Cast:
    """Fill an empty council up to this moment, its lists in `folder`; returns who to watch.

    With `auditor_has_begun` the auditor's own audit is half done; without, it waits to be accepted.
    """
    began_at = _round_begins(now)
    listed_at = began_at - LISTED_BEFORE
    month_on = council.today(began_at).replace(day=1)
    _bring_in(council, folder, listed_at, began_at)
    with council.write() as work:
        officer = work.people.holding(Post.QAO)[-1]
        planned = propose_round(
            work,
            council,
            by=officer,
            month=month_on,
            seed=ROUND_SEED,
            now=listed_at + timedelta(hours=2),
            outside_the_calendar=True,
        )
    with council.write() as work:
        approve_round(work, council, by=officer, round_id=planned.id, version=planned.version, now=began_at)
    with council.read() as view:
        audits = sorted(view.audits.of_round(planned.id), key=lambda audit: audit.id)
        cast = _cast(view, audits, officer)
    happened = so_far(audits, own=cast.open_audit, own_begun=auditor_has_begun, shared=cast.shared_audit)
    play(council, happened, began_at, now)
    return cast


def _round_begins(now: datetime) -> datetime:
    """Half past eight in London on the 1st; on that very morning as early as it must be."""
    local = now.astimezone(LONDON)
    first = local.date().replace(day=1)
    usual = datetime.combine(first, time(8, 30), LONDON)
    midnight = datetime.combine(first, time(0), LONDON)
    return max(midnight, min(usual, local - timedelta(minutes=10))).astimezone(UTC)


def _bring_in(council: Council, folder: Path, listed_at: datetime, began_at: datetime) -> None:
    """Write the lists and import them, figures last. Raises RuntimeError with why one is refused."""
    lists = make_lists(council.today(began_at), council.today(listed_at))
    for kind, path in zip(("staff", "cases"), lists.write(folder), strict=True):
        outcome = take_list(
            council, kind=kind, filename=path.name, content=path.read_bytes(), by=None, now=listed_at
        )
        if not outcome.saved:
            raise RuntimeError(outcome.summary)
    figures = write_figures(folder, lists, until_on=council.today(began_at))
    outcome = take_list(
        council,
        kind="indicators",
        filename=figures.name,
        content=figures.read_bytes(),
        by=None,
        now=began_at,
    )
    if not outcome.saved:
        raise RuntimeError(outcome.summary)
    with council.write() as work:
        post_team_reports(work, council, now=began_at)
        ask_due(work, council, now=began_at)


def _cast(view: View, audits: Sequence[Audit], officer: Person) -> Cast:
    """A team with two audits in the round, so that its manager has one to read before the other is done."""
    times = Counter(audit.team_id for audit in audits)
    people = {person.id: person for person in view.people.everyone()}
    # A consultant has no team or casework of their own, so their window shows one thing to do.
    consultants = [audit for audit in audits if Post.PC in people[audit.auditor_id].posts]
    possible = [audit for audit in (*consultants, *audits) if times[audit.team_id] > 1]
    # Where the team's manager supervises the practitioner too, their window shows supervision as well.
    of_managers = [
        audit
        for audit in possible
        if any(
            manager.id == people[audit.practitioner_id].manager_id
            for manager in view.people.holding(Post.TM, team_id=audit.team_id)
        )
    ]
    own = next(iter(of_managers or possible))
    shared = next(audit for audit in audits if audit.team_id == own.team_id and audit.id != own.id)
    return Cast(
        auditor=people[own.auditor_id],
        practitioner=people[own.practitioner_id],
        team_manager=view.people.holding(Post.TM, team_id=own.team_id)[0],
        qa_officer=officer,
        consultant=next(one for one in view.people.holding(Post.PC) if one.id != own.auditor_id),
        psw=view.people.holding(Post.PSW)[0],
        project_manager=view.people.holding(Post.PMPM)[0],
        open_audit=own,
        shared_audit=shared,
    )
