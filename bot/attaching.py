"""Lists attached in chat: who may bring them is asked first, then each file is fetched, read and answered.

Teams waits fifteen seconds for a turn, so files are few, and those there was no time for are named.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

from botbuilder.schema import Activity

from bot.asking import Asking, clock, too_fast
from bot.binding import Binder, caller_of
from bot.edge.files import FileFetcher
from dialogs.answering import busy
from dialogs.turn import Reply
from dialogs.unknown import about_file, no_time_for, too_many_files, unfit_file
from domain.errors import RuleBroken
from domain.written import file_name
from workflows.council import Busy
from workflows.people import may_bring_lists

MOST_FILES = 5
"""Files in one message; as many as the smallest burst of turns, so that the pace admits each number."""
FETCH_SECONDS = 8.0
"""From the first look to the last file; what remains of Teams' fifteen is for reading and answering it."""

Ask = Callable[[str, bytes], Awaitable[Reply]]
"""(file name, content) to what became of the list."""


class ListBringer:
    """Takes in what one message brought."""

    def __init__(self, asking: Asking, binder: Binder, files: FileFetcher) -> None:
        self._asking = asking
        self._binder = binder
        self._files = files

    async def answers(
        self, activity: Activity, attachments: Sequence[dict[str, Any]], ask: Ask
    ) -> AsyncIterator[Reply]:
        """One answer for each file, or one for all of them when none is read."""
        until = asyncio.get_running_loop().time() + FETCH_SECONDS
        many = len(attachments) > MOST_FILES
        if not self._asking.admits(caller_of(activity), 1 if many else len(attachments)):
            yield too_fast()
            return
        names = [file_name(str(attachment.get("name") or "")) for attachment in attachments]
        # Nobody else's file is fetched: it may be about a child, and attached by mistake.
        try:
            allowed, refused = await self._may_bring_lists(activity)
        except Busy:
            allowed, refused = False, busy()
        if refused is not None:
            yield refused
        elif not allowed:
            # Refused as any list of theirs is, and written down once.
            yield await ask(names[0], b"")
        elif many:
            yield too_many_files(len(names), MOST_FILES)
        else:
            async for reply in self._one_by_one(attachments, names, ask, until):
                yield reply

    async def _one_by_one(
        self, attachments: Sequence[dict[str, Any]], names: Sequence[str], ask: Ask, until: float
    ) -> AsyncIterator[Reply]:
        for place, (attachment, name) in enumerate(zip(attachments, names, strict=True)):
            try:
                async with asyncio.timeout_at(until):
                    file = await self._files.fetch(attachment)
            except TimeoutError:
                yield no_time_for(names[place:])
                return
            except RuleBroken as unfit:
                yield unfit_file(str(unfit), name)
                continue
            reply = await ask(file.name, file.content)
            # A mere note names no file, and beside another list's answer would seem to speak of that one.
            yield about_file(reply, name) if reply.note and len(names) > 1 else reply

    async def _may_bring_lists(self, activity: Activity) -> tuple[bool, Reply | None]:
        """Whether the caller may, after binding one who is new; or the answer for one who stays unknown."""
        council, now = self._asking.council, clock()

        def look() -> bool | None:
            with council.read() as view:
                return may_bring_lists(view, council, activity.from_property.aad_object_id or "", now)

        allowed = await self._asking.run(look, caller_of(activity))
        if allowed is None:
            refused = await self._binder.meet(activity, now)
            if refused is not None:
                return False, refused
            allowed = await self._asking.run(look, caller_of(activity))
        return bool(allowed), None
