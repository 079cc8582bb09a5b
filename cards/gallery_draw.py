"""Cards of draw, for the gallery."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from cards.draw import DrawView, draw_card
from cards.elements import Card
from cards.gallery_content import ORDINARY, Content
from cards.views import HintView
from cards.weighing import (
    ChoiceView,
    NominationView,
    SuspectsView,
    choice_card,
    nomination_card,
    suspects_card,
)
from domain.draw import OVER, PASSED, WITHIN, AuditorClass
from domain.draw_facts import DrawFacts, Running
from domain.framework import Framework
from domain.moderation import Reason
from domain.panel_facts import AuditInShort, Nomination, Suspect

_AT = datetime(2026, 6, 2, 7, 0, tzinfo=UTC)
_ON = date(2026, 5, 22)
_SAYS = (
    "The overall grade, Good, is above 5 of its 7 sections.",
    "Planning is graded Good, and 7 of the 9 items marked are not met.",
    "The overall rationale does not say what it meant for the child.",
    "3 of 7 sections lack what it meant for the child.",
    "The Panel changed a grade in 1 of 4 of this auditor's audits.",
)
_WRONG = (HintView("reason", "Please say in a sentence why.", blocking=True),)


def cards_of(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    """(name, card) of each, with this content."""
    yield from _draws(framework, content)
    suspects = tuple(_suspect(content, number) for number in range(5))
    view = SuspectsView(suspects, 0, content.many, 5)
    yield "suspects", suspects_card(view)
    yield "suspects-further", suspects_card(replace(view, start=5))
    yield "suspects-none", suspects_card(SuspectsView((), 0, 0, 5))
    typed = {"reason": content.text(0)}
    choice = ChoiceView(_in_short(framework, content), "gallery")
    yield "choice", choice_card(choice)
    yield "choice-refused", choice_card(replace(choice, typed=typed, errors=_WRONG))
    nomination = Nomination(
        audit=_in_short(framework, content),
        nominated_by=content.name(1),
        nominated_at=_AT,
        reason=content.text(1),
        auditor_class=AuditorClass.STRUGGLING,
        moderated=5,
        answer_by=date(2026, 6, 3),
        state="waiting",
        answer="",
    )
    yield "nomination", nomination_card(NominationView(nomination, "gallery"))
    yield "nomination-refused", nomination_card(NominationView(nomination, "gallery", typed, _WRONG))
    for state in ("accepted", "declined", "chosen"):
        done = replace(nomination, state=state, answer=content.text(2) if state == "declined" else "")
        yield f"nomination-{state}", nomination_card(NominationView(done, "gallery"))


def _draws(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    few = content is ORDINARY
    facts = DrawFacts(
        draw_id=3,
        month=date(2026, 5, 1),
        drawn_at=_AT,
        total=40 if few else 4000,
        moderated=12 if few else 2400,
        top_ups=2,
        by_reason=tuple((reason, 1 + n) for n, reason in enumerate(Reason) if reason is not Reason.TOP_UP),
        by_class=(
            (AuditorClass.NEW, 4, 4),
            (AuditorClass.STRUGGLING, 1, 1),
            (AuditorClass.PROFICIENT, 35, 7),
        ),
        least_percent=20,
        most_percent=30,
        seed=202605,
        population_hash="5f2a" * 16,
        rule_version="1",
        framework_version="1.0",
        state=WITHIN,
        passed_by="",
        passed_at=None,
        passed_because="",
        may_pass=False,
        earlier_id=2,
        later_id=4,
    )
    view = DrawView(framework, facts, Running(9, 3), "gallery")
    yield "draw", draw_card(view)
    yield "draw-none", draw_card(DrawView(framework, None, Running(9, 3), "gallery"))
    over = replace(facts, moderated=facts.total // 2, state=OVER, may_pass=True, later_id=None)
    yield "draw-over", draw_card(replace(view, draw=over, running=None))
    typed = {"reason": content.text(0)}
    yield "draw-over-refused", draw_card(replace(view, draw=over, typed=typed, errors=_WRONG))
    yield "draw-over-for-others", draw_card(replace(view, draw=replace(over, may_pass=False)))
    passed = replace(
        over,
        state=PASSED,
        may_pass=False,
        passed_by=content.name(0),
        passed_at=_AT,
        passed_because=content.text(1)[:2000],
    )
    yield "draw-passed", draw_card(replace(view, draw=passed))


def _suspect(content: Content, number: int) -> Suspect:
    return Suspect(
        audit_id=7 + number,
        auditor_name=content.name(number),
        team_name=content.team,
        submitted_on=_ON,
        says=_SAYS[: 1 + number],
    )


def _in_short(framework: Framework, content: Content) -> AuditInShort:
    labels = [text.label for text in framework.grades]
    return AuditInShort(
        audit_id=7,
        reference=content.reference,
        auditor_name=content.name(0),
        team_name=content.team,
        submitted_on=_ON,
        matters_most=content.text(2),
        grade_label=labels[1],
        rationale=content.text(3),
        section_grades=tuple(
            (section.title, labels[number % len(labels)]) for number, section in enumerate(framework.sections)
        ),
        says=_SAYS,
    )
