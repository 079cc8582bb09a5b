"""The two workbooks of a rehearsal: everything that would leave, and what each person's weeks would hold."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.rehearsal.crew import Crew, post_of
from bot.rehearsal.kept import Kept, Week
from domain.days import LONDON
from domain.people import Person
from reports.long_lists import Cell, Column, Sheet, write_workbook

MEDIA = {"teams": "card", "email": "e-mail", "update": "a card edited"}


def kind_in_words(kind: str) -> str:
    """A kind of notice for people to read."""
    return kind.replace("_", " ").capitalize()


def write_notices(path: Path, crew: Crew, kept: Kept) -> None:
    """Who would receive what and when, as it leaves. Summaries name no case."""
    columns = (
        Column("When", 22), Column("Who", 26), Column("Post", 30), Column("Team", 24), Column("What", 28),
        Column("As", 14), Column("Summary", 60), Column("Reached", 12), Column("If not, why", 36),
    )  # fmt: skip
    write_workbook(path, [Sheet("Notices", columns, _notices(crew, kept))])


def _notices(crew: Crew, kept: Kept) -> Iterator[tuple[Cell, ...]]:
    for one in kept.sent:
        person = crew.people.get(one.person_id or 0)
        yield (
            one.at.astimezone(LONDON),
            person.name if person else "A channel",
            post_of(person) if person else "",
            _team(crew, person),
            kind_in_words(one.kind),
            MEDIA.get(one.medium, one.medium),
            one.says,
            "yes" if one.becomes == "sent" else "no",
            one.why,
        )


def write_load(path: Path, crew: Crew, kept: Kept) -> None:
    """Each person's weeks, and each post's: cards, presses and hours."""
    people = (
        Column("Week from", 18), Column("Who", 26), Column("Post", 30), Column("Team", 24),
        Column("Cards and mails"), Column("Presses"), Column("Hours, assumed"),
    )  # fmt: skip
    posts = (
        Column("Week from", 18), Column("Post", 30), Column("People", 10), Column("Cards and mails"),
        Column("Presses"), Column("Hours, assumed"), Column("Most hours of one person", 16),
    )  # fmt: skip
    sheets = [Sheet("People", people, _people(crew, kept)), Sheet("Posts", posts, _posts(crew, kept))]
    write_workbook(path, sheets)


def _people(crew: Crew, kept: Kept) -> Iterator[tuple[Cell, ...]]:
    for person_id, monday in sorted(kept.weeks, key=lambda key: (key[1], key[0])):
        week, person = kept.weeks[person_id, monday], crew.people.get(person_id)
        if person is not None:
            who = (person.name, post_of(person), _team(crew, person))
            yield (monday, *who, week.cards, week.presses, round(week.minutes / 60, 1))


def _posts(crew: Crew, kept: Kept) -> Iterator[tuple[Cell, ...]]:
    by_post: dict[tuple[date, str], list[Week]] = defaultdict(list)
    for (person_id, monday), week in kept.weeks.items():
        if (person := crew.people.get(person_id)) is not None:
            by_post[monday, post_of(person)].append(week)
    for monday, post in sorted(by_post, key=str):
        weeks = by_post[monday, post]
        minutes = [week.minutes for week in weeks]
        yield (
            monday,
            post,
            len(weeks),
            sum(week.cards for week in weeks),
            sum(week.presses for week in weeks),
            round(sum(minutes) / 60, 1),
            round(max(minutes) / 60, 1),
        )


def _team(crew: Crew, person: Person | None) -> str:
    team = crew.teams.get(person.team_id or 0) if person else None
    return team.name if team else ""
