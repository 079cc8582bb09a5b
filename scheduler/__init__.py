"""What the calendar does: the courier that empties the outbox, and the cadence."""
