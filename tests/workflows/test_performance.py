"""Whose figures a reader may open, how far down, and without which small numbers (PF-01, PF-08, SG-03)."""

import pytest

from domain.errors import NotAllowed
from domain.indicators import Every, Measured
from domain.numbers import Look, Numbers
from domain.people import Person, Post
from domain.suppression import NOT_SHOWN
from storage.work import Work
from tests.builders import NOW, Staff, a_person, a_submitted_audit
from tests.performance import STEADY, an_indicator, figures, of_service, of_team
from workflows.council import Council
from workflows.performance import Level, Place, numbers, own_place

NOWHERE = 99_999


@pytest.fixture
def readers(council: Council, people: Staff) -> dict[str, Person]:
    with council.write() as work:
        return {
            "team manager": people.team_manager,
            "service manager": people.service_manager,
            "another team manager": people.auditor,
            "another service manager": people.cover,
            "QA officer": people.qa_officer,
            "AD for QA": people.ad_qa,
            "performance officer": a_person(work, "Per Former", Post.PERFORMANCE),
            "principal social worker": a_person(work, "Pat Principal", Post.PSW),
            "AD for social care": a_person(work, "Ada Care", Post.AD_CARE),
            "director": a_person(work, "Drew Director", Post.DCS),
            "practitioner": people.practitioner,
            "assistant": people.line_manager,
        }


def seen(council: Council, by: Person, level: Level, place_id: int) -> Numbers | None:
    with council.read() as view:
        try:
            return numbers(view, council, by=by, place=Place(level, place_id), now=NOW)
        except NotAllowed:
            return None


_ACROSS = {"QA officer", "AD for QA", "performance officer", "principal social worker", "AD for social care"}
_OWN = {"team manager", "service manager"}


@pytest.mark.rule("PF-01", "PF-08", "PF-14", "SG-03")
@pytest.mark.parametrize(
    ("level", "allowed"),
    [
        (
            Level.COUNCIL,
            _OWN | _ACROSS | {"director", "another team manager", "another service manager"},
        ),
        (Level.SERVICE, _OWN | _ACROSS | {"director", "another service manager"}),
        (Level.TEAM, _OWN | _ACROSS),
        (Level.PEOPLE, _OWN),
        (Level.CASES, _OWN),
    ],
)
def test_each_reader_goes_down_as_far_as_they_answer_for(
    council: Council, people: Staff, readers: dict[str, Person], level: Level, allowed: set[str]
) -> None:
    place_id = {Level.COUNCIL: 0, Level.SERVICE: people.service.id}.get(level, people.team.id)

    may = {name for name, by in readers.items() if seen(council, by, level, place_id) is not None}
    nowhere = {name for name, by in readers.items() if seen(council, by, level, NOWHERE) is not None}

    assert may == allowed
    # A team or service that is not there is refused as one that is not theirs.
    assert nowhere == (allowed if level is Level.COUNCIL else set())


@pytest.mark.rule("PF-01")
def test_a_team_managers_figures_go_down_to_practitioner_and_case(council: Council, people: Staff) -> None:
    worker = people.practitioner
    with council.write() as work:
        timely = an_indicator(work)
        team_id, service_id = people.team.id, people.service.id
        figures(work, timely, of_team(people), STEADY)
        figures(work, timely, Measured(service_id, team_id, worker.id), (50.0,), every=Every.WEEK)
        figures(work, timely, Measured(service_id, team_id, None, "CF-1001"), (60.0,), every=Every.WEEK)
        figures(work, timely, Measured(service_id, team_id, None, "CF-1002"), (0.0,), every=Every.WEEK)

    team, by_person, by_case = (
        seen(council, people.team_manager, level, people.team.id)
        for level in (Level.TEAM, Level.PEOPLE, Level.CASES)
    )

    assert team is not None
    assert by_person is not None
    assert by_case is not None
    assert [(one.figure, one.before, one.look) for one in team.lines] == [("93%", "91%", Look.STEADY)]
    assert [(one.whose, one.figure, one.look) for one in by_person.lines] == [
        ("Perry Practitioner", "50%", Look.NEEDED)
    ]
    # The worst comes first.
    assert [(one.whose, one.figure) for one in by_case.lines] == [("CF-1002", "0%"), ("CF-1001", "60%")]


def _shares(work: Work, people: Staff) -> None:
    timely = an_indicator(work)
    figures(work, timely, of_team(people), (50.0,), counted=[(2, 4)])
    figures(work, timely, of_service(people), (80.0,), counted=[(40, 50)])
    figures(work, timely, Measured(), (90.0,), counted=[(90, 100)])


@pytest.mark.rule("PF-08", "SG-03")
def test_small_numbers_are_shown_to_whoever_manages_them_and_to_nobody_else(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        _shares(work, people)

    own = seen(council, people.team_manager, Level.TEAM, people.team.id)
    across = seen(council, people.ad_qa, Level.TEAM, people.team.id)

    assert own is not None
    assert across is not None
    assert [one.figure for one in own.lines] == ["50%"]
    assert [(one.figure, one.before, one.spark) for one in across.lines] == [(NOT_SHOWN, "", "")]
    assert (own.hidden, across.hidden) == (False, True)


@pytest.mark.rule("PF-08")
def test_of_a_service_only_what_stands_out_of_its_teams_is_shown(council: Council, people: Staff) -> None:
    with council.write() as work:
        timely, plans = an_indicator(work), an_indicator(work, "Plans up to date")
        for indicator, values in ((timely, STEADY), (plans, (60.0,))):
            figures(work, indicator, of_team(people), values)
            figures(work, indicator, of_service(people), STEADY)

    found = seen(council, people.service_manager, Level.SERVICE, people.service.id)

    assert found is not None
    assert [(one.name, one.whose) for one in found.lines] == [
        ("Plans up to date", people.team.name),
        ("Plans up to date", ""),
        ("Visits in time", ""),
    ]


@pytest.mark.rule("PF-04", "PF-06", "PF-15")
def test_what_audits_found_stands_beside_the_figure_of_the_same_theme(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        figures(work, an_indicator(work, theme="planning"), of_team(people), (60.0,))
        a_submitted_audit(work, council, people, reference="CF-1001")

    own = seen(council, people.team_manager, Level.TEAM, people.team.id)
    across = seen(council, people.ad_qa, Level.TEAM, people.team.id)

    assert own is not None
    assert across is not None
    assert own.lines[0].audits.startswith("Audits of the last year: Planning below Good in ")
    assert own.lines[0].audits.endswith(" of 1.")
    # One audit says too much to anyone who may not open it.
    assert across.lines[0].audits == ""


@pytest.mark.rule("PF-14")
def test_everyone_begins_with_their_own(council: Council, people: Staff) -> None:
    with council.read() as view:
        assert own_place(view, people.team_manager) == Place(Level.TEAM, people.team.id)
        assert own_place(view, people.service_manager) == Place(Level.SERVICE, people.service.id)
        assert own_place(view, people.ad_qa) == Place(Level.COUNCIL, 0)
