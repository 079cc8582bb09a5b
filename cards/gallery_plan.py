"""Cards of the forward plan, for the gallery."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from cards.elements import Card
from cards.gallery_content import Content
from cards.plan import LOOK, YEAR, item_card, plan_card
from cards.plan_forms import end_form, terms_form, words_form
from cards.views import HintView
from cards.views_governance import Form, PlanFormView, PlanItemView, PlanView
from domain.forward_plan import TERMS, TERMS_LIMIT, PlanItem, PlanState, months_of
from domain.framework import Framework
from domain.governance import ActivityKind
from domain.plan_drafting import Drafted, draft
from domain.plan_hours import MonthLoad
from domain.plan_shown import ItemChange, OpenedItem, PlanMonth, PlanYear
from domain.plan_warnings import PlanWarning, WarningKind

_TODAY = date(2026, 6, 17)
_AT = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)
_WRONG = (HintView("", "This can't be kept as it stands.", blocking=True),)
_NONCE = "gallery"
_YEAR = 2026


def cards_of(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    """(name, card) of each, with this content."""
    drafted = draft(framework.plan, _YEAR, bank_holidays=frozenset())
    items = [_item(one, number, content) for number, one in enumerate(drafted)]
    plan = PlanYear(
        year=_YEAR,
        months=tuple(
            PlanMonth(
                tuple(item for item in items if item.starts_on.month == month.month),
                MonthLoad(month, 900 if number == 2 else 140, 480),
            )
            for number, month in enumerate(months_of(_YEAR))
        ),
        gaps=(PlanWarning(WarningKind.GAP, f"No activity names these areas: {content.line(0)}.", _TODAY),),
        clashes=tuple(
            PlanWarning(WarningKind.CLASH, f"{content.line(n)} begins on a day off.", _TODAY)
            for n in range(content.many)
        ),
        auditors=60,
        version=1,
        may_change=True,
        years=(2025, _YEAR),
    )
    view = PlanView(plan, YEAR, _TODAY, _NONCE)
    yield "plan", plan_card(view)
    yield "plan-quarter", plan_card(replace(view, part="q1"))
    yield "plan-look", plan_card(replace(view, part=LOOK, message="Saved."))
    empty = replace(plan, months=tuple(replace(month, items=()) for month in plan.months))
    yield "plan-empty", plan_card(replace(view, plan=empty))
    left = tuple((content.line(n), "it was cancelled") for n in range(content.many))
    drafts = replace(
        plan,
        months=tuple(
            replace(month, items=tuple(replace(item, state=PlanState.DRAFT) for item in month.items))
            for month in plan.months
        ),
    )
    yield "plan-drafted", plan_card(replace(view, plan=drafts, message="Drafted.", left_out=left))
    yield from _items(items[0], content)


def _item(one: Drafted, number: int, content: Content) -> PlanItem:
    # The framework's own titles in the ordinary case, the longest anybody can type in the worst.
    title = one.title if content.label == "ordinary" else content.line(number)
    return PlanItem(
        id=number + 1,
        year=_YEAR,
        kind=one.kind,
        title=title,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        owner_post=one.owner_post,
        hours=one.hours,
        note="",
        state=PlanState.PLANNED,
        terms=None,
        signed_by=None,
        signed_at=None,
        version=2,
    )


def _items(item: PlanItem, content: Content) -> Iterator[tuple[str, Card]]:
    terms = {field: content.text(n)[:TERMS_LIMIT] for n, field in enumerate(TERMS)}
    thematic = replace(item, kind=ActivityKind.THEMATIC, terms=terms, note=content.text(0)[:600], hours=120)
    change = ItemChange(_AT, content.name(0), content.text(1)[:300], ("Begins: 1 June 2026 → 8 June 2026",))
    opened = OpenedItem(
        item=thematic,
        owner=f"Principal social worker ({content.name(1)})",
        changes=(change,) * 6,
        warnings=(PlanWarning(WarningKind.CLASH, f"{content.line(0)} begins on a day off.", _TODAY),),
        signed_by_name="",
        tracked_id=3,
        may_change=True,
        may_write_terms=True,
        may_sign=True,
        may_track=True,
    )
    view = PlanItemView(opened, _TODAY, _NONCE)
    yield "plan-item-to-sign", item_card(view)
    signed = replace(opened, item=replace(thematic, signed_by=1, signed_at=_AT), may_sign=False)
    signed = replace(signed, signed_by_name=content.name(2))
    yield "plan-item-signed", item_card(replace(view, opened=signed, message="Signed."))
    plain = replace(opened, item=replace(item, kind=ActivityKind.DIP), may_sign=False, may_write_terms=False)
    yield "plan-item", item_card(replace(view, opened=replace(plain, changes=(), warnings=())))
    owners = tuple((f"post_{n}", content.name(n)) for n in range(18))
    form = PlanFormView(thematic, _YEAR, owners, Form(_NONCE))
    yield "plan-form", words_form(form)
    yield "plan-form-new", words_form(replace(form, item=None))
    typed = {"plan_title": content.line(0), "starts_on": content.line(1), "plan_reason": content.text(0)}
    yield "plan-form-refused", words_form(replace(form, form=Form(_NONCE, typed, _WRONG)))
    yield "plan-end", end_form(form)
    yield "plan-terms", terms_form(form)
    wrong = {f"terms_{field}": content.text(n) for n, field in enumerate(TERMS)}
    yield "plan-terms-refused", terms_form(replace(form, form=Form(_NONCE, wrong, _WRONG)))
