"""The verbs: one function for each thing a person or the calendar does."""
