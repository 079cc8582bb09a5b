"""Cards of a manager's board of actions, for the gallery."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from cards.elements import Card
from cards.gallery_content import Content
from cards.team_actions import AT_A_TIME, team_actions_card
from cards.views_board import BoardLine, BoardView, ConfirmedLine, NotedLine
from domain.action_board import Next
from domain.closing import Impact
from domain.framework import Framework

_TODAY = date(2026, 6, 3)
_DAYS_LEFT = {Next.CONFIRM: 1, Next.OVERDUE: -4, Next.SOON: 6, Next.SENT_BACK: 3, Next.MORE_TIME: 2}


def cards_of(_framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    """(name, card) of each, with this content."""
    kinds = [kind for kind in Next for _ in range(max(1, content.many // len(Next)))]
    view = BoardView(
        actions=tuple(_line(content, number, kind) for number, kind in enumerate(kinds)),
        confirmed=tuple(_confirmed(content, number) for number in range(3)),
        oversight=tuple(
            NotedLine(content.line(number), content.reference, _TODAY - timedelta(days=number))
            for number in range(2)
        ),
        private=True,
    )
    yield "team-actions", team_actions_card(view)
    yield "team-actions-end", team_actions_card(replace(view, start=len(kinds) - 1))
    yield "team-actions-further", team_actions_card(replace(view, start=min(AT_A_TIME, len(kinds))))
    yield "team-actions-in-the-chat", team_actions_card(replace(view, private=False))
    read = tuple(replace(line, what="", openable=False) for line in view.actions)
    yield "team-actions-read-only", team_actions_card(replace(view, actions=read, confirmed=()))
    yield "team-actions-none", team_actions_card(BoardView((), (), (), private=True))


def _line(content: Content, number: int, kind: Next) -> BoardLine:
    left = _DAYS_LEFT.get(kind, 40)
    return BoardLine(
        action_id=number + 1,
        next=kind,
        owner_name=content.name(number),
        owner_left=kind is Next.OVERDUE and number % 2 == 1,
        practitioner_name=content.name(number + number % 2),
        reference=content.reference,
        what=content.text(number),
        due_on=_TODAY + timedelta(days=left),
        days_left=left,
        asked_until_on=_TODAY + timedelta(days=20) if kind is Next.MORE_TIME else None,
        openable=True,
    )


def _confirmed(content: Content, number: int) -> ConfirmedLine:
    return ConfirmedLine(
        action_id=number + 50,
        owner_name=content.name(number),
        reference=content.reference,
        confirmed_on=_TODAY - timedelta(days=number * 9),
        impact=Impact.LASTED if number == 0 else None,
        asked_on=_TODAY + timedelta(days=90) if number < 2 else None,
        openable=number != 1,
    )
