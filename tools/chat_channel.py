"""The team's channel in a chat window: go there, mention the bot as people do, and come back.

In a channel the bot hears only messages that mention it, and the client makes a mention as Teams does: from
the list that an @ opens. Each mention starts a post of its own.
"""

from tools.chat_window import PHONE_HEIGHT, ChatWindow

CHANNEL, CHAT = "QA Group - Audits", "Personal Chat"
_WIDE, _NARROW = 1280, 800


async def go_to_channel(window: ChatWindow) -> None:
    """Open the QA Group's channel in this window."""
    await _open(window, CHANNEL)


async def go_to_chat(window: ChatWindow) -> None:
    """Open the person's own chat with the bot again."""
    await _open(window, CHAT)


async def mention(window: ChatWindow, line: str) -> None:
    """Post a line that mentions the bot; the window shows the channel."""
    # The box for a new post stands above the newest post; those below it are for replies.
    await window.page.get_by_role("textbox").first.click()
    await window.page.keyboard.type("@Plumb")
    await window.page.get_by_role("menuitem", name="Plumbline").click()
    await window.page.keyboard.type(f" {line}")
    await window.page.get_by_role("button", name="Post").click()


async def _open(window: ChatWindow, name: str) -> None:
    # A narrow window hides the list of chats.
    await window.page.set_viewport_size({"width": _WIDE, "height": PHONE_HEIGHT})
    await window.page.get_by_role("treeitem", name=name).click()
    await window.page.set_viewport_size({"width": _NARROW, "height": PHONE_HEIGHT})
