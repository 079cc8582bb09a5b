"""Presses about grading alike: agreement, one auditor's moderated audits, and calibration cases."""

from collections.abc import Mapping
from datetime import timedelta

from cards.agreement import AgreementView, agreement_card
from cards.calibration import (
    CaseFormView,
    GradingView,
    ListView,
    OutcomeView,
    ProgressView,
    case_form,
    grading_card,
    list_card,
    outcome_card,
    progress_card,
)
from cards.differences import PickView, differences_card, pick_card
from cards.notes import note_card
from cards.payloads import Payload, ShowMyAudits
from cards.payloads_calibration import (
    AskCalibration,
    CloseCalibration,
    GradeCalibration,
    OpenCalibration,
    PickAuditor,
    ShowAgreement,
    ShowCalibration,
    ShowCalibrations,
    ShowDifferences,
)
from cards.views import HintView, NoteView
from cards.wording import count, day
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Reply, Turn
from domain.errors import NotAllowed, RuleBroken
from domain.grades import Grade
from domain.people import Person, Post
from domain.permissions import Verb, require
from workflows import agreeing, calibrating, differing
from workflows.council import Council, Work
from workflows.sharing import TextWanted

MOST_CLOSED = 3
"""How many cases that are over the list offers."""


def agreement_reply(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    """The answer to "agreement"; None for whom it is not."""
    try:
        return _agreement(council, work, turn, person)
    except NotAllowed:
        return None


def own_moderations_reply(council: Council, work: Work, turn: Turn, person: Person) -> Reply:
    """The answer to "my moderations". What is posted names no case; a press opens them."""
    own = differing.count_own(work, council, by=person, now=turn.now)
    buttons: tuple[tuple[str, Payload], ...] = (("My audits", ShowMyAudits()),)
    text = "None of your audits has been moderated and released yet. When one is, you find it here."
    if own:
        came = count(own, "audit")
        text = f"{came} of yours came back from the Panel. See where you and they differ, and why."
        buttons = (("See them side by side", ShowDifferences(person.id, 0)), *buttons)
    return Reply(note_card(NoteView("My moderations", text, buttons)), title="My moderations")


def pick_reply(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    """The answer to "moderations"; None for somebody who answers for nobody."""
    view = _pick_view(council, work, turn, person)
    if view.auditors:
        return Reply(pick_card(view), title="Moderated audits")
    if not person.posts & {Post.PSW, Post.SM_QA, Post.SM}:
        return None
    text = "No audit of an auditor you answer for has been moderated and released yet."
    none = NoteView("Moderated audits", text, (("My audits", ShowMyAudits()),))
    return Reply(note_card(none), title="Moderated audits")


def calibrations_reply(_council: Council, work: Work, _turn: Turn, person: Person) -> Reply | None:
    """The answer to "calibration"; None for somebody who has no part in it."""
    if not person.is_auditor and Post.PSW not in person.posts:
        return None
    return _list(work, person)


COMMANDS: Mapping[str, Command] = {
    "agreement": Command(("agreement", "are we grading alike", "grading alike"), agreement_reply),
    "my_moderations": Command(("my moderations", "my moderation"), own_moderations_reply),
    "moderations_of": Command(("moderations", "one auditor", "my auditors"), pick_reply),
    "calibration": Command(("calibration", "calibrate", "calibration case"), calibrations_reply),
}


def _agreement(council: Council, work: Work, turn: Turn, person: Person) -> Reply:
    found = agreeing.service_agreement(work, council, by=person, now=turn.now)
    numbers = council.framework.numbers
    view = AgreementView(
        agreement=found,
        least=numbers.alpha_least_audits,
        smallest=numbers.smallest_count,
        may_pick=bool(person.posts & {Post.PSW, Post.SM_QA}),
    )
    return Reply(agreement_card(view, council.framework), title="Are we grading alike?")


def _show_agreement(press: Press, _: Outcome) -> Reply:
    return _agreement(press.council, press.work, press.turn, press.person)


def _pick_view(council: Council, work: Work, turn: Turn, person: Person) -> PickView:
    found = differing.auditors_to_see(work, council, by=person, now=turn.now)
    return PickView(tuple((one.id, one.name) for one in found))


def _pick(press: Press, _: Outcome) -> Reply:
    view = _pick_view(press.council, press.work, press.turn, press.person)
    chosen = press.typed("auditor_id")
    if chosen in {str(auditor_id) for auditor_id, _ in view.auditors}:
        return _differences(press, int(chosen), 0)
    if chosen:
        wrong = (HintView("auditor_id", "Please choose from the list.", blocking=True),)
        view = PickView(view.auditors, press.typed_texts, wrong)
    return Reply(pick_card(view), title="Moderated audits")


def _show_differences(press: Press, _: Outcome) -> Reply:
    payload: ShowDifferences = press.payload
    return _differences(press, payload.auditor_id, payload.start)


def _differences(press: Press, auditor_id: int, start: int) -> Reply:
    found = differing.open_differences(
        press.work, press.council, by=press.person, auditor_id=auditor_id, start=start, now=press.now
    )
    made = differences_card(found, press.framework, differing.ON_A_CARD)
    return Reply(made, title="Moderated audits")


def _show_list(press: Press, _: Outcome) -> Reply:
    return _list(press.work, press.person)


def _list(work: Work, person: Person) -> Reply:
    found = calibrating.cases_for(work, by=person, closed=MOST_CLOSED)
    view = ListView(
        found.open_ones,
        found.closed,
        sends=Post.PSW in person.posts,
        graded=found.graded,
        knowing=found.knowing,
    )
    return Reply(list_card(view), title="Calibration")


def _ask(press: Press, _: Outcome) -> Reply:
    return _form(press, None, {})


def _form(press: Press, typed: Mapping[str, str] | None, errors: Mapping[str, str]) -> Reply:
    require(Verb.CALIBRATE, press.person, today=press.today)
    view = CaseFormView(
        closes_on=press.today + timedelta(days=press.framework.numbers.calibration_days),
        nonce=press.turn.nonce,
        typed=typed,
        errors=_hints(errors),
        panel=tuple((one.id, one.name) for one in calibrating.may_have_helped(press.work)),
    )
    return Reply(case_form(view, press.framework), title="A calibration case")


def _open(press: Press) -> Outcome:
    known = {str(one.id): one.id for one in calibrating.may_have_helped(press.work)}
    opened = calibrating.open_calibration(
        press.work,
        press.council,
        by=press.person,
        title=press.typed("case_title"),
        text=press.typed("case_text"),
        panel=_grades(press),
        because=press.typed("because"),
        # Whoever is not on the list was put there by hand, and no id is 0.
        helped={known.get(one, 0) for one in press.typed("helped").split(",") if one},
        now=press.now,
    )
    return {"calibration_id": opened}


def _show_opened(press: Press, outcome: Outcome) -> Reply:
    return _calibration(press, int(outcome["calibration_id"]))


def _refuse_opening(press: Press, broken: RuleBroken) -> Reply | None:
    field = broken.field if isinstance(broken, TextWanted) else ""
    return _form(press, press.typed_texts, {field: str(broken)})


def _show(press: Press, _: Outcome) -> Reply:
    payload: ShowCalibration = press.payload
    return _calibration(press, payload.calibration_id)


def _calibration(
    press: Press,
    calibration_id: int,
    *,
    saved: bool = False,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Reply:
    work, council, person, framework = press.work, press.council, press.person, press.framework
    case, grades = calibrating.look_at(work, council, by=person, calibration_id=calibration_id, now=press.now)
    own = calibrating.own_grades(work, by=person, calibration_id=calibration_id)
    if not case.is_open:
        found = calibrating.outcome_of(work, council, case)
        over = OutcomeView(case, found, own, framework.numbers.smallest_count)
        return Reply(outcome_card(over, framework), title="What came of the case")
    if not grades and Post.PSW not in person.posts:
        text = (
            "You know the Panel's grades of this case, so there is nothing for you to grade blind. "
            f"It closes after {day(case.closes_on)}; then you see how everybody's grades compare."
        )
        return Reply(note_card(NoteView("A calibration case", text)), title="A calibration case")
    if not grades:
        graded, asked = calibrating.how_many(
            work, council, by=person, calibration_id=calibration_id, now=press.now
        )
        progress = ProgressView(case, graded, asked, press.turn.nonce)
        return Reply(progress_card(progress, framework), title="A calibration case")
    grading = GradingView(case, own, press.turn.nonce, saved, typed, _hints(errors or {}))
    return Reply(grading_card(grading, framework), title="A case to grade")


def _grade(press: Press) -> Outcome:
    payload: GradeCalibration = press.payload
    calibrating.grade_blind(
        press.work,
        press.council,
        by=press.person,
        calibration_id=payload.calibration_id,
        grades=_grades(press),
        reason=press.typed("reason"),
        now=press.now,
    )
    return {}


def _show_graded(press: Press, _: Outcome) -> Reply:
    payload: GradeCalibration = press.payload
    return _calibration(press, payload.calibration_id, saved=True)


def _refuse_grading(press: Press, broken: RuleBroken) -> Reply | None:
    payload: GradeCalibration = press.payload
    if not isinstance(broken, TextWanted):
        return None
    return _calibration(
        press, payload.calibration_id, typed=press.typed_texts, errors={broken.field: str(broken)}
    )


def _close(press: Press) -> Outcome:
    payload: CloseCalibration = press.payload
    calibrating.close_early(
        press.work, press.council, by=press.person, calibration_id=payload.calibration_id, now=press.now
    )
    return {}


def _show_closed(press: Press, _: Outcome) -> Reply:
    payload: CloseCalibration = press.payload
    return _calibration(press, payload.calibration_id)


def _grades(press: Press) -> dict[str, Grade]:
    """Section to the grade chosen for it; what is no grade counts as not chosen."""
    known = {grade.value for grade in Grade}
    typed = {key: press.typed(f"grade_{key}") for key in press.framework.section_keys}
    return {key: Grade(word) for key, word in typed.items() if word in known}


def _hints(errors: Mapping[str, str]) -> tuple[HintView, ...]:
    return tuple(HintView(field, message, blocking=True) for field, message in errors.items())


HANDLERS: dict[type[Payload], Handler] = {
    ShowAgreement: Handler(_show_agreement),
    PickAuditor: Handler(_pick),
    ShowDifferences: Handler(_show_differences),
    ShowCalibrations: Handler(_show_list),
    AskCalibration: Handler(_ask),
    OpenCalibration: Handler(_show_opened, _open, _refuse_opening),
    ShowCalibration: Handler(_show),
    GradeCalibration: Handler(_show_graded, _grade, _refuse_grading),
    CloseCalibration: Handler(_show_closed, _close),
}
