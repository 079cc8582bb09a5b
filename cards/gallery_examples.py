"""Cards of the library of example audits, for the gallery."""

from collections.abc import Iterator
from dataclasses import replace

from cards.elements import Card
from cards.examples import (
    BOX,
    ExampleFormView,
    ExampleView,
    LibraryView,
    example_card,
    example_form,
    library_card,
)
from cards.gallery_content import Content
from cards.guidance import guidance_card
from cards.views import HintView
from domain.examples import TITLE_LIMIT, Example, ExampleState
from domain.framework import Framework
from domain.grades import Grade
from domain.moderation_parts import OVERALL

_WRONG = (HintView(BOX + "title", "Please give it a title.", blocking=True),)


def cards_of(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    """(name, card) of each, with this content."""
    some = tuple(_example(framework, content, number) for number in range(content.many))
    library = LibraryView(framework, "", some, (), may_propose=False, start=0, audit_id=7)
    yield "examples", library_card(library)
    waiting = tuple(replace(one, state=ExampleState.PROPOSED) for one in some[:3])
    yield "examples-panel", library_card(replace(library, proposed=waiting, may_propose=True, audit_id=0))
    section = framework.section_keys[0]
    yield "examples-none", library_card(replace(library, section=section, approved=()))
    view = ExampleView(
        framework,
        some[0],
        seated=False,
        may_change=False,
        may_approve=False,
        found=(),
        audit_id=7,
        nonce="gallery",
    )
    yield "example", example_card(view)
    found = tuple(content.name(number) for number in range(3))
    to_approve = replace(
        view, example=waiting[0], seated=True, may_change=True, may_approve=True, found=found, audit_id=0
    )
    yield "example-to-approve", example_card(to_approve)
    refused = (HintView("", f"This may say who somebody is: “{content.name(0)}”.", blocking=True),)
    yield "example-not-approved", example_card(replace(to_approve, errors=refused))
    form = ExampleFormView(framework, 0, 0, "gallery", {"section": OVERALL})
    yield "example-form", example_form(form)
    texts = {"title": content.line(0)[:TITLE_LIMIT], "text": content.text(0), "why": content.text(1)}
    yield "example-form-from-audit", example_form(replace(form, saved=texts, drawn_from_audit=True))
    typed = {BOX + name: text for name, text in texts.items()}
    yield "example-form-refused", example_form(replace(form, typed=typed, errors=_WRONG, other=some[1]))
    yield "guidance-with-examples", guidance_card(framework, section, audit_id=7, examples=content.many)


def _example(framework: Framework, content: Content, number: int) -> Example:
    sections = (OVERALL, *framework.section_keys)
    return Example(
        id=number + 1,
        title=content.line(number)[:TITLE_LIMIT],
        section=sections[number % len(sections)],
        grade=tuple(Grade)[number % 4],
        text=content.text(number),
        why=content.text(number + 1),
        state=ExampleState.APPROVED,
        version=1,
    )
