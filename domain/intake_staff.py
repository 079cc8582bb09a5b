"""A staff list read row by row into people with posts, teams and cover.

Source: CA-02, Q8, Q10.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from domain.framework import Framework
from domain.intake import Problem, Refused, Remark, Row, Sheet
from domain.intake_columns import STAFF_FIELDS
from domain.intake_headings import match_columns, rows_of, without_formula_errors
from domain.intake_lists import StaffList, StaffRow
from domain.intake_posts import read_posts
from domain.intake_staff_links import TEAM_POSTS, link_people
from domain.intake_values import (
    FULL_WEEK,
    read_directory_id,
    read_email,
    read_leave,
    read_working_days,
    read_yes_no,
)
from domain.people import AUDITOR_POSTS, QA_OFFICE, Leave, Post

T = TypeVar("T")


def read_staff(sheet: Sheet, framework: Framework) -> StaffList | Refused:
    """Everyone in the list, or every reason why it is refused.

    Source: SG-01, CA-02.
    """
    columns, problems = match_columns(sheet, STAFF_FIELDS, "staff")
    if problems:
        return Refused(problems, columns.ignored, notes=sheet.where)
    reader = _Reader(framework)
    rows = list(rows_of(sheet, columns))
    people = [reader.read(row) for row in rows]
    linked, more, remarks = link_people(rows, people, framework)
    found = without_formula_errors(rows, [*reader.problems, *more])
    if not rows:
        found = [
            Problem(
                None, "", "", "The list holds no people. Nothing was taken, so that nobody is marked as left."
            )
        ]
    remarks = (*sorted(reader.remarks, key=lambda remark: remark.row or 0), *remarks)
    if found:
        return Refused(tuple(found), columns.ignored, remarks, sheet.where)
    remarks = (*remarks, *_who_is_missing(linked, columns.headings))
    return StaffList(tuple(linked), columns.ignored, remarks, sheet.notes)


class _Reader:
    """Reads rows one after another, keeping what was wrong. Manager and cover need the whole list."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._places: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.remarks: list[Remark] = []

    def read(self, row: Row) -> StaffRow:
        """The person of this row; fields that could not be read are empty and have a problem."""
        posts = self._field(row, "posts", read_posts, frozenset[Post](), required="Give at least one post.")
        if Post.LEAD_MEMBER in posts:
            self._lead_member(row, posts)
        team = self._one_spelling(row.text("team"))
        if team is None and posts & TEAM_POSTS:
            self.problems.append(row.problem("team", "Practitioners and team managers need a team. Name it."))
        return StaffRow(
            name=self._field(row, "name", _read_name, "", required="Give the person's name."),
            email=self._field(row, "email", read_email, "", required="Give the work e-mail address."),
            directory_id=self._field(row, "directory_id", read_directory_id, None),
            posts=posts,
            team=team,
            service=self._service(row.text("service")),
            is_auditor=self._auditor(row, posts),
            working_days=self._field(row, "working_days", read_working_days, FULL_WEEK),
            leave=self._leave(row),
        )

    def _field(
        self, row: Row, key: str, read: Callable[[str], T], empty: T, *, required: str | None = None
    ) -> T:
        """The field as `read` makes it of the text; `empty` when empty or wrong, with a problem kept."""
        cell = row.cell(key)
        text = cell if isinstance(cell, str) else row.text(key)
        try:
            if text:
                return read(text)
            if required:
                raise ValueError(required)
        except ValueError as wrong:
            self.problems.append(row.problem(key, str(wrong)))
        return empty

    def _lead_member(self, row: Row, posts: frozenset[Post]) -> None:
        """A councillor sees one summary; a post, team or audit beside it would open more (PF-08)."""
        if len(posts) > 1:
            wrong = "The Lead Member is a councillor, and holds no post of the staff. Leave the others out."
            self.problems.append(row.problem("posts", wrong))
        for key in ("team", "service"):
            if row.text(key):
                wrong = "The Lead Member is a councillor, and belongs to no team or service. Leave it empty."
                self.problems.append(row.problem(key, wrong))
        if row.text("auditor").casefold() in {"yes", "y", "true", "1"}:
            self.problems.append(row.problem("auditor", "The Lead Member does not audit. Leave it empty."))

    def _leave(self, row: Row) -> tuple[Leave, ...]:
        try:
            return read_leave(row.cell("leave"))
        except ValueError as wrong:
            self.problems.append(row.problem("leave", str(wrong)))
            return ()

    def _auditor(self, row: Row, posts: frozenset[Post]) -> bool:
        in_pool = bool(posts & AUDITOR_POSTS)
        is_auditor = self._field(row, "auditor", read_yes_no, in_pool)
        if is_auditor and not posts & (AUDITOR_POSTS | {Post.AD_QA, Post.AD_CARE}):
            self.remarks.append(
                Remark(
                    row.number, row.headings["auditor"], "Audits although the post is not in the audit pool."
                )
            )
        if not is_auditor and Post.SM in posts:
            text = (
                "Service managers always audit (Q10), so this “no” has no effect. A round can leave them out."
            )
            self.remarks.append(Remark(row.number, row.headings["auditor"], text))
        return is_auditor

    def _one_spelling(self, text: str) -> str | None:
        """The first spelling in the file of this team or service, so that another makes no second one."""
        return self._places.setdefault(text.casefold(), text) if text else None

    def _service(self, text: str) -> str | None:
        return self._framework.service_named(text) or self._one_spelling(text)


def _who_is_missing(people: Sequence[StaffRow], headings: Mapping[str, str]) -> list[Remark]:
    """A remark for each part of the work that nobody in the list could do."""
    remarks = []
    if not any(person.is_auditor or Post.SM in person.posts for person in people):
        text = "Nobody in this list audits, so no round can be planned."
        remarks.append(Remark(None, headings.get("auditor", headings["posts"]), text))
    if not any(person.posts & QA_OFFICE for person in people):
        text = (
            "Nobody in this list works in the QA office (quality assurance officer, or one of its service "
            "managers), so nobody could bring in lists or plan rounds in chat."
        )
        remarks.append(Remark(None, headings["posts"], text))
    return remarks


def _read_name(text: str) -> str:
    name = " ".join(text.split())
    if (
        len(name) > 120
        or not any(c.isalpha() for c in name)
        or any(c.isdigit() or c in "@=<>|{}[]" for c in name)
    ):
        raise ValueError("This does not read as a person's name. Give first and last name.")
    return name
