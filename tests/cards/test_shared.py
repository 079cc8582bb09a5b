"""The shared audit for each reader, and the safety alert."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cards.gallery_content import ORDINARY
from cards.gallery_pages import head
from cards.safety import safety_alert_card, safety_form
from cards.safety import summary_for as alert_summary
from cards.shared import shared_card, shared_notice_card, summary_for
from cards.views import (
    HintView,
    ReviewPart,
    SafetyAlertView,
    SafetyFormView,
    SharedNoticeView,
    SharedView,
)
from domain.permissions import TABLE, Capacity, Verb
from tests.cards.card_reading import Node, buttons, inputs, nodes, payload, words

AT = datetime(2026, 5, 29, 14, 20, tzinfo=UTC)
LONG = "word " * 700 + "the end."

JOURNEY = (("Journey", "J."), ("What matters most now", "To sleep at home."))

VIEW = SharedView(
    head=replace(head(ORDINARY), submitted=True),
    auditor_name="Asha Imagined",
    practitioner_name="Bryn Sample",
    team_name="Brambles North",
    submitted_at=AT,
    overall_label="Good",
    parts=(
        ReviewPart("journey", "The child's journey", JOURNEY, "", ()),
        ReviewPart("planning", "Planning", (("Judgement", LONG),), "Requires improvement", ()),
        ReviewPart("overall", "Overall", (("Judgement", "Steady help."), ("Grade", "Good")), "Good", ()),
    ),
    part="summary",
    actions=((LONG, "Bryn Sample", date(2026, 6, 26)),),
    comment="",
    can_comment=False,
    comment_by=date(2026, 6, 5),
    can_review=False,
    review_by=date(2026, 6, 8),
    reviewed="",
    nonce="n1",
    reader="line_manager",
)
ALERT = SafetyAlertView(
    alert_id=4,
    reference="EX-20417",
    team_name="Brambles North",
    raised_by="Asha Imagined",
    raised_at=AT,
    concern="Alone at night.",
    duty_phone="01632 960001",
    out_of_hours_phone="01632 960002",
    acknowledged=(),
    can_acknowledge=True,
    escalated=False,
    nonce="n1",
)


@pytest.mark.rule("PR-01")
def test_the_shared_audit_opens_with_what_matters_to_the_child_and_not_with_the_grade() -> None:
    body = shared_card(VIEW)["body"]

    assert "To sleep at home." in words(body[2])
    assert "Good" not in words(body[:3])
    assert "Overall grade: \nGood" in words(body)


@pytest.mark.parametrize("key", ["journey", "planning", "overall", "actions", "comment"])
def test_every_part_can_be_read_in_full_and_leads_on(key: str) -> None:
    shown = shared_card(replace(VIEW, comment=LONG, part=key))

    lines = {
        "journey": "To sleep at home.",
        "overall": "Steady help.",
    }
    assert lines.get(key, "the end.") in words(shown)
    assert payload(buttons(shown)["Summary"])["part"] == "summary"


def test_the_summary_lists_every_part_with_its_grade() -> None:
    shown = shared_card(replace(VIEW, comment="Thank you."))
    listed = next(node for node in nodes(shown) if node.get("id") == "parts")

    reads = [payload(n)["part"] for n in nodes(listed) if n["type"] == "Action.Execute"]
    assert reads == ["journey", "planning", "overall", "actions", "comment"]
    assert "Requires improvement" in words(listed)


def test_a_part_that_is_not_there_gives_the_summary() -> None:
    assert shared_card(replace(VIEW, part="gone")) == shared_card(VIEW)


@pytest.mark.rule("CA-17", "Q26")
def test_the_practitioner_can_comment_and_add_to_it_and_hears_by_when() -> None:
    shown = shared_card(replace(VIEW, can_comment=True, comment="First thoughts."))

    assert payload(buttons(shown)["Add my comment"])["verb"] == "comment"
    assert "value" not in inputs(shown)["comment"]
    assert "First thoughts." in words(shown)
    assert "5 June 2026" in words(shown)


@pytest.mark.rule("CA-18")
def test_the_team_manager_reviews_and_nominates_or_not_with_a_reason() -> None:
    pressed = buttons(shown := shared_card(replace(VIEW, can_review=True)))

    assert payload(pressed["Nominate for moderation"])["nominate"] is True
    assert payload(pressed["Reviewed, no need to nominate"])["nominate"] is False
    assert "associatedInputs" not in pressed["Nominate for moderation"]
    assert list(inputs(shown)) == ["review_reason"]
    assert "8 June 2026" in words(shown)


@pytest.mark.rule("CA-18", "MO-21")
def test_what_the_panel_has_looked_at_is_not_put_forward_again() -> None:
    pressed = buttons(shared_card(replace(VIEW, can_review=True, panel_grade="Good")))

    assert payload(pressed["I have reviewed it"])["nominate"] is False
    assert "Nominate for moderation" not in pressed


def test_others_read_and_have_nothing_to_fill() -> None:
    shown = shared_card(replace(VIEW, comment="Thank you.", reviewed="Carys Pretend has read this audit."))

    assert inputs(shown) == {}
    assert "Thank you." in words(shown)
    assert "Carys Pretend has read this audit." in words(shown)


def test_a_refused_comment_keeps_its_words_and_says_why() -> None:
    wrong = (HintView("comment", "this is empty of words.", blocking=True),)

    shown = shared_card(replace(VIEW, can_comment=True, typed={"comment": "…"}, errors=wrong))

    assert inputs(shown)["comment"]["value"] == "…"
    assert "Please change: this is empty of words." in words(shown)


@pytest.mark.rule("CA-16", "Q30")
@pytest.mark.parametrize("reader", list(Capacity))
def test_the_notice_has_words_for_every_reader_and_names_no_case(reader: Capacity) -> None:
    view = SharedNoticeView(7, reader.value, "Asha Imagined", AT, date(2026, 6, 5))

    shown = shared_notice_card(view)

    assert payload(buttons(shown)["Read the audit"]) == {
        "verb": "shared",
        "v": 1,
        "audit_id": 7,
        "part": "summary",
    }
    assert summary_for(view).endswith(".")
    assert "EX-20417" not in str(shown)


def alert(**changed: object) -> Node:
    return safety_alert_card(replace(ALERT, **changed))  # type: ignore[arg-type]


@pytest.mark.rule("Q16", "SG-02")
def test_the_alert_gives_both_numbers_and_says_that_it_replaces_no_call() -> None:
    form = safety_form(SafetyFormView(head(ORDINARY), "01632 960001", "01632 960002", "n1"))

    for shown in (form, alert()):
        assert "01632 960001" in words(shown)
        assert "01632 960002" in words(shown)
        assert "call 999" in words(shown)
    assert "It does not replace your call." in words(form)


@pytest.mark.rule("Q16")
def test_the_alert_can_be_taken_on_and_shows_who_did() -> None:
    open_alert = alert()
    seen = alert(acknowledged=(("Carys Pretend", AT),), can_acknowledge=False, escalated=True)

    assert payload(buttons(open_alert)["I have seen this and am acting on it"])["alert_id"] == 4
    assert "Nobody has said yet" in words(open_alert)
    assert "Carys Pretend, 29 May 2026 at 15:20" in words(seen)
    assert "beyond the team and the service" in words(seen)
    assert buttons(seen) == {}


@pytest.mark.rule("SG-02")
@pytest.mark.parametrize("part", ["summary", "planning"])
@pytest.mark.parametrize("reader", list(Capacity))
def test_the_alert_is_offered_to_exactly_those_who_may_raise_one(reader: Capacity, part: str) -> None:
    drawn = shared_card(replace(VIEW, reader=reader, part=part))

    assert ("Raise a safety alert" in buttons(drawn)) is (reader in TABLE[Verb.RAISE_SAFETY])
    assert not TABLE[Verb.RAISE_SAFETY] >= set(Capacity)


@pytest.mark.rule("CA-16")
@pytest.mark.parametrize("parts", [VIEW.parts, ()])
@pytest.mark.parametrize("reader", list(Capacity))
def test_a_word_copy_is_offered_to_exactly_those_who_may_read(
    reader: Capacity, parts: tuple[ReviewPart, ...]
) -> None:
    drawn = shared_card(replace(VIEW, reader=reader, parts=parts))

    assert ("Word copy" in buttons(drawn)) is (reader in TABLE[Verb.READ_SHARED])


@pytest.mark.parametrize("asked_for", ["can_comment", "can_review"])
def test_asking_for_a_copy_takes_along_what_is_being_typed(asked_for: str) -> None:
    typing = buttons(shared_card(replace(VIEW, **{asked_for: True})))["Word copy"]  # type: ignore[arg-type]
    reading = buttons(shared_card(VIEW))["Word copy"]

    assert "associatedInputs" not in typing
    assert reading["associatedInputs"] == "none"
    assert payload(typing) == {"verb": "copy", "v": 1, "audit_id": VIEW.head.audit_id, "nonce": "n1"}


def test_what_came_of_the_last_press_stands_at_the_top() -> None:
    body = shared_card(replace(VIEW, message="It is on its way."))["body"]

    assert "It is on its way." in words(body[0])


@pytest.mark.rule("SG-01")
def test_the_preview_of_an_alert_names_no_case_and_no_worry() -> None:
    assert alert_summary(ALERT) == alert()["fallbackText"] == "Safety alert: please open this now."


def test_the_form_leads_back_to_the_page_it_was_opened_from() -> None:
    form = SafetyFormView(head(ORDINARY), "1", "2", "n1", page="planning")

    back = payload(buttons(safety_form(form))["Go back"])
    without = payload(buttons(safety_form(replace(form, page="")))["Go back"])
    shared = replace(form, head=replace(form.head, submitted=True), page="planning")
    part = payload(buttons(safety_form(shared))["Go back"])
    summary = payload(buttons(safety_form(replace(shared, page="")))["Go back"])

    assert (back["verb"], back["page"]) == ("page", "planning")
    assert without["verb"] == "overview"
    assert (part["verb"], part["part"]) == ("shared", "planning")
    assert (summary["verb"], summary["part"]) == ("shared", "summary")


@pytest.mark.rule("PR-01")
@pytest.mark.parametrize("reader", [*Capacity, "somebody"])
def test_the_notice_of_a_shared_audit_says_first_that_it_is_about_a_child(reader: str) -> None:
    body = shared_notice_card(SharedNoticeView(7, reader, "Asha Imagined", AT, None))["body"]

    assert "child" in words(body[1]).split(".")[0]
