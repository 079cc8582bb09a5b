"""Puts a file where its person allowed it: into the council's own OneDrive or SharePoint and nowhere else."""

from io import BytesIO

import aiohttp

from bot.edge.hosts import HostList
from domain.errors import RuleBroken
from workflows.offer_kinds import MOST_BYTES

TIMEOUT = aiohttp.ClientTimeout(total=8, connect=3)
"""Teams waits some ten seconds for the answer to a press."""


class UploadNotAllowed(RuleBroken):
    """The address is not one of the council's."""


class UploadFailed(RuleBroken):
    """The file is not there, or nobody knows whether it is."""


class FileUploader:
    """Uploads without any token: the address is signed for this one file, and ours is not theirs."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        hosts: HostList,
        *,
        largest: int = MOST_BYTES,
        timeout: aiohttp.ClientTimeout = TIMEOUT,
    ) -> None:
        self._http = http
        self._hosts = hosts
        self._largest = largest
        self._timeout = timeout

    def check(self, *addresses: str) -> None:
        """Raise UploadNotAllowed unless each of these is the council's."""
        if not all(self._hosts.allows(address) for address in addresses):
            raise UploadNotAllowed(
                "That file was to go to a place the council has not allowed, so I did not send it. Please "
                "tell the QA office."
            )

    async def put(self, address: str, content: bytes) -> None:
        """Put the whole file there. Raises UploadNotAllowed or UploadFailed."""
        self.check(address)
        if not 0 < len(content) <= self._largest:
            raise UploadFailed("That file cannot be sent, because it is empty or too large. Please tell us.")
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Range": f"bytes 0-{len(content) - 1}/{len(content)}",
        }
        try:
            async with self._http.put(
                address, data=BytesIO(content), headers=headers, allow_redirects=False, timeout=self._timeout
            ) as response:
                done = response.status in {200, 201}
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise _failed() from error
        if not done:
            raise _failed()


def _failed() -> UploadFailed:
    return UploadFailed(
        "I could not put the file into your OneDrive just now. Please press Allow again, or ask for it once "
        "more where you found it."
    )
