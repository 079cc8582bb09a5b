"""Draws the pictures of the documentation from the real client: `python -m tools.screenshots`.

Every card is reached by pressing what a person would press, and drawn as wide as on a phone.
"""

import asyncio
import csv
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from playwright.async_api import Locator

from bot.asking import clock
from bot.demo.doing import Doing
from bot.demo.writing import COMMENT, MIXED
from bot.logs import set_up_logs
from domain.days import add_months
from domain.deadlines import next_round_month
from tools.attaching import attach
from tools.chat_stage import Stage, open_stage
from tools.chat_window import ChatWindow
from tools.screenshots_after import draw_after
from tools.screenshots_rehearsal import draw_rehearsal
from tools.screenshots_year import draw_year
from workflows.planning import propose_round

PICTURES = Path("docs/pictures")
SHARPNESS = 1.5
HASTY = {"judgement": "It seems fine.", "action": "Visits were monthly.", "grade": "good"}
CONCERN = (
    "The child said that a man the court has kept away was in the home last night. The worker is told; "
    "nobody has seen the child today."
)


async def draw(folder: Path) -> None:
    """Every picture, in the order of the story."""
    with tempfile.TemporaryDirectory() as place:
        async with open_stage(Path(place) / "council", auditor_has_begun=False, sharpness=SHARPNESS) as stage:
            await _auditor(stage, folder)
            await _practitioner(stage.practitioner, folder)
            await _team_manager(stage.team_manager, folder)
            await _qa_officer(stage, folder)
            await _lists(stage, folder)
    await draw_after(folder)
    await draw_year(folder)
    await draw_rehearsal(folder)


async def _auditor(stage: Stage, folder: Path) -> None:
    window, now = stage.auditor, clock()
    doing = Doing(stage.council, stage.cast.open_audit, now)
    keys = doing.page_keys
    card = await window.shown("An audit for you")
    await window.picture(card, folder / "allocation.png")
    await window.press(card, "Accept")
    await window.shown("Your audit")
    doing.fill(keys[: keys.index("planning")], MIXED)
    card = await _typed_card(window, "continue", "See all pages")
    await window.press(card, "Continue")
    card = await window.shown(f"page {keys.index('planning') + 1} of")
    await window.fill(card, HASTY)
    await window.press(card, "Save and see overview")
    card = await window.shown("Back to Planning")
    await window.press(card, "Back to Planning")
    card = await window.shown("would make this stronger")
    await window.picture(card, folder / "section.png")
    await window.fill(card, doing.typed("planning", MIXED))
    await window.press(card, "Save and see overview")
    card = await window.shown("Everything you save stays")
    await window.picture(card, folder / "overview.png")
    await window.desk_picture(card, folder / "window.png")
    await _alert(stage, card, folder)
    doing.fill(keys[keys.index("planning") + 1 :], MIXED)
    card = await _typed_card(window, "continue", "See all pages")
    await window.press(card, "Check everything")
    card = await window.shown("If this child read it one day")
    await window.picture(card, folder / "check-everything.png")
    await window.press(card, "Submit and share")
    await window.picture(await window.shown("Submitted. Thank you."), folder / "submitted.png")


async def _alert(stage: Stage, card: Locator, folder: Path) -> None:
    await stage.auditor.press(card, "Raise a safety alert")
    card = await stage.auditor.shown("Please call first")
    await stage.auditor.fill(card, {"concern": CONCERN})
    await stage.auditor.press(card, "Send the alert now")
    await stage.auditor.shown("Safety alert raised")
    card = await stage.team_manager.shown("A child may not be safe")
    await stage.team_manager.picture(card, folder / "safety-alert.png")


async def _practitioner(window: ChatWindow, folder: Path) -> None:
    card = await window.shown("An audit of work you led is ready to read")
    await window.picture(card, folder / "shared-notice.png")
    await window.press(card, "Read the audit")
    card = await window.shown("An audit, shared for learning")
    await window.fill(card, {"comment": COMMENT})
    await window.picture(card, folder / "shared-audit.png")
    await window.press(card, "Add my comment")
    await window.shown("Your comment is in")


async def _team_manager(window: ChatWindow, folder: Path) -> None:
    card = await window.shown("An audit from your team is ready to review")
    await window.press(card, "Read the audit")
    card = await window.shown("An audit, shared for learning")
    await window.picture(card, folder / "team-manager-review.png")


async def _qa_officer(stage: Stage, folder: Path) -> None:
    window = stage.qa_officer
    card = await _typed_card(window, "status", "the round is under way.")
    await window.press(card, "Open the round")
    await window.picture(await window.shown("Accepted and under way"), folder / "round-progress.png")
    _plan_the_next(stage, clock())
    card = await window.shown("An audit round to approve")
    await window.press(card, "Open the proposal")
    card = await window.shown("A proposal, not sent to anyone yet.")
    await window.picture(card, folder / "round-proposal.png")
    await window.press(card, "Mix")
    card = await window.shown("Age band")
    await window.picture(card, folder / "round-mix.png")
    await window.press(card, "Pairs")
    await window.picture(await window.shown("Change"), folder / "round-pairs.png")


def _plan_the_next(stage: Stage, now: datetime) -> None:
    """The next round's proposal, as `plumbline round plan` makes it."""
    months = stage.council.framework.numbers.round_months
    month = next_round_month(add_months(stage.council.today(now).replace(day=1), 1), months)
    with stage.council.write() as work:
        propose_round(work, stage.council, by=None, month=month, seed=None, now=now)
    stage.courier.nudge()


async def _lists(stage: Stage, folder: Path) -> None:
    """A case list with a slip in it, then a sound one in which many cases are missing."""
    officer, window = stage.cast.qa_officer, stage.qa_officer
    with tempfile.TemporaryDirectory() as place:
        slipped = _list(stage, Path(place) / "cases-with-a-slip.csv", first=0, slip=True)
        await attach(stage, officer, slipped)
        await window.picture(await window.shown("cases-with-a-slip.csv"), folder / "import-refused.png")
        shorter = _list(stage, Path(place) / "cases-of-today.csv", first=14, slip=False)
        await attach(stage, officer, shorter)
        await window.picture(await window.shown("cases-of-today.csv"), folder / "import.png")


def _list(stage: Stage, path: Path, *, first: int, slip: bool) -> Path:
    """The demo's case list from this row on, perhaps with two cells that cannot be right."""
    with stage.lists.joinpath("cases.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    headings, cases = rows[0], rows[1 + first :]
    if slip:
        cases[4][headings.index("Plan type")] = "Child in Ned"
        cases[9][headings.index("Lead practitioner")] = "nobody@larkshire.example"
        cases[23][headings.index("Opened on")] = "31/02/2026"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *cases])
    return path


async def _typed_card(window: ChatWindow, line: str, saying: str) -> Locator:
    await window.type(line)
    return await window.shown(saying)


def main() -> int:
    """Draw into the folder named, or the documentation's."""
    import logging

    set_up_logs(logging.WARNING)
    asyncio.run(draw(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES))
    return 0


if __name__ == "__main__":
    sys.exit(main())
