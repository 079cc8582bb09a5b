"""The gallery's cards of a person's day: the day itself, putting off, a team's week, more time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cards.day import WEEK_PAGE, day_card, put_off_form, week_card
from cards.elements import Card
from cards.extension import (
    EXEMPTION,
    EXTENSION,
    DecisionView,
    ExtensionFormView,
    decision_card,
    extension_form,
    tried_card,
)
from cards.gallery_content import ORDINARY, Content
from cards.payloads import OpenOverview, ReadShared
from cards.payloads_day import ShowTried
from cards.reminder_lines import REMINDER_LINES, reminder_line
from cards.views import HintView
from cards.views_day import DayLine, DayView, PutOffView, TrackerWeekView, WeekView
from domain.day import Reminder
from domain.tried import Request, Tried, Try

_TODAY = date(2026, 6, 3)
_AT = datetime(2026, 6, 3, 8, 30, tzinfo=UTC)
_MRI = "29:make-believe"
_SAYS = (
    "7 reminders sent, none answered; last 1 June 2026. A word with them often helps most.",
    "Your view of the work belongs in the audit.",
    "",
)


def day_cards(content: Content) -> Iterator[tuple[str, Card]]:
    """Every card of a person's day."""
    lines = tuple(_line(content, number) for number in range(3 if content is ORDINARY else content.many))
    week = _week(content)
    view = DayView(
        day=_TODAY,
        lines=lines,
        weeks=(),
        put_off=0,
        can_put_off=True,
        holds_audit_id=7,
        nonce="gallery",
        owner_mri=_MRI,
    )
    yield "day", day_card(view)
    tracker = TrackerWeekView(lines[:6], 3, 2)
    yield "day-with-tracker", day_card(replace(view, tracker=tracker, owner_mri=""))
    alone = replace(view, lines=(), can_put_off=False, holds_audit_id=None, owner_mri="")
    yield "day-tracker-alone", day_card(replace(alone, tracker=replace(tracker, overdue=())))
    yield "day-with-week", day_card(replace(view, weeks=(week,), put_off=2, owner_mri="", leads=True))
    reminders = tuple(
        reminder_line(
            Reminder(kind, 7, _TODAY + timedelta(days=n - 4), content.line(n), content.name(n), n % 3 + 1),
            _TODAY,
        )
        for n, kind in enumerate(REMINDER_LINES)
    )
    yield "day-with-reminders", day_card(replace(view, lines=reminders, owner_mri=""))
    yield "day-message", day_card(replace(view, message=content.line(0), owner_mri=""))
    yield "day-done", day_card(replace(view, lines=(), can_put_off=False, holds_audit_id=None, owner_mri=""))
    yield (
        "team-week",
        week_card(replace(week, start=WEEK_PAGE if content is not ORDINARY else 0), back="2026-06-03"),
    )
    form = PutOffView(
        _TODAY,
        tuple(
            (f"audit:{number}", f"Your audit, due {7 + number} June 2026") for number in range(content.many)
        ),
        date(2026, 6, 30),
        "gallery",
    )
    yield "put-off", put_off_form(form)
    typed = {"put_off_what": "audit:1", "put_off_until": content.line(0)}
    wrong = (HintView("put_off_until", "Please choose a day after today.", blocking=True),)
    yield "put-off-refused", put_off_form(replace(form, typed=typed, errors=wrong))
    yield from _extension_cards(content)


def _line(content: Content, number: int) -> DayLine:
    titles = (f"{content.name(number)}'s audit is overdue", "Your audit", "An audit in your team to read")
    buttons = (
        ("See what was tried", ShowTried(7)),
        ("Continue", OpenOverview(7)),
        ("Review", ReadShared(7, "summary")),
    )
    due_on = _TODAY + timedelta(days=number - 3)
    return DayLine(
        title=titles[number % 3],
        detail=f"Audited by {content.name(number + 1)}, shared on 29 May 2026"
        if number % 3 == 2
        else "Allocated on 1 May 2026",
        due_on=due_on,
        days_left=(due_on - _TODAY).days,
        says=_SAYS[number % 3],
        late=number == 1,
        button=buttons[number % 3],
    )


def _week(content: Content) -> WeekView:
    actions = tuple(
        DayLine(
            title=f"An action of {content.name(number)}",
            detail=f"Audited by {content.name(number + 1)}, shared on 29 May 2026",
            due_on=_TODAY + timedelta(days=number - 2),
            days_left=number - 2,
            button=("See the action", ReadShared(7, "actions")),
        )
        for number in range(content.many)
    )
    review = DayLine(
        title="An audit to read",
        detail=f"Audited by {content.name(0)}, shared on 29 May 2026",
        due_on=date(2026, 6, 5),
        days_left=2,
        says="If the Panel chooses it, it is moderated by 12 June 2026.",
        button=("Review", ReadShared(7, "summary")),
    )
    return WeekView(4, content.team, len(actions), 2, actions, (review,))


def _extension_cards(content: Content) -> Iterator[tuple[str, Card]]:
    became = ("seen", "sent", "unreachable", "passed over", "waiting")
    tries = tuple(
        Try(
            date(2026, 5, 1) + timedelta(days=number),
            "Half the time has gone. Have the child and family been asked?",
            became[number % 5],
            _AT if number % 5 == 0 else None,
            why=("put off by the person", "a later reminder says it better")[number % 2]
            if became[number % 5] == "passed over"
            else "",
            sent_on=date(2026, 5, 1) + timedelta(days=number) if number % 5 < 2 else None,
        )
        for number in range(content.many)
    )
    tried = Tried(
        audit_id=7,
        auditor_name=content.name(0),
        allocated_on=date(2026, 5, 1),
        due_on=date(2026, 5, 31),
        accepted=True,
        tries=tries,
        away="11 May 2026 to 15 May 2026",
        asked="",
        may_ask=True,
    )
    yield "tried", tried_card(tried, _TODAY)
    asked = f"An extension until 14 June 2026 was declined: {content.text(0)}"
    yield "tried-asked", tried_card(replace(tried, tries=(), asked=asked, may_ask=False, away=""), _TODAY)
    form = ExtensionFormView(7, EXTENSION, content.name(0), date(2026, 5, 31), "gallery")
    yield "extension-form", extension_form(form)
    wrong = (HintView("reason", "Please say in a sentence why; the reason is kept.", blocking=True),)
    typed = {"reason": content.text(0), "until_on": "2026-06-14"}
    yield "extension-form-refused", extension_form(replace(form, typed=typed, errors=wrong))
    yield "exemption-form", extension_form(replace(form, kind=EXEMPTION))
    request = Request(
        extension_id=3,
        kind=EXTENSION,
        auditor_name=content.name(0),
        asked_by_name=content.name(1),
        asked_at=_AT,
        due_on=date(2026, 5, 31),
        until_on=date(2026, 6, 14),
        reason=content.text(1),
        state="asked",
        decision="",
    )
    yield "decision", decision_card(DecisionView(request, "gallery"))
    yield (
        "decision-refused",
        decision_card(DecisionView(request, "gallery", {"reason": content.text(0)}, wrong)),
    )
    done = replace(request, kind=EXEMPTION, until_on=None, state="declined", decision=content.text(2))
    yield "decision-needless", decision_card(DecisionView(replace(request, submitted=True), "gallery"))
    yield "decision-made", decision_card(DecisionView(done, "gallery"))
