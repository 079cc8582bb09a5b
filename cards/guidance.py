"""Guidance to read at any time: a section's items, the grades, how to write it up, how to start.

Source: 2.13, 2.14, GR-01 to GR-04, CA-13.
"""

from cards.buttons import press, row, rows
from cards.elements import Button, Card, Element, bold, card, heading, listed, says, typed
from cards.page_section import typed_question
from cards.payloads import OpenOverview, ShowGuidance
from cards.payloads_examples import ShowExamples
from cards.views import Mode
from domain.framework import Framework

GRADES = "grades"
WRITING = "writing"
START = "start"


def guidance_card(
    framework: Framework, topic: str, audit_id: int = 0, mode: Mode = Mode.CHAT, *, examples: int = 0
) -> Card:
    """Guidance on a section key, "grades", "writing" or "start"; anything else gets the start.

    `examples` is how many example audits the reader may read on a section; on another topic, of any (MO-18).
    """
    if topic in framework.section_keys:
        title, body = _section(framework, topic)
    elif topic == GRADES:
        title, body = "The four grades", _grades(framework)
    elif topic == WRITING:
        title, body = "Writing it up", _writing(framework)
    else:
        title, body = "How an audit goes", _start(framework)
    return card(
        [
            heading(title),
            *body,
            *_examples(framework, topic, audit_id, mode, examples),
            *_ways_on(framework, topic, audit_id, mode),
        ],
        preview=f"Guidance: {title}.",
    )


def _section(framework: Framework, key: str) -> tuple[str, list[Element]]:
    section = framework.section(key)
    return section.title, [
        typed_question(section.question),
        says("What good looks like:"),
        *listed(item.text for item in section.items),
        says("Guidance to steady your judgement, not a list to tick off.", subtle=True),
    ]


def _grades(framework: Framework) -> list[Element]:
    said = [typed(bold(grade.label + ": "), grade.definition) for grade in framework.grades]
    return [says("Ask first what the child has experienced; then see which grade fits."), *said]


def _writing(framework: Framework) -> list[Element]:
    return [
        says("Write so that the child could recognise their story and the worker knows what to do."),
        *listed(framework.writing_hints.values()),
    ]


def _start(framework: Framework) -> list[Element]:
    steps = [f"{number}. {step.title}" for number, step in enumerate(framework.steps, start=1)]
    return [
        says("Everything starts from one question: what is life like for this child?"),
        *[typed(step, spacing="small") for step in steps],
        says("Every page saves as you go. Fill them in any order, on any device, and stop when you need to."),
        says("If a child seems unsafe, do not wait: call, and raise a safety alert from any page."),
    ]


def _examples(framework: Framework, topic: str, audit_id: int, mode: Mode, examples: int) -> list[Element]:
    """How others told it well: of the section that is read about, else of everything."""
    if not examples:
        return []
    section = topic if topic in framework.section_keys else ""
    button = press(f"Example audits ({examples})", ShowExamples(section, 0, audit_id, 0), mode)
    return [row(button, spacing="medium")]


def _ways_on(framework: Framework, topic: str, audit_id: int, mode: Mode) -> list[Element]:
    """Back to the audit first, then the other topics."""
    topics = [(START, "How an audit goes"), (GRADES, "The four grades"), (WRITING, "Writing it up")]
    topics += [(section.key, section.title) for section in framework.sections]
    buttons: list[Button] = [press("Back to the audit", OpenOverview(audit_id), mode)] if audit_id else []
    buttons += [press(title, ShowGuidance(audit_id, key), mode) for key, title in topics if key != topic]
    return rows(*buttons)
