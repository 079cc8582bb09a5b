"""The make-believe council: its lists, its story, and what is fetched and shown for it."""

import csv
import fcntl
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.demo import demo_settings, fresh, run_demo
from bot.demo.figures import WORSE_TEAM
from bot.demo.lists import make_lists
from bot.demo.places import AREAS
from bot.demo.playground import NoWindows, config_for, require_node
from bot.demo.reading import lines_of
from bot.demo.story import Cast, make_story
from bot.starting import open_council
from cards.buttons import press, row
from cards.elements import box, card, columns, heading, says, typed
from cards.fields import Form
from cards.payloads import ShowMyAudits
from domain.audits import Audit, AuditState
from domain.errors import RuleBroken
from domain.framework import Framework
from domain.identifier_words import GIVEN_NAMES
from domain.numbers import Look
from domain.people import Person, Post
from storage.migrating import migrate
from workflows.council import Council
from workflows.performance import Level, Place, numbers

MIDDLE = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
MORNINGS = (
    datetime(2026, 11, 1, 0, 3, tzinfo=UTC),
    datetime(2026, 5, 2, 6, 0, tzinfo=UTC),
)
"""A round just begun in the first minutes of its month and a Saturday."""


def a_story(folder: Path, now: datetime, *, begun: bool = True) -> tuple[Council, Cast]:
    council = open_council(demo_settings(fresh(folder)), now)
    migrate(council.database)
    return council, make_story(council, folder / "lists", now, auditor_has_begun=begun)


def audits_of(council: Council) -> tuple[Audit, ...]:
    with council.read() as view:
        chosen = view.rounds.latest()
        assert chosen is not None
        return view.audits.of_round(chosen.id)


def again(council: Council, audit: Audit) -> Audit:
    with council.read() as view:
        found = view.audits.get(audit.id)
    assert found is not None
    return found


def test_the_same_month_makes_the_same_lists(tmp_path: Path) -> None:
    month_on, listed_on = date(2026, 11, 1), date(2026, 10, 22)

    first = [path.read_bytes() for path in make_lists(month_on, listed_on).write(tmp_path / "one")]
    second = [path.read_bytes() for path in make_lists(month_on, listed_on).write(tmp_path / "two")]

    assert first == second


def test_the_council_has_every_service_and_about_sixty_staff_with_eight_hundred_cases(
    framework: Framework,
) -> None:
    lists = make_lists(date(2026, 11, 1), date(2026, 10, 22))

    assert {area.service for area in AREAS} == {service.name for service in framework.services}
    assert 55 <= len(lists.staff) <= 65
    assert len(lists.cases) == 800
    assert len({one.name for one in lists.staff}) == len(lists.staff)
    assert len({one.directory_id for one in lists.staff}) == len(lists.staff)


def test_no_case_says_who_a_child_is(tmp_path: Path) -> None:
    _, cases = make_lists(date(2026, 11, 1), date(2026, 10, 22)).write(tmp_path)

    with cases.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert not any("name" in heading.lower() or "birth" in heading.lower() for heading in rows[0])
    told = {word.lower() for row in rows for key in ("Reference", "Plan type") for word in row[key].split()}
    assert not told & GIVEN_NAMES


@pytest.mark.parametrize("now", [MIDDLE, *MORNINGS])
def test_the_story_stands_on_every_day(tmp_path: Path, now: datetime) -> None:
    council, cast = a_story(tmp_path / "demo", now)
    audits = audits_of(council)
    states = Counter(audit.state for audit in audits)
    own, shared = again(council, cast.open_audit), again(council, cast.shared_audit)
    with council.read() as view:
        faults = view.trail.verify()
        chosen = view.rounds.latest()
        practitioners = len(view.people.holding(Post.PRACTITIONER))
    council.database.close()

    assert (own.state, shared.state) == (AuditState.ACCEPTED, AuditState.SUBMITTED)
    assert own.practitioner_id == cast.practitioner.id
    assert cast.team_manager.team_id == own.team_id == shared.team_id
    assert chosen is not None
    # More practitioners than auditors, as in a real council: some of those due wait for the next round.
    assert chosen.summary["auditors"] < practitioners
    assert chosen.summary["due_covered"] < chosen.summary["due_now"]
    assert max(Counter(audit.practitioner_id for audit in audits).values()) == 1
    assert Post.QAO in cast.qa_officer.posts
    assert states.keys() == set(AuditState)
    assert faults == ()
    moments = [at for audit in audits for at in (audit.accepted_at, audit.submitted_at) if at]
    assert {audit.allocated_on for audit in audits} == {council.today(now).replace(day=1)}
    assert council.today(min(moments)) >= council.today(now).replace(day=1)
    assert max(moments) <= now


def test_the_auditors_own_audit_may_wait_to_be_accepted(tmp_path: Path) -> None:
    council, cast = a_story(tmp_path / "demo", MIDDLE, begun=False)
    own = again(council, cast.open_audit)
    council.database.close()

    assert own.state is AuditState.ALLOCATED


def test_without_windows_the_same_story_is_told_as_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLAYGROUND", "no")
    monkeypatch.setenv("COLUMNS", "100")

    status = run_demo(tmp_path / "demo", windows=True)

    told = capsys.readouterr().out
    assert status == 0
    order = [
        "PLAYGROUND=no, so no windows are opened. Here is the same story as text.",
        "whatever was there is replaced",
        "looks at the round",
        "“It seems” in your judgement leaves the question open.",
        "SUBMITTED. THANK YOU.",
        "YOUR COMMENT IS IN",
        "put it forward for moderation",
        "THE PANEL'S AUDITS",
        "Decided. Thank you.",
        "They have your invite, and can read the moderation.",
        "The time is agreed, and they know.",
        "ACTIONS THE PANEL FOUND MISSING",
        "the team manager has their copy",
        "They were added to the audit's actions when this was released.",
        "looks at what changed, and confirms it.",
        "Confirmed. Its owner has been told.",
        "sees the round fill up",
        "THIS IS THE QA GROUP'S CHANNEL",
        "ROUND SO FAR",
        "See more, sent to your own chat:",
        "ROUND STANDS",
    ]
    flat = " ".join(told.replace("│", " ").split())
    places = [flat.find(words) for words in order]
    assert -1 not in places, dict(zip(order, places, strict=True))
    assert places == sorted(places)


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("ten years of work", encoding="utf-8")

    with pytest.raises(RuleBroken, match="leaves it alone"):
        fresh(tmp_path)

    assert (tmp_path / "thesis.txt").exists()


def test_the_demo_is_made_anew_at_each_start(tmp_path: Path) -> None:
    (fresh(tmp_path / "demo") / "plumbline.db").touch()

    assert sorted(path.name for path in fresh(tmp_path / "demo").iterdir()) == [".plumbline-demo"]


def test_a_second_demo_leaves_the_running_one_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND", "no")
    with (tmp_path / "demo.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)

        with pytest.raises(RuleBroken, match="is running in"):
            run_demo(tmp_path / "demo", windows=True)


def test_settings_of_the_environment_do_not_reach_the_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("APP_ID", "an-app"), ("HOST", "0.0.0.0"), ("MAIL", "smtp"), ("DEMO", "false")):
        monkeypatch.setenv(f"PLUMBLINE_{name}", value)

    settings = demo_settings(tmp_path)

    assert (settings.app_id, settings.host, settings.mail, settings.demo) == (
        None,
        "127.0.0.1",
        "folder",
        True,
    )


@pytest.mark.parametrize(
    ("said", "found"),
    [("v20.0.0", True), ("v22.11.0", True), ("v18.19.0", False), ("v9.1.0", False), ("", False)],
)
def test_windows_need_a_node_that_is_new_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, found: bool
) -> None:
    for name, words in (("node", said), ("npm", "")):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {words}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")

    if found:
        assert require_node({}) == str(tmp_path / "node")
    else:
        with pytest.raises(NoWindows, match=r"Node\.js 20 or newer is needed"):
            require_node({})


def test_without_node_there_are_no_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(NoWindows, match="is not here"):
        require_node({})


def test_each_window_speaks_as_its_person_and_has_the_five_others_the_client_wants() -> None:
    people = [
        Person(n, f"Given{n} Family{n}", f"p{n}@larkshire.example", frozenset(), f"id-{n}")
        for n in range(1, 5)
    ]

    config = config_for(people[0], people[1:])

    current: Any = config["currentUser"]
    users: Any = config["users"]
    assert current["aadObjectId"] == "id-1"
    assert len(users) == 5
    assert [user["aadObjectId"] for user in users[:3]] == ["id-2", "id-3", "id-4"]
    assert all(set(user) == set(current) and "userPrincipleName" in user for user in users)
    assert len({user["id"] for user in [current, *users]}) == 6


def test_a_card_is_read_out_from_top_to_bottom() -> None:
    form = Form(None)
    shown = card(
        [
            heading("Planning"),
            says("Will **this** plan help?"),
            columns(("stretch", [typed("Review")]), ("auto", [row(press("Open", ShowMyAudits()))])),
            box([says("What good looks like")], hidden=True),
            *form.text("judgement", "Judgement", "Clear."),
            *form.date("on", "Its day"),
            *form.choice("owner", "Who", [("1", "The worker"), ("2", "The manager")], "2"),
            *form.choice("grade", "Grade", [("good", "Good"), ("poor", "Poor")], "good", expanded=True),
            *form.tick("none", "If there is nothing to do", "No action is needed", saved=True),
            {"type": "ProgressBar", "value": 1, "max": 2, "fallback": "drop"},
            row(press("Save", ShowMyAudits()), press("Back", ShowMyAudits())),
        ],
        preview="",
    )

    assert list(lines_of(shown)) == [
        "PLANNING",
        "Will this plan help?",
        "Review   [ Open ]",
        "Judgement: Clear.",
        "Its day: ______",
        "Who: The manager",
        "Grade",
        "  (•) Good",
        "  ( ) Poor",
        "[x] No action is needed",
        "[ Save ]  [ Back ]",
    ]


@pytest.mark.rule("PF-01", "PF-09")
def test_the_council_has_figures_with_something_to_find_and_something_to_celebrate(tmp_path: Path) -> None:
    council, _ = a_story(tmp_path, MIDDLE)

    with council.read() as view:
        names = {f"team:{one.id}": one.name for one in view.people.teams().values()}
        asked = {names.get(one.measured.scope, "") for one in view.exceptions.open()}
        (manager,) = (
            person
            for person in view.people.holding(Post.TM)
            if person.team_id is not None and view.people.team(person.team_id).name == WORSE_TEAM
        )
        place = Place(Level.TEAM, manager.team_id or 0)
        looks = {one.look for one in numbers(view, council, by=manager, place=place, now=MIDDLE).lines}

    assert WORSE_TEAM in asked
    assert looks == set(Look)
