"""Cards and mails of examples."""

from collections.abc import Mapping

from scheduler.drawing import Draw, Write

CARDS: Mapping[str, Draw] = {}
"""Kind to the card posted in the person's chat."""

MAILS: Mapping[str, Write] = {}
"""Kind to the mail sent to the person."""
