"""Cards of packs, for the gallery."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from cards.elements import Card
from cards.gallery_content import ORDINARY, Content
from cards.packs import bulletin_card, form_card, pack_card, packs_card, part_card, send_back_form
from cards.views import HintView
from cards.views_packs import (
    PackFormView,
    PackLineView,
    PackPartView,
    PacksView,
    PackView,
    SendBackView,
)
from domain.framework import Framework
from domain.pack_content import Content as PackContent
from domain.pack_content import FigureLine, FigureTable, Part, TextTable, Told
from domain.pack_paper import Paper
from domain.packs import CHILDREN, PARTS, TITLES, PackKind, PackState
from domain.suppression import NOT_SHOWN

_AT = datetime(2026, 7, 3, 9, 30, tzinfo=UTC)
_WRONG = (HintView("", "This can't be kept as it stands.", blocking=True),)
_HEADLINE = (
    "Children's own views were heard in 34 of 40 audits (85%). Of the actions agreed, 61 of 74 (82%) are "
    "confirmed."
)
_COUNTS = (
    (34, 40, 28, 40),
    (26, 40, 22, 40),
    (34, 40, 30, 40),
    (18, 40, 16, 40),
    (61, 74, 52, 70),
    (24, 40, 20, 40),
)
"""Of how many how many, now and before: as one quarter might have it, with nothing small left over."""


def cards_of(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    """(name, card) of each, with this content."""
    paper = _paper(framework, content, PackKind.BOARD)
    view = PackView(
        paper=paper,
        state=PackState.DRAFT,
        reason="",
        may_edit=True,
        may_approve=False,
        mark="0" * 16,
        nonce="gallery",
    )
    yield from _lists(content)
    yield "pack-draft", pack_card(replace(view, message="It is drafted."))
    yield "pack-sent-back", pack_card(replace(view, reason=content.text(0)))
    yield "pack-to-approve", pack_card(replace(view, state=PackState.ASKED, may_approve=True))
    sent = replace(paper, sent_at=_AT, hash="4f" * 32)
    yield "pack-sent", pack_card(replace(view, paper=sent, state=PackState.SENT, may_edit=False))
    for part in paper.content.parts:
        yield f"pack-part-{part.key}", part_card(PackPartView(paper, part, may_edit=True))
    bulletin = replace(_paper(framework, content, PackKind.BULLETIN), sent_at=_AT, hash="4f" * 32)
    yield "pack-bulletin", bulletin_card(replace(view, paper=bulletin, state=PackState.SENT, may_edit=False))
    form = PackFormView(paper, paper.content.parts[0], "0" * 16, "gallery")
    yield "pack-form", form_card(form)
    typed = {"pack_text": content.text(1)}
    yield "pack-form-stale", form_card(replace(form, typed=typed, errors=_WRONG, changed=True))
    back = SendBackView(paper, "gallery")
    yield "pack-send-back", send_back_form(back)
    again = replace(back, typed={"pack_reason": content.text(2)}, errors=_WRONG)
    yield "pack-send-back-refused", send_back_form(again)


def _lists(content: Content) -> Iterator[tuple[str, Card]]:
    states = (PackState.ASKED, PackState.DRAFT, PackState.SENT)
    lines = tuple(
        PackLineView(
            number + 1,
            f"Quarterly report to the QA Board, Q{number % 4 + 1} 2026/27",
            states[number % 3],
            _AT if number % 3 == 2 else None,
            number == 0,
        )
        for number in range(content.many)
    )
    view = PacksView(lines, (("bulletin", "Staff bulletin"), ("smt", "SMT pack")), 0, "gallery")
    yield "packs", packs_card(view)
    yield "packs-later", packs_card(replace(view, start=8 if content.many > 8 else 0, to_draft=()))
    yield "packs-none", packs_card(replace(view, lines=(), to_draft=()))


def _paper(framework: Framework, content: Content, kind: PackKind) -> Paper:
    parts = tuple(_part(framework, content, key, number) for number, key in enumerate(PARTS[kind]))
    names = (
        "Child heard",
        "Parent or carer heard",
        "Audits submitted",
        "Good",
        "Actions confirmed",
        "Closed",
    )
    made = PackContent(
        title="Quarterly report to the QA Board, Q1 2026/27",
        period="Q1 2026/27",
        before="Q4 2025/26",
        headline=_HEADLINE,
        highlights=tuple(_line(name, number) for number, name in enumerate(names, start=1)),
        parts=parts,
        note="Each figure carries a reference.",
    )
    texts = (
        {CHILDREN: content.text(0)} if content is ORDINARY else {part.key: content.text(1) for part in parts}
    )
    return Paper(12, "Exampleshire", made, texts, "1.0", _AT, None, "")


def _part(framework: Framework, content: Content, key: str, number: int) -> Part:
    services = tuple(_line(content.team, n) for n in range(content.many))
    rows = tuple(
        (content.line(n), framework.sections[n % 8].title, content.text(n), "Yes")
        for n in range(content.many)
    )
    headings = ("Title", "About", "What we learned", "Is more needed?")
    tables = (TextTable("Learning in hand", headings, rows),) if number else ()
    figures = (
        FigureTable("Whose voices were heard", tuple(_line(n, 7) for n in ("Child", "Parent or carer"))),
        FigureTable("By service", services),
    )
    return Part(key, TITLES[key], content.text(number), figures, tables)


def _line(name: str, number: int) -> FigureLine:
    ref = f"P12-{number:02}"
    count, of, count_before, of_before = _COUNTS[(number - 1) % len(_COUNTS)]
    before = _told(f"{ref}B", count_before, of_before)
    return FigureLine(
        name, Told(ref, NOT_SHOWN, None, None) if number % 5 == 4 else _told(ref, count, of), before
    )


def _told(ref: str, count: int, of: int) -> Told:
    return Told(ref, f"{count} of {of} ({count / of:.0%})", count, of)
