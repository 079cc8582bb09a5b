"""Who has the team's copy of a moderation: managers, their covers, or whoever the QA office gave it to.

Source: MO-15, MO-19, Q13.
"""

from datetime import date, datetime

from domain.audits import Audit
from domain.errors import NotAllowed, RuleBroken
from domain.people import Person, Post
from domain.permissions import Verb
from storage.work import View, Work
from workflows.audit_access import require_audit
from workflows.copy_readers import copy_readers
from workflows.council import Council
from workflows.reading_moderation import NOT_THEIRS
from workflows.releasing import tell_copy
from workflows.sharing import TextWanted
from workflows.telling import holding_teams, service_managers


def takers(
    view: View, council: Council, *, by: Person, moderation_id: int, now: datetime
) -> tuple[Audit, tuple[tuple[int, str], ...]]:
    """The audit, and (id, name with part) of whom its team's copy may be given to, each once.

    Raises NotAllowed alike for whoever may not, and for a moderation that is not there or not released: a
    refusal must not tell that the Panel has found something. RuleBroken where the team has its copy.
    """
    moderation = view.moderations.get(moderation_id)
    if moderation is None or moderation.released_at is None:
        raise NotAllowed(NOT_THEIRS)
    audit, _ = require_audit(view, council, Verb.GIVE_COPY, by=by, audit_id=moderation.audit_id, now=now)
    today = council.today(now)
    if copy_readers(view, council, audit, today):
        raise RuleBroken("Somebody has the team's copy by now, so there is nothing to give.")
    return audit, _takers(view, audit, today)


def give_copy(
    work: Work, council: Council, *, by: Person, moderation_id: int, to: int | None, now: datetime
) -> str:
    """Whoever is chosen reads the team's copy from now on and gets it as a manager would; their name.

    Raises what `takers` does, and TextWanted for a choice that cannot be used.
    """
    audit, found = takers(work, council, by=by, moderation_id=moderation_id, now=now)
    chosen = next((person_id for person_id, _ in found if person_id == to), None)
    if chosen is None:
        raise TextWanted("give_to", "Please choose one of the people shown.")
    if not work.moderations.give_copy(audit.id, person_id=chosen, by=by.id, now=now):
        raise RuleBroken("Somebody gave it a moment ago, so there is nothing left to give.")
    work.trail.add(
        now=now,
        actor=by.id,
        verb="gave the team's copy of a moderation",
        subject=f"audit {audit.id}",
        audit_id=audit.id,
        fields={"to": chosen},
    )
    tell_copy(work, {chosen}, moderation_id, now=now)
    return work.people.get(chosen).name


def _takers(view: View, audit: Audit, today: date) -> tuple[tuple[int, str], ...]:
    """Those near the child whose work it is to act on it; never the auditor, whose copy is another one."""
    team_id = holding_teams(view, audit)[0]
    practitioner, case = view.people.get(audit.practitioner_id), view.cases.get(audit.case_id)
    others = view.people.many(i for i in (practitioner.manager_id, case.supervisor_id) if i is not None)
    parts = ((practitioner.manager_id, "line manager"), (case.supervisor_id, "supervisor"))
    found = (
        *((one, "assistant team manager") for one in view.people.holding(Post.ATM, team_id=team_id)),
        *((others[i], part) for i, part in parts if i in others),
        *((one, "service manager") for one in service_managers(view, team_id)),
    )
    left_out = {audit.auditor_id, audit.practitioner_id}
    labels: dict[int, str] = {}
    for person, part in found:
        gone = person.left_on is not None and person.left_on <= today
        if person.id not in left_out and not gone:
            labels.setdefault(person.id, f"{person.name} ({part})")
    return tuple(labels.items())
