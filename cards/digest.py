"""The QA Group's digest, for its channel and for a member's own chat.

Whether children were heard comes first, then in one sentence what changed; then a few lines with the round
before beside them, one chart, and what is next. Counts alone: everybody in the channel reads it.

Source: OG-03, OG-05, PR-01, Q31, MO-17, SG-03.
"""

from dataclasses import dataclass
from datetime import datetime

from cards.buttons import pairs, press
from cards.charts import chart_element
from cards.digest_ahead import AT_ONCE, rest_of
from cards.digest_lines import (
    actions_line,
    agreement_line,
    came_in_line,
    coming_lines,
    figure_line,
    hidden_note,
    rising_line,
    unreachable_line,
)
from cards.elements import Button, Card, Element, card, heading, says, typed
from cards.payloads_digest import ShowDigest
from cards.payloads_round import ShowRound
from cards.wording import moment
from domain.charts import Chart
from domain.days import month_number
from domain.digest import Digest, Topic, grade_chart, theme_keys, voice_chart
from domain.digest_words import sentence
from domain.figures import grade_key
from domain.framework import Framework
from domain.grades import Grade
from domain.measures import VOICE_NAMES

NEXT_SHOWN = 3
TOPICS = {
    Topic.GRADES: "Grades",
    Topic.ACTIONS: "Actions",
    Topic.VOICES: "Voices",
    Topic.THEMES: "Themes",
    Topic.AHEAD: "What is next",
}
"""In the order of the buttons."""


@dataclass(frozen=True, slots=True)
class DigestView:
    """What the card shows."""

    digest: Digest
    picture: bytes | None = None
    """The chart as a PNG, for clients that draw none; None leaves it to words."""
    in_channel: bool = False
    as_of: datetime | None = None
    """The moment it was drawn; None leaves it out."""
    rounds: tuple[tuple[int, str], ...] = ()
    """(id, name of the month) of rounds that this reader may open."""


def summary_for(digest: Digest) -> str:
    """The preview text of the message, which names nobody."""
    return f"Quality assurance: the {digest.now.first:%B} round in figures."


def digest_card(framework: Framework, view: DigestView) -> Card:
    """The whole digest."""
    digest = view.digest
    body: list[Element] = [
        heading(f"The {digest.now.first:%B} round{' so far' if digest.due_on else ''}"),
        figure_line(digest, "voice_child"),
        typed(sentence(framework, digest)),
        came_in_line(digest),
        figure_line(digest, "moderated"),
        figure_line(digest, "changed", "Overall grade changed by the Panel"),
        agreement_line(digest, framework.numbers.alpha_least_audits),
        actions_line(digest),
        figure_line(digest, "discussed"),
        figure_line(digest, "closed", "Audits closed"),
        rising_line(digest),
        unreachable_line(digest),
    ]
    chart = grade_chart(framework, digest)
    if chart is not None:
        body.append({**chart_element(chart, view.picture), "spacing": "medium"})
    if digest.coming:
        body.append(heading("Next", size="default", spacing="medium"))
        body += coming_lines(digest.coming[:NEXT_SHOWN])
    body += hidden_note(digest)
    if view.as_of is not None:
        kept = " It is brought up to date through the day." if view.in_channel else ""
        body.append(says(f"As of {moment(view.as_of)}.{kept}", subtle=True, size="small"))
    if view.in_channel:
        body.append(says("See more, sent to your own chat:", spacing="medium"))
    buttons = [press(title, ShowDigest(_month(digest), topic.value)) for topic, title in TOPICS.items()]
    body += pairs(buttons)
    body += _rounds(view)
    return card(body, preview=summary_for(digest), wide=True)


def topic_card(framework: Framework, view: DigestView, topic: Topic) -> Card:
    """One part of it, in somebody's own chat."""
    digest = view.digest
    body: list[Element] = [heading(f"{TOPICS[topic]}: the {digest.now.first:%B} round")]
    match topic:
        case Topic.GRADES:
            body += _grades(framework, view)
        case Topic.ACTIONS:
            body += _actions(digest)
        case Topic.VOICES:
            body += _voices(view)
        case Topic.THEMES:
            body += _themes(framework, digest)
        case _:
            body += _ahead(digest)
    if topic is not Topic.AHEAD:
        body += hidden_note(digest)
    others = [one for one in TOPICS if one is not topic]
    buttons = [press("The whole digest", ShowDigest(_month(digest), Topic.EVERYTHING.value))]
    buttons += [press(TOPICS[one], ShowDigest(_month(digest), one.value)) for one in others]
    body += pairs(buttons)
    body += _rounds(view)
    return card(body, preview=summary_for(digest), wide=True)


def chart_of(framework: Framework, digest: Digest, topic: Topic) -> Chart | None:
    """The chart that this part shows, for whoever draws its picture; None where it has none."""
    if topic in (Topic.EVERYTHING, Topic.GRADES):
        return grade_chart(framework, digest)
    return voice_chart(digest) if topic is Topic.VOICES else None


def _grades(framework: Framework, view: DigestView) -> list[Element]:
    digest = view.digest
    chart = grade_chart(framework, digest)
    return [
        says("The Panel's grade counts once it is released; until then the auditor's does."),
        *([chart_element(chart, view.picture)] if chart else []),
        *(figure_line(digest, grade_key(grade)) for grade in Grade),
        figure_line(digest, "moderated"),
        figure_line(digest, "moderated_in_time"),
        figure_line(digest, "changed"),
        agreement_line(digest, framework.numbers.alpha_least_audits),
    ]


def _actions(digest: Digest) -> list[Element]:
    keys = ("actions", "actions.open", "actions.overdue", "actions.soon", "actions.done", "actions.confirmed")
    return [
        says("Actions agreed in the audits of this round, and what became of the audits."),
        *(figure_line(digest, key) for key in keys),
        *(figure_line(digest, key) for key in ("discussed", "closed", "lasted")),
    ]


def _voices(view: DigestView) -> list[Element]:
    digest = view.digest
    chart = voice_chart(digest)
    return [
        says("Whose views the auditors asked for and heard."),
        *([chart_element(chart, view.picture)] if chart else []),
        *(figure_line(digest, key) for key in VOICE_NAMES),
    ]


def _themes(framework: Framework, digest: Digest) -> list[Element]:
    return [
        says("How many audits were below Good in each part."),
        *(figure_line(digest, key, title) for title, key in theme_keys(framework)),
        rising_line(digest),
        says("A theme rises where chance alone would hardly explain it, over three months.", subtle=True),
    ]


def _ahead(digest: Digest) -> list[Element]:
    if not digest.coming:
        return [says("Nothing is planned for the coming weeks.")]
    return [*coming_lines(digest.coming[:AT_ONCE]), *pairs(rest_of(len(digest.coming), AT_ONCE))]


def _rounds(view: DigestView) -> list[Element]:
    """For the QA office, which runs them."""
    if not view.rounds:
        return []
    buttons: list[Button] = [
        press(f"Open the {name} round", ShowRound(round_id, "progress", 0)) for round_id, name in view.rounds
    ]
    return [says("The rounds themselves:", spacing="medium"), *pairs(buttons)]


def _month(digest: Digest) -> int:
    return month_number(digest.now.first)
