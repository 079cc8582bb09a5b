"""The framework file as shipped: every rule is there, and the lookups find their records."""

from datetime import date

import pytest

from domain.framework import Framework
from domain.grades import Grade

RANGES = {
    "PR-0": (1, 6),
    "GP-0": (1, 6),
    "GR-0": (1, 5),
    "PF-": (1, 15),
    "CA-": (1, 24),
    "MO-": (1, 21),
    "RO-": (1, 8),
    "TA-": (1, 8),
    "DS-": (1, 4),
    "PW-": (1, 6),
    "SU-": (1, 8),
    "AA-": (1, 5),
    "VF-": (1, 11),
    "OG-": (1, 12),
    "QB-": (1, 3),
    "WH-": (1, 8),
    "SG-": (1, 5),
}
UNPADDED = {
    "DS-S": 8,
    "GL-C": 6,
    "GL-R": 8,
    "GL-A": 10,
    "GL-P": 12,
    "GL-V": 5,
    "GL-M": 4,
    "GL-I": 2,
    "GL-F": 3,
    "Q": 33,
}


def expected_ids() -> set[str]:
    padded = {
        f"{prefix.rstrip('0')}{number:02}"
        for prefix, (low, high) in RANGES.items()
        for number in range(low, high + 1)
    }
    return padded | {
        f"{prefix}{number}" for prefix, last in UNPADDED.items() for number in range(1, last + 1)
    }


def test_every_rule_of_the_framework_is_carried_and_no_other(framework: Framework) -> None:
    assert set(framework.rules) == expected_ids()
    assert len(framework.rules) == 246


def test_readings_are_marked_as_ours_and_safeguards_as_defaults(framework: Framework) -> None:
    bases = {key: rule.basis for key, rule in framework.rules.items()}

    assert {key for key, basis in bases.items() if basis == "R"} == {f"Q{n}" for n in range(1, 34)}
    assert {key for key, basis in bases.items() if basis == "P"} == {
        "MO-21",
        *(f"SG-0{n}" for n in range(1, 6)),
    }


def test_the_version_and_its_date_are_kept(framework: Framework) -> None:
    assert (framework.version, framework.dated) == ("1.0", date(2024, 1, 1))


def test_sections_stand_in_the_order_of_the_audit(framework: Framework) -> None:
    assert framework.section_keys == (
        "contact",
        "recording",
        "assessment",
        "planning",
        "review",
        "oversight",
        "impact",
        "feedback",
    )


@pytest.mark.rule("Q18")
def test_only_the_contact_section_depends_on_a_recent_contact(framework: Framework) -> None:
    assert [s.key for s in framework.sections if s.only_with_recent_contact] == ["contact"]


@pytest.mark.rule("CA-14")
def test_oversight_belongs_to_every_audit(framework: Framework) -> None:
    assert not framework.section("oversight").only_with_recent_contact


@pytest.mark.rule("PR-01", "CA-13")
def test_every_section_opens_with_the_child(framework: Framework) -> None:
    assert [s.key for s in framework.sections if "child" not in s.question] == []


def test_an_items_text_is_its_rules_text(framework: Framework) -> None:
    items = [item for section in framework.sections for item in section.items]

    assert len(items) == 50
    assert all(framework.rules[item.id].text == item.text for item in items)
    assert all(framework.rules[item.id].basis == "F" for item in items)


@pytest.mark.rule("GR-01", "GR-02", "GR-03", "GR-04", "GR-05")
@pytest.mark.parametrize(
    ("grade", "label", "telling"),
    [
        (Grade.OUTSTANDING, "Outstanding", "expected to last"),
        (Grade.GOOD, "Good", "good outcomes"),
        (Grade.REQUIRES_IMPROVEMENT, "Requires improvement", "child is safe"),
        (Grade.INADEQUATE, "Inadequate", "at risk now"),
    ],
)
def test_each_grade_has_its_definition(framework: Framework, grade: Grade, label: str, telling: str) -> None:
    assert framework.grade_label(grade) == label
    assert telling in framework.grade_text(grade).definition


def test_there_are_four_grades_best_first(framework: Framework) -> None:
    assert [text.grade.rank for text in framework.grades] == [4, 3, 2, 1]


@pytest.mark.rule("CA-22")
def test_the_seven_steps_are_spread_over_the_month(framework: Framework) -> None:
    aims = [(s.key, s.aim_days, s.aim_working_days) for s in framework.steps]

    assert aims == [
        ("accept", None, 3),
        ("file", 9, None),
        ("voices", 16, None),
        ("conversation", 23, None),
        ("judge", 26, None),
        ("actions", 27, None),
        ("submit", None, None),
    ]


@pytest.mark.rule("CA-01", "CA-03", "CA-05", "CA-07", "Q1", "Q8", "Q15", "Q16", "Q26", "WH-05")
def test_the_numbers_are_those_of_the_framework(framework: Framework) -> None:
    numbers = framework.numbers

    assert set(numbers.round_months) == {5, 7, 9, 11, 1, 3}
    assert numbers.allocate_on_day == 1
    assert numbers.lookback_months == 6
    assert numbers.cover_months == 12
    assert numbers.repeat_pair_months == 12
    assert numbers.accept_working_days == 3
    assert numbers.practitioner_comment_working_days == 5
    assert numbers.manager_review_working_days == 5
    assert numbers.sources_wanted == 3
    assert numbers.action_working_days == 20
    assert numbers.action_working_days_inadequate == 5
    assert numbers.safety_escalate_hours == 2
    assert numbers.typed_repeat_seconds == 60


@pytest.mark.rule("Q16", "SG-02")
def test_what_is_said_of_unsafe_children_is_what_is_done(framework: Framework) -> None:
    said = framework.rules["Q16"].text

    assert "The AD for QA is told after two hours and in any case the same day" in said
    assert framework.numbers.safety_escalate_hours == 2
    assert "the council confirms" in said
    assert "if not" not in said


@pytest.mark.rule("GP-01", "GP-02", "GP-03", "GP-04", "GP-05", "GP-06")
def test_the_components_of_good_practice_are_the_tags(framework: Framework) -> None:
    assert [tag.id for tag in framework.tags] == [f"GP-0{n}" for n in range(1, 7)]
    assert all(tag.text for tag in framework.tags)


@pytest.mark.rule("CA-04")
@pytest.mark.parametrize(
    ("written", "area"),
    [
        ("early help", "Early Help"),
        ("R & A", "Referral and Assessment"),
        ("Referral &  Assessment", "Referral and Assessment"),
        ("BRAMBLES", "Brambles"),
        ("conifers", "Conifers"),
        ("CWD", "Children with Disabilities"),
        ("Here 4 U", "Here4U"),
        ("Highways", None),
        ("", None),
    ],
)
def test_a_service_is_found_by_any_of_its_names(framework: Framework, written: str, area: str | None) -> None:
    assert framework.service_named(written) == area


@pytest.mark.rule("CA-04")
def test_the_sample_spans_six_service_areas(framework: Framework) -> None:
    assert len(framework.services) == 6


@pytest.mark.parametrize(
    ("written", "plan"),
    [("CIN", "Child in Need"), ("cp plan", "Child Protection"), ("Looked-after child", "Child in Care")],
)
def test_a_plan_type_is_found_by_any_of_its_names(framework: Framework, written: str, plan: str) -> None:
    assert framework.plan_type_named(written) == plan


def test_an_unknown_plan_type_is_not_guessed(framework: Framework) -> None:
    assert framework.plan_type_named("Gold") is None


@pytest.mark.rule("Q28")
@pytest.mark.parametrize(
    ("written", "body"),
    [
        ("JCS SMT", "SMT"),
        ("JSC SMT", "SMT"),
        ("JSMT", "SMT"),
        ("smt", "SMT"),
        ("CDLT", "CDLT"),
        ("QASS", "QA office"),
        ("Reporting Team", "Performance office"),
        ("Performance and Outcomes Group", "Performance Clinic"),
        ("Operational QA Group", "QA Group"),
        ("QA audit board", "QA Board"),
        ("AD Quality Assurance and Safeguarding", "AD for QA"),
        ("SM Intelligence and Impact", "SM Impact and Intelligence"),
        ("SM Quality Assurance", "SM for QA and Safeguarding"),
        ("AD for Children's Social Care", "AD Social Care and Early Help"),
        ("Corporate Director", "DCS"),
        ("Corporate Parenting Panel", "Corporate Parenting Board"),
    ],
)
def test_a_body_has_one_record_under_all_its_names(framework: Framework, written: str, body: str) -> None:
    assert framework.body_named(written) == body


@pytest.mark.parametrize(
    ("years", "band"),
    [
        (0, "Under 1"),
        (1, "1 to 4"),
        (4, "1 to 4"),
        (5, "5 to 9"),
        (9, "5 to 9"),
        (10, "10 to 15"),
        (15, "10 to 15"),
        (16, "16 to 17"),
        (17, "16 to 17"),
        (18, "18 and over"),
        (25, "18 and over"),
    ],
)
def test_an_age_falls_into_its_band(framework: Framework, years: int, band: str) -> None:
    assert framework.age_band(years) == band


def test_an_age_before_birth_has_no_band(framework: Framework) -> None:
    with pytest.raises(ValueError, match="-1 years"):
        framework.age_band(-1)


def test_a_section_nobody_knows_is_refused(framework: Framework) -> None:
    with pytest.raises(KeyError, match="weather"):
        framework.section("weather")


@pytest.mark.rule("WH-01", "WH-02", "WH-03", "WH-04", "WH-05", "WH-06", "WH-07", "WH-08")
def test_every_writing_hint_speaks_to_the_auditor(framework: Framework) -> None:
    assert list(framework.writing_hints) == [f"WH-0{n}" for n in range(1, 9)]
    assert all(hint.endswith((".", "?")) for hint in framework.writing_hints.values())


GOOD_PRACTICE = {
    "contact": {
        "GL-C1": "threshold",
        "GL-C2": "full information",
        "GL-C3": "promptly",
        "GL-C4": "earlier contacts",
        "GL-C5": "strengths and safety",
        "GL-C6": "scaling",
    },
    "recording": {
        "GL-R1": "trauma-informed",
        "GL-R2": "visit",
        "GL-R3": "own words",
        "GL-R4": "strengths",
        "GL-R5": "family to follow",
        "GL-R6": "every key event",
        "GL-R7": "case summary",
        "GL-R8": "neglect screening",
    },
    "assessment": {
        "GL-A1": "took part",
        "GL-A2": "plainly",
        "GL-A3": "fathers and male carers",
        "GL-A4": "history",
        "GL-A5": "curious",
        "GL-A6": "diversity",
        "GL-A7": "agencies",
        "GL-A8": "risks",
        "GL-A9": "recommendations",
        "GL-A10": "shared with the family",
    },
    "planning": {
        "GL-P1": "follows from the assessment",
        "GL-P2": "voices",
        "GL-P3": "owner",
        "GL-P4": "specific",
        "GL-P5": "measurable",
        "GL-P6": "achievable",
        "GL-P7": "realistic",
        "GL-P8": "timed",
        "GL-P9": "agencies",
        "GL-P10": "do not go to plan",
        "GL-P11": "circles-of-safety",
        "GL-P12": "cut harm",
    },
    "review": {
        "GL-V1": "on time",
        "GL-V2": "could come",
        "GL-V3": "progress and outcomes",
        "GL-V4": "advocate",
        "GL-V5": "wishes",
    },
    "oversight": {
        "GL-M1": "standards",
        "GL-M2": "reflect",
        "GL-M3": "decisions",
        "GL-M4": "drift",
    },
    "impact": {"GL-I1": "lasting relationship", "GL-I2": "parents were supported"},
    "feedback": {"GL-F1": "child's", "GL-F2": "family's", "GL-F3": "agencies"},
}


@pytest.mark.parametrize(
    ("key", "item_id", "telling"),
    [
        pytest.param(key, item_id, telling, marks=pytest.mark.rule(item_id), id=item_id)
        for key, items in GOOD_PRACTICE.items()
        for item_id, telling in items.items()
    ],
)
def test_each_point_of_good_practice_guides_its_own_section(
    framework: Framework, key: str, item_id: str, telling: str
) -> None:
    texts = {item.id: item.text.lower() for item in framework.section(key).items}

    assert telling in texts[item_id]


@pytest.mark.parametrize("key", list(GOOD_PRACTICE))
def test_a_sections_points_stand_in_order_and_are_all_there(framework: Framework, key: str) -> None:
    assert [item.id for item in framework.section(key).items] == list(GOOD_PRACTICE[key])
