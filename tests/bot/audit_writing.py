"""What an auditor types into whatever page stands before them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.asking import clock
from domain.days import local_day
from tests.chat import buttons, inputs

TEXTS = {
    "journey": "The child came to us after a worried call from school about tiredness.",
    "matters_most": "Staying at this school, and seeing their older sibling.",
    "note": "The chronology is a good way in.",
    "reached": "obtained",
    "summary": "They feel listened to, and said what they would like to change.",
    "feedback": "We talked about what the child noticed most: turning up when promised.",
    "reflections": "The worker would ask for cover sooner.",
    "judgement": "Visits were regular and the worker knew this child well.",
    "action": "This was because the worker saw the child alone and acted on what they said.",
    "impact": "The child said they felt listened to, so that home and school are calmer for them.",
    "grade": "good",
    "better": "A plan in the child's own words.",
    "source_1": "Home visit",
    "source_2": "Supervision record",
    "source_3": "Review of the plan",
    "action_what_1": "Write the plan again with the child.",
}
DAYS = ("read_on", "on", "held_on", "source_on_1", "source_on_2", "source_on_3")


def written(card: Mapping[str, Any]) -> dict[str, str]:
    """A sound answer for every input of this page that needs one."""
    today = local_day(clock())
    shown = {node["id"]: node for node in inputs(card)}
    typed = {key: text for key, text in TEXTS.items() if key in shown}
    typed |= {key: today.isoformat() for key in DAYS if key in shown}
    if "action_owner_1" in shown:
        typed["action_owner_1"] = shown["action_owner_1"]["choices"][0]["value"]
        typed["action_due_1"] = (today + timedelta(days=14)).isoformat()
    return typed


def onward(card: Mapping[str, Any]) -> str | None:
    """The title of the button that saves this page and goes on; None on other cards."""
    titles = [title for title, _ in buttons(card)]
    return next((t for t in titles if t in {"Save and continue", "Save and check everything"}), None)
