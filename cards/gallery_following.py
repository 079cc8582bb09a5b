"""Cards of following, for the gallery."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from cards.elements import Card
from cards.filing import files_card
from cards.following import follow_up_card
from cards.gallery_content import Content
from cards.payloads_following import ShowSupervision
from cards.supervision import supervision_card
from cards.supervision_days import supervision_days_card
from cards.views import HintView
from cards.views_actions import (
    Answers,
    FileLine,
    FilesView,
    FollowUpLine,
    FollowUpView,
    LearningLine,
    SupervisedAction,
    SupervisionDaysView,
    SupervisionView,
)
from domain.closing import Impact
from domain.framework import Framework
from domain.supervision import WithoutDay

_TODAY = date(2026, 6, 3)


def cards_of(_framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    """(name, card) of each, with this content."""
    yield from _supervision(content)
    yield from _follow_up(content)
    lines = tuple(
        FileLine(n, content.reference, n % 4, n % 2 if n % 4 else 0, _TODAY - timedelta(days=n))
        for n in range(content.many)
    )
    yield "files", files_card(FilesView(lines, 0, "gallery", "It is on the child's file. Thank you."))
    yield "files-next", files_card(FilesView(lines, 3, "gallery"))
    yield "files-none", files_card(FilesView((), 0, "gallery"))


def _supervision(content: Content) -> Iterator[tuple[str, Card]]:
    audits = tuple(
        LearningLine(
            audit_id=n,
            reference=content.reference,
            submitted_on=_TODAY - timedelta(days=20 + n),
            matters_most=content.text(n),
            better=content.text(n + 1),
            panel=content.text(n + 2) if n % 2 else "",
            readable=n % 2 == 0,
        )
        for n in range(3)
    )
    actions = tuple(
        SupervisedAction(
            n, content.text(n), _TODAY + timedelta(days=n - 2), n - 2, ("open", "done")[n % 2], n % 3 == 0
        )
        for n in range(content.many)
    )
    view = SupervisionView(
        practitioner_id=5,
        practitioner_name=content.name(0),
        has_left=False,
        audits=audits,
        more=2,
        actions=actions,
        planned_on=None,
        today=_TODAY,
        nonce="gallery",
    )
    yield "supervision", supervision_card(view)
    typed = {"held_on": "2026-06-02", "where": content.line(0), "oversight": content.text(0)}
    refused = Answers(typed, (HintView("where", content.line(1), True),), True)
    yield "supervision-refused", supervision_card(replace(view, answers=refused, planned_on=_TODAY))
    yield (
        "supervision-talked-of",
        supervision_card(replace(view, audits=(), actions=(), more=0, message="Recorded for 5 audits.")),
    )
    yield "supervision-left", supervision_card(replace(view, has_left=True))
    lines = tuple(
        WithoutDay(n, content.name(n), n % 3, 2 - n % 2, _TODAY - timedelta(days=n) if n % 4 == 1 else None)
        for n in range(content.many)
    )
    days = SupervisionDaysView(lines, "gallery")
    yield "supervision-days", supervision_days_card(days)
    wrong = Answers({lines[0].field: content.line(0)}, (HintView(lines[0].field, content.line(1), True),))
    yield "supervision-days-refused", supervision_days_card(replace(days, answers=wrong))
    yield "supervision-days-set", supervision_days_card(replace(days, lines=(), message="2 days set."))


def _follow_up(content: Content) -> Iterator[tuple[str, Card]]:
    lines = (
        FollowUpLine(True, "The moderation panel has nothing more to say.", ""),
        FollowUpLine(
            False,
            "The learning has not been talked through in supervision yet.",
            content.name(0),
            ("Open", ShowSupervision(5)),
        ),
        FollowUpLine(
            True, "The reflective session was held.", f"{content.name(1)}, 2 June 2026. {content.line(0)}"
        ),
        FollowUpLine(False, "2 actions are still to do.", ""),
        FollowUpLine(False, "Audit and actions are yet to be put on the child's file.", content.name(2)),
    )
    view = FollowUpView(
        audit_id=7,
        reference=content.reference,
        practitioner_name=content.name(3),
        lines=lines,
        actions=tuple(
            (n, content.text(n), f"{content.name(n)}, called done", n % 2 == 0) for n in range(content.many)
        ),
        closed_on=None,
        impact_due_on=None,
        impact=None,
        impact_text="",
        impact_by="",
        reaudit_on=None,
        may_reflect=True,
        may_file=False,
        may_check=False,
        readable=True,
        today=_TODAY,
        nonce="gallery",
        carried={"comment": content.text(0)},
    )
    yield "follow-up", follow_up_card(view)
    wrong = Answers({"reflected_on": content.line(0)}, (HintView("reflected_on", content.line(1), True),))
    yield "follow-up-refused", follow_up_card(replace(view, answers=wrong, carried=None))
    yield "follow-up-file", follow_up_card(replace(view, may_reflect=False, may_file=True))
    closed = replace(view, may_reflect=False, closed_on=_TODAY, impact_due_on=date(2026, 9, 1))
    yield "follow-up-closed", follow_up_card(replace(closed, reaudit_on=date(2026, 12, 1)))
    checking = replace(closed, may_check=True)
    yield "follow-up-impact", follow_up_card(checking)
    typed = {"impact": "lost", "impact_text": content.text(0)}
    refused = Answers(typed, (HintView("impact_text", content.line(0), True),), True)
    yield "follow-up-impact-refused", follow_up_card(replace(checking, answers=refused))
    lost = replace(
        closed, impact=Impact.LOST, impact_text=content.text(0), impact_by=content.name(0), message="Kept."
    )
    yield "follow-up-lost", follow_up_card(lost)
