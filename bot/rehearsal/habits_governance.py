"""What people do with cards of meetings, the plan, the tracker, packs and figures. See `habits`."""

from collections.abc import Mapping

from bot.rehearsal.habits_kinds import Habit, Step, form
from cards.payloads_meetings import AskMeeting, Celebrate, Decide, HoldMeeting
from cards.payloads_packs import ApprovePack, AskPackApproval, ShowPack
from cards.payloads_performance import (
    AnswerTeamReport,
    Explain,
    SaveNarrative,
    ShowExceptions,
    ShowTeamReport,
    WriteExplanation,
    WriteNarrative,
)
from cards.payloads_plan import AgreePlan, DraftPlan
from cards.payloads_tracker import AskTracked, FinishTracked, ShowTracked

GOVERNANCE: Mapping[str, Habit] = {
    # On the day a decision goes in, and afterwards who came; a clinic's line is written before it.
    AskMeeting.VERB: Habit(
        (Step(Celebrate.VERB), Step(HoldMeeting.VERB), Step(Decide.VERB, seldom=0.6)),
        days=(0, 0),
        late=(1, 3),
        begins=form("celebrate", "hold", "decide"),
    ),
    DraftPlan.VERB: Habit((Step(AgreePlan.VERB),), days=(1, 3), office=True),
    AgreePlan.VERB: Habit((), days=(5, 15), office=True),
    ShowTracked.VERB: Habit(
        (Step(FinishTracked.VERB), Step(AskTracked.VERB, form("finish"))), days=(1, 8), late=(9, 20)
    ),
    ShowPack.VERB: Habit((Step(AskPackApproval.VERB),), days=(1, 3), late=(4, 6), office=True),
    ApprovePack.VERB: Habit((), days=(0, 2), late=(3, 5)),
    WriteNarrative.VERB: Habit((Step(SaveNarrative.VERB),), days=(1, 4), late=(5, 8)),
    ShowExceptions.VERB: Habit((Step(Explain.VERB), Step(WriteExplanation.VERB)), days=(1, 4), late=(6, 10)),
    ShowTeamReport.VERB: Habit(
        (Step(AnswerTeamReport.VERB, lambda packed: packed.get("acting") is False),), days=(0, 3)
    ),
}
"""The verb of a button on a received card to what follows it."""
