"""Which card each kind of notice becomes that is for a channel. Aggregates only: everyone there reads it."""

from scheduler.drawing import DrawForChannel

CARDS: dict[str, DrawForChannel] = {}
"""Kind to the card posted in the channel."""
