"""Each fault the strict check knows is made once in a card that is otherwise right."""

from collections.abc import Callable
from typing import Any

import pytest

from cards.buttons import press, row, toggle
from cards.checking import faults
from cards.elements import Card, box, card, columns, heading, says
from cards.fields import Form
from cards.payloads import OpenPage, ShowMyAudits
from cards.size import LIMIT_BYTES, size_bytes
from cards.views import Mode

Spoil = Callable[[Card], Any]


def a_card() -> Card:
    form = Form(None)
    return card(
        [
            heading("A card"),
            *form.text("text", "Words"),
            *form.choice("choice", "One of two", [("a", "A"), ("b", "B")]),
            columns(("stretch", [says("left")]), ("auto", [says("right")])),
            row(press("Go", OpenPage(7, "planning")), toggle("More", "more")),
            box([says("hidden")], id="more", hidden=True),
        ],
        preview="A card.",
        refresh=(ShowMyAudits(), "29:someone"),
    )


def test_a_card_as_it_should_be_has_no_fault() -> None:
    assert faults(a_card()) == ()


SPOILT: list[tuple[str, Spoil]] = [
    ("Bogus may not stand here", lambda c: c["body"].append({"type": "Bogus"})),
    ("something without a type", lambda c: c["body"].append({"text": "x"})),
    ("is no object", lambda c: c["body"].append("x")),
    ("TextBlock takes no maxLinez", lambda c: c["body"][0].update(maxLinez=2)),
    ("does not fit", lambda c: c["body"][0].update(size="gigantic")),
    ("does not fit", lambda c: c["body"][0].update(wrap="true")),
    ("does not fit", lambda c: c["body"][1].update(maxLength=True)),
    ("is no list", lambda c: c["body"][5].update(items="x")),
    ("AdaptiveCard takes no actions", lambda c: c.update(actions=[])),
    ("Input.Text has no label", lambda c: c["body"][1].update(label="")),
    ("Input.Text has no errorMessage", lambda c: c["body"][1].pop("errorMessage")),
    ("Input.ChoiceSet has no choices", lambda c: c["body"][2].update(choices=[])),
    (
        "Image has no altText",
        lambda c: c["body"].append({"type": "Image", "url": "https://example.org/a.png"}),
    ),
    ("ProgressBar has no fallback", lambda c: c["body"].append({"type": "ProgressBar", "value": 1})),
    ("the id text stands there 2 times", lambda c: c["body"].append(dict(c["body"][1]))),
    ("more than 3 columns", lambda c: c["body"][3].update(columns=c["body"][3]["columns"] * 2)),
    ("more than 6 actions", lambda c: c["body"][4].update(actions=c["body"][4]["actions"] * 4)),
    ("a toggle points to more", lambda c: c["body"].pop()),
    ("Action.Execute takes no style", lambda c: c["body"][4]["actions"][0].update(style="positive")),
    (
        "Action.Submit takes no isEnabled",
        lambda c: c["body"][4]["actions"][0]["fallback"].update(isEnabled=True),
    ),
    ("Action.Execute has no fallback", lambda c: c["body"][4]["actions"][0].pop("fallback")),
    ("does not submit the same", lambda c: c["body"][4]["actions"][0]["fallback"].update(data={"a": 1})),
    ("Action.Execute may not stand here", lambda c: c["body"].append(dict(c["body"][4]["actions"][0]))),
    (
        "Action.OpenUrl may not stand here",
        lambda c: c["body"][4]["actions"].append({"type": "Action.OpenUrl"}),
    ),
    ("may be hidden", lambda c: c["body"][5]["items"].extend(Form(None).text("why", "Why", required=True))),
    ("version 1.6 is not drawn", lambda c: c.update(version="1.6")),
    ("there is no heading", lambda c: c["body"][0].pop("style")),
    ("AdaptiveCard has no fallbackText", lambda c: c.pop("fallbackText")),
    ("the limit is", lambda c: c["body"].append(says("x" * (LIMIT_BYTES // 2)))),
    ("0 people", lambda c: c["refresh"].update(userIds=[])),
    ("61 people", lambda c: c["refresh"].update(userIds=["29:x"] * 61)),
    ("no Action.Execute with a verb", lambda c: c["refresh"]["action"].pop("verb")),
]


@pytest.mark.parametrize(
    ("fault", "spoil"), SPOILT, ids=[f"{n}: {name}" for n, (name, _) in enumerate(SPOILT)]
)
def test_a_fault_is_found_and_said(fault: str, spoil: Spoil) -> None:
    spoilt = a_card()
    spoil(spoilt)

    found = faults(spoilt)

    assert any(fault in said for said in found), found


def test_a_fallback_is_held_to_the_same_shapes() -> None:
    spoilt = a_card()
    spoilt["body"].append({"type": "ProgressBar", "value": 1, "fallback": {"type": "Bogus"}})

    assert any("Bogus may not stand here" in said for said in faults(spoilt))


def test_dropping_is_fallback_enough() -> None:
    made = a_card()
    made["body"].append({"type": "ProgressBar", "value": 1, "fallback": "drop"})

    assert faults(made) == ()


def test_size_counts_two_bytes_for_a_letter_and_four_for_an_emoji() -> None:
    empty = size_bytes({"a": ""})

    assert size_bytes({"a": "x"}) - empty == 2
    assert size_bytes({"a": "😀"}) - empty == 4
    assert size_bytes({"a": "\ud83d"}) - empty == 2, "half a letter"
    assert size_bytes({"a": 10**30}) - empty == 2 * (31 - len('""'))


def test_a_dialog_submits_and_a_chat_swaps_in_place() -> None:
    chat, dialog = (press("Go", OpenPage(7, "planning"), mode) for mode in Mode)

    assert (chat["type"], dialog["type"]) == ("Action.Execute", "Action.Submit")
    assert chat["fallback"] == dialog
