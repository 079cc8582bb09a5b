"""What it means when a database refuses, for whoever runs the machine.

Told by the engines' own codes, or where there are none by known words. What they said is never repeated: it
quotes names and addresses.
"""

import sqlite3

from sqlalchemy.exc import DBAPIError

_FULL = "The disk is full, so what was under way was not saved. Please make room and try again."
_NOT_OURS = (
    "This user may read the database and not change it. Please run the command as the user that Plumbline "
    "runs as; the file and its folder must be that user's."
)
_DAMAGED = (
    "The file is damaged, or no database at all. Please put the last backup back with “plumbline restore” "
    "(docs/running.md)."
)
_SQLITE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _NOT_OURS,
    sqlite3.SQLITE_CANTOPEN: "The file cannot be opened. Please see that it, and its folder, are of the user "
    "that Plumbline runs as.",
    sqlite3.SQLITE_IOERR: "The disk does not answer as it should, so what was under way was not saved. "
    "Please have it looked at.",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}
_POSTGRESQL = {
    "53100": "The disk of the database's server is full, so what was under way was not saved.",
    "53300": "The database's server takes no more connections: see max_connections (docs/running.md).",
    "25006": "The database's server only lets us read: is it a standby, or kept from writing?",
    "42501": "The user in PLUMBLINE_DATABASE_URL may not do this in the database: it has to own the tables.",
    "57P01": "The database's server is being stopped.",
    "57P02": "The database's server has crashed.",
    "57P03": "The database's server is only starting. Please try again in a minute.",
}
_NOT_REACHED = (
    ("password authentication failed", "The server refuses that name with that password."),
    ("no pg_hba.conf entry", "The server does not admit us from here, or only with ?sslmode=require."),
    ("database", "does not exist", "The server has no database of that name."),
    ("role", "does not exist", "The server refuses that name with that password."),
    ("resolve host", "Its host is not known here."),
    ("translate host name", "Its host is not known here."),
    ("refused", "Nobody answers at its host and port."),
    ("timeout", "Nobody answers at its host and port."),
)
"""Words of PostgreSQL's client, which has no codes for these, and what they mean."""


def in_plain_words(fault: BaseException) -> str:
    """What is wrong and what to do, where the machine or the server is at fault; empty where we may be."""
    cause = fault.orig if isinstance(fault, DBAPIError) else fault
    if isinstance(cause, sqlite3.Error):
        # The lowest eight bits say which kind; those above say more closely where.
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF, "")
    if isinstance(fault, DBAPIError) and fault.connection_invalidated:
        return "The database's server hung up. Please see whether it runs, and try again."
    return _POSTGRESQL.get(getattr(cause, "sqlstate", None) or "", "")


def why_not_opened(fault: BaseException) -> str:
    """The same for a database that could not be opened; empty where nothing is known."""
    if known := in_plain_words(fault):
        return known
    told = str(fault)
    return next((means for *words, means in _NOT_REACHED if all(word in told for word in words)), "")
