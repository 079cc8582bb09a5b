"""Learning needs passed to the leads they belong to, by post: each becomes a row of the tracker (OG-08).

Service managers each have a row of their own, as each sees to their own service.

Source: OG-08, Q29.
"""

from collections.abc import Mapping
from datetime import datetime

from domain.errors import RuleBroken
from domain.learning import STANDING as STANDING_ENTRIES
from domain.people import Person, Post
from domain.permissions import Verb, require
from domain.tracking import ROUTES, Source, TrackedKind
from storage.work import Work
from workflows.council import Council
from workflows.learning_entries import find_entry, references_of
from workflows.learning_texts import Reading, TextsWanted
from workflows.tracking import add_row

WHO = "Please tick who should have it."


def pass_on(
    work: Work, council: Council, *, by: Person, entry_id: int, typed: Mapping[str, str], now: datetime
) -> int:
    """Pass a published entry of the learning log on to these posts; returns how many rows that made.

    `typed` holds the posts in `routed_to`, joined by commas, and the day in `routed_due_on`. A post that has
    the entry already is passed over; one that nobody holds has a row without owner, for the QA office to give
    to somebody. Raises TextsWanted.
    """
    require(Verb.KEEP_LOG, by, today=council.today(now))
    entry = find_entry(work, entry_id)
    if entry.state not in STANDING_ENTRIES:
        raise RuleBroken("Only a published entry can be passed on.")
    reading = Reading(typed, council.framework, references_of(work, entry))
    posts = _posts(reading)
    due_on = reading.day("routed_due_on", today=council.today(now), wanted="Please give a day.")
    reading.done()
    if not posts:
        raise TextsWanted({"routed_to": WHO})
    held = {row.routed_to for row in work.tracking.of_source(Source.LOG, entry.id)}
    made = 0
    for post in posts:
        if post.value in held:
            continue
        for owner_id in _owners(work, post):
            add_row(
                work,
                council,
                by=by.id,
                kind=TrackedKind.LEARNING_NEED,
                source=Source.LOG,
                source_id=entry.id,
                title=entry.title,
                theme=entry.theme,
                owner_id=owner_id,
                due_on=due_on,
                routed_to=post.value,
                now=now,
            )
            made += 1
    if not made:
        raise RuleBroken("They have it already.")
    return made


def _posts(reading: Reading) -> tuple[Post, ...]:
    words = [one.strip() for one in reading.raw("routed_to").split(",") if one.strip()]
    by_word = {post.value: post for post in ROUTES}
    if any(word not in by_word for word in words):
        reading.errors["routed_to"] = WHO
    return tuple(dict.fromkeys(by_word[word] for word in words if word in by_word))


def _owners(work: Work, post: Post) -> tuple[int | None, ...]:
    holders = work.people.holding(post)
    if not holders:
        return (None,)
    every = holders if post is Post.SM else holders[:1]
    return tuple(person.id for person in every)
