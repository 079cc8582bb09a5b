"""One auditor's moderated audits: both grades side by side, to learn from. Nothing is added up.

Source: SG-03, SG-04, MO-16, MO-21, PR-05.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cards.buttons import press, row
from cards.elements import Card, Element, bold, box, card, heading, says, typed
from cards.fields import Form
from cards.payloads import ShowGuidance, ShowMyAudits
from cards.payloads_calibration import PickAuditor, ShowDifferences
from cards.views import HintView
from cards.wording import count, day, excerpt
from domain.agreement import Pair
from domain.differences import Differences, ModeratedAudit
from domain.framework import Framework

_BECAUSE = 600
"""How much of a reason is shown; the whole of it is in the moderation."""


@dataclass(frozen=True, slots=True)
class PickView:
    """Whose audits to look at."""

    auditors: tuple[tuple[int, str], ...]
    """(id, name), by name."""
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()


def differences_card(view: Differences, framework: Framework, page: int) -> Card:
    """A few audits, the latest first; `page` is how many are shown at a time."""
    whose = "your audits" if view.is_own else "this auditor's audits"
    body: list[Element] = [heading("Moderated audits, side by side")]
    if not view.is_own:
        body.append(typed("Auditor: ", bold(view.auditor_name)))
    if not view.audits:
        body.append(
            says("None of your audits has been moderated and released yet. When one is, it stands here.")
        )
        return card([*body, row(press("My audits", ShowMyAudits()))], preview="Moderated audits")
    seen = (
        "This is yours, your own service manager's and the chair's to see, and nobody else's."
        if view.is_own
        else "This is theirs, their service manager's and the chair's to see, and nobody else's."
    )
    body += [
        says(
            f"Where the Panel saw the child's story in {whose} otherwise, and why. Two people can differ "
            f"over one audit for good reasons; there is no score here. {seen}",
            subtle=True,
        ),
        *(_audit(one, framework) for one in view.audits),
    ]
    more = []
    if view.start + len(view.audits) < view.total:
        more.append(press("Earlier ones", ShowDifferences(view.auditor_id, view.start + page)))
    if view.start > 0:
        more.append(press("Later ones", ShowDifferences(view.auditor_id, max(0, view.start - page))))
    if more:
        body.append(row(*more))
    other = (
        press("Guidance", ShowGuidance(0, "grades"))
        if view.is_own
        else press("Another auditor", PickAuditor())
    )
    return card([*body, row(other, press("My audits", ShowMyAudits()))], preview="Moderated audits")


def pick_card(view: PickView) -> Card:
    """Asks whose audits to look at."""
    body: list[Element] = [heading("One auditor's moderated audits")]
    if not view.auditors:
        body.append(says("There is nobody's to look at for you. Your own are under “my moderations”."))
        return card([*body, row(press("My audits", ShowMyAudits()))], preview="Moderated audits")
    form = Form(view.typed, view.errors)
    body += [
        says(
            "To talk with somebody about what they and the Panel saw in a child's story. They stand by name; "
            "nothing here says who grades how."
        ),
        *form.choice("auditor_id", "Auditor", [(str(i), name) for i, name in view.auditors]),
        row(press("Show", PickAuditor(), with_inputs=True), press("My audits", ShowMyAudits())),
    ]
    return card(body, preview="Moderated audits")


def _audit(one: ModeratedAudit, framework: Framework) -> Element:
    when = f"Released {day(one.released_on)}"
    if one.submitted_on is not None:
        when = f"Submitted {day(one.submitted_on)}, released {day(one.released_on)}"
    items: list[Element] = [
        typed(bold(one.reference)),
        says(when, subtle=True, spacing="none"),
        *_line("Overall", one.overall, one.because, framework),
    ]
    if one.final is not None:
        final = framework.grade_label(one.final)
        items.append(
            typed(bold("Final, after the talk: "), f"{final}. Reports count the Panel's.", spacing="small")
        )
    for difference in one.different:
        title = framework.section(difference.key).title
        items += _line(title, difference.grades, difference.because, framework)
        if difference.final is not None:
            final = framework.grade_label(difference.final)
            items.append(typed(f"Final, after the talk: {final}. {difference.final_because}", spacing="none"))
    alike = count(one.alike, "section")
    items.append(
        says(f"{alike} graded alike." if one.different else "Every section graded alike.", subtle=True)
    )
    return box(items, spacing="medium", separator=True)


def _line(title: str, pair: Pair, because: str, framework: Framework) -> list[Element]:
    auditor, panel = framework.grade_label(pair.original), framework.grade_label(pair.moderated)
    said = f"{auditor}, by both" if pair.original is pair.moderated else f"auditor {auditor}, Panel {panel}"
    made = [typed(bold(f"{title}: "), said, spacing="small")]
    if because:
        made.append(typed(excerpt(because, _BECAUSE)[0], subtle=True, spacing="none"))
    return made
