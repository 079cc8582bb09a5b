"""The draw in numbers: how much is moderated, why, by how auditors stand, and how to draw again.

It counts and names nobody, so it may stay in the chat. Source: MO-02 to MO-06, Q3 to Q5, SG-03.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cards.buttons import press, row, toggle
from cards.elements import Button, Card, Element, box, card, facts, heading, run, says, typed
from cards.fields import Form, other_errors
from cards.payloads import ShowMyAudits
from cards.payloads_draw import PassDraw, ShowDraw, ShowSuspects
from cards.views import HintView
from cards.wording import count, day, moment
from domain.days import local_day
from domain.draw import OVER, PASSED, AuditorClass
from domain.draw_facts import DrawFacts, Running
from domain.framework import Framework
from domain.grades import Grade
from domain.moderation import Reason

HASH_SHOWN = 12
"""Characters of a hash that tell two apart by eye; the command line shows the whole."""

_CLASSES = {
    AuditorClass.NEW: "New auditors",
    AuditorClass.STRUGGLING: "Auditors with a concern or change lately",
    AuditorClass.PROFICIENT: "Proficient auditors",
}


@dataclass(frozen=True, slots=True)
class DrawView:
    """A draw, and what has come since the latest one."""

    framework: Framework
    draw: DrawFacts | None
    """None while nothing has been drawn yet."""
    running: Running | None
    """None where it is not about today."""
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()


def summary_for(view: DrawView) -> str:
    """The preview text of the message, which names no case."""
    if view.draw is not None and view.draw.state == OVER:
        return "More audits are chosen for moderation than usual."
    return "The draw for moderation."


def draw_card(view: DrawView) -> Card:
    """The draw as the Panel sees it; whoever chairs can go on above the most per cent, with a reason."""
    body: list[Element] = [
        heading("The draw for moderation"),
        says(
            "Every audit tells how one child experiences our help. A second look keeps what it says true.",
            subtle=True,
        ),
    ]
    if view.draw is None:
        body.append(says("Nothing has been drawn yet. The first draw follows the end of this month."))
    else:
        body += _drawn(view, view.draw)
    if view.running is not None:
        body.append(says(_running(view.running, since=view.draw is not None), spacing="medium"))
    buttons: list[Button] = []
    if view.draw is not None and view.draw.earlier_id is not None:
        buttons.append(press("Month before", ShowDraw(view.draw.earlier_id)))
    if view.draw is not None and view.draw.later_id is not None:
        buttons.append(press("Month after", ShowDraw(view.draw.later_id)))
    ways = row(press("Looks misgraded", ShowSuspects(0)), press("My audits", ShowMyAudits()))
    return card([*body, *([row(*buttons)] if buttons else []), ways], preview=summary_for(view))


def share_words(moderated: int, total: int, percent: int) -> str:
    """For example "12 of 40 audits are moderated, which is 30 per cent"."""
    verb = "is" if moderated == 1 else "are"
    return f"{moderated} of {count(total, 'audit')} {verb} moderated, which is {percent} per cent"


def reason_words(reason: Reason, framework: Framework) -> str:
    """Why an audit is moderated, as the start of a line."""
    numbers = framework.numbers
    return {
        Reason.OUTSTANDING: f"Graded {framework.grade_label(Grade.OUTSTANDING)}",
        Reason.INADEQUATE: f"Graded {framework.grade_label(Grade.INADEQUATE)}",
        Reason.NEW_AUDITOR: f"Auditor with fewer than {numbers.new_auditor_moderated} moderated audits",
        Reason.STRUGGLING_AUDITOR: (
            f"Concern or changed grade in the auditor's last {numbers.struggling_looks_at}"
        ),
        Reason.NOMINATED: "Put forward by a team manager",
        Reason.CHOSEN: "Chosen by the Panel",
        Reason.TOP_UP: "Drawn by lot",
    }[reason]


def _drawn(view: DrawView, draw: DrawFacts) -> list[Element]:
    reasons = [(reason_words(reason, view.framework), str(n)) for reason, n in draw.by_reason]
    lot = reason_words(Reason.TOP_UP, view.framework)
    several = sum(n for _, n in draw.by_reason) > draw.moderated - draw.top_ups
    classes = (
        (_CLASSES[kind], f"{seen} of {count(total, 'audit')}") for kind, total, seen in draw.by_class if total
    )
    return [
        says(f"**{draw.month:%B %Y}**, drawn on {day(local_day(draw.drawn_at))}"),
        box(
            [says(share_words(draw.moderated, draw.total, draw.percent) + ".", bold=True)],
            style="warning" if draw.state == OVER else "emphasis",
        ),
        *_over(view, draw),
        heading("Why they are moderated", size="default", spacing="medium"),
        facts([*reasons, (lot, str(draw.top_ups))]),
        *([says("An audit may count under several of these.", subtle=True)] if several else []),
        heading("How their auditors stand", size="default", spacing="medium"),
        facts(classes),
        *_again(draw),
    ]


def _over(view: DrawView, draw: DrawFacts) -> list[Element]:
    """What is asked of the chair above the most per cent, or what the chair said (Q3)."""
    if draw.state == PASSED and draw.passed_at is not None:
        said = f"{draw.passed_by} went on with it on {moment(draw.passed_at)}: {draw.passed_because}"
        return [box([typed(said)], style="emphasis")]
    if draw.state != OVER:
        return []
    above = says(
        f"That is more than {draw.most_percent} per cent, so please look at the Panel's time. Whatever a "
        "rule chose stays chosen."
    )
    if not draw.may_pass:
        return [above, says("Whoever chairs the Panel says why it goes on.", subtle=True)]
    form = Form(view.typed, view.errors)
    return [
        above,
        *other_errors(view.errors),
        *form.text("reason", "As chair, why does the Panel go on with all of them? The reason is kept."),
        row(press("Go on with them", PassDraw(draw.draw_id, view.nonce), with_inputs=True)),
    ]


def _again(draw: DrawFacts) -> list[Element]:
    """What anybody needs to draw again."""
    kept = facts(
        [
            ("Starting number", str(draw.seed)),
            ("Drawn from", f"audits kept under check number {draw.population_hash[:HASH_SHOWN]}…"),
            ("Rules", f"version {draw.rule_version}, framework version {draw.framework_version}"),
            ("Limits", f"{draw.least_percent} to {draw.most_percent} per cent"),
        ]
    )
    how = typed(
        run(
            "The lot follows from these alone, so nobody could pick it. Whoever runs Plumbline can draw "
            f"again from them, with “plumbline draw replay {draw.draw_id}”, and see whether the same "
            "audits come out."
        )
    )
    return [
        row(toggle("How to check this draw", "again"), spacing="medium"),
        box([kept, how], id="again", hidden=True, style="emphasis"),
    ]


def _running(found: Running, *, since: bool) -> str:
    if not found.submitted:
        return "Nothing has been submitted since this draw." if since else "Nothing is submitted so far."
    came = f"{count(found.submitted, 'audit')} submitted, {found.chosen} of them chosen."
    return f"Since this draw: {came}" if since else f"So far: {came}"
