"""The allocation, the overview, the review and what is left after submission."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cards.allocation import allocation_card, conflict_form, summary_for
from cards.gallery_content import ORDINARY
from cards.gallery_pages import head
from cards.guidance import guidance_card
from cards.overview import overview_card
from cards.review import review_card
from cards.submitted import submitted_card
from cards.views import (
    REVIEW,
    AllocationView,
    ConflictFormView,
    HintView,
    OverviewView,
    PageLink,
    Progress,
    ReviewPart,
    ReviewView,
    StepView,
    SubmittedView,
)
from domain.framework import Framework
from tests.cards.card_reading import buttons, inputs, nodes, payload, words

HEAD = head(ORDINARY)
STEPS = tuple(StepView(f"Step {n}", date(2026, 5, 3 * n), n == 1) for n in range(1, 8))


def allocation() -> AllocationView:
    return AllocationView(
        head=HEAD,
        auditor_name="Asha Imagined",
        practitioner_name="Bryn Sample",
        team_name="Brambles North",
        lookback_from=date(2025, 11, 1),
        lookback_to=date(2026, 5, 1),
        steps=STEPS,
        accept_by=date(2026, 5, 7),
        nonce="n1",
        owner_mri="29:asha",
    )


def overview(**changed: object) -> OverviewView:
    made = OverviewView(
        head=HEAD,
        practitioner_name="Bryn Sample",
        team_name="Brambles North",
        lookback_from=date(2025, 11, 1),
        lookback_to=date(2026, 5, 1),
        steps=STEPS,
        pages=(
            PageLink("journey", "The child's journey", Progress.DONE),
            PageLink("planning", "Planning", Progress.STARTED),
            PageLink("review", "Review of the plan", Progress.TODO),
        ),
        next_page="planning",
        accepted=True,
        nonce="n1",
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def part(key: str, text: str = "A text.", missing: tuple[str, ...] = ()) -> ReviewPart:
    return ReviewPart(key, key.capitalize(), (("Judgement", text),), "Good", missing)


@pytest.mark.rule("CA-05", "CA-07")
def test_the_allocation_says_what_by_when_and_how_far_back() -> None:
    said = words(allocation_card(allocation())).replace("\n", "")

    assert "Case: EX-20417" in said
    assert "Due: 31 May 2026" in said
    assert "Look back: from 1 November 2025 to 1 May 2026" in said
    assert "Please answer by 7 May 2026." in said


@pytest.mark.rule("CA-22")
def test_the_allocation_spreads_seven_steps_over_the_month() -> None:
    said = words(allocation_card(allocation()))

    assert [n for n in range(1, 8) if f"{n}. Step {n}" in said] == [1, 2, 3, 4, 5, 6, 7]
    assert "21 May 2026" in said


@pytest.mark.rule("PR-01")
def test_the_allocation_opens_with_the_child() -> None:
    body = allocation_card(allocation())["body"]

    assert "What is life like for this child" in words(body[1])
    assert "EX-20417" not in words(body[:2])


@pytest.mark.rule("SG-02")
def test_the_allocation_offers_to_accept_first_then_a_conflict_guidance_and_the_alert() -> None:
    pressed = buttons(allocation_card(allocation()))

    assert list(pressed) == ["Accept", "Declare a conflict", "Guidance", "Raise a safety alert"]
    assert payload(pressed["Accept"]) == {"verb": "accept", "v": 1, "audit_id": 7, "nonce": "n1"}


@pytest.mark.rule("SG-01")
def test_the_preview_of_an_allocation_names_neither_case_nor_person() -> None:
    assert summary_for(allocation()) == "There is an audit for you, due 31 May 2026."


def test_a_conflict_is_given_back_what_was_typed_with_what_is_wrong_beside_it() -> None:
    wrong = (HintView("reason", "please say a little more.", blocking=True),)

    shown = conflict_form(ConflictFormView(HEAD, "n", "Because", wrong))

    assert inputs(shown)["reason"]["value"] == "Because"
    assert inputs(shown)["reason"]["isRequired"] is True
    assert "Please change: please say a little more." in words(shown)
    assert buttons(shown)["Go back"]["associatedInputs"] == "none"


def test_the_overview_says_how_far_it_is_and_leads_to_the_next_page_first() -> None:
    shown = overview_card(overview())
    pressed = buttons(shown)

    assert "1 of 3 pages done." in words(shown)
    assert next(iter(pressed)) == "Continue: Planning"
    assert payload(pressed["Continue: Planning"])["page"] == "planning"


def test_progress_is_said_in_words_beside_the_bar() -> None:
    said = words(overview_card(overview()))

    for word in ("✓ done", "◐ started", "○ to do"):
        assert word in said


def test_once_every_page_is_done_the_overview_leads_to_the_last_look_and_not_to_a_section() -> None:
    first = next(iter(buttons(overview_card(overview(next_page=REVIEW))).values()))

    assert first["title"] == "Check everything and submit"
    assert payload(first)["page"] == "everything"


@pytest.mark.rule("SG-01")
def test_the_stored_overview_names_no_case_person_or_team_and_refreshes_for_its_owner_alone() -> None:
    stored = overview_card(overview(case_free=True, owner_mri="29:asha"))

    for name in ("EX-20417", "Bryn Sample", "Brambles North"):
        assert name not in str(stored)
    assert stored["refresh"]["userIds"] == ["29:asha"]
    assert stored["refresh"]["action"]["verb"] == "overview"


def test_an_answer_to_a_press_never_asks_to_be_refreshed() -> None:
    assert "refresh" not in overview_card(overview(owner_mri="29:asha"))


@pytest.mark.rule("SG-02")
def test_before_accepting_there_is_no_page_to_open_and_an_alert_can_be_raised() -> None:
    assert list(buttons(overview_card(overview(accepted=False)))) == [
        "Accept",
        "Declare a conflict",
        "Guidance",
        "Raise a safety alert",
    ]


@pytest.mark.rule("CA-22")
def test_times_for_the_calendar_are_offered_from_acceptance_to_submission() -> None:
    title = "Times for my calendar"

    offered = payload(buttons(overview_card(overview()))[title])

    assert offered == {"verb": "holds", "v": 1, "audit_id": 7, "nonce": "n1"}
    for other in (overview(accepted=False), overview(head=replace(HEAD, submitted=True))):
        assert title not in buttons(overview_card(other))


@pytest.mark.rule("GR-04", "SG-02")
def test_the_overview_after_an_inadequate_page_offers_the_alert() -> None:
    assert "Raise a safety alert now" in buttons(overview_card(overview(offer_safety=True)))


def test_nothing_can_be_submitted_while_something_is_missing() -> None:
    view = ReviewView(HEAD, (part("journey"), part("planning", missing=("The impact.", "A source."))), 9, "n")

    shown = review_card(view)

    assert "Submit and share" not in buttons(shown)
    assert "Two things are still missing" in words(shown)
    assert "•  The impact." in words(shown)
    assert payload(buttons(shown)["Go there"])["page"] == "planning"


@pytest.mark.rule("CA-16")
def test_a_complete_audit_can_be_submitted_as_it_stands_and_says_who_receives_it() -> None:
    shown = review_card(ReviewView(HEAD, (part("journey"), part("planning")), 9, "n"))

    assert payload(buttons(shown)["Submit and share"]) == {
        "verb": "submit",
        "v": 1,
        "audit_id": 7,
        "version": 9,
        "nonce": "n",
    }
    for receiver in ("practitioner", "line manager", "team manager", "QA office"):
        assert receiver in words(shown)


def test_a_review_too_long_for_one_card_says_how_much_more_there_is_and_where() -> None:
    parts = tuple(part(f"part{n}", "word " * 800) for n in range(16))

    said = words(review_card(ReviewView(HEAD, parts, 9, "n")))

    assert "more characters: open the page to read it all." in said


def test_a_review_that_fits_shows_every_word() -> None:
    shown = review_card(ReviewView(HEAD, (part("planning", "word " * 700 + "end."),), 9, "n"))

    assert "end." in words(shown)


def test_after_submission_the_stored_card_says_when_and_to_whom_and_no_grade() -> None:
    view = SubmittedView(7, datetime(2026, 5, 31, 9, 0, tzinfo=UTC), True, "", ("practitioner", "QA office"))

    said = words(submitted_card(view))

    assert "31 May 2026 at 10:00, in good time" in said
    assert "Shared with: practitioner, QA office." in said
    assert "grade" not in said


@pytest.mark.parametrize("topic", ["start", "grades", "writing", "planning", "something else"])
def test_guidance_answers_every_topic_and_leads_back(topic: str, framework: Framework) -> None:
    shown = guidance_card(framework, topic, audit_id=7)

    assert any(node.get("style") == "heading" for node in nodes(shown))
    assert payload(buttons(shown)["Back to the audit"])["audit_id"] == 7


@pytest.mark.rule("WH-02", "WH-07")
def test_guidance_on_writing_gives_every_hint(framework: Framework) -> None:
    said = words(guidance_card(framework, "writing"))

    for hint in framework.writing_hints.values():
        assert hint in said
    assert "Back to the audit" not in said
