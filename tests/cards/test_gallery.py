"""Every card, with ordinary and worst-case content, held to what every card must be."""

from collections.abc import Mapping

import pytest

from cards.assembly import title_of
from cards.checking import faults
from cards.elements import Card
from cards.gallery import gallery
from cards.gallery_content import ORDINARY, WORST
from cards.gallery_pages import advice
from domain.framework import Framework
from domain.pages import page_keys
from tests.cards.card_reading import inputs, nodes, words

HOSTILE = ("](https://example.org)", "<at>", "**bold**", "{{DATE(")


@pytest.fixture(scope="module")
def cards(framework: Framework) -> Mapping[str, Card]:
    return gallery(framework)


def test_every_card_passes_the_strict_check(cards: Mapping[str, Card]) -> None:
    wrong = {name: found for name, card in cards.items() if (found := faults(card))}

    assert wrong == {}


def test_the_gallery_holds_every_page_in_every_state(cards: Mapping[str, Card], framework: Framework) -> None:
    states = ("blank", "saved", "dialog", "worst", "refused-worst", "stale-worst")
    wanted = {
        f"page-{key}-{state}" for key in page_keys(framework, has_contact_section=True) for state in states
    }

    assert wanted <= set(cards)


@pytest.mark.rule("SG-01")
def test_what_shows_outside_an_opened_card_names_no_case(cards: Mapping[str, Card]) -> None:
    outside = {name: f"{card['fallbackText']} {card.get('speak', '')}" for name, card in cards.items()}

    telling = {
        name: text
        for name, text in outside.items()
        if ORDINARY.reference in text or WORST.reference[:20] in text
    }

    assert telling == {}


def test_text_from_people_and_lists_never_stands_where_markdown_is_read(cards: Mapping[str, Card]) -> None:
    read_as_markdown = [
        (name, str(node.get("text", node.get("title", ""))))
        for name, card in cards.items()
        for node in nodes(card)
        if node["type"] in ("TextBlock", "Fact")
    ]

    assert read_as_markdown
    assert [name for name, text in read_as_markdown if any(mark in text for mark in HOSTILE)] == []


def test_runs_hold_no_mark_that_turns_the_reading_direction(cards: Mapping[str, Card]) -> None:
    runs = [
        (name, node["text"])
        for name, card in cards.items()
        for node in nodes(card)
        if node["type"] == "TextRun"
    ]

    assert any("txet desrever" in text for _, text in runs)
    assert [name for name, text in runs if "\u202e" in text or "{{DATE(" in text] == []


def test_what_was_typed_and_refused_stays_whole_in_its_box(cards: Mapping[str, Card]) -> None:
    for name in ("page-planning-refused-worst", "page-planning-stale-worst"):
        fields = inputs(cards[name])

        assert fields["judgement"]["value"] in WORST.texts
        assert fields["impact"]["value"] in WORST.texts


def test_no_dialog_swaps_in_place_and_no_chat_page_lacks_the_way_to_a_dialog(
    cards: Mapping[str, Card],
) -> None:
    for name, card in cards.items():
        kinds = {node["type"] for node in nodes(card)}
        fetches = [n for n in nodes(card) if "'task/fetch'" in str(n.get("data"))]
        if name.startswith("page-"):
            assert bool(fetches) is not name.endswith("-dialog"), name
        if name.startswith("page-") and name.endswith("-dialog"):
            assert "Action.Execute" not in kinds, name


def test_only_the_stored_messages_ask_to_be_refreshed_and_only_for_their_owner(
    cards: Mapping[str, Card],
) -> None:
    refreshed = {name: card["refresh"]["userIds"] for name, card in cards.items() if "refresh" in card}

    assert {name.rsplit("-", 1)[0] for name in refreshed} == {"allocation", "day", "overview-case-free"}
    assert all(owners == ["29:make-believe"] for owners in refreshed.values())


def test_each_page_is_called_what_the_product_calls_it(
    cards: Mapping[str, Card], framework: Framework
) -> None:
    for key in page_keys(framework, has_contact_section=True):
        title = title_of(framework, key)

        assert title in words(cards[f"page-{key}-blank"])
        assert title in words(cards["review-ordinary"])
        assert title in words(cards["overview-ordinary"])


def test_what_the_coach_says_is_about_a_box_of_that_page(
    cards: Mapping[str, Card], framework: Framework
) -> None:
    for key in page_keys(framework, has_contact_section=True):
        said = advice(key, framework)

        assert said, key
        assert {hint.field for hint in said} <= set(inputs(cards[f"page-{key}-saved"])), key
        assert all(hint.message in words(cards[f"page-{key}-saved"]) for hint in said), key


@pytest.mark.parametrize("content", ["ordinary", "worst"])
def test_no_step_is_done_before_the_audit_is_accepted(cards: Mapping[str, Card], content: str) -> None:
    for name in ("allocation", "overview-before-accepting"):
        assert "✓ done" not in words(cards[f"{name}-{content}"])
    assert words(cards[f"overview-all-done-{content}"]).count("✓ done") > 6


@pytest.mark.parametrize("reader", ["practitioner", "team_manager", "line_manager"])
def test_only_those_with_a_duty_are_told_a_day_to_answer_by(cards: Mapping[str, Card], reader: str) -> None:
    told = "would be welcome by" in words(cards[f"shared-notice-{reader}-ordinary"])

    assert told is (reader in ("practitioner", "team_manager"))
