"""A manager's board of actions: what they must do next with each, what was confirmed, where they noted it.

It opens with the numbers. The board that stays in the chat names no case and says of no action what it is.
Source: RO-02, CA-23, PR-01, PR-02, SG-01.
"""

from collections.abc import Iterator

from cards.answers import line_of
from cards.buttons import press, row
from cards.elements import Button, Card, Element, bold, card, facts, heading, run, says, typed
from cards.payloads import ShowMyAudits
from cards.payloads_actions import ShowAction, ShowMyActions, ShowTeamActions
from cards.views_board import BoardLine, BoardView, ConfirmedLine, NotedLine
from cards.wording import count, day, days_left_words, excerpt
from domain.action_board import LATELY, SOON_WORKING_DAYS, Next
from domain.closing import Impact

AT_A_TIME = 8
"""As many lines as a phone can take in."""
_WHAT = 120

_GROUPS = {
    Next.CONFIRM: ("To confirm", "Called done: does the proof show a change for the child?"),
    Next.OVERDUE: ("Overdue", "A word with the owner often helps most."),
    Next.SOON: (f"Due in the next {SOON_WORKING_DAYS} working days", "Worth a word in supervision."),
    Next.SENT_BACK: ("Sent back", "Do they know what is still missing?"),
    Next.MORE_TIME: ("More time asked", "Your answer is awaited; until then the day agreed stands."),
    Next.LATER: ("Later", "Nothing is asked of you yet."),
}
_CONFIRMED = f"Confirmed in the last {LATELY.days} days"
_NOTED = "Where you noted oversight"
_LASTED = {
    Impact.LASTED: "it lasted",
    Impact.PARTLY: "it lasted in part",
    Impact.LOST: "it was lost again",
}


def team_actions_card(view: BoardView) -> Card:
    """The numbers, then the lines page by page, each with its press."""
    lines = list(_lines(view))
    start = view.start if 0 <= view.start < len(lines) else 0
    shown = lines[start : start + AT_A_TIME]
    body: list[Element] = [heading("Your team's actions"), *_counts(view)]
    last = ""
    for title, hint, line in shown:
        if title != last:
            body.append(heading(title, size="default", spacing="large"))
            body += [says(hint, subtle=True, spacing="none")] if hint else []
        body.append(line)
        last = title
    body += [row(way, spacing="small") for way in _ways(view, start, len(lines))]
    return card(body, preview=f"{count(len(view.actions), 'action')} to follow up.")


def _counts(view: BoardView) -> list[Element]:
    if not view.actions:
        return [says("No action of the people you answer for is open. Thank you: that is help that arrived.")]
    numbers = [
        (_GROUPS[kind][0], f"{number:,}")
        for kind in Next
        if (number := sum(line.next is kind for line in view.actions))
    ]
    return [
        says("Each was agreed so that something changes for a child.", subtle=True),
        facts([*numbers, (_CONFIRMED, f"{len(view.confirmed):,}")]),
    ]


def _lines(view: BoardView) -> Iterator[tuple[str, str, Element]]:
    """(heading, a word under it, line) of everything, in the order of the board."""
    for action in view.actions:
        yield *_GROUPS[action.next], _action(action, view.private)
    if not view.private:
        return
    for confirmed in view.confirmed:
        yield _CONFIRMED, "", _confirmed(confirmed)
    for noted in view.oversight:
        yield _NOTED, "", _noted(noted)


def _action(line: BoardLine, private: bool) -> Element:
    text: list[Element] = [typed(bold(line.owner_name))]
    if private:
        case: list[str | Element] = ["Case ", bold(line.reference)]
        if line.practitioner_name != line.owner_name:
            case.append(f", work of {line.practitioner_name}")
        text.append(typed(*case, spacing="none"))
        if line.what:
            text.append(typed(excerpt(line.what, _WHAT)[0], spacing="none"))
    left = days_left_words(line.days_left)
    late = run(left, bold=True, color="attention") if line.days_left < 0 else left
    text.append(typed(f"Due {day(line.due_on)}, ", late, spacing="none"))
    if line.asked_until_on is not None:
        text.append(typed(f"Asked for time until {day(line.asked_until_on)}", spacing="none"))
    if line.owner_left:
        text.append(says("They have left. Please agree who takes it on.", spacing="none"))
    which = f"the action of {line.owner_name}, due {day(line.due_on)}"
    return line_of(text, _open(line.action_id, which, line.openable))


def _confirmed(line: ConfirmedLine) -> Element:
    if line.impact is not None:
        lasted = _LASTED[line.impact]
    elif line.asked_on is not None:
        lasted = f"asked on {day(line.asked_on)}"
    else:
        lasted = "asked some time after the audit is closed"
    text = [
        typed(bold(line.owner_name)),
        typed("Case ", bold(line.reference), f", confirmed on {day(line.confirmed_on)}", spacing="none"),
        typed(bold("Did it last? "), lasted, spacing="none"),
    ]
    which = f"the action of {line.owner_name}, confirmed on {day(line.confirmed_on)}"
    return line_of(text, _open(line.action_id, which, line.openable))


def _noted(line: NotedLine) -> Element:
    case = typed("Case ", bold(line.reference), f", {day(line.on)}", spacing="none")
    return line_of([typed(line.recorded), case])


def _open(action_id: int, which: str, openable: bool) -> Button | None:
    return press("Open", ShowAction(action_id), tooltip=f"Open {which}") if openable else None


def _ways(view: BoardView, start: int, of: int) -> list[Button]:
    if not view.private:
        ways = [press("Show cases and more", ShowTeamActions(0))]
    else:
        ways = []
        if (more := of - start - AT_A_TIME) > 0:
            ways.append(press(f"Show {more:,} more", ShowTeamActions(start + AT_A_TIME)))
        if start:
            ways.append(press("From the top", ShowTeamActions(0)))
    return [*ways, press("My own actions", ShowMyActions()), press("My audits", ShowMyAudits())]
