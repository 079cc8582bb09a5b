"""Are we grading alike? How far auditors and the Panel agree, of the service and never of one person.

Source: MO-21, SG-03, SG-04, PR-05.
"""

from dataclasses import dataclass

from cards.buttons import press, row
from cards.elements import Card, Element, box, card, heading, listed, says
from cards.payloads import ShowMyAudits
from cards.payloads_calibration import PickAuditor
from cards.wording import count
from domain.agreement import FIRM_FROM, TENTATIVE_FROM, Agreement, Direction, Firmness, Reading, firmness_of
from domain.framework import Framework

FIRMNESS = {
    Firmness.FIRM: "firm",
    Firmness.TENTATIVE: "tentative",
    Firmness.NOT_RELIABLE: "not reliable",
}
"""How it is said in a few words."""

_MEANS = {
    Firmness.FIRM: "Firm: a grade says the same, whoever gives it.",
    Firmness.TENTATIVE: "Tentative: lean on it with care, and talk about where you differ.",
    Firmness.NOT_RELIABLE: "Not reliable: the grade a child's audit gets depends too much on who grades it.",
}


@dataclass(frozen=True, slots=True)
class AgreementView:
    """What the card shows."""

    agreement: Agreement
    least: int
    """From how many audits on anything is told."""
    smallest: int
    """The smallest number of audits that is shown."""
    may_pick: bool
    """Whether the reader may look at single auditors' audits."""


def agreement_card(view: AgreementView, framework: Framework) -> Card:
    """Alpha in words and as a number, the random part apart, which way people differ, by section."""
    found = view.agreement
    body: list[Element] = [
        heading("Are we grading alike?"),
        says(
            "What a child lived through should be judged alike, whoever looks. This sets auditors' overall "
            "grades beside the Panel's, of moderations released in the last twelve months. It says nothing "
            "of any one person."
        ),
        *_part("All together", found.every, view),
        *_part(
            "Drawn at random",
            found.random,
            view,
            says("Chance alone chose these, so they speak for all audits."),
        ),
        *_part(
            "Chosen by a rule or the Panel",
            found.chosen,
            view,
            says(
                "The best, the worst, new auditors and what looked misgraded: unlike other audits by design. "
                "Learn from them, but do not take them as the measure."
            ),
        ),
    ]
    if found.direction is not None:
        body += _which_way(found.direction, found.every.counted, view.smallest)
    if found.before.is_enough:
        body += [
            heading("The year before", size="default", spacing="medium"),
            says(f"It was {_figure(found.before)}, from {count(found.before.counted, 'audit')}."),
        ]
    body += _sections(view, framework)
    body.append(_how_to_read())
    buttons = [press("My audits", ShowMyAudits())]
    if view.may_pick:
        buttons.insert(0, press("One auditor's audits", PickAuditor()))
    return card([*body, row(*buttons)], preview="Are we grading alike?")


def _part(title: str, reading: Reading, view: AgreementView, *about: Element) -> list[Element]:
    made = [heading(title, size="default", spacing="medium"), *about]
    if not reading.is_enough:
        few = f"Too few yet: {count(reading.counted, 'audit')} of the {view.least} it takes to tell anything."
        return [*made, says(few, subtle=True)]
    if reading.alpha is None or reading.firmness is None:
        same = (
            f"{count(reading.counted, 'audit')}, all with one and the same grade from both. That is "
            "agreement, but no figure can come of it: there was nothing to tell apart."
        )
        return [*made, says(same)]
    made.append(says(_MEANS[reading.firmness], bold=True))
    return [
        *made,
        says(
            f"Agreement {_number(reading.alpha)} out of 1, from {count(reading.counted, 'audit')}."
            f"{_range(reading)}"
        ),
    ]


def _range(reading: Reading) -> str:
    if reading.interval is None:
        return ""
    low, high = reading.interval
    said = f" It could as well lie anywhere from {low:.2f} to {high:.2f}"
    at_worst = firmness_of(low)
    if at_worst is reading.firmness:
        return f"{said}."
    return f"{said}, which at the low end is {FIRMNESS[at_worst]}."


def _which_way(direction: Direction, total: int, smallest: int) -> list[Element]:
    counts = (
        ("kinder than the Panel", direction.kinder),
        ("alike", direction.alike),
        ("harsher than the Panel", direction.harsher),
    )
    lines = [
        f"{number:,} {way}" if number is not None else f"{way[0].upper()}{way[1:]}: not shown"
        for way, number in counts
    ]
    made = [
        heading("Which way we differ", size="default", spacing="medium"),
        says(f"Of {count(total, 'audit')}, auditors graded"),
        *listed(lines),
    ]
    if None in (direction.kinder, direction.alike, direction.harsher):
        made.append(
            says(f"Below {smallest} no number is shown, nor one that would give it away.", subtle=True)
        )
    return made


def _sections(view: AgreementView, framework: Framework) -> list[Element]:
    told = {key: one for key, one in view.agreement.sections.items() if one.is_enough}
    made = [heading("By section", size="default", spacing="medium")]
    if not told:
        return [*made, says("Too few yet for any section.", subtle=True)]
    lines = [
        f"{framework.section(key).title}: {_figure(one)}, {count(one.counted, 'audit')}. "
        f"{_way(view.agreement.directions[key])}"
        for key, one in told.items()
    ]
    few = [framework.section(key).title for key in view.agreement.sections if key not in told]
    return [*made, *listed(lines), *(listed([f"Too few yet: {', '.join(few)}"], subtle=True) if few else [])]


def _way(direction: Direction) -> str:
    """Which way auditors differ from the Panel, in a sentence; what is too small is left out."""
    numbers = (
        ("kinder", direction.kinder),
        ("alike", direction.alike),
        ("harsher", direction.harsher),
    )
    told = [f"{number:,} {way}" for way, number in numbers if number is not None]
    return f"{', '.join(told)}." if told else "Numbers too small to show which way."


def _figure(reading: Reading) -> str:
    if reading.alpha is None or reading.firmness is None:
        return "one and the same grade throughout"
    return f"{FIRMNESS[reading.firmness]}, {_number(reading.alpha)}"


def _number(figure: float) -> str:
    # Nothing is to be read as "-0.000".
    return f"{round(figure, 3) + 0.0:.3f}"


def alpha_words(reading: Reading) -> str:
    """ "Firm, 0.812 out of 1.", or why there is none."""
    if reading.alpha is None or reading.firmness is None:
        return "Everyone gave one and the same grade throughout, so no figure can come of it."
    return f"{FIRMNESS[reading.firmness].capitalize()}, {_number(reading.alpha)} out of 1."


def _how_to_read() -> Element:
    return box(
        [
            says("How to read this", bold=True),
            says(
                "The figure, Krippendorff's alpha, is 1 where all agree and 0 where grades agree no more "
                f"than dice would. From {FIRM_FROM} on it is firm, from {TENTATIVE_FROM} on tentative. One "
                "grade apart counts less than two. It shows where to talk; what a child's case deserves is "
                "for people to judge.",
                subtle=True,
            ),
        ],
        style="emphasis",
        spacing="medium",
    )
