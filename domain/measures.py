"""What is counted of a period: audits given out and handed in, grades, voices, moderation, actions, the loop.

A held moderation shows in no figure: the grade that counts and the actions that are known come from
`domain.loop`, and only released moderations are passed in (MO-17, MO-21).

Source: CA-05 to CA-11, CA-19, CA-23, MO-02, MO-07, MO-21, OG-03, PF-11, Q7, Q31, VF-02.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.closing import Impact
from domain.figures import Figure, grade_key
from domain.framework import Framework
from domain.grades import Grade
from domain.loop import Found
from domain.pages import VOICES

VOICE_NAMES: Mapping[str, str] = dict(
    zip(VOICES, ("Child heard", "Parent or carer heard", "Agencies heard"), strict=True)
)


@dataclass(frozen=True, slots=True)
class Given:
    """An audit that was given out and did not go back."""

    audit_id: int
    service_id: int
    due_on: date
    submitted_on: date | None


@dataclass(frozen=True, slots=True)
class Looked:
    """A released moderation of an audit."""

    audit_id: int
    changed: bool
    """Whether the overall grade that counts is another than the auditor's."""
    in_time: bool


def counted(
    framework: Framework,
    given: Sequence[Given],
    found: Sequence[Found],
    looked: Mapping[int, Looked],
    *,
    today: date,
) -> tuple[Figure, ...]:
    """The figures of these audits.

    `given` are those of the period's rounds, `found` those submitted in the period, `looked` the released
    moderations by audit.
    """
    audits = _named(one.audit_id for one in found)
    all_given = _named(one.audit_id for one in given)
    handed_in = _named(one.audit_id for one in given if one.submitted_on)
    on_time = _named(o.audit_id for o in given if o.submitted_on and o.submitted_on <= o.due_on)
    moderated = [looked[one.audit_id] for one in found if one.audit_id in looked]
    of_moderated = _named(one.audit_id for one in moderated)
    lasted = _named(one.audit_id for one in found if one.impact is Impact.LASTED)
    looked_again = _named(one.audit_id for one in found if one.impact is not None)
    return (
        Figure("given", "Audits given out", all_given),
        Figure("done", "Audits submitted", handed_in, all_given),
        Figure("on_time", "Submitted by the due date", on_time, all_given, within="done"),
        Figure("submitted", "Audits that came in", audits),
        *_grades(framework, found, audits),
        Figure("moderated", "Moderated", of_moderated, audits),
        Figure(
            "moderated_in_time",
            "Moderated in time",
            _named(one.audit_id for one in moderated if one.in_time),
            of_moderated,
        ),
        Figure(
            "changed",
            "Overall grade changed by the Panel",
            _named(one.audit_id for one in moderated if one.changed),
            of_moderated,
        ),
        *_voices(found, audits),
        *_actions(found, today),
        Figure(
            "discussed",
            "Talked through in supervision",
            _named(one.audit_id for one in found if one.discussed),
            audits,
        ),
        Figure(
            "closed",
            "Closed",
            _named(one.audit_id for one in found if one.closed),
            audits,
            within="discussed",
        ),
        Figure("lasted", "Still true three months on", lasted, looked_again, whole_within="closed"),
        *_themes(framework, found),
    )


def record_of(audit_id: int) -> str:
    """An audit as figures name it."""
    return f"audit {audit_id}"


def _named(audit_ids: Iterable[int]) -> tuple[str, ...]:
    return tuple(record_of(audit_id) for audit_id in audit_ids)


def _grades(framework: Framework, found: Sequence[Found], audits: tuple[str, ...]) -> Iterator[Figure]:
    for grade in Grade:
        graded = _named(one.audit_id for one in found if one.grade is grade)
        yield Figure(grade_key(grade), framework.grade_label(grade), graded, audits, part_of="submitted")


def _voices(found: Sequence[Found], audits: tuple[str, ...]) -> Iterator[Figure]:
    for voice, name in VOICE_NAMES.items():
        heard = _named(one.audit_id for one in found if one.voices.get(voice, False))
        yield Figure(voice, name, heard, audits)


def _themes(framework: Framework, found: Sequence[Found]) -> Iterator[Figure]:
    for section in framework.sections:
        graded = [one for one in found if section.key in one.sections]
        below = _named(one.audit_id for one in graded if one.sections[section.key].below_good)
        yield Figure(
            theme_key(section.key),
            f"{section.title}: below Good",
            below,
            _named(one.audit_id for one in graded),
            whole_within="submitted",
        )


def theme_key(section: str) -> str:
    """The key of the figure that counts this section below Good."""
    return f"theme.{section}"


def _actions(found: Iterable[Found], today: date) -> tuple[Figure, ...]:
    actions = [action for one in found for action in one.actions]

    def of(key: str, name: str, states: tuple[str, ...], *, part_of: str = "") -> Figure:
        records = tuple(f"action {action.id}" for action in actions if action.state in states)
        return Figure(key, name, records, agreed, part_of=part_of)

    agreed = tuple(f"action {action.id}" for action in actions)
    overdue = tuple(
        f"action {action.id}" for action in actions if action.state == "open" and action.due_on < today
    )
    still_open = of("actions.open", "Actions open", ("open",), part_of="actions")
    return (
        Figure("actions", "Actions agreed", agreed),
        still_open,
        of("actions.done", "Actions called done", ("done",), part_of="actions"),
        of("actions.confirmed", "Actions confirmed", ("confirmed",), part_of="actions"),
        Figure("actions.overdue", "Of those open, overdue", overdue, still_open.counted),
    )
