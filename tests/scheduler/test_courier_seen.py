"""Who acts on a safety alert is shown on every card that brought it, and told to whoever raised it."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Literal

import pytest

from domain.people import Person
from scheduler.courier import Courier
from tests.builders import Staff, reachable
from tests.chat import Chat, buttons
from tests.doubles.post import FakePost, shown_text
from tests.scheduler.outbox import Clock, alert, notices
from workflows.council import Council

NOBODY = "Nobody has said yet"
ACTING = "I have seen this"


def card_in_chat(post: FakePost, person: Person) -> dict[str, Any]:
    """The one card in this person's chat, as it stands there now."""
    (message,) = post.in_chat(person.id)
    return dict(message["attachments"][0]["content"])


def acts(council: Council, post: FakePost, person: Person, clock: Clock, *, minutes: int = 5) -> None:
    """The person presses the button on the card that was posted to them, so many minutes later."""
    clock.passes(minutes=minutes)
    Chat(council, person, now=clock.now).presses(ACTING, card_in_chat(post, person))


@pytest.mark.rule("Q16", "SG-02")
async def test_once_somebody_acts_every_card_of_the_alert_says_who(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    told = (people.team_manager, people.service_manager, people.cover)
    alert(council, people, *told)
    await courier.drain_once()
    assert all(NOBODY in shown_text(card_in_chat(post, person)) for person in told)

    acts(council, post, people.team_manager, clock)
    await courier.drain_once()

    for person in told:
        card = card_in_chat(post, person)
        assert NOBODY not in shown_text(card)
        assert people.team_manager.name in shown_text(card)
        may_press = any(title.startswith(ACTING) for title, _ in buttons(card))
        assert may_press is (person != people.team_manager)


@pytest.mark.rule("Q16", "SG-02")
async def test_a_second_who_acts_is_added_everywhere(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    told = (people.team_manager, people.service_manager)
    alert(council, people, *told, people.auditor)
    await courier.drain_once()

    for person in told:
        acts(council, post, person, clock)
        await courier.drain_once()

    for person in (*told, people.auditor):
        words = shown_text(card_in_chat(post, person))
        assert all(manager.name in words for manager in told)


@pytest.mark.rule("Q16", "SG-02", "SG-01")
async def test_whoever_raised_it_hears_who_acts_and_reads_no_case_in_their_chat(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    alert(council, people, people.team_manager, people.auditor)
    await courier.drain_once()
    assert post.in_chat(people.auditor.id) == []

    acts(council, post, people.team_manager, clock)
    await courier.drain_once()

    words = shown_text(card_in_chat(post, people.auditor))
    for shown in (people.team_manager.name, "Your safety alert has been seen", "01632 960101", "999"):
        assert shown in words
    for private in ("CF-1001", "frightened", people.practitioner.name):
        assert private not in words


@pytest.mark.rule("Q16", "SG-02")
async def test_the_director_is_told_all_the_same_and_reads_who_acts(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    alert(council, people, people.team_manager, people.ad_qa)
    await courier.drain_once()
    acts(council, post, people.team_manager, clock)
    await courier.drain_once()
    assert post.in_chat(people.ad_qa.id) == []

    clock.passes(hours=2)
    await courier.drain_once()

    assert people.team_manager.name in shown_text(card_in_chat(post, people.ad_qa))


class Doorstep(asyncio.Event):
    """Holds what is on its way to a chat, and says when it has come so far."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = asyncio.Event()

    async def wait(self) -> Literal[True]:
        self.reached.set()
        return await super().wait()


@pytest.mark.rule("SG-02")
async def test_a_card_on_its_way_while_somebody_acknowledged_says_so_too(
    council: Council, people: Staff, new_courier: Callable[[], Courier], post: FakePost, clock: Clock
) -> None:
    late = people.service_manager
    alert(council, people, people.team_manager)
    await new_courier().drain_once()
    with council.write() as work:
        reachable(work, late)
        work.notices.revive_unreachable(late.id, clock.now)
    doorstep = Doorstep()
    post.hold = {f"chat-of-{late.id}": doorstep}
    slow, quick = new_courier(), new_courier()
    on_its_way = asyncio.create_task(slow.drain_once())
    await doorstep.reached.wait()

    acts(council, post, people.team_manager, clock, minutes=0)
    await quick.drain_once()
    doorstep.set()
    await on_its_way

    assert people.team_manager.name in shown_text(card_in_chat(post, late))


@pytest.mark.rule("SG-02")
async def test_acting_twice_edits_once(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    alert_id = alert(council, people, people.team_manager)
    await courier.drain_once()
    before = card_in_chat(post, people.team_manager)

    for minutes in (1, 2):
        chat = Chat(council, people.team_manager, now=clock.now + timedelta(minutes=minutes))
        chat.presses(ACTING, before)

    edits = notices(council, "alert_outdated", alert_id)
    assert len(edits) == len({edit.person_id for edit in edits})
    assert len(notices(council, "safety_seen", alert_id)) == 1


@pytest.mark.rule("SG-02")
async def test_whoever_left_meanwhile_learns_nothing_more_of_the_alert(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    alert(council, people, people.team_manager, people.service_manager)
    await courier.drain_once()
    with council.write() as work:
        work.people.mark_left([people.service_manager.id], clock.now.date())

    acts(council, post, people.team_manager, clock)
    await courier.drain_once()

    assert people.team_manager.name not in shown_text(card_in_chat(post, people.service_manager))
