"""What time it is for the database."""

from datetime import datetime

import sqlalchemy as sa

from storage.database import Database


def server_time(database: Database) -> datetime | None:
    """The server's clock; None on SQLite, which has none but the machine's."""
    if database.is_sqlite:
        return None
    with database.engine.connect() as connection:
        moment: datetime = connection.execute(sa.text("SELECT clock_timestamp()")).scalar_one()
    return moment
