"""What stands in each part of a report or bulletin: one function for each, from the desk to what it holds.

Source: OG-05, OG-09,
OG-10, PF-06, PF-11, PF-15, PR-01, PR-05, Q31.
"""

from collections.abc import Callable, Iterable, Mapping

from domain.days import uk_date
from domain.figures import Shown, grade_key
from domain.framework import Framework
from domain.grades import Grade
from domain.measures import theme_key
from domain.pack_content import FigureTable, TextTable
from domain.pack_desk import Desk, Known
from domain.pack_measures import COMMENTED, COMPARED, LEARNING_CLOSED, LEARNING_OPEN, PRAISED
from domain.pack_themes import themes_of
from domain.pack_words import (
    agreed,
    changes,
    counted,
    graded,
    heard,
    lasting,
    most_often_weak,
)
from domain.packs import (
    ACTIONS,
    CHANGED,
    CHILDREN,
    DOING,
    FINDINGS,
    FOUND,
    METHOD,
    TOLD,
    WHY,
    PackKind,
    Span,
)
from domain.themes import theme_titles

VOICES = ("voice_child", "voice_parent", "voice_agency")
LASTED = "lasted"
WORK = ("done", "on_time", "submitted", "moderated", "moderated_in_time", COMPARED)
STEPS = ("actions", "actions.open", "actions.overdue", "actions.done", "actions.confirmed")
AFTER = ("discussed", "closed")
SERVICES_SEE = ("done", "voice_child", "actions.confirmed")
"""What is told service by service; never of one person, and nothing is ranked (SG-03)."""
HIGHLIGHTS = ("voice_child", "voice_parent", "done", grade_key(Grade.GOOD), "actions.confirmed", "closed")

_WHY: Mapping[PackKind, str] = {
    PackKind.QA_GROUP: (
        "The QA Group meets each month to plan, deliver and solve problems. This pack shows what audits say "
        "of children's help since the last round began, so that the Group can decide what to do about it."
    ),
    PackKind.BOARD: (
        "The Board oversees all quality assurance. This report asks what audits found this quarter, and "
        "whether what we find drives improvement and better outcomes for children."
    ),
    PackKind.SMT: (
        "Each quarter both assistant directors look at numbers and quality together. This pack brings the "
        "quality: what audits found in children's help, and what came of it."
    ),
    PackKind.ANNUAL: (
        "Once a year CDLT reads what a year of audits says of children's help: what was found, what was "
        "done, and what changed."
    ),
}
_FIRST_LOOK = (
    "A round has just ended, so completion and grades come first; moderation and actions follow next month."
)
_SECOND_LOOK = (
    "The round's month is past, so look at moderation and actions first; completion and grades are settled."
)
_TOO_FEW = "Too few audits came in to say more than the tables do."
_NO_LEARNING = "Nothing was closed with an answer on impact in this time."


def keys_of(kind: PackKind, known: Known) -> frozenset[str]:
    """The council's figures that this kind shows."""
    if kind is PackKind.EVIDENCE:
        return _common_keys(known.framework) | themes_of(known)
    return report_keys(kind, known.framework)


def report_keys(kind: PackKind, framework: Framework) -> frozenset[str]:
    """The council's figures that this kind of report, or the bulletin, shows."""
    keys = _common_keys(framework) | {*STEPS, *AFTER, LEARNING_OPEN, LEARNING_CLOSED}
    if kind is PackKind.BULLETIN:
        return keys | {COMMENTED, PRAISED}
    return keys | {*WORK, "changed"}


def service_keys(kind: PackKind) -> tuple[str, ...]:
    """The figures of each service that this kind shows."""
    return () if kind in (PackKind.BULLETIN, PackKind.EVIDENCE) else SERVICES_SEE


def _common_keys(framework: Framework) -> frozenset[str]:
    grades = (grade_key(grade) for grade in Grade)
    sections = (theme_key(section) for section in framework.section_keys)
    return frozenset({*HIGHLIGHTS, *VOICES, LASTED, *grades, "submitted", *sections})


Built = tuple[str, Iterable[FigureTable], tuple[TextTable, ...]]


def _children(desk: Desk) -> Built:
    words = _joined(heard(*(desk.shown(key) for key in VOICES)), lasting(desk.shown(LASTED)))
    tables = [
        desk.table("Whose voices were heard", VOICES, drawn=True),
        desk.table("Did it last?", (LASTED,)),
    ]
    if _tells_services(desk):
        tables.append(desk.by_service("Children heard, by service", "voice_child"))
    return words, tables, ()


def _why(desk: Desk) -> Built:
    return _WHY[desk.known.line.kind], (), ()


def _method(desk: Desk) -> Built:
    period = desk.known.period
    words = [
        f"It tells of {uk_date(period.first)} to {uk_date(period.last)}; beside each figure stands the "
        f"same of {desk.known.before.label}. Auditors read the child's record, heard the child and the "
        "family, and talked with the practitioner. Where the Panel looked again, its grade counts.",
        counted(
            (
                ("audits submitted:", desk.shown("done")),
                ("by their due date:", desk.shown("on_time")),
                ("looked at by the Panel:", desk.shown("moderated")),
            )
        ),
    ]
    if desk.known.line.span is Span.ROUND:
        words.append(_FIRST_LOOK if period.first.month == period.last.month else _SECOND_LOOK)
    tables = [desk.table("What it rests on", WORK), desk.by_service("Audits submitted, by service", "done")]
    return _joined(*words), tables, ()


def _findings(desk: Desk) -> Built:
    words = _joined(
        graded(_grades(desk)),
        most_often_weak(_sections(desk)),
        agreed(desk.known.agreement, desk.shown(COMPARED)),
    )
    return words or _TOO_FEW, _found_tables(desk, panel=True), ()


def _actions(desk: Desk) -> Built:
    words = _joined(
        counted(
            (
                ("actions agreed:", desk.shown("actions")),
                ("confirmed:", desk.shown("actions.confirmed")),
                ("still open:", desk.shown("actions.open")),
                ("of those overdue:", desk.shown("actions.overdue")),
            )
        ),
        counted(
            (
                ("audits talked through in supervision:", desk.shown("discussed")),
                ("closed:", desk.shown("closed")),
            )
        ),
    )
    tables = [
        desk.table("Actions", STEPS, drawn=True),
        desk.table("What followed", AFTER),
        desk.by_service("Actions confirmed, by service", "actions.confirmed"),
        desk.table("The learning log", (LEARNING_OPEN, LEARNING_CLOSED)),
    ]
    return words, tables, _standing(desk)


def _changed(desk: Desk) -> Built:
    keys = sorted(keys_of(desk.known.line.kind, desk.known))
    pairs = [(one.figure.name, one, desk.before(key)) for key in keys if (one := desk.shown(key)) is not None]
    closed = desk.known.closed
    if not closed:
        return _joined(changes(pairs), _NO_LEARNING), (), ()
    titles = theme_titles(desk.known.framework)
    rows = tuple(
        (one.title, titles.get(one.theme, ""), one.impact, "Yes" if one.more_needed else "No")
        for one in closed
    )
    headings = ("What we learned", "About", "What changed for children", "Is more needed?")
    return changes(pairs), (), (TextTable("Learning that was closed, with its impact", headings, rows),)


def _bulletin_found(desk: Desk) -> Built:
    words = _joined(
        heard(*(desk.shown(key) for key in VOICES)),
        graded(_grades(desk)),
        most_often_weak(_sections(desk)),
    )
    tables = [desk.table("Whose voices were heard", VOICES, drawn=True), *_found_tables(desk, panel=False)]
    return words, tables, ()


def _doing(desk: Desk) -> Built:
    words = counted(
        (
            ("actions agreed:", desk.shown("actions")),
            ("confirmed:", desk.shown("actions.confirmed")),
            ("still open:", desk.shown("actions.open")),
        )
    )
    tables = [desk.table("Actions", STEPS), desk.table("The learning log", (LEARNING_OPEN, LEARNING_CLOSED))]
    return words, tables, _standing(desk)


def _told(desk: Desk) -> Built:
    words = counted(
        (
            ("audits to which practitioners added their own words:", desk.shown(COMMENTED)),
            ("notes of thanks for good work:", desk.shown(PRAISED)),
        )
    )
    return words, [desk.table("Your voice", (COMMENTED, PRAISED))], ()


BUILDERS: Mapping[str, Callable[[Desk], Built]] = {
    CHILDREN: _children,
    WHY: _why,
    METHOD: _method,
    FINDINGS: _findings,
    ACTIONS: _actions,
    CHANGED: _changed,
    FOUND: _bulletin_found,
    DOING: _doing,
    TOLD: _told,
}
"""Part to (drafted words, tables of figures, tables of words)."""


def _found_tables(desk: Desk, *, panel: bool) -> list[FigureTable]:
    grades = tuple(grade_key(grade) for grade in Grade)
    sections = [desk.line(theme_key(one.key), name=one.title) for one in desk.known.framework.sections]
    tables = [desk.table("Overall grades", grades, drawn=True)]
    if panel:
        tables.append(desk.table("What the Panel changed", ("changed",)))
    below = tuple(line for line in sections if line is not None)
    return [*tables, FigureTable("Sections below Good", below, drawn=True)]


def _standing(desk: Desk) -> tuple[TextTable, ...]:
    titles = theme_titles(desk.known.framework)
    rows = tuple(
        (one.title, titles.get(one.theme, ""), one.learning, uk_date(one.due_on) if one.due_on else "")
        for one in desk.known.standing
    )
    headings = ("Title", "About", "What we learned", "To have made a difference by")
    return (TextTable("Learning in hand", headings, rows),) if rows else ()


def _grades(desk: Desk) -> list[tuple[str, Shown | None]]:
    return [(desk.known.framework.grade_label(grade), desk.shown(grade_key(grade))) for grade in Grade]


def _sections(desk: Desk) -> list[tuple[str, Shown | None]]:
    return [(one.title, desk.shown(theme_key(one.key))) for one in desk.known.framework.sections]


def _tells_services(desk: Desk) -> bool:
    return bool(service_keys(desk.known.line.kind))


def _joined(*words: str) -> str:
    return "\n".join(one for one in words if one)
