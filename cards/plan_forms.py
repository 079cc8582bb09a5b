"""The forms of the forward plan: an activity with the Group's reason, its end, its terms of reference.

Source: OG-07, TA-03, TA-04.
"""

from cards.buttons import press, row
from cards.elements import Card, bold, card, heading, says, typed
from cards.fields import Form as Fields
from cards.fields import other_errors
from cards.payloads_plan import EndPlanItem, SavePlanItem, SaveTerms, ShowPlan, ShowPlanItem
from cards.plan import PREVIEW, TERM_NAMES, YEAR
from cards.views_governance import PlanFormView
from domain.forward_plan import KIND_NAMES, TERMS, PlanItem, PlanState, year_name


def words_form(view: PlanFormView) -> Card:
    """An activity and why it is planned so."""
    fields, item = Fields(view.form.typed, view.form.errors), view.item
    save = SavePlanItem(item.id if item else 0, item.version if item else 0, view.year, view.form.nonce)
    kinds = [(kind.value, name) for kind, name in KIND_NAMES.items()]
    body = [
        heading("Change an activity" if item else f"A new activity of {year_name(view.year)}"),
        *other_errors(view.form.errors),
        *fields.line("plan_title", "What is it called?", item.title if item else ""),
        *fields.choice("plan_kind", "What is it?", kinds, item.kind.value if item else ""),
        *fields.date("starts_on", "First day", item.starts_on if item else None),
        *fields.date("ends_on", "Last day", item.ends_on if item else None),
        *fields.choice("plan_owner", "Who leads it?", view.owners, item.owner_post.value if item else ""),
        *fields.line(
            "plan_hours",
            "Hours of work in all, beside audits and moderations",
            str(item.hours) if item else "",
        ),
        *fields.text("plan_note", "What does it look at? Name the area or theme.", item.note if item else ""),
        *fields.text("plan_reason", "Why? It is kept with the plan."),
        row(
            press("Save", save, with_inputs=True),
            press("Go back", ShowPlanItem(item.id) if item else ShowPlan(view.year, YEAR)),
        ),
    ]
    return card(body, preview=PREVIEW)


def end_form(view: PlanFormView) -> Card:
    """It is done, or will not be."""
    fields, item = Fields(view.form.typed, view.form.errors), _there(view)
    ends = [
        press(title, EndPlanItem(item.id, item.version, state.value, view.form.nonce), with_inputs=True)
        for title, state in (("It is done", PlanState.DONE), ("Cancel it", PlanState.CANCELLED))
    ]
    body = [
        heading("Done or cancelled"),
        typed(bold(item.title)),
        says(
            "What is done stays open in the tracker until somebody says what changed. What is cancelled "
            "stays in the plan's record with the reason.",
            subtle=True,
        ),
        *other_errors(view.form.errors),
        *fields.text("plan_reason", "How did it go, or why is it cancelled?"),
        *fields.text("plan_recommends", "What does it recommend, if anything? One line for each."),
        row(*ends),
        row(press("Go back", ShowPlanItem(item.id)), spacing="small"),
    ]
    return card(body, preview=PREVIEW)


def terms_form(view: PlanFormView) -> Card:
    """The four parts that terms of reference must have (TA-04)."""
    fields, item = Fields(view.form.typed, view.form.errors), _there(view)
    terms = item.terms or {}
    body = [
        heading("Terms of reference"),
        typed(bold(item.title)),
        says(
            "Once all four parts are there, the chair of the QA Board is asked to sign. Terms changed after "
            "that are signed anew.",
            subtle=True,
        ),
        *other_errors(view.form.errors),
    ]
    for field in TERMS:
        body += fields.text(f"terms_{field}", TERM_NAMES[field], terms.get(field, ""))
    body.append(
        row(
            press("Save", SaveTerms(item.id, item.version, view.form.nonce), with_inputs=True),
            press("Go back", ShowPlanItem(item.id)),
        )
    )
    return card(body, preview=PREVIEW)


def _there(view: PlanFormView) -> PlanItem:
    if view.item is None:
        raise ValueError("only an activity that is there has this form")
    return view.item
