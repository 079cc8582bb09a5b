"""The ways to the round's reports of managers whom the reader covers, each by its team's or service's name.

Source: CA-20, MO-20, RO-08.
"""

from collections.abc import Iterable

from cards.payloads import Payload
from cards.payloads_reports import ShowReport

Ways = tuple[tuple[str, Payload], ...]


def team_ways(covered: Iterable[tuple[str, int]]) -> Ways:
    """A button for each team: its name, and the round with whose report it is, as one number."""
    return tuple(
        (f"Team you cover: {name}", ShowReport("team_covered", subject)) for name, subject in covered
    )


def service_ways(covered: Iterable[tuple[str, int]]) -> Ways:
    """Two buttons for each service: its numbers, and how moderation went for its auditors."""
    return tuple(
        (f"{title}: {name}", ShowReport(report, subject))
        for name, subject in covered
        for title, report in (("Service you cover", "service_covered"), ("Moderation", "moderation_covered"))
    )
