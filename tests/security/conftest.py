"""The stand-ins of the edge, for those who try the door."""

from tests.bot.conftest import door, entra, file_host, service, settings, teams

__all__ = ["door", "entra", "file_host", "service", "settings", "teams"]
