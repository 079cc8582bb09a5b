"""Cards of meetings, of the tracker and of the forward plan, for the gallery."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from cards.elements import Card
from cards.gallery_content import Content
from cards.meeting_forms import (
    celebrate_form,
    change_form,
    decide_form,
    guest_form,
    hold_form,
    item_form,
)
from cards.meetings import decisions_card, meeting_card, meetings_card
from cards.passing_on import pass_on_form
from cards.tracker import PART_NAMES, drop_form, finish_form, tracked_card, tracker_card, words_form
from cards.views import HintView
from cards.views_governance import (
    DecisionsView,
    Form,
    MeetingFormView,
    MeetingsView,
    MeetingView,
    PassOnView,
    TrackedFormView,
    TrackedView,
    TrackerView,
)
from domain.agenda import Agenda, Asked, Decided, Noted, Part
from domain.framework import Framework
from domain.governance import QA_GROUP
from domain.learning import DraftedFrom, Entry, EntryState
from domain.meetings import Came, Meeting, MeetingState
from domain.themes import theme_titles
from domain.tracking import (
    OpenedTracked,
    Source,
    Tracked,
    TrackedKind,
    TrackedLine,
    TrackedState,
    Tracker,
)

_TODAY = date(2026, 6, 17)
_AT = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)
_WRONG = (HintView("", "This can't be kept as it stands.", blocking=True),)
_NONCE = "gallery"
_SAYINGS = (
    "May 2026 round: 14 of 20 submitted.",
    "Audits overdue: earlier rounds fewer than 5.",
    "Moderations not decided yet: 6.",
)


def cards_of(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    """(name, card) of each, with this content."""
    yield from _meetings(framework, content)
    yield from _meeting_forms(framework, content)
    yield from _tracker(content)
    yield from _tracked(framework, content)


def _meeting(content: Content, number: int = 0) -> Meeting:
    return Meeting(
        id=number + 1,
        body=QA_GROUP,
        service_id=None,
        slot=f"qa_group:{number}",
        planned_on=date(2026, 6 + number % 6, 17),
        starts_at="10:00",
        place=content.line(number),
        state=MeetingState.PLANNED,
        reason="",
        rep_id=None,
        held_on=None,
        minutes_where="",
        version=1,
    )


def _agenda(framework: Framework, content: Content, meeting: Meeting) -> Agenda:
    line = framework.meeting(QA_GROUP)
    items = line.items if line is not None else ()
    noted = tuple(
        Noted("core", content.line(n), content.text(n), content.line(n + 1), content.name(n), pack_id=n)
        for n in range(2)
    )
    parts = [
        Part(item.key, item.title, _SAYINGS[: 1 + n % 3], noted if n == 1 else ())
        for n, item in enumerate(items)
    ]
    return Agenda(
        meeting=meeting,
        title=content.team,
        minutes=120,
        parts=(*parts, Part("other", "Also put forward", (), noted[:1])),
        decided=(),
        people=_people(content),
        rep_name="",
        may_run=True,
    )


def _people(content: Content) -> tuple[Asked, ...]:
    return tuple(
        Asked(
            n, content.name(n), is_chair=n == 1, is_guest=n == 2, came=Came.CAME if n % 3 else Came.APOLOGIES
        )
        for n in range(1, content.many)
    )


def _meetings(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    planned = [(_meeting(content, n), content.team) for n in range(content.many)]
    view = MeetingsView(tuple(planned), "", "", 0, date(2026, 6, 18))
    yield "meetings", meetings_card(view)
    cancelled = replace(planned[0][0], state=MeetingState.CANCELLED, reason=content.line(1))
    held = replace(planned[1][0], state=MeetingState.HELD, held_on=_TODAY)
    lines = ((cancelled, content.team), (held, content.team), *planned)
    yield "meetings-of-a-body", meetings_card(replace(view, lines=lines, body=QA_GROUP, body_name="QA Group"))
    yield "meetings-empty", meetings_card(replace(view, lines=()))
    agenda = _agenda(framework, content, _meeting(content))
    shown = MeetingView(agenda, date(2026, 6, 10), _NONCE, may_celebrate=True)
    yield "meeting-agenda", meeting_card(shown)
    yield "meeting-today", meeting_card(replace(shown, today=_TODAY, message="Recorded."))
    decided = tuple(
        Decided(n, content.line(n), n % 2 == 0, content.name(n), "1 July 2026", "" if n % 3 else "Closed")
        for n in range(content.many // 2)
    )
    held = replace(
        agenda.meeting,
        state=MeetingState.HELD,
        held_on=_TODAY,
        reason=content.line(0),
        minutes_where=content.line(1),
    )
    recorded = replace(agenda, meeting=held, decided=decided, rep_name=content.name(2))
    yield "meeting-held", meeting_card(replace(shown, agenda=recorded, today=_TODAY, may_celebrate=False))
    off = replace(agenda, meeting=cancelled, may_run=False)
    yield "meeting-cancelled", meeting_card(replace(shown, agenda=off, may_celebrate=False))
    open_ones = tuple(_line(content, n) for n in range(content.many))
    decisions = DecisionsView(agenda.meeting, content.team, open_ones, 0, _TODAY)
    yield "decisions", decisions_card(decisions)
    yield "decisions-empty", decisions_card(replace(decisions, lines=()))


def _meeting_forms(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    people = tuple((str(n), content.name(n)) for n in range(1, content.many))
    view = MeetingFormView(
        _agenda(framework, content, _meeting(content)),
        _TODAY,
        Form(_NONCE),
        owners=people,
        representatives=people,
        own_line=content.text(0),
    )
    yield "meeting-change", change_form(view)
    typed = {"meeting_on": content.line(0), "meeting_at": "ten", "meeting_reason": content.text(0)}
    yield "meeting-change-refused", change_form(replace(view, form=Form(_NONCE, typed, _WRONG)))
    yield "meeting-guest", guest_form(view)
    yield "meeting-item", item_form(view)
    yield "meeting-hold", hold_form(view)
    yield "meeting-decide", decide_form(view)
    refused = {"tracked_title": content.line(0), "kind": "action"}
    yield "meeting-decide-refused", decide_form(replace(view, form=Form(_NONCE, refused, _WRONG)))
    yield "meeting-celebrate", celebrate_form(view)


def _row(content: Content, number: int = 0) -> Tracked:
    return Tracked(
        id=number + 1,
        kind=list(TrackedKind)[number % 5],
        title=content.line(number),
        source=Source.MEETING,
        source_id=1,
        meeting_id=1,
        theme="planning",
        owner_id=1,
        due_on=date(2026, 6, 1 + number % 28),
        state=TrackedState.OPEN,
        routed_to="service_manager",
        impact="",
        more_needed=None,
        created_at=_AT,
        created_by=1,
        closed_at=None,
        closed_by=None,
        version=2,
    )


def _line(content: Content, number: int) -> TrackedLine:
    return TrackedLine(
        _row(content, number), content.name(number), content.text(number) if number % 2 else ""
    )


def _tracker(content: Content) -> Iterator[tuple[str, Card]]:
    lines = tuple(_line(content, n) for n in range(content.many))
    tracker = Tracker("open", dict.fromkeys(PART_NAMES, content.many), lines, may_keep=True)
    view = TrackerView(tracker, 0, _TODAY, _NONCE)
    yield "tracker", tracker_card(view)
    mine = Tracker("mine", {"mine": content.many}, lines, may_keep=False)
    yield "tracker-mine", tracker_card(replace(view, tracker=mine, message="Saved."))
    ended = tuple(
        replace(
            line,
            row=replace(line.row, state=TrackedState.CLOSED, impact="x", more_needed=False, closed_at=_AT),
        )
        for line in lines
    )
    yield "tracker-closed", tracker_card(replace(view, tracker=replace(tracker, part="closed", lines=ended)))
    yield "tracker-empty", tracker_card(replace(view, tracker=replace(tracker, part="done", lines=())))


def _tracked(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    themes = tuple(theme_titles(framework).items())
    steps = tuple((content.name(n), _AT, content.text(n)) for n in range(content.many))
    opened = OpenedTracked(
        _row(content), content.name(0), content.line(0), steps, "", True, True, True, meeting_id=1
    )
    view = TrackedView(opened, themes[0][1], _TODAY, Form(_NONCE))
    yield "tracked", tracked_card(view)
    refused = Form(_NONCE, {"step": content.text(1)}, _WRONG)
    yield "tracked-refused", tracked_card(replace(view, form=refused))
    closed = replace(
        opened.row,
        state=TrackedState.CLOSED,
        impact=content.text(0),
        more_needed=True,
        closed_at=_AT,
        closed_by=1,
    )
    yield (
        "tracked-closed",
        tracked_card(
            replace(
                view, opened=replace(opened, row=closed, closed_by_name=content.name(1)), message="Saved."
            )
        ),
    )
    follows = replace(opened, row=replace(opened.row, source=Source.LEARNING), may_keep=False, entry_id=1)
    yield "tracked-follows", tracked_card(replace(view, opened=follows))
    owners = tuple((str(n), content.name(n)) for n in range(1, content.many))
    form = TrackedFormView(opened.row, owners, themes, 0, keeps=True, form=Form(_NONCE))
    yield "tracked-form", words_form(form)
    yield "tracked-form-new", words_form(replace(form, row=None, plan_item_id=1))
    yield "tracked-finish", finish_form(replace(form, keeps=False))
    typed = {"impact": content.text(0), "more_needed": "yes"}
    yield "tracked-close-refused", finish_form(replace(form, form=Form(_NONCE, typed, _WRONG)))
    yield "tracked-drop", drop_form(form)
    entry = Entry(
        id=1,
        theme="planning",
        title=content.line(0),
        learning=content.text(0),
        state=EntryState.OPEN,
        drafted_from=DraftedFrom.HAND,
        owner_id=1,
        due_on=_TODAY,
        created_at=_AT,
        created_by=1,
        assured_by=None,
        assured_at=None,
        impact="",
        more_needed=None,
        closed_by=None,
        closed_at=None,
        version=1,
    )
    yield "pass-on", pass_on_form(PassOnView(entry, Form(_NONCE)))
    passed = Form(_NONCE, {"routed_to": "service_manager"}, _WRONG)
    yield "pass-on-refused", pass_on_form(PassOnView(entry, passed))
