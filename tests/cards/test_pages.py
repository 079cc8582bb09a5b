"""What each page of an audit shows, rule by rule."""

from dataclasses import replace
from typing import Any

import pytest

from cards.fields import typed_error
from cards.gallery_content import ORDINARY
from cards.gallery_pages import AT, body, view
from cards.page import page_card
from cards.views import HintView
from domain.framework import Framework
from domain.grades import Grade
from domain.pages import (
    ACTIONS,
    FILE,
    JOURNEY,
    OVERALL,
    VOICES,
    ActionsPage,
    FilePage,
    OverallPage,
    SectionPage,
    page_keys,
)
from tests.cards.card_reading import Node, buttons, inputs, nodes, payload, words


def page(key: str, framework: Framework, **changed: Any) -> Node:
    blank = type(body(key, framework, ORDINARY))()
    return page_card(replace(view(key, framework, ORDINARY, blank), **changed))


@pytest.mark.rule("PR-01")
def test_every_page_opens_with_the_child_and_asks_for_the_grade_last(framework: Framework) -> None:
    for key in page_keys(framework, has_contact_section=True):
        body = page(key, framework)["body"]
        question = words(body[2])

        assert any(word in question for word in ("child", "who sees to it")), key
        assert "Input." not in str(body[:3]), key
        order = list(inputs(page(key, framework)))
        assert "grade" not in order or order[-1] == "grade", key


@pytest.mark.rule("CA-07")
def test_the_file_page_prints_the_window_to_look_back(framework: Framework) -> None:
    said = words(page(FILE, framework)).replace("\n", "")

    assert "Look back 6 months: from 1 November 2025 to 1 May 2026." in said


@pytest.mark.rule("CA-08")
def test_the_file_page_asks_for_the_day_the_file_was_read(framework: Framework) -> None:
    shown = page_card(view(FILE, framework, ORDINARY, FilePage(read_on=AT.date())))

    assert inputs(shown)["read_on"]["type"] == "Input.Date"
    assert inputs(shown)["read_on"]["value"] == "2026-05-19"


@pytest.mark.rule("CA-09", "CA-10", "CA-11")
@pytest.mark.parametrize("key", VOICES)
def test_each_voice_asks_for_the_outcome_or_the_reason_and_for_each_try(
    key: str, framework: Framework
) -> None:
    fields = inputs(page(key, framework))

    assert list(fields) == ["reached", "on", "summary", "reason", "attempt_how", "attempt_on"]
    assert [c["value"] for c in fields["reached"]["choices"]] == ["obtained", "not_obtained"]


@pytest.mark.rule("CA-13")
def test_each_section_prompts_for_evidence_impact_experience_purpose_and_pace(framework: Framework) -> None:
    for section in framework.sections:
        said = words(page(section.key, framework)["body"][2])

        for prompt in (
            "evidence",
            "difference",
            "felt to the child",
            "decisions explained",
            "purpose",
            "pace",
        ):
            assert prompt in said, section.key


@pytest.mark.rule("CA-14")
def test_supervision_and_oversight_has_its_graded_page_in_every_audit(framework: Framework) -> None:
    for recent_contact in (True, False):
        keys = page_keys(framework, has_contact_section=recent_contact)

        assert "oversight" in keys
    assert {"judgement", "action", "impact", "grade"} <= set(inputs(page("oversight", framework)))


@pytest.mark.rule("GR-01", "GR-02", "GR-03", "GR-04", "GR-05", "CA-15")
@pytest.mark.parametrize("key", ["planning", OVERALL])
def test_each_grade_stands_with_its_definition(key: str, framework: Framework) -> None:
    grade = inputs(page(key, framework))["grade"]

    assert grade["style"] == "expanded"
    assert grade["wrap"] is True
    assert [(c["value"], c["title"]) for c in grade["choices"]] == [
        (text.grade.value, f"{text.label}: {text.definition}") for text in framework.grades
    ]
    assert len(grade["choices"]) == len(Grade)


def items(section: str, prefix: str, last: int) -> Any:
    """A section with the rules that are its items."""
    return pytest.param(section, marks=pytest.mark.rule(*(f"GL-{prefix}{n}" for n in range(1, last + 1))))


@pytest.mark.parametrize(
    "key",
    [
        items("contact", "C", 6),
        items("recording", "R", 8),
        items("assessment", "A", 10),
        items("planning", "P", 12),
        items("review", "V", 5),
        items("oversight", "M", 4),
        items("impact", "I", 2),
        items("feedback", "F", 3),
    ],
)
def test_every_item_of_a_section_stands_beside_the_writing_behind_one_press(
    key: str, framework: Framework
) -> None:
    shown = page(key, framework)
    guide = next(node for node in nodes(shown) if node.get("id") == "guide")
    section = framework.section(key)

    assert buttons(shown)[f"What good looks like ({len(section.items)})"]["targetElements"] == ["guide"]
    assert guide["isVisible"] is False
    for item in section.items:
        assert item.text in words(guide)
        assert inputs(shown)[f"mark_{item.id}"]["label"] == item.text


def test_marks_and_tags_are_offered_and_never_asked_for(framework: Framework) -> None:
    fields = inputs(page("planning", framework))
    optional = [f for name, f in fields.items() if name.startswith("mark_") or name == "tags"]

    assert len(optional) == len(framework.section("planning").items) + 1
    assert not any("isRequired" in field for field in optional)


@pytest.mark.rule("GP-01", "GP-02", "GP-03", "GP-04", "GP-05", "GP-06")
def test_the_components_of_good_practice_are_offered_as_tags(framework: Framework) -> None:
    tags = inputs(page("planning", framework))["tags"]

    assert tags["isMultiSelect"] is True
    assert [c["value"] for c in tags["choices"]] == ["GP-01", "GP-02", "GP-03", "GP-04", "GP-05", "GP-06"]


@pytest.mark.rule("WH-01")
def test_the_journey_page_asks_what_matters_most_to_this_child_now(framework: Framework) -> None:
    fields = inputs(page(JOURNEY, framework))

    assert list(fields) == ["journey", "matters_most"]
    assert "matters most to this child now" in fields["matters_most"]["label"]


@pytest.mark.rule("WH-03")
def test_the_rationale_has_three_boxes_whose_labels_join_into_a_sentence(framework: Framework) -> None:
    fields = inputs(page("planning", framework))

    labels = [fields[name]["label"].split(":")[0].split(" ")[0] for name in ("judgement", "action", "impact")]
    assert labels == ["Judgement", "Because", "So"]
    assert "so that, leading to" in fields["impact"]["label"]


@pytest.mark.rule("WH-05")
def test_a_section_has_room_for_three_sources_each_with_its_day(framework: Framework) -> None:
    fields = inputs(page("planning", framework))

    for number in (1, 2, 3):
        assert fields[f"source_{number}"]["type"] == "Input.Text"
        assert fields[f"source_on_{number}"]["type"] == "Input.Date"


@pytest.mark.rule("WH-04", "WH-06")
def test_the_guidance_reminds_of_standards_and_of_risk(framework: Framework) -> None:
    guide = next(node for node in nodes(page("planning", framework)) if node.get("id") == "guide")

    assert framework.writing_hints["WH-04"] in words(guide)
    assert framework.writing_hints["WH-06"] in words(guide)


@pytest.mark.rule("WH-08")
def test_the_overall_page_asks_what_would_make_it_better(framework: Framework) -> None:
    assert (
        "good or, if it is good already, outstanding" in inputs(page(OVERALL, framework))["better"]["label"]
    )


@pytest.mark.rule("Q24")
def test_the_overall_grade_is_the_auditors_and_never_worked_out_for_them(framework: Framework) -> None:
    shown = page(OVERALL, framework, body=OverallPage())

    assert "value" not in inputs(shown)["grade"]
    assert "never worked out as an average" in words(shown)


@pytest.mark.rule("CA-24")
def test_below_good_an_action_is_asked_for_and_none_can_not_be_ticked(framework: Framework) -> None:
    good = inputs(page(ACTIONS, framework))
    below = page(ACTIONS, framework, overall_below_good=True)

    assert "none_needed" in good
    assert "none_needed" not in inputs(below)
    assert "please agree at least one action" in words(below)


@pytest.mark.rule("CA-23", "Q15")
def test_each_action_has_an_owner_and_a_day_and_a_usual_day_is_suggested(framework: Framework) -> None:
    shown = page(ACTIONS, framework)
    fields = inputs(shown)

    for number in (1, 2, 3, 4):
        assert fields[f"action_owner_{number}"]["choices"][0]["title"] == "Bryn Sample (practitioner)"
        assert fields[f"action_due_{number}"]["type"] == "Input.Date"
    assert "26 June 2026" in words(shown)


@pytest.mark.rule("SG-02")
def test_every_page_leads_to_a_safety_alert_with_what_was_typed(framework: Framework) -> None:
    for key in page_keys(framework, has_contact_section=True):
        button = buttons(page(key, framework))["Raise a safety alert"]

        assert payload(button) == {"verb": "safety_form", "v": 1, "audit_id": 7, "page": key, "version": 3}
        assert "associatedInputs" not in button


@pytest.mark.rule("GR-04", "Q16")
@pytest.mark.parametrize(
    ("grade", "typed", "offered"),
    [
        (Grade.INADEQUATE, None, True),
        (Grade.REQUIRES_IMPROVEMENT, None, False),
        (None, {"grade": "inadequate"}, True),
        (Grade.INADEQUATE, {"grade": "good"}, False),
        (None, None, False),
    ],
)
def test_choosing_inadequate_offers_the_alert_in_words(
    grade: Grade | None, typed: dict[str, str] | None, offered: bool, framework: Framework
) -> None:
    shown = page("planning", framework, body=SectionPage(grade=grade), typed=typed)

    assert ("Raise a safety alert now" in buttons(shown)) is offered


def test_the_offer_also_follows_to_the_next_page(framework: Framework) -> None:
    shown = page(JOURNEY, framework, offer_safety=True)

    assert "Is this child safe today?" in words(shown)


def test_saving_leads_on_back_to_the_overview_or_to_the_last_look(framework: Framework) -> None:
    planning = buttons(page("planning", framework))
    actions = buttons(page(ACTIONS, framework, body=ActionsPage()))

    assert payload(planning["Save and continue"])["then"] == "review"
    assert payload(planning["Save and see overview"])["then"] == "overview"
    assert payload(actions["Save and check everything"])["then"] == "everything"
    assert payload(planning["Save and continue"])["version"] == 3


def test_an_error_stands_under_its_field_and_a_hint_in_the_friendly_box(framework: Framework) -> None:
    hints = (
        HintView("grade", "A grade needs its reasons.", blocking=True),
        HintView("impact", "So what did it change?"),
    )

    made = page("planning", framework, typed={"grade": "good"}, hints=hints)["body"]

    place = next(i for i, node in enumerate(made) if node.get("id") == "grade")
    assert words(made[place + 1]) == "Please change: A grade needs its reasons."
    assert made[3]["style"] == "attention"
    assert "What you typed is still here" in words(made[3])
    assert "So what did it change?" in words(made[3])
    assert "A grade needs its reasons." not in words(made[3])


def test_an_error_that_asks_already_is_not_asked_for_twice() -> None:
    assert words(typed_error("Please say in a sentence why.")) == "Please say in a sentence why."


def test_after_a_save_hints_are_counted_in_words(framework: Framework) -> None:
    hints = (HintView("impact", "So what?"), HintView("source_3", "A third source?"))

    said = words(page("planning", framework, just_saved=True, hints=hints)["body"][3])

    assert said.startswith("Saved.\nTwo things would make this stronger:")


def test_typed_text_is_shown_instead_of_what_is_saved(framework: Framework) -> None:
    saved = SectionPage(judgement="Saved.", action="Saved too.")

    fields = inputs(page("planning", framework, body=saved, typed={"judgement": "Typed."}))

    assert fields["judgement"]["value"] == "Typed."
    assert "value" not in fields["action"]


def test_a_stale_save_shows_the_other_text_and_keeps_the_typed_one_in_its_box(framework: Framework) -> None:
    other = SectionPage(judgement="Written on the laptop.")

    shown = page(
        "planning",
        framework,
        typed={"judgement": "Written on the bus."},
        other_version=other,
        other_saved_at=AT,
    )

    assert inputs(shown)["judgement"]["value"] == "Written on the bus."
    assert "Written on the laptop." in words(shown)
    assert "19 May 2026 at 14:05" in words(shown)


def test_a_day_that_can_not_be_read_stands_beside_its_field(framework: Framework) -> None:
    shown = page(FILE, framework, typed={"read_on": "31/5/26"})

    assert "value" not in inputs(shown)["read_on"]
    assert "You typed “31/5/26”." in words(shown)
