"""From the text of `framework.toml` to a checked `Framework`, or every mistake at once.

Source: decision 6 of the design. No file is opened here: the caller passes the text.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from datetime import date
from types import MappingProxyType

from domain.cadence_reading import read_cadence
from domain.errors import RuleBroken
from domain.framework import (
    Body,
    Coach,
    Framework,
    GradeText,
    Item,
    Numbers,
    Rule,
    Section,
    ServiceArea,
    Step,
    Tag,
    folded,
)
from domain.framework_fields import Fields
from domain.governance_reading import read_meetings, read_plan
from domain.grades import Grade
from domain.nudges_reading import read_nudges
from domain.packs_reading import read_packs
from domain.pages import ACTIONS, CONVERSATION, FILE, JOURNEY, OVERALL, VOICES

SECTION_KEYS = ("contact", "recording", "assessment", "planning", "review", "oversight", "impact", "feedback")
"""What the product counts on; a council may add sections but not drop these (CA-13, CA-14)."""

STEP_KEYS = ("accept", "file", "voices", "conversation", "judge", "actions", "submit")
"""The seven steps, in order (workflow 1B)."""

OTHER_PAGES = (JOURNEY, FILE, *VOICES, CONVERSATION, OVERALL, ACTIONS)
"""Keys of the pages that are no sections; a section of the same key would hide its page."""

OTHER_WAYS = ("everything", "overview", "here", "summary", "comment", "start", "grades", "writing")
"""What buttons say in place of a page: where to go on to, parts of a shared audit, topics of guidance."""

LONGEST_DEFINITION = 140
"""A grade's definition stands beside its choice and must stay readable on a phone."""

_RULE_ID = re.compile(r"(?:[A-Z]{2}-[A-Z]?\d{1,2}|Q\d{1,2})")
_BASES = ("F", "R", "P")


class FrameworkInvalid(RuleBroken):
    """The framework file cannot be used; carries every mistake, each with its place."""

    def __init__(self, errors: tuple[str, ...]) -> None:
        listed = "\n".join(f"- {error}" for error in errors)
        super().__init__(f"The framework file cannot be used yet. Please put these right:\n{listed}")
        self.errors = errors


def read(text: str) -> Framework:
    """The framework this text describes.

    Raises FrameworkInvalid listing every mistake in plain words with its place.
    """
    try:
        # Windows editors put a byte order mark in front, which TOML does not know.
        parsed = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise FrameworkInvalid((f"The file is not valid TOML: {error}.",)) from error
    errors: list[str] = []
    framework = _framework(Fields(parsed, "", errors))
    if errors:
        raise FrameworkInvalid(tuple(errors))
    return framework


def _framework(top: Fields) -> Framework:
    numbers = _numbers(top.inner("numbers"))
    sections = _sections(top)
    rules = _rules(top.inner("rules"), sections)
    plan_types = tuple(_aliased(top, "plan_types"))
    bodies = tuple(Body(name, aliases) for name, aliases in _aliased(top, "bodies"))
    meetings = read_meetings(top, bodies=[body.name for body in bodies], rule_ids=rules)
    framework = Framework(
        version=top.text("version", longest=20),
        dated=top.day("dated"),
        rules=MappingProxyType(rules),
        sections=sections,
        grades=_grades(top),
        steps=_steps(top, numbers),
        tags=_tags(top.inner("tags")),
        bodies=bodies,
        services=tuple(ServiceArea(name, aliases) for name, aliases in _aliased(top, "services")),
        plan_types=tuple(name for name, _ in plan_types),
        plan_type_aliases=MappingProxyType(dict(plan_types)),
        age_bands=_age_bands(top),
        numbers=numbers,
        coach=_coach(top.inner("coach")),
        writing_hints=MappingProxyType(_hints(top.inner("writing_hints"))),
        cadence=read_cadence(top, allocate_on_day=numbers.allocate_on_day, rule_ids=rules),
        nudges=read_nudges(top, rule_ids=rules),
        meetings=meetings,
        plan=read_plan(top, rule_ids=rules),
        packs=read_packs(top, meetings=meetings, rule_ids=rules),
        extra_bank_holidays=_extra_bank_holidays(top),
    )
    top.done()
    _check_ids(framework, top)
    return framework


def _numbers(fields: Fields) -> Numbers:
    numbers = Numbers(
        round_months=fields.wholes("round_months", 1, 12),
        lookback_months=fields.whole("lookback_months", 1, 24),
        cover_months=fields.whole("cover_months", 1, 60),
        repeat_pair_months=fields.whole("repeat_pair_months", 0, 60),
        accept_working_days=fields.whole("accept_working_days", 1, 20),
        practitioner_comment_working_days=fields.whole("practitioner_comment_working_days", 1, 40),
        manager_review_working_days=fields.whole("manager_review_working_days", 1, 40),
        moderation_days=fields.whole("moderation_days", 1, 60),
        sources_wanted=fields.whole("sources_wanted", 1, 6),
        action_working_days=fields.whole("action_working_days", 1, 250),
        action_working_days_inadequate=fields.whole("action_working_days_inadequate", 1, 250),
        safety_escalate_hours=fields.whole("safety_escalate_hours", 1, 23),
        typed_repeat_seconds=fields.whole("typed_repeat_seconds", 1, 3600),
        allocate_on_day=fields.whole("allocate_on_day", 1, 28),
        moderation_least_percent=fields.whole("moderation_least_percent", 1, 100),
        moderation_most_percent=fields.whole("moderation_most_percent", 1, 100),
        new_auditor_moderated=fields.whole("new_auditor_moderated", 0, 20),
        struggling_looks_at=fields.whole("struggling_looks_at", 1, 10),
        selection_working_days=fields.whole("selection_working_days", 1, 40),
        top_up_working_days=fields.whole("top_up_working_days", 0, 20),
        discussion_working_days=fields.whole("discussion_working_days", 1, 40),
        supervision_days=fields.whole("supervision_days", 1, 120),
        closing_working_days=fields.whole("closing_working_days", 1, 60),
        impact_check_days=fields.whole("impact_check_days", 1, 366),
        reaudit_days=fields.whole("reaudit_days", 1, 732),
        confirm_working_days=fields.whole("confirm_working_days", 1, 40),
        calibration_days=fields.whole("calibration_days", 1, 60),
        alpha_least_audits=fields.whole("alpha_least_audits", 2, 500),
        smallest_count=fields.whole("smallest_count", 3, 20),
        round_report_days=fields.whole("round_report_days", 31, 62),
        audit_hours=fields.whole("audit_hours", 1, 80),
        moderation_hours=fields.whole("moderation_hours", 1, 40),
        auditor_month_hours=fields.whole("auditor_month_hours", 1, 160),
        narrative_working_days=fields.whole("narrative_working_days", 1, 40),
        chase_working_days=fields.whole("chase_working_days", 1, 40),
        chase_manager_working_days=fields.whole("chase_manager_working_days", 1, 60),
        control_points=fields.whole("control_points", 6, 60),
        digest_working_day=fields.whole("digest_working_day", 1, 15),
        digest_ahead_days=fields.whole("digest_ahead_days", 7, 120),
    )
    if numbers.moderation_least_percent > numbers.moderation_most_percent:
        fields.wrong("moderation_least_percent", "must not be above moderation_most_percent (MO-02)")
    fields.done()
    return numbers


def _extra_bank_holidays(top: Fields) -> frozenset[date]:
    days = top.days("extra_bank_holidays")
    for day in days:
        # It would change nothing, so it is a slip of the finger for another day.
        if day.weekday() >= 5:
            top.wrong("extra_bank_holidays", f"{day.isoformat()} is at a weekend; check the date")
    return frozenset(days)


def _sections(top: Fields) -> tuple[Section, ...]:
    sections = [_section(fields) for fields in top.each("sections")]
    _check_once(top, "sections", (s.key for s in sections))
    for key in SECTION_KEYS:
        if key not in {s.key for s in sections}:
            top.wrong("sections", f'the section "{key}" is missing')
    return tuple(sections)


def _section(fields: Fields) -> Section:
    section = Section(
        key=fields.text("key", longest=20),
        title=fields.text("title", longest=60),
        prefix=fields.text("prefix", longest=10),
        question=fields.text("question", longest=160),
        items=tuple(_item(item) for item in fields.each("items")),
        only_with_recent_contact=fields.flag("only_with_recent_contact", default=False),
    )
    fields.done()
    if section.key and not re.fullmatch(r"[a-z][a-z_]*", section.key):
        fields.wrong("key", "must be small letters only")
    if section.key in OTHER_PAGES + OTHER_WAYS:
        fields.wrong("key", f'"{section.key}" is the name of another page; choose another word')
    if section.key == "oversight" and section.only_with_recent_contact:
        fields.wrong("only_with_recent_contact", "oversight is judged in every audit (CA-14)")
    for item in section.items:
        if item.id and not re.fullmatch(rf"{re.escape(section.prefix)}\d{{1,2}}", item.id):
            fields.wrong("items", f'"{item.id}" must be the prefix "{section.prefix}" and a number')
    return section


def _item(fields: Fields) -> Item:
    item = Item(id=fields.text("id", longest=10), text=fields.text("text", longest=160))
    fields.done()
    return item


def _rules(fields: Fields, sections: tuple[Section, ...]) -> dict[str, Rule]:
    items = [item for section in sections for item in section.items]
    _check_once(fields, "", [*fields.names(), *(item.id for item in items)])
    # What good looks like is stated in the framework; its text stands with its section and nowhere else.
    rules = {item.id: Rule(item.id, item.text, "F") for item in items}
    for key in fields.names():
        inner = fields.inner(key)
        rules[key] = Rule(id=key, text=inner.text("text"), basis=inner.text("basis", longest=1))
        inner.done()
        if rules[key].basis and rules[key].basis not in _BASES:
            inner.wrong("basis", 'must be "F" (stated), "R" (our reading) or "P" (product default)')
    for key in rules:
        if key and not _RULE_ID.fullmatch(key):
            fields.wrong(key, "is not shaped like a rule id such as CA-06, GL-P7 or Q18")
    return rules


def _grades(top: Fields) -> tuple[GradeText, ...]:
    texts: list[GradeText] = []
    for fields in top.each("grades"):
        named = fields.text("grade", longest=30)
        label = fields.text("label", longest=30)
        definition = fields.text("definition", longest=LONGEST_DEFINITION)
        fields.done()
        if named in set(Grade):
            texts.append(GradeText(Grade(named), label, definition))
        elif named:
            fields.wrong("grade", f"must be one of {', '.join(Grade)}")
    _check_once(top, "grades", (t.grade for t in texts))
    _check_once(top, "grades", (t.label for t in texts))
    for grade in Grade:
        if grade not in {t.grade for t in texts}:
            top.wrong("grades", f'the grade "{grade}" is missing')
    if [t.grade.rank for t in texts] != sorted((t.grade.rank for t in texts), reverse=True):
        top.wrong("grades", "must stand in order, the best first")
    return tuple(texts)


def _steps(top: Fields, numbers: Numbers) -> tuple[Step, ...]:
    steps = [_step(fields, numbers) for fields in top.each("steps")]
    if top.has("steps") and tuple(s.key for s in steps) != STEP_KEYS:
        top.wrong("steps", f"must be these seven in this order: {', '.join(STEP_KEYS)}")
    return tuple(steps)


def _step(fields: Fields, numbers: Numbers) -> Step:
    key, title = fields.text("key", longest=20), fields.text("title", longest=80)
    aim = fields.raw("aim")
    fields.done()
    if isinstance(aim, int) and not isinstance(aim, bool) and 0 <= aim <= 31:
        return Step(key, title, aim_days=aim)
    if aim == "accept_working_days":
        return Step(key, title, aim_days=None, aim_working_days=numbers.accept_working_days)
    if aim not in ("due", None):
        fields.wrong("aim", 'must be days from 0 to 31, "due" or "accept_working_days"')
    return Step(key, title, aim_days=None)


def _tags(fields: Fields) -> tuple[Tag, ...]:
    return tuple(Tag(key, fields.text(key, longest=60)) for key in fields.names())


def _hints(fields: Fields) -> dict[str, str]:
    return {key: fields.text(key, longest=200) for key in fields.names()}


def _aliased(top: Fields, key: str) -> Iterable[tuple[str, tuple[str, ...]]]:
    records: list[tuple[str, tuple[str, ...]]] = []
    for fields in top.each(key):
        records.append((fields.text("name", longest=80), fields.texts("aliases", may_be_empty=True)))
        fields.done()
    # One record each: a name that led to two records would make an import a matter of luck (Q28).
    _check_once(top, key, (name for record in records for name in _folded_names(record)))
    return records


def _folded_names(record: tuple[str, tuple[str, ...]]) -> Iterable[str]:
    # The same name spelt two ways in one record is harmless, so it counts once.
    return dict.fromkeys(folded(name) for name in (record[0], *record[1]))


def _age_bands(top: Fields) -> tuple[tuple[int, str], ...]:
    bands: list[tuple[int, str]] = []
    for fields in top.each("age_bands"):
        bands.append((fields.whole("from_years", 0, 25), fields.text("label", longest=30)))
        fields.done()
    starts = [youngest for youngest, _ in bands]
    if bands and (starts[0] != 0 or starts != sorted(set(starts))):
        top.wrong("age_bands", "must begin at 0 and go up")
    _check_once(top, "age_bands", (label for _, label in bands))
    return tuple(bands)


def _coach(fields: Fields) -> Coach:
    coach = Coach(
        open_phrases=fields.texts("open_phrases"),
        reason_words=fields.texts("reason_words"),
        effect_words=fields.texts("effect_words"),
        child_words=fields.texts("child_words"),
    )
    fields.done()
    for key in ("open_phrases", "reason_words", "effect_words", "child_words"):
        if any(phrase != phrase.lower() for phrase in getattr(coach, key)):
            fields.wrong(key, "must be in small letters, because text is compared that way")
    return coach


def _check_ids(framework: Framework, top: Fields) -> None:
    for tag in framework.tags:
        if tag.id not in framework.rules or not tag.id.startswith("GP-"):
            top.wrong(f"tags.{tag.id}", "is not a component of good practice among the rules (GP-)")
    for key in framework.writing_hints:
        if key not in framework.rules or not key.startswith("WH-"):
            top.wrong(f"writing_hints.{key}", "is not a writing hint among the rules (WH-)")


def _check_once(fields: Fields, key: str, names: Iterable[str]) -> None:
    for name, times in Counter(names).items():
        if name and times > 1:
            fields.wrong(key, f'"{name}" stands there more than once')
