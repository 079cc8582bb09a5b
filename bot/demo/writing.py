"""What auditors of the make-believe council write: three short audits, with roles and never a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.pages import ACTIONS, CONVERSATION, FILE, JOURNEY, OVERALL, VOICES

Reasons = tuple[str, str, str]
"""Judgement, action and impact."""

_GOOD: Mapping[str, Reasons] = {
    "contact": (
        "The first call was handled well and within the day.",
        "This was because the manager read the two earlier contacts and set them beside the new worry.",
        "The child had a visit that week and did not have to tell the same story three times.",
    ),
    "recording": (
        "Case notes are up to date and kind in tone.",
        "This was due to notes written within two days, with the child's own words in most of them.",
        "The child could read this record one day and recognise their own story.",
    ),
    "assessment": (
        "The assessment understands what a normal day is like at home.",
        "This was because both parents and the school took part, and father was seen on his own.",
        "The child's worry about bedtime was understood, so bedtimes are calmer now.",
    ),
    "planning": (
        "The plan is clear and short, and each part has an owner.",
        "This was due to a planning meeting at home, where the child chose two of the goals.",
        "The child knows who will do what, and has been at school every day since half term.",
    ),
    "review": (
        "Reviews were on time and tested whether the plan was working.",
        "This was because the worker prepared the child with pictures, and the child came for part of it.",
        "The child asked for more time with their sibling, and now has it.",
    ),
    "oversight": (
        "Supervision was monthly, reflective and led to decisions.",
        "This was due to a manager who asked each time what had changed for the child.",
        "Drift over the health assessment was stopped, so the child was seen within three weeks.",
    ),
    "impact": (
        "There is a clear difference for this child since the spring.",
        "This was because the same worker stayed, and visited when both parents were in.",
        "The child says that home is quieter, and sleeps through most nights.",
    ),
    "feedback": (
        "Everyone who was asked felt listened to.",
        "This was due to a worker who rang back the same day and said what would happen next.",
        "The child said the worker keeps promises, which made it easier for them to talk.",
    ),
    OVERALL: (
        "Good, dependable help for this child.",
        "This was because one worker stayed throughout, and the manager kept an eye on what changed.",
        "The child feels safer at home and is back at school every day.",
    ),
}

_WEAKER: Mapping[str, Reasons] = {
    "planning": (
        "The plan lists services rather than what should change.",
        "This was due to a plan carried over from the last worker, with five actions and no dates.",
        "The child cannot tell what will be different, and said so at the last visit.",
    ),
    "review": (
        "One review was five weeks late, and it did not ask what had changed.",
        "This was because nobody covered while the worker was away.",
        "The child waited through the summer holidays for a decision about contact.",
    ),
    "oversight": (
        "Supervision was held, but it left no trace of reflection.",
        "This was due to notes that list tasks and never ask what life is like for the child.",
        "Delay over the plan went unseen, so the child had the same worries in spring and in autumn.",
    ),
    OVERALL: (
        "The child is safe, but help has not been steady.",
        "This was because the plan was inherited, and reviews slipped while the worker was away.",
        "The child trusts the worker, and still waits for the changes that were promised.",
    ),
}

COMMENT = (
    "Thank you, this felt fair. I would add that the school made the mornings possible. I would like help "
    "with writing plans in a child's own words."
)
"""What practitioners answer."""

REASON = "Careful work that others could learn from, and a grade worth a second look."
"""Why a team manager nominates."""

_VOICES = {
    "voice_child": "“I like it when she comes. Dad shouts less.” The child drew a house with open windows.",
    "voice_parent": "Mother feels supported rather than watched, and would like meetings after work.",
    "voice_agency": "The class teacher sees a happier child; the health visitor is kept up to date.",
}


@dataclass(frozen=True, slots=True)
class Written:
    """One auditor's writing: the grade of the whole, and which sections are weaker."""

    overall: str
    weaker: frozenset[str] = frozenset()

    def typed(self, page: str, *, today: date, earlier: date, action_by: date, owner: str) -> dict[str, str]:
        """What is typed into this page: input name to text. Nothing lies before `earlier`."""
        days = [max(earlier, date.fromordinal(today.toordinal() - back)).isoformat() for back in (2, 6, 9)]
        if page == JOURNEY:
            return {
                "journey": "The child came to us after a worried call from school about tiredness and "
                "bruises. Home was loud and money was short. Since then there has been one steady worker.",
                "matters_most": "Staying at this school, and seeing their older sibling at weekends.",
            }
        if page == FILE:
            return {"read_on": days[2], "note": "The chronology is a good way in."}
        if page in VOICES:
            return {"reached": "obtained", "on": days[1], "summary": _VOICES[page]}
        if page == CONVERSATION:
            return {
                "held_on": days[0],
                "feedback": "We talked about the work the child noticed most: turning up when promised. "
                "One suggestion: write the plan in the child's words.",
                "reflections": "The worker would see father earlier next time, and ask for cover sooner.",
            }
        if page == ACTIONS:
            return self._actions(action_by, owner)
        return {**self._reasons(page), **_sources(page, days)}

    def _reasons(self, page: str) -> dict[str, str]:
        is_weak = page in self.weaker or (page == OVERALL and bool(self.weaker))
        judgement, action, impact = (_WEAKER if is_weak else _GOOD)[page]
        grade = self.overall if page == OVERALL else "requires_improvement" if is_weak else "good"
        made = {"judgement": judgement, "action": action, "impact": impact, "grade": grade}
        if page == OVERALL:
            made["better"] = "A plan in the child's own words, and cover that keeps reviews on time."
        return made

    def _actions(self, action_by: date, owner: str) -> dict[str, str]:
        return {
            "action_what_1": "Write the plan again with the child, with a date for every part.",
            "action_owner_1": owner,
            "action_due_1": action_by.isoformat(),
        }


def _sources(page: str, days: list[str]) -> dict[str, str]:
    if page == OVERALL:
        return {}
    named = ("Home visit", "Supervision record", "Review of the plan")
    return {f"source_{n}": what for n, what in enumerate(named, start=1)} | {
        f"source_on_{n}": day for n, day in enumerate(days, start=1)
    }


STEADY = Written("good")
MIXED = Written("requires_improvement", frozenset({"planning", "review", "oversight"}))
STRONG = Written("outstanding")
