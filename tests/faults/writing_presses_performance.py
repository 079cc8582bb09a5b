"""A press of every verb of the performance framework; see `writing_presses`."""

from collections.abc import Iterator
from datetime import timedelta

from cards.payloads_performance import (
    AnswerRequest,
    AnswerTeamReport,
    AskLeadCopy,
    AskNumbersCopy,
    AskPackCopy,
    AskPerformanceBook,
    AskPerformanceCopy,
    DropRequest,
    Explain,
    LockReport,
    SaveNarrative,
    SendRequest,
)
from domain.days import add_months, local_day, month_number
from domain.narratives import Report
from tests.faults.grounds import Ground
from tests.faults.pressing import Press
from tests.performance import a_locked_quarter, a_narrative, an_exception
from workflows.clinic_packs import pack_subject
from workflows.narrating import report_subject


def performance_presses(ground: Ground) -> Iterator[Press]:
    """One press of each verb, each made when those before it are done."""
    yield from _on_figures(ground)
    yield from _on_reports(ground)
    yield from _on_requests(ground)


def _on_figures(ground: Ground) -> Iterator[Press]:
    people, now, nonce = ground.people, ground.now, "pressed"
    today = local_day(now)
    with ground.council.write() as work:
        month = add_months(today.replace(day=1), -1)
        raised = an_exception(work, ground.council, people, month=month, now=now)
        week = work.team_reports.post(people.team.id, today - timedelta(days=today.weekday()), now)
    assert week is not None
    manager = people.team_manager
    why = {"why": "Two people left.", "action": "Cover is there."}
    yield Press(manager, Explain(raised.id, raised.version, nonce), why, {"explained a figure": 1})
    line = {"week_text": "Two visits are made today."}
    yield Press(manager, AnswerTeamReport(week.id, True, nonce), line, {"answered team report": 1})
    yield Press(manager, AskNumbersCopy("team", people.team.id, nonce), {}, {"file_offers": 1})
    pack = pack_subject(people.service.id, today.replace(day=1))
    yield Press(manager, AskPackCopy(pack, nonce), {}, {"file_offers": 1})


def _on_reports(ground: Ground) -> Iterator[Press]:
    people, now, nonce = ground.people, ground.now, "pressed"
    month = add_months(local_day(now).replace(day=1), -1)
    with ground.council.write() as work:
        asked = a_narrative(
            work,
            people.service_manager,
            period_on=month,
            service_id=people.service.id,
            due_on=local_day(now) + timedelta(days=9),
            now=now,
        )
    words = {"analysis": "Fewer visits.", "action": "More cover."}
    save = SaveNarrative(asked.id, asked.version, nonce)
    yield Press(people.service_manager, save, words, {"wrote a narrative": 1})
    subject = report_subject(Report.WHOLE_SERVICE, month)
    locked = {"locked a report": 1, "kept a locked report": 1}
    yield Press(people.qa_officer, AskPerformanceCopy(subject, nonce), {}, {"file_offers": 1})
    yield Press(people.qa_officer, AskPerformanceBook(subject, nonce), {}, {"file_offers": 1})
    with ground.council.write() as work:
        summary = month_number(a_locked_quarter(work, ground.council, now=now).period_on)
    yield Press(people.qa_officer, AskLeadCopy(summary, nonce), {}, {"file_offers": 1})
    yield Press(people.qa_officer, LockReport(subject, nonce), {}, locked)


def _on_requests(ground: Ground) -> Iterator[Press]:
    people, now, nonce = ground.people, ground.now, "pressed"
    due_on = local_day(now) + timedelta(days=20)
    asker, owner = people.ad_qa, people.qa_officer
    typed = {"body": "smt", "what": "What helps", "why": "We wonder.", "owner": str(owner.id)}
    typed["due_on"] = due_on.isoformat()
    yield Press(asker, SendRequest(nonce), typed, {"asked for a report": 1})
    given = {"body": "smt", "what": "What helps", "why": "We wonder.", "due_on": due_on, "now": now}
    with ground.council.write() as work:
        to_answer, to_drop = (
            work.report_requests.add(by=asker.id, owner_id=owner.id, **given)  # type: ignore[arg-type]
            for _ in range(2)
        )
    answer = {"answer": "It is the transport."}
    yield Press(owner, AnswerRequest(to_answer, 1, nonce), answer, {"answered a report request": 1})
    yield Press(asker, DropRequest(to_drop, 1, nonce), {}, {"dropped a report request": 1})
