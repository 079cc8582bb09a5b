"""What people ask and press in a channel, where everybody reads the answer.

Members of the QA Group and the QA office get counts there, in the thread; whatever is more than that goes to
the asker's own chat. Anybody else hears, kindly, that it is not for them. In any other channel of the team
nothing is answered but where to ask.

Source: decision 0006 (a channel gets numbers).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from cards import channel_answers
from cards.notes import note_card
from cards.payloads import PayloadInvalid, unpack
from cards.payloads_digest import ShowAhead, ShowDigest
from cards.views import NoteView
from dialogs.digest_presses import month_and_topic
from dialogs.turn import Asked, Reply, Turn
from dialogs.unknown import write_to_me
from domain.digest import Digest
from domain.mentions import without_mentions
from domain.people import Person
from workflows import channel_counts, digest_posts, digesting, qa_channel
from workflows.council import Council, Work
from workflows.digest_ahead import coming
from workflows.places import ChannelPlace

ChannelAnswer = Callable[[Council, Work, Turn, Person], Reply]


@dataclass(frozen=True, slots=True)
class ChannelCommand:
    """What can be asked by mention: the whole lines that mean it, what comes, and what answers it.

    Whoever asks was found to be a member before. The answer holds counts and dates alone.
    """

    words: tuple[str, ...]
    what: str
    answer: ChannelAnswer


USE_HERE = ("use this channel", "use here", "post here")
HELP = ("help", "?", "hi", "hello", "hey", "menu", "commands", "what can you do")
_NOTHING_YET = "No round has been given out yet, so there is nothing to tell."
_SENT = "I have sent it to your own chat with me."
_NO_CHAT = (
    "I have no chat with you yet. Please add Plumbline in Teams (Apps, then search for it) or write to it "
    "once: what you asked for then comes by itself."
)


def answer_there(council: Council, work: Work, turn: Turn, person: Person, place: ChannelPlace) -> Reply:
    """The answer to a mention or a press in this channel."""
    if turn.asked is Asked.PRESSED:
        return _pressed(council, work, turn, person)
    said = " ".join(without_mentions(turn.text).split()).lower().replace("’", "'").strip(" .!?")
    if said in USE_HERE:
        return _use_here(council, work, turn, person, place)
    if not qa_channel.is_qa_channel(work, place):
        return write_to_me()
    qa_channel.require_digest(council, by=person, now=turn.now)
    for command in CHANNEL_COMMANDS.values():
        if said in command.words:
            return command.answer(council, work, turn, person)
    return _help(puzzled=said not in ("", *HELP))


def for_everybody(reply: Reply, turn: Turn) -> Reply:
    """The reply as it may stand in a channel: a mere note without buttons, and beside the card pressed.

    Buttons of a note lead to somebody's own audits, and a card given back would take the post's place.
    """
    if not reply.note:
        return reply
    card = note_card(NoteView(reply.title, reply.note))
    return replace(reply, card=card, beside=turn.asked is Asked.PRESSED)


def _pressed(council: Council, work: Work, turn: Turn, person: Person) -> Reply:
    try:
        payload, _ = unpack(turn.data)
    except PayloadInvalid:
        return write_to_me()
    if isinstance(payload, ShowAhead):
        has_chat = digesting.send_ahead(work, council, by=person, start=payload.start, now=turn.now)
    elif isinstance(payload, ShowDigest):
        month, topic = month_and_topic(payload)
        has_chat = digesting.send_topic(work, council, by=person, month=month, topic=topic, now=turn.now)
    else:
        return write_to_me()
    return _note("Sent to you", _SENT if has_chat else _NO_CHAT)


def _use_here(council: Council, work: Work, turn: Turn, person: Person, place: ChannelPlace) -> Reply:
    chosen = digest_posts.use_channel(work, council, by=person, place=place, now=turn.now)
    weekly = ", and every week while a round is under way" if chosen.weekly else ""
    text = (
        f"From now on the QA Group's digest comes here: once a month{weekly}. The first follows in a moment, "
        "if there is anything to tell. Mention me with “help” to see what you can ask."
    )
    return _note("This is the QA Group's channel", text)


def _status(council: Council, work: Work, turn: Turn, person: Person) -> Reply:
    digest = _latest(council, work, turn, person)
    if digest is None:
        return _note("Where the round stands", _NOTHING_YET)
    return Reply(channel_answers.status_answer(council.framework, digest), title="Where the round stands")


def _due(council: Council, work: Work, turn: Turn, person: Person) -> Reply:
    digest = _latest(council, work, turn, person)
    if digest is None:
        return _note("What is due", _NOTHING_YET)
    return Reply(channel_answers.due_answer(digest), title="What is due")


def _log(council: Council, work: Work, turn: Turn, _person: Person) -> Reply:
    counts = channel_counts.log_counts(work, council, now=turn.now)
    return Reply(channel_answers.log_answer(counts), title="The learning log")


def _tracker(council: Council, work: Work, turn: Turn, _person: Person) -> Reply:
    counts = channel_counts.tracker_counts(work, council, now=turn.now)
    return Reply(channel_answers.tracker_answer(counts), title="The activity tracker")


def _plan(council: Council, work: Work, turn: Turn, _person: Person) -> Reply:
    today, days = council.today(turn.now), council.framework.numbers.digest_ahead_days
    found = coming(work, council, today, today + timedelta(days=days))
    return Reply(channel_answers.plan_answer(found, days), title="The forward plan")


def _latest(council: Council, work: Work, turn: Turn, person: Person) -> Digest | None:
    month = digesting.latest_round(work)
    if month is None:
        return None
    return digesting.see_digest(work, council, by=person, month=month, now=turn.now)


def _help(*, puzzled: bool) -> Reply:
    words = tuple((command.words[0], command.what) for command in CHANNEL_COMMANDS.values())
    return Reply(channel_answers.help_answer(words, puzzled=puzzled), title="What you can ask me here")


def _note(title: str, text: str) -> Reply:
    return Reply(note_card(NoteView(title, text)), title=title, note=text)


CHANNEL_COMMANDS: Mapping[str, ChannelCommand] = {
    "status": ChannelCommand(
        ("status", "progress", "round", "the round", "round status", "where are we"),
        "where the round stands",
        _status,
    ),
    "learning_log": ChannelCommand(
        ("learning log", "the learning log", "log", "learning"), "how the learning log stands", _log
    ),
    "tracker": ChannelCommand(
        ("tracker", "the tracker", "activity tracker"), "how the activity tracker stands", _tracker
    ),
    "forward_plan": ChannelCommand(
        ("forward plan", "the forward plan", "plan", "what's next", "next 60 days"),
        "what the coming weeks hold",
        _plan,
    ),
    "due": ChannelCommand(
        ("what's due", "whats due", "what is due", "due"), "how much falls due in the next two weeks", _due
    ),
}
"""What can be asked in the QA Group's channel."""
