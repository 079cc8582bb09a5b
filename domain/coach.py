"""The rationale coach: plain rules that say what a text lacks and where.

It prompts and never judges (SG-04). Only one thing blocks, because the framework demands it: a grade with
no rationale (CA-15).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from functools import cache

from domain.framework import Framework
from domain.grades import Grade
from domain.identifiers import Finding, Kind, person_like
from domain.rationale import joined

__all__ = ["Hint", "HintKind", "NamedSource", "gaps", "hints", "hints_for_text", "is_bare", "joined"]


class HintKind(StrEnum):
    """What a hint is about."""

    NO_RATIONALE = auto()
    NO_REASON = auto()
    NO_EFFECT = auto()
    FEW_SOURCES = auto()
    NO_DATES = auto()
    OPEN_PHRASE = auto()
    IDENTIFIER = auto()


@dataclass(frozen=True, slots=True)
class Hint:
    """One friendly sentence about one field."""

    kind: HintKind
    field: str
    """Key of the field on its page: "impact", "source_2", "source_on_1"."""
    message: str
    excerpt: str = ""
    """The words the hint is about, as written; empty when something is missing."""
    blocking: bool = False


NamedSource = tuple[str, date | None]
"""What a judgement rests on, and its day."""

_PLACES = {
    "judgement": "your judgement",
    "action": "the reason",
    "impact": "the impact",
    "journey": "the child's journey",
    "matters_most": "what matters most",
    "note": "your note",
    "summary": "the summary",
    "reason": "the reason",
    "feedback": "your feedback",
    "reflections": "the practitioner's reflections",
    "better": "what would make it better",
}
_OTHERS_WORDS = frozenset({"summary", "reflections"})
"""Fields that report what someone else said; others may well leave a question open."""
_NO_FINDINGS = frozenset({"better"})
"""Fields that say what could be; nothing is to be found there."""

_LOOKS_LIKE = {
    Kind.NAME: "a name",
    Kind.BIRTH_DATE: "a date of birth",
    Kind.NHS_NUMBER: "an NHS number",
    Kind.PUPIL_NUMBER: "a pupil number",
    Kind.NATIONAL_INSURANCE: "a National Insurance number",
    Kind.PHONE: "a phone number",
    Kind.EMAIL: "an e-mail address",
    Kind.POSTCODE: "a postcode",
    Kind.ADDRESS: "a home address",
}
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
# The framework file may ask for six sources at most.
_COUNTED = ("No", "One", "Two", "Three", "Four", "Five", "Six")


def hints(
    judgement: str,
    action: str,
    impact: str,
    grade: Grade | None,
    sources: Sequence[NamedSource] | None,
    framework: Framework,
) -> tuple[Hint, ...]:
    """What this rationale lacks, in the order of its fields; empty for a page nobody has begun.

    `sources` is None where none are asked for, as for the overall judgement.
    Source: CA-15, WH-02, WH-03, WH-05, WH-07, SG-01.
    """
    boxes = {"judgement": judgement.strip(), "action": action.strip(), "impact": impact.strip()}
    written = any(boxes.values())
    found: list[Hint] = []
    if grade is not None and is_bare(judgement, action, impact, grade):
        found.append(_bare_grade(framework.grade_label(grade)))
    for field, text in boxes.items():
        if written and field == "action":
            found += _reason(boxes, framework)
        if written and field == "impact":
            found += _effect(boxes, framework)
        found += hints_for_text(field, text, framework)
    named = any(what.strip() for what, _ in sources or ())
    if sources is not None and (written or grade is not None or named):
        found += _sources(sources, framework)
    return tuple(found)


def gaps(judgement: str, action: str, impact: str, framework: Framework) -> frozenset[HintKind]:
    """Which of reason and effect a rationale lacks, where one is written at all. Source: WH-02, WH-03."""
    boxes = {"judgement": judgement.strip(), "action": action.strip(), "impact": impact.strip()}
    if not any(boxes.values()):
        return frozenset()
    return frozenset(hint.kind for hint in (*_reason(boxes, framework), *_effect(boxes, framework)))


def is_bare(judgement: str, action: str, impact: str, grade: Grade | None) -> bool:
    """Whether a grade stands there without a word of rationale, which the framework blocks (CA-15)."""
    return grade is not None and not any(box.strip() for box in (judgement, action, impact))


def hints_for_text(field: str, text: str, framework: Framework) -> tuple[Hint, ...]:
    """What free text should not hold: who someone is, and phrases that leave the question open.

    Source: SG-01, WH-07.
    """
    found = [_identifier(field, finding) for finding in person_like(text, ordinary_words=framework.own_words)]
    if field not in _OTHERS_WORDS | _NO_FINDINGS:
        found += _open_phrases(field, text, framework)
    return tuple(found)


def _bare_grade(label: str) -> Hint:
    return Hint(
        HintKind.NO_RATIONALE,
        "judgement",
        f"Please say why you chose {label}: a grade needs its rationale. A sentence in each box is enough.",
        blocking=True,
    )


def _reason(boxes: dict[str, str], framework: Framework) -> Iterator[Hint]:
    if not boxes["action"] and not _holds(" ".join(boxes.values()), framework.coach.reason_words):
        yield Hint(
            HintKind.NO_REASON,
            "action",
            "Your judgement has no reason beside it yet. What was done, or not done, that led you to it?",
        )


def _effect(boxes: dict[str, str], framework: Framework) -> Iterator[Hint]:
    child, effect = framework.coach.child_words, framework.coach.effect_words
    if not boxes["impact"]:
        # One flowing sentence in the first box says it just as well.
        told = (part for field in ("judgement", "action") for part in _sentences(boxes[field]))
        if not any(_holds(part, effect) and _holds(part, child) for part in told):
            yield Hint(
                HintKind.NO_EFFECT,
                "impact",
                "The difference it made is missing. So what did it mean for the child, good or bad?",
            )
    elif not _holds(boxes["impact"], child):
        yield Hint(
            HintKind.NO_EFFECT,
            "impact",
            "The impact does not speak of the child yet. What did it mean for the child, through their eyes?",
        )


def _sources(sources: Sequence[NamedSource], framework: Framework) -> Iterator[Hint]:
    named = {(what.strip().casefold(), on) for what, on in sources if what.strip()}
    wanted = framework.numbers.sources_wanted
    if len(named) < wanted:
        blank = [number for number, (what, _) in enumerate(sources, start=1) if not what.strip()]
        field = f"source_{blank[0] if blank else len(sources) + 1}"
        yield Hint(HintKind.FEW_SOURCES, field, _few_sources(len(named), wanted))
    undated = [number for number, (what, on) in enumerate(sources, start=1) if what.strip() and on is None]
    if undated:
        which = f"Source {undated[0]} has" if len(undated) == 1 else f"Sources {_listed(undated)} have"
        yield Hint(
            HintKind.NO_DATES,
            f"source_on_{undated[0]}",
            f"{which} no day yet. When was the visit, record or supervision?",
        )
    for number, (what, _) in enumerate(sources, start=1):
        yield from hints_for_text(f"source_{number}", what, framework)


def _listed(numbers: Sequence[int]) -> str:
    return f"{', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _few_sources(named: int, wanted: int) -> str:
    if named == 0:
        return (
            f"No sources are named yet. {_COUNTED[wanted]} of them, with their days, make a judgement firm."
        )
    more = wanted - named
    sources = "source" if named == 1 else "sources"
    return f"{_COUNTED[named]} {sources} so far. {_COUNTED[more]} more would make the judgement firmer."


def _identifier(field: str, finding: Finding) -> Hint:
    message = (
        f"“{finding.excerpt}” in {_place(field)} looks like {_LOOKS_LIKE[finding.kind]}. {finding.advice}"
    )
    return Hint(HintKind.IDENTIFIER, field, message, finding.excerpt)


def _open_phrases(field: str, text: str, framework: Framework) -> Iterator[Hint]:
    # What someone is quoted as saying is evidence, however open; blanks keep the places of the rest.
    own = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
    told: set[str] = set()
    for found in _phrases(framework.coach.open_phrases).finditer(_plain(own)):
        phrase = " ".join(found[0].split())
        if phrase not in told:
            told.add(phrase)
            written = text[found.start() : found.end()]
            message = f"“{written}” in {_place(field)} leaves the question open. What did you find?"
            yield Hint(HintKind.OPEN_PHRASE, field, message, written)


def _place(field: str) -> str:
    kind, _, number = field.rpartition("_")
    if number.isdigit():
        return f"source {number}" if kind == "source" else f"action {number}"
    return _PLACES.get(field, "this text")


def _holds(text: str, phrases: tuple[str, ...]) -> bool:
    return _phrases(phrases).search(_plain(text)) is not None


def _plain(text: str) -> str:
    """The text in small letters, each in its place; three times as fast to search as by ignoring case."""
    small = text.lower().replace("’", "'")
    # A few letters of other alphabets grow when they are made small.
    return small if len(small) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


@cache
def _phrases(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these phrases as whole words; the longest wins where several begin.

    The first letter is asked for first, so that the search goes from one such letter to the next; only then
    whether a word begins there.
    """
    rests: dict[str, list[str]] = {}
    for phrase in sorted((_plain(phrase) for phrase in phrases), key=len, reverse=True):
        first, *more = phrase.split()
        rests.setdefault(first[0], []).append(r"\s+".join(map(re.escape, (first[1:], *more))))
    patterns = (
        rf"{re.escape(letter)}(?<!\w.)(?:{'|'.join(endings)})" for letter, endings in sorted(rests.items())
    )
    return re.compile(rf"(?:{'|'.join(patterns)})(?!\w)", re.DOTALL)


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+|\n+", text)
