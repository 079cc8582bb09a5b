"""Cards of calibration: a case to grade, one reminder, and what came of it. None tells the case itself.

Source: SG-03, PR-05.
"""

from collections.abc import Mapping

from cards.payloads import ShowMyAudits
from cards.payloads_calibration import AskCalibration, ShowAgreement, ShowCalibration
from cards.wording import count
from cards.wording import day as in_words
from domain.calibration import Calibration
from domain.days import month_numbered
from domain.people import Post
from scheduler.drawing import Draw, Drawing, Drawn, Needless, Write, note
from workflows.calibrating import ASKED, CLOSED, REMINDED, grades_blind, own_grades
from workflows.calibration_asking import WANTED, is_sent

_MY_AUDITS = ("My audits", ShowMyAudits())


def wanted(drawing: Drawing) -> Drawn | Needless:
    """Offers the PSW to send a case before the coming round."""
    month = month_numbered(drawing.notice.subject_id)
    if month is None or drawing.today >= month:
        return Needless("the round has begun")
    if Post.PSW not in drawing.person.posts:
        return Needless("they are no longer PSW")
    if is_sent(drawing.view, month):
        return Needless("a case has gone out for that round")
    days = drawing.council.framework.numbers.calibration_days
    text = (
        f"The {month:%B %Y} round begins on {in_words(month)}. Before it, you may send every auditor one "
        "anonymised case, so that a child's experience is judged alike, whoever looks.\n"
        f"Each grades it alone within {days} days; then all see the spread, and what the Panel thinks and "
        "why. Nothing is sent unless you send it."
    )
    return note(
        "A case for all to grade?",
        text,
        ("Write a case", AskCalibration()),
        ("Are we grading alike?", ShowAgreement()),
    )


def asked(drawing: Drawing) -> Drawn | Needless:
    """Asks an auditor to grade a case blind."""
    case = _to_grade(drawing)
    if isinstance(case, Needless):
        return case
    text = (
        "What was it like to be this child, and how good was the help? Every auditor grades the same "
        "anonymised case, each alone.\n"
        f"It takes about a quarter of an hour and is open until {in_words(case.closes_on)}. Nobody sees your "
        "grades; afterwards all see how they spread, and what the Panel thinks."
    )
    return note("A case to grade", text, ("Read and grade", ShowCalibration(case.id)))


def reminder(drawing: Drawing) -> Drawn | Needless:
    """Says once that the case closes soon, to those who have not graded it."""
    case = _to_grade(drawing)
    if isinstance(case, Needless):
        return case
    text = (
        f"The case that everyone grades closes after {in_words(case.closes_on)}, and yours would help: "
        "the more who grade, the more all of us learn about judging a child's experience alike."
    )
    return note("A case to grade closes soon", text, ("Read and grade", ShowCalibration(case.id)))


def closed(drawing: Drawing) -> Drawn | Needless:
    """Tells everyone asked that there is something to compare."""
    case = _case(drawing)
    if case.is_open:
        return Needless("the case is open")
    graded = drawing.view.calibrations.how_many(case.id)
    text = (
        f"{count(graded, 'auditor')} graded the case. See where grades agree and where they part, and what "
        "the Panel thinks and why. Nobody is named."
    )
    return note("The case has closed", text, ("See what came of it", ShowCalibration(case.id)), _MY_AUDITS)


CARDS: Mapping[str, Draw] = {
    WANTED: wanted,
    ASKED: asked,
    REMINDED: reminder,
    CLOSED: closed,
}
"""Kind to the card posted in the person's chat."""

MAILS: Mapping[str, Write] = {}
"""Kind to the mail sent to the person."""


def _to_grade(drawing: Drawing) -> Calibration | Needless:
    case = _case(drawing)
    if not case.is_open or drawing.today > case.closes_on:
        return Needless("the case has closed")
    if not grades_blind(drawing.person):
        return Needless("they no longer grade")
    if own_grades(drawing.view, by=drawing.person, calibration_id=case.id) is not None:
        return Needless("they have graded it")
    return case


def _case(drawing: Drawing) -> Calibration:
    found = drawing.view.calibrations.get(drawing.notice.subject_id)
    if found is None:
        raise LookupError(f"no calibration {drawing.notice.subject_id}")
    return found
