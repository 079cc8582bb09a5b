"""How long things take people, in minutes: assumptions of the product that each council may know better.

The framework gives no such figures. They stand in the report, so that nobody takes the hours for measured.
"""

from collections.abc import Mapping

from cards.payloads import AddComment, DeclareConflict, ReviewAudit, SubmitAudit
from cards.payloads_actions import ConfirmAction, FinishAction
from cards.payloads_calibration import GradeCalibration, OpenCalibration
from cards.payloads_day import DecideExtension, RequestExtension
from cards.payloads_draw import AnswerNomination, PassDraw
from cards.payloads_following import ConfirmFile, RecordDiscussed, RecordImpact, RecordReflection
from cards.payloads_learning import AssureEntry, EndEntry, PublishEntry, SaveEntry
from cards.payloads_meetings import Celebrate, Decide, HoldMeeting
from cards.payloads_packs import ApprovePack, AskPackApproval
from cards.payloads_panel import DecideModeration
from cards.payloads_performance import AnswerTeamReport, Explain, SaveNarrative
from cards.payloads_plan import AgreePlan
from cards.payloads_round import ApproveRound, PlanRound, ReallocateAudit
from cards.payloads_talk import InviteToTalk, RecordTalk
from cards.payloads_tracker import FinishTracked
from domain.moderation_parts import GRADES, MISSING, OUTPUTS, START, TESTS
from domain.pages import ACTIONS, CONVERSATION, FILE, JOURNEY, OVERALL, VOICES

MOST_A_DAY = 240.0
"""More than this nobody does of it in one day, beside their casework; what is left waits for another."""

A_PRESS = 0.5
A_CARD = 1.0
A_SECTION = 20.0
A_TALK = 45.0
"""For the auditor, beside what the chair takes."""
THE_CONVERSATION = 60.0
"""For the practitioner, beside what the auditor takes."""

PAGES: Mapping[str, float] = {
    FILE: 120.0,
    JOURNEY: 15.0,
    CONVERSATION: 75.0,
    OVERALL: 20.0,
    ACTIONS: 20.0,
    **dict.fromkeys(VOICES, 30.0),
}
"""A page of an audit, what has to be done before it can be written included."""

PARTS: Mapping[str, float] = {START: 45.0, TESTS: 10.0, GRADES: 15.0, OUTPUTS: 20.0, MISSING: 10.0}
"""A page of a moderation."""

VERBS: Mapping[str, float] = {
    AddComment.VERB: 20.0,
    ReviewAudit.VERB: 30.0,
    DeclareConflict.VERB: 5.0,
    SubmitAudit.VERB: 10.0,
    DecideModeration.VERB: 10.0,
    PassDraw.VERB: 10.0,
    AnswerNomination.VERB: 20.0,
    InviteToTalk.VERB: 10.0,
    RecordTalk.VERB: A_TALK,
    FinishAction.VERB: 60.0,
    ConfirmAction.VERB: 15.0,
    RecordDiscussed.VERB: 20.0,
    RecordReflection.VERB: 30.0,
    ConfirmFile.VERB: 10.0,
    RecordImpact.VERB: 20.0,
    PlanRound.VERB: 15.0,
    ApproveRound.VERB: 60.0,
    ReallocateAudit.VERB: 10.0,
    RequestExtension.VERB: 10.0,
    DecideExtension.VERB: 10.0,
    SaveEntry.VERB: 20.0,
    PublishEntry.VERB: 5.0,
    AssureEntry.VERB: 10.0,
    EndEntry.VERB: 10.0,
    OpenCalibration.VERB: 90.0,
    GradeCalibration.VERB: 30.0,
    Celebrate.VERB: 5.0,
    HoldMeeting.VERB: 5.0,
    Decide.VERB: 2.0,
    AgreePlan.VERB: 60.0,
    FinishTracked.VERB: 60.0,
    AskPackApproval.VERB: 60.0,
    ApprovePack.VERB: 45.0,
    SaveNarrative.VERB: 45.0,
    Explain.VERB: 10.0,
    AnswerTeamReport.VERB: 10.0,
}
"""What a press stands for, beside a meeting's own minutes, which the framework file has.

Any other press takes as long as it takes to press."""


MATTERS: Mapping[str, float] = {
    "moderation": 105.0,
    "shared": 30.0,
    "action": 40.0,
    "supervision": 25.0,
    "follow_up": 20.0,
    "files": 30.0,
    "nomination": 20.0,
    "round": 60.0,
    "calibration_form": 90.0,
    "calibration": 30.0,
    "learning_log": 30.0,
    "tracked": 60.0,
    "pack": 60.0,
    "pack_approve": 45.0,
    "narrative": 45.0,
}
"""What a button on a received card leads to, as people plan their days by it; else `A_MATTER`."""
A_MATTER = 10.0
A_SITTING = 110.0
"""At writing an audit."""


def minutes_of(verb: str, packed: Mapping[str, object]) -> float:
    """How long what ends with this press takes whoever presses."""
    if verb == "save":
        return PAGES.get(str(packed.get("page")), A_SECTION)
    if verb == "moderation_save":
        part = str(packed.get("part"))
        return PARTS.get(part.removesuffix("_2"), PARTS[GRADES])
    return VERBS.get(verb, A_PRESS)
