"""Where Alembic meets our tables. Runs on the connection handed over by `storage.migrating`."""

from alembic import context

from storage import tables_following as _following
from storage import tables_governance as _governance
from storage import tables_moderation as _moderation
from storage import tables_performance as _performance
from storage import tables_running as _running
from storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
