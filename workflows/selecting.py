"""Which audits are moderated: compulsory ones as they are submitted, the rest by lot (MO-02 to MO-06).

Source: MO-02 to MO-06, Q3 to Q7; workflow 1B step 11.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from domain.audits import Audit
from domain.days import add_months, local_midnight, month_end
from domain.draw import OVER, RULE_VERSION, Drawn, Entry, auditor_class, draw, frozen
from domain.draw_days import drawn_on, seed_of, top_up_due_on
from domain.errors import RuleBroken
from domain.moderation import Moderation, Reason
from domain.nudges import is_on_leave
from domain.people import Person
from domain.permissions import Verb
from storage.work import View, Work
from workflows.audit_access import require_audit
from workflows.choosing import (
    choose,
    choose_compulsory,
    due_of_chosen,
    grade_of,
    rule_reasons,
    submitted_on,
)
from workflows.council import Council
from workflows.panel import council_chairs
from workflows.sharing import TextWanted
from workflows.telling import tell_qa_office
from workflows.todo import LOOK_BACK

REASON_LIMIT = 2000

CHOSEN_ALREADY = "This audit is in the Panel's queue already, so there is nothing left to choose."


def select_submitted(work: Work, council: Council, audit: Audit, *, now: datetime) -> None:
    """Choose a submitted audit where a rule makes it compulsory (Q3, Q4)."""
    choose_compulsory(work, council, audit, now=now)


def draw_due(work: Work, council: Council, *, now: datetime) -> int:
    """Draw for each month whose day has come; returns for how many.

    A month's draw takes in what was submitted by its end and stood in no earlier draw, so that a late audit
    comes into the next one. A month with nothing has no draw.
    """
    waiting = list(undrawn(work, now))
    made = 0
    for month in _months_over(council, waiting, council.today(now)):
        closed = [audit for audit in waiting if submitted_on(audit) <= month_end(month)]
        if closed and work.draws.of_month(month) is None:
            _draw(work, council, month, closed, now)
            waiting = [audit for audit in waiting if audit not in closed]
            made += 1
    return made


def undrawn(view: View, now: datetime) -> tuple[Audit, ...]:
    """Submitted audits that stood in no draw yet, in order of submission.

    Before the first draw ever they are those of the last months: nobody moderates what lies years back.
    """
    since, latest = now - LOOK_BACK, view.draws.latest()
    if latest is not None:
        since = min(since, local_midnight(latest.month))
    first = add_months(since.date().replace(day=1), -1)
    drawn = {entry["audit"] for row in view.draws.since(first) for entry in row.population}
    return tuple(audit for audit in view.audits.submitted_since(since) if audit.id not in drawn)


def choose_audit(
    work: Work, council: Council, *, by: Person, audit_id: int, reason: str, now: datetime
) -> Moderation:
    """Somebody of the Panel without a tie to it chooses an audit, as it looks misgraded (MO-03).

    Raises TextWanted for the reason, RuleBroken when it is chosen already.
    """
    audit, _ = require_audit(work, council, Verb.MODERATE, by=by, audit_id=audit_id, now=now)
    words = reason_in(reason, "Please say in a sentence why the Panel should look at it.")
    chosen = choose(
        work,
        council,
        audit,
        reasons=(*rule_reasons(work, council, audit), Reason.CHOSEN),
        due_on=due_of_chosen(council, audit, now),
        now=now,
        by=by,
        note=words,
    )
    if chosen is None:
        raise RuleBroken(CHOSEN_ALREADY)
    return chosen


def answer_nomination(
    work: Work,
    council: Council,
    *,
    by: Person,
    audit_id: int,
    accept: bool,
    reason: str,
    now: datetime,
) -> None:
    """The Panel's chair accepts a team manager's nomination, or declines it with a reason (Q6).

    The manager is told. Raises TextWanted for the reason, RuleBroken when there is nothing to answer.
    """
    audit, _ = require_audit(work, council, Verb.CHAIR_PANEL, by=by, audit_id=audit_id, now=now)
    review = work.audits.review(audit_id)
    if review is None or not review.nominated:
        raise RuleBroken("Nobody has put this audit forward for moderation.")
    if work.moderations.of_audit(audit_id) is not None:
        raise RuleBroken(CHOSEN_ALREADY)
    if accept and not reason.strip():
        words = ""
    else:
        words = reason_in(reason, "Please say in a sentence why not; the team manager reads it.")
    if not work.moderations.answer_nomination(audit_id, accepted=accept, reason=words, by=by.id, now=now):
        raise RuleBroken("This nomination was answered already.")
    work.trail.add(
        now=now,
        actor=by.id,
        verb="accepted a nomination" if accept else "declined a nomination",
        subject=f"audit {audit_id}",
        audit_id=audit_id,
        fields={"nominated by": review.by_id, "why": review.reason, "answer": words},
    )
    if accept:
        choose(
            work,
            council,
            audit,
            reasons=rule_reasons(work, council, audit, nominated=True),
            due_on=due_of_chosen(council, audit, now),
            now=now,
            by=by,
            note=words,
        )
    work.notices.queue(kind="nomination_answered", subject_id=audit_id, person_id=review.by_id, now=now)


def reason_in(text: str, wanted: str) -> str:
    """The reason as it is kept; TextWanted with this sentence when there is none, or when it is too long."""
    words = text.strip()
    if not words:
        raise TextWanted("reason", wanted)
    if len(words) > REASON_LIMIT:
        raise TextWanted("reason", f"Please keep it within {REASON_LIMIT:,} characters.")
    return words


def _months_over(council: Council, waiting: Sequence[Audit], today: date) -> Iterator[date]:
    """First days of the months from the first of these audits on whose draw is due."""
    if not waiting:
        return
    month = submitted_on(waiting[0]).replace(day=1)
    while drawn_on(month, council.framework.numbers, council.bank_holidays) <= today:
        yield month
        month = add_months(month, 1)


def _draw(work: Work, council: Council, month: date, audits: Sequence[Audit], now: datetime) -> None:
    numbers, today = council.framework.numbers, council.today(now)
    for audit in audits:
        # Its auditor may have come to struggle since it was submitted.
        choose_compulsory(work, council, audit, now=now)
    population = _population(work, council, audits)
    seed = seed_of(month)
    drawn = draw(population, seed, numbers)
    draw_id = work.draws.add(
        {
            "month": month,
            "drawn_at": now,
            "seed": seed,
            "rule_version": RULE_VERSION,
            "framework_version": council.framework.version,
            "least_percent": numbers.moderation_least_percent,
            "most_percent": numbers.moderation_most_percent,
            "population": frozen(population),
            "population_hash": drawn.population_hash,
            "selected": list(drawn.top_ups),
            "state": drawn.state,
        }
    )
    _record(work, draw_id, month, seed, drawn, now)
    by_id = {audit.id: audit for audit in audits}
    for audit_id in drawn.top_ups:
        choose(
            work,
            council,
            by_id[audit_id],
            reasons=(Reason.TOP_UP,),
            due_on=top_up_due_on(today, numbers),
            now=now,
            draw_id=draw_id,
        )
    if drawn.state == OVER:
        _tell_over(work, draw_id, today, now)


def _tell_over(work: Work, draw_id: int, today: date, now: datetime) -> None:
    """Whoever chairs is warned; while none of them is there, the QA office hears of it as well (Q3, Q9)."""
    chairing = council_chairs(work, today)
    for chair in chairing:
        work.notices.queue(kind="draw_over", subject_id=draw_id, person_id=chair.id, now=now)
    if all(is_on_leave(chair, today) for chair in chairing):
        tell_qa_office(work, kind="draw_over_unseen", subject_id=draw_id, now=now)


def _population(view: View, council: Council, audits: Sequence[Audit]) -> tuple[Entry, ...]:
    numbers = council.framework.numbers
    chosen = view.moderations.of_audits(audit.id for audit in audits)
    sampled = view.moderations.drawn_by_lot()
    classes = {
        auditor_id: auditor_class(view.moderations.of_auditor(auditor_id), numbers)
        for auditor_id in {audit.auditor_id for audit in audits}
    }
    return tuple(
        Entry(
            audit_id=audit.id,
            auditor_id=audit.auditor_id,
            auditor_class=classes[audit.auditor_id],
            grade=grade_of(audit),
            reasons=chosen[audit.id].reasons if audit.id in chosen else (),
            sampled=sampled.get(audit.auditor_id, 0),
        )
        for audit in audits
    )


def _record(work: Work, draw_id: int, month: date, seed: int, drawn: Drawn, now: datetime) -> None:
    work.trail.add(
        now=now,
        actor=None,
        verb="drew for moderation",
        subject=f"draw {draw_id}",
        fields={
            "month": month.isoformat(),
            "seed": seed,
            "population": drawn.population_hash,
            "chosen": list(drawn.chosen),
            "drawn": list(drawn.top_ups),
            "state": drawn.state,
        },
    )
