"""Rehearsals of a small council: the real calendar and cards, make-believe people, nothing sent."""

import dataclasses
import hashlib
import json
import re
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from html import escape
from pathlib import Path

import pytest

from bot.rehearsal.clashes import clashes
from bot.rehearsal.conditions import Conditions
from bot.rehearsal.council import ListRefused, a_council_of_lists
from bot.rehearsal.crew import Crew
from bot.rehearsal.findings import Finding
from bot.rehearsal.kept import Kept
from bot.rehearsal.matters import Matters
from bot.rehearsal.promises_governance import governance_promises
from bot.rehearsal.whole import FolderTaken, rehearse
from bot.rehearsal.year import Year
from domain.audits import Audit
from domain.days import LONDON, is_working_day, local_day, local_midnight
from domain.errors import RuleBroken
from domain.governance import CLINIC, QA_GROUP, SMT
from domain.meetings import Meeting
from domain.moderation import Moderation
from domain.people import Post
from storage.actions import ActionRow
from tests.bot.rehearsals import FROM, write_lists
from workflows.meetings import keep_planned

MONTHS = 5


@dataclasses.dataclass
class Rehearsed:
    """What five months came to."""

    folder: Path
    kept: Kept
    found: dict[str, Finding]
    audits: list[Audit]
    moderations: list[Moderation]
    actions: list[ActionRow]
    holidays: frozenset[date]
    """Bank holidays."""
    held: list[tuple[int, Meeting, tuple[int, ...]]]
    """(minutes, meeting, who came) of the meetings that were held."""


@pytest.fixture(scope="module")
def five_months(tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    """Five months of the small council, walked once for all tests."""
    base = tmp_path_factory.mktemp("rehearsal")
    staff, cases = write_lists(base)
    conditions = Conditions(FROM, MONTHS)
    with a_council_of_lists(conditions, staff, cases) as council:
        kept, found = rehearse(council, conditions, base / "out")
        with council.read() as view:
            rounds = view.rounds.in_state("allocated")
            audits = [audit for one in rounds for audit in view.audits.of_round(one.id)]
            moderations = list(view.moderations.of_audits(audit.id for audit in audits).values())
            actions = [a for of in view.actions.of_audits(a.id for a in audits).values() for a in of]
            matters, days = Matters(council), (FROM, conditions.until_on)
            held = [one for one in view.meetings.between(*days) if one.held_on is not None]
        met = [(minutes, one, came) for one in held for _, minutes, came in [matters.meeting(one.id)]]
        by_promise = {one.promise: one for one in found}
        holidays = council.bank_holidays
    return Rehearsed(base / "out", kept, by_promise, audits, moderations, actions, holidays, met)


@pytest.mark.rule("CA-05", "CA-01")
def test_audits_go_out_on_the_1st_of_the_round_months_and_come_back_submitted(five_months: Rehearsed) -> None:
    given_out = {audit.allocated_on for audit in five_months.audits if audit.replaces_id is None}
    submitted = [audit for audit in five_months.audits if audit.submitted_at is not None]

    assert {day.month for day in given_out} == {5, 7}
    assert date(2026, 7, 1) in given_out
    assert len(submitted) >= 0.8 * len(five_months.audits)


@pytest.mark.rule("CA-05", "CA-16", "CA-18", "MO-07", "CA-23", "CA-19", "RO-01")
def test_each_card_leads_on_to_the_end_of_the_loop(five_months: Rehearsed) -> None:
    pressed = five_months.kept.presses

    for verb in (
        "plan", "approve", "accept", "save", "submit", "comment", "review",
        "moderation_take", "moderation_decide", "action_done", "action_confirm", "supervision_held",
        "reflection", "file_confirm",
    ):  # fmt: skip
        assert pressed[verb], verb
    assert any(one.released_at for one in five_months.moderations)
    assert any(one.state == "confirmed" for one in five_months.actions)


def test_a_press_that_the_product_refuses_is_rare(five_months: Rehearsed) -> None:
    """What a card offers can be done: at most one press in five hundred comes too late for it."""
    refused, presses = five_months.kept.nowhere, five_months.kept.presses

    assert sum(presses[verb] > 0 for verb in ("talk_accept", "extension", "learning_publish")) >= 2
    assert refused.total() <= presses.total() / 500, refused


def test_everything_could_be_drawn_and_no_line_of_the_calendar_failed(five_months: Rehearsed) -> None:
    dead = {(one.kind, one.why) for one in five_months.kept.sent if one.becomes == "dead"}

    assert not dead
    assert not five_months.kept.failed


@pytest.mark.rule("OG-01", "OG-05", "OG-06", "OG-07", "PF-02", "PF-04")
def test_the_governance_year_is_walked_too(five_months: Rehearsed) -> None:
    """Clinics are held with a line from each team, the year is agreed, packs are approved, rows closed."""
    pressed, sent = five_months.kept.presses, {one.kind for one in five_months.kept.sent}

    for verb in (
        "celebrate", "meeting_held", "decide", "plan_draft", "plan_agree", "pack_ask", "pack_approve",
        "tracked_finish",
    ):  # fmt: skip
        assert pressed[verb], verb
    assert {"agenda", "meeting_today", "pack_sent", "plan_agreed", "tracked_given", "tracked_done"} <= sent
    assert pressed["plan_agree"] == 1
    assert pressed["celebrate"] == 2 * MONTHS


@pytest.mark.rule("OG-01", "PF-02")
def test_meetings_take_their_time_of_whoever_came(five_months: Rehearsed) -> None:
    """The two clinics of a month are an hour and a half each, and the ADs' quarterly meeting two hours."""
    assert five_months.held

    for minutes, meeting, came in five_months.held:
        assert came
        for person_id in came:
            week = five_months.kept.week(person_id, local_midnight(meeting.planned_on))
            assert week.minutes >= minutes


@pytest.mark.rule("OG-01", "PF-02", "PF-06")
def test_clashes_of_meetings_are_told(tmp_path: Path) -> None:
    """Nobody leads quality assurance; one service's manager is away in the week of May's clinics."""
    staff, cases = write_lists(tmp_path, leave={"Shay Conifer": "11/05/2026-15/05/2026"})
    conditions = Conditions(FROM, 2)

    with a_council_of_lists(conditions, staff, cases) as council:
        with council.write() as work:
            keep_planned(work, council, now=local_midnight(FROM))
            (smt,) = [one for one in work.meetings.between(FROM, conditions.until_on) if one.body == SMT]
            (group,) = [
                one
                for one in work.meetings.between(date(2026, 5, 1), conditions.until_on)
                if one.body == QA_GROUP
            ]
            # Half an hour into the Group's meeting, on its day.
            assert work.meetings.change(smt, {"planned_on": group.planned_on, "starts_at": "9:30"})
            assert work.meetings.change(group, {"starts_at": "09:00"})
        crew, kept = Crew(council, conditions), Kept()
        both = next(one for one in crew.people.values() if Post.AD_QA in one.posts)
        kept.talks = [(both.id, datetime.combine(group.planned_on, time(9, 40), LONDON))]
        found = [one.says for one in clashes(council, conditions, crew, kept)]

    assert "QA Group: 2 meetings that nobody on the staff list chairs." in found
    assert "Performance Clinic: 1 meeting on a day on which nobody who chairs it is at work." in found
    assert "AD Quality Assurance: 1 meeting at the same time as another of one person's." in found
    assert "AD Quality Assurance: 1 talk about a moderation during a meeting of theirs." in found


@pytest.mark.rule("CA-06", "CA-22")
def test_cards_leave_on_working_days_in_working_hours(five_months: Rehearsed) -> None:
    at_night = [
        one
        for one in five_months.kept.sent
        if one.medium == "teams"
        and not one.kind.startswith("safety")
        and not (
            is_working_day(local_day(one.at), five_months.holidays)
            and 8 <= one.at.astimezone(LONDON).hour < 18
        )
    ]

    assert not at_night


@pytest.mark.rule("SG-01")
def test_nothing_that_is_written_names_a_case(five_months: Rehearsed) -> None:
    reference = re.compile(rb"CF-7\d\d\d")

    for path in five_months.folder.rglob("*"):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                texts = [book.read(name) for name in book.namelist()]
        else:
            texts = [path.read_bytes()] if path.is_file() else []
        assert not any(reference.search(text) for text in texts), path.name


def test_the_folder_holds_what_a_council_reads(five_months: Rehearsed) -> None:
    names = {path.relative_to(five_months.folder).as_posix() for path in five_months.folder.rglob("*.*")}
    page = (five_months.folder / "rehearsal.html").read_text(encoding="utf-8")

    assert {"rehearsal.html", "calendar.svg", "notices.xlsx", "load.xlsx"} <= names
    assert {f"cards/{kind}.json" for kind in five_months.kept.samples} <= names
    assert "<h2>What would be missed</h2>" in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    for one in five_months.found.values():
        assert escape(one.promise) in page
    assert (
        json.loads((five_months.folder / "cards/audit_allocated.json").read_text())["type"] == "AdaptiveCard"
    )


@pytest.mark.rule("OG-01", "QB-01", "PF-02")
def test_the_picture_shows_on_which_days_who_meets(five_months: Rehearsed) -> None:
    """Each day on which meetings were held carries their small letters, each body once."""
    picture = (five_months.folder / "calendar.svg").read_text(encoding="utf-8")
    shown = re.findall(r'<tspan fill="#8a3f0c">([a-z]+)</tspan>', picture)
    days: dict[date, set[str]] = {}
    for _, meeting, _ in five_months.held:
        days.setdefault(meeting.planned_on, set()).add(meeting.body)

    assert len(shown) >= len(days)
    assert sum(map(len, shown)) >= sum(map(len, days.values()))
    assert "QA Group meets" in picture
    assert "QA Group meets" in (five_months.folder / "rehearsal.html").read_text(encoding="utf-8")


@pytest.mark.rule("CA-06")
def test_late_audits_are_counted(five_months: Rehearsed) -> None:
    found = five_months.found["Audits complete by the end of their month"]
    meant = [a for a in five_months.audits if a.state.value != "returned" and a.due_on < end()]
    late = [a for a in meant if a.submitted_at is None or local_day(a.submitted_at) > a.due_on]

    assert found.missed == len(late)


@pytest.mark.rule("MO-07", "Q7")
def test_late_moderations_are_counted(five_months: Rehearsed) -> None:
    found = five_months.found["Moderation within 14 days"]
    late = [
        one
        for one in five_months.moderations
        if (one.decided_at is not None and local_day(one.decided_at) > one.due_on)
        or (one.decided_at is None and one.due_on < end())
    ]

    assert found.missed == len(late)


@pytest.mark.rule("PF-03")
def test_clinics_that_nobody_from_quality_assurance_came_to_are_counted(five_months: Rehearsed) -> None:
    """Of five months from April one quarter is whole; each of the two services has a clinic a month."""
    found = five_months.found["Quality assurance and performance at each service's clinic once a quarter"]
    clinics = [one for _, one, _ in five_months.held if one.body == CLINIC and one.planned_on.month <= 6]
    visited = {one.service_id for one in clinics if one.rep_id is not None}

    assert found.of == 2
    assert found.missed == 2 - len(visited)


@pytest.mark.rule("PF-03")
def test_when_nobody_represents_quality_assurance_every_service_lacks_them(tmp_path: Path) -> None:
    staff, cases = write_lists(tmp_path)
    conditions = Conditions(FROM, 3)

    with a_council_of_lists(conditions, staff, cases) as council, council.read() as view:
        found = list(governance_promises(view, council, conditions))
        short = next(governance_promises(view, council, Conditions(FROM, 2)))

    assert (found[0].missed, found[0].of) == (2, 2)
    assert "Brambles, Q1 2026/27" in found[0].where
    assert short.missed is None


@pytest.mark.rule("OG-05", "QB-01")
def test_packs_that_come_late_or_changed_since_are_counted(tmp_path: Path) -> None:
    staff, cases = write_lists(tmp_path / "lists")
    conditions = Conditions(FROM, 2, late=0.0, absent=0.0, unreachable=0.0)
    in_time, as_approved = (
        "Each pack approved and with its readers before the day of its meeting",
        "Each pack stands as it was approved",
    )

    with a_council_of_lists(conditions, staff, cases) as council:
        _, found = rehearse(council, conditions, tmp_path / "out")
        with council.write() as work:
            first, second, *_ = (one for one in work.packs.every() if one.sent_at is not None)
            work.packs.change(first, {"sent_at": local_midnight(conditions.until_on)})
            work.packs.change(second, {"content": {**second.content, "title": "Another"}})
            after = {one.promise: one for one in governance_promises(work, council, conditions)}

    before = {one.promise: one for one in found}
    assert before[in_time].of > 0
    assert (before[in_time].missed, before[as_approved].missed) == (0, 0)
    assert after[in_time].missed == 1
    assert after[as_approved].missed == 1


@pytest.mark.rule("CA-03")
def test_what_so_short_a_year_cannot_tell_is_not_guessed(five_months: Rehearsed) -> None:
    assert five_months.found["Every practitioner audited at least once in 12 months"].missed is None


def test_the_same_seed_gives_the_same_files_and_another_one_others(tmp_path: Path) -> None:
    staff, cases = write_lists(tmp_path / "lists")
    folders = {}
    for name, seed in (("first", 1), ("again", 1), ("other", 2)):
        conditions = Conditions(FROM, 2, seed)
        with a_council_of_lists(conditions, staff, cases) as council:
            rehearse(council, conditions, tmp_path / name)
        folders[name] = digest(tmp_path / name)

    assert folders["first"] == folders["again"]
    assert folders["first"] != folders["other"]


def test_a_person_more_changes_what_they_do_and_nobody_elses_chance(tmp_path: Path) -> None:
    more = (("Ez Elder", "Child protection chair", "", "", "", ""),)
    drawn = []
    for extra in ((), more):
        staff, cases = write_lists(tmp_path / str(len(extra)), extra=extra)
        conditions = Conditions(FROM, 1)
        with a_council_of_lists(conditions, staff, cases) as council:
            crew = Year(council, conditions).crew
        late = {one.name: crew.is_late(one, "an audit") for one in crew.people.values()}
        drawn.append({name: is_late for name, is_late in late.items() if name != "Ez Elder"})

    assert drawn[0] == drawn[1]


def test_of_several_officers_each_matter_falls_to_one(tmp_path: Path) -> None:
    more = (("Ode Officer", "Quality assurance officer", "", "", "", ""),)
    staff, cases = write_lists(tmp_path, extra=more)
    conditions = Conditions(FROM, 1)
    with a_council_of_lists(conditions, staff, cases) as council:
        crew = Crew(council, conditions)
    officers = [one for one in crew.people.values() if Post.QAO in one.posts]

    chosen = [[one.name for one in officers if crew.falls_to(one, f"audit {n}")] for n in range(20)]

    assert all(len(names) == 1 for names in chosen)
    assert {names[0] for names in chosen} == {one.name for one in officers}


@pytest.mark.rule("CA-05", "CA-06")
def test_when_everyone_is_late_every_audit_is(tmp_path: Path) -> None:
    staff, cases = write_lists(tmp_path)
    conditions = Conditions(FROM, 4, late=1.0, absent=0.0, unreachable=0.0)

    with a_council_of_lists(conditions, staff, cases) as council:
        _, found = rehearse(council, conditions, tmp_path / "out")

    by_promise = {one.promise: one for one in found}
    audits = by_promise["Audits complete by the end of their month"]
    rounds = by_promise["Each round given out on the 1st of its month"]
    assert audits.missed == audits.of > 0
    assert rounds.missed


def test_who_cannot_be_reached_is_told_by_mail_and_presses_nothing(tmp_path: Path) -> None:
    staff, cases = write_lists(tmp_path)
    conditions = Conditions(FROM, 1, unreachable=1.0, absent=0.0)

    with a_council_of_lists(conditions, staff, cases) as council:
        year = Year(council, conditions)
        kept = year.walk()
        first = min(one.at for one in kept.sent if one.medium == "teams" and one.becomes == "sent")

    shut = [one for one in kept.sent if one.becomes == "unreachable"]
    assert shut
    assert {one.medium for one in kept.sent if one.at < first} <= {"teams", "email"}
    assert all(one.at < first for one in shut[:1])


def test_leave_over_the_last_working_day_is_told(tmp_path: Path) -> None:
    staff, cases = write_lists(tmp_path, leave={"Fran First": "20/05/2026-05/06/2026"})
    conditions = Conditions(FROM, 2)

    with a_council_of_lists(conditions, staff, cases) as council:
        rehearse(council, conditions, tmp_path / "out")

    page = (tmp_path / "out/rehearsal.html").read_text(encoding="utf-8")
    assert "1 auditor is on leave on its last working day" in page


@pytest.mark.parametrize(("months", "given"), [(0, {}), (25, {}), (3, {"late": 1.5}), (3, {"absent": -0.1})])
def test_conditions_that_make_no_sense_are_refused(months: int, given: dict[str, float]) -> None:
    with pytest.raises(RuleBroken):
        Conditions(FROM, months, **given)  # type: ignore[arg-type]


def test_a_list_that_is_refused_says_why(tmp_path: Path) -> None:
    staff, cases = write_lists(tmp_path)
    staff.write_text("Name,Posts\nAlex Larch,Wizard\n", encoding="utf-8")

    with (
        pytest.raises(ListRefused, match="staff list"),
        a_council_of_lists(Conditions(FROM, 1), staff, cases),
    ):
        pass


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    staff, cases = write_lists(tmp_path / "lists")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/kept.txt").write_text("mine", encoding="utf-8")

    with (
        a_council_of_lists(Conditions(FROM, 1), staff, cases) as council,
        pytest.raises(FolderTaken, match="not empty"),
    ):
        rehearse(council, Conditions(FROM, 1), tmp_path / "out")


def test_a_kind_of_notice_that_nobody_knows_is_drawn_and_left_alone(tmp_path: Path) -> None:
    """A newer part of the product may send what no habit answers."""
    from scheduler import rendering
    from scheduler.drawing import note

    staff, cases = write_lists(tmp_path)
    conditions = Conditions(FROM, 1, unreachable=0.0)
    at = datetime(2026, 4, 2, 9, tzinfo=UTC)
    with (
        a_council_of_lists(conditions, staff, cases) as council,
        pytest.MonkeyPatch.context() as patch,
    ):
        cards = {**rendering.CARDS, "something_new": lambda _: note("Something new", "It has no habit.")}
        patch.setattr("scheduler.preparing.CARDS", cards)
        with council.write() as work:
            reader = work.people.holding(Post.QAO)[0]
            work.notices.queue(
                kind="something_new", subject_id=1, person_id=reader.id, now=at - timedelta(days=2), due_at=at
            )
        year = Year(council, conditions)
        year._due = at
        kept = year.walk()

    assert [one.kind for one in kept.sent if one.kind == "something_new"] == ["something_new"]
    assert not kept.nowhere


def end() -> date:
    """The first day that was not rehearsed."""
    return Conditions(FROM, MONTHS).until_on


def digest(folder: Path) -> dict[str, str]:
    """Each file's name to its content's hash."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
