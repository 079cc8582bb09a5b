"""What follows submission: sharing, the practitioner's comment, the team manager's review.

Source: CA-16 to CA-18, Q6, Q26, Q30; workflow 1B steps 8 to 10.
"""

from datetime import datetime

from domain.audit_file import AuditFile
from domain.audits import Audit
from domain.errors import RuleBroken
from domain.people import Person
from domain.permissions import Capacity, Verb
from storage.work import Work
from workflows.audit_access import load_file, record_read, require_audit
from workflows.choosing import answer_nominator
from workflows.council import Council
from workflows.handed_in import tell_of_handed_in
from workflows.telling import holding_teams, qa_office, team_managers

READER_ORDER = (
    Capacity.PRACTITIONER,
    Capacity.TEAM_MANAGER,
    Capacity.LINE_MANAGER,
    Capacity.QA_OFFICE,
    Capacity.AUDITOR,
)
"""In which capacity someone reads who has several: the one that asks most of them."""

COMMENT_LIMIT = 4000
COMMENTS_LIMIT = 3 * COMMENT_LIMIT
"""Characters of all comments on one audit: they are read together, on one card."""


_REVIEWED = "This audit has been reviewed already; the review stands."


class TextWanted(RuleBroken):
    """A text is missing or too long. `field` is the input it belongs to."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def share_submitted(work: Work, audit: Audit, *, now: datetime) -> None:
    """Give the submitted audit to practitioner, line manager, team manager and QA office, each once (Q30).

    After a transfer the team manager now holding the case has it too (Q13).
    """
    practitioner = work.people.get(audit.practitioner_id)
    recipients: dict[int, str] = {}
    manager = (practitioner.manager_id,) if practitioner.manager_id else ()
    heads = [p.id for team_id in holding_teams(work, audit) for p in team_managers(work, team_id)]
    by_capacity = (
        (Capacity.PRACTITIONER, (practitioner.id,)),
        (Capacity.TEAM_MANAGER, tuple(heads)),
        (Capacity.LINE_MANAGER, manager),
        (Capacity.QA_OFFICE, tuple(p.id for p in qa_office(work))),
    )
    for capacity, person_ids in by_capacity:
        for person_id in person_ids:
            recipients.setdefault(person_id, capacity.value)
    recipients.pop(audit.auditor_id, None)
    there = work.people.many(recipients)
    recipients = {i: c for i, c in recipients.items() if i in there and there[i].left_on is None}
    work.audits.share(audit.id, recipients, now)
    for person_id, reads_as in recipients.items():
        if reads_as == Capacity.QA_OFFICE.value:
            tell_of_handed_in(work, person_id, now=now)
        else:
            work.notices.queue(kind="audit_shared", subject_id=audit.id, person_id=person_id, now=now)
    # The card already in the auditor's chat shrinks to a status, on every client.
    work.notices.queue(
        kind="copies_outdated", subject_id=audit.id, person_id=audit.auditor_id, now=now, medium="update"
    )
    work.trail.add(
        now=now,
        actor=audit.auditor_id,
        verb="released",
        subject=f"audit {audit.id}",
        audit_id=audit.id,
        fields={
            f"to {capacity}": sorted(i for i, c in recipients.items() if c == capacity)
            for capacity in set(recipients.values())
        },
    )


def open_shared(
    work: Work, council: Council, *, by: Person, audit_id: int, part: str, now: datetime
) -> tuple[AuditFile, Capacity]:
    """A submitted audit and the capacity in which this person reads it."""
    audit, granted = require_audit(work, council, Verb.READ_SHARED, by=by, audit_id=audit_id, now=now)
    record_read(work, by, audit_id, part, now)
    return load_file(work, audit), reader(granted)


def reader(granted: frozenset[Capacity]) -> Capacity:
    """The capacity that counts when someone has several."""
    return next(capacity for capacity in READER_ORDER if capacity in granted)


def add_comment(work: Work, council: Council, *, by: Person, audit_id: int, text: str, now: datetime) -> None:
    """The practitioner's comment, kept inside the audit (CA-17). More may follow; none is overwritten."""
    require_audit(work, council, Verb.COMMENT, by=by, audit_id=audit_id, now=now)
    words = text.strip()
    if not words:
        raise TextWanted("comment", "Please write a few words before sending.")
    if len(words) > COMMENT_LIMIT:
        raise TextWanted(
            "comment", f"Please keep it within {COMMENT_LIMIT:,} characters; this is {len(words):,}."
        )
    said = sum(len(comment.text) for comment in work.audits.comments(audit_id))
    if said + len(words) > COMMENTS_LIMIT:
        raise TextWanted(
            "comment",
            "Your comments fill the room there is. For more, please talk with the auditor or your manager.",
        )
    work.audits.add_comment(audit_id, by.id, words, now)
    work.trail.add(
        now=now,
        actor=by.id,
        verb="commented",
        subject=f"audit {audit_id}",
        audit_id=audit_id,
        fields={"comment": words},
    )


def review_audit(
    work: Work, council: Council, *, by: Person, audit_id: int, nominate: bool, reason: str, now: datetime
) -> None:
    """The team manager has read the audit and nominates it for moderation, or not (CA-18, Q6).

    Where it is chosen already they are told at once that the Panel looks at it.
    """
    audit, _ = require_audit(work, council, Verb.REVIEW, by=by, audit_id=audit_id, now=now)
    if work.audits.review(audit_id) is not None:
        raise RuleBroken(_REVIEWED)
    words = reason.strip()
    if nominate and not words:
        raise TextWanted("review_reason", "Please say why you put this audit forward for moderation.")
    if len(words) > COMMENT_LIMIT:
        raise TextWanted("review_reason", f"Please keep it within {COMMENT_LIMIT:,} characters.")
    # A team may have two managers who press at the same moment; one of them finds the audit changed.
    if not work.audits.change(audit, {}):
        raise RuleBroken(_REVIEWED)
    work.audits.add_review(audit_id, by=by.id, nominated=nominate, reason=words, now=now)
    work.trail.add(
        now=now,
        actor=by.id,
        verb="reviewed",
        subject=f"audit {audit_id}",
        audit_id=audit_id,
        fields={"nominated": nominate, "reason": words},
    )
    if work.moderations.of_audit(audit_id) is not None:
        answer_nominator(work, audit, now=now)
