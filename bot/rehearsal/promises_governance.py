"""Which promises of the governance year would be missed.

Clinics that nobody from quality assurance came to, packs that come too late for their meeting, and packs that
no longer read as they were approved.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from bot.rehearsal.conditions import Conditions
from bot.rehearsal.findings import Finding, most_in
from domain.days import add_months, local_day, month_end
from domain.governance import CLINIC, quarter_name, quarter_start
from domain.meetings import without_representative
from domain.packs import PackLine, PackState, drafting_days
from storage.work import View
from workflows.bodies import services_that_meet
from workflows.council import Council
from workflows.meeting_days import meeting_days
from workflows.packing import hash_now, slot_of

_MOST_NAMED = 3
"""Services and quarters that are named; more say nothing by their names."""


def governance_promises(view: View, council: Council, conditions: Conditions) -> Iterator[Finding]:
    """One finding after the other; none about what the framework file does not have."""
    if council.framework.meeting(CLINIC) is not None:
        yield _represented(view, conditions)
    if council.framework.packs:
        yield _packs_in_time(view, council, conditions)
        yield _packs_as_approved(view, council, conditions)


def _represented(view: View, conditions: Conditions) -> Finding:
    """Services and quarters in which nobody from quality assurance came to a clinic (PF-03)."""
    promise = "Quality assurance and performance at each service's clinic once a quarter"
    quarters = _whole_quarters(conditions)
    if not quarters:
        return Finding(promise, ("PF-03",), None, 0)
    meeting, names = services_that_meet(view), view.people.services()
    lacking: Counter[str] = Counter()
    for first in quarters:
        last = month_end(add_months(first, 2))
        clinics = [one for one in view.meetings.between(first, last) if one.body == CLINIC]
        for service_id in without_representative(clinics, meeting, quarter=first):
            lacking[f"{names[service_id].name}, {quarter_name(first)}"] += 1
    where = "; ".join(lacking) if len(lacking) <= _MOST_NAMED else ""
    return Finding(promise, ("PF-03",), lacking.total(), len(meeting) * len(quarters), where)


def _whole_quarters(conditions: Conditions) -> list[date]:
    """The first days of the quarters that lie in the rehearsal from their first day to their last."""
    first = quarter_start(conditions.from_on)
    found = (add_months(first, 3 * number) for number in range(conditions.months // 3 + 1))
    return [
        one
        for one in found
        if one >= conditions.from_on and add_months(one, 3) <= conditions.until_on
    ]  # fmt: skip


def _packs_in_time(view: View, council: Council, conditions: Conditions) -> Finding:
    """Meetings whose pack had not been approved and sent before their day."""
    late: Counter[str] = Counter()
    of = 0
    for line in council.framework.packs:
        for begins, meets in _meant(view, council, conditions, line):
            of += 1
            pack = view.packs.in_slot(slot_of(council, line, begins))
            if pack is None or pack.sent_at is None or local_day(pack.sent_at) >= meets:
                late[line.title] += 1
    promise = "Each pack approved and with its readers before the day of its meeting"
    return Finding(promise, ("OG-05", "OG-10", "QB-01", "PF-06"), late.total(), of, most_in(late))


def _meant(
    view: View, council: Council, conditions: Conditions, line: PackLine
) -> Iterator[tuple[date, date]]:
    """(first day of drafting, day of the meeting), where both lie in the rehearsal."""
    meeting = council.framework.meeting(line.meeting) if line.meeting else None
    if meeting is None:
        return
    first = conditions.from_on.replace(day=1)
    months = [add_months(first, number) for number in range(conditions.months + 1)]
    days = meeting_days(view, council, meeting, (None,), months)
    meets = {month: day for (_, month), day in days.items()}
    for begins, on in drafting_days(line, meets, first, council.bank_holidays):
        if begins >= conditions.from_on and on < conditions.until_on:
            yield begins, on


def _packs_as_approved(view: View, council: Council, conditions: Conditions) -> Finding:
    """Sent packs that no longer read as they did when they were approved."""
    sent = [
        one
        for one in view.packs.every()
        if one.state is PackState.SENT
        and one.sent_at is not None
        and local_day(one.sent_at) >= conditions.from_on
    ]
    changed: Counter[str] = Counter()
    for one in sent:
        line = council.framework.pack(one.kind)
        if one.hash != hash_now(view, one):
            changed[line.title if line is not None else one.kind.value] += 1
    promise = "Each pack stands as it was approved"
    return Finding(promise, ("OG-05",), changed.total(), len(sent), most_in(changed))
