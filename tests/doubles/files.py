"""A stand-in for the council's SharePoint: serves and takes bytes behind signed-looking addresses."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer


@dataclass(frozen=True)
class Fetched:
    """One download, as it arrived."""

    name: str
    authorization: str | None


@dataclass(frozen=True)
class Put:
    """One upload, as it arrived."""

    name: str
    content: bytes
    content_range: str | None
    authorization: str | None


class FileHost:
    """Serves what `put` gave it, and keeps what is uploaded to `place`."""

    def __init__(self) -> None:
        self.fetched: list[Fetched] = []
        self.uploads: list[Put] = []
        self.url = ""
        self.chunked = False
        """Serve without announcing a length."""
        self.redirect_to: str | None = None
        self.status = 200
        self.hang = False
        self._files: dict[str, bytes] = {}
        self._ending = asyncio.Event()

    def put(self, name: str, content: bytes) -> dict[str, Any]:
        """Stores a file; returns the attachment Teams would send for it."""
        self._files[name] = content
        address = f"{self.url}/download/{name}?tempauth=signed"
        return {
            "contentType": "application/vnd.microsoft.teams.file.download.info",
            "contentUrl": f"{self.url}/{name}",
            "name": name,
            "content": {"downloadUrl": address, "uniqueId": "u-1", "fileType": name.rpartition(".")[2]},
        }

    def place(self, name: str, **changes: Any) -> dict[str, Any]:
        """Where Teams says a file may be put, once its person has said yes."""
        return {
            "contentUrl": f"{self.url}/personal/documents/{name}",
            "name": name,
            "uploadUrl": f"{self.url}/upload/{name}?tempauth=signed",
            "uniqueId": "1150D938-8870-4044-9F2C-5BBDEBA70C8C",
            "fileType": name.rpartition(".")[2],
            "etag": "123",
            **changes,
        }

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        headers, content = request.headers, await request.read()
        self.uploads.append(
            Put(
                request.match_info["name"],
                content,
                headers.get("Content-Range"),
                headers.get("Authorization"),
            )
        )
        if self.hang:
            await self._ending.wait()
        if self.redirect_to is not None:
            return web.Response(status=302, headers={"Location": self.redirect_to})
        return web.Response(status=201 if self.status == 200 else self.status)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        self.fetched.append(Fetched(name, request.headers.get("Authorization")))
        if self.hang:
            await self._ending.wait()
        if self.redirect_to is not None:
            return web.Response(status=302, headers={"Location": self.redirect_to})
        if self.status != 200:
            return web.Response(status=self.status)
        if not self.chunked:
            return web.Response(body=self._files[name])
        response = web.StreamResponse()
        await response.prepare(request)
        content = self._files[name]
        for start in range(0, len(content), 64 * 1024):
            await response.write(content[start : start + 64 * 1024])
        await response.write_eof()
        return response

    def application(self) -> web.Application:
        app = web.Application(client_max_size=16 * 1024 * 1024)
        app.router.add_get("/download/{name}", self._download)
        app.router.add_put("/upload/{name}", self._upload)
        return app

    def close(self) -> None:
        """Lets hanging requests go."""
        self._ending.set()


@asynccontextmanager
async def running_file_host() -> AsyncIterator[FileHost]:
    """The file host on a free port of this machine."""
    host = FileHost()
    server = TestServer(host.application(), host="127.0.0.1")
    await server.start_server()
    host.url = str(server.make_url("")).rstrip("/")
    try:
        yield host
    finally:
        host.close()
        await server.close()
