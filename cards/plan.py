"""The forward plan: the year by month, a quarter with its activities, what to look at, and one activity.

Source: OG-07, PR-06, TA-03, TA-04, QB-02.
"""

from cards.buttons import pairs, press, row
from cards.elements import Button, Card, Element, bold, box, card, heading, listed, run, says, typed
from cards.governance_words import full_day, said_above, span, subtle
from cards.payloads_plan import (
    AgreePlan,
    AskPlanBook,
    AskPlanItem,
    DraftPlan,
    ShowPlan,
    ShowPlanItem,
    SignTerms,
)
from cards.payloads_tracker import AskTracked, ShowTracked
from cards.views_governance import PlanItemView, PlanView
from cards.wording import count, moment
from domain.forward_plan import KIND_NAMES, STANDS, TERMS, PlanItem, PlanState, year_name
from domain.plan_shown import PlanMonth

PREVIEW = "The forward plan: open this in Teams."
YEAR, LOOK = "year", "look"
QUARTERS = {
    "q1": "April to June",
    "q2": "July to September",
    "q3": "October to December",
    "q4": "January to March",
}
PARTS = (YEAR, *QUARTERS, LOOK)
MOST_WARNINGS = 14
MOST_CHANGES = 4
STATE_NAMES = {
    PlanState.DRAFT: "Draft",
    PlanState.PLANNED: "Planned",
    PlanState.DONE: "Done",
    PlanState.CANCELLED: "Cancelled",
}
TERM_NAMES = {
    "why": "Why, and why now",
    "scope": "Scope and lines of enquiry",
    "method": "Method",
    "dates": "When it is done, and when it is reported",
}


def plan_card(view: PlanView) -> Card:
    """A part of a year's plan."""
    plan = view.plan
    body: list[Element] = [*said_above(view.message), heading(f"Forward plan {year_name(plan.year)}")]
    if view.left_out:
        body.append(says("Left out of it:", bold=True))
        body += listed(f"{title}: {why}" for title, why in view.left_out[:8])
    if plan.is_empty:
        body += _empty(view)
    elif view.part == LOOK:
        body += _look(view)
    elif view.part in QUARTERS:
        body += _quarter(view)
    else:
        body += _year(view)
    return card([*body, *pairs(_ways(view))], preview=PREVIEW)


def item_card(view: PlanItemView) -> Card:
    """One activity: when, who leads it, what to look at, its terms, and what was changed and why."""
    opened, item = view.opened, view.opened.item
    body: list[Element] = [
        *said_above(view.message),
        heading("From the forward plan"),
        typed(run(item.title, bold=True, size="medium")),
        subtle(f"{KIND_NAMES[item.kind]}; {STATE_NAMES[item.state].lower()}"),
        typed(bold(f"{full_day(item.starts_on)} to {full_day(item.ends_on)}"), spacing="small"),
        typed(bold("Led by: "), opened.owner, spacing="small"),
    ]
    if item.hours:
        body.append(typed(bold("Hours: "), f"{item.hours:,}", spacing="small"))
    if item.note:
        body.append(typed(item.note))
    for warning in opened.warnings:
        body.append(typed(run(warning.says, bold=True, color="attention"), spacing="small"))
    body += _terms(view)
    body += _changes(view)
    return card([*body, *pairs(_item_ways(view))], preview=PREVIEW)


def _year(view: PlanView) -> list[Element]:
    plan = view.plan
    said = f"{count(plan.auditors, 'auditor')}. "
    said += (
        f"{count(plan.over, 'month asks', 'months ask')} for more hours than they have."
        if plan.over
        else "Every month has hours enough."
    )
    body: list[Element] = [says(said, subtle=True)]
    drafts = count(plan.drafts, "activity is a draft", "activities are drafts")
    if plan.drafts:
        body.append(says(f"{drafts}, until the Group agrees."))
    return [*body, *(_month(month) for month in plan.months)]


def _month(month: PlanMonth) -> Element:
    lines: list[Element] = [typed(bold(f"{month.load.month:%B}"), "  ", _hours(month))]
    lines += [typed(_line(item), spacing="none") for item in month.items]
    if not month.items:
        lines.append(subtle("Nothing begins."))
    return box(lines, spacing="small", separator=True)


def _hours(month: PlanMonth) -> Element:
    load = month.load
    said = f"{load.hours:,} of {load.able:,} hours"
    if load.is_over:
        return run(f"{said}: too many", bold=True, color="attention")
    return run(said, subtle=True)


def _line(item: PlanItem) -> str:
    marks = {PlanState.DONE: " ✓", PlanState.DRAFT: " (draft)"}
    return f"{item.title}: {span(item.starts_on, item.ends_on)}{marks.get(item.state, '')}"


def _quarter(view: PlanView) -> list[Element]:
    place = list(QUARTERS).index(view.part)
    body: list[Element] = [says(QUARTERS[view.part], bold=True)]
    for month in view.plan.months[place * 3 : place * 3 + 3]:
        body.append(box([typed(bold(f"{month.load.month:%B %Y}"), "  ", _hours(month))], spacing="medium"))
        for item in month.items:
            lines: list[Element] = [typed(_line(item))]
            if item.needs_terms:
                said = "Terms to be signed" if item.has_all_terms else "Terms to be written"
                lines.append(typed(run(said, bold=True, color="attention"), spacing="none"))
            lines.append(row(press("Open", ShowPlanItem(item.id), tooltip=f"Open: {item.title}")))
            body.append(box(lines, spacing="small", separator=True))
    return body


def _look(view: PlanView) -> list[Element]:
    plan = view.plan
    body: list[Element] = []
    over = [month for month in plan.months if month.load.is_over]
    for title, lines in (
        ("Clashes", [f"{full_day(one.on)}: {one.says}" for one in plan.clashes]),
        ("Gaps", [one.says for one in plan.gaps]),
        (
            "Too many hours",
            [
                f"{month.load.month:%B}: {month.load.hours:,} hours asked, {month.load.able:,} to give."
                for month in over
            ],
        ),
    ):
        body.append(says(title, bold=True, spacing="medium"))
        body += listed(lines[:MOST_WARNINGS]) or [says("None.", spacing="small")]
        if len(lines) > MOST_WARNINGS:
            body.append(says(f"And {len(lines) - MOST_WARNINGS} more.", subtle=True))
    return body


def _empty(view: PlanView) -> list[Element]:
    plan = view.plan
    body: list[Element] = [says("There is no plan for this year yet.")]
    if plan.may_change:
        body.append(
            says(
                "It is drafted from the year before, each activity in the same week; failing that from the "
                "framework. Nothing of a draft counts until the Group agrees it.",
                subtle=True,
            )
        )
        body.append(row(press(f"Draft {year_name(plan.year)}", DraftPlan(plan.year, view.nonce))))
    return body


def _ways(view: PlanView) -> list[Button]:
    plan, year = view.plan, view.plan.year
    buttons: list[Button] = []
    if not plan.is_empty:
        if plan.drafts and plan.may_change:
            buttons.append(press("The Group agrees it", AgreePlan(year, view.nonce)))
        warnings = len(plan.gaps) + len(plan.clashes) + plan.over
        if view.part != LOOK:
            buttons.append(press(f"What to look at ({warnings})", ShowPlan(year, LOOK)))
        if view.part != YEAR:
            buttons.append(press("The whole year", ShowPlan(year, YEAR)))
        buttons += [press(name, ShowPlan(year, part)) for part, name in QUARTERS.items() if part != view.part]
        if plan.may_change:
            buttons.append(press("New activity", AskPlanItem(0, year, "words")))
        buttons.append(press("Excel copy", AskPlanBook(year, view.nonce)))
    for other in (year - 1, year + 1):
        if other in plan.years or (other == year + 1 and plan.may_change and not plan.is_empty):
            buttons.append(press(year_name(other), ShowPlan(other, YEAR)))
    return buttons


def _terms(view: PlanItemView) -> list[Element]:
    item = view.opened.item
    if not item.terms and not item.needs_terms:
        return []
    terms = item.terms or {}
    body: list[Element] = [heading("Terms of reference", size="default", spacing="large")]
    if item.signed_at is not None:
        body.append(says("Signed for the QA Board.", bold=True, spacing="small"))
        body.append(subtle(f"{view.opened.signed_by_name}, {moment(item.signed_at)}"))
    elif item.has_all_terms:
        body.append(
            says("Not signed yet. Fieldwork begins once the Board's chair has signed.", spacing="small")
        )
    else:
        body.append(says("All four parts are wanted before the Board can sign.", spacing="small"))
    for field in TERMS:
        body.append(
            typed(bold(TERM_NAMES[field] + ": "), terms.get(field, "") or "to be written", spacing="small")
        )
    return body


def _changes(view: PlanItemView) -> list[Element]:
    changes = view.opened.changes[-MOST_CHANGES:]
    if not changes:
        return []
    body: list[Element] = [heading("What was changed, and why", size="default", spacing="large")]
    for change in reversed(changes):
        by = f", {change.by_name}" if change.by_name else ""
        lines = [subtle(f"{full_day(change.at.date())}{by}"), typed(change.reason, spacing="none")]
        body.append(box([*lines, *listed(change.lines, subtle=True)], spacing="small"))
    return body


def _item_ways(view: PlanItemView) -> list[Button]:
    opened, item = view.opened, view.opened.item
    buttons: list[Button] = []
    if opened.may_sign:
        buttons.append(press("Sign the terms", SignTerms(item.id, item.version, view.nonce)))
    if item.state in STANDS:
        if opened.may_write_terms:
            buttons.append(press("Write the terms", AskPlanItem(item.id, item.year, "terms")))
        if opened.may_change:
            buttons.append(press("Change", AskPlanItem(item.id, item.year, "words")))
            buttons.append(press("Done or cancelled", AskPlanItem(item.id, item.year, "end")))
    if opened.tracked_id:
        buttons.append(press("See it on the tracker", ShowTracked(opened.tracked_id)))
    if opened.may_track and item.state is not PlanState.CANCELLED:
        buttons.append(press("Add a recommendation", AskTracked(0, "words", item.id)))
    buttons.append(press("The year", ShowPlan(item.year, YEAR)))
    return buttons
