"""Nothing of a case, a person or a held moderation stands in what a channel is told, and no small number.

Every word that a person wrote and every name and reference of the council is looked for in each post and in
each answer to a mention, before the release and after it.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dialogs.answering import answer
from dialogs.channel_asked import CHANNEL_COMMANDS
from dialogs.turn import Asked, Turn
from domain.digest import Topic
from domain.framework import Framework
from domain.grades import Grade
from domain.moderation import ReleaseKind, Verdict
from domain.pages import VOICES, Reached, VoicePage
from scheduler.preparing import Message, prepare
from storage.database import Database
from tests.builders import NOW, Staff, a_council, a_submitted_audit, reachable, staff
from tests.channels import PLACE, a_qa_channel
from tests.databases import TRAIL_KEY
from tests.moderations import Panel, a_held_moderation, a_released_moderation, the_panel
from workflows.council import Council
from workflows.digest_posts import digest_due
from workflows.digesting import digest_of, send_topic

MAY = date(2026, 5, 1)
LATER = datetime.fromisoformat("2026-06-03T08:31:00+00:00")
"""The third working day of June."""
WRITTEN = ("canary-strengths", "canary-development", "canary-practice", "canary-organisation")


@pytest.fixture
def council(sqlite_url: str, framework: Framework) -> Iterator[Council]:
    database = Database(sqlite_url, trail_key=TRAIL_KEY)
    yield a_council(database, framework)
    database.close()


@pytest.fixture
def people(council: Council) -> Staff:
    with council.write() as work:
        some = staff(work)
        reachable(work, some.ad_qa, some.qa_officer)
        a_qa_channel(work, council)
        return some


@pytest.fixture
def panel(council: Council) -> Panel:
    with council.write() as work:
        return the_panel(work)


def audits(council: Council, people: Staff, number: int, **given: Any) -> None:
    with council.write() as work:
        for place in range(number):
            a_submitted_audit(work, council, people, reference=f"CF-70{place:02}", **given)


def posted(council: Council) -> dict[str, str]:
    """What would stand in the channel, by kind of post, and what each mention gets."""
    with council.write() as work:
        for day in (date(2026, 5, 11), LATER.date()):
            digest_due(work, council, on=day, now=LATER)
    found = {}
    with council.read() as view:
        member = view.people.by_email("dale.director@exampleshire.example")
        for notice in view.outbox.due_by(LATER):
            if notice.channel_id is not None:
                parcel = prepare(view, council, notice, now=LATER, nonce="nonce", draw_chart=lambda _: b"png")
                assert isinstance(parcel, Message)
                found[notice.kind] = json.dumps(parcel.activity, ensure_ascii=False)
    assert member is not None
    for name, command in CHANNEL_COMMANDS.items():
        said = f"<at>Plumbline</at> {command.words[0]}"
        turn = Turn(member.directory_id or "", LATER, "nonce", Asked.TYPED, text=said, place=PLACE)
        found[name] = json.dumps(answer(council, turn).card, ensure_ascii=False)
    return found


def of_people_and_cases(council: Council) -> set[str]:
    """Names, first names, teams, services and references."""
    with council.read() as view:
        everyone = view.people.everyone()
        names = {name for one in everyone for name in (one.name, one.name.split()[0], one.email)}
        places = {team.name for team in view.people.teams().values()}
        places |= {service.name for service in view.people.services().values()}
        cases = {case.reference for case in view.cases.everything()}
    return names | places | cases


@pytest.mark.rule("MO-17", "SG-01", "SG-03")
def test_nothing_of_a_case_a_person_or_a_held_moderation_stands_in_a_channel(
    council: Council, people: Staff, panel: Panel
) -> None:
    audits(council, people, 7)
    without = _with_nothing_held(council)
    form = dict(zip(("strengths", "development", "practice", "organisation"), WRITTEN, strict=True))
    with council.write() as work:
        last = work.audits.of_round(1)[-1]
        a_held_moderation(work, council, people, panel, audit=last, form=form, overall=Grade.INADEQUATE)

    told = posted(council)

    assert {"digest_month", "digest_week", *CHANNEL_COMMANDS} == told.keys()
    for kind, text in told.items():
        assert not [word for word in (*WRITTEN, *of_people_and_cases(council)) if word in text], kind
    # Nor that there is anything: figures with the moderation held are those without it.
    with council.read() as view:
        assert digest_of(view, council, month=MAY, now=LATER).shown.every == without


def _with_nothing_held(council: Council) -> object:
    with council.read() as view:
        return digest_of(view, council, month=MAY, now=LATER).shown.every


@pytest.mark.rule("MO-21", "SG-03")
def test_a_released_moderation_is_counted_and_its_words_stay_out(
    council: Council, people: Staff, panel: Panel
) -> None:
    form = dict(zip(("strengths", "development", "practice", "organisation"), WRITTEN, strict=True))
    given: dict[str, Any] = {"form": form, "kind": ReleaseKind.DISCUSSED, "verdict": Verdict.CONCERN}
    with council.write() as work:
        for place in range(6):
            a_released_moderation(
                work, council, people, panel, reference=f"CF-8{place}", overall=Grade.INADEQUATE, **given
            )

    told = posted(council)

    assert "6 of 6 (100%)" in told["digest_month"]
    for kind, text in told.items():
        assert not [word for word in (*WRITTEN, *of_people_and_cases(council)) if word in text], kind


@pytest.mark.rule("SG-03")
@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_council_of_few_audits_reads_no_number_of_them(
    council: Council, people: Staff, number: int
) -> None:
    audits(council, people, number)

    told = posted(council)

    for kind in ("digest_month", "digest_week", "status", "due"):
        assert "not shown" in told[kind]
        assert not any(f"{count} of " in told[kind] for count in range(1, 5)), kind
        assert "Chart." not in told[kind], kind


@pytest.mark.rule("SG-03", "VF-02")
def test_the_period_before_gives_nothing_small_away_and_nothing_small_of_it_shows(
    council: Council, people: Staff
) -> None:
    """Of nine audits of each round two heard the child in the earlier one, and all did in the later."""
    unheard = {VOICES[0]: VoicePage(Reached.NOT_OBTAINED, "", "They were not ready to talk yet.")}
    before: dict[str, Any] = {"month": date(2026, 3, 1), "now": NOW - timedelta(days=45)}
    audits(council, people, 9)
    with council.write() as work:
        for place in range(9):
            given = {**before, "pages": unheard if place > 1 else {}, "reference": f"CF-75{place:02}"}
            a_submitted_audit(work, council, people, **given)

    with council.read() as view:
        digest = digest_of(view, council, month=MAY, now=LATER)
    heard = digest.figure_before("voice_child")
    assert heard is not None
    assert (heard.figure.count, heard.count) == (2, None)
    for shown in digest.shown.every:
        if shown.count is None or shown.figure.whole is None:
            continue
        rest = (shown.of or 0) - shown.count
        assert not 0 < shown.count < 5, shown.figure.key
        assert not 0 < rest < 5, shown.figure.key


@pytest.mark.rule("SG-03")
def test_each_part_shows_what_the_post_shows_and_no_more(council: Council, people: Staff) -> None:
    """A part that hid other numbers than the post would give both away."""
    audits(council, people, 8)
    with council.write() as work:
        for topic in Topic:
            send_topic(work, council, by=people.ad_qa, month=MAY, topic=topic, now=LATER)
        digest = digest_of(work, council, month=MAY, now=LATER)
        notices = [one for topic in Topic for one in work.notices.of(f"digest_{topic.value}", 202605)]
        parts = [
            json.dumps(parcel.activity, ensure_ascii=False)
            for notice in notices
            if isinstance(parcel := prepare(work, council, notice, now=LATER, nonce="n"), Message)
        ]

    assert len(parts) == len(Topic)
    said = " ".join(parts)
    for shown in digest.shown.every:
        words = f'"text": "{shown.figure.name}: "'
        if shown.is_hidden and words in said:
            assert "not shown" in said.split(words)[1][:120], shown.figure.key


def test_in_a_council_that_shows_less_the_threshold_holds_there_too(council: Council, people: Staff) -> None:
    numbers = replace(council.framework.numbers, smallest_count=10)
    strict = replace(council, framework=replace(council.framework, numbers=numbers))
    audits(strict, people, 8)

    assert "8 of 8" not in posted(strict)["status"]
    assert "8 of 8" in posted(council)["status"]
