"""Rows of the trail that no other workflow writes."""

from datetime import datetime

from workflows.council import Council


def record_refusal(council: Council, *, directory_id: str, asked: str, now: datetime) -> None:
    """Someone asked for what they may not. In a transaction of its own, as the asked-for one was undone."""
    with council.write() as work:
        person = work.people.by_directory_id(directory_id)
        work.trail.add(
            now=now,
            actor=person.id if person else None,
            verb="was refused",
            subject=asked,
            fields={"directory_id": directory_id},
        )
