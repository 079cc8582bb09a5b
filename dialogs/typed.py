"""Typed words: a few commands in plain English; anything else is a line for the open page, or gets help."""

from cards.assembly import overview_view, title_of
from cards.line import line_card
from cards.notes import note_card
from cards.overview import overview_card
from cards.payloads import ShowGuidance, ShowMyAudits
from cards.payloads_round import ShowRound
from cards.views import LineView, NoteView
from cards.wording import count
from dialogs import (
    action_presses,
    board_presses,
    calibration_presses,
    digest_presses,
    draw_presses,
    examples_presses,
    explaining_presses,
    following_presses,
    lead_presses,
    learning_presses,
    meeting_presses,
    numbers_presses,
    pack_presses,
    panel_presses,
    plan_presses,
    report_presses,
    request_presses,
    talk_presses,
    tracker_presses,
)
from dialogs.audit_presses import guidance_reply
from dialogs.extension_presses import extension_reply
from dialogs.help_text import help_for
from dialogs.sending_cards import held_reply, preview_reply
from dialogs.todo_list import todo_reply
from dialogs.turn import Reply, Turn
from dialogs.unreachable_presses import unreachable_reply
from domain.framework import Framework
from domain.people import Person
from domain.written import readable
from workflows import auditing, lines
from workflows.council import Council, Work
from workflows.round_status import rounds_status
from workflows.todo import LOOK_BACK

COMMANDS = {
    "my_audits": (
        "my audits",
        "my audit",
        "audits",
        "list",
        "my list",
        "to do",
        "todo",
        "what's due",
        "whats due",
        "my work",
    ),
    "continue": ("continue", "carry on", "resume", "go on", "next", "start", "open", "open my audit"),
    "help": ("help", "?", "hi", "hello", "hey", "menu", "what can you do", "commands"),
    "status": ("status", "progress", "how am i doing", "where are we", "round", "the round", "round status"),
    "guidance": ("guidance", "guide", "what good looks like"),
    "extension": ("extension", "extend", "more time", "exemption", "exempt"),
    "unreachable": (
        "unreachable",
        "unreachable people",
        "who is unreachable",
        "who cannot be reached",
        "who can't be reached",
        "cannot reach",
        "can't reach",
        "not reached",
    ),
    "held": ("held", "held back", "pilot", "what is held"),
    "preview": ("preview", "tomorrow", "what goes out tomorrow", "tomorrow's cards"),
}
"""Command to the words that mean it. Only a whole line counts: a rationale may start with any of them."""

MORE_COMMANDS = {
    **draw_presses.COMMANDS,
    **panel_presses.COMMANDS,
    **examples_presses.COMMANDS,
    **talk_presses.COMMANDS,
    **board_presses.COMMANDS,
    **action_presses.COMMANDS,
    **following_presses.COMMANDS,
    **learning_presses.COMMANDS,
    **calibration_presses.COMMANDS,
    **report_presses.COMMANDS,
    **numbers_presses.COMMANDS,
    **explaining_presses.COMMANDS,
    **lead_presses.COMMANDS,
    **request_presses.COMMANDS,
    **pack_presses.COMMANDS,
    **meeting_presses.COMMANDS,
    **tracker_presses.COMMANDS,
    **plan_presses.COMMANDS,
    **digest_presses.COMMANDS,
}
"""Command to its words and its answer, from the parts of the product that bring their own."""

_STANDING = {
    "planned": "the proposal is ready for you to look at and approve.",
    "approved": "the round is approved; auditors get their cards on the 1st.",
    "allocated": "the round is under way.",
}

OFFERED_TO_ALL = "unreachable"
"""Teams offers everybody the QA office's command, so from others too it is no line for their page.

Its variants are: "not reached" is what an auditor may well write of a parent.
"""


def answer_typed(council: Council, work: Work, turn: Turn, person: Person) -> Reply:
    """The answer to a typed line."""
    said = " ".join(readable(turn.text).split())
    command, rest = _command(said)
    if command == "my_audits":
        return todo_reply(council, work, person, turn.now)
    if command == "continue":
        return _continue(council, work, turn, person)
    if command == "status":
        return _status(council, work, turn, person)
    if command == "extension":
        return extension_reply(council, work, turn, person)
    if command == "guidance":
        return guidance_reply(council.framework, work, person, topic_key(council.framework, rest))
    if command == "unreachable" and person.in_qa_office:
        return unreachable_reply(council, work, person, turn.now)
    if command == "held" and person.in_qa_office:
        return held_reply(council, work, turn, person)
    if command == "preview" and person.in_qa_office:
        return preview_reply(council, work, turn, person)
    for offered in MORE_COMMANDS.values():
        reply = offered.answer(council, work, turn, person) if _is_said(said, offered.words) else None
        if reply is not None:
            return reply
    named = meeting_presses.named_reply(council, work, turn, person, said)
    if named is not None:
        return named
    if said.lower() == OFFERED_TO_ALL:
        return _for_the_office()
    if command == "help" or not said:
        return _help(person)
    taken = lines.take_line(work, council, by=person, text=readable(turn.text), now=turn.now)
    if taken is not None:
        return _ask_about(council.framework, taken, turn.nonce)
    return _puzzled(person)


def greet(council: Council, work: Work, turn: Turn, person: Person) -> Reply:
    """A welcome when the app arrives in someone's chat: what is theirs to do, or how this works."""
    if work.audits.of_auditor(person.id) or work.audits.shared_with(person.id, since=turn.now - LOOK_BACK):
        return todo_reply(council, work, person, turn.now)
    return _help(person)


def _is_said(said: str, words: tuple[str, ...]) -> bool:
    return said.lower().replace("’", "'").strip(" .!?") in words


def _command(said: str) -> tuple[str, str]:
    # A phone writes a curly apostrophe.
    words = said.lower().replace("’", "'").strip(" .!?") or said
    for command, variants in COMMANDS.items():
        if words in variants or (words == "?" and command == "help"):
            return command, ""
    for prefix in ("guidance on ", "guidance for ", "guidance ", "guide "):
        if words.startswith(prefix) and len(words) <= 60:
            return "guidance", words.removeprefix(prefix)
    return ("help", "") if said == "?" else ("", "")


def _continue(council: Council, work: Work, turn: Turn, person: Person) -> Reply:
    mine = work.audits.of_auditor(person.id)
    if not mine:
        return todo_reply(council, work, person, turn.now)
    pointer = work.turns.pointer(person.id)
    audit = next((a for a in mine if a.id == pointer.audit_id), mine[0])
    file = auditing.view_overview(work, council, by=person, audit_id=audit.id, now=turn.now)
    # What stays in the chat names no case; its owner's client refreshes it, and pages open on a press.
    view = overview_view(
        file,
        council.framework,
        council.bank_holidays,
        today=council.today(turn.now),
        nonce=turn.nonce,
        case_free=True,
        owner_mri=turn.mri,
    )
    return Reply(overview_card(view), title="Your audit", copy_of=("overview", audit.id))


def _status(council: Council, work: Work, turn: Turn, person: Person) -> Reply:
    found = rounds_status(work, council, turn.now)
    if not person.in_qa_office or found.round is None:
        return todo_reply(council, work, person, turn.now)
    standing = (found.round, *found.coming)
    text = [f"{one.month:%B %Y}: {_STANDING[one.state]}" for one in standing]
    if found.overdue:
        text.append(f"{count(found.overdue, 'audit is', 'audits are')} overdue, of all rounds together.")
    named = len(standing) > 1
    buttons = [
        (f"Open {one.month:%B %Y}" if named else "Open the round", ShowRound(one.id, "progress", 0))
        for one in standing
    ]
    view = NoteView("Where the rounds stand", "\n".join(text), (*buttons, ("My audits", ShowMyAudits())))
    return Reply(note_card(view), title="Rounds")


def topic_key(framework: Framework, topic: str) -> str:
    """The guidance that these words ask for; "start" when nothing fits."""
    wanted = topic.strip().lower()
    if not wanted:
        return "start"
    if "grade" in wanted:
        return "grades"
    if "writing" in wanted or "rationale" in wanted or "hint" in wanted:
        return "writing"
    for section in framework.sections:
        if wanted in section.key or wanted in section.title.lower() or section.key in wanted:
            return section.key
    return "start"


def _help(person: Person) -> Reply:
    return Reply(note_card(NoteView("How I can help", help_for(person), _HELP_BUTTONS)), title="Help")


def _for_the_office() -> Reply:
    text = (
        "Who does not get what waits for them is for the QA office to look at, and nothing was saved. If you "
        "miss something yourself, “my audits” shows what is yours to do."
    )
    view = NoteView("That is for the QA office", text, (("My audits", ShowMyAudits()),))
    return Reply(note_card(view), title="For the QA office")


def _puzzled(person: Person) -> Reply:
    text = (
        "I did not understand that, and nothing was saved. If it was meant for an audit, open the page "
        "first: type “continue”. Type “help” to see what I can do."
    )
    if person.in_qa_office:
        text += " To bring in a list, attach the file."
    return Reply(note_card(NoteView("I am not sure what you mean", text, _HELP_BUTTONS)), title="Help")


_HELP_BUTTONS = (("My audits", ShowMyAudits()), ("Guidance", ShowGuidance(0, "start")))


def _ask_about(framework: Framework, taken: lines.TakenLine, nonce: str) -> Reply:
    view = LineView(
        audit_id=taken.audit.id,
        page=taken.page,
        page_title=title_of(framework, taken.page),
        line=taken.line_id,
        text=taken.text,
        boxes=taken.boxes,
        repeated=taken.repeated,
        first_time=taken.first_time,
        nonce=nonce,
    )
    return Reply(line_card(view), title="Your line", copy_of=("line", taken.audit.id))
