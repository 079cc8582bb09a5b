"""Puts an accepted file into its person's OneDrive, and says in their chat that it is there."""

from typing import Any

from bot.asking import Asking, clock
from bot.edge.connector import Connector
from bot.edge.outcomes import Sent
from bot.edge.references import ConversationRef
from bot.edge.uploads import FileUploader
from bot.making import MAKERS
from bot.posting import as_update
from cards.files import info_attachment
from dialogs.file_presses import file_note
from dialogs.turn import GivenFile, Reply
from domain.errors import RuleBroken
from workflows.offer_kinds import KINDS
from workflows.offering import file_not_given
from workflows.people import recognise


class FileGiver:
    """Makes, uploads and announces files."""

    def __init__(self, asking: Asking, connector: Connector, uploads: FileUploader) -> None:
        self._asking = asking
        self._connector = connector
        self._uploads = uploads

    async def give(
        self, given: GivenFile, *, directory_id: str, ref: ConversationRef, question: str | None
    ) -> None:
        """Put the file where its person wanted it; their chat says that it is there, or what to do.

        `question` is the message that asked; its place is taken, so that it cannot be answered twice.
        """
        try:
            # Both, before anything is made: what the chat then shows is a link to the second.
            self._uploads.check(given.place.upload_url, given.place.content_url)
            content = await self._asking.run(lambda: self._made(given, directory_id))
            await self._uploads.put(given.place.upload_url, content)
        except Exception as fault:
            await self._asking.run(lambda: self._undo(given))
            if not isinstance(fault, RuleBroken):
                raise
            # Beside the question, which stands and may be answered again.
            await self.say(file_note("The file was not sent", str(fault)), ref=ref, question=None)
            return
        there = {"type": "message", "summary": "Your file", "attachments": [info_attachment(given.place)]}
        await self._say(ref, there, question)

    async def say(self, reply: Reply, *, ref: ConversationRef, question: str | None) -> None:
        """A note, in place of the question where one is given."""
        await self._say(ref, as_update(reply), question)

    async def _say(self, ref: ConversationRef, activity: dict[str, Any], question: str | None) -> None:
        if question and isinstance(await self._connector.update(ref, question, activity), Sent):
            return
        await self._connector.send(ref, activity)

    def _made(self, given: GivenFile, directory_id: str) -> bytes:
        council, now = self._asking.council, clock()
        with council.read() as view:
            person = recognise(view, council, directory_id, now)
            if person is None:
                raise LookupError("nobody of that directory id")
            make = KINDS[given.kind].make or MAKERS[given.kind]
            return make(view, council, person, given.subject_id, now)

    def _undo(self, given: GivenFile) -> None:
        with self._asking.council.write() as work:
            file_not_given(work, offer_id=given.offer_id, now=clock())
