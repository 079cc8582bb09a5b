"""The stand-ins of the edge, for those who try the door."""

from tests.bot.conftest import door, entra, service, settings, teams

__all__ = ["door", "entra", "service", "settings", "teams"]
