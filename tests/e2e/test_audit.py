"""One audit in the real client, from the allocation card to the QA officer's round.

auditor        An audit for you        → Accept → each page → Check everything → Submit and share
practitioner   An audit … is ready     → Read the audit → Add my comment
team manager   An audit … to review    → Read the audit → Nominate for moderation
QA officer     “status”                → Open the round
"""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from bot.asking import clock
from bot.demo.doing import Doing
from bot.demo.writing import COMMENT, MIXED, REASON
from tools.chat_stage import Stage, open_stage
from tools.chat_window import CARD, PATIENCE_MS, PHONE_HEIGHT, ChatWindow

pytestmark = pytest.mark.e2e

MOST_PRESSES = 28
MOST_SCREENS = 3.0
SHARED = "An audit of work you led is ready to read"
TO_REVIEW = "An audit from your team is ready to review"


@pytest.mark.rule("CA-16", "CA-17", "CA-18")
async def test_an_audit_goes_from_allocation_to_the_round_in_the_real_client(
    tmp_path: Path, artefacts: Path, measured: list[str]
) -> None:
    async with open_stage(tmp_path / "council", auditor_has_begun=False) as stage:
        before = await look_at_round(stage.qa_officer, artefacts / "01-round-before.png")
        shared = await how_many(stage.practitioner, SHARED)
        to_review = await how_many(stage.team_manager, TO_REVIEW)

        await fill_and_submit(stage, artefacts)
        await comment(stage.practitioner, shared, artefacts)
        await review(stage.team_manager, to_review, artefacts)
        after = await look_at_round(stage.qa_officer, artefacts / "10-round-after.png")

        measured += [press_count(stage.auditor), tallest(stage)]
        for name in ("Submitted", "Commented on by the practitioner", "Put forward for moderation"):
            assert after[name] == before[name] + 1, name
        assert len(stage.auditor.pressed) <= MOST_PRESSES
        assert max(stage.auditor.heights.values()) <= MOST_SCREENS * PHONE_HEIGHT


async def fill_and_submit(stage: Stage, artefacts: Path) -> None:
    window, audit = stage.auditor, stage.cast.open_audit
    doing = Doing(stage.council, audit, clock())
    card = await window.shown("An audit for you")
    await window.picture(card, artefacts / "02-allocation.png")
    await window.press(card, "Accept")
    card = await window.shown("Your audit")
    await window.picture(card, artefacts / "03-overview.png")
    await window.press(card, "Continue")
    for number, key in enumerate(doing.page_keys, start=1):
        card = await window.shown(f"page {number} of {len(doing.page_keys)}")
        await window.fill(card, doing.typed(key, MIXED))
        await window.picture(card, artefacts / f"04-page-{number:02}-{key}.png")
        await window.press(card, "Save and")
    card = await window.shown("Check everything")
    await window.picture(card, artefacts / "05-check.png")
    await window.press(card, "Submit and share")
    await window.picture(await window.shown("Submitted. Thank you."), artefacts / "06-submitted.png")
    # Nothing in the chat names the case any more, neither the answer nor the message that was posted.
    await expect(window.page.get_by_text(audit.case_reference)).to_have_count(0, timeout=PATIENCE_MS)


async def comment(window: ChatWindow, before: int, artefacts: Path) -> None:
    card = await newest(window, SHARED, before)
    await window.picture(card, artefacts / "07-shared-notice.png")
    await window.press(card, "Read the audit")
    card = await window.shown("An audit, shared for learning")
    await window.fill(card, {"comment": COMMENT})
    await window.picture(card, artefacts / "08-shared-audit.png")
    await window.press(card, "Add my comment")
    await window.shown("Your comment is in")


async def review(window: ChatWindow, before: int, artefacts: Path) -> None:
    card = await newest(window, TO_REVIEW, before)
    await window.press(card, "Read the audit")
    card = await window.shown("An audit, shared for learning")
    await expect(card).to_contain_text(COMMENT)
    await window.fill(card, {"review_reason": REASON})
    await window.picture(card, artefacts / "09-review.png")
    await window.press(card, "Nominate for moderation")
    await expect(window.card(REASON)).to_contain_text("put it forward for moderation")


async def look_at_round(window: ChatWindow, path: Path) -> dict[str, int]:
    """The counts of the round's progress as the QA officer reads them."""
    await window.type("status")
    card = await window.shown("the round is under way.")
    await window.press(card, "Open the round")
    card = await window.shown("Accepted and under way")
    await window.picture(card, path)
    lines = (line.rpartition(": ") for line in (await card.inner_text()).splitlines())
    return {name: int(number) for name, _, number in lines if number.isdigit()}


async def how_many(window: ChatWindow, saying: str) -> int:
    """How many cards hold these words, once the window has come to rest."""
    await window.shown("What is yours to do")
    seen = -1
    while seen != (seen := await cards(window, saying).count()):
        await asyncio.sleep(3)
    return seen


async def newest(window: ChatWindow, saying: str, before: int) -> Locator:
    """The card that came on top of those that were there."""
    await expect(cards(window, saying)).to_have_count(before + 1, timeout=PATIENCE_MS)
    return await window.shown(saying)


def cards(window: ChatWindow, saying: str) -> Locator:
    return window.page.locator(CARD).filter(has_text=saying)


def press_count(window: ChatWindow) -> str:
    return f"card presses for a whole audit: {len(window.pressed)} (aim: at most {MOST_PRESSES})"


def tallest(stage: Stage) -> str:
    heading, height = max(stage.auditor.heights.items(), key=lambda one: one[1])
    screens = height / PHONE_HEIGHT
    return f"tallest page: {heading}, {screens:.1f} phone screens (aim: at most {MOST_SCREENS:.0f})"
