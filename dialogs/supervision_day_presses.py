"""Presses of the card that asks a manager for the days of supervisions."""

import re
from datetime import date

from cards.payloads import Payload, PayloadInvalid
from cards.payloads_following import SetSupervisionDays, ShowSupervisionDays
from cards.supervision_days import MOST_LINES, supervision_days_card
from cards.views_actions import NOTHING_TYPED, Answers, SupervisionDaysView
from cards.wording import count
from dialogs.answering_forms import refused
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Reply
from domain.errors import RuleBroken
from workflows.supervision_days import set_days, without_day

_FIELD = re.compile("next_on_([1-9][0-9]{0,8})")


def _show(press: Press, outcome: Outcome) -> Reply:
    return _card(press, message=outcome.get("message", ""))


def _set(press: Press) -> Outcome:
    number = set_days(press.work, press.council, by=press.person, days=_days(press), now=press.now)
    return {"message": f"{count(number, 'day')} set. A card comes the working day before."}


def _refuse(press: Press, broken: RuleBroken) -> Reply | None:
    return _card(press, refused(press, broken))


def _card(press: Press, answers: Answers = NOTHING_TYPED, message: str = "") -> Reply:
    found = without_day(press.work, press.council, by=press.person, now=press.now)
    view = SupervisionDaysView(found, press.turn.nonce, answers, message)
    return Reply(supervision_days_card(view), title="Supervision")


def _days(press: Press) -> dict[int, date | None]:
    """Practitioner to the day that was typed for them; None for one that is no day."""
    days: dict[int, date | None] = {}
    for name in press.inputs:
        found = _FIELD.fullmatch(name)
        words = press.typed(name).strip() if found else ""
        if found and words:
            try:
                days[int(found[1])] = date.fromisoformat(words)
            except ValueError:
                days[int(found[1])] = None
    if len(days) > MOST_LINES:
        # No card asks for so many; a button was changed by hand.
        raise PayloadInvalid
    return days


HANDLERS: dict[type[Payload], Handler] = {
    ShowSupervisionDays: Handler(_show),
    SetSupervisionDays: Handler(_show, act=_set, refuse=_refuse),
}
