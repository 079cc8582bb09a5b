"""The QA Group's digest in a member's own chat: typed for, or pressed on a card there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from cards.digest import DigestView, chart_of, digest_card, topic_card
from cards.digest_ahead import ahead_card
from cards.elements import Card
from cards.notes import note_card
from cards.payloads import Payload, PayloadInvalid
from cards.payloads_digest import ShowAhead, ShowDigest
from cards.views import NoteView
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Pictured, Reply, Turn
from domain.days import month_numbered
from domain.digest import Topic
from domain.errors import NotAllowed
from domain.people import Person
from workflows import digesting
from workflows.council import Council, Work
from workflows.qa_channel import require_digest


def month_and_topic(payload: ShowDigest) -> tuple[date, Topic]:
    """What the button asks for. Raises PayloadInvalid for what no card of ours holds."""
    month = month_numbered(payload.month)
    if month is None or payload.topic not in set(Topic):
        raise PayloadInvalid
    return month, Topic(payload.topic)


def digest_reply(
    council: Council, work: Work, turn: Turn, person: Person, month: date, topic: Topic
) -> Reply:
    """The part asked for, in the reader's own chat. Raises NotAllowed, NotFound."""
    digest = digesting.see_digest(work, council, by=person, month=month, now=turn.now)
    rounds = tuple((one.id, f"{one.month:%B}") for one in digesting.rounds_to_open(work, by=person))
    view = DigestView(digest, as_of=turn.now, rounds=rounds)

    def drawn(picture: bytes | None = None) -> Card:
        shown = replace(view, picture=picture)
        if topic is Topic.EVERYTHING:
            return digest_card(council.framework, shown)
        return topic_card(council.framework, shown, topic)

    chart = chart_of(council.framework, digest, topic)
    return Reply(drawn(), title="The digest", pictured=Pictured(chart, drawn) if chart else None)


def _typed(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    try:
        require_digest(council, by=person, now=turn.now)
    except NotAllowed:
        # Not theirs to ask: the line is read on as any other.
        return None
    month = digesting.latest_round(work)
    if month is None:
        text = "No round has been given out yet, so there is nothing to tell."
        return Reply(note_card(NoteView("The digest", text)), title="The digest")
    return digest_reply(council, work, turn, person, month, Topic.EVERYTHING)


def _show(press: Press, _: Outcome) -> Reply:
    month, topic = month_and_topic(press.payload)
    return digest_reply(press.council, press.work, press.turn, press.person, month, topic)


def _show_ahead(press: Press, _: Outcome) -> Reply:
    payload: ShowAhead = press.payload
    found = digesting.see_ahead(press.work, press.council, by=press.person, now=press.now)
    days = press.framework.numbers.digest_ahead_days
    return Reply(ahead_card(found, payload.start, days), title="The coming weeks")


HANDLERS: dict[type[Payload], Handler] = {ShowDigest: Handler(_show), ShowAhead: Handler(_show_ahead)}

COMMANDS: Mapping[str, Command] = {
    "digest": Command(("digest", "the digest", "qa digest", "qa group digest"), _typed)
}
"""What can be typed."""
