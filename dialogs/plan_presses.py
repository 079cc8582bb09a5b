"""Presses of the forward plan and what is typed about it (OG-07, TA-04, QB-02)."""

from collections.abc import Mapping

from cards.payloads import Payload, PayloadInvalid
from cards.payloads_plan import (
    AgreePlan,
    AskPlanBook,
    AskPlanItem,
    DraftPlan,
    EndPlanItem,
    SavePlanItem,
    SaveTerms,
    ShowPlan,
    ShowPlanItem,
    SignTerms,
)
from cards.plan import PARTS, YEAR, item_card, plan_card
from cards.plan_forms import end_form, terms_form, words_form
from cards.views_governance import PlanFormView, PlanItemView, PlanView
from cards.wording import count
from dialogs.governance_shown import COMING, form_of, post_choices
from dialogs.learning_shown import asked_again, typed_words
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Reply, Turn
from dialogs.typed_for import for_whom_it_is
from domain.errors import RuleBroken, Stale
from domain.forward_plan import PlanState, plan_year
from domain.people import Person
from domain.permissions import Verb
from workflows import forward_planning
from workflows.council import Council, Work
from workflows.forward_planning import FIRST_YEAR, LAST_YEAR
from workflows.offer_kinds import PLAN_BOOK
from workflows.offering import offer_file
from workflows.plan_items import find_item, require_plan
from workflows.plan_look import open_item, view_plan

TITLE = "The forward plan"
_FORMS = {"words": words_form, "end": end_form, "terms": terms_form}


def _show(press: Press, _: Outcome) -> Reply:
    payload: ShowPlan = press.payload
    if payload.part not in PARTS:
        raise PayloadInvalid
    return _plan(press.council, press.work, press.turn, press.person, payload.year, payload.part)


def _plan(
    council: Council,
    work: Work,
    turn: Turn,
    person: Person,
    year: int,
    part: str,
    *,
    message: str = "",
    left_out: tuple[tuple[str, str], ...] = (),
) -> Reply:
    chosen = year or plan_year(council.today(turn.now))
    if not FIRST_YEAR <= chosen <= LAST_YEAR:
        raise PayloadInvalid
    plan = view_plan(work, council, by=person, year=chosen, now=turn.now)
    view = PlanView(plan, part, council.today(turn.now), turn.nonce, message, left_out)
    return Reply(plan_card(view), title=TITLE)


def _show_item(press: Press, outcome: Outcome) -> Reply:
    item_id = outcome.get("item") or press.payload.item_id
    opened = open_item(press.work, press.council, by=press.person, item_id=item_id, now=press.now)
    view = PlanItemView(opened, press.today, press.turn.nonce, outcome.get("said", ""))
    return Reply(item_card(view), title=TITLE)


def _ask(press: Press, _: Outcome) -> Reply:
    payload: AskPlanItem = press.payload
    return _form(press, payload.item_id, payload.year, payload.form)


def _form(
    press: Press,
    item_id: int,
    year: int,
    form: str,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Reply:
    if form not in _FORMS or (not item_id and form != "words") or not FIRST_YEAR <= year <= LAST_YEAR:
        raise PayloadInvalid
    verb = Verb.WRITE_TERMS if form == "terms" else Verb.CHANGE_PLAN
    item = None
    if item_id:
        item = find_item(press.work, press.council, verb, by=press.person, item_id=item_id, now=press.now)
        forward_planning.require_stands(item)
    else:
        require_plan(press.council, verb, by=press.person, now=press.now)
    view = PlanFormView(item, item.year if item else year, post_choices(), form_of(press, typed, errors))
    return Reply(_FORMS[form](view), title=TITLE)


def _save(press: Press) -> Outcome:
    payload: SavePlanItem = press.payload
    item_id = forward_planning.save_item(
        press.work,
        press.council,
        by=press.person,
        item_id=payload.item_id,
        version=payload.version,
        year=payload.year,
        typed=typed_words(press),
        now=press.now,
    )
    return {"item": item_id, "said": "Saved, with the reason."}


def _refuse_save(press: Press, broken: RuleBroken) -> Reply | None:
    payload: SavePlanItem = press.payload
    errors = asked_again(broken)
    if not errors:
        return None
    return _form(press, payload.item_id, payload.year, "words", press.typed_texts, errors)


def _end(press: Press) -> Outcome:
    payload: EndPlanItem = press.payload
    if payload.state not in set(PlanState):
        raise PayloadInvalid
    joined = forward_planning.end_item(
        press.work,
        press.council,
        by=press.person,
        item_id=payload.item_id,
        version=payload.version,
        state=PlanState(payload.state),
        typed=typed_words(press),
        now=press.now,
    )
    said = f" {count(joined, 'recommendation joins', 'recommendations join')} the tracker." if joined else ""
    return {"said": f"Kept, with the reason.{said}"}


def _refuse_end(press: Press, broken: RuleBroken) -> Reply | None:
    return _again(press, broken, "end")


def _terms(press: Press) -> Outcome:
    payload: SaveTerms = press.payload
    whole = forward_planning.save_terms(
        press.work,
        press.council,
        by=press.person,
        item_id=payload.item_id,
        version=payload.version,
        typed=typed_words(press),
        now=press.now,
    )
    said = "Saved. The chair of the QA Board is asked to sign." if whole else "Saved. Some of it is to come."
    return {"said": said}


def _refuse_terms(press: Press, broken: RuleBroken) -> Reply | None:
    return _again(press, broken, "terms")


def _again(press: Press, broken: RuleBroken, form: str) -> Reply | None:
    errors = asked_again(broken)
    item = press.work.plan.get(press.payload.item_id)
    if not errors or item is None:
        return None
    return _form(press, item.id, item.year, form, press.typed_texts, errors)


def _sign(press: Press) -> Outcome:
    payload: SignTerms = press.payload
    forward_planning.sign_terms(
        press.work,
        press.council,
        by=press.person,
        item_id=payload.item_id,
        version=payload.version,
        now=press.now,
    )
    return {"said": "Signed for the QA Board. Thank you."}


def _refuse_sign(press: Press, broken: RuleBroken) -> Reply | None:
    """Terms that changed meanwhile are shown as they stand, so that nobody signs what they have not read."""
    return _show_item(press, {}) if isinstance(broken, Stale) else None


def _draft(press: Press) -> Outcome:
    payload: DraftPlan = press.payload
    made, left = forward_planning.draft_year(
        press.work, press.council, by=press.person, year=payload.year, now=press.now
    )
    return {"made": made, "left": [list(one) for one in left]}


def _show_drafted(press: Press, outcome: Outcome) -> Reply:
    message = (
        f"Drafted: {count(outcome['made'], 'activity', 'activities')}. Change what you like, then agree it."
    )
    left = tuple((title, why) for title, why in outcome["left"])
    payload: DraftPlan = press.payload
    return _plan(
        press.council,
        press.work,
        press.turn,
        press.person,
        payload.year,
        YEAR,
        message=message,
        left_out=left,
    )


def _agree(press: Press) -> Outcome:
    payload: AgreePlan = press.payload
    agreed = forward_planning.agree_year(
        press.work, press.council, by=press.person, year=payload.year, now=press.now
    )
    return {"said": f"Agreed: {count(agreed, 'activity', 'activities')}. The tracker follows each of them."}


def _ask_book(press: Press) -> Outcome:
    payload: AskPlanBook = press.payload
    offer_file(
        press.work,
        press.council,
        by=press.person,
        kind=PLAN_BOOK,
        subject_id=payload.year,
        token=press.turn.nonce,
        now=press.now,
    )
    return {"said": COMING}


def _show_year(press: Press, outcome: Outcome) -> Reply:
    payload: AgreePlan | AskPlanBook = press.payload
    return _plan(
        press.council,
        press.work,
        press.turn,
        press.person,
        payload.year,
        YEAR,
        message=outcome.get("said", ""),
    )


def _type_plan(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    return for_whom_it_is(lambda: _plan(council, work, turn, person, 0, YEAR))


HANDLERS: dict[type[Payload], Handler] = {
    ShowPlan: Handler(_show),
    ShowPlanItem: Handler(_show_item),
    AskPlanItem: Handler(_ask),
    SavePlanItem: Handler(_show_item, act=_save, refuse=_refuse_save),
    EndPlanItem: Handler(_show_item, act=_end, refuse=_refuse_end),
    SaveTerms: Handler(_show_item, act=_terms, refuse=_refuse_terms),
    SignTerms: Handler(_show_item, act=_sign, refuse=_refuse_sign),
    DraftPlan: Handler(_show_drafted, act=_draft),
    AgreePlan: Handler(_show_year, act=_agree),
    AskPlanBook: Handler(_show_year, act=_ask_book),
}

COMMANDS: Mapping[str, Command] = {
    "forward_plan": Command(("forward plan", "the forward plan", "plan", "our year"), _type_plan),
}
"""What can be typed."""
