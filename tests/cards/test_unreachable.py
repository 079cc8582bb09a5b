"""The QA office's card of people who cannot be reached."""

from datetime import UTC, datetime

import pytest

from cards.elements import Card
from cards.payloads import Payload, unpack
from cards.payloads_office import ShowUnreachable
from cards.unreachable import PEOPLE_ON_A_CARD, summary_for, unreachable_card
from cards.views_reach import UnreachableView
from domain.reachability import Unreached, Why
from tests.cards.card_reading import buttons, words

AT = datetime(2026, 5, 4, 23, 30, tzinfo=UTC)
"""Half past midnight on the 5th in London."""


def someone(number: int = 1, why: Why = Why.NOT_INSTALLED, **changes: object) -> Unreached:
    given = {"post": "Team manager", "team": "Conifers 1", "things": 3, "since": AT, **changes}
    return Unreached(person_id=number, name=f"Person {number}", why=why, **given)  # type: ignore[arg-type]


def _sent(card: Card) -> list[Payload]:
    return [unpack(button["data"])[0] for button in buttons(card).values()]


def test_it_says_who_why_how_much_waits_and_what_helps() -> None:
    said = words(unreachable_card(UnreachableView((someone(),))))

    for part in (
        "3 things wait for 1 person",
        "The app is not in their Teams yet",
        "choose Apps, search for Plumbline",
        "Person 1",
        "Team manager, Conifers 1",
        "3 things waiting since 5 May 2026.",
    ):
        assert part in said


@pytest.mark.parametrize("why", Why)
def test_every_reason_has_words_and_a_remedy_of_its_own(why: Why) -> None:
    said = {other: words(unreachable_card(UnreachableView((someone(why=other),)))) for other in Why}

    assert sum(text == said[why] for text in said.values()) == 1
    assert any(verb in said[why] for verb in ("Ask ", "Check ", "ask "))


def test_people_of_one_reason_stand_under_one_heading() -> None:
    view = UnreachableView((someone(1, Why.BLOCKED), someone(2, Why.BLOCKED), someone(3)))

    said = words(unreachable_card(view))

    assert said.count("They have blocked Plumbline") == 1
    assert said.index("Person 2") < said.index("The app is not in their Teams yet") < said.index("Person 3")


def test_who_was_told_by_e_mail_is_said() -> None:
    said = words(unreachable_card(UnreachableView((someone(mailed_at=AT),))))

    assert "told by e-mail on 5 May 2026" in said


def test_a_refused_e_mail_is_said_once_and_not_below_the_heading_that_says_it() -> None:
    blocked = words(unreachable_card(UnreachableView((someone(why=Why.BLOCKED, mail_refused=True),))))
    no_mailbox = words(unreachable_card(UnreachableView((someone(why=Why.NO_MAILBOX, mail_refused=True),))))

    assert "Our e-mail to them was refused. Please check their address" in blocked
    assert "was refused" not in no_mailbox


def test_a_long_list_is_paged_both_ways() -> None:
    people = tuple(someone(number) for number in range(2 * PEOPLE_ON_A_CARD + 1))

    first = unreachable_card(UnreachableView(people))
    middle = unreachable_card(UnreachableView(people, start=PEOPLE_ON_A_CARD))
    last = unreachable_card(UnreachableView(people, start=2 * PEOPLE_ON_A_CARD))

    assert _sent(first) == [
        ShowUnreachable(PEOPLE_ON_A_CARD),
        ShowUnreachable(0),
    ]
    assert f"{PEOPLE_ON_A_CARD + 1} more people" in words(first)
    assert "1 more person" in words(middle)
    assert _sent(last) == [
        ShowUnreachable(2 * PEOPLE_ON_A_CARD),
        ShowUnreachable(PEOPLE_ON_A_CARD),
    ]


def test_a_list_that_became_shorter_is_shown_from_its_beginning() -> None:
    assert "Person 1" in words(unreachable_card(UnreachableView((someone(),), start=30)))


def test_nobody_left_is_good_news_and_the_preview_names_nobody() -> None:
    assert "can be reached" in words(unreachable_card(UnreachableView(())))
    assert summary_for(UnreachableView(())) == "Everybody can be reached."
    assert summary_for(UnreachableView((someone(),))) == "1 person cannot be reached."
