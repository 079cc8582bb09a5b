"""A service's numbers and the beginning of its quarterly action plan, for its manager.

Source: RO-08, Q23, Q33.
"""

from collections.abc import Iterator
from datetime import date

from cards.report_words import STRONG, WORK_ON, heard_lines, section_lines, tag_lines
from cards.wording import count
from domain.framework import Framework
from domain.reporting import Line, Part, Report
from domain.requisite import Numbers
from domain.round_found import SectionFound, ServiceReport, trend
from domain.suppression import in_words, share_in_words, shown

PLAN = "Quarterly action plan"
COLUMNS = ("What was found", "Trend", "Action", "Owner", "By when")
TALKED_COLUMNS = ("Team or person", "When", "What came of it")
MOST_FINDINGS = 6
LEAST_ROWS = 4
"""Rows of the plan, so that there is room for what people know and no audit says."""


def service_report(framework: Framework, view: ServiceReport) -> Report:
    """The numbers first; what was found is told with small numbers hidden."""
    smallest, found = framework.numbers.smallest_count, view.found
    year = f"{view.year_from:%B %Y} to {view.month:%B %Y}"
    parts = [
        Part(f"This year, {count(view.rounds, 'round')} so far", lines=number_lines(view.year)),
        Part(f"The {view.month:%B %Y} round", lines=number_lines(view.this_round)),
    ]
    if found.audits:
        parts += [
            Part("Whose views were heard in our teams' audits", lines=heard_lines(found, smallest)),
            Part(
                "What is strong",
                says=STRONG,
                lines=section_lines(framework, found.strengths, smallest, below=False),
            ),
            Part(
                "What to work on",
                says=WORK_ON,
                lines=(
                    *section_lines(framework, found.to_work_on, smallest, below=True),
                    *tag_lines(framework, found.tags_below, found.audits, smallest),
                ),
            ),
            Part(PLAN, columns=COLUMNS, rows=_plan(framework, view)),
            Part("Talked through with teams and individuals", columns=TALKED_COLUMNS, rows=(("",) * 3,) * 3),
        ]
    return Report(
        "Our numbers",
        f"{view.service}, {year}",
        _lead(view),
        tuple(part for part in parts if part.lines or part.columns),
        f"Required means your auditors times the rounds, less exemptions. Audits of your teams' work in this "
        f"round: {in_words(found.audits, smallest)}; of what they found, numbers below {smallest} are not "
        "shown, as few audits say too much about few people.",
    )


def number_lines(numbers: Numbers) -> tuple[Line, ...]:
    """Required, done, exempt and outstanding (Q23)."""
    if not numbers.places:
        return (Line("Required", "none, as nobody of yours audits in it"),)
    return (
        Line("Done", f"{numbers.done} of {numbers.required} required", (numbers.done, numbers.required)),
        Line("Outstanding", _outstanding(numbers)),
        Line("Exempt", str(numbers.exempt)),
    )


def _outstanding(numbers: Numbers) -> str:
    why = []
    if numbers.under_way:
        why.append(f"{numbers.under_way} under way")
    if numbers.without:
        why.append(f"{numbers.without} without an audit: new, left out, or theirs went back")
    return str(numbers.outstanding) + (f" ({'; '.join(why)})" if why else "")


def _lead(view: ServiceReport) -> str:
    year = view.year
    if not year.required:
        return "No audit is required of your service so far this year."
    text = f"Your auditors have done {year.done} of {year.required} audits required so far this year."
    if year.outstanding:
        return text + f" {count(year.outstanding, 'audit is', 'audits are')} outstanding."
    return text + " Thank you: each of them is a child somebody listened to."


def _plan(framework: Framework, view: ServiceReport) -> tuple[tuple[str, ...], ...]:
    """Rows begun with what was found, and empty ones."""
    begun = tuple(_findings(framework, view))
    return begun + (("",) * len(COLUMNS),) * max(1, LEAST_ROWS - len(begun))


def _findings(framework: Framework, view: ServiceReport) -> Iterator[tuple[str, ...]]:
    smallest = framework.numbers.smallest_count
    before = {one.key: one for one in view.before.sections} if view.before else {}
    enough = [one for one in view.found.to_work_on if shown(one.graded, smallest) is not None]
    for one in enough[:MOST_FINDINGS]:
        share = share_in_words(one.below, one.graded, smallest)
        finding = f"{framework.section(one.key).title}: below Good in {share} audits"
        yield finding, _trend(one, before.get(one.key), smallest, view.before_month), "", "", ""


def _trend(now: SectionFound, before: SectionFound | None, smallest: int, month: date | None) -> str:
    way = trend(now, before, smallest)
    if way is None or month is None:
        return "Too few to say"
    return {1: "More often than", 0: "About as often as", -1: "Less often than"}[way] + f" in {month:%B %Y}"
