"""What is typed about a talk, read and refused: times, days, grades, and texts without names.

Source: MO-16, MO-17, MO-21, SG-01.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from domain.audits import Audit
from domain.days import local_day, uk_date
from domain.differences import SectionDifference
from domain.grades import Grade
from domain.identifier_words import GIVEN_NAMES
from domain.identifiers import person_like
from domain.moderation import Moderation
from domain.pages import LINE_LIMIT, TEXT_LIMIT
from domain.talks import FURTHEST, SLOTS, read_time
from storage.work import View
from workflows.council import Council
from workflows.panel import acting_chairs
from workflows.sharing import TextWanted

WHY_OTHERWISE = "Please say why you see it otherwise; it is kept."


class LooksLikeAName(TextWanted):
    """A text seems to say who a child or family is; the writer may keep it all the same (SG-01)."""


def read_times(slots: Sequence[str], *, at_least: int, now: datetime) -> tuple[datetime, ...]:
    """The instants typed, earliest first. Raises TextWanted for one that cannot be used, or too few."""
    found: dict[datetime, None] = {}
    for number, text in enumerate(slots[:SLOTS], start=1):
        field = f"slot_{number}"
        if not text.strip():
            continue
        try:
            at = read_time(text.strip()[:LINE_LIMIT], today=local_day(now))
        except ValueError as wrong:
            raise TextWanted(field, str(wrong)) from None
        if not now < at <= now + FURTHEST:
            raise TextWanted(field, "Please choose a time between now and three months from now.")
        found[at] = None
    if len(found) < at_least:
        many = "three different times" if at_least == SLOTS else "a time"
        raise TextWanted(f"slot_{len(found) + 1}", f"Please offer {many}, so that there is a choice.")
    return tuple(sorted(found))


def read_held_on(held_on: date | None, *, invited_on: date, today: date) -> date:
    """The day of the talk: not before the invite, and not to come. Raises TextWanted."""
    if held_on is None:
        raise TextWanted("held_on", "Please give the day on which you talked, such as 12 May 2026.")
    if not invited_on <= held_on <= today:
        raise TextWanted(
            "held_on", f"Please choose a day from {uk_date(invited_on)}, when you invited them, until today."
        )
    return held_on


def read_final(moderation: Moderation, final: str, because: str) -> tuple[Grade, str]:
    """The final grade after the talk, and why; another than the Panel's needs its reason (MO-21, SG-05)."""
    try:
        kept = Grade(final)
    except ValueError:
        raise TextWanted("final", "Please choose the final grade after the talk.") from None
    if kept is moderation.overall and not because.strip():
        return kept, ""
    return kept, read_text("final_because", because, WHY_OTHERWISE)


def read_finals(
    changed: Iterable[SectionDifference], typed: Mapping[str, tuple[str, str]]
) -> dict[str, tuple[Grade, str]]:
    """Section to its final grade and why, for those `changed` by the Panel that get another (MO-21, SG-05).

    `typed` holds what was chosen and written for a section, by its key. What is left as it is, or not
    answered, keeps the Panel's and is not in the answer.
    """
    found: dict[str, tuple[Grade, str]] = {}
    for one in changed:
        final, because = typed.get(one.key, ("", ""))
        if final in ("", one.grades.moderated.value):
            continue
        try:
            grade = Grade(final)
        except ValueError:
            raise TextWanted(f"final_{one.key}", "Please choose one of the four grades.") from None
        field = f"final_because_{one.key}"
        found[one.key] = grade, read_text(field, because, WHY_OTHERWISE, limit=LINE_LIMIT)
    return found


def read_text(field: str, text: str, wanted: str, *, limit: int = TEXT_LIMIT) -> str:
    """The text without outer space. Raises TextWanted when there is none, or too much."""
    words = text.strip()
    if not words:
        raise TextWanted(field, wanted)
    if len(words) > limit:
        raise TextWanted(field, f"Please keep it within {limit:,} characters.")
    return words


def require_roles(
    view: View, council: Council, audit: Audit, texts: Mapping[str, str], *, sure: bool, now: datetime
) -> None:
    """Raise LooksLikeAName for a text that seems to name a child or family, unless the writer is sure.

    The two who talk may well call each other by name: whoever chairs today, standing in included, and
    whoever sent the invite, who may have stood in then.
    """
    if sure:
        return
    two = [view.people.get(audit.auditor_id), *acting_chairs(view, audit, council.today(now))]
    moderation = view.moderations.of_audit(audit.id)
    talk = view.discussions.of_moderation(moderation.id) if moderation is not None else None
    if talk is not None and talk.invited_by is not None:
        two.append(view.people.get(talk.invited_by))
    names = frozenset(word for person in two for word in person.name.lower().split())
    known, ordinary = GIVEN_NAMES - names, council.framework.own_words | names
    for field, text in texts.items():
        for finding in person_like(text, known, ordinary):
            raise LooksLikeAName(
                field,
                f"“{finding.excerpt}” looks as if it says who somebody is. {finding.advice} "
                "If it is right as it stands, press the button once more.",
            )
