"""The stand-ins of the edge, for those who try the door."""

from tests.bot.conftest import door, entra, file_host, service, settings, teams
from tests.security.grounds import ground, seeded, seeded_url

__all__ = ["door", "entra", "file_host", "ground", "seeded", "seeded_url", "service", "settings", "teams"]
