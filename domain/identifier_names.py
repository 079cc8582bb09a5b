"""Finding what looks like a person's name in a rationale, without crying wolf at every capital.

A capitalised word alone proves little in this trade ("Signs of Safety", "Child Protection"). It counts as a
name when it is a known given name, follows a title or a role, owns a relative, speaks or feels, is met or
talked with, or stands beside another unknown capitalised word. Rose and Will are names and words alike, so
those need the same proof. Source: SG-01.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from domain.identifier_times import names_somebody
from domain.identifier_words import (
    AMBIGUOUS,
    BEFORE_A_TIME,
    CALLED,
    DATED,
    DOING_TOGETHER,
    FAMILY,
    HOUSEHOLD,
    MEETING,
    ON_S,
    ORDINARY,
    PLACES,
    SAID_FIRST,
    SAYING,
    STAFF,
    TALKING,
    TITLES,
    TOWARDS,
)

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
# Every word that begins with a capital, some parts of words besides. The first letter is asked for first, so
# that the search goes from capital to capital.
_RAISED = re.compile(r"[^\W\d_a-z](?<![^\W\d_].)[^\W\d_]*(?:['’\-][^\W\d_]+)*", re.DOTALL)
# A figure with a letter at its side: what has grown together with figures is a label, such as "Here4U".
_LABEL = re.compile(r"\d(?:(?=[^\W\d_])|(?<=[^\W\d_]\d))")
_POSSESSIVE = ("'s", "’s", "'S", "’S")
_RELATED = FAMILY | STAFF
_ENDS_SENTENCE = ".!?;:\n•|"
_BEFORE_A_WORD = " \t\"“‘'([*-–"
# Between a role and the name it belongs to: "mum Kelly", "mother (Kelly)", "mother, Kelly,".
_ROLE_GAP = re.compile(r" |, | \(| [-–] ")
_ABSTRACT = (
    *("tion", "tions", "ment", "ments", "ness", "ship", "ships", "ology", "ities", "ologist", "ologists"),
    *("iatrist", "iatrists", "iatrician", "iatricians"),
)
_SEEING = STAFF | {"she", "he", "they", "we", "i"}
_PEOPLES = ("ian", "ish", "ese")
"""How the names of peoples end: "the Ruritanian family"."""
# What is done with one person; of things it is never said.
_SEEN_ALONE = re.compile(
    r" (?:was|is|has been|had been) (?:(?:not |also |always |often )?(?:seen|visited|interviewed) "
    r"(?:alone|on (?:his|her|their) own)|spoken (?:to|with)\b)"
)
_TOLD = re.compile(r" told (?:the|her|his|their|our|me|us|them|him|mum|dad|staff|school|police)\b")
# Behind plain nouns for people the same is said: "Landlords told the worker", "The neighbour told us".
_NOUN_ENDINGS = ("s", "er", "or", "ist", "man", "one", "body")

_LONGEST_NAME = 6
"""Words; more in a row are a heading."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    """As written, without a possessive ending."""
    start: int
    end: int
    owns: bool
    """Whether it stands in the possessive."""
    opens: bool
    """Whether it opens a sentence, where every word has a capital."""
    key: str
    """As the word lists have it."""

    @property
    def is_capitalised(self) -> bool:
        return self.text[0].isupper() and any(letter.islower() for letter in self.text)

    @property
    def is_shouted(self) -> bool:
        # Two capitals are somebody's initials at most, or the short form of a post.
        return len(self.text) > 2 and self.text.isupper()


def names_in(text: str, known: frozenset[str], ordinary: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The start and end of each piece that looks like a person's name.

    `known` holds given names in lower case; `ordinary` holds further words, in lower case, that are no
    names, such as those of services.
    """
    no_names = _all_ordinary(ordinary)
    telling = _telling(text, known, no_names)
    if not telling:
        return
    words = _Words(text)
    finder = _Finder(text, words, known, no_names)
    behind = 0
    for index in words.beginning_at(telling):
        if index > behind and (end := finder.name_at(index)) is not None:
            yield words[index].start, words[end].end
            behind = end


def _telling(text: str, known: frozenset[str], ordinary: frozenset[str]) -> frozenset[int]:
    """Where the capitals worth a closer look are. Mostly none, as sentences open with plain words."""
    found, dated = set(), set()
    for raised in _RAISED.finditer(text):
        key = _key(_bare(raised[0]))
        if key in DATED:
            dated.add(raised.start())
        elif key not in ordinary or key in TITLES or key in known or key in AMBIGUOUS:
            found.add(raised.start())
    # Months stand in most texts and name nobody there.
    return frozenset(found | dated) if found or (dated and names_somebody(text)) else frozenset()


@cache
def _all_ordinary(ordinary: frozenset[str]) -> frozenset[str]:
    return ORDINARY | ordinary


class _Words:
    """The words of a text, counted from 1, with an edge at either end.

    Every name begins with a capital, so most words are never looked at, and one is made only when it is
    asked for: this runs over all that people write, at every save.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        spans = [found.span() for found in _WORD.finditer(text)]
        if _LABEL.search(text):
            spans = [s for s in spans if not _is_label(text, *s)]
        # An edge at either end saves every rule from asking whether it has a neighbour.
        self._spans = [(0, 0), *spans, (len(text), len(text))]
        self._made: dict[int, _Word] = {}

    def __getitem__(self, index: int) -> _Word:
        word = self._made.get(index)
        if word is None:
            word = self._made[index] = self._word(*self._spans[index])
        return word

    def beginning_at(self, starts: frozenset[int]) -> Iterator[int]:
        """The index of each word with a capital that begins at one of these places."""
        for index, (start, end) in enumerate(self._spans):
            if start in starts and start < end and self._text[start].isupper():
                yield index

    def _word(self, start: int, end: int) -> _Word:
        if start == end:
            return _Word("|", start, end, False, True, "|")
        text = self._text
        written, after = text[start:end], text[end : end + 1]
        bare = _bare(written)
        owns = bare != written or after in ("'", "’")
        lead_in = start
        while lead_in and text[lead_in - 1] in _BEFORE_A_WORD:
            lead_in -= 1
        opens = not lead_in or text[lead_in - 1] in _ENDS_SENTENCE
        return _Word(bare, start, start + len(bare), owns, opens, _key(bare))


def _bare(word: str) -> str:
    """The word without a possessive ending."""
    return word[:-2] if word.endswith(_POSSESSIVE) else word


def _key(word: str) -> str:
    return word.lower().replace("’", "'")


def _is_label(text: str, start: int, end: int) -> bool:
    """Whether the word has grown together with figures: "Here4U", "S47"."""
    return text[start - 1 : start].isdigit() or text[end : end + 1].isdigit()


class _Finder:
    """One reading of one text, whose words have an edge at either end."""

    def __init__(self, text: str, words: _Words, known: frozenset[str], ordinary: frozenset[str]) -> None:
        self.text = text
        self.words = words
        self.known = known
        self.ordinary = ordinary

    def name_at(self, index: int) -> int | None:
        """The index of the last word of the name that begins at this word; None when none does."""
        word = self.words[index]
        if word.key in TITLES and word.text[0].isupper():
            return self._titled(index)
        if word.key in self.known and (word.is_capitalised or word.is_shouted):
            end = self._run_end(index, shouted=True)
            return None if self._is_place(index, end) else end
        if word.key in AMBIGUOUS and word.is_capitalised:
            end = self._run_end(index, shouted=False)
            if self._is_person(index, end):
                return end
        if not self._may_be_name(word):
            return None
        end = self._run_end(index, shouted=False)
        is_name = (
            self._is_placed_as_name(index, end)
            or self._is_pair(index, end)
            or self._is_family(index, end)
            or self._is_one_of_two(index, end)
            or self._is_met(index, end)
            or self._is_seen_or_heard(index, end)
        )
        return end if is_name else None

    def _titled(self, index: int) -> int | None:
        after = self.words[index + 1]
        if self._gap(index) not in (" ", ". ") or not (after.is_capitalised or after.is_shouted):
            return None
        return self._run_end(index + 1, shouted=True)

    def _may_be_name(self, word: _Word) -> bool:
        return word.is_capitalised and word.key not in self.ordinary and not word.key.endswith(_ABSTRACT)

    def _run_end(self, index: int, *, shouted: bool) -> int:
        """The last word of the unbroken run of likely names; family names are often written in capitals."""
        # No name is as long as a whole line of capitals, which is not worth reading again from each word.
        last = index + _LONGEST_NAME
        while index < last and self._gap(index) == " ":
            after = self.words[index + 1]
            if not (self._may_be_name(after) or (shouted and after.is_shouted)):
                break
            index += 1
        return index

    def _is_placed_as_name(self, start: int, end: int) -> bool:
        """Whether what stands around the run makes it a name."""
        before, first, last, after = (self.words[i] for i in (start - 1, start, end, end + 1))
        if not first.opens:
            gap = self._gap(start - 1)
            if before.key in _RELATED and not before.owns and _ROLE_GAP.fullmatch(gap):
                return not self._is_place(start, end)
            if before.key in CALLED:
                return True
        if last.owns:
            return after.key in FAMILY
        # The first word of a sentence has its capital anyway, so it needs company to count.
        return after.key in SAYING and self._gap(end) == " " and (not first.opens or end > start)

    def _is_pair(self, start: int, end: int) -> bool:
        """Whether two or three unknown words stand together as a given and a family name do."""
        if self.words[start].opens or end - start not in (1, 2) or self._is_place(start, end):
            return False
        # Behind another capitalised word they are the rest of a longer title, unless that word has its
        # capital from opening the sentence.
        before = self.words[start - 1]
        return before.opens or not before.is_capitalised or self._gap(start - 1) != " "

    def _is_person(self, start: int, end: int) -> bool:
        """Whether a word that may be a name is one here: it speaks, is met, or owns a relative."""
        if self._is_place(start, end):
            return False
        before, first, last, after = (self.words[i] for i in (start - 1, start, end, end + 1))
        lead_in = self._gap(start - 1)
        dated = first.key in DATED
        if dated and (before.key in BEFORE_A_TIME or any(letter.isdigit() for letter in lead_in)):
            return False
        if first.opens and not dated and self._is_full_name(start, end):
            return True
        if last.owns:
            return after.key in FAMILY
        if after.key in SAYING and self._gap(end) == " ":
            return True
        if self._is_met(start, end) or self._is_one_of_two(start, end) or self._is_seen(end):
            return True
        if first.opens or lead_in != " " or dated:
            return False
        return end > start or before.key in TOWARDS or (before.key in FAMILY and not before.owns)

    def _is_full_name(self, start: int, end: int) -> bool:
        """Whether a word that may be a name opens a sentence with a family name behind it, whatever follows.

        "Rose Okonquo hid." is one; "Faith Groups" and "Amber Flag Protocol" are titles, "Will Oakfield" a
        question.
        """
        last, after = self.words[end], self.words[end + 1]
        if end - start not in (1, 2) or self.words[start].key in SAID_FIRST:
            return False
        if after.is_capitalised and self._gap(end) == " ":
            return False
        return not last.key.endswith("s") or last.key in ON_S

    def _is_met(self, start: int, end: int) -> bool:
        """Whether the run stands where a person does: "saw …", "spoke with …", "visits to …"."""
        first, after = self.words[start], self.words[end + 1]
        if first.opens or self._gap(start - 1) != " ":
            return False
        # A title goes on in capitals: "met Larch Outreach".
        if self._is_place(start, end) or (after.is_capitalised and self._gap(end) == " "):
            return False
        last = self.words[end]
        if last.owns and after.key in PLACES and after.key != "home":
            return False
        before = self.words[start - 1]
        if before.key in MEETING:
            # "2026 saw May …" is said of a year; of people a worker or "she" is the one who sees.
            return first.key not in DATED or self.words[start - 2].key in _SEEING
        is_talk = before.key in TOWARDS and self._gap(start - 2) == " "
        return is_talk and self.words[start - 2].key in TALKING

    def _is_seen_or_heard(self, start: int, end: int) -> bool:
        """Whether the first word of a sentence is someone who was seen alone or told somebody something."""
        if self._is_seen(end):
            return True
        is_noun = self.words[start].key.endswith(_NOUN_ENDINGS)
        return not is_noun and _TOLD.match(self.text, self.words[end].end) is not None

    def _is_seen(self, end: int) -> bool:
        last = self.words[end]
        return not last.owns and _SEEN_ALONE.match(self.text, last.end) is not None

    def _is_family(self, start: int, end: int) -> bool:
        """Whether a household goes by the run: "the … family"."""
        before, last, after = self.words[start - 1], self.words[end], self.words[end + 1]
        is_named = before.key == "the" and after.key in HOUSEHOLD and not after.is_capitalised
        return is_named and self._gap(end) == " " and not last.key.endswith(_PEOPLES)

    def _is_one_of_two(self, start: int, end: int) -> bool:
        """Whether the run is either of two who do something together: "… and … live with nan"."""
        if self.words[end].key.endswith("s"):
            # Plain nouns do things together as well: "Siblings and Teachers say".
            return False
        if self.words[end + 1].key == "and":
            other = end + 2
            return self._is_other(other) and self._do_together(self._run_end(other, shouted=False))
        is_second = self.words[start - 1].key == "and" and self._is_other(start - 2)
        return is_second and self._do_together(end)

    def _is_other(self, index: int) -> bool:
        """Whether the word may be the other of two people."""
        word = self.words[index]
        is_known = word.key in self.known or (word.key in AMBIGUOUS and word.key not in DATED)
        return self._may_be_name(word) or (is_known and word.is_capitalised) or word.key in FAMILY

    def _do_together(self, end: int) -> bool:
        return self.words[end + 1].key in DOING_TOGETHER and self._gap(end) == " "

    def _is_place(self, start: int, end: int) -> bool:
        """Whether the run names a place, an office or an act: "Oakfield Primary" or "Clare's Law"."""
        if self.words[start - 1].key in ("st", "saint"):
            return True
        after = self.words[end + 1]
        goes_on = self._gap(end) in (" ", "'s ", "’s ", "' ", "’ ")
        return goes_on and after.is_capitalised and after.key in PLACES

    def _gap(self, index: int) -> str:
        """What stands between this word and the next."""
        return self.text[self.words[index].end : self.words[index + 1].start]
