"""The talk about a moderation, for the chair and for the auditor.

The auditor is a colleague who may feel exposed, so the words are kind and say what comes next. There is no
button to decline: taking part is compulsory, and when is theirs to say. Source: MO-16, MO-17, Q14, SG-03.
"""

from datetime import datetime

from cards.buttons import press, row
from cards.elements import Button, Card, Element, bold, box, card, facts, heading, says, typed
from cards.payloads import ShowMyAudits
from cards.payloads_talk import AcceptSlot, AskTalkTime, OpenTalkForm, ReadModeration
from cards.views_talk import TalkView
from cards.wording import day, excerpt
from domain.days import LONDON
from domain.talks import Talk, TalkState, say_time, too_late

PREVIEW = "A talk between colleagues."
_TEXT = 2000
"""Characters of each text; nobody writes an invite of more."""


def talk_card(view: TalkView) -> Card:
    """Where the talk stands and what comes next."""
    body = [
        *([box([says(view.message)], style="warning" if view.warning else "good")] if view.message else []),
        *(_for_chair(view) if view.talk.leads else _for_auditor(view)),
    ]
    return card(body, preview=PREVIEW)


def _for_chair(view: TalkView) -> list[Element]:
    talk = view.talk
    own, panel = view.grades
    body = [
        heading("A talk about a moderation"),
        facts(
            [
                ("Auditor", talk.auditor_name),
                ("Case", talk.audit.case_reference),
                ("Grades", f"{own} by the auditor, {panel} by the Panel"),
                ("To be held by", day(talk.due_on)),
                ("Where it stands", _standing(view)),
            ]
        ),
    ]
    if talk.proposed:
        body += _quoted("They ask for another time", talk.proposed)
    if talk.moderation.reply:
        body += _quoted("Their reply", talk.moderation.reply)
    if talk.state in (TalkState.INVITED, TalkState.AGREED) and _is_late(talk):
        body.append(says("Some of that lies after the day by which the talk is due.", color="attention"))
    if talk.early_because:
        lines = [*talk.early_because, "If waiting would be an unreasonable delay, you may release it early."]
        body.append(box([typed(line, spacing="small") for line in lines], style="warning"))
    if talk.state is TalkState.HELD:
        body += [*_quoted("Agreed for next time", talk.note), *_final(view)]
    return [*body, *_chairs_buttons(view)]


def _standing(view: TalkView) -> str:
    talk = view.talk
    match talk.state:
        case TalkState.DUE:
            said = "they have not been invited yet"
        case TalkState.INVITED if ahead := talk.ahead(view.now):
            said = "invited to " + "; ".join(say_time(at) for _, at in ahead)
        case TalkState.INVITED:
            said = "invited, and the times you offered have passed without an answer"
        case TalkState.PROPOSED:
            said = "none of the times suited"
        case TalkState.AGREED:
            said = f"agreed for {say_time(talk.agreed_at)}" if talk.agreed_at else ""
        case TalkState.HELD:
            said = f"held on {day(talk.held_on)}" if talk.held_on else ""
    return f"{said}; released already" if talk.moderation.released_at else said


def _is_late(talk: Talk) -> bool:
    times = (talk.agreed_at,) if talk.agreed_at else talk.slots
    return too_late(times, talk.due_on)


def _chairs_buttons(view: TalkView) -> list[Element]:
    talk, number = view.talk, view.talk.moderation.id
    read = press("Read the moderation", ReadModeration(number))
    if talk.state is TalkState.HELD:
        return [row(read, press("My audits", ShowMyAudits()))]
    title = "Invite them" if talk.state is TalkState.DUE else "Offer other times"
    first: list[Button] = [press(title, OpenTalkForm(number, "invite"))]
    if talk.state is not TalkState.DUE:
        held = press("We have talked", OpenTalkForm(number, "held"))
        # Once a time is agreed, what comes next is to hold it.
        first = [held, *first] if talk.state is TalkState.AGREED else [*first, held]
    second: list[Button] = [read]
    if talk.agreed_at is not None:
        second.append(press("For my calendar", AskTalkTime(number, view.nonce)))
    if talk.moderation.released_at is None:
        second.append(press("Release early", OpenTalkForm(number, "early")))
    return [row(*first), row(*second, spacing="small")]


def _for_auditor(view: TalkView) -> list[Element]:
    talk = view.talk
    body: list[Element] = [
        heading("A talk about your audit"),
        typed("Case ", bold(talk.audit.case_reference), subtle=True),
        says(
            "The Panel saw something differently, and then colleagues talk it through. Everybody takes part, "
            "as it is how all of us learn, and your view counts."
        ),
    ]
    if talk.message:
        body += _quoted(f"{talk.invited_by} writes", talk.message)
    number = talk.moderation.id
    match talk.state:
        case TalkState.DUE:
            body.append(says("Your invite, with times to choose from, comes soon."))
        case TalkState.INVITED:
            body += _slots(view)
        case TalkState.PROPOSED:
            body += _quoted("You asked for another time", talk.proposed)
            body.append(says("They will offer others, or ring you."))
        case TalkState.AGREED if talk.agreed_at is not None:
            body.append(typed("Agreed for ", bold(say_time(talk.agreed_at)), "."))
            calendar = press("For my calendar", AskTalkTime(number, view.nonce))
            body.append(row(calendar, press("Another time", OpenTalkForm(number, "other_time"))))
        case _:
            body += _held(view)
    ways = [press("Read what the Panel saw", ReadModeration(number))]
    if talk.moderation.replied_at is None:
        ways.append(press("Reply in writing", OpenTalkForm(number, "reply")))
    return [*body, row(*ways, spacing="medium")]


def _slots(view: TalkView) -> list[Element]:
    talk, number = view.talk, view.talk.moderation.id
    ahead = talk.ahead(view.now)
    if not ahead:
        passed = typed(
            "The times you were offered have passed. Please say when you can; the talk is to be held by ",
            day(talk.due_on), ".",
        )  # fmt: skip
        return [passed, row(press("Say when you can", OpenTalkForm(number, "other_time")), spacing="small")]
    made: list[Element] = [typed("Please choose a time; the talk is to be held by ", day(talk.due_on), ".")]
    made += [
        # Each in a row of its own: beside each other they are cut off on a phone.
        row(
            press(_short(at), AcceptSlot(number, talk.version, slot, view.nonce), tooltip=say_time(at)),
            spacing="small",
        )
        for slot, at in ahead
    ]
    other = press("None of these suits", OpenTalkForm(number, "other_time"))
    return [*made, row(other, spacing="small")]


def _short(at: datetime) -> str:
    """A time on a button, which a phone cuts off where it is long; it lies within a few months."""
    local = at.astimezone(LONDON)
    return f"{local:%a} {local.day} {local:%B} at {local:%H:%M}"


def _held(view: TalkView) -> list[Element]:
    talk = view.talk
    made: list[Element] = []
    if talk.held_on is not None:
        made.append(typed("You talked on ", bold(day(talk.held_on)), ". Thank you."))
    return [*made, *_quoted("What you agreed for next time", talk.note), *_final(view)]


def _final(view: TalkView) -> list[Element]:
    """The final grade and, where it is another than the Panel's, which of them reports count (MO-21)."""
    if not view.final_label:
        return []
    panel = view.grades[1]
    made: list[Element] = [typed("The final grade: ", bold(view.final_label), ".")]
    if view.final_label != panel:
        made.append(says(f"Every grade is kept. Reports count the Panel's, {panel}.", subtle=True))
    return made


def _quoted(label: str, text: str) -> list[Element]:
    return [box([typed(bold(label)), typed(excerpt(text, _TEXT)[0], spacing="small")], style="emphasis")]
