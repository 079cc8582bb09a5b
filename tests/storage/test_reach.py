"""Where people and channels can be reached, strangers, and the cards posted so far."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.reach import Address, Copy
from storage.work import Work
from tests.builders import NOW, SERVICE_URL, TENANT, Staff
from workflows.council import Council

LATER = NOW + timedelta(hours=1)
ADDRESS = Address("a:chat", SERVICE_URL, TENANT, "29:alex", "28:plumbline")


@pytest.fixture
def work(council: Council, people: Staff) -> Iterator[Work]:
    """One transaction over a council whose staff were saved before it began."""
    with council.write() as opened:
        yield opened


def test_nobody_can_be_reached_before_they_installed_the_app(work: Work, people: Staff) -> None:
    assert work.reach.of(people.auditor.id) is None


def test_an_address_is_kept_and_news_only_when_it_differs(work: Work, people: Staff) -> None:
    moved = replace(ADDRESS, conversation_id="a:other")

    told = [work.reach.keep(people.auditor.id, address, NOW) for address in (ADDRESS, ADDRESS, moved)]

    assert told == [True, False, True]
    assert work.reach.of(people.auditor.id) == moved
    assert work.reach.of(people.practitioner.id) is None


def test_coming_back_after_removing_the_app_is_news(work: Work, people: Staff) -> None:
    work.reach.keep(people.auditor.id, ADDRESS, NOW)

    work.reach.set_state(people.auditor.id, "uninstalled", LATER)
    gone = work.reach.of(people.auditor.id)
    back = work.reach.keep(people.auditor.id, ADDRESS, LATER)

    assert gone == replace(ADDRESS, state="uninstalled")
    assert back is True
    assert work.reach.of(people.auditor.id) == ADDRESS


def test_a_channel_is_listed_until_its_team_removes_the_app(work: Work) -> None:
    for conversation, team in (("19:one", "T1"), ("19:two", "T2")):
        _keep_channel(work, conversation, team, "QA Group")
    _keep_channel(work, "19:two", "T2", "QA Group, renamed")

    before = [(c["conversation_id"], c["name"]) for c in work.reach.channels()]
    work.reach.team_uninstalled("T1", LATER)
    after = [c["conversation_id"] for c in work.reach.channels()]
    _keep_channel(work, "19:one", "T1", "QA Group")
    again = [c["conversation_id"] for c in work.reach.channels()]

    assert before == [("19:one", "QA Group"), ("19:two", "QA Group, renamed")]
    assert (after, again) == (["19:two"], ["19:one", "19:two"])


def test_a_stranger_keeps_their_number_and_is_new_once(work: Work) -> None:
    number, first = work.reach.stranger("unknown one", TENANT, NOW)
    other, other_first = work.reach.stranger("unknown two", TENANT, NOW)

    assert (first, other_first) == (True, True)
    assert other != number
    assert work.reach.stranger("unknown one", TENANT, LATER) == (number, False)
    assert work.reach.stranger_id(number) == "unknown one"
    assert work.reach.stranger_id(other + 1) is None


def test_posted_cards_are_found_by_kind_and_subject_in_the_order_of_posting(
    work: Work, people: Staff
) -> None:
    me = people.auditor.id
    copies = [
        Copy("a:chat", "1", me, "audit", 5),
        Copy("a:chat", "2", me, "overview", 5),
        Copy("a:chat", "3", me, "audit", 6),
        Copy("a:chat", "4", me, "note", 5),
    ]
    for copy in copies:
        work.reach.keep_copy(copy, NOW)

    assert work.reach.copies_of(("audit", "overview"), 5) == (copies[0], copies[1])


def test_a_card_posted_over_another_takes_its_place(work: Work, people: Staff) -> None:
    card = Copy("a:chat", "1", people.auditor.id, "overview", 5)
    work.reach.keep_copy(card, NOW)

    work.reach.keep_copy(replace(card, kind="status"), LATER)

    assert work.reach.copies_of(("overview",), 5) == ()
    assert work.reach.copies_of(("status",), 5) == (replace(card, kind="status"),)


def _keep_channel(work: Work, conversation_id: str, team_ref: str, name: str) -> None:
    work.reach.keep_channel(
        conversation_id=conversation_id,
        team_ref=team_ref,
        name=name,
        service_url=SERVICE_URL,
        tenant_id=TENANT,
        bot_id="28:plumbline",
        now=NOW,
    )
