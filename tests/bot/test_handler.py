"""What arrives from Teams becomes a turn, and its reply what Teams expects, all over HTTP."""

import logging
from typing import Any

import pytest

from bot.asking import clock
from cards.payloads import OpenOverview
from domain.audits import AuditState
from domain.days import local_day
from storage.notices import Notice
from tests.bot.audit_writing import TEXTS, onward, written
from tests.bot.channels import TEAM, in_team
from tests.builders import Staff, a_submitted_audit, an_allocated_audit, staff
from tests.chat import button, buttons, inputs, text
from tests.doubles import activities
from tests.doubles.connector import Fault
from tests.doubles.service import CARD_TYPE, Caller, Service, filled

CASE = "CF-1001"


@pytest.fixture
def people(service: Service) -> Staff:
    with service.council.write() as work:
        return staff(work)


@pytest.fixture
def audit_id(service: Service, people: Staff) -> int:
    """An audit allocated today, its auditor not told yet."""
    now = clock()
    with service.council.write() as work:
        return an_allocated_audit(work, people, now=now, month=local_day(now).replace(day=1)).id


@pytest.fixture
def alex(service: Service, people: Staff) -> Caller:
    """The auditor at the keyboard."""
    return service.caller(people.auditor)


def state_of(service: Service, audit_id: int) -> AuditState:
    with service.council.read() as view:
        audit = view.audits.get(audit_id)
    assert audit is not None
    return audit.state


async def test_a_press_is_answered_200_with_the_next_card_and_posts_nothing(
    service: Service, alex: Caller, audit_id: int
) -> None:
    listed = await alex.types("my audits")
    before = len(service.teams.sent(alex.conversation_id))

    status, answer = await alex.sends(alex.activity(activities.press, filled(listed, "Open", {})))

    assert (status, answer["statusCode"], answer["type"]) == (200, 200, CARD_TYPE)
    assert CASE in text(answer["value"])
    shown = [
        a for a in service.teams.sent(alex.conversation_id)[before:] if a.body["summary"] == "Your audit"
    ]
    assert shown == []


@pytest.mark.rule("SG-05")
async def test_a_client_that_refreshes_a_card_by_itself_is_told_apart_from_a_press(
    service: Service, alex: Caller, audit_id: int
) -> None:
    asks = alex.activity(activities.press, OpenOverview(audit_id).pack())
    value = {**asks["value"], "trigger": "automatic"}

    reads = []
    for sent in ({**asks, "value": value}, asks):
        _, answer = await alex.sends(sent)
        assert CASE in text(answer["value"])
        with service.council.read() as view:
            reads.append([row.verb for row in view.trail.rows(f"audit:{audit_id}")].count("read"))

    assert reads == [0, 1]


async def test_a_press_answers_the_notice_on_whose_card_it_stands(
    service: Service, people: Staff, alex: Caller, audit_id: int
) -> None:
    await alex.installs()
    service.running.courier.nudge()
    place = await service.eventually(lambda: _allocation(service, audit_id).activity_id)

    data = filled(service.teams.posts[place]["attachments"][0]["content"], "Accept", {})
    await alex.sends(alex.activity(activities.press, data, replyToId=place))

    assert _allocation(service, audit_id).answered_at is not None


def _allocation(service: Service, audit_id: int) -> Notice:
    with service.council.read() as view:
        (notice,) = view.notices.of("audit_allocated", audit_id)
    return notice


async def test_an_action_submit_replaces_the_card_that_was_pressed(
    service: Service, alex: Caller, audit_id: int
) -> None:
    await alex.types("my audits")
    posted = alex.newest()

    card = await alex.submits("Open", posted)

    assert CASE in text(card)
    assert service.teams.posts[posted]["summary"] == "Your audit"


async def test_an_action_submit_on_a_card_that_is_gone_is_answered_with_a_new_one(
    service: Service, alex: Caller, audit_id: int
) -> None:
    listed = await alex.types("my audits")

    await alex.sends(alex.activity(activities.submit, filled(listed, "Open", {}), replyToId="1:long-gone"))

    assert [answer.body["summary"] for answer in alex.answers()] == ["Your audit"]


@pytest.mark.rule("CA-16")
async def test_a_card_changed_by_action_submit_loses_the_case_once_the_audit_is_submitted(
    service: Service, alex: Caller, audit_id: int
) -> None:
    await alex.types("my audits")
    posted = alex.newest()
    await alex.submits("Open", posted)
    await alex.submits("Accept", posted)

    assert CASE in str(service.teams.posts[posted])

    card = await alex.presses("Continue", await alex.presses("Open", await alex.types("my audits")))
    await fill_and_submit(alex, card)

    await service.eventually(lambda: CASE not in str(service.teams.posts[posted]))


async def test_the_whole_audit_can_be_done_in_a_dialog(service: Service, alex: Caller, audit_id: int) -> None:
    card = await alex.presses("Accept", await alex.presses("Open", await alex.types("my audits")))
    page = await alex.presses("Continue", card)
    task = await alex.asks_dialog("task/fetch", filled(page, "More room", {}))
    steps = 0

    while title := onward(page_of(task)):
        page = page_of(task)
        task = await alex.asks_dialog("task/submit", filled(page, title, written(page)))
        steps += 1
    task = await alex.asks_dialog("task/submit", filled(page_of(task), "Submit and share", {}))

    assert steps > 12
    assert state_of(service, audit_id) is AuditState.SUBMITTED
    assert task["value"]["title"] == "Audit submitted"


async def test_a_dialog_never_shows_a_button_it_cannot_press(
    service: Service, alex: Caller, audit_id: int
) -> None:
    card = await alex.presses("Accept", await alex.presses("Open", await alex.types("my audits")))
    page = await alex.presses("Continue", card)

    first = await alex.asks_dialog("task/fetch", filled(page, "More room", {}))
    overview = await alex.asks_dialog("task/submit", filled(page_of(first), "Save and see overview", {}))
    guidance = await alex.asks_dialog("task/submit", filled(page_of(overview), "Guidance", {}))

    for task in (first, overview, guidance):
        assert task["type"] == "continue"
        assert (task["value"]["width"], task["value"]["height"]) == ("large", "large")
        assert "Action.Execute" not in str(page_of(task))
        assert [title for title, _ in buttons(page_of(task))] != []


async def test_text_typed_in_the_card_is_in_the_dialog_it_is_given_more_room_in(
    alex: Caller, audit_id: int
) -> None:
    card = await alex.presses("Accept", await alex.presses("Open", await alex.types("my audits")))
    page = await alex.presses("Continue", card)

    task = await alex.asks_dialog("task/fetch", filled(page, "More room", {"journey": TEXTS["journey"]}))

    (shown,) = [node["value"] for node in inputs(page_of(task)) if node["id"] == "journey"]
    assert shown == TEXTS["journey"]


async def test_installing_keeps_the_address_and_greets(service: Service, people: Staff, alex: Caller) -> None:
    await alex.installs()

    with service.council.read() as view:
        address = view.reach.of(people.auditor.id)
    assert address is not None
    assert (address.conversation_id, address.mri, address.state) == (
        alex.conversation_id,
        alex.mri,
        "reachable",
    )
    assert address.service_url == service.teams.service_url
    assert [a.body["summary"] for a in service.teams.sent(alex.conversation_id)] == ["Help"]


async def test_what_could_not_be_delivered_leaves_when_the_app_is_back(
    service: Service, people: Staff, alex: Caller
) -> None:
    await alex.installs()
    await alex.installs("remove")
    now = clock()
    with service.council.write() as work:
        audit = an_allocated_audit(work, people, now=now, month=local_day(now).replace(day=1))
    service.running.courier.nudge()

    def states() -> list[str]:
        with service.council.read() as view:
            return [notice.state for notice in view.notices.of("audit_allocated", audit.id)]

    await service.eventually(lambda: states() == ["unreachable"])
    before = [a for a in service.teams.sent(alex.conversation_id) if a.verb == "send"]
    await alex.installs()

    await service.eventually(lambda: states() == ["sent"])
    assert before == []
    assert [a.verb for a in service.teams.sent(alex.conversation_id)].count("send") == 1


async def test_a_press_of_someone_who_had_blocked_the_bot_makes_them_reachable_again(
    service: Service, people: Staff, alex: Caller
) -> None:
    listed = await alex.types("help")
    with service.council.write() as work:
        work.reach.set_state(people.auditor.id, "blocked", clock())

    await alex.types("help")

    with service.council.read() as view:
        address = view.reach.of(people.auditor.id)
    assert address is not None
    assert address.state == "reachable"
    assert listed


def members(caller: Caller, **changes: Any) -> dict[str, Any]:
    return in_team(caller, activities.activity, type="conversationUpdate", **changes)


def channels(service: Service) -> list[str]:
    with service.council.read() as view:
        return [str(channel["team_ref"]) for channel in view.reach.channels()]


async def test_a_team_the_app_is_installed_in_is_kept_until_it_is_removed(
    service: Service, alex: Caller
) -> None:
    await alex.sends(in_team(alex, activities.installation))
    assert channels(service) == [TEAM["id"]]

    await alex.sends(in_team(alex, activities.installation, "remove"))

    assert channels(service) == []


async def test_the_bot_joining_and_leaving_a_team_counts_like_an_install(
    service: Service, alex: Caller
) -> None:
    await alex.sends(members(alex, membersAdded=[{"id": activities.BOT_ID}]))
    assert channels(service) == [TEAM["id"]]

    await alex.sends(members(alex, membersRemoved=[{"id": activities.BOT_ID}]))

    assert channels(service) == []


async def test_people_joining_and_leaving_a_team_change_nothing(
    service: Service, alex: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    await alex.sends(members(alex, membersAdded=[{"id": "29:somebody"}]))
    assert channels(service) == []
    await alex.sends(in_team(alex, activities.installation))

    await alex.sends(members(alex, membersRemoved=[{"id": "29:somebody"}]))

    assert channels(service) == [TEAM["id"]]
    assert service.teams.sent() == []
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


async def test_a_mention_in_a_channel_is_asked_into_the_own_chat(
    service: Service, alex: Caller, audit_id: int
) -> None:
    await alex.sends(in_team(alex, activities.message, "<at>Plumbline</at> my audits"))

    (answer,) = service.teams.sent(TEAM["id"])
    assert "in your own chat with me" in text(answer.card or {})
    with service.council.read() as view:
        assert view.reach.of(1) is None


async def test_a_press_outside_the_own_chat_shows_and_changes_nothing(
    service: Service, alex: Caller, audit_id: int
) -> None:
    overview = await alex.presses("Open", await alex.types("my audits"))
    accept = button(overview, "Accept")

    _, executed = await alex.sends(in_team(alex, activities.press, accept))
    _, fetched = await alex.sends(in_team(alex, activities.dialog, "task/fetch", accept))
    await alex.sends(in_team(alex, activities.submit, accept, replyToId="1:there"))

    (posted,) = service.teams.sent(TEAM["id"])
    shown = (executed["value"], page_of(fetched["task"]), posted.card)
    assert all("in your own chat" in text(card or {}) for card in shown)
    assert state_of(service, audit_id) is AuditState.ALLOCATED


CANARY = "Marigold Canary told her teacher"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Every turn breaks with an error that quotes what was typed."""

    def fail(_council: object, turn: Any) -> Any:
        raise ValueError(f"cannot store {turn.text} {turn.data}")

    monkeypatch.setattr("bot.asking.answer", fail)
    return monkeypatch


async def test_a_fault_gets_a_number_to_quote_and_the_log_nothing_of_the_case(
    service: Service, alex: Caller, broken: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    await alex.sends(alex.activity(activities.message, CANARY))
    _, answer = await alex.sends(alex.activity(activities.press, {"journey": CANARY}))
    broken.undo()

    (said,) = service.teams.sent(alex.conversation_id)
    faults = [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]
    numbers = [fault.split()[2] for fault in faults]
    assert numbers[0] in (said.text or "")
    assert numbers[1] in answer["value"]["message"]
    logged = "\n".join(r.getMessage() + (r.exc_text or "") for r in caplog.records)
    for secret in ("Marigold", "teacher", alex.directory_id, "Alex Auditor", "bot-token"):
        assert secret not in logged
    assert "Traceback" not in str(said.body) + str(answer)


async def test_the_turn_after_a_fault_works(
    service: Service, alex: Caller, people: Staff, broken: pytest.MonkeyPatch
) -> None:
    await alex.sends(alex.activity(activities.message, "help"))
    broken.undo()

    card = await alex.types("help")

    assert "How I can help" in text(card)


async def test_no_turn_logs_what_was_written_or_who_wrote(
    service: Service, alex: Caller, audit_id: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    card = await alex.presses("Accept", await alex.presses("Open", await alex.types("my audits")))
    page = await alex.presses("Continue", card)

    await alex.presses("Save and continue", page, journey=CANARY, matters_most="Staying put.")
    await alex.types(CANARY)

    logged = "\n".join(r.getMessage() for r in caplog.records)
    for secret in ("Marigold", "Alex Auditor", CASE, alex.directory_id, "bot-token"):
        assert secret not in logged


async def test_a_full_house_says_so_and_saves_nothing(
    service: Service, alex: Caller, audit_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    overview = await alex.presses("Open", await alex.types("my audits"))
    accept = alex.activity(activities.press, button(overview, "Accept"))
    monkeypatch.setattr(service.running.asking, "_under_way", 10_000)

    _, answer = await alex.sends(accept)
    monkeypatch.undo()

    assert answer["statusCode"] == 200
    assert answer["type"] == "application/vnd.microsoft.activity.message"
    assert "nothing was saved" in answer["value"]
    assert state_of(service, audit_id) is AuditState.ALLOCATED


async def test_a_full_house_keeps_what_was_typed_in_a_dialog_for_another_try(
    service: Service, alex: Caller, audit_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await alex.presses("Accept", await alex.presses("Open", await alex.types("my audits")))
    page = await alex.presses("Continue", card)
    task = await alex.asks_dialog("task/fetch", filled(page, "More room", {}))
    monkeypatch.setattr(service.running.asking, "_under_way", 10_000)
    data = filled(page_of(task), "Save and continue", written(page_of(task)))
    busy = page_of(await alex.asks_dialog("task/submit", data))
    monkeypatch.undo()

    await alex.asks_dialog("task/submit", filled(busy, "Try again", {}))

    with service.council.read() as view:
        saved = view.audits.page(audit_id, "journey")
    assert "nothing was saved" in text(busy)
    assert saved is not None
    assert saved.body["journey"] == TEXTS["journey"]


async def test_a_refusal_beside_a_card_sent_by_action_submit_leaves_that_card_alone(
    service: Service, alex: Caller, audit_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    await alex.types("my audits")
    posted = alex.newest()
    before = service.teams.posts[posted]
    monkeypatch.setattr(service.running.asking, "_under_way", 10_000)

    await alex.submits("Open", posted)
    monkeypatch.undo()

    assert service.teams.posts[posted] is before
    assert ["nothing was saved" in text(answer.card or {}) for answer in alex.answers()] == [True]


async def test_a_reader_is_shown_a_shared_audit_in_a_dialog_too(service: Service, people: Staff) -> None:
    now = clock()
    with service.council.write() as work:
        month = local_day(now).replace(day=1)
        a_submitted_audit(work, service.council, people, now=now, month=month)
    perry = service.caller(people.practitioner)
    listed = await perry.types("my audits")

    task = await perry.asks_dialog("task/fetch", button(listed, "Read"))

    assert CASE in text(page_of(task))
    assert "Action.Execute" not in str(page_of(task))


async def test_an_answer_that_teams_did_not_take_does_not_break_the_chat(
    service: Service, alex: Caller, people: Staff
) -> None:
    service.teams.fail_next(Fault(403, code="BotDisabledByAdmin", verb="reply"))

    status, _ = await alex.sends(alex.activity(activities.message, "help"))
    card = await alex.types("help")

    assert status == 200
    assert "How I can help" in text(card)


def page_of(task: dict[str, Any]) -> dict[str, Any]:
    card: dict[str, Any] = task["value"]["card"]["content"]
    assert task["value"]["card"]["contentType"] == CARD_TYPE
    return card


async def fill_and_submit(caller: Caller, page: dict[str, Any]) -> dict[str, Any]:
    """Fills page after page in the chat and submits; returns the last card."""
    while title := onward(page):
        page = await caller.presses(title, page, **written(page))
    return await caller.presses("Submit and share", page)
