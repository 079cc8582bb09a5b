"""Asks a manager for the days of supervisions: everybody on one card, one press for all the days given.

It stays in the chat, so it names no case. Source: CA-19, CA-23, RO-02, SU-08; workflow 1B step 15.
"""

from cards.answers import form_of, said, top_errors
from cards.buttons import press, row
from cards.elements import Card, Element, bold, box, card, heading, run, says, typed
from cards.payloads import ShowMyAudits
from cards.payloads_following import SetSupervisionDays, ShowSupervision
from cards.views_actions import SupervisionDaysView
from cards.wording import count, day
from domain.supervision import WithoutDay

MOST_LINES = 8
"""People on one card: as many as a phone can take in."""


def supervision_days_summary(_view: SupervisionDaysView) -> str:
    """The preview text of the message, which names nobody."""
    return "When are the next supervisions?"


def supervision_days_card(view: SupervisionDaysView) -> Card:
    """Each with what is open and a box for the day; whoever is left out now is asked about again."""
    preview = supervision_days_summary(view)
    body: list[Element] = [*said(view.message), heading("When are the next supervisions?")]
    if not view.lines:
        body.append(says("Everybody with learning or actions open has a day. Thank you."))
        return card([*body, row(press("My audits", ShowMyAudits()))], preview=preview)
    body.append(
        says(
            "These people have learning or actions open, and I know of no supervision ahead. With a day, a "
            "card with what to talk about comes the working day before."
        )
    )
    body += top_errors(view.answers)
    for number, one in enumerate(view.lines[:MOST_LINES], start=1):
        body += _person(number, one, view)
    if (more := len(view.lines) - MOST_LINES) > 0:
        left = count(more, "more person", "more people")
        body.append(says(f"{left} will show here once these have a day.", subtle=True))
    body.append(row(press("Set the days", SetSupervisionDays(view.nonce), with_inputs=True), spacing="large"))
    return card(body, preview=preview)


def _person(number: int, one: WithoutDay, view: SupervisionDaysView) -> list[Element]:
    parts = []
    if one.audits:
        parts.append(f"the learning of {count(one.audits, 'audit')}")
    if one.actions:
        parts.append(count(one.actions, "action"))
    text: list[Element] = [
        typed(bold(f"{number}. {one.name}")),
        typed(f"Open: {' and '.join(parts)}.", spacing="none"),
    ]
    if one.passed_on is not None:
        passed = f"The day that was set, {day(one.passed_on)}, has passed. Was it held?"
        recorded = press(f"Record number {number}", ShowSupervision(one.practitioner_id))
        text += [typed(run(passed, color="attention"), spacing="none"), row(recorded, spacing="small")]
    # The name stands in the text, to the letter: a label is no place for what a list brought.
    date_of = form_of(view.answers).date(one.field, f"Next supervision of number {number}")
    return [box([*text, *date_of], spacing="medium", separator=True)]
