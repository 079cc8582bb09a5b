"""Tables, repositories, the unit of work, migrations, trail and outbox. The only home of SQLAlchemy."""
