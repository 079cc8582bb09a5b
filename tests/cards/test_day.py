"""The card of a person's day: the child first, the worst next, no more than a phone holds."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cards.assembly_day import day_view
from cards.day import MOST_LINES, MOST_ON_CARD, WEEK_PAGE, WHY, day_card, summary_for, week_card
from cards.gallery import gallery
from cards.payloads import OpenOverview, ReadShared, ShowMyAudits
from cards.payloads_actions import ShowAction
from cards.payloads_day import AskHolds, AskPutOff, ShowDay, ShowTeamWeek, ShowTried
from cards.views_day import DayLine, DayView, WeekView
from domain.audits import Audit, AuditState
from domain.day import ESCALATION, MOST_WEEK_LINES, TEAM_ACTION, Day, DayItem
from domain.framework import Framework
from domain.nudges import About
from tests.cards.card_reading import buttons, nodes, payload, words

TODAY = date(2026, 6, 3)
LETTERS_IN_A_ROW = 24
"""As many letters on two buttons as fit beside each other in 320 pixels."""


def an_audit(audit_id: int = 7) -> Audit:
    return Audit(
        id=audit_id,
        round_id=1,
        case_id=1,
        case_reference="CF-1001",
        auditor_id=3,
        practitioner_id=5,
        team_id=1,
        state=AuditState.ACCEPTED,
        framework_version="1.0",
        allocated_on=date(2026, 5, 1),
        due_on=date(2026, 5, 31),
        lookback_from=date(2025, 11, 1),
        has_contact_section=False,
    )


def a_line(number: int = 0, days_left: int = 2) -> DayLine:
    return DayLine(
        title=f"Thing {number}",
        detail="",
        due_on=TODAY + timedelta(days=days_left),
        days_left=days_left,
        button=("Continue", OpenOverview(number)),
    )


def a_day(*lines: DayLine, weeks: tuple[WeekView, ...] = ()) -> DayView:
    return DayView(
        TODAY, lines, weeks, put_off=0, can_put_off=False, holds_audit_id=None, nonce="n", owner_mri=""
    )


@pytest.mark.rule("PR-01")
def test_the_day_opens_with_the_child_before_anything_else() -> None:
    said = [str(node.get("text")) for node in nodes(day_card(a_day(a_line()))["body"]) if node.get("text")]

    assert said[:2] == ["Your day", WHY]
    assert "child" in WHY


@pytest.mark.rule("CA-06", "CA-23", "PR-02")
@pytest.mark.parametrize(
    ("number", "hidden", "later"),
    [
        (1, 0, ""),
        (MOST_LINES, 0, ""),
        (MOST_LINES + 2, 2, ""),
        (MOST_ON_CARD, MOST_ON_CARD - MOST_LINES, ""),
        (MOST_ON_CARD + 3, MOST_ON_CARD - MOST_LINES, "And 3 more will show here as you finish these."),
    ],
)
def test_a_phone_shows_the_first_few_and_one_press_on_the_same_card_the_rest(
    number: int, hidden: int, later: str
) -> None:
    card = day_card(a_day(*(a_line(n) for n in range(number))))

    rest = [node for node in nodes(card) if node.get("isVisible") is False]
    assert words(card).count("Thing ") == min(number, MOST_ON_CARD)
    assert sum(words(box).count("Thing ") for box in rest) == hidden
    shows = [node for node in nodes(card) if node.get("type") == "Action.ToggleVisibility"]
    assert [one["title"] for one in shows] == ([f"Show {hidden} more"] if hidden else [])
    assert [one["targetElements"] for one in shows] == [[box["id"]] for box in rest]
    assert ("will show here" in words(card)) is bool(later)
    assert later in words(card)
    assert payload(buttons(card)["My audits"]) == ShowMyAudits().pack()["plumbline"]


@pytest.mark.parametrize(
    ("days_left", "said"),
    [(-3, "3 days overdue"), (-1, "1 day overdue"), (0, "Due today"), (1, "1 day left")],
)
def test_each_thing_says_how_long_it_has(days_left: int, said: str) -> None:
    assert said in words(day_card(a_day(a_line(days_left=days_left))))


def test_what_should_have_come_before_is_owned_up_to() -> None:
    late = replace(a_line(), late=True)

    assert "Sorry" in words(day_card(a_day(late)))
    assert "Sorry" not in words(day_card(a_day(a_line())))


def test_a_finished_day_says_thank_you() -> None:
    assert "Nothing is left to do. Thank you" in words(day_card(a_day()))


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    ("number", "said"), [(0, "Nothing is left to do."), (2, "Your day: 2 things to do.")]
)
def test_the_preview_counts_and_names_nothing(number: int, said: str) -> None:
    assert summary_for(a_day(*(a_line(n) for n in range(number)))) == said


def test_the_stored_card_is_refreshed_for_its_owner_alone() -> None:
    card = day_card(replace(a_day(a_line()), owner_mri="29:3"))

    assert card["refresh"]["userIds"] == ["29:3"]
    assert card["refresh"]["action"]["data"] == ShowDay("2026-06-03").pack()
    assert "refresh" not in day_card(a_day(a_line()))


@pytest.mark.rule("CA-22")
def test_snooze_and_calendar_holds_are_offered_where_they_apply() -> None:
    some = buttons(day_card(replace(a_day(a_line()), can_put_off=True, holds_audit_id=7)))
    none = buttons(day_card(a_day(a_line())))

    assert payload(some["Put off…"]) == AskPutOff("2026-06-03").pack()["plumbline"]
    assert payload(some["For my calendar"]) == AskHolds(7, "n").pack()["plumbline"]
    assert {"Put off…", "For my calendar"} & set(none) == set()


@pytest.mark.rule("CA-23")
def test_a_long_week_is_cut_on_the_day_and_paged_in_full() -> None:
    many = tuple(a_line(n) for n in range(WEEK_PAGE + 5))
    week = WeekView(4, "Conifers 1", len(many), 3, many, ())

    on_day = day_card(a_day(weeks=(week,)))
    first, second = week_card(week, back="2026-06-03"), week_card(replace(week, start=WEEK_PAGE), back="d")

    assert words(on_day).count("Thing ") == MOST_WEEK_LINES
    assert payload(buttons(on_day)["See all"]) == ShowTeamWeek(4, 0).pack()["plumbline"]
    assert (words(first).count("Thing "), words(second).count("Thing ")) == (WEEK_PAGE, 5)
    assert payload(buttons(first)["More"]) == ShowTeamWeek(4, WEEK_PAGE).pack()["plumbline"]
    assert payload(buttons(second)["Earlier"]) == ShowTeamWeek(4, 0).pack()["plumbline"]


@pytest.mark.rule("PR-02", "SG-01")
@pytest.mark.parametrize(
    ("about", "title", "button"),
    [
        (About.ACCEPT.value, "A new audit to accept", ("Accept…", OpenOverview(7))),
        (About.AUDIT.value, "Your audit", ("Continue", OpenOverview(7))),
        (About.COMMENT.value, "Your comments on", ("Comment", ReadShared(7, "summary"))),
        (About.REVIEW.value, "An audit in your team", ("Review", ReadShared(7, "summary"))),
        (About.ACTION.value, "An action agreed", ("See the action", ShowAction(7))),
        (ESCALATION, "Alex Auditor's audit is overdue", ("See what was tried", ShowTried(7))),
        (TEAM_ACTION, "An action of Alex Auditor", ("See the action", ShowAction(7))),
    ],
)
def test_each_thing_has_its_own_words_and_button_and_names_no_case(
    about: str, title: str, button: tuple[str, object]
) -> None:
    item = DayItem(about, 7, an_audit(), date(2026, 6, 5), overdue=False, owner="Alex Auditor")

    view = day_view(Day((item,), (), 0, None), on=TODAY, today=TODAY, auditors={}, nonce="n")

    (line,) = view.lines
    assert line.title.startswith(title)
    assert line.button == button
    assert "CF-1001" not in str(day_card(view))


@pytest.mark.rule("PR-02")
@pytest.mark.parametrize("name", ["day", "day-with-week", "team-week", "tried", "decision", "put-off"])
def test_on_a_phone_buttons_stand_under_the_text_and_short_rows_hold_them(
    name: str, framework: Framework
) -> None:
    for card in (gallery(framework)[f"{name}-{state}"] for state in ("ordinary", "worst")):
        rows = [node["actions"] for node in nodes(card) if node["type"] == "ActionSet"]

        assert rows
        assert not [node for node in nodes(card) if node["type"] == "ColumnSet"]
        wide = [r for r in rows if len(r) > 1 and sum(len(b["title"]) for b in r) > LETTERS_IN_A_ROW]
        assert [r for r in rows if len(r) > 2] == wide == []
