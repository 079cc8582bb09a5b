"""Themes of real audits: the grade that counts, the period, and who may look."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.errors import NotAllowed, NotFound
from domain.grades import Grade
from domain.learning import Evidence
from domain.moderation_form import SectionGrade
from domain.people import Person, Post
from domain.themes import Cohort
from storage.work import Work
from tests.builders import NOW, Staff, a_person, a_submitted_audit
from tests.dialogs.scripts import on_one_engine
from tests.learning import a_section, the_entry
from tests.moderations import a_held_moderation, a_released_moderation, the_panel
from workflows.council import Council
from workflows.learning_log import draft_from_theme
from workflows.themes import ThemesFound, view_themes

pytestmark = on_one_engine


@pytest.fixture
def work(council: Council, people: Staff) -> Iterator[Work]:
    """One transaction over a council whose staff were saved before it began."""
    with council.write() as opened:
        yield opened


def seen(work: Work, council: Council, by: Person, **given: Any) -> ThemesFound:
    asked = {"theme": "", "months": 6, "cohort": Cohort.TEAM, "now": NOW, **given}
    return view_themes(work, council, by=by, **asked)


def below(found: ThemesFound, theme: str = "planning") -> int:
    return next(one.below for one in found.themes if one.key == theme)


@pytest.mark.rule("MO-17", "MO-21", "CA-21")
def test_the_panels_grade_counts_once_it_is_released_and_a_held_one_nowhere(
    work: Work, council: Council, people: Staff
) -> None:
    panel = the_panel(work)
    form = {"sections": {"planning": SectionGrade(Grade.INADEQUATE, "Drift.")}}
    a_held_moderation(work, council, people, panel, form=form)

    while_held = below(seen(work, council, people.qa_officer))
    a_released_moderation(work, council, people, panel, reference="CF-2", form=form)

    assert (while_held, below(seen(work, council, people.qa_officer))) == (0, 1)


@pytest.mark.rule("CA-21")
def test_a_period_counts_whole_days_of_london_and_the_one_before_ends_where_it_begins(
    work: Work, council: Council, people: Staff
) -> None:
    # Six months to 1 May begin on 2 November; then London's midnight is that of UTC.
    moments = {
        "first day": datetime(2025, 11, 2, 0, 0, tzinfo=UTC),
        "the day before": datetime(2025, 11, 1, 23, 59, tzinfo=UTC),
    }
    for number, at in enumerate(moments.values()):
        a_submitted_audit(
            work,
            council,
            people,
            reference=f"CF-{number}",
            now=at,
            pages={"planning": a_section(Grade.INADEQUATE)},
        )

    found = seen(work, council, people.qa_officer)

    assert found.audits == 1
    assert found.period.in_words == "from 2 November 2025 to 1 May 2026"
    assert found.period.before.in_words == "from 2 May 2025 to 1 November 2025"


@pytest.mark.rule("RO-04", "CA-21")
def test_whoever_reads_the_log_sees_themes_and_nobody_else(
    work: Work, council: Council, people: Staff
) -> None:
    a_submitted_audit(work, council, people)
    readers = (
        people.qa_officer,
        people.ad_qa,
        people.service_manager,
        a_person(work, "Pat Principal", Post.PSW),
        a_person(work, "Chris Consultant", Post.PC),
    )

    for reader in readers:
        assert seen(work, council, reader).audits == 1
    for somebody in (people.auditor, people.practitioner, people.team_manager):
        with pytest.raises(NotAllowed):
            seen(work, council, somebody)


@pytest.mark.rule("CA-21", "SG-03")
def test_a_draft_from_a_theme_says_what_was_counted_and_no_number_that_is_too_small(
    work: Work, council: Council, people: Staff
) -> None:
    for number in range(6):
        planning = a_section(Grade.INADEQUATE)
        review = a_section(Grade.INADEQUATE if number < 2 else Grade.GOOD)
        a_submitted_audit(
            work,
            council,
            people,
            reference=f"CF-{number}",
            pages={"planning": planning, "review": review},
        )
    given: dict[str, Any] = {"by": people.qa_officer, "months": 6, "now": NOW}

    many = draft_from_theme(work, council, theme="planning", **given)
    few = draft_from_theme(work, council, theme="review", **given)

    assert "below Good in 6 of 6 audits from 2 November 2025" in the_entry(work, many).learning
    assert len(work.learning.evidence([many])[many][Evidence.AUDIT]) == 6
    assert "fewer than 5 of 6" in the_entry(work, few).learning
    assert work.learning.evidence([few]) == {}


def test_a_theme_nobody_spoke_of_and_a_period_nobody_offered_are_not_found(
    work: Work, council: Council, people: Staff
) -> None:
    for given in ({"theme": "planning"}, {"months": 7}):
        with pytest.raises(NotFound):
            seen(work, council, people.qa_officer, **given)
