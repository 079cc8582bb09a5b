"""A disk of some megabytes that can really be full, where this process may mount one."""

import errno
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CHUNKS = (1024 * 1024, 4096)
"""Bytes: most of it at once, then to the last page."""


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """A folder that is a file system of its own."""

    folder: Path

    @property
    def _filler(self) -> Path:
        return self.folder / "filler"

    def fill(self) -> None:
        """Take whatever room is left."""
        with self._filler.open("ab", buffering=0) as filler:
            for size in CHUNKS:
                with _until_full():
                    while True:
                        filler.write(bytes(size))

    def clear(self) -> None:
        """Give it back."""
        self._filler.unlink()


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk | None]:
    """One that is there for the block; None where this process may not mount any."""
    folder.mkdir(parents=True, exist_ok=True)
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    try:
        subprocess.run(mounting, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        yield None
        return
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", str(folder)], check=True, capture_output=True)


@contextmanager
def _until_full() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        if fault.errno != errno.ENOSPC:
            raise
