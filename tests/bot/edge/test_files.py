"""Attached files come from the council's own hosts, without our token, and never too large."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.edge.files import AttachedFile, FileFetcher, FileNotAllowed, FileTooLarge, FileUnavailable
from bot.edge.hosts import HostList
from tests.doubles.files import FileHost, running_file_host

LIMIT = 1024 * 1024


@pytest.fixture
async def fetcher() -> AsyncIterator[FileFetcher]:
    async with aiohttp.ClientSession() as http:
        timeout = aiohttp.ClientTimeout(total=0.3)
        yield FileFetcher(http, HostList(("127.0.0.1",)), largest=LIMIT, timeout=timeout)


async def test_a_file_comes_with_its_name_and_no_token_travels(
    fetcher: FileFetcher, file_host: FileHost
) -> None:
    attachment = file_host.put("staff.csv", b"name,team\n")

    found = await fetcher.fetch(attachment)

    assert found == AttachedFile("staff.csv", b"name,team\n")
    assert file_host.fetched[0].authorization is None


@pytest.mark.parametrize("chunked", [False, True], ids=["announced", "streamed"])
async def test_the_size_is_capped_while_it_streams(
    fetcher: FileFetcher, file_host: FileHost, chunked: bool
) -> None:
    file_host.chunked = chunked
    fits = file_host.put("fits.csv", b"x" * LIMIT)
    over = file_host.put("over.csv", b"x" * (LIMIT + 1))

    assert len((await fetcher.fetch(fits)).content) == LIMIT
    with pytest.raises(FileTooLarge, match="larger than 1 MB"):
        await fetcher.fetch(over)


@pytest.mark.parametrize(
    "address",
    [
        "https://attacker.example/staff.csv",
        "https://council.sharepoint.com.attacker.example/staff.csv",
        "https://sharepoint.com@attacker.example/staff.csv",
        "file:///etc/passwd",
        "",
        None,
        7,
    ],
)
async def test_files_from_elsewhere_are_not_fetched(fetcher: FileFetcher, address: Any) -> None:
    attachment = {
        "contentType": "application/vnd.microsoft.teams.file.download.info",
        "name": "staff.csv",
        "content": {"downloadUrl": address},
    }

    with pytest.raises(FileNotAllowed):
        await fetcher.fetch(attachment)


@pytest.mark.parametrize(
    "attachment",
    [
        {},
        {"contentType": "text/html", "content": "<p>hello</p>"},
        {"contentType": "application/vnd.microsoft.teams.file.download.info"},
        {"contentType": "image/png", "contentUrl": "http://127.0.0.1/x.png"},
    ],
)
async def test_what_is_not_an_attached_file_is_refused_kindly(
    fetcher: FileFetcher, attachment: dict[str, Any]
) -> None:
    with pytest.raises(FileNotAllowed, match="attach a CSV or Excel file"):
        await fetcher.fetch(attachment)


async def test_redirects_are_not_followed(fetcher: FileFetcher, file_host: FileHost) -> None:
    async with running_file_host() as elsewhere:
        attachment = file_host.put("staff.csv", b"x")
        file_host.redirect_to = elsewhere.put("staff.csv", b"secret")["content"]["downloadUrl"]

        with pytest.raises(FileUnavailable):
            await fetcher.fetch(attachment)

        assert elsewhere.fetched == []


@pytest.mark.parametrize("status", [401, 404, 500])
async def test_a_host_that_fails_is_said_kindly(
    fetcher: FileFetcher, file_host: FileHost, status: int
) -> None:
    attachment = file_host.put("staff.csv", b"x")
    file_host.status = status

    with pytest.raises(FileUnavailable, match="attach it again"):
        await fetcher.fetch(attachment)


async def test_a_host_that_hangs_is_given_up(fetcher: FileFetcher, file_host: FileHost) -> None:
    attachment = file_host.put("staff.csv", b"x")
    file_host.hang = True

    with pytest.raises(FileUnavailable):
        await fetcher.fetch(attachment)
