import pytest

from domain.coach import joined


@pytest.mark.rule("WH-03")
@pytest.mark.parametrize(
    ("judgement", "action", "impact", "sentence"),
    [
        (
            "Planning is effective.",
            "Weekly visits by the same worker.",
            "The child feels safe.",
            "Planning is effective: weekly visits by the same worker; as a result, the child feels safe.",
        ),
        (
            "planning is effective",
            "due to weekly visits",
            "so the child feels safe",
            "Planning is effective due to weekly visits, so the child feels safe.",
        ),
        (
            "Good",
            "As a result of steady visits,",
            "Leading to better attendance",
            "Good as a result of steady visits, leading to better attendance.",
        ),
        (
            "Requires improvement",
            "because reviews were late",
            "meaning that drift went on",
            "Requires improvement because reviews were late, meaning that drift went on.",
        ),
        ("Good", "", "", "Good."),
        ("", "Weekly visits", "", "Weekly visits."),
        ("", "", "so the child is safe", "So the child is safe."),
        ("Good", "", "the child is safe", "Good; as a result, the child is safe."),
        ("Good", "", "so the child is safe", "Good, so the child is safe."),
        ("", "weekly visits", "The child is safe", "Weekly visits; as a result, the child is safe."),
        ("  Planning \n is good ", "", "", "Planning is good."),
        ("", " ", "\n", ""),
        ("Good!", "Visits", "", "Good: visits."),
        ("Good", "Social workers stay", "", "Good: social workers stay."),
        ("Good", "", "Sobering numbers waited", "Good; as a result, sobering numbers waited."),
        ("Good", "Assets grew", "", "Good: assets grew."),
        ("Good", "Early Help stayed involved", "", "Good: Early Help stayed involved."),
        ("Good", "CAMHS saw them", "", "Good: CAMHS saw them."),
        ("Good", "Monday visits", "", "Good: Monday visits."),
        (
            "Good",
            "I saw the plan",
            "I'm sure it helps",
            "Good: I saw the plan; as a result, I'm sure it helps.",
        ),
        ("Good", "Here4U visits", "", "Good: Here4U visits."),
        ("Is it good?", "", "", "Is it good?"),
    ],
)
def test_three_boxes_become_one_sentence(judgement: str, action: str, impact: str, sentence: str) -> None:
    assert joined(judgement, action, impact) == sentence


@pytest.mark.rule("WH-03")
def test_a_box_of_several_sentences_keeps_them() -> None:
    text = joined("Planning is good. It is owned", "visits happen weekly", "The child is safe!")

    assert text == "Planning is good. It is owned. Visits happen weekly. The child is safe!"


@pytest.mark.rule("WH-03")
@pytest.mark.parametrize(
    "lead", ["because", "due to", "as a result of", "owing to", "thanks to", "given that", "since", "as"]
)
def test_the_writers_own_reason_word_is_kept(lead: str) -> None:
    assert joined("Good", f"{lead} visits", "") == f"Good {lead} visits."


@pytest.mark.rule("WH-03")
@pytest.mark.parametrize(
    "lead", ["so", "so that", "leading to", "meaning", "resulting in", "which", "enabling", "leaving"]
)
def test_the_writers_own_effect_word_is_kept(lead: str) -> None:
    assert joined("Good", "", f"{lead} calm") == f"Good, {lead} calm."


@pytest.mark.rule("WH-03")
@pytest.mark.parametrize("ended", ["It helps…", "They said “it helps.”", 'They said "it helps!"', "Why?"])
def test_a_sentence_that_has_ended_gets_no_second_stop(ended: str) -> None:
    assert joined("Good. It is", ended, "") == f"Good. It is. {ended}"
