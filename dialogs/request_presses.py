"""Reports that groups ask for, and the reports of the performance framework itself (PF-05, PF-09, PF-12)."""

from collections.abc import Mapping

from cards.buttons import press, row
from cards.elements import Element
from cards.notes import note_card
from cards.payloads import Payload, ShowMyAudits
from cards.payloads_performance import (
    AnswerRequest,
    AskPackCopy,
    AskPerformanceBook,
    AskPerformanceCopy,
    DropRequest,
    LockReport,
    SendRequest,
    ShowClinicPack,
    ShowPerformanceReport,
    ShowRequest,
    ShowRequests,
    WriteRequest,
)
from cards.report import report_card
from cards.requests import (
    AnswerFormView,
    RequestFormView,
    RequestView,
    request_card,
    request_form,
    requests_card,
)
from cards.views import HintView, NoteView
from dialogs.numbers_presses import COMING, may_ask
from dialogs.performance_pictures import pack_picture, report_found, report_picture
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Reply, Turn
from domain.errors import NotAllowed, RuleBroken
from domain.people import Person
from domain.performance import ChangedMeanwhile, RequestState
from workflows import asking_reports, narrating
from workflows.asking_reports import RequestLine
from workflows.council import Council, Work
from workflows.learning_texts import TextsWanted
from workflows.offered_numbers import CLINIC_PACK, PERFORMANCE_BOOK, PERFORMANCE_REPORT
from workflows.offering import offer_file


def _show_pack(press: Press, _: Outcome) -> Reply:
    payload: ShowClinicPack = press.payload
    return _pack(press, payload.subject)


def _pack(press: Press, subject: int, *, message: str = "") -> Reply:
    report = pack_picture(press.work, press.council, press.person, subject, press.now, brief=True)
    copy = AskPackCopy(subject, press.turn.nonce)
    return Reply(report_card(report, copy, message=message), title=report.title)


def _show_report(press: Press, _: Outcome) -> Reply:
    payload: ShowPerformanceReport = press.payload
    return _report(press, payload.subject)


def _report(turn: Press, subject: int, *, message: str = "") -> Reply:
    found = report_found(turn.work, turn.council, turn.person, subject, turn.now)
    report = report_picture(found, brief=True)
    buttons = [press("Excel copy", AskPerformanceBook(subject, turn.turn.nonce))]
    if found.may_lock:
        buttons.append(press("Lock it now", LockReport(subject, turn.turn.nonce)))
    foot: list[Element] = [row(*buttons, spacing="medium")]
    copy = AskPerformanceCopy(subject, turn.turn.nonce)
    return Reply(report_card(report, copy, message=message, foot=foot), title=report.title)


def _ask_pack_copy(press: Press) -> Outcome:
    payload: AskPackCopy = press.payload
    _offer(press, CLINIC_PACK, payload.subject)
    return {}


def _show_pack_asked(press: Press, _: Outcome) -> Reply:
    payload: AskPackCopy = press.payload
    return _pack(press, payload.subject, message=COMING)


def _ask_report_copy(press: Press) -> Outcome:
    payload: AskPerformanceCopy = press.payload
    _offer(press, PERFORMANCE_REPORT, payload.subject)
    return {}


def _show_report_asked(press: Press, _: Outcome) -> Reply:
    payload: AskPerformanceCopy = press.payload
    return _report(press, payload.subject, message=COMING)


def _ask_report_book(press: Press) -> Outcome:
    payload: AskPerformanceBook = press.payload
    _offer(press, PERFORMANCE_BOOK, payload.subject)
    return {}


def _show_book_asked(press: Press, _: Outcome) -> Reply:
    payload: AskPerformanceBook = press.payload
    return _report(press, payload.subject, message=COMING.replace("Word copy", "workbook"))


def _offer(press: Press, kind: str, subject: int) -> None:
    offer_file(
        press.work,
        press.council,
        by=press.person,
        kind=kind,
        subject_id=subject,
        token=press.turn.nonce,
        now=press.now,
    )


def _lock(press: Press) -> Outcome:
    payload: LockReport = press.payload
    report, period_on = narrating.report_of_subject(payload.subject)
    narrating.lock_all(
        press.work, press.council, by=press.person, report=report, period_on=period_on, now=press.now
    )
    return {}


def _show_locked(press: Press, _: Outcome) -> Reply:
    payload: LockReport = press.payload
    return _report(press, payload.subject, message="It is locked, and its readers are told.")


def _show_requests(press: Press, _: Outcome) -> Reply:
    payload: ShowRequests = press.payload
    return _requests(press.council, press.work, press.turn, press.person, payload.start)


def _requests(council: Council, work: Work, turn: Turn, person: Person, start: int) -> Reply:
    found = asking_reports.requests_for(work, council, by=person, now=turn.now)
    views = tuple(_view(one, council, turn) for one in found)
    made = requests_card(views, start, may_ask=may_ask(council, work, person))
    return Reply(made, title="Reports asked for")


def _show_request(press: Press, _: Outcome) -> Reply:
    payload: ShowRequest = press.payload
    return _request(press, payload.request_id)


def _request(
    press: Press,
    request_id: int,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Reply:
    line = asking_reports.request_line(
        press.work, press.council, by=press.person, request_id=request_id, now=press.now
    )
    view = AnswerFormView(_view(line, press.council, press.turn), press.turn.nonce, typed, _hints(errors))
    return Reply(request_card(view), title="A report asked for")


def _show_form(press: Press, _: Outcome) -> Reply:
    return _form(press)


def _form(
    press: Press, *, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> Reply:
    bodies, owners = asking_reports.choices(press.work, press.council, by=press.person, now=press.now)
    view = RequestFormView(
        tuple(bodies.items()),
        tuple((str(person_id), name) for person_id, name in owners.items()),
        press.turn.nonce,
        typed,
        _hints(errors),
    )
    return Reply(request_form(view), title="Ask for a report")


def _send(press: Press) -> Outcome:
    request_id = asking_reports.ask_report(
        press.work,
        press.council,
        by=press.person,
        typed={name: press.typed(name) for name in ("body", "what", "why", "owner", "due_on")},
        now=press.now,
    )
    return {"request": request_id}


def _show_sent(press: Press, outcome: Outcome) -> Reply:
    return _request(press, outcome["request"])


def _refuse_send(press: Press, broken: RuleBroken) -> Reply | None:
    if isinstance(broken, TextsWanted):
        return _form(press, typed=press.typed_texts, errors=broken.errors)
    return None


def _answer(press: Press) -> Outcome:
    payload: AnswerRequest = press.payload
    asking_reports.answer_report(
        press.work,
        press.council,
        by=press.person,
        request_id=payload.request_id,
        version=payload.version,
        typed={name: press.typed(name) for name in ("answer", "kept_where")},
        now=press.now,
    )
    return {}


def _show_answered(press: Press, _: Outcome) -> Reply:
    payload: AnswerRequest = press.payload
    return _request(press, payload.request_id)


def _refuse_answer(press: Press, broken: RuleBroken) -> Reply | None:
    payload: AnswerRequest = press.payload
    if isinstance(broken, TextsWanted):
        return _request(press, payload.request_id, typed=press.typed_texts, errors=broken.errors)
    if isinstance(broken, ChangedMeanwhile):
        return _request(press, payload.request_id, typed=press.typed_texts, errors={"": str(broken)})
    return None


def _drop(press: Press) -> Outcome:
    payload: DropRequest = press.payload
    asking_reports.drop_report(
        press.work,
        press.council,
        by=press.person,
        request_id=payload.request_id,
        version=payload.version,
        now=press.now,
    )
    return {}


def _show_dropped(press: Press, _: Outcome) -> Reply:
    return _requests(press.council, press.work, press.turn, press.person, 0)


def _view(line: RequestLine, council: Council, turn: Turn) -> RequestView:
    one = line.request
    return RequestView(
        id=one.id,
        version=one.version,
        body=line.body,
        what=one.what,
        why=one.why,
        asked_by=line.asked_by,
        owner=line.owner,
        due_on=one.due_on,
        answer=one.answer,
        kept_where=one.kept_where,
        is_open=one.state is RequestState.OPEN,
        is_mine=line.is_mine,
        overdue=one.state is RequestState.OPEN and one.due_on < council.today(turn.now),
        may_drop=line.may_drop,
    )


def _hints(errors: Mapping[str, str] | None) -> tuple[HintView, ...]:
    return tuple(HintView(field, message, blocking=True) for field, message in (errors or {}).items())


def _type_requests(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    try:
        return _requests(council, work, turn, person, 0)
    except NotAllowed as refused:
        view = NoteView("Reports asked for", str(refused), (("My audits", ShowMyAudits()),))
        return Reply(note_card(view), title="Reports asked for")


HANDLERS: dict[type[Payload], Handler] = {
    ShowClinicPack: Handler(_show_pack),
    AskPackCopy: Handler(_show_pack_asked, act=_ask_pack_copy),
    ShowPerformanceReport: Handler(_show_report),
    AskPerformanceCopy: Handler(_show_report_asked, act=_ask_report_copy),
    AskPerformanceBook: Handler(_show_book_asked, act=_ask_report_book),
    LockReport: Handler(_show_locked, act=_lock),
    ShowRequests: Handler(_show_requests),
    ShowRequest: Handler(_show_request),
    WriteRequest: Handler(_show_form),
    SendRequest: Handler(_show_sent, act=_send, refuse=_refuse_send),
    AnswerRequest: Handler(_show_answered, act=_answer, refuse=_refuse_answer),
    DropRequest: Handler(_show_dropped, act=_drop),
}
"""What these buttons carry. See `cards.payloads`."""

COMMANDS: Mapping[str, Command] = {
    "report_requests": Command(
        ("report requests", "reports asked for", "ask for a report", "request a report"), _type_requests
    ),
}
"""What can be typed."""
