"""Files go to the council's own hosts, whole, and without our token."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.edge.hosts import HostList
from bot.edge.uploads import FileUploader, UploadFailed, UploadNotAllowed
from tests.doubles.files import FileHost


@pytest.fixture
async def uploader() -> AsyncIterator[FileUploader]:
    async with aiohttp.ClientSession() as http:
        timeout = aiohttp.ClientTimeout(total=0.3)
        yield FileUploader(http, HostList(("127.0.0.1",)), largest=1000, timeout=timeout)


async def test_the_whole_file_is_put_in_one_piece_and_no_token_travels(
    uploader: FileUploader, file_host: FileHost
) -> None:
    await uploader.put(file_host.place("holds.ics")["uploadUrl"], b"x" * 1000)

    (put,) = file_host.uploads
    assert (put.name, put.content) == ("holds.ics", b"x" * 1000)
    assert put.content_range == "bytes 0-999/1000"
    assert put.authorization is None


@pytest.mark.parametrize(
    "address",
    [
        "https://attacker.example/upload",
        "https://council-my.sharepoint.com.attacker.example/upload",
        "https://127.0.0.1@attacker.example/upload",
        "file:///tmp/upload",
        "",
    ],
)
async def test_nothing_is_put_on_another_host(uploader: FileUploader, address: str) -> None:
    with pytest.raises(UploadNotAllowed):
        await uploader.put(address, b"x")


@pytest.mark.parametrize("size", [0, 1001])
async def test_an_empty_or_too_large_file_is_not_sent(
    uploader: FileUploader, file_host: FileHost, size: int
) -> None:
    with pytest.raises(UploadFailed):
        await uploader.put(file_host.place("big.docx")["uploadUrl"], b"x" * size)

    assert file_host.uploads == []


@pytest.mark.parametrize("status", [202, 400, 403, 404, 409, 500, 503])
async def test_anything_but_a_file_that_is_there_is_a_failure(
    uploader: FileUploader, file_host: FileHost, status: int
) -> None:
    file_host.status = status

    with pytest.raises(UploadFailed, match="Allow again"):
        await uploader.put(file_host.place("holds.ics")["uploadUrl"], b"x")


async def test_no_redirect_is_followed_and_nobody_waits_for_ever(
    uploader: FileUploader, file_host: FileHost
) -> None:
    address = file_host.place("holds.ics")["uploadUrl"]
    file_host.redirect_to = f"{file_host.url}/upload/elsewhere"
    with pytest.raises(UploadFailed):
        await uploader.put(address, b"x")

    file_host.redirect_to, file_host.hang = None, True
    with pytest.raises(UploadFailed):
        await uploader.put(address, b"x")

    assert {put.name for put in file_host.uploads} == {"holds.ics"}
