"""The library of example audits: the list, one example, and the form that proposes or changes one.

Nobody's name and no case's reference stands on an example, and who proposed or approved it is not shown.
Source: MO-18, SG-01, SG-03.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cards.buttons import press, row
from cards.elements import Button, Card, Element, bold, box, card, heading, labelled, run, says, typed
from cards.fields import Form, other_errors
from cards.moderation_words import section_title
from cards.payloads import OpenOverview
from cards.payloads_examples import (
    ApproveExample,
    AskExample,
    ProposeExample,
    ShowExample,
    ShowExamples,
    WithdrawExample,
)
from cards.payloads_talk import ReadModeration
from cards.views import HintView
from domain.examples import TITLE_LIMIT, Example, ExampleState
from domain.framework import Framework
from domain.moderation_parts import OVERALL

ON_A_CARD = 6
BOX = "example_"
"""Begins the name of each input: title, section, grade, text and why."""

_STATES = {
    ExampleState.PROPOSED: "Proposed, not to be read by auditors yet.",
    ExampleState.APPROVED: "Approved: auditors read it beside the guidance.",
    ExampleState.WITHDRAWN: "Withdrawn: auditors no longer read it.",
}


@dataclass(frozen=True, slots=True)
class LibraryView:
    """The examples of a section, or of all."""

    framework: Framework
    section: str
    approved: tuple[Example, ...]
    proposed: tuple[Example, ...]
    may_propose: bool
    start: int
    audit_id: int
    moderation_id: int = 0
    """The moderation whose card offered an example; 0 for none."""


@dataclass(frozen=True, slots=True)
class ExampleView:
    """One example as one reader sees it."""

    framework: Framework
    example: Example
    seated: bool
    """Whether the reader is of the Panel, and told where it stands."""
    may_change: bool
    may_approve: bool
    found: tuple[str, ...]
    """What would have to be reworded before it is approved."""
    audit_id: int
    nonce: str
    errors: tuple[HintView, ...] = ()
    message: str = ""
    moderation_id: int = 0
    """The moderation whose card offered it; 0 for none."""


@dataclass(frozen=True, slots=True)
class ExampleFormView:
    """The form that proposes or changes an example."""

    framework: Framework
    example_id: int
    version: int
    nonce: str
    saved: Mapping[str, str]
    """title, section, grade, text and why, as they stand or are suggested."""
    drawn_from_audit: bool = False
    other: Example | None = None
    """What somebody else saved meanwhile, shown beside the typed text."""
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()


def library_card(view: LibraryView) -> Card:
    """What there is to read, newest first; for the Panel what waits to be approved as well."""
    about = f": {section_title(view.framework, view.section)}" if view.section else ""
    body: list[Element] = [
        heading(f"Example audits{about}"),
        says(
            "How others told a child's story well. Names were taken out, so nobody can tell whose it is.",
            subtle=True,
        ),
    ]
    shown = view.approved[view.start : view.start + ON_A_CARD]
    body += [_line(view, example) for example in shown]
    if not shown:
        body.append(says("There is no example here yet."))
    if view.proposed and not view.start:
        body.append(
            heading(f"Waiting to be approved ({len(view.proposed)})", size="default", spacing="large")
        )
        body += [_line(view, example) for example in view.proposed[:ON_A_CARD]]
    ways: list[Button] = []
    if view.start + ON_A_CARD < len(view.approved):
        more = ShowExamples(view.section, view.start + ON_A_CARD, view.audit_id, view.moderation_id)
        ways.append(press("More examples", more))
    if view.section:
        ways.append(press("All examples", ShowExamples("", 0, view.audit_id, view.moderation_id)))
    elif view.start:
        ways.append(press("Back to the start", ShowExamples("", 0, view.audit_id, view.moderation_id)))
    if view.may_propose:
        ways.append(press("Propose an example", AskExample(0, 0, view.section)))
    ways += _back(view.audit_id, view.moderation_id)
    return card([*body, *([row(*ways, spacing="large")] if ways else [])], preview="Example audits.")


def _line(view: LibraryView, example: Example) -> Element:
    payload = ShowExample(example.id, view.audit_id, view.moderation_id)
    read = press("Read", payload, tooltip=f"Read {example.title}")
    return box(
        [
            typed(bold(example.title)),
            typed(run(_about(view.framework, example), subtle=True), spacing="none"),
            row(read, spacing="small"),
        ],
        spacing="medium",
        separator=True,
    )


def example_card(view: ExampleView) -> Card:
    """One example with why it is a good one; for the PSW the way to approve or withdraw it."""
    example = view.example
    body: list[Element] = [
        *([box([says(view.message)], style="good")] if view.message else []),
        heading("An example audit"),
        typed(run(example.title, bold=True, size="medium")),
        typed(run(_about(view.framework, example), subtle=True), spacing="none"),
        typed(example.text, spacing="medium"),
        box([typed(bold("Why it is a good example: "), example.why)], style="emphasis", spacing="medium"),
        *other_errors(view.errors),
    ]
    if view.seated:
        body.append(says(_STATES[example.state], subtle=True))
    if view.found:
        words = [typed("•  " + one, spacing="none") for one in view.found]
        lead = says("This may say who somebody is, and is to be reworded before it is approved:", bold=True)
        body.append(box([lead, *words], style="warning"))
    deciding: list[Button] = []
    if view.may_approve and example.state is ExampleState.PROPOSED:
        deciding.append(press("Approve", ApproveExample(example.id, example.version, view.nonce)))
    if view.may_approve and example.state is not ExampleState.WITHDRAWN:
        deciding.append(press("Withdraw", WithdrawExample(example.id, example.version, view.nonce)))
    if view.may_change:
        deciding.append(press("Change the text", AskExample(example.id, 0, example.section)))
    every = ShowExamples("", 0, view.audit_id, view.moderation_id)
    ways = [press("All examples", every), *_back(view.audit_id, view.moderation_id)]
    rows = [row(*buttons, spacing="medium") for buttons in (deciding, ways) if buttons]
    return card([*body, *rows], preview="An example audit.", wide=True)


def example_form(view: ExampleFormView) -> Card:
    """What auditors are to read, in words that say nobody's name."""
    form = Form(view.typed, view.errors)
    saved = view.saved
    sections = [(OVERALL, "The whole"), *((s.key, s.title) for s in view.framework.sections)]
    grades = [(text.grade.value, text.label) for text in view.framework.grades]
    title = form.line(BOX + "title", "Title, such as “A plan the child can read”", saved.get("title", ""))
    title[0]["maxLength"] = TITLE_LIMIT
    body: list[Element] = [
        heading("An example for other auditors"),
        says(
            "Write roles and ages, never names, dates of birth, places or references. It is checked for "
            "these before the principal social worker can approve it."
        ),
        *(
            [
                says(
                    "This is the audit's own text. Before you send it, please take out whatever could say "
                    "whose story it is.",
                    bold=True,
                )
            ]
            if view.drawn_from_audit
            else []
        ),
        *other_errors(view.errors),
        *_other(view.other),
        *title,
        *form.choice(BOX + "section", "An example of", sections, saved.get("section", "")),
        *form.choice(BOX + "grade", "The grade it shows", grades, saved.get("grade", "")),
        *form.text(BOX + "text", "What auditors read", saved.get("text", "")),
        *form.text(BOX + "why", "Why is it a good example?", saved.get("why", "")),
    ]
    send = ProposeExample(view.example_id, view.version, view.nonce)
    back = ShowExample(view.example_id, 0, 0) if view.example_id else ShowExamples("", 0, 0, 0)
    buttons = row(
        press("Save" if view.example_id else "Propose it", send, with_inputs=True),
        press("Leave without saving", back),
    )
    return card([*body, buttons], preview="An example audit: open this in Teams.", wide=True)


def _other(other: Example | None) -> list[Element]:
    if other is None:
        return []
    lines = [("Title", other.title), ("What auditors read", other.text), ("Why", other.why)]
    return [box([says("What stands there now:", bold=True), labelled(lines)], style="warning")]


def _about(framework: Framework, example: Example) -> str:
    return f"{section_title(framework, example.section)}, {framework.grade_label(example.grade)}"


def _back(audit_id: int, moderation_id: int) -> list[Button]:
    """Back to where the reader came from: the moderation that offered an example, or their audit."""
    if moderation_id:
        return [press("Back to the feedback", ReadModeration(moderation_id))]
    return [press("Back to the audit", OpenOverview(audit_id))] if audit_id else []
