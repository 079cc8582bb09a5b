"""Cards of calibration, for the gallery."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

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
from cards.elements import Card
from cards.gallery_content import Content
from cards.views import HintView
from domain.agreement import Agreement, Direction, Pair, Reading
from domain.calibration import BlindGrades, Calibration, Outcome
from domain.differences import Differences, ModeratedAudit, SectionDifference
from domain.framework import Framework
from domain.grades import Grade

_AT = datetime(2026, 6, 3, 8, 30, tzinfo=UTC)
_PAGE = 3


def cards_of(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    """(name, card) of each, with this content."""
    yield from _agreement_cards(framework)
    yield from _difference_cards(framework, content)
    yield from _calibration_cards(framework, content)


def _agreement_cards(framework: Framework) -> Iterator[tuple[str, Card]]:
    keys = framework.section_keys
    told = Agreement(
        every=Reading(64, True, 0.7421, (0.612, 0.829)),
        random=Reading(31, True, 0.8123, (0.5914, 0.9312)),
        chosen=Reading(33, True, 0.4417, (0.193, 0.612)),
        before=Reading(58, True, 0.6912),
        direction=Direction(None, 41, None),
        sections={key: Reading(20 + n, n > 1, 0.5 + n / 20 if n > 2 else None) for n, key in enumerate(keys)},
        directions={
            key: Direction(None, None, None) if n == 3 else Direction(5, 10 + n, None if n % 2 else 5)
            for n, key in enumerate(keys)
        },
    )
    few = Reading(7, False)
    nothing = Agreement(few, few, few, few, None, dict.fromkeys(keys, few), {})
    view = AgreementView(told, least=20, smallest=5, may_pick=True)
    yield "agreement", agreement_card(view, framework)
    yield "agreement-too-few", agreement_card(replace(view, agreement=nothing, may_pick=False), framework)
    same = replace(told, every=Reading(64, True), direction=Direction(0, 64, 0))
    yield "agreement-one-grade", agreement_card(replace(view, agreement=same), framework)


def _difference_cards(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    keys = framework.section_keys
    kinder = Pair(Grade.GOOD, Grade.REQUIRES_IMPROVEMENT)
    audits = tuple(
        ModeratedAudit(
            reference=content.reference,
            submitted_on=date(2026, 5, 29) if number else None,
            released_on=date(2026, 6, 10),
            overall=Pair(Grade.GOOD, Grade.GOOD) if number == 1 else kinder,
            because=content.text(number),
            different=tuple(
                SectionDifference(key, kinder, content.text(number + place))
                for place, key in enumerate(keys[: 0 if number == 1 else 3 + number])
            ),
            alike=5,
            final=Grade.OUTSTANDING if number == 1 else None,
        )
        for number in range(_PAGE)
    )
    view = Differences(7, content.name(0), is_own=False, audits=audits, start=3, total=9)
    yield "differences", differences_card(view, framework, _PAGE)
    yield "differences-own", differences_card(replace(view, is_own=True, start=0, total=3), framework, _PAGE)
    none = replace(view, is_own=True, audits=(), start=0, total=0)
    yield "differences-none", differences_card(none, framework, _PAGE)
    pick = PickView(tuple((number, content.name(number)) for number in range(content.many)))
    yield "differences-pick", pick_card(pick)
    wrong = (HintView("auditor_id", "Please choose from the list.", blocking=True),)
    refused = replace(pick, typed={"auditor_id": content.line(0)}, errors=wrong)
    yield "differences-pick-refused", pick_card(refused)
    yield "differences-pick-nobody", pick_card(PickView(()))


def _calibration_cards(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    keys = framework.section_keys
    case = Calibration(
        id=3,
        title=content.line(0),
        text=content.text(0),
        sections=keys,
        opened_by=1,
        opened_at=_AT,
        closes_on=date(2026, 6, 17),
        panel=dict.fromkeys(keys, Grade.REQUIRES_IMPROVEMENT),
        because=content.text(1),
        closed_at=None,
    )
    own = BlindGrades(2, dict.fromkeys(keys, Grade.GOOD), content.text(2), _AT)
    cases = ListView((case,), (case, case), sends=True)
    yield "calibrations", list_card(cases)
    yield "calibrations-auditor", list_card(replace(cases, sends=False, graded=frozenset({3})))
    yield "calibrations-none", list_card(ListView((), (), sends=False))
    panel = tuple((number, content.name(number)) for number in range(1, 4))
    form = CaseFormView(case.closes_on, "gallery", panel=panel)
    yield "calibration-form", case_form(form, framework)
    typed = {"case_title": content.line(0), "case_text": content.text(0), "because": content.text(1)}
    wrong = (
        HintView("case_text", "“Kelly” may say who somebody is, and many will read this.", blocking=True),
        HintView("sections", "Please give the Panel's grade for 2 to 8 sections.", blocking=True),
    )
    yield "calibration-form-refused", case_form(replace(form, typed=typed, errors=wrong), framework)
    grading = GradingView(case, None, "gallery")
    yield "calibration-grading", grading_card(grading, framework)
    yield "calibration-graded", grading_card(replace(grading, own=own, saved=True), framework)
    chosen = {f"grade_{keys[0]}": "good", "reason": content.text(2)}
    missing = (HintView(f"grade_{keys[1]}", "Please choose one of the four grades.", blocking=True),)
    yield (
        "calibration-grading-refused",
        grading_card(replace(grading, typed=chosen, errors=missing), framework),
    )
    yield "calibration-progress", progress_card(ProgressView(case, 7, 12, "gallery"), framework)
    spread: Mapping[Grade, int] = dict(zip(Grade, (0, 7, 4, 1), strict=True))
    outcome = Outcome(12, dict.fromkeys(keys, spread), Reading(len(keys), True, 0.412))
    over = OutcomeView(replace(case, closed_at=_AT), outcome, own, smallest=5)
    yield "calibration-outcome", outcome_card(over, framework)
    few = replace(over, outcome=Outcome(3, None, None), own=None)
    yield "calibration-outcome-few", outcome_card(few, framework)
