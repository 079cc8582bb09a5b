"""The forms of a meeting: move or cancel it, ask a guest, add to its agenda, record who came and what was
decided, and a team's line for its clinic.

Source: OG-01, OG-12, PF-03, PF-04, QB-01.
"""

from cards.buttons import press, row
from cards.elements import Card, Element, bold, card, heading, run, says, typed
from cards.fields import Form as Fields
from cards.fields import other_errors
from cards.governance_words import full_day
from cards.payloads import Payload
from cards.payloads_meetings import (
    AskGuest,
    CancelMeeting,
    Celebrate,
    Decide,
    HoldMeeting,
    MoveMeeting,
    PutOnAgenda,
    ShowMeeting,
)
from cards.views_governance import MeetingFormView
from domain.meetings import Came
from domain.tracking import TrackedKind

PREVIEW = "A meeting: open this in Teams."
NOBODY = "Agendas and decisions are read widely, so please name no child, family or case."


def change_form(view: MeetingFormView) -> Card:
    """Another day, time or place, or none at all; members hear of it."""
    meeting, fields = view.agenda.meeting, _fields(view)
    body = [
        *_head(view, "Move or cancel"),
        *fields.date("meeting_on", "Day", meeting.planned_on),
        *fields.line("meeting_at", "Time, such as 10:00", meeting.starts_at),
        *fields.line("meeting_place", "Where", meeting.place),
        *fields.text("meeting_reason", "Why? Members are told."),
        row(
            press("Save", MoveMeeting(meeting.id, meeting.version, view.form.nonce), with_inputs=True),
            press("Go back", ShowMeeting(meeting.id)),
        ),
        row(
            press(
                "Cancel the meeting",
                CancelMeeting(meeting.id, meeting.version, view.form.nonce),
                with_inputs=True,
            ),
            spacing="small",
        ),
    ]
    return card(body, preview=PREVIEW)


def guest_form(view: MeetingFormView) -> Card:
    """Somebody of the staff list who comes this once."""
    body = [
        *_head(view, "Ask a guest"),
        says(
            "A guest sees this one meeting's agenda and decisions, and nothing of the others. If it is "
            "cancelled, they are asked to the next one.",
            subtle=True,
        ),
        *_fields(view).line("guest_email", "Their e-mail address"),
        _buttons(view, "Ask them", AskGuest(view.agenda.meeting.id, view.form.nonce)),
    ]
    guests = [one.name for one in view.agenda.people if one.is_guest]
    if guests:
        body.insert(-1, typed(bold("Guests so far: "), ", ".join(guests)))
    return card(body, preview=PREVIEW)


def item_form(view: MeetingFormView) -> Card:
    """Something for the agenda, under a standing item or of its own."""
    fields = _fields(view)
    items = [(part.key, part.title) for part in view.agenda.parts if part.key != "other"]
    body = [
        *_head(view, "Add to the agenda"),
        says(NOBODY, subtle=True),
        *fields.line("agenda_title", "What is it about?"),
        *fields.choice("agenda_item", "Where does it belong? Leave empty for an item of its own.", items),
        *fields.text("agenda_note", "A sentence or two, if you like"),
        *fields.line("agenda_paper", "Where its paper is kept, if it has one"),
        _buttons(view, "Add it", PutOnAgenda(view.agenda.meeting.id, view.form.nonce)),
    ]
    return card(body, preview=PREVIEW)


def hold_form(view: MeetingFormView) -> Card:
    """Who came, who represented quality assurance at a clinic, and where signed minutes are kept."""
    agenda, fields = view.agenda, _fields(view)
    meeting = agenda.meeting
    came = ",".join(str(one.person_id) for one in agenda.people if one.came is Came.CAME)
    people = [
        (
            str(one.person_id),
            one.name + (" (guest)" if one.is_guest else "") + (" (chair)" if one.is_chair else ""),
        )
        for one in agenda.people
    ]
    body = [
        *_head(view, "Record the meeting"),
        *fields.choice("came", "Who came?", people, came, several=True, names=True),
    ]
    if view.representatives:
        body += fields.choice(
            "rep",
            "Who came for quality assurance and performance? Leave empty for nobody.",
            view.representatives,
            str(meeting.rep_id or ""),
        )
    body += [
        *fields.line("minutes_where", "Where signed minutes are kept, if anywhere", meeting.minutes_where),
        _buttons(view, "It was held", HoldMeeting(meeting.id, meeting.version, view.form.nonce)),
    ]
    return card(body, preview=PREVIEW)


def decide_form(view: MeetingFormView) -> Card:
    """A decision, or something to be done by somebody; each is tracked to its end."""
    fields = _fields(view)
    body = [
        *_head(view, "Record a decision"),
        says(NOBODY, subtle=True),
        *fields.choice(
            "kind",
            "What is it?",
            (
                (TrackedKind.ACTION.value, "Something to be done"),
                (TrackedKind.DECISION.value, "A decision"),
            ),
            expanded=True,
        ),
        *fields.line("tracked_title", "In one line"),
        *fields.choice("tracked_owner", "Who sees to it? A decision may have nobody.", view.owners),
        *fields.date("tracked_due_on", "By when?"),
        _buttons(view, "Record it", Decide(view.agenda.meeting.id, view.form.nonce)),
    ]
    return card(body, preview=PREVIEW)


def celebrate_form(view: MeetingFormView) -> Card:
    """One line a team is proud of, for its service's clinic (PF-04)."""
    body = [
        *_head(view, "One thing to celebrate"),
        says(
            "It stands on the agenda under your team's name. Please name no child, family or case.",
            subtle=True,
        ),
        *_fields(view).text("celebration", "What went well in your team?", view.own_line),
        _buttons(view, "Send it", Celebrate(view.agenda.meeting.id, view.form.nonce)),
    ]
    return card(body, preview=PREVIEW)


def _fields(view: MeetingFormView) -> Fields:
    return Fields(view.form.typed, view.form.errors)


def _head(view: MeetingFormView, title: str) -> list[Element]:
    meeting = view.agenda.meeting
    return [
        heading(title),
        typed(view.agenda.title, run(f", {full_day(meeting.planned_on)}"), spacing="none"),
        *other_errors(view.form.errors),
    ]


def _buttons(view: MeetingFormView, title: str, payload: Payload) -> Element:
    return row(press(title, payload, with_inputs=True), press("Go back", ShowMeeting(view.agenda.meeting.id)))
