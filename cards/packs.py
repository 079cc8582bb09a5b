"""Packs in the chat: the list, one pack with what matters most, one part, and the forms.

The card shows the same figures as Word and Excel, each with its reference; long words and lists end there.

Source: OG-05, OG-09, PR-01; decision 0016.
"""

from collections.abc import Iterable, Sequence

from cards.buttons import pairs, press, row
from cards.elements import Button, Card, Element, bold, box, card, heading, run, says, typed
from cards.fields import Form, other_errors
from cards.payloads_packs import (
    ApprovePack,
    AskPackApproval,
    AskPackCopy,
    AskPackPart,
    AskSendBack,
    DraftPack,
    RedraftPack,
    SavePackPart,
    SendPackBack,
    ShowPack,
    ShowPackPart,
    ShowPacks,
)
from cards.size import LIMIT_BYTES, size_bytes
from cards.views_packs import (
    PackFormView,
    PackLineView,
    PackPartView,
    PacksView,
    PackView,
    SendBackView,
)
from cards.wording import count, day, excerpt
from domain.days import local_day
from domain.pack_content import FigureLine, TextTable
from domain.packs import TO_DO_PARTS, PackState

TEXT, REASON = "pack_text", "pack_reason"
"""The inputs."""
SUMMARY = "A pack of figures and findings: open this in Teams."
"""The preview text of the messages, which names no case."""
AT_ONCE = 8
"""Packs on a page of the list."""
NOBODY = "The pack is read widely, so please name no child, family, worker or case."
BULLETIN_ROWS = 3
"""Rows of words under each part of a bulletin, which people read on a phone between two visits."""
_MOST = ((40, 8, 1500), (40, 4, 400), (25, 2, 150), (12, 1, 80))
"""(figures of a table, rows of words, characters of a text), tried in turn until the card fits."""
_OTHER_LIMIT = 1500
_TO_DO = (
    "Begin a line with “- ” for each thing that somebody is still to do. Once the pack is sent, each joins "
    "the activity tracker by itself."
)
_MEANWHILE = "Somebody else wrote here meanwhile. When you save, your words take their place."
_REFERENCES = "{} and the like name a figure. Give the QA office its name to ask where the figure comes from."
_AS_DRAFTED = "It is back to the drafted words."
_STATES = {
    PackState.DRAFT: "draft",
    PackState.ASKED: "waits to be approved",
    PackState.SENT: "sent",
}


def packs_card(view: PacksView) -> Card:
    """The list, a page at a time; what waits for the reader's approval stands first."""
    body: list[Element] = [heading("Packs")]
    if not view.lines:
        body.append(says("Nothing has been sent to you yet. Packs come by themselves when they are ready."))
    shown = view.lines[view.start : view.start + AT_ONCE]
    for line in shown:
        body.append(typed(bold(line.title), run(f"  {_standing(line)}", subtle=True), spacing="medium"))
        title = "Read and approve" if line.is_asked else "Open"
        body.append(
            row(press(title, ShowPack(line.pack_id), tooltip=f"{title}: {line.title}"), spacing="small")
        )
    turns = []
    if view.start:
        turns.append(press("Newer", ShowPacks(max(0, view.start - AT_ONCE))))
    if view.start + AT_ONCE < len(view.lines):
        turns.append(press("Older", ShowPacks(view.start + AT_ONCE)))
    if turns:
        body.append(row(*turns, spacing="medium"))
    if view.to_draft:
        body.append(heading("Not drafted yet", size="default", spacing="large"))
        body.append(says("Each is drafted by itself on its day; you can have one drafted now.", subtle=True))
        body += pairs([press(title, DraftPack(kind, view.nonce)) for kind, title in view.to_draft])
    return card(body, preview=SUMMARY)


def pack_card(view: PackView) -> Card:
    """What matters most, the figures that go with it, and the way to each part."""
    paper = view.paper
    body: list[Element] = [heading(paper.content.title), typed(run(paper.standing, subtle=True))]
    if view.message:
        body.append(box([typed(view.message)], style="good"))
    if view.reason and view.state is PackState.DRAFT:
        body.append(box([typed(bold("Sent back: "), excerpt(view.reason, 600)[0])], style="warning"))
    body.append(typed(run(paper.content.headline, size="medium")))
    body += [figure_line(line) for line in paper.content.highlights]
    if paper.content.highlights:
        body.append(typed(run(_REFERENCES.format(paper.content.highlights[0].now.ref), subtle=True)))
    body += pairs(_next(view))
    body.append(heading("Its parts", size="default", spacing="large"))
    body += pairs([press(part.title, ShowPackPart(paper.id, part.key)) for part in paper.content.parts])
    body.append(
        row(
            press("Word copy", AskPackCopy(paper.id, "word", view.nonce)),
            press("Excel copy", AskPackCopy(paper.id, "excel", view.nonce)),
            spacing="large",
        )
    )
    return card(body, preview=SUMMARY)


def part_card(view: PackPartView) -> Card:
    """A part: its words, then its figures with those of the time before."""
    for figures, rows, longest in _MOST:
        drawn = _part(view, figures, rows, longest)
        if size_bytes(drawn) < LIMIT_BYTES:
            break
    return drawn


def bulletin_card(view: PackView) -> Card:
    """The bulletin whole, part after part, for everybody's chat."""
    paper = view.paper
    for _, rows, longest in _MOST:
        body: list[Element] = [heading(paper.content.title)]
        for part in paper.content.parts:
            body.append(heading(part.title, size="default", spacing="large"))
            body.append(typed(excerpt(paper.words(part), longest)[0], spacing="small"))
            body += _words(part.tables, min(rows, BULLETIN_ROWS), longest)
        body.append(row(press("Figures and copies", ShowPack(paper.id)), spacing="large"))
        drawn = card(body, preview="The staff bulletin: open this in Teams.")
        if size_bytes(drawn) < LIMIT_BYTES:
            break
    return drawn


def form_card(view: PackFormView) -> Card:
    """Drafted words to read and one's own to write; figures cannot be changed."""
    form = Form(view.typed, view.errors)
    saved = view.paper.texts.get(view.part.key, "")
    body: list[Element] = [
        heading(view.part.title),
        says(f"Your words take the place of the drafted ones. {NOBODY}", subtle=True),
        *other_errors(view.errors),
    ]
    if view.changed:
        body.append(
            box(
                [
                    says(_MEANWHILE, bold=True),
                    typed(excerpt(saved or _AS_DRAFTED, _OTHER_LIMIT)[0], spacing="small"),
                ],
                style="warning",
            )
        )
    body += [
        typed(bold("Drafted: "), excerpt(view.part.drafted, _OTHER_LIMIT)[0]),
        *([says(_TO_DO, subtle=True)] if view.part.key in TO_DO_PARTS else []),
        *form.text(TEXT, "In your own words (empty keeps the drafted ones)", saved),
        row(
            press(
                "Save",
                SavePackPart(view.paper.id, view.part.key, view.mark, view.nonce),
                with_inputs=True,
            ),
            press("Go back", ShowPackPart(view.paper.id, view.part.key)),
        ),
    ]
    return card(body, preview=SUMMARY)


def send_back_form(view: SendBackView) -> Card:
    """Asks what is to be changed."""
    form = Form(view.typed, view.errors)
    body: list[Element] = [
        heading("Send it back"),
        typed(bold(view.paper.content.title)),
        *other_errors(view.errors),
        *form.text(REASON, "What is to be changed? The QA office reads this."),
        row(
            press("Send it back", SendPackBack(view.paper.id, view.nonce), with_inputs=True),
            press("Go back", ShowPack(view.paper.id)),
        ),
    ]
    return card(body, preview=SUMMARY)


def figure_line(line: FigureLine) -> Element:
    """Name, figure, the one before, and the reference; the one before has the same with a B."""
    parts: list[str | Element] = [bold(f"{line.name}: "), line.now.says]
    if line.before is not None:
        parts.append(run(f"; before {line.before.says}", subtle=True))
    parts.append(run(f"  {line.now.ref}", subtle=True, size="small"))
    return typed(*parts, spacing="small")


def _next(view: PackView) -> list[Button]:
    """The obvious press first."""
    pack_id, nonce = view.paper.id, view.nonce
    made = []
    if view.may_approve:
        made += [press("Approve and send", ApprovePack(pack_id, view.mark, nonce))]
        made += [press("Send it back", AskSendBack(pack_id))]
    if view.may_edit and view.state is PackState.DRAFT:
        made.append(press("Ask for approval", AskPackApproval(pack_id, nonce)))
    if view.may_edit:
        made.append(press("Draft again", RedraftPack(pack_id, nonce)))
    return made


def _part(view: PackPartView, figures: int, rows: int, longest: int) -> Card:
    paper, part = view.paper, view.part
    body: list[Element] = [heading(part.title), typed(run(paper.content.title, subtle=True))]
    if view.message:
        body.append(box([typed(view.message)], style="good"))
    words, left_out = excerpt(paper.words(part), longest)
    body.append(typed(words + (" The rest is in the Word copy." if left_out else "")))
    for table in part.figures:
        body.append(heading(table.title, size="default", spacing="medium"))
        body += [figure_line(line) for line in table.lines[:figures]]
        if (more := len(table.lines) - figures) > 0:
            body.append(says(f"{count(more, 'more figure')} in the copies.", subtle=True))
    body += _words(part.tables, rows, longest)
    buttons = [press("Back to the pack", ShowPack(paper.id))]
    if view.may_edit:
        buttons.insert(0, press("Write in it", AskPackPart(paper.id, part.key)))
    body.append(row(*buttons, spacing="large"))
    return card(body, preview=SUMMARY)


def _words(tables: Iterable[TextTable], rows: int, longest: int) -> list[Element]:
    made: list[Element] = []
    for table in tables:
        made.append(typed(bold(table.title), spacing="medium"))
        for texts in table.rows[:rows]:
            made.append(_told(table.headings, texts, longest))
        if (more := len(table.rows) - rows) > 0:
            made.append(says(f"{count(more, 'more', 'more')} in the copies.", subtle=True))
    return made


def _told(headings: Sequence[str], texts: Sequence[str], longest: int) -> Element:
    """A row of a table as it reads on a phone: what it is about, then the rest by its headings."""
    parts: list[str | Element] = [bold(excerpt(texts[0], longest)[0])]
    for name, text in list(zip(headings, texts, strict=True))[1:]:
        if text:
            label = name if name.endswith("?") else f"{name}:"
            parts += [run(f"\n{label} ", subtle=True), excerpt(text, longest)[0]]
    return typed(*parts, spacing="small")


def _standing(line: PackLineView) -> str:
    if line.sent_at is not None:
        return f"sent {day(local_day(line.sent_at))}"
    return "waits for you" if line.is_asked else _STATES[line.state]
