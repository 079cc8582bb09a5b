"""Reports that groups ask for: the list, the form that asks, the answer (PF-12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cards.buttons import press, row, turning
from cards.elements import Card, Element, bold, card, facts, heading, labelled, says, typed
from cards.fields import Form, other_errors
from cards.notes import note_card
from cards.payloads_performance import (
    AnswerRequest,
    DropRequest,
    SendRequest,
    ShowPerformance,
    ShowRequest,
    ShowRequests,
    WriteRequest,
)
from cards.views import HintView, NoteView
from cards.wording import day

PAGE = 5
PREVIEW = "Reports that groups ask for: open this in Teams."


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request as its reader sees it."""

    id: int
    version: int
    body: str
    what: str
    why: str
    asked_by: str
    owner: str
    due_on: date
    answer: str
    kept_where: str
    is_open: bool
    is_mine: bool
    """Whether the reader is to answer it."""
    overdue: bool
    may_drop: bool = False
    """Whether the reader asked for it, and it is not answered."""


@dataclass(frozen=True, slots=True)
class AnswerFormView:
    """A request with what was typed into the boxes for its answer."""

    request: RequestView
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestFormView:
    """The form that asks for a report."""

    bodies: tuple[tuple[str, str], ...]
    owners: tuple[tuple[str, str], ...]
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()


def requests_card(requests: tuple[RequestView, ...], start: int, *, may_ask: bool) -> Card:
    """What was asked for, from `start` on."""
    first = min(start, max(0, (len(requests) - 1) // PAGE * PAGE))
    shown = requests[first : first + PAGE]
    asking = [press("Ask for a report", WriteRequest())] if may_ask else []
    if not shown:
        text = "Nobody has asked for a report lately."
        buttons = (("Ask for a report", WriteRequest()),) if may_ask else ()
        return note_card(NoteView("Reports asked for", text, (*buttons, ("Performance", ShowPerformance()))))
    body: list[Element] = [heading("Reports asked for")]
    for number, one in enumerate(shown, start=first + 1):
        body += [
            typed(bold(f"{number}. {one.what}"), spacing="medium"),
            typed(f"For {one.body}. {_standing(one)}", spacing="small"),
            row(press(f"{'Answer' if one.is_mine else 'Open'} number {number}", ShowRequest(one.id))),
        ]
    if asking := [*turning(len(requests), first, PAGE, ShowRequests), *asking]:
        body.append(row(*asking, spacing="medium"))
    return card(body, preview=PREVIEW, wide=True)


def request_card(view: AnswerFormView) -> Card:
    """One request; with the boxes for its answer where it is the reader's to answer."""
    one, form = view.request, Form(view.typed, view.errors)
    body: list[Element] = [
        heading("A report asked for"),
        typed(bold(one.what)),
        facts(
            (
                ("For", one.body),
                ("Why", one.why),
                ("Asked by", one.asked_by),
                ("To be answered by", one.owner),
                ("Status", _standing(one)),
            )
        ),
        *other_errors(view.errors),
    ]
    if one.is_mine:
        body += [
            says("Name no child, family or case in it.", subtle=True, spacing="medium"),
            *form.text("answer", "What did you find?"),
            *form.line("kept_where", "Where is the whole report kept? You may leave this empty."),
            row(
                press("Send the answer", AnswerRequest(one.id, one.version, view.nonce), with_inputs=True),
                press("All reports", ShowRequests(0)),
            ),
        ]
        return card(body, preview=PREVIEW, wide=True)
    if one.answer:
        told = [("What was found", one.answer), ("Where it is kept", one.kept_where)]
        body.append(labelled([(label, text) for label, text in told if text]))
    drop = [press("No longer needed", DropRequest(one.id, one.version, view.nonce))] if one.may_drop else []
    body.append(row(press("All reports", ShowRequests(0)), *drop))
    return card(body, preview=PREVIEW, wide=True)


def request_form(view: RequestFormView) -> Card:
    """Group, what, why, who and when."""
    form = Form(view.typed, view.errors)
    only = view.bodies[0][0] if len(view.bodies) == 1 else ""
    body: list[Element] = [
        heading("Ask for a report"),
        says("Name no child, family or case in it.", subtle=True),
        *other_errors(view.errors),
        *form.choice("body", "For which group?", view.bodies, only),
        *form.line("what", "What should it look at?"),
        *form.text("why", "Why does the group need it?"),
        *form.choice("owner", "Who should answer?", view.owners),
        *form.date("due_on", "By when?"),
        row(
            press("Ask", SendRequest(view.nonce), with_inputs=True),
            press("All reports", ShowRequests(0)),
        ),
    ]
    return card(body, preview=PREVIEW, wide=True)


def _standing(one: RequestView) -> str:
    if not one.is_open:
        return "Answered." if one.answer else "No longer needed."
    late = " It is overdue." if one.overdue else ""
    return f"By {day(one.due_on)}, from {one.owner}.{late}"
