"""Nothing of a held moderation shows anywhere before its time; then the right people read the right parts.

Every text of the moderation and its grade are a word that stands nowhere else. It is looked for on every card
that anyone reaches, in every notice and mail, in every file anyone may have, and in what operators are told.
"""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any
from zipfile import BadZipFile, ZipFile

import pytest

from bot.making import MAKERS
from cards.payloads import PAYLOAD_KEY, ReadShared
from cards.payloads_talk import ReadModeration, ShowTalk
from dialogs.answering import answer
from dialogs.turn import Asked, Turn
from dialogs.typed import COMMANDS, MORE_COMMANDS
from domain.errors import RuleBroken
from domain.framework import Framework
from domain.grades import Grade
from domain.moderation import Moderation, Verdict
from domain.moderation_form import SectionGrade
from domain.pages import ActionLine
from domain.people import Person
from scheduler.looking_ahead import look_ahead
from scheduler.ports import Mail
from scheduler.preparing import Edit, Message, prepare
from storage.database import Database
from tests.builders import NOW, Staff, a_council, a_submitted_audit, reachable, staff
from tests.chat import buttons
from tests.databases import TRAIL_KEY
from tests.moderations import Panel, a_chosen_audit, a_decided_moderation, the_panel
from tests.security.crawling import Unpressed
from workflows.council import Council
from workflows.discussing import invite, record_held
from workflows.nudging import nudge_everyone, team_weeks
from workflows.offer_kinds import KINDS
from workflows.releasing import settle_decided
from workflows.replying import write_reply
from workflows.round_status import deliveries, rounds_status

CANARY = "canary"
PRACTICE, MISSING, GRADE, WHY = "canary-practice", "canary-missing", "Canary-grade", "canary-why"
OF_AUDITOR = {"canary-strengths", "canary-development"}
EVERYTHING = {PRACTICE, MISSING, GRADE, WHY, *OF_AUDITOR, "canary-organisation", "canary-section"}
COUNTS_NONE = re.compile(rf"{GRADE}\W+(?:0\b|not shown)")
"""A report names every grade, and this one of no audit, or of so few that it does not say."""
LATER = NOW + timedelta(days=5)
ON_EVERY_DAY = tuple(date(2026, 5, day) for day in (1, 5, 6, 7, 8, 11, 12, 13))
"""The working days from the decision until the talk is overdue."""
SPOKEN_TO = ("auditor", "practitioner", "line_manager", "team_manager", "service_manager", "cover")
OTHERS = ("qa_officer", "ad_qa", "bystander", "second_auditor")
GUIDANCE = "guidance"
"""Says what each grade means, so the grade's label stands there for everybody."""


@pytest.fixture
def council(sqlite_url: str, framework: Framework) -> Iterator[Council]:
    """A council whose word for Outstanding stands nowhere else."""
    grades = tuple(
        replace(one, label=GRADE) if one.grade is Grade.OUTSTANDING else one for one in framework.grades
    )
    database = Database(sqlite_url, trail_key=TRAIL_KEY)
    yield a_council(database, replace(framework, grades=grades))
    database.close()


@pytest.fixture
def people(council: Council) -> Staff:
    with council.write() as work:
        some = staff(work)
        reachable(work, *everybody(some))
        return some


@pytest.fixture
def panel(council: Council) -> Panel:
    with council.write() as work:
        return the_panel(work)


@pytest.fixture
def held(council: Council, people: Staff, panel: Panel) -> Moderation:
    """Decided as Outstanding where the auditor said Good, with a concern, and an action missing."""
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
        chosen = a_chosen_audit(work, council, people, panel, audit=audit)
        key = council.framework.section_keys[-1]
        form: dict[str, Any] = {
            "strengths": "canary-strengths",
            "development": "canary-development",
            "practice": PRACTICE,
            "organisation": "canary-organisation",
            "overall_because": WHY,
            "sections": {key: SectionGrade(Grade.OUTSTANDING, "canary-section")},
            "missing": (ActionLine(MISSING, people.practitioner.id, date(2026, 5, 8)),),
            "nothing_missing": False,
        }
        found = a_decided_moderation(
            work,
            council,
            people,
            panel,
            chosen=chosen,
            overall=Grade.OUTSTANDING,
            verdict=Verdict.CONCERN,
            form=form,
        )
        settle_decided(work, council, found, by=panel.first.id, now=NOW)
        return found


def everybody(some: Staff) -> list[Person]:
    return [getattr(some, name) for name in (*SPOKEN_TO, *OTHERS)]


def crawled(council: Council, person: Person, held: Moderation, now: datetime = LATER) -> str:
    """Everything shown to this person who types each command and presses whatever only shows something."""
    words = [said[0] for name, said in COMMANDS.items() if name != GUIDANCE]
    words += [command.words[0] for command in MORE_COMMANDS.values()]
    waiting: list[dict[str, Any]] = [{"asked": Asked.TYPED, "text": line} for line in words]
    # Pressed by hand as well, as on an old card or with a number tried at random.
    ids = (ReadModeration(held.id), ShowTalk(held.id), ReadShared(held.audit_id, "summary"))
    waiting += [{"asked": Asked.PRESSED, "data": payload.pack()} for payload in ids]
    unpressed = Unpressed()
    shown = []
    while waiting:
        turn = Turn(person.directory_id or "", now, f"nonce-{len(shown)}", **waiting.pop(0))
        reply = answer(council, turn)
        shown.append(" ".join([reply.title or "", *_words(reply.card)]))
        for _, data in buttons(reply.card or {}):
            packed = data[PAYLOAD_KEY]
            if packed["verb"] != GUIDANCE and unpressed.takes(packed):
                waiting.append({"asked": Asked.PRESSED, "data": data})
    assert len(shown) > len(words)
    return "\n".join(shown)


def _words(card: Any) -> Iterator[str]:
    """Every text of a card, but not the grades among which somebody may choose."""
    match card:
        case str():
            yield card
        case dict():
            for name, value in card.items():
                if name not in {"choices", "type", "weight"}:
                    yield from _words(value)
        case list():
            for value in card:
                yield from _words(value)


def files_of(council: Council, person: Person, held: Moderation) -> str:
    """The content of every file this person may have, of whatever kind and about whatever there is."""
    texts = []
    with council.read() as view:
        for name, kind in KINDS.items():
            for subject_id in {held.audit_id, held.id, 1}:
                try:
                    kind.may(view, council, person, subject_id, LATER)
                    texts.append(kind.name(view, subject_id))
                except RuleBroken:
                    continue
                make = kind.make or MAKERS[name]
                texts.append(_unpacked(make(view, council, person, subject_id, LATER)))
    return "\n".join(texts)


def _unpacked(content: bytes) -> str:
    try:
        with ZipFile(io.BytesIO(content)) as package:
            parts = [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
            return re.sub("<[^>]*>", " ", "\n".join(parts))
    except BadZipFile:
        return content.decode("utf-8", "replace")


def sent(council: Council) -> dict[int, str]:
    """Person to everything that would leave for them until the talk is overdue, day by day."""
    for day in ON_EVERY_DAY:
        now = datetime.combine(day, NOW.timetz())
        with council.write() as work:
            nudge_everyone(work, council, now=now)
            team_weeks(work, council, on=day, now=now)
    found: dict[int, str] = {}
    with council.read() as view:
        for notice in view.outbox.due_by(NOW + timedelta(days=30)):
            at = max(notice.due_at, LATER)
            parcel = prepare(view, council, notice, now=at, nonce="nonce", makers=MAKERS)
            told = f"{notice.kind} {notice.medium}\n"
            match parcel:
                case Message() | Edit():
                    told += json.dumps(parcel.activity, ensure_ascii=False)
                case Mail():
                    told += parcel.subject + parcel.body
                    told += "".join(one.name + _unpacked(one.content) for one in parcel.attachments)
            found[notice.person_id or 0] = found.get(notice.person_id or 0, "") + told
    return found


def operators_are_told(council: Council) -> str:
    """`plumbline status`, and what would leave tomorrow."""
    with council.read() as view:
        told: list[Any] = [asdict(rounds_status(view, council, LATER)), asdict(deliveries(view, LATER))]
    told.append([asdict(send) for send in look_ahead(council, LATER.date(), LATER).sends])
    return json.dumps(told, default=str)


def stands_in(text: str) -> set[str]:
    """The canaries in this text."""
    said = COUNTS_NONE.sub(" ", text)
    return {word for word in EVERYTHING if word in said}


def moved_on(council: Council, people: Staff, panel: Panel, held: Moderation, *, held_too: bool) -> None:
    """The chair invites; and where the talk is held too, it is released with the Panel's grade."""
    asked: dict[str, Any] = {"moderation_id": held.id, "now": NOW}
    with council.write() as work:
        times = ("6 May 2026 10:00", "7 May 2026 10:00", "8 May 2026 10:00")
        words = "canary-message"
        chair: dict[str, Any] = {"by": panel.psw, **asked}
        invite(work, council, version=1, slots=times, message=words, **chair)
        write_reply(work, council, words="canary-reply", by=people.auditor, **asked)
        if held_too:
            final = Grade.OUTSTANDING.value
            on = NOW.date()
            told = {"held_on": on, "note": "canary-note", "final": final, "final_because": ""}
            record_held(work, council, **told, **chair)


@pytest.mark.rule("MO-16", "MO-17", "SG-03")
@pytest.mark.parametrize("invited", [False, True], ids=["decided", "invited"])
def test_before_the_release_nobody_but_the_panel_and_an_invited_auditor_sees_any_of_it(
    council: Council, people: Staff, panel: Panel, held: Moderation, invited: bool
) -> None:
    if invited:
        moved_on(council, people, panel, held, held_too=False)
    watching = [p for p in everybody(people) if not invited or p.id != people.auditor.id]

    shown = {person.name: crawled(council, person, held) for person in watching}
    files = {person.name: files_of(council, person, held) for person in watching}
    outbox = sent(council)
    leaving = {person.name: outbox.get(person.id, "") for person in everybody(people)}

    for where in (shown, files, leaving):
        assert {name: words for name, text in where.items() if (words := _canaries(text))} == {}
    assert _canaries(operators_are_told(council)) == set()
    # Nor that there is anything: what concerns a moderation goes to the chair, and once invited the auditor.
    kinds = ("moderation_news ", "moderation_copy ", "talk_", "action_missing ")
    told = {name for name, text in leaving.items() if any(kind in text for kind in kinds)}
    assert told == ({people.auditor.name} if invited else set())


def _canaries(text: str) -> set[str]:
    """Whatever of it stands there, also of the talk's own words."""
    said = COUNTS_NONE.sub(" ", text)
    return {word for word in said.replace('"', " ").split() if CANARY in word.lower()}


@pytest.mark.rule("MO-16", "SG-03")
def test_the_panel_and_the_invited_auditor_see_all_of_it(
    council: Council, people: Staff, panel: Panel, held: Moderation
) -> None:
    moved_on(council, people, panel, held, held_too=False)

    for person in (people.auditor, panel.psw):
        text = crawled(council, person, held)
        assert stands_in(text) == EVERYTHING, person.name
        assert "canary-reply" in text
        assert "canary-message" in text
    assert stands_in(files_of(council, people.auditor, held)) == EVERYTHING


@pytest.mark.rule("MO-15", "MO-18", "MO-19", "MO-21", "Q13", "SG-03")
def test_after_the_release_each_reads_their_part_and_nobody_elses(
    council: Council, people: Staff, panel: Panel, held: Moderation
) -> None:
    moved_on(council, people, panel, held, held_too=True)
    # Readers of the shared audit, the manager who holds the case, and the two who may read of the auditor.
    of_audit = {PRACTICE, GRADE, MISSING}
    of_team = EVERYTHING - OF_AUDITOR
    wanted = {
        "auditor": EVERYTHING,
        "cover": EVERYTHING,
        "team_manager": of_team,
        "practitioner": of_audit,
        "line_manager": of_audit,
        # What the organisation can learn becomes a draft of the QA office's learning log (MO-09).
        "qa_officer": of_audit | {"canary-organisation"},
        "service_manager": set(),
        "ad_qa": set(),
        "bystander": set(),
        "second_auditor": set(),
    }

    shown = {name: crawled(council, getattr(people, name), held) for name in wanted}
    files = {name: files_of(council, getattr(people, name), held) for name in wanted}

    assert {name: stands_in(text) for name, text in shown.items()} == wanted
    # The five tests, the reply and what the two agreed are about the auditor as well.
    for name in wanted.keys() - {"auditor", "cover"}:
        for text in (shown[name], files[name]):
            assert not any(word in text for word in ("canary-reply", "canary-note", "canary-message")), name
            assert "triangulated" not in text, name
    assert "canary-note" in shown["auditor"]
    assert "canary-note" not in shown["cover"]
    assert {name for name, text in files.items() if stands_in(text) == EVERYTHING} == {"auditor", "cover"}
    mails = sent(council)
    assert stands_in(mails[people.auditor.id]) == EVERYTHING
    assert stands_in(mails[people.team_manager.id]) == of_team
    assert all(stands_in(mails.get(p.id, "")) == set() for p in (people.qa_officer, people.practitioner))


@pytest.mark.rule("SG-05")
def test_every_reading_of_a_moderation_is_kept_in_the_trail(
    council: Council, people: Staff, panel: Panel, held: Moderation
) -> None:
    payload = ReadModeration(held.id).pack()
    turn = Turn(panel.psw.directory_id or "", LATER, "nonce", Asked.PRESSED, data=payload)

    answer(council, turn)

    with council.read() as view:
        (*_, last) = view.trail.rows(f"audit:{held.audit_id}")
    assert (last.verb, last.actor) == ("read", panel.psw.id)
