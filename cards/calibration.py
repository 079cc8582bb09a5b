"""A calibration case: the PSW's form, the blind grading, how far it is, and what came of it.

Source: SG-01, SG-03, SG-04, PR-05.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cards.agreement import alpha_words
from cards.buttons import press, row, toggle
from cards.elements import Card, Element, bold, box, card, heading, listed, says, typed
from cards.fields import Form, other_errors
from cards.payloads import ShowGuidance, ShowMyAudits
from cards.payloads_calibration import (
    AskCalibration,
    CloseCalibration,
    GradeCalibration,
    OpenCalibration,
    ShowCalibration,
    ShowCalibrations,
)
from cards.views import HintView
from cards.wording import count, day
from domain.calibration import LEAST_SECTIONS, MOST_SECTIONS, BlindGrades, Calibration, Outcome
from domain.framework import Framework
from domain.grades import Grade


@dataclass(frozen=True, slots=True)
class CaseFormView:
    """The form in which the PSW writes a case."""

    closes_on: date
    """The last day, were it sent today."""
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()
    panel: tuple[tuple[int, str], ...] = ()
    """(id, name) of those of the Panel who may have helped to set its grades."""


@dataclass(frozen=True, slots=True)
class GradingView:
    """A case as an auditor grades it."""

    case: Calibration
    own: BlindGrades | None
    nonce: str
    saved: bool = False
    """Whether it was saved just now."""
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgressView:
    """An open case as the PSW sees it: how many, never who."""

    case: Calibration
    graded: int
    asked: int
    nonce: str


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """What came of a closed case."""

    case: Calibration
    outcome: Outcome
    own: BlindGrades | None
    """The reader's own grades, for them alone."""
    smallest: int
    """From how many people on their grades are shown as numbers."""


@dataclass(frozen=True, slots=True)
class ListView:
    """The cases there are for this person."""

    open_ones: tuple[Calibration, ...]
    closed: tuple[Calibration, ...]
    sends: bool
    """Whether they may write a case."""
    graded: frozenset[int] = frozenset()
    """Ids of the open ones that the person has graded."""
    knowing: frozenset[int] = frozenset()
    """Ids of the open ones whose grades by the Panel the person knows."""


def _where_it_is(view: ListView, case_id: int) -> str:
    if view.sends:
        return ""
    if case_id in view.knowing:
        return " You know the Panel's grades, so nobody asks for yours."
    return " You have graded it." if case_id in view.graded else " Yours is not in yet."


def _way_to(view: ListView, case_id: int) -> str:
    if view.sends:
        return "See how many have graded"
    if case_id in view.knowing:
        return "Open"
    return "Change my grades" if case_id in view.graded else "Read and grade"


def list_card(view: ListView) -> Card:
    """What is open, what is over, and for the PSW the way to send another; no case is told here."""
    body: list[Element] = [
        heading("Calibration"),
        says(
            "Everyone grades one anonymised case blind, then compares. So a child's experience comes to be "
            "judged alike, whoever looks."
        ),
    ]
    for one in view.open_ones:
        said = _where_it_is(view, one.id)
        body.append(typed(bold(one.title), f", open until {day(one.closes_on)}.{said}", spacing="medium"))
        body.append(row(press(_way_to(view, one.id), ShowCalibration(one.id)), spacing="small"))
    for one in view.closed:
        body.append(typed(bold(one.title), ", closed.", spacing="medium"))
        body.append(row(press("See what came of it", ShowCalibration(one.id)), spacing="small"))
    if not view.open_ones:
        body.insert(2, says("No case is open now.", subtle=True))
    buttons = [press("My audits", ShowMyAudits())]
    if view.sends:
        buttons.insert(0, press("Write a case", AskCalibration()))
    return card([*body, row(*buttons)], preview="Calibration")


def case_form(view: CaseFormView, framework: Framework) -> Card:
    """Asks for the case, the Panel's grades and its reason; the sections graded are those everyone grades."""
    form = Form(view.typed, view.errors)
    choices = [(text.grade.value, text.label) for text in framework.grades]
    body: list[Element] = [
        heading("A case for everyone to grade"),
        says(
            "Choose a case that shows what a child lived through, and leave out whatever could tell whose "
            "story it is: no names, dates of birth, places or schools. Every auditor reads it, and "
            f"grades it blind until {day(view.closes_on)}."
        ),
        *other_errors(view.errors),
        *form.line("case_title", "Title, such as its theme"),
        *form.text("case_text", "The case, without anything that says who it is about"),
        says(
            f"The Panel's own grades, for {LEAST_SECTIONS} to {MOST_SECTIONS} sections. These are what "
            "everyone grades; leave the others empty. Nobody sees them before the case closes.",
            spacing="medium",
        ),
        *other_errors(view.errors, ("sections",)),
    ]
    for section in framework.sections:
        body += form.choice(f"grade_{section.key}", section.title, choices)
    body += [
        *form.text("because", "Why the Panel grades so; people learn from this", spacing="medium"),
        *_helped(view, form),
        row(
            press("Send to everyone", OpenCalibration(view.nonce), with_inputs=True),
            press("Go back", ShowCalibrations()),
        ),
    ]
    return card(body, preview="A calibration case: open this in Teams.")


def _helped(view: CaseFormView, form: Form) -> list[Element]:
    if not view.panel:
        return []
    names = [(str(person_id), name) for person_id, name in view.panel]
    label = "Who helped to set these grades? They know them, so I do not ask them to grade."
    return form.choice("helped", label, names, several=True, names=True)


def grading_card(view: GradingView, framework: Framework) -> Card:
    """The case and the sections to grade; nothing of anybody else's."""
    case, own = view.case, view.own
    form = Form(view.typed, view.errors)
    choices = [(text.grade.value, text.label) for text in framework.grades]
    body: list[Element] = []
    if view.saved:
        saved = (
            f"Saved. You can change your grades until {day(case.closes_on)}; then you see how all compare."
        )
        body.append(box([says(saved)], style="good"))
    body += [
        heading("A case to grade"),
        typed(bold(case.title)),
        typed(case.text),
        says(
            "What was it like to be this child? Start there, then grade. You grade blind: nobody sees your "
            "grades, and you see nobody's, nor the Panel's, before it closes. Afterwards only numbers are "
            "shown.",
            subtle=True,
            spacing="medium",
        ),
        *other_errors(view.errors),
    ]
    for key in case.sections:
        saved_grade = own.grades[key].value if own is not None and key in own.grades else ""
        body += form.choice(f"grade_{key}", framework.section(key).title, choices, saved_grade)
    body += [
        *form.text("reason", "Why, in a sentence or two; yours alone", own.reason if own is not None else ""),
        row(
            press("Save my grades", GradeCalibration(case.id, view.nonce), with_inputs=True),
            press("What the grades mean", ShowGuidance(0, "grades")),
        ),
    ]
    return card(body, preview="A calibration case: open this in Teams.")


def progress_card(view: ProgressView, framework: Framework) -> Card:
    """How many have graded; the case and the Panel's grades for the PSW, and the way to close it early."""
    case = view.case
    body: list[Element] = [
        heading("How many have graded the case"),
        typed(bold(case.title), f", open until {day(case.closes_on)}."),
        says(f"{view.graded:,} of {count(view.asked, 'auditor')} asked have graded it.", bold=True),
        says("Who, and what they gave, is shown to nobody.", subtle=True),
        typed(case.text),
        heading("The Panel's grades, hidden until it closes", size="default", spacing="medium"),
        *_panels(case, framework),
        row(toggle("Close it now", "close"), spacing="medium"),
        box(
            [
                says(
                    "Everyone asked gets what came of it, and no more grades are taken. It cannot be undone."
                ),
                row(press("Yes, close it", CloseCalibration(case.id, view.nonce))),
            ],
            id="close",
            hidden=True,
            style="emphasis",
        ),
        row(press("Go back", ShowCalibrations())),
    ]
    return card(body, preview="A calibration case: open this in Teams.")


def outcome_card(view: OutcomeView, framework: Framework) -> Card:
    """The spread, the agreement, the Panel's grades with the reason, and the reader's own."""
    case, found = view.case, view.outcome
    body: list[Element] = [
        heading("What came of the case"),
        typed(bold(case.title)),
        typed(case.text),
        says("No grade here is anybody's mistake. Where we differ is what to talk about.", subtle=True),
    ]
    if found.spread is None or found.agreement is None:
        body.append(
            says(
                f"Fewer than {view.smallest} graded it, so their grades are not shown, not even as numbers.",
                spacing="medium",
            )
        )
    else:
        body += [
            heading(f"How {count(found.graded, 'auditor')} graded", size="default", spacing="medium"),
            *listed(
                f"{framework.section(key).title}: {_spread(grades, framework)}"
                for key, grades in found.spread.items()
            ),
            says(
                f"{alpha_words(found.agreement)} With {count(found.agreement.counted, 'section')} of one "
                "case that is a hint, no more.",
                subtle=True,
            ),
        ]
    body += [heading("The Panel", size="default", spacing="medium"), *_panels(case, framework)]
    if view.own is not None:
        own = [
            f"{framework.section(key).title}: {framework.grade_label(grade)}"
            for key, grade in view.own.grades.items()
        ]
        body.append(
            box(
                [says("Yours, shown to you alone", bold=True), *listed(own), typed(view.own.reason)],
                style="emphasis",
                spacing="medium",
            )
        )
    body.append(row(press("Go back", ShowCalibrations()), press("My audits", ShowMyAudits())))
    return card(body, preview="What came of the calibration case")


def _panels(case: Calibration, framework: Framework) -> list[Element]:
    lines = [
        f"{framework.section(key).title}: {framework.grade_label(case.panel[key])}" for key in case.sections
    ]
    return [*listed(lines), typed(case.because)]


def _spread(grades: Mapping[Grade, int], framework: Framework) -> str:
    """ "2 Outstanding, 5 Good": the grades that were given, best first."""
    return ", ".join(f"{grades[g]:,} {framework.grade_label(g)}" for g in Grade if grades[g])
