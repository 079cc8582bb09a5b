"""The gallery's pages of an audit: blank, filled, refused and stale, in the chat and in a dialog."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from cards.assembly import title_of
from cards.elements import Card, Element
from cards.gallery_content import ORDINARY, WORST, Content
from cards.page import page_card
from cards.views import AuditHead, HintView, LeftPage, Mode, PageView, PersonChoice
from domain.coach import Hint, hints, hints_for_text
from domain.framework import Framework, Section
from domain.grades import Grade
from domain.pages import (
    ACTION_LINES,
    ACTIONS,
    CONVERSATION,
    FILE,
    JOURNEY,
    OVERALL,
    VOICES,
    ActionLine,
    ActionsPage,
    Attempt,
    ConversationPage,
    FilePage,
    JourneyPage,
    Mark,
    OverallPage,
    Page,
    Reached,
    SectionPage,
    Source,
    VoicePage,
    page_keys,
)

DAY = date(2026, 5, 19)
AT = datetime(2026, 5, 19, 13, 5, tzinfo=UTC)
_TEXT_OF = {JOURNEY: "journey", FILE: "note", CONVERSATION: "feedback", ACTIONS: "action_what_1"}
"""A box of each page that is mostly writing; the three voices have their summary."""
_NAMED = "Chloe rang and was well."
"""A text that the coach has something to say about: roles, never names."""


def head(content: Content) -> AuditHead:
    """The audit that every gallery card speaks of."""
    overdue = content is WORST
    return AuditHead(7, content.reference, date(2026, 5, 31), -12 if overdue else 12)


def body(key: str, framework: Framework, content: Content) -> Page:
    """A filled page."""
    t = content.text
    fixed: dict[str, Page] = {
        JOURNEY: JourneyPage(t(0), t(1)),
        FILE: FilePage(DAY, t(2)),
        CONVERSATION: ConversationPage(DAY, t(1), t(2)),
        OVERALL: OverallPage(Grade.GOOD, t(0), t(1), t(2), t(3)),
        ACTIONS: ActionsPage(tuple(ActionLine(t(i), 1 + i % 3, DAY) for i in range(ACTION_LINES))),
    }
    if key in VOICES:
        attempts = tuple(Attempt(DAY, content.line(i)) for i in range(content.many // 3))
        if key == VOICES[-1] and content is ORDINARY:
            return VoicePage(Reached.NOT_OBTAINED, "", t(1), None, attempts)
        return VoicePage(Reached.OBTAINED, t(0), t(1) if content is WORST else "", DAY, attempts)
    return fixed.get(key) or _section(framework.section(key), framework, content)


def _section(section: Section, framework: Framework, content: Content) -> SectionPage:
    sources = tuple(Source(content.line(i), DAY) for i in range(3))
    marks = {item.id: tuple(Mark)[i % 4] for i, item in enumerate(section.items)}
    tags = tuple(tag.id for tag in framework.tags)
    t = content.text
    return SectionPage(Grade.REQUIRES_IMPROVEMENT, t(0), t(1), t(2), sources, marks, tags)


def view(key: str, framework: Framework, content: Content, page: Page) -> PageView:
    """A page as its auditor opens it."""
    keys = page_keys(framework, has_contact_section=True)
    place = keys.index(key)
    return PageView(
        head=head(content),
        framework=framework,
        key=key,
        title=title_of(framework, key),
        body=page,
        version=3,
        number=place + 1,
        of=len(keys),
        previous=keys[place - 1] if place else "overview",
        following=keys[place + 1] if place + 1 < len(keys) else "everything",
        nonce="gallery",
        lookback_from=date(2025, 11, 1),
        lookback_to=date(2026, 5, 1),
        owners=owners(content),
        would_lift=content.text(3) if key == ACTIONS else "",
        suggested_action_day=date(2026, 6, 26),
        section_grades=tuple((s.title, framework.grade_label(Grade.GOOD)) for s in framework.sections),
    )


def owners(content: Content) -> tuple[PersonChoice, ...]:
    """Who may own an action; the first of the names is the auditor's."""
    parts = ("practitioner", "team manager", "manager")
    return tuple(PersonChoice(i, f"{content.name(i)} ({part})") for i, part in enumerate(parts, start=1))


def advice(key: str, framework: Framework) -> tuple[HintView, ...]:
    """What the coach says of a page like this one, in its own words."""
    found: tuple[Hint, ...]
    if key == OVERALL:
        found = hints("Strong.", "It seems visits were regular.", "", Grade.GOOD, None, framework)
    elif key in framework.section_keys:
        found = hints("Strong.", "Weekly visits.", "", Grade.GOOD, [("Home visit", DAY)], framework)
    else:
        found = hints_for_text(_TEXT_OF.get(key, "summary"), _NAMED, framework)
    return tuple(HintView(hint.field, hint.message, hint.blocking) for hint in found)


def pages(framework: Framework) -> Iterator[tuple[str, Card]]:
    """Every page in its states."""
    for key in page_keys(framework, has_contact_section=True):
        blank = type(body(key, framework, ORDINARY))()
        opened = replace(view(key, framework, ORDINARY, blank), version=0, would_lift="")
        yield f"page-{key}-blank", page_card(opened)
        filled = view(key, framework, ORDINARY, body(key, framework, ORDINARY))
        coached = replace(filled, saved_at=AT, just_saved=True, hints=advice(key, framework))
        yield f"page-{key}-saved", page_card(coached)
        yield f"page-{key}-dialog", page_card(replace(filled, mode=Mode.DIALOG))
        worst = view(key, framework, WORST, body(key, framework, WORST))
        yield f"page-{key}-worst", page_card(worst)
        refused = replace(worst, typed=typed(worst), hints=_errors(worst), saved_at=AT)
        yield f"page-{key}-refused-worst", page_card(refused)
        stale = replace(refused, other_version=worst.body, other_saved_at=AT)
        yield f"page-{key}-stale-worst", page_card(stale)
    for name, content in (("ordinary", ORDINARY), ("worst", WORST)):
        after = view("planning", framework, content, body("planning", framework, content))
        yield (
            f"page-after-hints-{name}",
            page_card(replace(after, left=left_page(framework, content), just_saved=True)),
        )
    inadequate = SectionPage(grade=Grade.INADEQUATE, judgement=ORDINARY.text(0))
    section = framework.section_keys[-1]
    yield "page-inadequate", page_card(view(section, framework, ORDINARY, inadequate))
    planned = view("planning", framework, ORDINARY, body("planning", framework, ORDINARY))
    stale = replace(
        planned,
        typed={"judgement": "Another text, typed on a phone.", "grade": "good"},
        other_version=planned.body,
        other_saved_at=AT,
    )
    yield "page-planning-stale", page_card(stale)
    started = ActionsPage((ActionLine(ORDINARY.text(3)),))
    below = replace(view(ACTIONS, framework, ORDINARY, started), version=0, overall_below_good=True)
    yield "page-actions-below-good", page_card(below)


def left_page(framework: Framework, content: Content) -> LeftPage:
    """The page before, with what the coach says of it."""
    said = tuple(hint.message for hint in advice("assessment", framework)) * (6 if content is WORST else 1)
    return LeftPage("assessment", title_of(framework, "assessment"), said)


def typed(shown: PageView) -> dict[str, str]:
    """What a person would have typed in every box of the page, at its limit."""
    return {field["id"]: _typed(field, number) for number, field in enumerate(inputs(page_card(shown)))}


def _typed(field: Element, number: int) -> str:
    if field["type"] == "Input.Text":
        return WORST.text(number) if field.get("isMultiline") else WORST.line(number)
    if field["type"] == "Input.ChoiceSet":
        return str(field["choices"][-1]["value"])
    return "31/5/26" if field["type"] == "Input.Date" else "true"


def inputs(card: Card) -> list[Element]:
    """The card's inputs, in order."""
    found: list[Element] = []

    def walk(nodes: list[Element]) -> None:
        for node in nodes:
            if str(node["type"]).startswith("Input."):
                found.append(node)
            walk(node.get("items", []))
            walk(node.get("columns", []))

    walk(card["body"])
    return found


def _errors(shown: PageView) -> tuple[HintView, ...]:
    """Something wrong with every field that can be; marks and tags are read kindly and never are."""
    wrong = [
        HintView(
            field["id"],
            f"“{field['label']}” can't be kept as it stands. Please use a role in place of a name.",
            blocking=True,
        )
        for field in inputs(page_card(shown))
        if not field["id"].startswith(("mark_", "tags"))
    ]
    coached = advice(shown.key, shown.framework)
    return (*wrong, HintView("", "This page can't be saved just now.", blocking=True), *coached * 6)
