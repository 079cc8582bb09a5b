"""Figures and what people say to them, for the gallery."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from cards.buttons import press, rows
from cards.clinic_words import clinic_report
from cards.elements import Card
from cards.explaining import ExplainFormView, exceptions_card, explain_form
from cards.gallery_content import ORDINARY, Content
from cards.lead_words import lead_report
from cards.narrating import NarrativeView, narrative_card
from cards.numbers_words import numbers_report
from cards.payloads_performance import (
    AskLeadCopy,
    AskNumbersCopy,
    AskPackCopy,
    AskPerformanceBook,
    AskPerformanceCopy,
    LockReport,
    ShowNumbers,
)
from cards.performance_words import performance_report
from cards.report import report_card
from cards.requests import (
    AnswerFormView,
    RequestFormView,
    RequestView,
    request_card,
    request_form,
    requests_card,
)
from cards.team_report import TeamReportView, WeekView, report_foot, weeks_card
from cards.views import HintView
from domain.framework import Framework
from domain.narratives import BOXES, Narrative, NarrativeState, Report
from domain.numbers import ExceptionLine, Look, NumberLine, Numbers
from domain.performance import Answer, ExceptionState
from domain.performance_report import LockedReport, ReportContent, Written, to_body

_MAY, _DUE = date(2026, 5, 1), date(2026, 6, 12)
_AT = datetime(2026, 6, 5, 9, 0, tzinfo=UTC)
_NAMES = (
    "Visits in time",
    "Assessments within 45 working days",
    "Children with an up-to-date plan",
    "Missing episodes",
    "Average caseload",
)
_SAYS = (
    (Look.NEEDED, "Off target. Two months worse than its normal range: find out what changed."),
    (Look.GLAD, "On target. Better than its normal range: say well done, and learn how."),
    (Look.STEADY, "On target and steady: nothing to chase."),
)


def cards_of(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    """(name, card) of each, with this content."""
    yield from _numbers(content)
    yield from _team_report(content)
    yield from _exceptions(content)
    yield from _narratives(content)
    yield from _reports(framework, content)
    yield from _requests(content)
    yield from _lead(content)


def _name(content: Content, number: int) -> str:
    return _NAMES[number % len(_NAMES)] if content is ORDINARY else content.line(number)


def _lines(content: Content, *, whose: bool = False) -> tuple[NumberLine, ...]:
    made = []
    for number in range(content.many):
        look, says = _SAYS[number * len(_SAYS) // content.many]
        made.append(
            NumberLine(
                name=_name(content, number),
                whose=content.name(number) if whose else "",
                figure=f"{80 - number}%",
                before=f"{84 - number}%",
                period="May 2026",
                target="90% or more",
                spark="▅▆▅▇▅▃▂▁",
                says=says,
                look=look,
                audits="Audits of the last year: Planning below Good in 3 of 7." if number == 0 else "",
            )
        )
    return tuple(made)


def _figures(content: Content, *, whose: bool = False) -> Numbers:
    return Numbers(content.team, _lines(content, whose=whose), hidden=whose)


def _numbers(content: Content) -> Iterator[tuple[str, Card]]:
    copy = AskNumbersCopy("team", 3, "gallery")
    found = _figures(content)
    report = numbers_report(found, title="Figures of a team", about=found.of, lines=found.lines[:10])
    onwards = press("Next (10 more)", ShowNumbers("team", 3, 10))
    yield "numbers-team", report_card(report, copy, message=content.line(0), foot=rows(onwards))
    people = _figures(content, whose=True)
    report = numbers_report(people, title="Figures by person", about=people.of, lines=people.lines[:10])
    yield "numbers-people", report_card(report, copy)
    nothing = Numbers(content.team, ())
    report = numbers_report(nothing, title="Figures of a team", about=nothing.of)
    yield "numbers-none", report_card(report, copy)


def _team_report(content: Content) -> Iterator[tuple[str, Card]]:
    copy = AskNumbersCopy("team", 3, "gallery")
    found = _figures(content)
    report = numbers_report(found, title="Figures of a team", about=found.of, lines=found.lines[:10])
    view = TeamReportView(7, 3, None, "", "", may_answer=True, nonce="gallery")
    yield "team-report", report_card(report, copy, foot=report_foot(view))
    wrong = (HintView("week_text", "Say in a line what you are doing.", blocking=True),)
    refused = replace(view, typed={"week_text": content.text(0)}, errors=wrong)
    yield "team-report-refused", report_card(report, copy, foot=report_foot(refused))
    answered = replace(
        view, answer=Answer.ACTING, text=content.text(1), answered_by=content.name(0), may_answer=False
    )
    yield "team-report-answered", report_card(report, copy, foot=report_foot(answered))
    weeks = tuple(
        WeekView(n, content.team, _MAY, (Answer.SEEN, Answer.ACTING, None)[n % 3], content.line(n) * (n % 2))
        for n in range(content.many)
    )
    yield "team-weeks", weeks_card(weeks, 0)
    yield "team-weeks-none", weeks_card((), 0)


def _exception_lines(content: Content) -> tuple[ExceptionLine, ...]:
    return tuple(
        ExceptionLine(
            id=number,
            name=_name(content, number),
            whose=content.team,
            figure="71%",
            period="May 2026",
            target="90% or more",
            says="outside its normal range",
            owner=content.name(number),
            reply=content.text(number)[:400] if number % 2 else "",
            action=content.text(number + 1)[:400] if number % 2 else "",
            state=ExceptionState.ANSWERED if number % 2 else ExceptionState.OPEN,
            due_on=_DUE,
        )
        for number in range(content.many)
    )


def _exceptions(content: Content) -> Iterator[tuple[str, Card]]:
    lines = _exception_lines(content)
    yield "exceptions", exceptions_card(lines, 0)
    yield "exceptions-last", exceptions_card(lines, 9_999)
    yield "exceptions-none", exceptions_card((), 0)
    form = ExplainFormView(lines[0], 1, "gallery")
    yield "exception-form", explain_form(form)
    wrong = (HintView("why", "Say in a line why it is so.", blocking=True),)
    typed = {"why": content.text(0), "action": content.text(1)}
    yield "exception-form-refused", explain_form(replace(form, typed=typed, errors=wrong))


def _narrative(report: Report, content: Content, *, written: bool) -> Narrative:
    texts = {box.key: content.text(n)[:1500] for n, box in enumerate(BOXES[report])} if written else {}
    return Narrative(
        id=5,
        report=report,
        period_on=_MAY,
        service_id=1,
        slot="gallery",
        owner_id=2,
        due_on=_DUE,
        texts=texts,
        state=NarrativeState.ASKED,
        written_by=None,
        written_at=None,
        locked_at=None,
        version=1,
    )


def _narratives(content: Content) -> Iterator[tuple[str, Card]]:
    figures = tuple((_name(content, n), "71% in May 2026. Off target.") for n in range(6))
    for report in Report:
        view = NarrativeView(_narrative(report, content, written=False), content.team, figures, "gallery")
        yield f"narrative-{report.value}", narrative_card(view)
    written = _narrative(Report.WHOLE_SERVICE, content, written=True)
    view = NarrativeView(written, content.team, figures, "gallery", saved=True)
    yield "narrative-saved", narrative_card(view)
    wrong = (HintView("analysis", "Please say this in a few sentences.", blocking=True),)
    yield (
        "narrative-refused",
        narrative_card(replace(view, typed=dict(written.texts), errors=wrong, saved=False)),
    )
    locked = replace(written, state=NarrativeState.LOCKED, locked_at=_AT)
    yield "narrative-locked", narrative_card(replace(view, narrative=locked, saved=False))


def _reports(_framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    boxes = tuple((box.label, content.text(n)) for n, box in enumerate(BOXES[Report.WHOLE_SERVICE]))
    pack = clinic_report(
        service=content.team,
        clinic_on=_DUE,
        numbers=_figures(content, whose=True),
        exceptions=_exception_lines(content),
        said=((content.name(0), boxes[:2]),),
        waiting=(content.name(1), content.name(2)),
        brief=True,
    )
    yield "clinic-pack", report_card(pack, AskPackCopy(1_202605, "gallery"))
    copy, lock = AskPerformanceCopy(2_202605, "gallery"), LockReport(2_202605, "gallery")
    book = AskPerformanceBook(2_202605, "gallery")
    written = tuple(
        Written(content.team, content.name(n), boxes if n % 2 else (), locked=True) for n in range(7)
    )
    analysis = (Written(content.name(0), content.name(0), boxes[:2], locked=True),)
    found = ReportContent(_figures(content, whose=True), _exception_lines(content), written, ())
    for kind, shown in (
        (Report.WHOLE_SERVICE, found),
        (Report.QUARTERLY, replace(found, analysis=analysis)),
    ):
        quarterly = kind is Report.QUARTERLY
        report = performance_report(
            kind=kind,
            period_on=date(2026, 4, 1),
            content=shown,
            locked=_locked(kind) if quarterly else None,
            brief=True,
        )
        foot = rows(press("Excel copy", book), *([] if quarterly else [press("Lock it now", lock)]))
        yield f"performance-{kind.value}", report_card(report, copy, foot=foot)
    check = performance_report(
        kind=Report.SELF_CHECK,
        period_on=date(2027, 1, 1),
        content=ReportContent(None, (), (Written(content.name(0), content.name(0), boxes, locked=True),), ()),
        locked=_locked(Report.SELF_CHECK),
        brief=True,
    )
    yield "performance-self-check", report_card(check, copy)


def _lead(content: Content) -> Iterator[tuple[str, Card]]:
    whole = ReportContent(_figures(content, whose=True), _exception_lines(content), (), ())
    locked = replace(_locked(Report.QUARTERLY), body=to_body(whole))
    copy = AskLeadCopy(202604, "gallery")
    yield "lead-summary", report_card(lead_report(locked, brief=True), copy)


def _locked(kind: Report) -> LockedReport:
    return LockedReport(kind, date(2026, 4, 1), {}, "1.0", _AT, "4f" * 32)


def _requests(content: Content) -> Iterator[tuple[str, Card]]:
    one = RequestView(
        id=4,
        version=1,
        body="QA Group",
        what=content.line(1),
        why=content.text(0)[:1500],
        asked_by=content.name(0),
        owner=content.name(1),
        due_on=_DUE,
        answer="",
        kept_where="",
        is_open=True,
        is_mine=True,
        overdue=True,
    )
    answered = replace(
        one, is_open=False, is_mine=False, overdue=False, answer=content.text(1)[:1500], kept_where="Files"
    )
    requests = tuple(replace((one, answered)[n % 2], id=n) for n in range(content.many))
    yield "report-requests", requests_card(requests, 0, may_ask=True)
    yield "report-requests-none", requests_card((), 0, may_ask=True)
    yield "report-request", request_card(AnswerFormView(one, "gallery"))
    own = replace(one, is_mine=False, may_drop=True)
    yield "report-request-own", request_card(AnswerFormView(own, "gallery"))
    wrong = (HintView("answer", "Please say what you found.", blocking=True),)
    refused = AnswerFormView(one, "gallery", {"answer": content.text(2)}, wrong)
    yield "report-request-refused", request_card(refused)
    yield "report-request-answered", request_card(AnswerFormView(answered, "gallery"))
    bodies = (("qa_group", "QA Group"), ("smt", "SMT"))
    owners = tuple((str(n), content.name(n)) for n in range(content.many))
    form = RequestFormView(bodies, owners, "gallery")
    yield "report-request-form", request_form(form)
    typed = {"what": content.line(0), "why": content.text(0), "due_on": "soon"}
    wrong = (HintView("due_on", "Please give a day, such as 31 May 2026.", blocking=True),)
    yield "report-request-form-refused", request_form(replace(form, typed=typed, errors=wrong))
