"""The council's framework as data: what `framework.toml` says, checked whole.

A council edits a copy of the file. Nothing in it is a setting of the machine; every number carries the
rule it comes from. Source: decision 6 of the design.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.cadence import Line
from domain.governance import ActivityLine, MeetingLine, line_named
from domain.grades import Grade
from domain.nudges import NudgeLine
from domain.packs import PackKind, PackLine


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the framework in our words."""

    id: str
    text: str
    basis: str
    """"F" stated, "R" our reading, "P" product default the council must agree."""


@dataclass(frozen=True, slots=True)
class Item:
    """One what-good-looks-like item, shown as guidance (2.13)."""

    id: str
    """For example "GL-P7"."""
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A graded part of the audit with its guidance."""

    key: str
    """Short lower-case word, also the page's name: "planning"."""
    title: str
    prefix: str
    """The rule prefix of its items: "GL-P"."""
    question: str
    """One plain question that opens the page with the child's experience (PR-01, CA-13)."""
    items: tuple[Item, ...]
    only_with_recent_contact: bool = False
    """Shown only where the opening contact falls in the look-back window (Q18)."""


@dataclass(frozen=True, slots=True)
class GradeText:
    """How a grade is called and when it fits (GR-01 to GR-04)."""

    grade: Grade
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Step:
    """One of the seven steps shown on the allocation card, with its aimed day (workflow 1B)."""

    key: str
    title: str
    aim_days: int | None
    """Calendar days after allocation; None means the due date, unless `aim_working_days` is set."""
    aim_working_days: int | None = None
    """Working days after allocation, for steps counted that way."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A component of good practice, offered as a tag on findings (GP-01 to GP-06)."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """A governing body or office under its product name, with the names it also appears under (Q28)."""

    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServiceArea:
    """A service the sample must span (CA-04)."""

    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Every number of Part 1's rules. Days are calendar days unless the name says working."""

    round_months: tuple[int, ...]
    lookback_months: int
    cover_months: int
    """Every practitioner is audited within this many months (CA-03)."""
    repeat_pair_months: int
    accept_working_days: int
    practitioner_comment_working_days: int
    manager_review_working_days: int
    moderation_days: int
    """Calendar days from each audit's own completion (MO-07, Q7)."""
    sources_wanted: int
    action_working_days: int
    action_working_days_inadequate: int
    safety_escalate_hours: int
    typed_repeat_seconds: int
    allocate_on_day: int
    moderation_least_percent: int
    moderation_most_percent: int
    new_auditor_moderated: int
    """Whoever has fewer moderated audits is new (Q5)."""
    struggling_looks_at: int
    """How many of an auditor's latest moderations are looked at (Q5)."""
    selection_working_days: int
    top_up_working_days: int
    discussion_working_days: int
    supervision_days: int
    closing_working_days: int
    impact_check_days: int
    reaudit_days: int
    confirm_working_days: int
    calibration_days: int
    alpha_least_audits: int
    smallest_count: int
    """Numbers below it are suppressed wherever figures are shown."""
    round_report_days: int
    """Calendar days from the round's first day to its reports."""
    audit_hours: int
    moderation_hours: int
    auditor_month_hours: int
    """Hours an auditor can give to quality assurance in a month (PR-06, OG-07)."""
    narrative_working_days: int
    chase_working_days: int
    """Between one chase of a line on a figure, or of a report asked for, and the next (PF-09, PF-12)."""
    chase_manager_working_days: int
    """After its day, until whoever manages its owner hears (PF-09, PF-12)."""
    control_points: int
    """Periods an indicator needs before natural process limits are drawn for it."""
    digest_working_day: int
    """The working day of a month on which the QA Group's channel gets its digest."""
    digest_ahead_days: int
    """Calendar days that the digest looks ahead."""


@dataclass(frozen=True, slots=True)
class Coach:
    """Word lists of the rationale coach (WH-02, WH-03, WH-07). Phrases are lower case."""

    open_phrases: tuple[str, ...]
    reason_words: tuple[str, ...]
    """Words that show a judgement is tied to what was done: "because", "due to"."""
    effect_words: tuple[str, ...]
    """Words that show an effect: "so that", "leading to", "meaning"."""
    child_words: tuple[str, ...]
    """Words for the person whose experience counts: "child", "young person", "she", "he"."""


@dataclass(frozen=True, slots=True)
class Framework:
    """The whole file, validated."""

    version: str
    dated: date
    rules: Mapping[str, Rule]
    sections: tuple[Section, ...]
    grades: tuple[GradeText, ...]
    steps: tuple[Step, ...]
    tags: tuple[Tag, ...]
    bodies: tuple[Body, ...]
    services: tuple[ServiceArea, ...]
    plan_types: tuple[str, ...]
    plan_type_aliases: Mapping[str, tuple[str, ...]]
    """Plan type to the names a case list may give it."""
    age_bands: tuple[tuple[int, str], ...]
    """(youngest age in years, label), youngest first."""
    numbers: Numbers
    coach: Coach
    writing_hints: Mapping[str, str]
    """Hint id ("WH-01") to one friendly sentence for the auditor."""
    cadence: tuple[Line, ...]
    """The lines of the calendar, in the order written."""
    nudges: tuple[NudgeLine, ...]
    """The lines of the nudges, in the order written."""
    meetings: tuple[MeetingLine, ...]
    """The bodies that meet, in the order written."""
    plan: tuple[ActivityLine, ...]
    """What comes every year, in the order written."""
    packs: tuple[PackLine, ...]
    """The packs, in the order written."""
    extra_bank_holidays: frozenset[date]
    """One-off days beside England's bank holidays."""
    own_words: frozenset[str] = field(init=False, repr=False, compare=False)
    """Words of the council's own services and bodies, in small letters: capitals there are nobody's names."""

    def __post_init__(self) -> None:
        records: list[ServiceArea | Body] = [*self.services, *self.bodies]
        names = " ".join(name for record in records for name in (record.name, *record.aliases))
        own = frozenset(word.lower() for word in re.findall(r"[^\W\d_]+", names))
        object.__setattr__(self, "own_words", own)

    def meeting(self, key: str) -> MeetingLine | None:
        """The body of this key that meets; None when there is none."""
        return line_named(self.meetings, key)

    def pack(self, kind: PackKind) -> PackLine | None:
        """The pack of this kind; None where the council has none."""
        return next((line for line in self.packs if line.kind is kind), None)

    def section(self, key: str) -> Section:
        """The section of this key; KeyError when there is none."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)

    @property
    def section_keys(self) -> tuple[str, ...]:
        """The keys in the order of the audit."""
        return tuple(s.key for s in self.sections)

    def grade_label(self, grade: Grade) -> str:
        """What people read for this grade."""
        return self.grade_text(grade).label

    def grade_text(self, grade: Grade) -> GradeText:
        """The label and definition of this grade; every grade has one, or the file is refused."""
        return next(g for g in self.grades if g.grade == grade)

    def service_named(self, text: str) -> str | None:
        """The service area that goes by this name or alias, whatever its case and spacing (CA-04)."""
        return _named(text, ((s.name, s.aliases) for s in self.services))

    def plan_type_named(self, text: str) -> str | None:
        """The plan type that goes by this name or alias, whatever its case and spacing (CA-04)."""
        return _named(text, ((name, self.plan_type_aliases.get(name, ())) for name in self.plan_types))

    def body_named(self, text: str) -> str | None:
        """The body or office that goes by this name or alias, whatever its case and spacing (Q28)."""
        return _named(text, ((b.name, b.aliases) for b in self.bodies))

    def age_band(self, years: int) -> str:
        """The label of the band that holds this age; ValueError below the youngest band."""
        labels = [label for youngest, label in self.age_bands if youngest <= years]
        if not labels:
            raise ValueError(f"no age band holds {years} years")
        return labels[-1]


def folded(name: str) -> str:
    """The name as it is compared: without regard to case, punctuation or spacing."""
    return "".join(letter for letter in name.casefold().replace("&", "and") if letter.isalnum())


def _named(text: str, records: Iterable[tuple[str, tuple[str, ...]]]) -> str | None:
    sought = folded(text)
    for name, aliases in records:
        if sought in {folded(name), *map(folded, aliases)}:
            return name
    return None
