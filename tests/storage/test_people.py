"""Staff as they are kept: posts, leave, who is bound to which directory id, and who has left."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from domain.people import Leave, Post
from storage.tables import services, teams
from storage.work import Work
from tests.builders import NOW, Staff, a_case, a_person
from workflows.council import Council


@pytest.fixture
def work(council: Council, people: Staff) -> Iterator[Work]:
    """One transaction over a council whose staff were saved before it began."""
    with council.write() as opened:
        yield opened


def test_a_person_comes_back_as_they_were_added(work: Work) -> None:
    service = work.people.service_named("Conifers")
    team = work.people.team_named("Conifers 1", service.id)
    manager = a_person(work, "Mo Manager", Post.TM)
    leave = (Leave(date(2026, 5, 4), date(2026, 5, 8)), Leave(date(2026, 8, 3), date(2026, 8, 3)))

    added = a_person(
        work,
        "Perry Part-Timer",
        Post.PC,
        Post.CP_CHAIR,
        team_id=team.id,
        service_id=service.id,
        manager_id=manager.id,
        cover_id=manager.id,
        is_auditor=True,
        working_days=frozenset({4, 0, 2}),
        leave=leave,
    )

    found = work.people.get(added.id)
    assert found == added
    assert found.posts == {Post.PC, Post.CP_CHAIR}
    assert found.working_days == {0, 2, 4}
    assert found.leave == leave
    assert (found.team_id, found.service_id, found.manager_id, found.cover_id) == (
        team.id,
        service.id,
        manager.id,
        manager.id,
    )
    assert (found.is_auditor, found.left_on, found.version) == (True, None, 1)


def test_a_person_without_posts_or_working_days_has_none(work: Work) -> None:
    person = a_person(work, "Nia Newcomer", working_days=frozenset())

    assert (person.posts, person.working_days, person.leave) == (frozenset(), frozenset(), ())


def test_nobody_is_found_under_an_unknown_id(work: Work) -> None:
    with pytest.raises(LookupError, match="99"):
        work.people.get(99)
    assert work.people.by_directory_id("nobody's") is None
    assert work.people.by_email("nobody@exampleshire.example") is None


def test_people_are_found_by_directory_id_and_by_email_whatever_its_case(work: Work, people: Staff) -> None:
    assert work.people.by_directory_id("directory-of-alex.auditor") == people.auditor
    assert work.people.by_email(" Alex.AUDITOR@exampleshire.example ") == people.auditor


def test_an_email_is_kept_in_small_letters(work: Work) -> None:
    person = a_person(work, "Cam Capital", email=" Cam.Capital@Exampleshire.example")

    assert person.email == "cam.capital@exampleshire.example"


def test_only_people_without_a_directory_id_wait_to_be_bound(work: Work) -> None:
    waiting = a_person(work, "Wil Waiting", directory_id=None)
    bound = a_person(work, "Bo Bound")

    found = work.people.unbound_by_email([waiting.email.upper(), bound.email, "", "nobody@else.example"])

    assert found == (waiting,)


def test_a_directory_id_is_bound_once(work: Work) -> None:
    person = a_person(work, "Wil Waiting", directory_id=None)

    first = work.people.bind(person.id, "an entra id")
    second = work.people.bind(person.id, "another one")

    found = work.people.by_directory_id("an entra id")
    assert (first, second) == (True, False)
    assert found is not None
    assert (found.id, found.version) == (person.id, 2)


def test_many_gives_the_known_ones_by_id(work: Work, people: Staff) -> None:
    wanted = [people.auditor.id, people.cover.id, people.auditor.id, 999]

    assert work.people.many(wanted) == {
        people.auditor.id: people.auditor,
        people.cover.id: people.cover,
    }
    assert work.people.many([]) == {}


def test_more_people_than_an_engine_binds_at_once_can_be_asked_for(work: Work, people: Staff) -> None:
    assert set(work.people.many(range(70_000))) == {person.id for person in work.people.everyone()}


def test_leavers_are_left_out_unless_asked_for(work: Work, people: Staff) -> None:
    work.people.mark_left([people.cover.id], date(2026, 5, 1))
    work.people.mark_left([], date(2026, 5, 1))

    current, all_of_them = work.people.everyone(), work.people.everyone(with_leavers=True)

    assert {person.id for person in all_of_them} - {person.id for person in current} == {people.cover.id}
    assert work.people.get(people.cover.id).left_on == date(2026, 5, 1)
    assert [person.id for person in current] == sorted(person.id for person in current)


def test_holders_of_a_post_are_found_within_a_team_or_a_service(work: Work, people: Staff) -> None:
    everywhere = work.people.holding(Post.TM)
    in_team = work.people.holding(Post.TM, Post.ATM, team_id=people.team.id)
    in_service = work.people.holding(Post.SM, service_id=people.service.id)

    assert everywhere == (people.auditor, people.team_manager)
    assert in_team == (people.line_manager, people.team_manager)
    assert in_service == (people.service_manager,)


def test_a_leaver_holds_no_post_any_more(work: Work, people: Staff) -> None:
    work.people.mark_left([people.team_manager.id], date(2026, 5, 1))

    assert work.people.holding(Post.TM, team_id=people.team.id) == ()


def test_a_change_sets_what_is_given_and_leaves_the_rest(work: Work, people: Staff) -> None:
    work.people.change(people.auditor.id, {"is_auditor": False})
    work.people.change(people.auditor.id, {"working_days": frozenset({1})}, [Post.SM, Post.SM])

    found = work.people.get(people.auditor.id)
    assert found.posts == {Post.SM}
    assert found.working_days == {1}
    assert found.is_auditor is False
    assert (found.name, found.team_id, found.version) == (people.auditor.name, people.other_team.id, 3)


def test_a_service_or_team_of_a_known_name_is_the_one_known(work: Work, people: Staff) -> None:
    assert work.people.service_named("Conifers") == people.service
    assert work.people.team_named("Conifers 1", people.service.id) == people.team
    assert work.people.team(people.team.id) == people.team
    assert set(work.people.services()) == {people.service.id, people.other_service.id}


@pytest.mark.rule("Q8")
@pytest.mark.parametrize("spelling", ["CONIFERS 1", "conifers  1", " Conifers\u00a01 "])
def test_another_spelling_of_a_known_team_makes_no_second_one(
    work: Work, people: Staff, spelling: str
) -> None:
    known = work.people.teams()

    found = work.people.team_named(spelling, people.service.id)

    assert found == people.team
    assert work.people.teams() == known


@pytest.mark.parametrize("spelling", ["CONIFERS", " conifers "])
def test_another_spelling_of_a_known_service_makes_no_second_one(
    work: Work, people: Staff, spelling: str
) -> None:
    assert work.people.service_named(spelling) == people.service
    assert set(work.people.services()) == {people.service.id, people.other_service.id}


def test_capitals_beyond_ascii_are_folded_alike_on_both_engines(work: Work, people: Staff) -> None:
    team = work.people.team_named("Équipe Straße", people.service.id)

    assert work.people.team_named("ÉQUIPE STRASSE", people.service.id) == team


@pytest.mark.parametrize("table", [teams, services])
def test_the_database_itself_keeps_one_team_and_service_of_a_name(
    work: Work, people: Staff, table: sa.Table
) -> None:
    shouted: dict[str, object] = {"name": "CONIFERS 1" if table is teams else "CONIFERS"}
    if table is teams:
        shouted["service_id"] = people.service.id

    with pytest.raises(IntegrityError):
        work.people._connection.execute(sa.insert(table).values(**shouted))


def test_a_team_moves_when_its_service_changed(work: Work, people: Staff) -> None:
    moved = work.people.team_named("Conifers 1", people.other_service.id)

    assert (moved.id, moved.service_id) == (people.team.id, people.other_service.id)
    assert work.people.teams()[people.team.id] == moved


@pytest.mark.parametrize(
    "change",
    [
        lambda work, people: work.people.change(people.auditor.id, {"is_auditor": False}),
        lambda work, people: work.people.bind(a_person(work, "Wil", directory_id=None).id, "an id"),
        lambda work, people: work.people.mark_left([people.cover.id], date(2026, 5, 1)),
        lambda work, people: a_person(work, "Nia Newcomer"),
        lambda work, people: work.people.team_named("Fir 9", people.service.id),
        lambda work, people: a_case(work, people, "CF-1"),
        lambda work, people: work.imports.add(
            kind="cases", filename="c", digest="d", rows=None, by=None, now=NOW
        ),
    ],
)
def test_the_mark_of_the_lists_is_another_after_each_change(
    work: Work, people: Staff, change: Callable[[Work, Staff], object]
) -> None:
    before = work.people.lists_mark()

    change(work, people)

    assert work.people.lists_mark() != before


def test_the_mark_of_the_lists_stays_while_nothing_changes(work: Work, people: Staff) -> None:
    before = work.people.lists_mark()
    work.imports.add(kind="cases", filename="c", digest="d", rows=[], by=None, now=NOW)

    assert work.people.lists_mark() == before


def test_a_case_that_changes_or_closes_changes_the_mark(work: Work, people: Staff) -> None:
    case = a_case(work, people, "CF-1")
    marks = [work.people.lists_mark()]
    work.cases.change(case.id, {"gender": "Male"})
    marks.append(work.people.lists_mark())
    work.cases.close([case.id], date(2026, 5, 1))
    marks.append(work.people.lists_mark())

    assert len(set(marks)) == 3
