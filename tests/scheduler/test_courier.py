"""What leaves, what is edited and what is dropped."""

import pytest

from domain.audits import Returned
from scheduler.courier import Courier
from tests.builders import NOW, Staff, a_submitted_audit, an_accepted_audit, reachable
from tests.doubles.post import FakePost, shown_text, text_of
from tests.moderations import the_panel
from tests.scheduler.outbox import (
    Clock,
    allocate,
    give_back,
    notices,
    post_copy,
    submit,
)
from workflows.auditing import return_audit
from workflows.council import Council


@pytest.mark.rule("CA-05")
async def test_an_allocated_audit_reaches_its_auditor_and_the_card_is_remembered(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    audit_id = allocate(council, people)

    taken = await courier.drain_once()

    (message,) = post.in_chat(people.auditor.id)
    (notice,) = notices(council, "audit_allocated", audit_id)
    with council.read() as view:
        (copy,) = view.reach.copies_of(("audit_allocated",), audit_id)
    assert taken == 1
    assert "CF-1001" not in message["summary"]
    assert "CF-1001" not in message["attachments"][0]["content"]["fallbackText"]
    assert (notice.state, notice.activity_id) == ("sent", f"chat-of-{people.auditor.id}/1")
    assert (copy.conversation_id, copy.activity_id) == (f"chat-of-{people.auditor.id}", notice.activity_id)


async def test_nothing_is_sent_twice(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    allocate(council, people)

    await courier.drain_once()
    again = await courier.drain_once()

    assert (again, post.count()) == (0, 1)


@pytest.mark.rule("CA-16", "Q30")
async def test_a_shared_audit_reaches_each_reader_once_without_the_case(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    readers = (people.practitioner, people.line_manager, people.team_manager, people.qa_officer)
    with council.write() as work:
        reachable(work, people.auditor, people.bystander, people.service_manager, *readers)
        the_panel(work)
        a_submitted_audit(work, council, people)

    await courier.drain_once()

    seen = {person.id: post.in_chat(person.id) for person in readers}
    assert all(len(messages) == 1 for messages in seen.values())
    assert all("CF-1001" not in text_of(messages[0]) for messages in seen.values())
    assert post.in_chat(people.bystander.id) == post.in_chat(people.service_manager.id) == []
    titles = {messages[0]["summary"] for messages in seen.values()}
    assert len(titles) == 4


@pytest.mark.rule("Q30")
async def test_one_person_who_is_line_and_team_manager_gets_a_shared_audit_once(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    with council.write() as work:
        work.people.change(people.practitioner.id, {"manager_id": people.team_manager.id})
        reachable(work, people.team_manager)
        a_submitted_audit(work, council, people)

    await courier.drain_once()

    assert len(post.in_chat(people.team_manager.id)) == 1


@pytest.mark.rule("CA-16")
async def test_cards_in_the_chat_shrink_to_a_status_without_the_case_after_submission(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    allocate(council, people)
    await courier.drain_once()
    before = text_of(post.in_chat(people.auditor.id)[0])
    submit(council, people, clock)

    await courier.drain_once()

    (after,) = post.in_chat(people.auditor.id)
    words = shown_text(after["attachments"][0]["content"])
    assert "CF-1001" in before
    assert "Submitted" in words
    for private in ("CF-1001", people.practitioner.name, people.team.name, "Good"):
        assert private not in text_of(after)


async def test_every_posted_copy_is_edited(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    audit_id = allocate(council, people)
    await courier.drain_once()
    for kind in ("overview", "line"):
        post_copy(council, post, people.auditor, audit_id, kind)
    submit(council, people, clock)

    await courier.drain_once()

    stand = post.in_chat(people.auditor.id)
    assert len(stand) == 3
    assert all("Submitted" in text_of(message) for message in stand)


async def test_copies_are_edited_after_the_audit_went_back(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    allocate(council, people)
    await courier.drain_once()
    give_back(council, Returned.CONFLICT)

    await courier.drain_once()

    (after,) = post.in_chat(people.auditor.id)
    assert "Back with the QA office" in text_of(after)
    assert "CF-1001" not in text_of(after)


async def test_a_copy_that_somebody_deleted_stops_no_other_edit(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    audit_id = allocate(council, people)
    await courier.drain_once()
    post_copy(council, post, people.auditor, audit_id, "overview")
    del post.chats[f"chat-of-{people.auditor.id}"][f"chat-of-{people.auditor.id}/1"]
    submit(council, people, clock)

    await courier.drain_once()

    (left,) = post.in_chat(people.auditor.id)
    (notice,) = notices(council, "copies_outdated", audit_id)
    assert "Submitted" in text_of(left)
    assert notice.state == "sent"


async def test_a_card_on_its_way_while_the_audit_closed_is_edited_too(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    audit_id = allocate(council, people)

    def close_meanwhile(_address: object) -> None:
        post.after = lambda address: None
        with council.write() as work:
            audit = work.audits.get(audit_id)
            assert audit is not None
            return_audit(work, audit, because=Returned.CASE_CLOSED, note="", by=None, now=clock.now)

    post.after = close_meanwhile

    await courier.drain_once()

    first, *_ = post.in_chat(people.auditor.id)
    assert "CF-1001" not in text_of(first)


async def test_a_notice_that_no_longer_applies_is_dropped_with_the_reason(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    with council.write() as work:
        reachable(work, people.auditor)
        audit = an_accepted_audit(work, people)

    await courier.drain_once()

    (notice,) = notices(council, "audit_allocated", audit.id)
    assert (notice.state, notice.reason) == ("dropped", "the audit is accepted already")
    assert post.count() == 0


async def test_a_leaver_is_told_nothing_more(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    audit_id = allocate(council, people)
    with council.write() as work:
        work.people.mark_left([people.auditor.id], council.today(NOW))

    await courier.drain_once()

    (notice,) = notices(council, "audit_allocated", audit_id)
    assert (notice.state, notice.reason) == ("dropped", "the person has left")
    assert post.count() == 0


async def test_cards_in_a_leavers_chat_still_lose_the_case(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    allocate(council, people)
    await courier.drain_once()
    with council.write() as work:
        work.people.mark_left([people.auditor.id], council.today(NOW))
    give_back(council, Returned.AUDITOR_LEFT)

    await courier.drain_once()

    (after,) = post.in_chat(people.auditor.id)
    assert "CF-1001" not in text_of(after)
