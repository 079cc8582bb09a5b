"""Which release of its engine a database runs on, and whether it is one that Plumbline is made for."""

from domain.errors import RuleBroken
from storage.database import Database

OLDEST_POSTGRESQL = (15,)
"""What the documentation asks for; nobody has tried an older one."""
OLDEST_SQLITE = (3, 35)
"""The first that tells the number of a row that it was just given, as nearly every save needs."""


class EngineTooOld(RuleBroken):
    """The database's engine is older than Plumbline is made for."""

    def __init__(self, name: str, needed: str, do: str) -> None:
        self.says = f"{name}, but Plumbline needs {needed} or newer."
        """What is wrong."""
        self.do = do
        """What to do about it."""
        super().__init__(f"The database is {self.says} {do}")


def engine_name(database: Database) -> str:
    """The engine with its release, such as PostgreSQL 16.4."""
    name = "SQLite" if database.is_sqlite else "PostgreSQL"
    return f"{name} {_dotted(_release(database))}"


def require_new_enough(database: Database) -> None:
    """Raise EngineTooOld unless the engine is one that Plumbline is made for."""
    found = _release(database)
    if database.is_sqlite and found < OLDEST_SQLITE:
        raise EngineTooOld(
            engine_name(database),
            _dotted(OLDEST_SQLITE),
            "SQLite comes with Python or with the system: please use a newer one of either, or PostgreSQL.",
        )
    if not database.is_sqlite and found < OLDEST_POSTGRESQL:
        raise EngineTooOld(
            engine_name(database),
            _dotted(OLDEST_POSTGRESQL),
            "Please have the server upgraded first; nothing was changed.",
        )


def _release(database: Database) -> tuple[int, ...]:
    # SQLAlchemy asks with the first connection of an engine, and keeps the answer.
    database.engine.connect().close()
    told = database.engine.dialect.server_version_info or ()
    return tuple(part for part in told if isinstance(part, int))


def _dotted(release: tuple[int, ...]) -> str:
    return ".".join(map(str, release))
