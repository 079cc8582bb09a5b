"""Figures of reports in words, shared by all of them: themes, voices, sections, shares."""

from collections.abc import Iterable

from domain.framework import Framework
from domain.reporting import Line
from domain.round_found import RoundFound, SectionFound
from domain.suppression import share_in_words, shown

HEARD = {"voice_child": "The child", "voice_parent": "A parent or carer", "voice_agency": "An agency"}
STRONG = (
    "How many audits graded a section Good or better; for good practice, how many saw it in such a section."
)
WORK_ON = (
    "How many audits graded a section below Good; for good practice, how many tagged it in such a section."
)
EXACT = 1
"""The threshold for a reader from whom nothing is hidden."""


def theme_name(framework: Framework, theme: str) -> str:
    """What people call a section's key or a tag's id."""
    titles = {section.key: section.title for section in framework.sections}
    titles |= {tag.id: tag.text for tag in framework.tags}
    return titles.get(theme, theme)


def share_line(
    name: str, count: int, whole: int, smallest: int, *, nothing: str = "none yet", of: str = ""
) -> Line:
    """A share under its name: in figures where it may be, with a bar only then."""
    if not whole:
        return Line(name, nothing)
    figure = share_in_words(count, whole, smallest) + (f" {of}" if of else "")
    return Line(name, figure, (count, whole) if is_exact(count, whole, smallest) else None)


def is_exact(count: int, whole: int, smallest: int) -> bool:
    """Whether a share is said in figures."""
    return all(shown(n, smallest, of=whole) is not None for n in (whole, count, whole - count))


def heard_lines(found: RoundFound, smallest: int) -> tuple[Line, ...]:
    """Whose views were obtained (CA-09 to CA-11)."""
    return tuple(share_line(HEARD[key], heard, asked, smallest) for key, heard, asked in found.voices)


def section_lines(
    framework: Framework, sections: Iterable[SectionFound], smallest: int, *, below: bool
) -> tuple[Line, ...]:
    """How often each section was Good or better, or below Good.

    One that too few audits looked at is left out: to name it would tell that it was so in one of them.
    """
    return tuple(
        share_line(
            framework.section(one.key).title,
            one.below if below else one.good,
            one.graded,
            smallest,
            of="audits",
        )
        for one in sections
        if shown(one.graded, smallest) is not None
    )


def tag_lines(
    framework: Framework, tags: Iterable[tuple[str, int]], audits: int, smallest: int
) -> tuple[Line, ...]:
    """Components of good practice that auditors tagged."""
    return tuple(
        share_line(theme_name(framework, tag), number, audits, smallest, of="audits") for tag, number in tags
    )


def first_names(framework: Framework, sections: Iterable[SectionFound], most: int = 3) -> str:
    """The first sections by name: "planning, case recording"."""
    return ", ".join(framework.section(one.key).title.lower() for one in tuple(sections)[:most])
