"""Presses of draw."""

from collections.abc import Mapping

from cards.payloads import Payload
from dialogs.press import Handler
from dialogs.turn import Command

HANDLERS: dict[type[Payload], Handler] = {}

COMMANDS: Mapping[str, Command] = {}
