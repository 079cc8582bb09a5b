"""The coach asks for what a rationale lacks, says where, and leaves good writing in peace."""

from datetime import date
from pathlib import Path

import pytest

from domain.coach import Hint, HintKind, NamedSource, hints, hints_for_text
from domain.framework import Framework
from domain.framework_reading import read
from domain.grades import Grade

SHIPPED = Path(__file__).parents[2] / "domain" / "framework.toml"

JUDGEMENT = "Planning is effective"
REASON = "the worker reviews the plan with the family every week"
IMPACT = "the child feels safer and goes to school each day"
SOURCES: tuple[NamedSource, ...] = (
    ("Child in need plan", date(2026, 4, 2)),
    ("Visit", date(2026, 4, 16)),
    ("Supervision", date(2026, 4, 20)),
)


def coached(
    framework: Framework,
    *,
    judgement: str = JUDGEMENT,
    action: str = REASON,
    impact: str = IMPACT,
    grade: Grade | None = Grade.GOOD,
    sources: tuple[NamedSource, ...] | None = SOURCES,
) -> tuple[Hint, ...]:
    return hints(judgement, action, impact, grade, sources, framework)


@pytest.mark.rule("WH-02", "WH-03", "WH-05", "WH-07", "SG-01")
def test_a_sound_rationale_is_left_in_peace(framework: Framework) -> None:
    assert coached(framework) == ()


def test_a_page_nobody_has_begun_is_left_in_peace(framework: Framework) -> None:
    blank: tuple[NamedSource, ...] = (("", None), ("", None), ("", None))

    assert coached(framework, judgement="", action=" ", impact="", grade=None, sources=blank) == ()


@pytest.mark.rule("CA-15")
@pytest.mark.parametrize("grade", list(Grade))
def test_a_bare_grade_blocks(framework: Framework, grade: Grade) -> None:
    found = coached(framework, judgement="", action="\n", impact=" ", grade=grade)

    assert [(h.kind, h.field, h.blocking) for h in found] == [(HintKind.NO_RATIONALE, "judgement", True)]
    assert framework.grade_label(grade) in found[0].message


@pytest.mark.rule("CA-15", "SG-04")
@pytest.mark.parametrize(
    ("judgement", "action", "impact"), [("Sound.", "", ""), ("", "weekly visits", ""), ("", "", "calmer")]
)
def test_nothing_but_a_bare_grade_blocks(
    framework: Framework, judgement: str, action: str, impact: str
) -> None:
    found = coached(framework, judgement=judgement, action=action, impact=impact, sources=())

    assert found
    assert not any(hint.blocking for hint in found)


@pytest.mark.rule("WH-03")
def test_a_judgement_without_a_reason_is_asked_for_one(framework: Framework) -> None:
    found = coached(framework, action="")

    assert [(h.kind, h.field, h.excerpt) for h in found] == [(HintKind.NO_REASON, "action", "")]


@pytest.mark.rule("WH-03")
@pytest.mark.parametrize(
    "judgement",
    [
        "Planning is effective because it is reviewed weekly",
        "Planning is effective, due to weekly reviews",
        "Planning is good AS A  RESULT OF weekly reviews",
    ],
)
def test_a_reason_may_stand_in_the_judgement(framework: Framework, judgement: str) -> None:
    assert coached(framework, judgement=judgement, action="") == ()


@pytest.mark.rule("WH-03")
def test_part_of_a_word_is_no_reason(framework: Framework) -> None:
    found = coached(framework, judgement="Planning is throughout effective", action="")

    assert [h.kind for h in found] == [HintKind.NO_REASON]


@pytest.mark.rule("WH-02")
def test_a_missing_effect_is_asked_for(framework: Framework) -> None:
    found = coached(framework, impact="")

    assert [(h.kind, h.field) for h in found] == [(HintKind.NO_EFFECT, "impact")]
    assert "missing" in found[0].message


@pytest.mark.rule("WH-02")
def test_an_effect_that_leaves_the_child_out_is_questioned(framework: Framework) -> None:
    found = coached(framework, impact="the plan moved on")

    assert [(h.kind, h.field) for h in found] == [(HintKind.NO_EFFECT, "impact")]
    assert "does not speak of the child" in found[0].message


@pytest.mark.rule("WH-02")
@pytest.mark.parametrize(
    "impact", ["she sleeps well", "Both siblings are calmer", "the young person is heard"]
)
def test_the_child_may_be_spoken_of_in_any_usual_word(framework: Framework, impact: str) -> None:
    assert coached(framework, impact=impact) == ()


@pytest.mark.rule("WH-02")
@pytest.mark.parametrize(
    ("judgement", "kinds"),
    [
        ("Planning is good because visits are weekly, so the child feels safe", []),
        ("Planning is good because visits are weekly, leading to change", [HintKind.NO_EFFECT]),
        ("Planning is good because the child is visited", [HintKind.NO_EFFECT]),
        ("The child is visited because it matters. It led to change", [HintKind.NO_EFFECT]),
    ],
)
def test_one_flowing_sentence_may_hold_the_effect(
    framework: Framework, judgement: str, kinds: list[HintKind]
) -> None:
    assert [h.kind for h in coached(framework, judgement=judgement, action="", impact="")] == kinds


@pytest.mark.rule("WH-05")
@pytest.mark.parametrize(
    ("sources", "field", "told"),
    [
        ((("", None), ("", None), ("", None)), "source_1", "No sources are named yet. Three"),
        ((SOURCES[0], ("", None), ("", None)), "source_2", "One source so far. Two more"),
        ((SOURCES[0], (" ", SOURCES[1][1]), SOURCES[2]), "source_2", "Two sources so far. One more"),
        (SOURCES[:2], "source_3", "Two sources so far. One more"),
        ((SOURCES[0], SOURCES[0], SOURCES[2]), "source_4", "Two sources so far. One more"),
    ],
)
def test_fewer_than_three_sources_are_counted(
    framework: Framework, sources: tuple[NamedSource, ...], field: str, told: str
) -> None:
    found = coached(framework, sources=sources)

    assert [(h.kind, h.field) for h in found] == [(HintKind.FEW_SOURCES, field)]
    assert found[0].message.startswith(told)


@pytest.mark.rule("WH-05")
@pytest.mark.parametrize(("named", "told"), [(0, "Six of them"), (1, "Five more"), (2, "Four more")])
def test_a_council_may_ask_for_more_sources(named: int, told: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    framework = read(text.replace("sources_wanted = 3 ", "sources_wanted = 6 ", 1))

    found = coached(framework, sources=SOURCES[:named])

    assert told in found[0].message


@pytest.mark.rule("WH-05")
def test_the_same_kind_of_source_on_two_days_counts_twice(framework: Framework) -> None:
    visits = tuple(("Visit", date(2026, 4, day)) for day in (2, 9, 16))

    assert coached(framework, sources=visits) == ()


@pytest.mark.rule("WH-05")
@pytest.mark.parametrize(
    ("undated", "field", "told"),
    [
        ((1,), "source_on_1", "Source 1 has no day yet."),
        ((2, 3), "source_on_2", "Sources 2 and 3 have no day yet."),
        ((1, 2, 3), "source_on_1", "Sources 1, 2 and 3 have no day yet."),
    ],
)
def test_sources_without_a_day_are_asked_for_one(
    framework: Framework, undated: tuple[int, ...], field: str, told: str
) -> None:
    sources = tuple((what, None if n in undated else on) for n, (what, on) in enumerate(SOURCES, start=1))

    found = coached(framework, sources=sources)

    assert [(h.kind, h.field) for h in found] == [(HintKind.NO_DATES, field)]
    assert found[0].message.startswith(told)


@pytest.mark.rule("WH-05")
def test_a_page_that_asks_for_no_sources_gets_no_hint_about_them(framework: Framework) -> None:
    assert coached(framework, sources=None) == ()


@pytest.mark.rule("WH-05")
def test_sources_named_before_anything_is_written_are_counted(framework: Framework) -> None:
    sources = (*SOURCES[:1], ("", None))

    found = coached(framework, judgement="", action="", impact="", grade=None, sources=sources)

    assert [h.kind for h in found] == [HintKind.FEW_SOURCES]


@pytest.mark.rule("WH-07")
@pytest.mark.parametrize(
    ("text", "excerpts"),
    [
        ("It seems the plan works", ["It seems"]),
        ("this could  indicate neglect", ["could  indicate"]),
        ("This could\nindicate neglect", ["could\nindicate"]),
        ("the plan seems to work and it seems to help", ["seems to", "it seems"]),
        ("It seems so, and it seems well", ["It seems"]),
        ("it seemed calm, it would seem", ["it seemed", "it would seem"]),
        ("the child seems happy", ["seems"]),
        ("home appears unsafe", ["appears unsafe"]),
        ("The father appeared in court; the child appears in the record.", []),
        ("it's unclear, it’s unclear", ["it's unclear"]),
        ("it’s unclear why", ["it’s unclear"]),
        ("the plan probably helps and may be why", ["probably", "may be"]),
        ("it could be Mum; this suggests drift", ["could be", "this suggests"]),
        ("the plan is unseemly", []),
        ("the plan works", []),
        ("the child said “it seems quieter” and is settled", []),
        ('the child said "I think it helps" and is settled', []),
    ],
)
def test_open_phrases_are_pointed_out_once_each(framework: Framework, text: str, excerpts: list[str]) -> None:
    found = hints_for_text("judgement", text, framework)

    assert [(h.kind, h.excerpt) for h in found] == [(HintKind.OPEN_PHRASE, e) for e in excerpts]
    assert all("leaves the question open" in h.message and "your judgement" in h.message for h in found)


@pytest.mark.rule("WH-07")
@pytest.mark.parametrize(
    ("field", "count"),
    [("summary", 0), ("reflections", 0), ("better", 0), ("action_what_2", 1), ("action", 1), ("feedback", 1)],
)
def test_what_others_said_and_what_could_be_may_stay_open(
    framework: Framework, field: str, count: int
) -> None:
    assert len(hints_for_text(field, "It seems calmer now", framework)) == count


@pytest.mark.rule("WH-07", "SG-01")
def test_every_box_is_read(framework: Framework) -> None:
    found = coached(
        framework,
        judgement="It seems effective",
        action="possibly weekly visits",
        impact="perhaps the child is safer",
        sources=(*SOURCES[:2], ("Talk with Mrs Okonquo", date(2026, 4, 20))),
    )

    assert [(h.kind, h.field) for h in found] == [
        (HintKind.OPEN_PHRASE, "judgement"),
        (HintKind.OPEN_PHRASE, "action"),
        (HintKind.OPEN_PHRASE, "impact"),
        (HintKind.IDENTIFIER, "source_3"),
    ]


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    ("text", "excerpt", "told"),
    [
        ("Mum Kelly copes better", "Kelly", "in the impact looks like a name"),
        ("the child, DOB 03/05/2015, copes", "DOB 03/05/2015", "looks like a date of birth"),
        ("the child, 943 476 5919, copes", "943 476 5919", "looks like an NHS number"),
        ("the child at SW1A 1AA copes", "SW1A 1AA", "looks like a postcode"),
        ("the child, H801200001001, copes", "H801200001001", "looks like a pupil number"),
        ("the child, AB123456C, copes", "AB123456C", "looks like a National Insurance number"),
        ("the child at 07700 900123 copes", "07700 900123", "looks like a phone number"),
        ("the child at a@example.org copes", "a@example.org", "looks like an e-mail address"),
        ("the child at 14 Larch Road copes", "14 Larch Road", "looks like a home address"),
    ],
)
def test_what_says_who_someone_is_is_asked_to_be_replaced(
    framework: Framework, text: str, excerpt: str, told: str
) -> None:
    found = hints_for_text("impact", text, framework)

    assert [(h.kind, h.field, h.excerpt, h.blocking) for h in found] == [
        (HintKind.IDENTIFIER, "impact", excerpt, False)
    ]
    assert told in found[0].message


def test_the_councils_own_names_raise_no_alarm(framework: Framework) -> None:
    text = "The case moved from Brambles Team to Conifers Service and on to the Referral and Assessment desk."

    assert hints_for_text("note", text, framework) == ()


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("journey", "the child's journey"),
        ("judgement", "your judgement"),
        ("action", "the reason"),
        ("impact", "the impact"),
        ("matters_most", "what matters most"),
        ("note", "your note"),
        ("summary", "the summary"),
        ("reason", "the reason"),
        ("feedback", "your feedback"),
        ("reflections", "the practitioner's reflections"),
        ("better", "what would make it better"),
        ("action_what_2", "action 2"),
        ("source_1", "source 1"),
        ("message", "this text"),
    ],
)
def test_a_hint_says_where(framework: Framework, field: str, place: str) -> None:
    found = hints_for_text(field, "mum Kelly", framework)

    assert f"in {place} looks" in found[0].message


@pytest.mark.rule("WH-07")
def test_a_council_may_change_the_list_of_open_phrases() -> None:
    framework = read(SHIPPED.read_text(encoding="utf-8").replace('"presumably", ', '"who knows", ', 1))

    assert hints_for_text("note", "presumably fine", framework) == ()
    assert [h.excerpt for h in hints_for_text("note", "Who knows why", framework)] == ["Who knows"]


@pytest.mark.rule("WH-07")
def test_the_longest_open_phrase_is_shown() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    framework = read(text.replace('"it seems", ', '"it seems", "it seems to me", ', 1))

    assert [h.excerpt for h in hints_for_text("note", "It seems to me fine", framework)] == ["It seems to me"]


@pytest.mark.rule("PR-04")
@pytest.mark.parametrize("field", ["feedback", "reflections", "judgement"])
def test_the_shared_methods_words_are_written_freely_and_no_form_is_asked_of_a_reflection(
    framework: Framework, field: str
) -> None:
    method = framework.rules["PR-04"].text.partition(": ")[2]
    reflected = f"We tried {method} Then we thought again, and laughed at what we had not seen at first."

    assert "Signs of Safety" in method
    assert hints_for_text(field, reflected, framework) == ()
