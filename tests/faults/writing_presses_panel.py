"""A press of every verb of a moderation and of the library of examples; see `writing_presses`."""

from collections.abc import Iterator
from dataclasses import replace

from cards.payloads_examples import ApproveExample, ProposeExample, WithdrawExample
from cards.payloads_panel import (
    DecideModeration,
    HandOver,
    RaisePanelAlert,
    SaveModeration,
    SwapModeration,
    TakeModeration,
)
from domain.moderation import AuditTest, Met, Moderation
from domain.moderation_form import to_body
from tests.faults.grounds import Ground
from tests.faults.pressing import Press
from tests.moderations import a_chosen_audit, a_whole_form

_WHY = {"why": "On leave."}
_EXAMPLE = {
    "example_title": "A plan",
    "example_section": "planning",
    "example_grade": "good",
    "example_text": "Clear steps.",
    "example_why": "Clear.",
}


def panel_presses(ground: Ground) -> Iterator[Press]:
    """One press of each verb, each made when those before it are done."""
    yield from _on_a_moderation(ground)
    yield from _in_the_library(ground)


def _on_a_moderation(ground: Ground) -> Iterator[Press]:
    first, second, nonce = ground.panel.first, ground.panel.second, "pressed"
    mine, nobodys, theirs = (_to_moderate(ground, moderator) for moderator in (first.id, None, second.id))
    taken = {"took the moderation": 1}
    yield Press(first, TakeModeration(nobodys.id, nonce), {}, taken)
    handed = {"handed the moderation over": 1}
    yield Press(first, HandOver(nobodys.id, nonce), {**_WHY, "hand_to": str(ground.psw.id)}, handed)
    swapped = {"handed the moderation over": 2}
    swap = {**_WHY, "swap_with": str(theirs.id)}
    yield Press(first, SwapModeration(mine.id, nonce), swap, swapped)
    tests = {f"test_{test.value}": "partly" for test in AuditTest}
    save = SaveModeration(theirs.id, "tests", _version(ground, theirs), "panel", nonce)
    yield Press(first, save, tests, {"saved the moderation": 1})
    alert = RaisePanelAlert(theirs.id, "tests", nonce)
    yield Press(first, alert, {"concern": "Nobody has seen the child."}, {"raised a safety alert": 1})
    decide = DecideModeration(theirs.id, _version(ground, theirs), nonce)
    decided = {
        "moderated": 1,
        "saved the moderation": 1,
        "released a moderation": 1,
        "drafted a learning entry": 1,
    }
    yield Press(first, decide, {"verdict": "satisfactory"}, decided)


def _to_moderate(ground: Ground, moderator_id: int | None) -> Moderation:
    """A moderation that lacks nothing but a verdict."""
    audit = ground.audit(ground.submitted)
    with ground.council.write() as work:
        chosen = a_chosen_audit(
            work, ground.council, ground.people, ground.panel, audit=audit, now=ground.now
        )
        form = replace(a_whole_form(ground.council, audit), verdict=None)
        form = replace(form, tests=dict.fromkeys(AuditTest, Met.MET))
        assert work.moderations.change(chosen, {"body": to_body(form), "moderator_id": moderator_id})
    return chosen


def _version(ground: Ground, moderation: Moderation) -> int:
    with ground.council.read() as view:
        found = view.moderations.get(moderation.id)
    assert found is not None
    return found.version


def _in_the_library(ground: Ground) -> Iterator[Press]:
    consultant, psw, nonce = ground.panel.first, ground.psw, "pressed"
    proposed = {"proposed an example": 1}
    yield Press(consultant, ProposeExample(0, 1, nonce), _EXAMPLE, proposed)
    with ground.council.read() as view:
        (waiting,) = view.examples.proposed()
    approve = ApproveExample(waiting.id, waiting.version, nonce)
    yield Press(psw, approve, {}, {"approved an example": 1})
    withdraw = WithdrawExample(waiting.id, waiting.version + 1, nonce)
    yield Press(psw, withdraw, {}, {"withdrew an example": 1})
