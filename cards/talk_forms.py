"""Forms of the talk: invite, other times, a reply, the record of it, an early release.

Source: MO-16, MO-17, MO-21, Q14, SG-01, SG-05.
"""

from collections.abc import Callable, Mapping

from cards.buttons import press, row, toggle
from cards.elements import Button, Card, Element, bold, box, card, heading, says, typed
from cards.fields import Form, other_errors
from cards.payloads_talk import (
    InviteToTalk,
    ProposeTime,
    ReadModeration,
    RecordTalk,
    ReleaseEarly,
    ShowTalk,
    WriteReply,
)
from cards.views_talk import ReplyFormView, TalkFormView
from cards.wording import day
from domain.talks import SLOTS, TalkState

INVITE, HELD, EARLY, OTHER_TIME, REPLY = "invite", "held", "early", "other_time", "reply"
NO_NAMES = "without names of children or families"


def talk_form(view: TalkFormView, form: str) -> Card:
    """The form of this name. Raises KeyError for one there is not."""
    return card(FORMS[form](view), preview="A talk between colleagues: open this in Teams.")


def reply_form(view: ReplyFormView) -> Card:
    """The auditor's reply to a moderation, whether there is a talk or not."""
    form = Form(view.typed, view.errors)
    save = WriteReply(view.moderation_id, view.sure, view.nonce)
    body: list[Element] = [
        heading("Your reply"),
        says(
            "What do you see as the Panel does, and what differently? It is kept as you write it, beside the "
            "Panel's words, for the Panel and your own service manager to read."
        ),
        *other_errors(view.errors),
        *form.text("reply", f"In your own words, {NO_NAMES}"),
        row(
            press("Send my reply", save, with_inputs=True),
            press("Go back", ReadModeration(view.moderation_id)),
        ),
    ]
    return card(body, preview="Your reply: open this in Teams.")


def _invite(view: TalkFormView) -> list[Element]:
    talk, form = view.talk, Form(view.typed, view.errors)
    again = talk.state is not TalkState.DUE
    body: list[Element] = [
        heading("Offer other times" if again else "Invite to a talk"),
        typed("With ", bold(talk.auditor_name), f", to be held by {day(talk.due_on)}."),
        says(
            "Once invited, they can read all of it. The team manager hears nothing before the talk."
            if talk.moderation.released_at is None
            else "It went out early, so the talk is for learning alone."
        ),
        *other_errors(view.errors),
    ]
    for number in range(1, SLOTS + 1):
        label = f"Time {number}, such as Tue 12 May at 14:30" if number == 1 else f"Time {number}"
        body += form.line(f"slot_{number}", label)
    asked = "A few kind words: what they did well, and what would help next time"
    body += form.text("message", asked, talk.message if again else "")
    send = InviteToTalk(talk.moderation.id, talk.version, view.sure, view.nonce)
    return [*body, _buttons(view, press("Send the invite", send, with_inputs=True))]


def _other_time(view: TalkFormView) -> list[Element]:
    talk, form = view.talk, Form(view.typed, view.errors)
    send = ProposeTime(talk.moderation.id, talk.version, view.sure, view.nonce)
    return [
        heading("Ask for another time"),
        says("Please say what would suit you, or how to reach you."),
        *other_errors(view.errors),
        *form.text("proposed", "Days and times that suit you"),
        _buttons(view, press("Send", send, with_inputs=True)),
    ]


def _held(view: TalkFormView) -> list[Element]:
    talk, form = view.talk, Form(view.typed, view.errors)
    moderation = talk.moderation
    final = moderation.final or moderation.overall
    copy = (
        ""
        if moderation.released_at
        else " Once you record the talk, the team manager gets a copy without it."
    )
    save = RecordTalk(moderation.id, view.sure, view.nonce)
    return [
        heading("You have talked"),
        typed("With ", bold(talk.auditor_name), "."),
        says(f"What you agreed is for the auditor, the Panel and the auditor's own service manager.{copy}"),
        *other_errors(view.errors),
        *form.date("held_on", "The day you talked"),
        *form.text("note", f"What you agreed for next time, {NO_NAMES}"),
        *form.choice("final", "The final grade, now that you have talked", view.choices, final or ""),
        says("Every grade is kept. Reports count the Panel's, whichever you choose here.", subtle=True),
        *form.text("final_because", "Why, if it differs from the Panel's", moderation.final_because),
        *_held_sections(view, form),
        _buttons(view, press("Record the talk", save, with_inputs=True)),
    ]


def _held_sections(view: TalkFormView, form: Form) -> list[Element]:
    """The sections that the Panel graded otherwise, folded away while nothing is wrong in them (MO-21)."""
    labels, body = dict(view.choices), list[Element]()
    for one in view.talk.sections:
        panel, final, because = one.grades.moderated, f"final_{one.key}", f"final_because_{one.key}"
        title = f"{view.titles[one.key]} (the Panel: {labels[panel.value]})"
        body += form.choice(final, title, view.choices, one.final or panel, spacing="medium")
        body += form.line(because, "Why, if it differs", one.final_because)
    if not body:
        return []
    is_wrong = any("final_" in hint.field and hint.field != "final_because" for hint in view.errors)
    shown = row(toggle(f"Final grades of sections ({len(view.talk.sections)})", "sections"))
    return [shown, box(body, id="sections", hidden=not is_wrong)]


def _early(view: TalkFormView) -> list[Element]:
    talk, form = view.talk, Form(view.typed, view.errors)
    save = ReleaseEarly(talk.moderation.id, view.sure, view.nonce)
    told = [typed(f"•  {line}", spacing="small") for line in talk.early_because]
    invited = "" if talk.state is not TalkState.DUE else " Please invite them all the same."
    return [
        heading("Release before the talk"),
        says(
            "For when waiting would be an unreasonable delay of what the child needs. The auditor and the "
            f"team manager get it at once, the missing actions start, and the talk is still to be "
            f"held.{invited}"
        ),
        *told,
        *other_errors(view.errors),
        *form.text("release_reason", f"Why it cannot wait, {NO_NAMES}; this is kept"),
        _buttons(view, press("Release it now", save, with_inputs=True)),
    ]


FORMS: Mapping[str, Callable[[TalkFormView], list[Element]]] = {
    INVITE: _invite,
    OTHER_TIME: _other_time,
    HELD: _held,
    EARLY: _early,
}
"""Name to the form's body."""


def _buttons(view: TalkFormView, first: Button) -> Element:
    return row(first, press("Go back", ShowTalk(view.talk.moderation.id)))
