"""A council whose every name and text tries to act, looked at from every card that anyone can reach.

Whatever somebody typed or a list brought stands in a text run or in an input, where it is only its letters.
A card that drew it with `says`, as a title, a label, a choice or a preview would fail here.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
import sqlalchemy as sa

from bot.asking import clock, fresh_nonce
from bot.settings import Settings
from cards.checking import faults
from cards.payloads import PAYLOAD_KEY, OpenPage, Payload, SavePage, ShowGuidance
from cards.payloads_panel import ReadModerated
from cards.views import Mode
from dialogs.answering import answer
from dialogs.turn import Asked, Reply, Turn
from dialogs.typed import COMMANDS, MORE_COMMANDS
from domain.days import local_day
from domain.forward_plan import TERMS, plan_year
from domain.framework import Framework
from domain.moderation_form import from_body as moderation_form
from domain.moderation_form import to_body as to_moderation_body
from domain.page_reading import to_body
from domain.pages import JOURNEY, page_keys
from domain.people import Person
from storage.database import Database
from storage.tables import (
    audit_actions,
    audits,
    cases,
    comments,
    people,
    reviews,
    safety_alerts,
    services,
    teams,
)
from storage.tables_following import (
    action_steps,
    followups,
    learning_actions,
    learning_entries,
    learning_sources,
)
from storage.tables_governance import agenda_items, meetings, plan_items, tracked
from storage.tables_moderation import discussions, examples, moderations
from storage.work import Work
from tests.builders import a_council, complete_pages, reachable, save_pages
from tests.chat import buttons, inputs
from tests.databases import TRAIL_KEY
from tests.doubles.service import Service
from tests.governance import a_row
from tests.security.crawling import Unpressed
from tests.security.hostile import MARK, PIECES, marked, misplaced
from tests.security.scenes import Scene, a_scene
from workflows.council import Council
from workflows.planning import propose_round
from workflows.sharing import add_comment, review_audit

HOSTILE = [marked(piece) for piece in PIECES]


def a_hostile_council(work: Work, council: Council) -> Scene:
    """The scene of the permissions, with every name, reference and text replaced by one that tries to act."""
    scene = a_scene(work, council)
    shared = scene.objects["a submitted audit"]
    now = clock()
    add_comment(work, council, by=scene.staff.practitioner, audit_id=shared, text=HOSTILE[0], now=now)
    review_audit(
        work, council, by=scene.staff.team_manager, audit_id=shared, nominate=True, reason=HOSTILE[1], now=now
    )
    for audit_id in (scene.objects["an accepted audit"], shared):
        audit = work.audits.get(audit_id)
        assert audit is not None
        save_pages(work, audit, _hostile(council.framework, scene, audit), now=now)
    work.cases._connection.execute(
        sa.update(cases).values(gender=HOSTILE[0], age_band=HOSTILE[1], ethnicity=HOSTILE[5])
    )
    overwrite(work, services, "name")
    overwrite(work, teams, "name")
    overwrite(work, people, "name")
    overwrite(work, cases, "reference")
    overwrite(work, audits, "case_reference", "returned_note")
    overwrite(work, audit_actions, "what")
    overwrite(work, action_steps, "text", "recorded")
    overwrite(work, followups, "discussed_where", "impact_text")
    overwrite(work, comments, "text")
    overwrite(work, reviews, "reason")
    overwrite(work, safety_alerts, "concern")
    overwrite(work, examples, "title", "text", "why")
    overwrite(work, moderations, "selected_note")
    for chosen in work.moderations.undecided():
        said = {name: HOSTILE[n] for n, name in enumerate(("strengths", "development", "practice"))}
        form = replace(moderation_form(chosen.body), overall_because=HOSTILE[3], **said)
        work.moderations.change(chosen, {"body": to_moderation_body(form)})
    overwrite(work, discussions, "message", "proposed", "note")
    overwrite(work, moderations, "reply", "final_because")
    overwrite(work, learning_entries, "title", "learning")
    overwrite(work, learning_actions, "what")
    overwrite(work, learning_sources, "what")
    a_row(work, scene.staff.qa_officer, due_on=local_day(now), now=now)
    on_agenda = {
        "title": "Thanks",
        "note": "Said.",
        "paper_where": "Here",
        "by_id": scene.staff.ad_qa.id,
        "at": now,
    }
    for name in ("a meeting today", "a clinic today"):
        work.meetings.add_row(scene.objects[name], on_agenda)
    work.tracking.add_step(
        scene.objects["a tracked row"], by=scene.staff.qa_officer.id, at=now, text=HOSTILE[2]
    )
    overwrite(work, meetings, "place", "reason", "minutes_where")
    overwrite(work, agenda_items, "title", "note", "paper_where")
    overwrite(work, tracked, "title", "impact")
    overwrite(work, plan_items, "title", "note")
    for item in work.plan.of_year(plan_year(local_day(now))):
        terms = {field: HOSTILE[n] for n, field in enumerate(TERMS)}
        work.plan.change(item, {"terms": terms})
        said = {"before": {"note": HOSTILE[4]}, "after": {"note": HOSTILE[5]}}
        work.plan.add_change(item.id, by=scene.staff.ad_qa.id, at=now, reason=HOSTILE[3], **said)
    month = scene_month(now)
    propose_round(work, council, by=None, month=month, seed=7, now=now, outside_the_calendar=True)
    return replace(scene, people={part: work.people.get(one.id) for part, one in scene.people.items()})


def scene_month(now: datetime) -> date:
    """A month without a round: the third from now."""
    month = local_day(now).replace(day=1)
    for _ in range(3):
        month = (month + timedelta(days=31)).replace(day=1)
    return month


def overwrite(work: Work, table: sa.Table, *columns: str) -> None:
    """Put a hostile text into these columns of every row."""
    connection = work.people._connection
    keys = list(table.primary_key)
    for number, row in enumerate(connection.execute(sa.select(table)).all(), start=1):
        values = {
            name: f"{number} {HOSTILE[(number + place) % len(HOSTILE)]}"
            for place, name in enumerate(columns)
            if getattr(row, name) is not None
        }
        if values:
            same = sa.and_(*(key == row._mapping[key] for key in keys))
            connection.execute(sa.update(table).where(same).values(values))


def _hostile(framework: Framework, scene: Scene, audit: Any) -> dict[str, Any]:
    """Every page of the audit with its texts replaced."""
    made = {}
    for place, (key, page) in enumerate(complete_pages(framework, scene.staff, audit).items()):
        texts = {
            name: HOSTILE[(place + n) % len(HOSTILE)]
            for n, (name, value) in enumerate(to_body(page).items())
            if isinstance(value, str)
            and value
            and name not in {"grade", "reached", "kind"}
            and not name.endswith("on")
        }
        known = {k: v for k, v in texts.items() if hasattr(page, k)}
        made[key] = replace(page, **known)  # type: ignore[arg-type]
    return made


@pytest.fixture
def council(sqlite_url: str, framework: Framework) -> Iterator[Council]:
    database = Database(sqlite_url, trail_key=TRAIL_KEY)
    yield a_council(database, framework)
    database.close()


def crawl(
    council: Council, person: Person, mode: Mode, turn: int, of_anyone: Unpressed, by_hand: Payload
) -> Iterator[tuple[str, Reply]]:
    """Every kind of card this person reaches by typing and by pressing what only shows something.

    Each command is typed once, and which of its words goes round from person to person. The guidance is the
    same for everybody, so a page of it that `of_anyone` has is not opened again.
    """
    every_command = [*COMMANDS.values(), *(command.words for command in MORE_COMMANDS.values())]
    commands = (words[turn % len(words)] for words in every_command)
    lines = (*commands, "guidance grades", HOSTILE[0], HOSTILE[6], HOSTILE[7])
    waiting: list[tuple[str, dict[str, Any]]] = [
        (line, {"asked": Asked.TYPED, "text": line}) for line in lines
    ]
    waiting.append((by_hand.VERB, {"asked": Asked.PRESSED, "data": by_hand.pack()}))
    unpressed = Unpressed()
    while waiting:
        name, given = waiting.pop(0)
        reply = answer(
            council,
            Turn(person.directory_id or "", clock(), fresh_nonce(), mri="29:x", mode=mode, **given),
        )
        yield name, reply
        for title, data in buttons(reply.card or {}):
            same = data[PAYLOAD_KEY]["verb"] == ShowGuidance.VERB
            if (of_anyone if same else unpressed).takes(data[PAYLOAD_KEY]):
                waiting.append((f"{name} > {title}", {"asked": Asked.PRESSED, "data": data}))


@pytest.mark.parametrize("mode", list(Mode))
def test_no_card_that_anyone_reaches_lets_typed_text_act(council: Council, mode: Mode) -> None:
    with council.write() as work:
        scene = a_hostile_council(work, council)
    wrong, shown, of_anyone = [], 0, Unpressed()
    reached: set[str] = set()
    # Only where a moderation is read and not filled in leads here, so it is pressed by hand.
    by_hand = ReadModerated(scene.objects["a moderation that is the consultant's"], JOURNEY, "tests")

    for turn, (part, person) in enumerate(scene.people.items()):
        for name, reply in crawl(council, person, mode, turn, of_anyone, by_hand):
            card = reply.card or {}
            said = json.dumps([card, reply.title])
            if said in reached:
                continue
            reached.add(said)
            shown += MARK in said
            found = [*misplaced(card), *misplaced({"title": reply.title}), *faults(card)]
            wrong += [f"{part}: {name[:80]}: {fault}" for fault in found]

    assert wrong == []
    assert len(reached) > 600
    assert shown > 500


def test_the_refused_page_shows_hostile_text_again_without_letting_it_act(council: Council) -> None:
    with council.write() as work:
        scene = a_hostile_council(work, council)
    person, audit_id = scene.people["the auditor"], scene.objects["an accepted audit"]
    keys = page_keys(council.framework, has_contact_section=False)

    def press(payload: Payload, **typed: str) -> dict[str, Any]:
        data = {**payload.pack(), **typed}
        turn = Turn(person.directory_id or "", clock(), fresh_nonce(), Asked.PRESSED, data=data)
        return answer(council, turn).card or {}

    for key in keys:
        names = [node["id"] for node in inputs(press(OpenPage(audit_id, key)))]
        with council.read() as view:
            saved = view.audits.page(audit_id, key)
        for version in (0, saved.version if saved else 1):
            payload = SavePage(audit_id, key, version, "here", fresh_nonce())
            card = press(payload, **dict.fromkeys(names, HOSTILE[version % 2]))

            assert misplaced(card) == [], key
            assert faults(card) == (), key
            assert MARK in json.dumps(card), key
    assert JOURNEY in keys


async def test_no_message_and_no_mail_that_is_delivered_lets_typed_text_act(
    service: Service, settings: Settings
) -> None:
    with service.council.write() as work:
        scene = a_hostile_council(work, service.council)
        reachable(work, *scene.people.values(), service_url=service.teams.service_url)
    service.running.courier.nudge()

    def settled() -> bool:
        with service.council.read() as view:
            return not view.notices._connection.execute(
                sa.text("SELECT 1 FROM notices WHERE state IN ('queued', 'claimed') AND due_at < :now"),
                {"now": clock()},
            ).first()

    await service.eventually(lambda: settled() and len(service.teams.posts) > 10)
    mails = [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in settings.mail_folder.glob("*.eml")
    ]

    wrong = [f for post in service.teams.posts.values() for f in misplaced(post)]
    wrong += [
        f for post in service.teams.posts.values() for a in post["attachments"] for f in faults(a["content"])
    ]
    assert wrong == []
    assert any(MARK in json.dumps(post) for post in service.teams.posts.values())
    assert mails
    for mail in mails:
        # A mailbox is no place for case content, and nothing typed is in a header.
        assert MARK not in "".join(str(value) for _, value in mail.items() if _ != "To")
        body = mail.get_body(("plain",))
        assert body is not None
        assert MARK not in body.get_content()
