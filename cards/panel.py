"""The Panel's queue, and the form that hands an audit over or swaps it.

Source: MO-07, Q7, Q9; SG-03: why an audit was chosen is told to the Panel alone.
"""

from collections.abc import Sequence

from cards.buttons import press, row
from cards.elements import Card, Element, bold, box, card, heading, run, says, typed
from cards.fields import Form, other_errors
from cards.moderation_words import clock, reasons_chosen
from cards.payloads_examples import ShowExamples
from cards.payloads_panel import (
    AskHandOver,
    HandOver,
    ShowModeration,
    ShowPanel,
    SwapModeration,
    TakeModeration,
)
from cards.payloads_talk import ShowTalk
from cards.views_panel import HandingView, PanelView, QueueLine
from cards.wording import count, day, moment
from domain.moderation_parts import START
from domain.talks import TalkState

OTHERS_ON_A_CARD = 6
OWN_ON_A_CARD = 10
TALKS_ON_A_CARD = 6
_TALK_STATES = {
    TalkState.DUE: "not invited yet",
    TalkState.INVITED: "invited, no time taken yet",
    TalkState.PROPOSED: "they ask for another time",
    TalkState.AGREED: "agreed",
    TalkState.HELD: "held",
}


def panel_card(view: PanelView) -> Card:
    """One's own audits first, then the rest of the queue with whose each is; names no case."""
    shown = view.others[view.start : view.start + OTHERS_ON_A_CARD]
    mine = view.mine if not view.start else ()
    body: list[Element] = [
        *([box([says(view.message)], style="good")] if view.message else []),
        heading("The Panel's audits"),
        says("Behind each is a child whose story deserves to be told truly.", subtle=True),
    ]
    if mine:
        body.append(heading(f"Yours ({len(mine)})", size="default", spacing="medium"))
        body += _lines(view, mine[:OWN_ON_A_CARD], is_mine=True)
        if more := len(mine) - OWN_ON_A_CARD:
            body += [says(f"{count(more, 'more')} of yours, due later.", subtle=True)] if more > 0 else []
    elif not view.start:
        body.append(says("Nothing in the queue is yours right now."))
    if view.talks and not view.start:
        body += _talks(view)
    if shown:
        first, last = view.start + 1, view.start + len(shown)
        place = f", {first} to {last}" if len(view.others) > OTHERS_ON_A_CARD else ""
        title = f"Others in the queue ({len(view.others)}{place})"
        body.append(heading(title, size="default", spacing="large"))
        body += _lines(view, shown, is_mine=False)
    body.append(says("What you are tied to, by the case or the auditor, is never listed here.", subtle=True))
    body.append(says("Type “moderations” for those that are decided.", subtle=True, spacing="medium"))
    ways = [press("Example audits", ShowExamples("", 0, 0, 0))]
    if view.start + OTHERS_ON_A_CARD < len(view.others):
        ways.insert(0, press("More of the queue", ShowPanel(view.start + OTHERS_ON_A_CARD)))
    if view.start:
        ways.insert(0, press("Back to the start", ShowPanel(0)))
    return card([*body, row(*ways, spacing="large")], preview="The Panel's audits.")


def _talks(view: PanelView) -> list[Element]:
    """What the reader has yet to talk through with auditors, until each talk was held (MO-16, Q14)."""
    body: list[Element] = [heading(f"Talks to hold ({len(view.talks)})", size="default", spacing="large")]
    for number, talk in enumerate(view.talks[:TALKS_ON_A_CARD]):
        stands = _TALK_STATES[talk.state]
        if talk.state is TalkState.AGREED and talk.agreed_at is not None:
            stands = f"agreed for {moment(talk.agreed_at)}"
        opens = press(
            "Open the talk", ShowTalk(talk.moderation_id), tooltip=f"The talk with {talk.auditor_name}"
        )
        body.append(
            box(
                [
                    typed(bold(f"With {talk.auditor_name}"), f": {stands}"),
                    typed(*clock(talk.due_on, view.today), spacing="none"),
                    row(opens, spacing="small"),
                ],
                separator=number > 0,
            )
        )
    if (more := len(view.talks) - TALKS_ON_A_CARD) > 0:
        body.append(says(f"{count(more, 'more')}, due later.", subtle=True))
    return body


def _lines(view: PanelView, lines: Sequence[QueueLine], *, is_mine: bool) -> list[Element]:
    return [_line(view, line, is_mine=is_mine, first=number == 0) for number, line in enumerate(lines)]


def _line(view: PanelView, line: QueueLine, *, is_mine: bool, first: bool) -> Element:
    moderation = line.moderation
    whose = typed("With ", bold(line.holder_name)) if line.holder_name else typed(bold("Nobody's yet"))
    items = [
        typed(bold(f"An audit by {line.auditor_name}"), f", {line.team_name}"),
        typed(*clock(moderation.due_on, view.today), spacing="none"),
        *([] if is_mine else [whose]),
        # What whoever chose it wrote stands on the audit's own card; here it would push the next one away.
        typed(run(reasons_chosen(moderation), subtle=True), spacing="none"),
    ]
    buttons = []
    if line.may_open:
        about = f"the audit by {line.auditor_name}"
        begun = moderation.saved_at is not None
        title = "Moderate" if is_mine and not begun else "Go on" if is_mine else "Look"
        opens = ShowModeration(moderation.id, START)
        if not line.holder_name:
            take = TakeModeration(moderation.id, view.nonce)
            buttons.append(press("Take", take, tooltip=f"Take {about}"))
        buttons.append(press(title, opens, tooltip=f"{title}: {about}"))
        if is_mine:
            hand = AskHandOver(moderation.id)
            buttons.append(press("Hand over or swap", hand, tooltip=f"Hand over or swap {about}"))
    else:
        items.append(
            says("The principal social worker is tied to it, so only the chair opens it.", subtle=True)
        )
    return box([*items, *([row(*buttons, spacing="small")] if buttons else [])], separator=not first)


def handing_card(view: HandingView) -> Card:
    """To whom, or for which of a colleague's; and why, which is kept."""
    form = Form(view.typed, view.errors)
    people = [(str(i), f"{name} ({count(load, 'audit')} so far)") for i, name, load in view.people]
    swaps = [
        (
            str(one.moderation.id),
            f"{one.holder_name}: audit by {one.auditor_name}, due {day(one.moderation.due_on)}",
        )
        for one in view.swaps
    ]
    body: list[Element] = [
        heading("Hand over or swap"),
        typed("Case ", bold(view.reference), f", an audit by {view.auditor_name}, with {view.holder_name}."),
        typed(*clock(view.moderation.due_on, view.today), spacing="none"),
        says(
            "The due date stays the same. Anyone tied to the case or the auditor is left off the list.",
            subtle=True,
        ),
        *other_errors(view.errors),
        *form.line("why", "Why? A few words; they are kept with the audit."),
    ]
    moderation_id = view.moderation.id
    if people:
        body += form.choice("hand_to", "Hand over to", people)
        body.append(row(press("Hand over", HandOver(moderation_id, view.nonce), with_inputs=True)))
    else:
        body.append(says("Nobody else on the Panel is without a tie to this audit, so it stays where it is."))
    if swaps:
        body += form.choice("swap_with", "Or swap it for one of a colleague's", swaps, spacing="medium")
        body.append(row(press("Swap", SwapModeration(moderation_id, view.nonce), with_inputs=True)))
    ways = [press("Go back", ShowModeration(moderation_id, START)), press("The queue", ShowPanel(0))]
    return card([*body, row(*ways, spacing="medium")], preview="Hand over or swap: open this in Teams.")
