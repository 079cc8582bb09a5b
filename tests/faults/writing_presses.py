"""A press of every verb that writes, ready to be sent, and what each must leave behind once."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from cards.payloads import (
    AcceptAudit,
    AcknowledgeSafety,
    AddComment,
    ConfirmImport,
    DeclareConflict,
    DropLine,
    KeepLine,
    RaiseSafety,
    ReviewAudit,
    SavePage,
    SubmitAudit,
)
from cards.payloads_calibration import CloseCalibration, GradeCalibration, OpenCalibration
from cards.payloads_day import (
    AskHolds,
    DecideExtension,
    PutOff,
    ReallocateAway,
    RequestExtension,
)
from cards.payloads_draw import AnswerNomination, ChooseAudit, PassDraw
from cards.payloads_files import AskCopy
from cards.payloads_office import SendProposal
from cards.payloads_round import (
    ApproveRound,
    BringBack,
    ExcludeFromRound,
    PlanRound,
    ReallocateAudit,
    ReplanRound,
    SwapCase,
)
from domain.audits import Audit
from domain.days import local_day
from domain.pages import JOURNEY
from domain.people import Leave
from storage.tables import metadata, trail, typed_lines
from storage.work import View, Work
from tests.builders import (
    Staff,
    a_filled_audit,
    a_returned_audit,
    an_accepted_audit,
    an_allocated_audit,
)
from tests.faults.grounds import Ground
from tests.faults.pressing import Press
from tests.faults.writing_presses_following import following_presses
from tests.faults.writing_presses_governance import governance_presses
from tests.faults.writing_presses_learning import learning_presses
from tests.faults.writing_presses_packs import pack_presses
from tests.faults.writing_presses_panel import panel_presses
from tests.faults.writing_presses_performance import performance_presses
from tests.faults.writing_presses_talk import talk_presses
from tests.workflows.drawn import a_draw_above_the_most
from workflows.audit_access import load_file
from workflows.council import Council
from workflows.safety import raise_alert

COUNTED = ("audits", "file_offers", "round_exclusions", "round_swaps", "rounds", "snoozes")
"""Tables in which a press may leave something that the trail does not name."""
LOOKS = {"opened", "read"}
"""What an answer notes each time it is shown, pressed again or not."""
WAITING_LINES = "waiting lines"


def left_behind(view: View) -> Counter[str]:
    """How often each verb stands in the trail, and how much is in each counted table."""
    rows = view._connection.execute(sa.select(trail.c.verb, sa.func.count()).group_by(trail.c.verb))
    found = Counter({row[0]: row[1] for row in rows if row[0] not in LOOKS})
    for name in COUNTED:
        table = metadata.tables[name]
        counted = sa.select(sa.func.count()).select_from(table)
        found[name] = view._connection.execute(counted).scalar_one()
    waiting = sa.select(sa.func.count()).select_from(typed_lines).where(typed_lines.c.state == "waiting")
    found[WAITING_LINES] = view._connection.execute(waiting).scalar_one()
    return found


def every_press(ground: Ground) -> Iterator[Press]:
    """One press of each verb, each made when those before it are done."""
    yield from _on_an_audit(ground)
    yield from _after_it(ground)
    shared = [ground.audit(ground.unchosen) for _ in range(3)]
    yield from following_presses(ground.council, ground.people, shared, ground.now)
    yield from _on_a_day(ground)
    yield from _on_a_case(ground)
    yield from _on_a_round(ground)
    yield from _of_the_panel(ground)
    # Learning and praise come first: an auditor whose grades the Panel changes is moderated every time.
    yield from learning_presses(ground)
    yield from panel_presses(ground)
    yield from talk_presses(ground)
    yield from performance_presses(ground)
    yield from governance_presses(ground)
    yield from pack_presses(ground)


def _on_an_audit(ground: Ground) -> Iterator[Press]:
    council, people, now = ground.council, ground.people, ground.now
    auditor, nonce = people.auditor, "pressed"
    accepted = ground.audit(an_accepted_audit)
    words = {"journey": "Came to us in May."}
    yield Press(auditor, SavePage(accepted.id, JOURNEY, 0, "overview", nonce), words, {"saved": 1})
    yield Press(auditor, AcceptAudit(ground.audit(an_allocated_audit).id, nonce), {}, {"accepted": 1})
    conflict = DeclareConflict(ground.audit(an_allocated_audit).id, nonce)
    yield Press(auditor, conflict, {"reason": "I know the family."}, {"returned": 1})
    filled = ground.audit(_filled(council))
    with council.write() as work:
        revision = load_file(work, filled).revision
        kept, dropped = (
            work.turns.keep_waiting(auditor.id, accepted.id, JOURNEY, line, now) for line in ("One.", "Two.")
        )
    submitted = {"submitted": 1, "released": 1, "chose for moderation": 1}
    yield Press(auditor, SubmitAudit(filled.id, revision, nonce), {}, submitted)
    keep = KeepLine(accepted.id, JOURNEY, kept, "journey", nonce)
    yield Press(auditor, keep, {}, {"saved": 1, WAITING_LINES: -1})
    yield Press(auditor, DropLine(dropped, nonce), {}, {WAITING_LINES: -1})
    concern = {"concern": "Not seen for six weeks."}
    yield Press(auditor, RaiseSafety(accepted.id, nonce), concern, {"raised a safety alert": 1})


def _after_it(ground: Ground) -> Iterator[Press]:
    council, people, now = ground.council, ground.people, ground.now
    nonce = "pressed"
    accepted, shared = ground.audit(an_accepted_audit), ground.audit(ground.submitted)
    with council.write() as work:
        alert, _ = raise_alert(
            work, council, by=people.auditor, audit_id=accepted.id, concern="Unseen.", now=now
        )
    manager = people.team_manager
    yield Press(manager, AcknowledgeSafety(alert, nonce), {}, {"acknowledged a safety alert": 1})
    comment = {"comment": "I would do it again."}
    yield Press(people.practitioner, AddComment(shared.id, nonce), comment, {"commented": 1})
    reason = {"review_reason": "The grade seems high."}
    yield Press(manager, ReviewAudit(shared.id, True, nonce), reason, {"reviewed": 1})
    yield Press(people.practitioner, AskCopy(shared.id, nonce), {}, {"file_offers": 1})


def _on_a_day(ground: Ground) -> Iterator[Press]:
    council, people = ground.council, ground.people
    nonce, today = "pressed", local_day(ground.now)
    later, asked = ground.audit(an_accepted_audit), ground.audit(an_accepted_audit)
    put_off = PutOff(today.isoformat(), nonce)
    until = {"put_off_what": f"audit:{later.id}", "put_off_until": (today + timedelta(days=9)).isoformat()}
    yield Press(people.auditor, put_off, until, {"snoozes": 1})
    yield Press(people.auditor, AskHolds(later.id, nonce), {}, {"file_offers": 1})
    exempt = RequestExtension(asked.id, "exemption", nonce)
    yield Press(people.cover, exempt, {"reason": "The auditor is ill."}, {"asked for an exemption": 1})
    with council.read() as view:
        (request,) = view.extensions.of_audit(asked.id)
    no = {"reason": "Not this time."}
    decide = DecideExtension(request.id, False, nonce)
    yield Press(people.ad_qa, decide, no, {"declined an exemption": 1})
    # Of a practitioner with no other audit in this round, whom a fresh auditor may take.
    with council.read() as view:
        case = next(one for one in view.cases.everything() if one.practitioner_id != people.practitioner.id)
    away = ground.audit(an_accepted_audit, auditor_id=people.second_auditor.id, case=case)
    with council.write() as work:
        leave = (Leave(away.due_on - timedelta(days=7), away.due_on + timedelta(days=7)),)
        work.people.change(people.second_auditor.id, {"leave": leave})
    moved = {"returned": 1, "reallocated": 1, "audits": 1}
    yield Press(people.qa_officer, ReallocateAway(away.id, nonce), {}, moved)
    back = ground.audit(a_returned_audit)
    yield Press(people.qa_officer, ReallocateAudit(back.id, nonce), {}, {"reallocated": 1, "audits": 1})


def _on_a_case(ground: Ground) -> Iterator[Press]:
    nonce, psw = "pressed", ground.psw
    grades = {"grade_planning": "good", "grade_review": "good"}
    case = {"case_title": "Drift", "case_text": "The child waited a year.", "because": "There are no dates."}
    yield Press(psw, OpenCalibration(nonce), {**case, **grades}, {"opened a calibration case": 1})
    with ground.council.read() as view:
        (opened,) = view.calibrations.open_ones()
    given = {**grades, "reason": "The plan has steps."}
    grade = GradeCalibration(opened.id, nonce)
    yield Press(ground.people.auditor, grade, given, {"graded a calibration case": 1})
    yield Press(psw, CloseCalibration(opened.id, nonce), {}, {"closed a calibration case": 1})


def _on_a_round(ground: Ground) -> Iterator[Press]:
    office, nonce = ground.people.qa_officer, "pressed"
    month = _next_round(ground)
    plan = PlanRound(month.year * 100 + month.month, nonce)
    yield Press(office, plan, {}, {"planned the round": 1, "rounds": 1})
    found = ground.round()
    yield Press(office, SendProposal(found.id, nonce), {}, {"file_offers": 1})
    swap = SwapCase(found.id, found.version, ground.place(), nonce)
    yield Press(office, swap, {}, {"swapped a case in the round": 1, "round_swaps": 1})
    exclude = ExcludeFromRound(found.id, ground.round().version, ground.place(), "case", nonce)
    excluded = {"excluded a case from the round": 1, "round_exclusions": 1}
    yield Press(office, exclude, {"exclude_reason": "In court."}, excluded)
    with ground.council.read() as view:
        (left_out,) = view.rounds.exclusions(found.id)
    back = BringBack(found.id, ground.round().version, "case", left_out.subject_id, nonce)
    yield Press(office, back, {}, {"brought back a case in the round": 1, "round_exclusions": -1})
    replan = ReplanRound(found.id, ground.round().version, "none", nonce)
    yield Press(office, replan, {}, {"planned again the round": 1})
    approve = ApproveRound(found.id, ground.round().version, nonce)
    yield Press(office, approve, {}, {"approved the round": 1})
    with ground.council.write() as work:
        # A list without a case closes all of them, so each open audit goes back.
        open_audits = len(work.duties.open_audits())
        waiting = work.imports.add(
            kind="cases", filename="cases.csv", digest="0" * 64, rows=[], by=None, now=ground.now
        )
    imported = {"imported cases": 1, "returned": open_audits}
    yield Press(office, ConfirmImport(waiting, nonce), {}, imported)


def _of_the_panel(ground: Ground) -> Iterator[Press]:
    council, psw, nonce = ground.council, ground.psw, "pressed"
    unchosen, put_forward = ground.audit(_unasked), ground.audit(_unasked)
    with council.write() as work:
        given = {"nominated": True, "reason": "To learn from.", "now": ground.now}
        work.audits.add_review(put_forward.id, by=ground.people.team_manager.id, **given)
        draw_id = a_draw_above_the_most(work, council, month=local_day(ground.now), now=ground.now)
    room = {"reason": "There is room for them."}
    yield Press(psw, PassDraw(draw_id, nonce), room, {"passed a draw": 1})
    kind = {"reason": "The grade looks kind."}
    yield Press(psw, ChooseAudit(unchosen.id, nonce), kind, {"chose for moderation": 1})
    accepted = {"accepted a nomination": 1, "chose for moderation": 1}
    yield Press(psw, AnswerNomination(put_forward.id, True, nonce), {}, accepted)


def _unasked(work: Work, people: Staff, **given: Any) -> Audit:
    """Submitted, and no rule has been asked yet."""
    audit = an_accepted_audit(work, people, **given)
    work.audits.change(audit, {"state": "submitted", "submitted_at": given["now"], "overall": "good"})
    return audit


def _filled(council: Council) -> Callable[..., Audit]:
    def build(work: Work, people: Staff, **given: Any) -> Audit:
        return a_filled_audit(work, council.framework, people, **given)

    return build


def _next_round(ground: Ground) -> date:
    """The first month from the next one on that the council's calendar has a round in."""
    month = local_day(ground.now).replace(day=1)
    while True:
        month = (month + timedelta(days=32)).replace(day=1)
        if month.month in ground.council.framework.numbers.round_months:
            return month
