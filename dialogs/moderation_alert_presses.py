"""A safety alert raised beside a moderation: the file that the Panel reads may show a child at risk.

Whoever reads it acts the same day; an alert waits for no decision and no talk (Q16, SG-02). It tells the
managers what worries the Panel about the child, and nothing of what it thinks of the audit.
"""

from collections.abc import Mapping
from contextlib import suppress

from cards.payloads import Payload
from cards.payloads_panel import AskPanelAlert, RaisePanelAlert, ShowModeration
from dialogs.press import Handler, Outcome, Press
from dialogs.safety_presses import raised_reply, safety_reply
from dialogs.turn import Reply
from domain.errors import NotFound, RuleBroken, Stale
from workflows import moderating, safety
from workflows.moderating import NotYours
from workflows.moderation_files import require_moderation
from workflows.sharing import TextWanted

_MOST_CARRIED = 20_000
"""Characters that come along: no text is worth an alert that cannot be raised."""


def _show_form(press: Press, _: Outcome) -> Reply:
    """The form; what was being written is kept first, and nothing of that may delay it."""
    payload: AskPanelAlert = press.payload
    carried: Mapping[str, str] = {}
    if press.inputs:
        try:
            with suppress(NotFound, NotYours):
                moderating.save_part(
                    press.work,
                    press.council,
                    by=press.person,
                    moderation_id=payload.moderation_id,
                    part=payload.part,
                    version=payload.version,
                    inputs=press.inputs,
                    now=press.now,
                    lenient=True,
                )
        except Stale:
            # Somebody saved meanwhile: the way back shows both texts.
            carried = _typed_beside(press)
    return _form(press, payload.moderation_id, payload.part, carried=carried)


def _form(
    press: Press,
    moderation_id: int,
    part: str,
    *,
    typed: str = "",
    errors: Mapping[str, str] | None = None,
    carried: Mapping[str, str] | None = None,
) -> Reply:
    _, audit = _required(press, moderation_id)
    return safety_reply(
        press, audit, part, typed, errors or {}, moderation_id=moderation_id, carried=carried or {}
    )


def _raise(press: Press) -> Outcome:
    _, audit_id = _required(press, press.payload.moderation_id)
    _, told = safety.raise_alert(
        press.work,
        press.council,
        by=press.person,
        audit_id=audit_id,
        concern=press.typed("concern"),
        now=press.now,
    )
    return {"told": [person.name for person in told]}


def _show_raised(press: Press, outcome: Outcome) -> Reply:
    payload: RaisePanelAlert = press.payload
    back = ShowModeration(payload.moderation_id, payload.part)
    return raised_reply(press, outcome, back, _typed_beside(press))


def _refuse(press: Press, broken: RuleBroken) -> Reply | None:
    payload: RaisePanelAlert = press.payload
    if isinstance(broken, TextWanted):
        return _form(
            press,
            payload.moderation_id,
            payload.part,
            typed=press.typed("concern"),
            errors={broken.field: str(broken)},
            carried=_typed_beside(press),
        )
    return None


def _typed_beside(press: Press) -> dict[str, str]:
    """What was typed into the moderation itself; nothing where it would keep the answer from being sent."""
    found = {name: text for name, text in press.typed_texts.items() if name != "concern"}
    return found if sum(map(len, found.values())) <= _MOST_CARRIED else {}


def _required(press: Press, moderation_id: int) -> tuple[int, int]:
    """The ids of the moderation and of its audit, for somebody of the Panel without a tie to it."""
    moderation, audit = require_moderation(
        press.work, press.council, by=press.person, moderation_id=moderation_id, now=press.now
    )
    return moderation.id, audit.id


HANDLERS: dict[type[Payload], Handler] = {
    AskPanelAlert: Handler(_show_form),
    RaisePanelAlert: Handler(_show_raised, act=_raise, refuse=_refuse),
}
