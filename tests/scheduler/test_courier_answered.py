"""What counts as seen is an answer, not a sending: the first press on the posted card is kept."""

from datetime import timedelta

from dialogs.turn import Asked
from domain.people import Person
from scheduler.courier import Courier
from storage.reach import Copy
from tests.builders import NOW, Staff
from tests.chat import Chat, button_node
from tests.doubles.post import FakePost
from tests.scheduler.outbox import allocate, notices
from workflows.council import Council

LATER = NOW + timedelta(hours=3)


async def test_the_first_press_on_a_posted_card_is_its_answer_and_a_second_changes_nothing(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    audit_id = allocate(council, people)
    await courier.drain_once()
    (before,) = notices(council, "audit_allocated", audit_id)

    _press(council, post, people.auditor, at_hours=3)
    _press(council, post, people.auditor, at_hours=5)

    (after,) = notices(council, "audit_allocated", audit_id)
    assert (before.state, before.answered_at) == ("sent", None)
    assert (after.state, after.answered_at) == ("sent", LATER)


async def test_what_the_client_asks_by_itself_is_no_answer(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    audit_id = allocate(council, people)
    await courier.drain_once()

    _press(council, post, people.auditor, at_hours=3, unasked=True)

    assert notices(council, "audit_allocated", audit_id)[0].answered_at is None


async def test_a_press_on_another_message_or_by_somebody_else_is_no_answer(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    audit_id = allocate(council, people)
    await courier.drain_once()
    chat = f"chat-of-{people.auditor.id}"
    with council.write() as work:
        # The same card's number in another message of theirs, posted in answer to something typed.
        work.reach.keep_copy(Copy(chat, "typed", people.auditor.id, "audit_allocated", audit_id), NOW)

        answered = [
            work.notices.answered(people.auditor.id, chat, "typed", NOW),
            work.notices.answered(people.auditor.id, chat, "nowhere", NOW),
            work.notices.answered(people.practitioner.id, chat, f"{chat}/1", NOW),
        ]

    assert answered == [False, False, False]
    assert notices(council, "audit_allocated", audit_id)[0].answered_at is None


def _press(council: Council, post: FakePost, person: Person, *, at_hours: int, unasked: bool = False) -> None:
    chat = f"chat-of-{person.id}"
    ((activity_id, message),) = post.chats[chat].items()
    button = button_node(message["attachments"][0]["content"], "Accept")
    Chat(council, person, now=NOW + timedelta(hours=at_hours)).turn(
        asked=Asked.PRESSED, data=button["data"], pressed_on=(chat, activity_id), unasked=unasked
    )
