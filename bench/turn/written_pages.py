"""Filled pages of finished audits, as they stand in the database."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from bench.turn.filling import framework
from domain.grades import Grade
from domain.page_reading import to_body
from domain.pages import (
    ActionLine,
    ActionsPage,
    ConversationPage,
    FilePage,
    JourneyPage,
    OverallPage,
    Page,
    Reached,
    SectionPage,
    Source,
    VoicePage,
    kind_of,
    page_keys,
)

SENTENCE = "The record shows what was agreed at the visit of the {n}th, what changed for the child and why. "
VARIANTS = 40
"""Different texts for each page; a million pages each with words of their own would only slow seeding."""


class WrittenPages:
    """A stock of filled pages to draw from."""

    def __init__(self, random: Random, today: date) -> None:
        self._random = random
        self._today = today
        keys = page_keys(framework(), has_contact_section=True)
        self._stock = {key: [self._stored(key) for _ in range(VARIANTS)] for key in keys}

    def of_one_audit(self) -> Iterator[tuple[str, str, str | None]]:
        """(key, body as JSON, grade) of every page of one audit."""
        for key, variants in self._stock.items():
            body, grade = self._random.choice(variants)
            yield key, body, grade

    def words(self, sentences: int) -> str:
        """So many sentences of plausible writing."""
        return "".join(SENTENCE.format(n=self._random.randrange(4, 20)) for _ in range(sentences)).strip()

    def _stored(self, key: str) -> tuple[str, str | None]:
        page = self._page(key)
        grade = page.grade if isinstance(page, SectionPage | OverallPage) else None
        return json.dumps(to_body(page)), grade.value if grade else None

    def _page(self, key: str) -> Page:
        day = self._today - timedelta(days=self._random.randrange(3000))
        grade = self._random.choice(list(Grade))
        why = (self.words(2), self.words(2), self.words(2))
        sources = (Source("Case note", day), Source("Plan", day), Source("Supervision", day))
        pages: dict[type[Page], Page] = {
            JourneyPage: JourneyPage(self.words(5), self.words(2)),
            FilePage: FilePage(day, self.words(1)),
            SectionPage: SectionPage(grade, *why, sources),
            VoicePage: VoicePage(Reached.OBTAINED, self.words(3), "", day),
            ConversationPage: ConversationPage(day, self.words(3), self.words(2)),
            OverallPage: OverallPage(grade, *why, self.words(2)),
            ActionsPage: ActionsPage((ActionLine(self.words(1), 1, day),)),
        }
        return pages[kind_of(key)]
