"""Surroundings for the tests of faults."""

from tests.bot.conftest import entra, teams

__all__ = ["entra", "teams"]
