"""A file somebody attached in chat, fetched from the council's own SharePoint and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.edge.hosts import HostList
from domain.errors import RuleBroken

CONTENT_TYPE = "application/vnd.microsoft.teams.file.download.info"
LARGEST_FILE = 10 * 1024 * 1024
TIMEOUT = aiohttp.ClientTimeout(total=30, connect=3, sock_read=10)


class FileNotAllowed(RuleBroken):
    """The attachment is not a file kept where the council allows."""


class FileTooLarge(RuleBroken):
    """The file is over the limit; nothing of it is kept."""


class FileUnavailable(RuleBroken):
    """The file could not be fetched."""


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file as it came, unread."""

    name: str
    content: bytes


class FileFetcher:
    """Fetches attached files without any token: their addresses are signed, and ours is not theirs."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        hosts: HostList,
        *,
        largest: int = LARGEST_FILE,
        timeout: aiohttp.ClientTimeout = TIMEOUT,
    ) -> None:
        self._http = http
        self._hosts = hosts
        self._largest = largest
        self._timeout = timeout

    async def fetch(self, attachment: Mapping[str, Any]) -> AttachedFile:
        """The file behind an attachment's JSON (`contentType`, `name`, `content.downloadUrl`).

        Raises FileNotAllowed, FileTooLarge or FileUnavailable.
        """
        details = attachment.get("content")
        address = details.get("downloadUrl") if isinstance(details, dict) else None
        if attachment.get("contentType") != CONTENT_TYPE or not isinstance(address, str):
            raise FileNotAllowed(
                "That does not look like a file I can open. Please attach a CSV or Excel file."
            )
        if not self._hosts.allows(address):
            raise FileNotAllowed(
                "That file is kept somewhere the council has not allowed. Please save it in your OneDrive or "
                "a SharePoint site of the council and attach it from there."
            )
        name = attachment.get("name")
        return AttachedFile(name if isinstance(name, str) else "", await self._content(address))

    async def _content(self, address: str) -> bytes:
        content = bytearray()
        try:
            async with self._http.get(
                address,
                allow_redirects=False,
                timeout=self._timeout,
                headers={"Accept-Encoding": "identity"},
            ) as response:
                if response.status != 200:
                    raise _unavailable()
                if (response.content_length or 0) > self._largest:
                    raise self._too_large()
                async for chunk in response.content.iter_any():
                    content += chunk
                    if len(content) > self._largest:
                        raise self._too_large()
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise _unavailable() from error
        return bytes(content)

    def _too_large(self) -> FileTooLarge:
        limit = self._largest // (1024 * 1024)
        return FileTooLarge(
            f"That file is larger than {limit} MB, so I have not read it. Please remove sheets or columns "
            "that are not needed and attach it again."
        )


def _unavailable() -> FileUnavailable:
    return FileUnavailable(
        "I could not open that file just now. Please attach it again; if it still fails, save a fresh "
        "copy first."
    )


def is_attached_file(attachment: Mapping[str, Any]) -> bool:
    """Whether this attachment is a file somebody added, rather than a card or formatted text."""
    return attachment.get("contentType") == CONTENT_TYPE
