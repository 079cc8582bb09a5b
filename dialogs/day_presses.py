"""Presses on a person's day: look again, put off, a team's week."""

from collections.abc import Mapping
from datetime import date

from cards.assembly_day import day_view, may_wait, week_view
from cards.day import day_card, put_off_form, week_card
from cards.payloads import Payload, PayloadInvalid
from cards.payloads_day import AskPutOff, PutOff, ShowDay, ShowTeamWeek
from cards.views import HintView
from cards.views_day import PutOffView
from cards.wording import count
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Reply
from domain.day import Day
from domain.days import uk_date
from domain.errors import RuleBroken
from workflows import snoozing
from workflows.day import auditor_names, day_of, open_week
from workflows.sharing import TextWanted

EARLIEST = date(2020, 1, 1)
"""No card of ours is older."""


def show_day(press: Press, on: str, *, message: str = "") -> Reply:
    """The person's day as it stands."""
    day = _day(on)
    found = _found(press, day)
    view = day_view(
        found,
        on=day,
        today=press.today,
        auditors=auditor_names(press.work, found),
        nonce=press.turn.nonce,
        message=message,
    )
    return Reply(day_card(view), title="Your day")


def _look(press: Press, _: Outcome) -> Reply:
    payload: ShowDay = press.payload
    return show_day(press, payload.day)


def _ask_put_off(press: Press, _: Outcome) -> Reply:
    payload: AskPutOff = press.payload
    return _form(press, _day(payload.day), None, {})


def _form(press: Press, day: date, typed: Mapping[str, str] | None, errors: Mapping[str, str]) -> Reply:
    choices = may_wait(_found(press, day), press.today)
    if not choices:
        return show_day(press, day.isoformat(), message="Nothing of this can be put off any more.")
    view = PutOffView(
        day=day,
        choices=tuple((f"{item.about}:{item.subject_id}", title) for item, title in choices),
        latest_on=max(item.due_on for item, _ in choices),
        nonce=press.turn.nonce,
        typed=typed,
        errors=tuple(HintView(f, m, blocking=True) for f, m in errors.items()),
    )
    return Reply(put_off_form(view), title="Put off")


def _put_off(press: Press) -> Outcome:
    number, back_on = snoozing.put_off(
        press.work,
        press.council,
        by=press.person,
        chosen=_chosen(press.typed(snoozing.WHAT)),
        until_on=_typed_day(press.typed(snoozing.UNTIL)),
        now=press.now,
    )
    return {"message": f"{count(number, 'thing')} put off. I will come back to it on {uk_date(back_on)}."}


def _show_put_off(press: Press, outcome: Outcome) -> Reply:
    payload: PutOff = press.payload
    return show_day(press, payload.day, message=outcome["message"])


def _refuse_put_off(press: Press, broken: RuleBroken) -> Reply | None:
    payload: PutOff = press.payload
    if isinstance(broken, TextWanted):
        return _form(press, _day(payload.day), press.typed_texts, {broken.field: str(broken)})
    return show_day(press, payload.day, message=str(broken))


def _week(press: Press, _: Outcome) -> Reply:
    payload: ShowTeamWeek = press.payload
    week = open_week(press.work, press.council, by=press.person, team_id=payload.team_id, now=press.now)
    names = auditor_names(press.work, Day((), (week,), 0, None))
    view = week_view(week, today=press.today, auditors=names, start=payload.start)
    return Reply(week_card(view, back=press.today.isoformat()), title="Your team's week")


def _found(press: Press, day: date) -> Day:
    return day_of(press.work, press.council, by=press.person, day=day, now=press.now)


def _day(text: str) -> date:
    """The day a button carries; only one changed by hand is not a day."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise PayloadInvalid from None
    if day < EARLIEST:
        raise PayloadInvalid
    return day


def _typed_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise TextWanted(snoozing.UNTIL, "Please give a day, such as 31 May 2026.") from None


def _chosen(text: str) -> tuple[tuple[str, int], ...]:
    """The things ticked, as the choice sends them: "audit:7,review:9"."""
    parts = (part.strip().partition(":") for part in text.split(",") if part.strip())
    return tuple((about, int(number)) for about, _, number in parts if number.isascii() and number.isdigit())


HANDLERS: dict[type[Payload], Handler] = {
    ShowDay: Handler(_look),
    AskPutOff: Handler(_ask_put_off),
    PutOff: Handler(_show_put_off, act=_put_off, refuse=_refuse_put_off),
    ShowTeamWeek: Handler(_week),
}
