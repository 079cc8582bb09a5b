"""Finding what looks like a person's name in a rationale, without crying wolf at every capital.

A capitalised word alone proves little in this trade ("Signs of Safety", "Child Protection"). It counts as a
name when it is a known given name, follows a title or a role, owns a relative, speaks or feels, or stands
beside another unknown capitalised word. Source: SG-01.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.identifier_words import CALLED, FAMILY, ORDINARY, PLACES, SAYING, STAFF, TITLES

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_ENDS_SENTENCE = ".!?;:\n•|"
_BEFORE_A_WORD = " \t\"“‘'([*-–"
# Between a role and the name it belongs to: "mum Kelly", "mother (Kelly)", "mother, Kelly,".
_ROLE_GAP = re.compile(r" |, | \(| [-–] ")
_ABSTRACT = ("tion", "tions", "ment", "ments", "ness", "ship", "ships", "ology", "ities")


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

    @property
    def key(self) -> str:
        return self.text.lower().replace("’", "'")

    @property
    def is_capitalised(self) -> bool:
        return self.text[0].isupper() and any(letter.islower() for letter in self.text)

    @property
    def is_shouted(self) -> bool:
        return len(self.text) > 2 and self.text.isupper()


def names_in(text: str, known: frozenset[str], ordinary: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The start and end of each piece that looks like a person's name.

    `known` holds given names in lower case; `ordinary` holds further words, in lower case, that are no
    names, such as those of services.
    """
    words = _words(text)
    finder = _Finder(text, words, known, ORDINARY | ordinary)
    index = 0
    while index < len(words):
        found = finder.name_at(index)
        if found is None:
            index += 1
        else:
            yield words[index].start, words[found].end
            index = found + 1


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    for found in _WORD.finditer(text):
        before, after = text[: found.start()][-1:], text[found.end() : found.end() + 1]
        if before.isdigit() or after.isdigit() or before in ("@", "_") or after in ("@", "_"):
            continue
        bare = re.sub(r"['’]s?$", "", found[0], flags=re.IGNORECASE)
        owns = bare != found[0] or after in ("'", "’")
        lead_in = text[: found.start()].rstrip(_BEFORE_A_WORD)
        opens = not lead_in or lead_in[-1] in _ENDS_SENTENCE
        words.append(_Word(bare, found.start(), found.start() + len(bare), owns, opens))
    return words


class _Finder:
    """One reading of one text."""

    def __init__(
        self, text: str, words: list[_Word], known: frozenset[str], ordinary: frozenset[str]
    ) -> None:
        self.text = text
        self.words = words
        self.known = known
        self.ordinary = ordinary

    def name_at(self, index: int) -> int | None:
        """The index of the last word of the name that begins at this word; None when none does."""
        word = self.words[index]
        if word.key.rstrip(".") in TITLES and word.text[0].isupper():
            return self._titled(index)
        if word.key in self.known and (word.is_capitalised or word.is_shouted):
            end = self._run_end(index, shouted=True)
            return None if self._is_place(index, end) else end
        if not self._may_be_name(word):
            return None
        end = self._run_end(index, shouted=False)
        if self._is_placed_as_name(index, end):
            return end
        return end if self._is_pair(index, end) else None

    def _titled(self, index: int) -> int | None:
        if index + 1 >= len(self.words) or not re.fullmatch(r"\.? ", self._gap(index)):
            return None
        after = self.words[index + 1]
        if len(after.text) < 2 or not (after.is_capitalised or after.is_shouted):
            return None
        return self._run_end(index + 1, shouted=True)

    def _may_be_name(self, word: _Word) -> bool:
        return (
            word.is_capitalised
            and len(word.text) > 1
            and word.key not in self.ordinary
            and not word.key.endswith(_ABSTRACT)
        )

    def _run_end(self, index: int, *, shouted: bool) -> int:
        """The last word of the unbroken run of likely names; family names are often written in capitals."""
        while index + 1 < len(self.words) and self._gap(index) == " " and not self.words[index].owns:
            after = self.words[index + 1]
            if not (self._may_be_name(after) or (shouted and after.is_shouted)):
                break
            index += 1
        return index

    def _is_placed_as_name(self, start: int, end: int) -> bool:
        """Whether what stands around the run makes it a name."""
        first, last = self.words[start], self.words[end]
        before = self.words[start - 1] if start else None
        after = self.words[end + 1] if end + 1 < len(self.words) else None
        if before is not None and not first.opens:
            gap = self._gap(start - 1)
            if before.key in FAMILY | STAFF and not before.owns and _ROLE_GAP.fullmatch(gap):
                return not self._is_place(start, end)
            if before.key in CALLED and gap == " ":
                return True
        if after is None:
            return False
        if last.owns:
            return after.key in FAMILY
        speaks = after.key in SAYING and self._gap(end) == " "
        # The first word of a sentence has its capital anyway, so it needs company to count.
        return speaks and (not first.opens or end > start)

    def _is_pair(self, start: int, end: int) -> bool:
        """Whether two or three unknown words stand together as a given and a family name do."""
        first = self.words[start]
        if first.opens or not 1 <= end - start <= 2 or self._is_place(start, end):
            return False
        # Behind another capitalised word they are the rest of a longer title, unless that word has its
        # capital from opening the sentence.
        before = self.words[start - 1] if start else None
        is_rest = before is not None and self._gap(start - 1) == " " and before.is_capitalised
        return not is_rest or (before is not None and before.opens)

    def _is_place(self, start: int, end: int) -> bool:
        """Whether the run names a place, an office or an act: "Oakfield Primary" or "Clare's Law"."""
        before = self.words[start - 1] if start else None
        if before is not None and before.key in ("st", "saint"):
            return True
        after = self.words[end + 1] if end + 1 < len(self.words) else None
        behind = re.fullmatch(r"(?:['’]s?)? ", self._gap(end)) if after is not None else None
        return after is not None and behind is not None and after.is_capitalised and after.key in PLACES

    def _gap(self, index: int) -> str:
        word, after = self.words[index], self.words[index + 1]
        return self.text[word.end : after.start]
