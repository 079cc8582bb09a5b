"""Whether the address of a database can be read at all, told before anything tries to open it."""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

BACKENDS = ("sqlite", "postgresql")
_SQLITE = ("sqlite", "sqlite+pysqlite")


def address_fault(url: str) -> str | None:
    """What is wrong with a database's address, as the rest of a sentence; None when it can be read.

    Never quotes the address, which may hold a password.
    """
    if not url.startswith(tuple(f"{backend}{after}" for backend in BACKENDS for after in (":", "+"))):
        return "must start with sqlite: or postgresql:"
    try:
        parsed = sa.make_url(url)
    except ValueError:
        return "names a port that is no number"
    except ArgumentError:
        return "cannot be read: write sqlite:///FOLDER/FILE.db or postgresql://NAME:PASSWORD@HOST/DATABASE"
    if parsed.get_backend_name() != "sqlite":
        return None if parsed.port is None or 1 <= parsed.port <= 65535 else "names a port outside 1 to 65535"
    if parsed.drivername not in _SQLITE:
        return "must start with sqlite: when the database is a file"
    if parsed.host or not parsed.database or parsed.database == ":memory:":
        return "must name a file, after three slashes: sqlite:///FOLDER/FILE.db"
    return None


def missing_file(url: str) -> Path | None:
    """The file that this address names and that is not there; None for PostgreSQL or when it is."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    file = Path(parsed.database).absolute()
    return None if file.is_file() else file
