"""The QA office's copies of a day's audits: one card, which grows while audits come in."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from cards.payloads import PAYLOAD_KEY
from domain.days import local_day
from domain.people import Person, Post
from scheduler.drawing import Drawing, Needless
from scheduler.ledger import keep_verdict
from scheduler.preparing import Edit, Message, Parcel, prepare
from scheduler.rendering import CARDS
from scheduler.verdicts import Settle
from storage.notices import Claimed
from storage.work import Work
from tests.builders import NOW, Staff, a_submitted_audit, reachable
from tests.chat import Chat, buttons, text
from tests.dialogs.scripts import on_one_engine
from workflows.council import Council
from workflows.handed_in import HANDED_IN, HANDED_IN_MORE, TOGETHER, handed_in

pytestmark = on_one_engine
TODAY = local_day(NOW).toordinal()


def shares(work: Work, council: Council, people: Staff, number: int, *, now: datetime = NOW) -> int:
    return a_submitted_audit(work, council, people, reference=f"CF-30{number:02}", now=now).id


def delivers(work: Work, council: Council, person: Person, now: datetime = NOW) -> list[tuple[str, Parcel]]:
    """The courier's round for one person; what it handed over of the office's copies."""
    made: list[tuple[str, Parcel]] = []
    while claimed := work.notices.claim(token="t", now=now, until=now + timedelta(hours=1), limit=100):
        for notice in claimed:
            parcel = prepare(work, council, notice, now=now, nonce="n")
            activity_id = f"card-{notice.id}" if isinstance(parcel, Message) else None
            keep_verdict(work, notice, Settle("sent", activity_id=activity_id), parcel, now=now)
            if notice.person_id == person.id and notice.kind in (HANDED_IN, HANDED_IN_MORE):
                made.append((notice.kind, parcel))
    return made


def shown(parcel: Parcel) -> dict[str, Any]:
    assert isinstance(parcel, Message | Edit)
    card: dict[str, Any] = parcel.activity["attachments"][0]["content"]
    return card


@pytest.mark.rule("CA-16", "Q30")
def test_an_officer_has_one_card_of_the_day_which_shows_each_audit_as_it_comes(
    council: Council, people: Staff
) -> None:
    officer = people.qa_officer
    with council.write() as work:
        reachable(work, officer)
        first = shares(work, council, people, 1)
        (_, card), (_, again) = delivers(work, council, officer)
        others = [shares(work, council, people, number) for number in (2, 3)]
        at_once = delivers(work, council, officer)
        more = delivers(work, council, officer, NOW + TOGETHER)
    with council.read() as view:
        cards = [one for one in view.notices.of(HANDED_IN, TODAY) if one.person_id == officer.id]
    last = shown(more[-1][1])
    read = [payload for title, payload in buttons(last) if title == "Read"]

    assert isinstance(card, Message)
    assert isinstance(again, Edit)
    assert text(shown(card)).startswith("1 audit submitted")
    assert at_once == []
    assert [kind for kind, _ in more] == [HANDED_IN_MORE], "one edit for both"
    assert all(isinstance(parcel, Edit) for _, parcel in more)
    assert text(last).startswith("3 audits submitted")
    assert [one[PAYLOAD_KEY]["audit_id"] for one in read] == [first, *others]
    assert len(cards) == 1
    assert "CF-30" not in str(last), "the message stays in the chat"


@pytest.mark.rule("CA-16")
def test_a_new_day_brings_a_new_card(council: Council, people: Staff) -> None:
    tomorrow = NOW + timedelta(days=1)
    with council.write() as work:
        shares(work, council, people, 1)
        late = shares(work, council, people, 2, now=tomorrow)
        _, found = handed_in(work, people.qa_officer, local_day(tomorrow).toordinal())

        assert len(work.notices.of(HANDED_IN, TODAY)) == 1
        assert [audit.id for audit in found] == [late]


@pytest.mark.rule("CA-16", "SG-05")
def test_each_audit_of_the_card_opens_for_the_officer(council: Council, people: Staff) -> None:
    with council.write() as work:
        reachable(work, people.qa_officer)
        shares(work, council, people, 1)
        (_, card), _ = delivers(work, council, people.qa_officer)

    opened = Chat(council, people.qa_officer).presses("Read", shown(card))

    assert "An audit, shared for learning" in text(opened)


@pytest.mark.rule("SG-05")
def test_whoever_left_the_office_is_shown_nothing_of_it(council: Council, people: Staff) -> None:
    with council.write() as work:
        shares(work, council, people, 1)
        (notice,) = work.notices.of(HANDED_IN, TODAY)
        work.people.change(people.qa_officer.id, {}, [Post.PSW])
    with council.read() as view:
        gone = view.people.get(people.qa_officer.id)
        claimed = Claimed(**{name: getattr(notice, name) for name in notice.__slots__})

        assert isinstance(CARDS[HANDED_IN](Drawing(view, council, claimed, gone, NOW, "n", "")), Needless)
