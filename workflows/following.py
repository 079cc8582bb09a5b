"""What an audit still needs, for those it concerns: the reflective session, the child's file, the impact.

Source: RO-01, RO-02, SU-08, Q22, Q32; workflow 1B steps 17 and 18.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.audits import Audit
from domain.closing import Impact, Progress, is_filed
from domain.days import local_day, uk_date
from domain.errors import NotAllowed, RuleBroken
from domain.people import Person
from domain.permissions import Verb
from storage.actions import ActionRow
from storage.work import View, Work
from workflows.action_file import may_do
from workflows.audit_access import record_read, require_action, require_audit, supervisors_of
from workflows.closing import change_followup, close_if_complete, progress_of
from workflows.council import Council
from workflows.covering import acting_for
from workflows.filers import filers, may_file
from workflows.kept_words import kept_words
from workflows.reflecting import managers_of_case, reflectors
from workflows.sharing import TextWanted
from workflows.telling import qa_office, tell_qa_office

AHEAD = timedelta(days=7)
"""How long before its day the impact is asked about, so that the family can be asked first."""


@dataclass(frozen=True, slots=True)
class FollowUpFile:
    """One audit after it was shared, as one of its people sees it."""

    audit: Audit
    progress: Progress
    actions: tuple[tuple[ActionRow, str], ...]
    """(action, owner's name)."""
    own: frozenset[int]
    """Ids of the actions that the reader owns or answers for."""
    supervisors: tuple[str, ...]
    reflectors: tuple[str, ...]
    """Who records the reflective session."""
    filers: tuple[str, ...]
    """Who puts audits on children's files today."""
    names: dict[int, str]
    """Person id to name, of whoever is named in what is kept."""
    supervises: bool
    may_reflect: bool
    may_file: bool
    may_check: bool
    """Whether the reader may say what came of it; from shortly before its day on."""
    readable: bool


@dataclass(frozen=True, slots=True)
class ToFile:
    """An audit for the list of whoever puts audits on children's files."""

    audit_id: int
    case_reference: str
    actions: int
    unconfirmed: int
    ready_on: date
    """The day its last action was confirmed, or its submission where it has none."""


def open_followup(work: Work, council: Council, *, by: Person, audit_id: int, now: datetime) -> FollowUpFile:
    """What the audit still needs and who sees to it; reading it leaves a row in the trail."""
    audit, _ = require_audit(work, council, Verb.FOLLOW_UP, by=by, audit_id=audit_id, now=now)
    record_read(work, by, audit_id, "follow-up", now)
    today = council.today(now)
    progress = progress_of(work, council, audit, now)
    actions = work.actions.of_audit(audit_id)
    kept = progress.followup
    wanted = {
        *(action.owner_id for action in actions),
        *(i for i in (kept.discussed_by, kept.reflected_by, kept.filed_by, kept.impact_by) if i),
    }
    names = {person.id: person.name for person in work.people.many(wanted).values()}
    supervising = supervisors_of(work, audit)
    return FollowUpFile(
        audit=audit,
        progress=progress,
        actions=tuple((action, names[action.owner_id]) for action in actions),
        own=frozenset(a.id for a in actions if concerns(work, council, a, by, now)),
        supervisors=tuple(person.name for person in supervising),
        reflectors=tuple(person.name for person in reflectors(work, audit, today)),
        filers=tuple(person.name for person in filers(work, today)),
        names=names,
        supervises=by.id in acting_for(work, council, supervising, today) - {audit.practitioner_id},
        may_reflect=may_do(work, council, Verb.REFLECT, by=by, audit_id=audit_id, now=now),
        may_file=by.id in may_file(work, today),
        may_check=is_asked(progress, today)
        and may_do(work, council, Verb.CHECK_IMPACT, by=by, audit_id=audit_id, now=now),
        readable=may_do(work, council, Verb.READ_SHARED, by=by, audit_id=audit_id, now=now),
    )


def record_reflection(
    work: Work, council: Council, *, by: Person, audit_id: int, on: date | None, now: datetime
) -> None:
    """The reflective session with practitioner and manager was held on this day (SU-08, Q32)."""
    audit, _ = require_audit(work, council, Verb.REFLECT, by=by, audit_id=audit_id, now=now)
    if work.followups.get(audit_id).reflected_on is not None:
        raise RuleBroken("The reflective session has been recorded already.")
    if on is None:
        raise TextWanted("reflected_on", "Please give the day it was held, such as 31 May 2026.")
    shared_on = local_day(audit.submitted_at or now)
    if not shared_on <= on <= council.today(now):
        raise TextWanted(
            "reflected_on", f"Please choose a day from {uk_date(shared_on)}, when it was shared, to today."
        )
    change_followup(work, audit_id, {"reflected_on": on, "reflected_by": by.id})
    _trail(work, by, audit_id, "held the reflective session", now, {"on": on.isoformat()})
    close_if_complete(work, council, audit, by=by.id, now=now)


def confirm_file(work: Work, council: Council, *, by: Person, audit_id: int, now: datetime) -> None:
    """Audit and actions are on the child's file (RO-01); RuleBroken while an action is not confirmed."""
    audit, _ = require_audit(work, council, Verb.CONFIRM_FILE, by=by, audit_id=audit_id, now=now)
    progress = progress_of(work, council, audit, now)
    if progress.confirmed < progress.actions:
        raise RuleBroken(
            "Not all of its actions are confirmed yet. Once they are, audit and actions go on file together."
        )
    if is_filed(progress.followup.filed_on, progress.last_confirmed_on):
        raise RuleBroken("Somebody has confirmed this already, so it is done.")
    today = council.today(now)
    change_followup(work, audit_id, {"filed_on": today, "filed_by": by.id})
    _trail(work, by, audit_id, "confirmed the child's file", now, {"on": today.isoformat()})
    close_if_complete(work, council, audit, by=by.id, now=now)


def files_to_confirm(work: Work, council: Council, *, by: Person, now: datetime) -> tuple[ToFile, ...]:
    """Every audit that is not confirmed to be on the child's file: what is ready first, the oldest on top."""
    require_filer(work, council, by=by, now=now)
    found = [
        ToFile(
            one.audit_id,
            one.case_reference,
            one.actions,
            one.unconfirmed,
            one.last_confirmed_on or local_day(one.submitted_at),
        )
        for one in work.followups.unfiled()
    ]
    found.sort(key=lambda one: (one.unconfirmed > 0, one.ready_on, one.audit_id))
    return tuple(found)


def require_filer(view: View, council: Council, *, by: Person, now: datetime) -> None:
    """Raise NotAllowed for anyone but those who put audits on files today; leavers are never among them."""
    if by.id not in may_file(view, council.today(now)):
        raise NotAllowed("That is not yours to open. If you think it should be, please ask the QA office.")


def record_impact(
    work: Work,
    council: Council,
    *,
    by: Person,
    audit_id: int,
    impact: Impact | None,
    text: str,
    names_nobody: bool = False,
    now: datetime,
) -> None:
    """Did it last for the child (1B step 18)? Where it was lost, the QA office hears of it."""
    audit, _ = require_audit(work, council, Verb.CHECK_IMPACT, by=by, audit_id=audit_id, now=now)
    progress = progress_of(work, council, audit, now)
    if progress.followup.impact is not None:
        raise RuleBroken("Somebody has answered this already; their answer stands.")
    if not is_asked(progress, council.today(now)):
        raise RuleBroken("It is too early to say whether it lasted. I will ask when the time has come.")
    if impact is None:
        raise TextWanted("impact", "Please choose one of the answers.")
    words = kept_words(
        council,
        "impact_text",
        text,
        wanted="Please say in a sentence what is different for the child now.",
        names_nobody=names_nobody,
    )
    values = {
        "impact": impact.value,
        "impact_text": words,
        "impact_on": council.today(now),
        "impact_by": by.id,
    }
    change_followup(work, audit_id, values)
    _trail(work, by, audit_id, "checked the impact", now, {"impact": impact.value, "what": words})
    if impact is Impact.LOST:
        tell_qa_office(work, kind="impact_lost", subject_id=audit_id, now=now, leave_out=by.id)


def is_asked(progress: Progress, today: date) -> bool:
    """Whether it is time to say what came of a closed audit, and nobody has."""
    due_on = progress.followup.impact_due_on
    return due_on is not None and progress.followup.impact is None and today >= due_on - AHEAD


def impact_checkers(view: View, audit: Audit) -> tuple[Person, ...]:
    """Who says whether it lasted: the managers of the team holding the case, failing them the QA office."""
    return managers_of_case(view, audit) or qa_office(view)


def concerns(view: View, council: Council, action: ActionRow, by: Person, now: datetime) -> bool:
    """Whether the person owns the action or answers for its owner."""
    # Nobody answers for an action of their own, so one look is enough.
    verb = Verb.ACT if action.owner_id == by.id else Verb.CONFIRM_ACTION
    try:
        require_action(view, council, verb, by=by, action_id=action.id, now=now)
    except NotAllowed:
        return False
    return True


def _trail(
    work: Work, by: Person, audit_id: int, verb: str, now: datetime, fields: dict[str, object]
) -> None:
    work.trail.add(
        now=now, actor=by.id, verb=verb, subject=f"audit {audit_id}", audit_id=audit_id, fields=fields
    )
