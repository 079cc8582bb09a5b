"""Cards of meetings: agendas, what moved, who is asked to record one, a clinic nobody represented.

Source: OG-01, OG-12, PF-03, PF-04.
"""

from collections.abc import Mapping

from cards.governance_words import full_day
from cards.meetings import PREVIEW, meeting_card
from cards.payloads_meetings import AskMeeting, ShowDecisions, ShowMeeting, ShowMeetings
from cards.views_governance import MeetingView
from cards.wording import count
from domain.errors import NotAllowed, RuleBroken
from domain.governance import CLINIC
from domain.intake import listed
from domain.meetings import Meeting, MeetingState
from domain.permissions import Verb
from scheduler.drawing import Draw, Drawing, Drawn, Needless, Write, note
from scheduler.rendering_office import for_office
from storage.nudges import day_of_key
from workflows.agenda import open_meeting
from workflows.bodies import line_of, may_at, title_of
from workflows.clinic_packs import asks_in_pack
from workflows.meeting_carrying import carried_from, next_after
from workflows.meeting_telling import unrepresented
from workflows.meetings import celebration_of, require_celebrating

_OVER = Needless("the meeting was moved, cancelled or recorded, or is not theirs any more")


def agenda(drawing: Drawing) -> Drawn | Needless:
    """The agenda, as it stands when it leaves."""
    meeting = _planned(drawing)
    if meeting is None:
        return _OVER
    try:
        found = open_meeting(
            drawing.view, drawing.council, by=drawing.person, meeting_id=meeting.id, now=drawing.now
        )
    except NotAllowed:
        return _OVER
    view = MeetingView(
        found, drawing.today, drawing.nonce, message="Here is the agenda. Add to it if you like."
    )
    return Drawn(meeting_card(view), PREVIEW)


def celebration_wanted(drawing: Drawing) -> Drawn | Needless:
    """Asks a team manager for one line before their service's clinic (PF-04)."""
    meeting = _planned(drawing)
    if meeting is None:
        return _OVER
    try:
        require_celebrating(
            drawing.view, drawing.council, by=drawing.person, meeting_id=meeting.id, now=drawing.now
        )
    except RuleBroken:
        return _OVER
    if celebration_of(drawing.view, meeting, drawing.person) is not None:
        return Needless("they wrote it already")
    if meeting.service_id is not None and asks_in_pack(drawing.view, meeting.service_id, meeting.planned_on):
        return Needless("the clinic's pack asks for it")
    text = (
        f"Your clinic meets on {full_day(meeting.planned_on)}. What is one thing in your team to celebrate? "
        "One line is enough. Each exception has its own card."
    )
    return note("One line for your clinic", text, ("Write it", AskMeeting(meeting.id, "celebrate")))


def today(drawing: Drawing) -> Drawn | Needless:
    """The card for whoever chairs, on the day: what is decided goes in here."""
    meeting = _planned(drawing)
    if meeting is None or meeting.planned_on != drawing.today or not _runs(drawing, meeting):
        return _OVER
    text = (
        f"{_title(drawing, meeting)} meets today at {meeting.starts_at}. What is decided, and what somebody "
        "is to do, goes in here as you go; afterwards say who came."
    )
    late = sum(
        row.is_overdue(drawing.today)
        for row in drawing.view.tracking.standing_of_body(meeting.body, meeting.service_id)
    )
    if late:
        text += f"\n{count(late, 'thing')} it decided before {'is' if late == 1 else 'are'} overdue."
    return note(
        "Your meeting today",
        text,
        ("Record a decision", AskMeeting(meeting.id, "decide")),
        ("Agenda", ShowMeeting(meeting.id)),
        ("Open decisions", ShowDecisions(meeting.id, 0)),
        ("Record the meeting", AskMeeting(meeting.id, "hold")),
    )


def unrecorded(drawing: Drawing) -> Drawn | Needless:
    """Asks whoever chairs what became of a meeting whose day has passed."""
    meeting = _planned(drawing)
    if meeting is None or meeting.planned_on >= drawing.today or not _runs(drawing, meeting):
        return _OVER
    text = (
        f"{_title(drawing, meeting)} was planned for {full_day(meeting.planned_on)}. Was it held? Please say "
        "who came; if it was not, cancel it with the reason."
    )
    return note(
        "Was this meeting held?",
        text,
        ("Record the meeting", AskMeeting(meeting.id, "hold")),
        ("Move or cancel", AskMeeting(meeting.id, "change")),
    )


def guest(drawing: Drawing) -> Drawn | Needless:
    """Tells somebody that they are asked to one meeting (OG-12)."""
    meeting = _planned(drawing)
    if meeting is None or meeting.id not in drawing.view.meetings.guest_of(drawing.person.id):
        return _OVER
    where = f", {meeting.place}" if meeting.place else ""
    before = carried_from(drawing.view, meeting, drawing.person)
    text = (
        f"{_title(drawing, meeting)} asks you to its meeting on {full_day(meeting.planned_on)} at "
        f"{meeting.starts_at}{where}. The agenda comes five working days before."
    )
    if before is not None:
        text += (
            f"\nYou were asked to the meeting of {full_day(before.planned_on)}, which is cancelled. "
            "This one takes its place."
        )
    return note("You are asked to a meeting", text, ("Open", ShowMeeting(meeting.id)))


def changed(drawing: Drawing) -> Drawn | Needless:
    """Tells members of another day or time, or that a meeting is off."""
    meeting = drawing.view.meetings.get(drawing.notice.subject_id)
    if meeting is None or meeting.state is MeetingState.HELD or not _was_asked(drawing, meeting):
        return _OVER
    title = _title(drawing, meeting)
    if meeting.state is MeetingState.CANCELLED:
        text = f"{title} will not meet on {full_day(meeting.planned_on)}.\nWhy: {meeting.reason}"
        after = next_after(drawing.view, drawing.council, meeting, now=drawing.now)
        if after is not None:
            text += f"\nIt next meets on {full_day(after.planned_on)}; what stood on this agenda goes there."
        return note("A meeting is cancelled", text, ("Your meetings", ShowMeetings("", 0)))
    where = f", {meeting.place}" if meeting.place else ""
    text = (
        f"{title} now meets on {full_day(meeting.planned_on)} at {meeting.starts_at}{where}.\n"
        f"Why: {meeting.reason}"
    )
    return note("A meeting has moved", text, ("Open", ShowMeeting(meeting.id)))


def rep_wanted(drawing: Drawing) -> Drawn | Needless:
    """Tells the QA office in the quarter's last month whose clinics nobody has visited (PF-03)."""
    services = unrepresented(drawing.view, drawing.council, drawing.today)
    if not services:
        return Needless("every service's clinic had somebody from quality assurance this quarter")
    known = drawing.view.people.services()
    names = listed(known[i].name for i in services if i in known)
    text = (
        f"Nobody from quality assurance and performance has been to a clinic of {names} this quarter, and "
        "this is its last month. Whoever goes is named when the clinic is recorded."
    )
    return note("Clinics to visit this quarter", text, ("See the clinics", ShowMeetings(CLINIC, 0)))


CARDS: Mapping[str, Draw] = {
    "agenda": agenda,
    "celebration_wanted": celebration_wanted,
    "meeting_today": today,
    "meeting_unrecorded": unrecorded,
    "meeting_guest": guest,
    "meeting_changed": changed,
    "rep_wanted": for_office(rep_wanted),
}
"""Kind to the card posted in the person's chat."""

MAILS: Mapping[str, Write] = {}
"""Kind to the mail sent to the person."""


def _planned(drawing: Drawing) -> Meeting | None:
    """The meeting, while it stands on the day the notice was written for."""
    meeting = drawing.view.meetings.get(drawing.notice.subject_id)
    stands = (
        meeting is not None and meeting.is_planned and meeting.planned_on == day_of_key(drawing.notice.key)
    )
    return meeting if stands else None


def _runs(drawing: Drawing, meeting: Meeting) -> bool:
    return may_at(drawing.view, drawing.council, Verb.RUN_MEETING, drawing.person, meeting, now=drawing.now)


def _was_asked(drawing: Drawing, meeting: Meeting) -> bool:
    """Whether they see the meeting, or were a guest of one that is off: they are asked to the next by now."""
    return _sees(drawing, meeting) or meeting in drawing.view.meetings.cancelled_asked(drawing.person.id)


def _sees(drawing: Drawing, meeting: Meeting) -> bool:
    return may_at(drawing.view, drawing.council, Verb.SEE_MEETING, drawing.person, meeting, now=drawing.now)


def _title(drawing: Drawing, meeting: Meeting) -> str:
    line = line_of(drawing.council, meeting)
    return f"The {title_of(drawing.view, line, meeting.service_id)}" if line is not None else "A meeting"
