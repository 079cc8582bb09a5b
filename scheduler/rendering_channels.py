"""Which card each kind of notice becomes that is for a channel. Aggregates only: everyone there reads it."""

from scheduler import rendering_digest
from scheduler.drawing import DrawForChannel

CARDS: dict[str, DrawForChannel] = {**rendering_digest.CHANNEL_CARDS}
"""Kind to the card posted in the channel."""
