"""What people do with what a card offers: which buttons they press one after another, and how soon.

A habit begins with a button that stood on a card somebody received. Pressing it leads to another card, and
there the first button that the habit knows is pressed, and so on until none is left. Buttons that no habit
knows are read and left alone, those of parts of the product that are newer than this file among them.
"""

from collections.abc import Mapping
from datetime import datetime

from bot.rehearsal.habits_governance import GOVERNANCE
from bot.rehearsal.habits_kinds import Fits, Habit, Step, form
from bot.rehearsal.reading import Button, Packed
from cards.payloads_learning import SaveLearningAction
from cards.payloads_panel import SaveModeration
from cards.payloads_talk import OpenTalkForm
from domain.people import Person, Post
from domain.talks import TalkState
from storage.discussions import DiscussionRow


def _goes_on(packed: Packed) -> bool:
    then = str(packed.get("then", ""))
    return then != "panel" and not then.startswith("read:")


def _nominates(yes: bool) -> Fits:
    return lambda packed: packed.get("nominate") is yes


def _part(*names: str) -> Fits:
    return lambda packed: packed.get("part") in names


_ACTION = Habit(
    (
        Step("action_done"),
        Step("action_confirm"),
        Step("action_time_answer", lambda packed: packed.get("give") is True),
        Step("action_form", form("done", "confirm")),
    ),
    days=(0, 3),
)
_FOLLOW_UP = Habit(
    (Step("impact"), Step("reflection"), Step("file_confirm")),
    days=(0, 4),
)
_LOG = Habit(
    (
        Step("learning_publish"),
        Step("learning_save", lambda packed: packed.get("entry_id") != 0),
        Step("learning_end"),
        Step("learning_assure"),
        Step("learning_form", form("words"), seldom=0.6),
        Step("learning_form", form("end"), seldom=0.0),
        Step("learning_entry"),
        Step("learning_log", _part("drafts", "to_assure")),
    ),
    days=(1, 5),
)

ANSWER = Habit((Step("talk_accept"), Step("feedback", seldom=0.9)), days=(0, 2), late=(3, 5))
"""Of the auditor who is invited to a talk."""
INVITE = Habit((Step("talk_invite"), Step(OpenTalkForm.VERB, form("invite"))), days=(0, 1), late=(2, 4))
"""Of the chair."""
HOLD = Habit((Step("talk_held"), Step(OpenTalkForm.VERB, form("held"))))
"""Of the chair, at the time agreed on."""

HABITS: Mapping[str, Habit] = {
    "plan": Habit((Step("plan"),), days=(0, 2), late=(3, 5), office=True),
    "approve": Habit((Step("approve"),), days=(4, 8), late=(9, 11), office=True),
    "round": Habit(
        (Step("approve"), Step("round", _part("progress"))), days=(1, 3), late=(4, 7), office=True
    ),
    "reallocate": Habit((Step("reallocate"),), days=(0, 1), late=(2, 4), office=True, falls_to_one=True),
    "reallocate_away": Habit(
        (Step("reallocate_away"),), days=(0, 2), late=(3, 5), office=True, falls_to_one=True
    ),
    "shared": Habit(
        (
            Step("comment", seldom=0.8),
            Step("review", _nominates(True), seldom=0.15),
            Step("review", _nominates(False)),
            # The reflective session follows the reading (SU-08).
            Step("follow_up"),
            Step("reflection"),
        ),
        days=(0, 5),
    ),
    "moderation": Habit(
        (
            Step("moderation_take"),
            Step("moderation_decide"),
            Step(SaveModeration.VERB, _goes_on),
        ),
        days=(2, 7),
        by_last_day=True,
    ),
    "nomination": Habit((Step("nomination_answer", lambda packed: packed.get("accept") is True),)),
    "draw": Habit((Step("draw_pass"),), days=(0, 2)),
    "feedback": Habit((), days=(0, 2)),
    "action": _ACTION,
    "supervision": Habit((Step("supervision_held"), Step("supervision_plan")), days=(1, 2)),
    "follow_up": _FOLLOW_UP,
    "files": Habit((Step("file_confirm"),), posts=frozenset({Post.PMPM})),
    "learning_log": _LOG,
    # An entry that lacks an action gets one, and is closed another time.
    "learning_entry": Habit(
        (
            Step("learning_end"),
            Step(SaveLearningAction.VERB, lambda packed: packed.get("take_out") is False),
            Step("learning_form", form("end")),
            Step("learning_form", form("action")),
        ),
        days=(1, 5),
        office=True,
        falls_to_one=True,
    ),
    "learning_action": Habit((Step("learning_action_done"),), days=(5, 20)),
    "calibration_form": Habit((Step("open_calibration"),), days=(1, 3)),
    "calibration": Habit((Step("grade_calibration"),), days=(1, 7)),
    "tried": Habit(
        (
            Step("extension"),
            Step("extension_form", lambda packed: packed.get("kind") == "extension", seldom=0.5),
        ),
        days=(0, 1),
    ),
    "extension_decide": Habit(
        (Step("extension_decide", lambda packed: packed.get("approve") is True),), days=(0, 2)
    ),
    "safety_ack": Habit((Step("safety_ack"),), hurry=True),
    "report": Habit((), days=(0, 4)),
    **GOVERNANCE,
}
"""The verb of a button on a received card to what follows it."""

SLEPT_ON = frozenset({"approve"})
"""What is pressed some days after the card came that answered a press, unless it was done by then."""


def habit_of(button: Button, person: Person, *, acts_for_office: bool) -> Habit | None:
    """What this person does with such a button; None where they leave it alone."""
    habit = HABITS.get(button.verb)
    if habit is None or (habit.office and not acts_for_office):
        return None
    if (habit.posts and not habit.posts & person.posts) or not habit.begins(button.packed):
        return None
    # Of two buttons that answer the same thing, such as yes and no, one is meant.
    same = [step for step in habit.steps if step.verb == button.verb and "nonce" in button.packed]
    return habit if not same or any(step.fits(button.packed) for step in same) else None


def talk_habit(talk: DiscussionRow, *, leads: bool, now: datetime) -> Habit | None:
    """What is to be done about a talk as it stands, by the chair or by the auditor."""
    state = TalkState(talk.state)
    if not leads:
        # With every time past, it is for the chair to offer others.
        offered = any(datetime.fromisoformat(at) > now for at in talk.slots)
        return ANSWER if state is TalkState.INVITED and offered else None
    is_over = all(datetime.fromisoformat(at) <= now for at in talk.slots)
    if state in (TalkState.DUE, TalkState.PROPOSED) or (state is TalkState.INVITED and is_over):
        return INVITE
    return HOLD if state is TalkState.AGREED else None
