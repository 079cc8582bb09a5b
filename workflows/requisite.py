"""How many audits a service owed in a round and did (RO-08, Q23)."""

from domain.allocation_pool import pool_of
from domain.requisite import Numbers, numbers_of
from storage.rounds import RoundRow
from storage.work import View
from workflows.council import Council
from workflows.population import half_of
from workflows.report_access import service_of


def service_numbers(view: View, council: Council, chosen: RoundRow, service_id: int) -> Numbers:
    """The service's numbers of one round.

    The auditors are those whom the round takes by its own rules, of everybody in the service today, and
    whoever did an audit in it and has left since.
    """
    everyone, teams = view.people.everyone(with_leavers=True), view.people.teams()
    ours = {person.id: person for person in everyone if service_of(person, teams) == service_id}
    audits = [audit for audit in view.audits.of_round(chosen.id) if audit.auditor_id in ours]
    pool = pool_of(
        (person for person in ours.values() if person.left_on is None),
        month_on=chosen.month,
        opted_in=chosen.summary.get("opted_in", ()),
        round_months=council.framework.numbers.round_months,
        half_of=half_of(chosen),
    )
    left = {audit.auditor_id for audit in audits if ours[audit.auditor_id].left_on and audit.submitted_at}
    return numbers_of({*pool.auditor_ids, *left}, audits)
