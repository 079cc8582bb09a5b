"""What follows one audit in the real client: a second look, the talk, the actions, and its closure.

principal social worker  “draw” → Go on with them
practice consultant      “panel” → Moderate → each page → Decide
principal social worker  A talk to set up → Invite them → Send the invite
auditor                  An invite to a talk → a time → Read what the Panel saw
principal social worker  A time is agreed → We have talked → Record the talk
team manager             A moderation is ready for you to read → Read it
practitioner             An action for you → It is done → Call it done
team manager             An action to confirm → Confirm; The session was held; We have talked
project manager          “files” → It is on file, and the audit is closed
"""

from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tools.chat_loop import PARTS, RELEASED, Loop, submit_and_draw
from tools.chat_stage import open_stage
from tools.chat_window import PHONE_HEIGHT, ChatWindow

pytestmark = pytest.mark.e2e

MOST_PRESSES = 12
MOST_SCREENS = 3.0


@pytest.mark.rule("MO-07", "MO-09", "MO-16", "MO-17", "MO-19", "CA-23", "CA-19", "RO-01", "SU-08")
async def test_a_changed_grade_is_talked_through_and_its_actions_are_done_in_the_real_client(
    tmp_path: Path, artefacts: Path, measured: list[str]
) -> None:
    async with open_stage(
        tmp_path / "council", auditor_has_begun=False, parts=PARTS, before=submit_and_draw
    ) as stage:
        loop = Loop(stage, Pictures(artefacts).draw)
        await loop.pass_the_draw()
        await loop.moderate()
        await loop.invite()
        await loop.answer()
        # Nothing of it has reached the child's team so far (MO-17).
        await expect(stage.team_manager.page.get_by_text(RELEASED)).to_have_count(0)
        await loop.record()
        await loop.read_the_copy()
        for number in (1, 2):
            await loop.finish_an_action(number)
        await loop.learn()
        await loop.close()

        presses, name, height = len(loop.consultant.pressed), *loop.tallest
        measured += [
            f"card presses for a whole moderation: {presses} (aim: at most {MOST_PRESSES})",
            f"tallest card after an audit: {name}, {height / PHONE_HEIGHT:.1f} phone screens "
            f"(aim: at most {MOST_SCREENS:.0f})",
        ]
        assert presses <= MOST_PRESSES
        assert height <= MOST_SCREENS * PHONE_HEIGHT


class Pictures:
    """A picture of each kind of card, numbered as they come."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drawn: set[str] = set()

    async def draw(self, window: ChatWindow, card: Locator, name: str) -> None:
        if name not in self._drawn:
            self._drawn.add(name)
            await window.picture(card, self._folder / f"{len(self._drawn) + 10}-{name}.png")
