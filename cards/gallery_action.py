"""Cards of action, for the gallery."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cards.action import BACK, CONFIRM, DONE, HAND_ON, OVERSIGHT, TIME, action_card, action_form
from cards.elements import Card
from cards.gallery_content import Content
from cards.own_actions import own_actions_card
from cards.views import HintView
from cards.views_actions import (
    ActionFormView,
    ActionView,
    Answers,
    OwnActionLine,
    OwnActionsView,
    StepLine,
)
from domain.framework import Framework

_AT = datetime(2026, 6, 3, 8, 30, tzinfo=UTC)
_DUE = date(2026, 6, 1)
_FIELDS = {
    DONE: ("changed", "recorded"),
    TIME: ("reason", "until_on"),
    CONFIRM: ("note", "noted"),
    BACK: ("reason",),
    OVERSIGHT: ("note", "noted"),
    HAND_ON: ("owner_id", "due_on"),
}
_SAID = ("is still on it", "called it done", "sent it back", "left an oversight note")


def cards_of(_framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    """(name, card) of each, with this content."""
    steps = tuple(
        StepLine(
            _SAID[n % 4],
            content.name(n),
            _AT,
            content.text(n),
            content.line(n) if n % 4 in (1, 3) else "",
            n % 4 == 1,
        )
        for n in range(min(content.many, 12))
    )
    view = ActionView(
        action_id=3,
        version=1,
        audit_id=7,
        reference=content.reference,
        what=content.text(0),
        owner_name=content.name(0),
        is_owner=True,
        answering=(content.name(1), content.name(2)),
        due_on=_DUE,
        days_left=-2,
        state="open",
        asked_until_on=None,
        steps=(),
        readable=True,
        owner_gone=False,
        nonce="gallery",
    )
    wrong = Answers({"progress": content.text(1)}, (HintView("progress", content.line(0), True),), True)
    yield "action-own", action_card(view)
    yield "action-own-steps", action_card(replace(view, steps=steps, message="Thank you, that is noted."))
    yield "action-own-refused", action_card(replace(view, steps=steps, answers=wrong))
    yield "action-own-asked", action_card(replace(view, asked_until_on=date(2026, 6, 30), readable=False))
    yield "action-own-done", action_card(replace(view, state="done", steps=steps))
    yield "action-own-confirmed", action_card(replace(view, state="confirmed", steps=steps))
    manager = replace(view, is_owner=False, steps=steps)
    yield "action-manager", action_card(manager)
    yield "action-manager-proof", action_card(replace(manager, state="done"))
    asked = replace(manager, asked_until_on=date(2026, 6, 30))
    typed = Answers({"reason": content.text(1)}, (HintView("reason", content.line(0), True),), True)
    yield "action-manager-asked", action_card(asked)
    yield "action-manager-asked-refused", action_card(replace(asked, answers=typed))
    yield "action-manager-owner-gone", action_card(replace(manager, owner_gone=True))
    yield from _forms(content, view, manager)
    yield from _lists(content)


def _forms(content: Content, own: ActionView, manager: ActionView) -> Iterator[tuple[str, Card]]:
    takers = tuple((n, f"{content.name(n)} (team manager)") for n in range(1, 4))
    for form, fields in _FIELDS.items():
        action = own if form in (DONE, TIME) else manager
        yield f"action-form-{form}", action_form(ActionFormView(action, form, takers))
        typed = {field: content.line(1) if "on" in field else content.text(1) for field in fields}
        refused = Answers(typed, (HintView(fields[0], content.line(0), True),), True)
        again = replace(action, answers=refused)
        yield f"action-form-{form}-refused", action_form(ActionFormView(again, form, takers))


def _lists(content: Content) -> Iterator[tuple[str, Card]]:
    lines = tuple(
        OwnActionLine(
            action_id=n,
            what=content.text(n),
            detail=f"Audited by {content.name(n)}, shared on 29 May 2026",
            due_on=_DUE + timedelta(days=n),
            days_left=n - 2,
            state="open" if n % 3 else "done",
        )
        for n in range(content.many)
    )
    yield "own-actions", own_actions_card(OwnActionsView(lines, private=True, nonce="gallery"))
    bare = tuple(replace(line, what="") for line in lines)
    yield "own-actions-in-the-chat", own_actions_card(OwnActionsView(bare, private=False))
    yield "own-actions-none", own_actions_card(OwnActionsView((), private=False))
