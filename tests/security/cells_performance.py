"""Who may press what of the performance framework; see `cells`."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from bot.asking import clock
from cards.payloads import Payload
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
    ShowClinicPack,
    ShowExceptions,
    ShowLeadSummary,
    ShowNumbers,
    ShowPerformance,
    ShowPerformanceReport,
    ShowRequest,
    ShowRequests,
    ShowTeamReport,
    ShowWeeks,
    WriteExplanation,
    WriteNarrative,
    WriteRequest,
)
from domain.days import add_months, local_day, month_number
from domain.indicators import Every
from domain.narratives import Report
from domain.people import Person
from storage.work import Work
from tests.builders import Staff
from tests.performance import (
    a_locked_quarter,
    a_narrative,
    an_exception,
    an_indicator,
    figures,
    of_service,
    of_team,
)
from workflows.clinic_packs import pack_subject
from workflows.council import Council
from workflows.narrating import report_subject

Typed = dict[str, str]

_NOWHERE = 999_999
_OFFICE = {"a quality assurance officer", "the SM for quality assurance"}
_TEAM_MANAGERS = {"the auditor", "the team manager", "the team manager the case moved to"}
_OWN_MANAGER, _ELSEWHERE = "the service manager", "the auditor's own service manager, who covers the other"
_SERVICE_MANAGERS = {_OWN_MANAGER, _ELSEWHERE}
_ACROSS = _OFFICE | {"the principal social worker", "the AD for QA", "another AD"}
"""Who looks across services and sees their teams (PF-08); the scene has no performance officer."""
_READERS = _ACROSS | _SERVICE_MANAGERS | {"the director"}
_MANAGE_IT = {"the team manager", _OWN_MANAGER}
_AT_CLINIC = _OFFICE | {
    "the team manager",
    _OWN_MANAGER,
    "the practitioner's line manager",
    "another assistant in the team",
}
"""PF-02, PF-03: the service's own managers, and the QA office, which is represented."""
_ON_SMT = (_ACROSS | _SERVICE_MANAGERS) - {"a quality assurance officer"}
_ON_GROUPS = (
    _READERS
    | _TEAM_MANAGERS
    | {"the practitioner's line manager", "another assistant in the team", "the project manager"}
)
"""OG-11, QB-03, PF-02, PF-06: members of the QA Group, Board, SMT, CDLT or their own clinic."""
_REPORT, _NO_REPORT = "a monthly report", "no monthly report"

MAY: dict[str, dict[str, set[str]]] = {
    # PF-01, PF-08: a manager's own in full, the whole for those who look across.
    "see the council's figures": {"a measured service": _READERS | _TEAM_MANAGERS},
    "see a service's figures": {
        "a measured service": _READERS | {"the team manager"},
        "no service": set(),
    },
    "see a team's figures": {"a measured team": _ACROSS | _MANAGE_IT, "no measured team": set()},
    "see people and cases": {"a measured team": _MANAGE_IT, "no measured team": set()},
    "read a team's week": {"a week's report": _MANAGE_IT, "no week's report": set()},
    "answer a team's week": {"a week's report": {"the team manager"}, "no week's report": set()},
    "see what teams answered": {"a week's report": _SERVICE_MANAGERS},
    # PF-04, PF-09: whoever answers for the figure.
    "explain a figure": {"an exception": {"the team manager"}, "no exception": set()},
    # PF-05: whoever was asked, and their cover only while they are away.
    "write a narrative": {"a narrative": {_OWN_MANAGER}, "no narrative": set()},
    "open a clinic's pack": {"a clinic's pack": _AT_CLINIC, "no clinic's pack": set()},
    "read a monthly report": {_REPORT: _READERS, _NO_REPORT: _READERS},
    # PF-08: and nothing else in any of these tables is the Lead Member's.
    "see the Lead Member's summary": {
        "a locked quarter": _OFFICE | {"the Lead Member", "the director"},
        "no locked quarter": _OFFICE | {"the Lead Member", "the director"},
    },
    "lock a report": {"a report to lock": _OFFICE, _NO_REPORT: _OFFICE},
    # PF-12: any member of a group.
    "ask for a report": {"a report asked for": _ON_GROUPS},
    "read a request": {"a report asked for": _ON_SMT | {"the project manager"}, "no request": set()},
    "answer a request": {"a report asked for": {"the project manager"}, "no request": set()},
    "list requests": {"a report asked for": _ON_GROUPS},
    "drop a request": {"another report asked for": {"the AD for QA"}, "no request": set()},
    # Whoever looks at figures, or is asked for something about them.
    "begin": {"a measured service": _ON_GROUPS | {"the Lead Member"}},
}
CHANGES: dict[type[Payload], tuple[str, set[str]]] = {
    # Of whatever level; who may have one is asked as who may see the figures.
    AskNumbersCopy: ("file_offers", {"a measured team"}),
    AnswerTeamReport: ("team_reports", {"a week's report"}),
    Explain: ("exceptions", {"an exception"}),
    SaveNarrative: ("narratives", {"a narrative"}),
    AskPackCopy: ("file_offers", {"a clinic's pack"}),
    AskPerformanceCopy: ("file_offers", {_REPORT}),
    AskPerformanceBook: ("file_offers", {_REPORT}),
    AskLeadCopy: ("file_offers", {"a locked quarter"}),
    LockReport: ("narratives", {"a report to lock"}),
    SendRequest: ("report_requests", {"a report asked for"}),
    AnswerRequest: ("report_requests", {"a report asked for"}),
    DropRequest: ("report_requests", {"another report asked for"}),
}


def objects(
    work: Work, council: Council, some: Staff, people: dict[str, Person], given: dict[str, Any]
) -> dict[str, int]:
    """A team and service with figures, and what is asked about them."""
    now = given["now"]
    today = local_day(now)
    month = add_months(today.replace(day=1), -1)
    raised = an_exception(work, council, some, month=month, now=now)
    timely = an_indicator(work, "Plans up to date")
    figures(work, timely, of_service(some), (88.0,), last_on=month, now=now)
    week_on = today - timedelta(days=today.weekday())
    figures(work, timely, of_team(some), (70.0,), every=Every.WEEK, last_on=week_on, now=now)
    report = work.team_reports.post(some.team.id, week_on, now)
    assert report is not None
    later = {"service_id": some.service.id, "due_on": today + timedelta(days=9), "now": now}
    narrative = a_narrative(work, people[_OWN_MANAGER], period_on=month, **later)
    to_lock = a_narrative(
        work, people[_OWN_MANAGER], report=Report.QUARTERLY, period_on=date(2026, 4, 1), **later
    )
    request_id, another_id = (
        work.report_requests.add(
            body="smt",
            what=f"Why {what} are late",
            why="They have been for months.",
            by=people["the AD for QA"].id,
            owner_id=people["the project manager"].id,
            due_on=today + timedelta(days=20),
            now=now,
        )
        for what in ("visits", "plans")
    )
    return {
        "a measured service": some.service.id,
        "no service": _NOWHERE,
        "a measured team": some.team.id,
        "no measured team": _NOWHERE,
        "a week's report": report.id,
        "no week's report": _NOWHERE,
        "an exception": raised.id,
        "no exception": _NOWHERE,
        "a narrative": narrative.id,
        "no narrative": _NOWHERE,
        "a clinic's pack": pack_subject(some.service.id, month),
        "no clinic's pack": pack_subject(2_000, month),
        _REPORT: report_subject(Report.WHOLE_SERVICE, month),
        _NO_REPORT: report_subject(Report.WHOLE_SERVICE, date(2001, 1, 1)),
        "a report to lock": report_subject(Report.QUARTERLY, to_lock.period_on),
        "a locked quarter": month_number(a_locked_quarter(work, council, now=now).period_on),
        "no locked quarter": 200_101,
        "a report asked for": request_id,
        "another report asked for": another_id,
        "no request": _NOWHERE,
    }


def asked(activity: str, object_id: int, nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """Every press of this activity, with what is typed beside it."""
    match activity:
        case "see the council's figures":
            yield ShowNumbers("council", 0, 0), {}
        case "see a service's figures":
            yield ShowNumbers("service", object_id, 0), {}
        case "see a team's figures":
            yield ShowNumbers("team", object_id, 0), {}
        case "see people and cases":
            for level in ("people", "cases"):
                yield ShowNumbers(level, object_id, 0), {}
                yield AskNumbersCopy(level, object_id, f"{nonce}:{level}"), {}
        case "read a team's week":
            yield ShowTeamReport(object_id), {}
        case "answer a team's week":
            yield AnswerTeamReport(object_id, False, nonce), {}
            yield AnswerTeamReport(object_id, True, nonce), {"week_text": "Two visits are made today."}
        case "see what teams answered":
            yield ShowWeeks(0), {}
        case "explain a figure":
            yield WriteExplanation(object_id), {}
            yield Explain(object_id, 1, nonce), {"why": "Two people left.", "action": "Cover is there."}
        case "write a narrative":
            yield WriteNarrative(object_id), {}
            words = {"analysis": "Fewer visits.", "action": "More cover.", "celebration": "Plans."}
            yield SaveNarrative(object_id, 1, nonce), words
        case "open a clinic's pack":
            yield ShowClinicPack(object_id), {}
            yield AskPackCopy(object_id, nonce), {}
        case "read a monthly report":
            yield ShowPerformanceReport(object_id), {}
            yield AskPerformanceCopy(object_id, nonce), {}
            yield AskPerformanceBook(object_id, f"{nonce}:book"), {}
        case "see the Lead Member's summary":
            yield ShowLeadSummary(object_id), {}
            yield AskLeadCopy(object_id, nonce), {}
        case "lock a report":
            yield LockReport(object_id, nonce), {}
        case "ask for a report":
            yield WriteRequest(), {}
            later = (local_day(clock()) + timedelta(days=30)).isoformat()
            typed = {"what": "What helps", "why": "We wonder.", "owner": "9", "due_on": later}
            for body in ("qa_group", "clinic", "smt", "qa_board", "cdlt"):
                yield SendRequest(f"{nonce}:{body}"), {**typed, "body": body}
        case "read a request":
            yield ShowRequest(object_id), {}
        case "answer a request":
            yield AnswerRequest(object_id, 1, nonce), {"answer": "It is the transport."}
        case "drop a request":
            yield DropRequest(object_id, 1, nonce), {}
        case "list requests":
            yield ShowRequests(0), {}
        case "begin":
            yield ShowPerformance(), {}


def everyones(objects: dict[str, int], nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """What everyone may press, and each is shown their own."""
    yield ShowExceptions(0), {}
