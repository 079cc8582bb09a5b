"""What an audit still lacks before it can be submitted.

Source: CA-08 to CA-15, CA-23, CA-24, Q11, Q12, Q24, 2.13, WH-01, WH-05, WH-08, SG-01.
"""

from collections.abc import Collection, Mapping
from datetime import date

from domain.framework import Framework
from domain.grades import Grade
from domain.pages import (
    ACTIONS,
    OVERALL,
    SOURCE_LINES,
    ActionsPage,
    ConversationPage,
    FilePage,
    JourneyPage,
    OverallPage,
    Page,
    Reached,
    SectionPage,
    Source,
    VoicePage,
    page_keys,
)

_COUNTED = ("no", "one", "two", "three")


def lacking(
    page: Page | None,
    *,
    overall: Grade | None = None,
    owners: Collection[int] | None = None,
    today: date | None = None,
    sources_wanted: int = SOURCE_LINES,
) -> tuple[str, ...]:
    """What this page lacks, a short phrase each; empty when it is complete.

    `overall` is the overall grade so far, which decides whether actions are compulsory; `owners` are those
    who may own one, None for anybody; an agreed day before `today` is asked for again. `sources_wanted` is
    how many a section rests on.
    """
    match page:
        case None:
            return ("nothing has been written yet",)
        case JourneyPage():
            return _wanted(
                (page.journey, "the child's journey"),
                (page.matters_most, "what matters most to the child now"),
            )
        case FilePage():
            return _wanted((page.read_on, "the day you read the file"))
        case SectionPage():
            return _graded(page) + _sources(page.sources, sources_wanted)
        case VoicePage():
            return _voice(page)
        case ConversationPage():
            return _wanted(
                (page.held_on, "the day of the reflective conversation"),
                (page.feedback, "what you fed back and suggested"),
            )
        case OverallPage():
            better = (
                ()
                if page.grade in (None, Grade.OUTSTANDING) or page.better
                else ("what would make it better",)
            )
            return _graded(page) + better
        case ActionsPage():
            return _actions(page, overall, owners, today)


def missing(
    pages: Mapping[str, Page],
    *,
    framework: Framework,
    has_contact_section: bool,
    owners: Collection[int],
    today: date,
) -> dict[str, tuple[str, ...]]:
    """Page key to what it lacks, for every page that lacks something, in the order of the pages.

    `owners` are the ids of those who may own an action by now; someone chosen weeks ago may have left, and
    a day agreed weeks ago may have passed.
    """
    overall_page = pages.get(OVERALL)
    overall = overall_page.grade if isinstance(overall_page, OverallPage) else None
    sources_wanted = framework.numbers.sources_wanted
    found: dict[str, tuple[str, ...]] = {}
    for key in page_keys(framework, has_contact_section=has_contact_section):
        gaps = lacking(
            pages.get(key), overall=overall, owners=owners, today=today, sources_wanted=sources_wanted
        )
        if key == ACTIONS and key not in pages:
            gaps = ("the actions, or that none are needed",)
        if gaps:
            found[key] = gaps
    return found


def _wanted(*fields: tuple[object, str]) -> tuple[str, ...]:
    return tuple(name for value, name in fields if not value)


def _graded(page: SectionPage | OverallPage) -> tuple[str, ...]:
    # A grade without its three-part rationale is bare, and CA-15 blocks it.
    return _wanted(
        (page.grade, "a grade"),
        (page.judgement, "your judgement"),
        (page.action, "the reason for it"),
        (page.impact, "the impact on the child"),
    )


def _sources(sources: tuple[Source, ...], wanted: int) -> tuple[str, ...]:
    """Sources to triangulate, each with its day (2.13, WH-05); the same one named twice counts once."""
    # A council may ask for more than the page has room for; what nobody can give is not demanded.
    wanted = min(wanted, SOURCE_LINES)
    named = {(source.what.strip().casefold(), source.on) for source in sources if source.what.strip()}
    gaps: list[str] = []
    if len(named) < wanted:
        so_far = f" ({_COUNTED[len(named)]} so far)" if named else ""
        gaps.append(
            ("a source" if wanted == 1 else f"{_COUNTED[wanted]} sources, each") + f" with its day{so_far}"
        )
    gaps += [
        f"the day of source {number}"
        for number, source in enumerate(sources, start=1)
        if source.what.strip() and source.on is None
    ]
    return tuple(gaps)


def _voice(page: VoicePage) -> tuple[str, ...]:
    if page.reached is None:
        return ("whether views were obtained",)
    if page.reached is Reached.OBTAINED:
        return _wanted((page.summary, "what they said"), (page.on, "the day you heard from them"))
    return _wanted((page.reason, "the reason why views were not obtained"))


def _actions(
    page: ActionsPage, overall: Grade | None, owners: Collection[int] | None, today: date | None
) -> tuple[str, ...]:
    gaps: list[str] = []
    for number, line in enumerate(page.written, start=1):
        if line.owner_id is None:
            gaps.append(f"who owns action {number}")
        elif owners is not None and line.owner_id not in owners:
            gaps.append(f"a new owner for action {number}, as the one chosen has left or moved on")
        if line.due_on is None:
            gaps.append(f"the agreed date of action {number}")
        elif today is not None and line.due_on < today:
            gaps.append(f"a new date for action {number}, as the one agreed has passed")
    if not page.written:
        if overall is not None and overall.below_good:
            gaps.append("at least one action, as the overall grade is below Good")
        elif not page.none_needed:
            gaps.append("the actions, or that none are needed")
    return tuple(gaps)
