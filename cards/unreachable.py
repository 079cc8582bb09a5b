"""People who cannot be reached, for the QA office: who, why in plain words, and what helps.

Source: decision 2 of the design; section 2 of the notes on Teams.
"""

from itertools import groupby

from cards.buttons import press, row
from cards.elements import Card, Element, bold, box, card, heading, run, says, typed
from cards.payloads import ShowMyAudits
from cards.payloads_office import ShowUnreachable
from cards.views_reach import UnreachableView
from cards.wording import count, day
from domain.days import local_day
from domain.reachability import Unreached, Why

PEOPLE_ON_A_CARD = 15

_WORDS: dict[Why, tuple[str, str]] = {
    Why.GONE: (
        "Teams no longer knows them",
        "Check whether they still work for the council. If they have left, bring in today's staff list and "
        "their work comes back to you. If they have a new account, ask them to write to Plumbline from it.",
    ),
    Why.SWITCHED_OFF: (
        "An administrator has switched the app off for them",
        "Ask your Teams administrator to allow Plumbline for them (Teams apps, permission policies), then "
        "them to write “hello” to it once.",
    ),
    Why.BLOCKED: (
        "They have blocked Plumbline",
        "Ask them to open their chat with Plumbline, unblock it there and write “hello”. If its messages "
        "were too many or came at a bad time, please tell us: that can be changed.",
    ),
    Why.CLOSED: (
        "Their chat with Plumbline is closed",
        "Teams does not say by whom. Ask them to open the chat and write “hello”. If they cannot, ask your "
        "Teams administrator whether the app is allowed for them.",
    ),
    Why.REMOVED: (
        "They have removed the app",
        "Ask them to add Plumbline again: in Teams choose Apps, search for Plumbline, Add.",
    ),
    Why.NOT_INSTALLED: (
        "The app is not in their Teams yet",
        "Ask them to add Plumbline: in Teams choose Apps, search for Plumbline, Add. Your Teams "
        "administrator can also add it for everybody at once (Teams apps, setup policies).",
    ),
    Why.NO_MAILBOX: (
        "Their mailbox does not take our mail",
        "Check their e-mail address in the staff list and bring the corrected list in.",
    ),
}


_MAIL_REFUSED = "Our e-mail to them was refused. Please check their address in the staff list as well."


def summary_for(view: UnreachableView) -> str:
    """The preview text of the message, which names nobody."""
    if not view.people:
        return "Everybody can be reached."
    return f"{count(len(view.people), 'person', 'people')} cannot be reached."


def unreachable_card(view: UnreachableView) -> Card:
    """Who cannot be reached, those of one reason together, with what to do for each reason."""
    body: list[Element] = [heading("People who cannot be reached")]
    if not view.people:
        body.append(
            says("Everybody for whom something waits can be reached. Thank you for looking after it.")
        )
        return card([*body, row(press("My audits", ShowMyAudits()))], preview=summary_for(view))
    start = view.start if view.start < len(view.people) else 0
    shown = view.people[start : start + PEOPLE_ON_A_CARD]
    waiting = sum(one.things for one in view.people)
    body.append(
        says(
            f"{count(waiting, 'thing')} {'waits' if waiting == 1 else 'wait'} for "
            f"{count(len(view.people), 'person', 'people')}. As soon as somebody writes to Plumbline or adds "
            "it, everything that waits for them is delivered by itself.",
            subtle=True,
        )
    )
    for why, people in groupby(shown, key=lambda one: one.why):
        body += _group(why, list(people))
    return card([*body, *_pages(view, start)], preview=summary_for(view))


def _group(why: Why, people: list[Unreached]) -> list[Element]:
    title, remedy = _WORDS[why]
    return [
        heading(title, size="default", spacing="large"),
        says(remedy, spacing="small"),
        *(_person(one) for one in people),
    ]


def _person(one: Unreached) -> Element:
    place = ", ".join(part for part in (one.post, one.team) if part)
    waits = f"{count(one.things, 'thing')} waiting since {day(local_day(one.since))}"
    mailed = f"; told by e-mail on {day(local_day(one.mailed_at))}" if one.mailed_at else ""
    lines = [typed(waits + mailed + ".", subtle=True, spacing="none")]
    # The heading of those without a mailbox says it for all of them.
    if one.mail_refused and one.why is not Why.NO_MAILBOX:
        lines.append(typed(_MAIL_REFUSED, subtle=True, spacing="none"))
    return box(
        [
            typed(bold(one.name), *([run(f"  {place}")] if place else [])),
            *lines,
        ],
        spacing="small",
    )


def _pages(view: UnreachableView, start: int) -> list[Element]:
    buttons = [press("Look again", ShowUnreachable(start))]
    after = start + PEOPLE_ON_A_CARD
    if start:
        buttons.append(press("Those before", ShowUnreachable(max(0, start - PEOPLE_ON_A_CARD))))
    if after < len(view.people):
        more = len(view.people) - after
        buttons.insert(0, press(f"{count(more, 'more person', 'more people')}", ShowUnreachable(after)))
    return [row(*buttons, spacing="large")]
