"""A chat window of Microsoft's local Teams client in a headless browser, used as a person would use it.

Cards are read and pressed by what stands on them: titles of buttons, labels of inputs. The client never gets
narrower than a tablet, so the card alone is drawn as narrow as on a phone; nothing of the client is changed.
"""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from playwright.async_api import Browser, ElementHandle, Locator, Page, async_playwright, expect

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PHONE_WIDTH = 360
PHONE_HEIGHT = 740
PATIENCE_MS = 20_000
CARD = ".ac-adaptiveCard"

LABELS: Mapping[str, tuple[str, int]] = {
    "journey": ("The child's journey", 0),
    "matters_most": ("What matters most", 0),
    "read_on": ("The day you finished", 0),
    "note": ("Anything to remember", 0),
    "judgement": ("Judgement:", 0),
    "action": ("Because:", 0),
    "impact": ("So what did it mean", 0),
    "source_1": ("First source", 0),
    "source_2": ("Second source", 0),
    "source_3": ("Third source", 0),
    "source_on_1": ("Its day", 0),
    "source_on_2": ("Its day", 1),
    "source_on_3": ("Its day", 2),
    "grade": ("Which grade", 0),
    "reached": ("Were views heard", 0),
    "on": ("The day they were heard", 0),
    "summary": ("What was said", 0),
    "held_on": ("The day you talked", 0),
    "feedback": ("What you shared", 0),
    "reflections": ("What the practitioner said", 0),
    "better": ("What would make it", 0),
    "action_what_1": ("Action 1", 0),
    "action_owner_1": ("Who", 0),
    "action_due_1": ("By when", 0),
    "comment": ("Your comment", 0),
    "review_reason": ("Your reason", 0),
    "concern": ("What worries you", 0),
    "file_read_on": ("The day you read", 0),
    "test_covered": ("Are the key elements", 0),
    "test_triangulated": ("Does the evidence", 0),
    "test_balanced": ("Does it show strengths", 0),
    "test_applied": ("Are the criteria", 0),
    "test_plan": ("Do worker and manager", 0),
    "strengths": ("What did the auditor do well", 0),
    "development": ("What would help them next time", 0),
    "practice": ("What do you say of the practice", 0),
    "organisation": ("What can the organisation learn", 0),
    "missing_what_1": ("Missing action 1: what", 0),
    "missing_owner_1": ("Missing action 1: who", 0),
    "missing_due_1": ("Missing action 1: by when", 0),
    "verdict": ("As a piece of work", 0),
    "reason": ("As chair", 0),
    "slot_1": ("Time 1", 0),
    "slot_2": ("Time 2", 0),
    "slot_3": ("Time 3", 0),
    "message": ("A few kind words", 0),
    "talked_note": ("What you agreed for next time", 0),
    "changed": ("What changed for the child", 0),
    "recorded": ("Where is it recorded", 0),
    "confirmed_note": ("What did you see in the proof", 0),
    "noted": ("Where did you note it", 0),
    "where": ("Where is it noted", 0),
}
"""Input name to the beginning of the label people read, and which of several with that label.

Where an input of one name is called otherwise on another card, it goes by a name of its own here. An input
that is not here goes by its label.
"""

CHOICES = {
    "good": "Good:",
    "outstanding": "Outstanding:",
    "requires_improvement": "Requires improvement:",
    "inadequate": "Inadequate:",
    "obtained": "Yes, views were heard",
    "met": "Met",
    "partly": "Partly met",
    "satisfactory": "Satisfactory:",
}
"""Value to the beginning of the words people choose by."""


@dataclass(slots=True)
class ChatWindow:
    """One person's window."""

    page: Page
    narrow: ElementHandle
    """The style that draws cards as narrow as on a phone."""
    pressed: list[str] = field(default_factory=list)
    """Titles of the buttons pressed on cards."""
    heights: dict[str, float] = field(default_factory=dict)
    """Heading of each card measured, with the tallest it was seen, in pixels."""

    @classmethod
    async def open(cls, browser: Browser, url: str, *, sharpness: float = 1) -> "ChatWindow":
        """The window at this address, its cards as wide as on a phone."""
        viewport = {"width": 800, "height": PHONE_HEIGHT}
        page = await browser.new_page(viewport=viewport, device_scale_factor=sharpness)  # type: ignore[arg-type]
        page.set_default_timeout(PATIENCE_MS)
        await page.goto(url)
        await page.get_by_title("Hide log panel").click()
        style = await page.add_style_tag(content=f".ac-preview-panel {{ width: {PHONE_WIDTH}px }}")
        return cls(page, style)

    def card(self, saying: str) -> Locator:
        """The latest card that holds these words."""
        return self.page.locator(CARD).filter(has_text=saying).last

    async def shown(self, saying: str) -> Locator:
        """The same, once it is there; measured when it is."""
        card = self.card(saying)
        await expect(card).to_be_visible(timeout=PATIENCE_MS)
        await self.measure(card)
        return card

    async def press(self, card: Locator, title: str) -> None:
        """Press the button whose title begins so."""
        button = card.get_by_role("button", name=re.compile(f"^{re.escape(title)}")).first
        self.pressed.append(await button.inner_text())
        await button.click()

    async def type(self, text: str) -> None:
        """Write a line and send it."""
        box = self.page.get_by_role("textbox").last
        await box.click()
        await box.press_sequentially(text)
        # The client's own layers lie over the button now and then, and take a mouse's click for themselves.
        await self.page.get_by_label("Send Message").dispatch_event("click")

    async def fill(self, card: Locator, typed: Mapping[str, str]) -> None:
        """Fill in the inputs of these names."""
        for name, value in typed.items():
            label, place = LABELS.get(name, (name, 0))
            box = card.get_by_label(label).nth(place)
            role = await box.get_attribute("role")
            if role == "radiogroup":
                await box.get_by_label(re.compile(f"^{re.escape(CHOICES[value])}")).check()
            elif re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                await self._pick_day(box, date.fromisoformat(value))
            elif name.startswith("action_owner"):
                await self._pick_first(box)
            elif role == "combobox":
                await self._pick(box, CHOICES.get(value, value).rstrip(":"))
            else:
                await box.fill(value)

    async def measure(self, card: Locator) -> float:
        """The card's height in pixels, remembered under its heading."""
        box = await card.bounding_box()
        height = box["height"] if box else 0.0
        heading = await card.locator("[role=heading]").first.inner_text()
        self.heights[heading] = max(height, self.heights.get(heading, 0.0))
        return height

    async def picture(self, card: Locator, path: Path) -> None:
        """A picture of the whole card, however tall."""
        path.parent.mkdir(parents=True, exist_ok=True)
        height = await self.measure(card)
        await self.page.set_viewport_size({"width": 800, "height": int(height) + 400})
        await card.scroll_into_view_if_needed()
        # A chart says more about whatever the mouse rests on.
        await self.page.mouse.move(0, 0)
        await asyncio.sleep(0.4)
        await card.screenshot(path=path)
        await self.page.set_viewport_size({"width": 800, "height": PHONE_HEIGHT})

    async def desk_picture(self, card: Locator, path: Path) -> None:
        """A picture of the whole window as on a desk, from the top of this card."""
        await self.narrow.evaluate("style => style.disabled = true")
        await self.page.set_viewport_size({"width": 1280, "height": 820})
        if await (log := self.page.get_by_title("Hide log panel")).is_visible():
            await log.click()
        await card.evaluate("card => card.scrollIntoView({block: 'start'})")
        await asyncio.sleep(0.6)
        await self.page.screenshot(path=path)
        await self.page.set_viewport_size({"width": 800, "height": PHONE_HEIGHT})
        await self.narrow.evaluate("style => style.disabled = false")

    async def _pick_day(self, box: Locator, day: date) -> None:
        """Choose from the calendar, as one does on a phone."""
        await box.click()
        calendar = self.page.get_by_role("dialog", name="Calendar")
        await expect(calendar).to_be_visible()
        wanted = calendar.get_by_label(f"{day.day}, {day:%B}, {day.year}", exact=True)
        for _ in range(24):
            if await wanted.count():
                break
            shown = await calendar.get_by_role("grid").get_attribute("aria-label") or ""
            month, year = shown.split(",")[0].split()
            is_later = (day.year, day.month) > (int(year), _MONTHS.index(month) + 1)
            way = "Next month" if is_later else "Previous month"
            await calendar.get_by_title(way).click()
        await wanted.click()
        await expect(calendar).to_be_hidden()

    async def _pick_first(self, box: Locator) -> None:
        await box.click()
        await self.page.get_by_role("option").first.click()

    async def _pick(self, box: Locator, words: str) -> None:
        """Choose what begins with these words from a list that opens."""
        await box.click()
        await self.page.get_by_role("option", name=re.compile(f"^{re.escape(words)}")).first.click()


def chromium() -> str:
    """The path of a Chromium on this machine, or nothing."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), "")


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


@asynccontextmanager
async def a_browser() -> AsyncIterator[Browser]:
    """A headless Chromium, closed afterwards."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        try:
            yield browser
        finally:
            await browser.close()
