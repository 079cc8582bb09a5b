"""Meetings: planned from the calendar, moved, cancelled, held; guests, and what people put on an agenda.

Source: OG-01, OG-12, PF-02 to PF-04, QB-01, SG-05; decision 0015.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.agenda import CELEBRATION
from domain.days import is_working_day
from domain.errors import NotAllowed, RuleBroken, Stale
from domain.governance import CLINIC, MeetingLine
from domain.meetings import LONGEST_REASON, MOST_GUESTS, Came, Meeting, MeetingState, slot_month, slots
from domain.narratives import Report
from domain.pages import LINE_LIMIT
from domain.people import Person, Post
from domain.permissions import Verb
from storage.work import View, Work
from workflows.bodies import (
    members,
    representatives,
    require_meeting,
    seat_at,
    services_that_meet,
)
from workflows.clinic_packs import follow_moved
from workflows.council import Council
from workflows.learning_texts import Reading, TextsWanted
from workflows.meeting_carrying import carry_guests, carry_left, carry_over
from workflows.meeting_telling import tell_guest, tell_of_change

_CHANGED = "This meeting was changed from somewhere else since you opened it."
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
_IN_PACK = (
    "Your clinic's pack asks you for this: type “performance”. What you write there stands on the agenda."
)
MOST_ROWS = 40
"""What may be put on one agenda; more would be no agenda."""


def keep_planned(work: Work, council: Council, *, now: datetime) -> int:
    """Plan what the calendar asks for over the coming thirteen months; returns how many are new.

    A slot that was ever planned is never planned again, whatever became of its meeting. Source: OG-01, PF-02,
    PF-06, QB-01.
    """
    planned = 0
    for slot in slots(
        council.framework.meetings,
        services_that_meet(work),
        today=council.today(now),
        bank_holidays=council.bank_holidays,
    ):
        planned += work.meetings.plan(
            slot=slot.name,
            body=slot.body,
            service_id=slot.service_id,
            on=slot.on,
            starts_at=f"{slot.at:%H:%M}",
        )
    if planned:
        work.trail.add(
            now=now, actor=None, verb="planned meetings", subject="meetings", fields={"how many": planned}
        )
        carry_left(work, council, now=now)
    return planned


def move_meeting(
    work: Work,
    council: Council,
    *,
    by: Person,
    meeting_id: int,
    version: int,
    typed: Mapping[str, str],
    now: datetime,
) -> None:
    """Another day, time or place; a reason is wanted for another day or time, and members are told.

    Raises TextsWanted for what cannot be kept, Stale when the meeting changed.
    """
    meeting, line = _require_planned(work, council, by, meeting_id, now)
    reading = Reading(typed, council.framework)
    today = council.today(now)
    on = reading.day("meeting_on", today=today, wanted="Please give its day.", standing=meeting.planned_on)
    if on not in (None, meeting.planned_on) and not is_working_day(on, council.bank_holidays):
        reading.errors["meeting_on"] = "That is a day off. Please choose a working day."
    starts_at = _time(reading, typed.get("meeting_at", ""))
    place = reading.text("meeting_place", limit=LINE_LIMIT)
    moved = on != meeting.planned_on or starts_at != meeting.starts_at
    reason = reading.text(
        "meeting_reason",
        wanted="Please say why, in a sentence." if moved else "",
        limit=LONGEST_REASON,
    )
    reading.done()
    values: dict[str, Any] = {"planned_on": on, "starts_at": starts_at, "place": place}
    if moved:
        values["reason"] = reason
    changed = _change(work, meeting, version, values)
    if moved:
        follow_moved(work, council, changed, now=now)
    _keep_trail(work, by, "moved a meeting" if moved else "placed a meeting", meeting, now, values)
    tell_of_change(work, changed, line, was=meeting, now=now, by=by.id)


def cancel_meeting(
    work: Work, council: Council, *, by: Person, meeting_id: int, version: int, reason: str, now: datetime
) -> tuple[int, int]:
    """It will not be held; the reason is kept, its members and guests are told, and the next one takes over.

    Returns how many things of its agenda moved there, and how many of its guests are asked there.
    """
    meeting, line = _require_planned(work, council, by, meeting_id, now)
    reading = Reading({"meeting_reason": reason}, council.framework)
    words = reading.text("meeting_reason", wanted="Please say why, in a sentence.", limit=LONGEST_REASON)
    reading.done()
    values = {"state": MeetingState.CANCELLED.value, "reason": words}
    changed = _change(work, meeting, version, values)
    _keep_trail(work, by, "cancelled a meeting", meeting, now, {"reason": words})
    # Its guests are told that it is off while they are still its guests.
    tell_of_change(work, changed, line, was=meeting, now=now, by=by.id)
    moved = carry_over(work, council, changed, now=now)
    return moved, carry_guests(work, council, changed, now=now)


def ask_guest(
    work: Work, council: Council, *, by: Person, meeting_id: int, email: str, now: datetime
) -> None:
    """Co-opt somebody of the staff list to one meeting, found by e-mail (OG-12)."""
    meeting, line = _require_planned(work, council, by, meeting_id, now)
    guest = work.people.by_email(email.strip().lower()) if email.strip() else None
    if guest is None or guest.left_on is not None:
        raise TextsWanted({"guest_email": "Nobody on the staff list has this e-mail address."})
    if seat_at(work, line, guest, meeting).sits:
        raise TextsWanted({"guest_email": "They are asked to this meeting already."})
    if sum(one.is_guest for one in work.meetings.people(meeting.id)) >= MOST_GUESTS:
        raise RuleBroken(f"A meeting has {MOST_GUESTS} guests at most.")
    work.meetings.note_person(meeting.id, guest.id, is_guest=True, came=Came.ASKED)
    _keep_trail(work, by, "asked a guest to a meeting", meeting, now, {"person": guest.id})
    tell_guest(work, council, meeting, guest, now=now)


def put_on_agenda(
    work: Work, council: Council, *, by: Person, meeting_id: int, typed: Mapping[str, str], now: datetime
) -> None:
    """Put something on an agenda: under a standing item or of its own, with its paper when it has one."""
    meeting, line = require_meeting(work, council, Verb.SEE_MEETING, by=by, meeting_id=meeting_id, now=now)
    _require_open(meeting)
    reading = Reading(typed, council.framework)
    item = reading.choice("agenda_item", [one.key for one in line.items])
    title = reading.text("agenda_title", wanted="Please say what it is about.", limit=LINE_LIMIT)
    note = reading.text("agenda_note", limit=LONGEST_REASON * 2)
    paper = reading.text("agenda_paper", limit=LINE_LIMIT)
    reading.done()
    if len(work.meetings.rows(meeting.id)) >= MOST_ROWS:
        raise RuleBroken("This agenda is full. Please speak to whoever chairs.")
    values = {"item": item, "title": title, "note": note, "paper_where": paper, "by_id": by.id, "at": now}
    work.meetings.add_row(meeting.id, values)
    _keep_trail(work, by, "put something on an agenda", meeting, now, {"title": title, "note": note})


def celebrate(work: Work, council: Council, *, by: Person, meeting_id: int, text: str, now: datetime) -> None:
    """A team manager's line for the clinic: one thing to celebrate; their last one counts (PF-04)."""
    meeting = require_celebrating(work, council, by=by, meeting_id=meeting_id, now=now)
    reading = Reading({"celebration": text}, council.framework)
    words = reading.text("celebration", wanted="One line is enough.", limit=LONGEST_REASON)
    reading.done()
    title = work.people.team(by.team_id).name if by.team_id is not None else by.name
    mine = celebration_of(work, meeting, by)
    values = {"title": title, "note": words, "at": now}
    if mine is None:
        work.meetings.add_row(meeting.id, {**values, "item": CELEBRATION, "by_id": by.id})
    else:
        work.meetings.change_row(mine[0], values)
    _keep_trail(work, by, "wrote a line for a clinic", meeting, now, {"text": words})


def require_celebrating(
    view: View, council: Council, *, by: Person, meeting_id: int, now: datetime
) -> Meeting:
    """The clinic, for a team manager of its service while it has not been held."""
    meeting, _ = require_meeting(view, council, Verb.CELEBRATE, by=by, meeting_id=meeting_id, now=now)
    if meeting.body != CLINIC or Post.TM not in by.posts or by.service_id != meeting.service_id:
        raise NotAllowed("That line is for the team managers of the service.")
    _require_open(meeting)
    # A clinic that was moved into another month is still the clinic of the month it was planned for.
    parts = view.narratives.of_report(Report.CLINIC, slot_month(meeting.slot))
    if any(one.owner_id == by.id for one in parts):
        raise RuleBroken(_IN_PACK)
    return meeting


def celebration_of(view: View, meeting: Meeting, person: Person) -> tuple[int, str] | None:
    """(row, line) of what this person wrote for the clinic."""
    rows = view.meetings.rows(meeting.id)
    found = next((one for one in rows if one.item == CELEBRATION and one.by_id == person.id), None)
    return (found.id, found.note) if found else None


def hold_meeting(
    work: Work,
    council: Council,
    *,
    by: Person,
    meeting_id: int,
    version: int,
    typed: Mapping[str, str],
    now: datetime,
) -> None:
    """Record that it was held: who came, and who represented quality assurance at a clinic (PF-03).

    It may be recorded again, to put right who came.
    """
    meeting, line = require_meeting(work, council, Verb.RUN_MEETING, by=by, meeting_id=meeting_id, now=now)
    require_day(meeting, council, now)
    kept = work.meetings.people(meeting.id)
    guests = [one.person_id for one in kept if one.is_guest]
    # Whoever came and holds another post by now stays in the record, and on the form.
    asked = {one.id for one in members(work, line, meeting.service_id)} | {one.person_id for one in kept}
    reading = Reading(typed, council.framework)
    came = _chosen(reading, "came", asked)
    may_represent = {one.id: one.name for one in representatives(work)} if meeting.body == CLINIC else {}
    rep_id = reading.owner("rep", may_represent, standing=meeting.rep_id)
    minutes_where = reading.text("minutes_where", limit=LINE_LIMIT)
    if not came:
        reading.errors.setdefault("came", "Please tick at least one person who came.")
    reading.done()
    values = {
        "state": MeetingState.HELD.value,
        "held_on": meeting.planned_on,
        "rep_id": rep_id,
        "minutes_where": minutes_where,
    }
    _change(work, meeting, version, values)
    for person_id in sorted(asked):
        shown = Came.CAME if person_id in came else Came.APOLOGIES
        work.meetings.note_person(meeting.id, person_id, is_guest=person_id in guests, came=shown)
    _keep_trail(work, by, "recorded a meeting", meeting, now, {"came": sorted(came), "rep": rep_id})


def require_day(meeting: Meeting, council: Council, now: datetime) -> None:
    """Raise RuleBroken for a cancelled meeting and for one whose day has not come."""
    if meeting.state is MeetingState.CANCELLED:
        raise RuleBroken("This meeting was cancelled, so there is nothing to record.")
    if meeting.planned_on > council.today(now):
        raise RuleBroken("Its day has not come yet. On the day, what is decided goes in here.")


def require_version(meeting: Meeting, version: int) -> None:
    """Raise Stale, with the meeting as it stands, when this was another version of it."""
    if version != meeting.version:
        raise Stale(_CHANGED, current=meeting, version=meeting.version)


def _require_planned(
    work: Work, council: Council, by: Person, meeting_id: int, now: datetime
) -> tuple[Meeting, MeetingLine]:
    meeting, line = require_meeting(work, council, Verb.RUN_MEETING, by=by, meeting_id=meeting_id, now=now)
    _require_open(meeting)
    return meeting, line


def _require_open(meeting: Meeting) -> None:
    if meeting.state is MeetingState.HELD:
        raise RuleBroken("This meeting was held already.")
    if meeting.state is MeetingState.CANCELLED:
        raise RuleBroken("This meeting was cancelled.")


def _change(work: Work, meeting: Meeting, version: int, values: Mapping[str, Any]) -> Meeting:
    require_version(meeting, version)
    changed = work.meetings.change(meeting, values)
    current = work.meetings.get(meeting.id)
    if not changed or current is None:
        raise Stale(_CHANGED, current=meeting, version=meeting.version)
    return current


def _time(reading: Reading, written: str) -> str:
    found = _TIME.fullmatch(written.strip())
    if found is None:
        reading.errors["meeting_at"] = "Please give a time, such as 10:00."
        return ""
    return f"{int(found[1]):02}:{found[2]}"


def _chosen(reading: Reading, field: str, ids: set[int]) -> set[int]:
    """The people ticked; a name that was never on the list is a mistake."""
    words = [one for one in reading.raw(field).split(",") if one.strip()]
    by_word = {str(i): i for i in ids}
    if any(word.strip() not in by_word for word in words):
        reading.errors[field] = "Please tick people from the list."
    return {by_word[word.strip()] for word in words if word.strip() in by_word}


def _keep_trail(
    work: Work, by: Person, verb: str, meeting: Meeting, now: datetime, fields: Mapping[str, object]
) -> None:
    work.trail.add(now=now, actor=by.id, verb=verb, subject=f"meeting {meeting.id}", fields=fields)
