"""What follows an audit, pressed step by step in the windows: a second look, the talk, actions, closure."""

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, time

from playwright.async_api import Locator, expect

from bot.asking import clock
from bot.demo.doing import Doing
from bot.demo.second_look import CHANGED, CONFIRMED, MESSAGE, PASSED, PROOF, TALKED, SecondLook
from bot.demo.story import Cast
from bot.demo.writing import STEADY
from cards.moderation_words import section_title, title_of
from domain.days import LONDON
from domain.draw_days import drawn_on
from tools.chat_stage import Stage
from tools.chat_window import CARD, PATIENCE_MS, ChatWindow
from workflows.council import Council
from workflows.selecting import draw_due

Look = Callable[[ChatWindow, Locator, str], Awaitable[None]]
"""What is done with each card that comes: window, card and what it is called here."""

PARTS = (
    "Auditor", "Practitioner", "Team manager", "Practice consultant", "Principal social worker",
    "Project manager",
)  # fmt: skip
"""Whose windows it takes."""
RELEASED = "A moderation is ready for you to read"


def submit_and_draw(council: Council, cast: Cast) -> None:
    """The auditor has submitted, and the month's draw has been made."""
    now = clock()
    doing = Doing(council, cast.open_audit, now)
    doing.accept()
    doing.fill(doing.page_keys, STEADY)
    doing.submit()
    day = drawn_on(council.today(now), council.framework.numbers, council.bank_holidays)
    with council.write() as work:
        draw_due(work, council, now=datetime.combine(day, time(12), LONDON))


class Loop:
    """The story's steps, each taken by pressing what stands on the cards."""

    def __init__(self, stage: Stage, look: Look) -> None:
        self._stage = stage
        self._cast = stage.cast
        self._picture = look
        self._doing = Doing(stage.council, stage.cast.open_audit, clock())
        self._look = SecondLook(self._doing)
        self.consultant = stage.windows["Practice consultant"]
        self.chair = stage.windows["Principal social worker"]
        self._files = stage.windows["Project manager"]

    @property
    def tallest(self) -> tuple[str, float]:
        """The heading and the height of the tallest card in any window."""
        heights = (pair for window in self._stage.windows.values() for pair in window.heights.items())
        return max(heights, key=lambda pair: pair[1])

    async def pass_the_draw(self) -> None:
        """The chair goes on above the most per cent, with a reason."""
        card = await self._typed(self.chair, "draw", "The draw for moderation")
        await self.chair.fill(card, {"reason": PASSED})
        await self._picture(self.chair, card, "draw")
        await self.chair.press(card, "Go on with them")
        await self.chair.shown("went on with it")

    async def moderate(self) -> None:
        """The consultant fills the form beside the audit, and decides."""
        window = self.consultant
        card = await self._typed(window, "panel", "The Panel's audits")
        await self._picture(window, card, "queue")
        line = card.locator(".ac-container").filter(has_text=f"An audit by {self._cast.auditor.name}").last
        await window.press(line, "Moderate")
        for part in self._look.parts:
            card = await window.shown(title_of(part))
            await window.fill(card, self._as_labelled(self._look.typed(part)))
            await self._picture(window, card, f"moderation-{part}")
            await window.press(card, "Decide" if part == "decide" else "Save and continue")
        await self._picture(window, await window.shown("A grade differs"), "decided")

    async def invite(self) -> None:
        """The chair invites the auditor, with three times."""
        window = self.chair
        card = await window.shown("A talk to set up")
        await window.press(card, "Open")
        card = await window.shown("A talk about a moderation")
        await window.press(card, "Invite them")
        card = await window.shown("Invite to a talk")
        await window.fill(card, {**self._look.times(), "message": MESSAGE})
        await self._picture(window, card, "invite")
        await window.press(card, "Send the invite")
        await window.shown("They have your invite")

    async def answer(self) -> None:
        """The auditor takes a time, and reads what the Panel saw."""
        window = self._stage.auditor
        card = await window.shown("An invite to a talk")
        await self._picture(window, card, "invite-notice")
        await window.press(card, "Read and answer")
        card = await window.shown("Please choose a time")
        await self._picture(window, card, "times")
        await card.get_by_role("button", name=re.compile(r"at 14:30$")).click()
        card = await window.shown("The time is agreed")
        await window.press(card, "Read what the Panel saw")
        card = await window.shown("What the Panel saw")
        await expect(card).to_contain_text(CHANGED["planning"][1])
        await self._picture(window, card, "feedback-auditor")

    async def record(self) -> None:
        """The chair records that they have talked, which releases the moderation."""
        window = self.chair
        card = await window.shown("A time is agreed")
        await window.press(card, "Open")
        card = await window.shown("We have talked")
        await self._picture(window, card, "talk")
        await window.press(card, "We have talked")
        card = await window.shown("You have talked")
        today = self._stage.council.today(clock())
        await window.fill(card, {"held_on": today.isoformat(), "talked_note": TALKED})
        await self._picture(window, card, "talk-held")
        await window.press(card, "Record the talk")
        await window.shown("the team manager has their copy")

    async def read_the_copy(self) -> None:
        """The team manager reads it; what would help the auditor is not theirs to read (SG-03)."""
        window = self._stage.team_manager
        card = await window.shown(RELEASED)
        await window.press(card, "Read it")
        card = await window.shown("What the Panel saw")
        await expect(card).not_to_contain_text(self._look.typed("outputs")["development"])
        await self._picture(window, card, "feedback-team-manager")

    async def finish_an_action(self, number: int) -> None:
        """The Panel's action first, from its notice, then the audit's own, from the list."""
        worker, manager = self._stage.practitioner, self._stage.team_manager
        if number == 1:
            card = await worker.shown("An action for you")
            await worker.press(card, "See the action")
        else:
            card = await self._typed(worker, "my actions", "My actions")
            await worker.press(card, "Show what was agreed")
            card = await worker.shown(self._doing.typed("actions", STEADY)["action_what_1"])
            await self._picture(worker, card, "own-actions")
            await worker.press(card, "Open")
        card = await worker.shown("It is done…")
        await self._picture(worker, card, "action")
        await worker.press(card, "It is done…")
        card = await worker.shown("What changed for the child?")
        await worker.fill(card, PROOF)
        await self._picture(worker, card, "action-proof")
        await worker.press(card, "Call it done")
        await worker.shown("looks at what changed, and confirms it")
        notices = manager.page.locator(CARD).filter(has_text="An action to confirm")
        await expect(notices).to_have_count(1, timeout=PATIENCE_MS)
        await manager.press(notices.last, "See the action")
        card = await manager.shown("Confirm…")
        await self._picture(manager, card, "action-manager")
        await manager.press(card, "Confirm…")
        card = await manager.shown("Confirm it")
        await manager.fill(card, {"confirmed_note": CONFIRMED["note"], "noted": CONFIRMED["noted"]})
        await self._picture(manager, card, "action-confirm")
        await manager.press(card, "Confirm")
        await manager.shown("done and confirmed")

    async def learn(self) -> None:
        """The reflective session (SU-08), and what supervision talked of."""
        window = self._stage.team_manager
        card = await self._supervision()
        await window.press(card, "Read the audit")
        card = await window.shown("An audit, shared for learning")
        await window.press(card, "What it still needs")
        card = await window.shown("What this audit still needs")
        await self._picture(window, card, "still-needs")
        await window.press(card, "The session was held")
        await expect(card).not_to_contain_text("The session was held")
        card = await self._supervision()
        await window.fill(card, {"where": CONFIRMED["noted"]})
        await self._picture(window, card, "supervision")
        await window.press(card, "We have talked")
        await window.shown("Recorded for 1 audit")

    async def close(self) -> None:
        """The last thing that an audit needs is its place on the child's file."""
        window, manager = self._files, self._stage.team_manager
        card = await self._typed(window, "files", "Children's files")
        await window.press(card, "Open the list")
        card = await window.shown("To put on children's files")
        await self._picture(window, card, "files")
        await window.press(card, "It is on file")
        await expect(card).not_to_contain_text(self._cast.open_audit.case_reference)
        card = await manager.shown("What this audit still needs")
        await manager.press(card, "Read the audit")
        card = await manager.shown("An audit, shared for learning")
        await self._picture(manager, card, "shared-after")
        await manager.press(card, "What it still needs")
        card = await manager.shown("What came of this audit")
        await expect(card).to_contain_text("Closed on")
        await self._picture(manager, card, "closed")

    async def _supervision(self) -> Locator:
        window = self._stage.team_manager
        card = await self._typed(window, "supervision", "wait for supervision")
        await window.press(card, "Open number 1")
        return await window.shown("To take to supervision")

    async def _typed(self, window: ChatWindow, line: str, saying: str) -> Locator:
        await window.shown("What is yours to do")
        await window.type(line)
        return await window.shown(saying)

    def _as_labelled(self, typed: Mapping[str, str]) -> dict[str, str]:
        """Grades by the labels that name their section, and the owner by name."""
        framework, made = self._stage.council.framework, dict(typed)
        for name in typed:
            kind, _, key = name.partition("_")
            if kind in ("grade", "because"):
                label = "Your grade" if kind == "grade" else "Why, if it differs"
                made[f"{label}: {section_title(framework, key)}"] = made.pop(name)
        if "missing_owner_1" in made:
            made["missing_owner_1"] = self._cast.practitioner.name
        return made
