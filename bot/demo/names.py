"""Made-up people: given names from many places, family names put together from things of nature."""

from collections.abc import Iterator
from random import Random

_GIVEN = (
    "Adaeze", "Aisling", "Amara", "Anwen", "Arjun", "Aroha", "Bao", "Beatriz", "Callum", "Catrin", "Chidi",
    "Dafydd", "Daria", "Delroy", "Ebony", "Eilidh", "Emeka", "Farida", "Femi", "Gwen", "Hana", "Hamza",
    "Ingrid", "Ioan", "Ishaan", "Jasmin", "Jerome", "Kasia", "Keiko", "Kofi", "Leila", "Lowri", "Magda",
    "Marisol", "Meera", "Mireille", "Nadia", "Niamh", "Obinna", "Oisin", "Padma", "Pawel", "Priya", "Quyen",
    "Rashid", "Rhys", "Rosalind", "Sanjay", "Selam", "Shanice", "Soraya", "Tariq", "Tamsin", "Theo", "Umar",
    "Vikram", "Winifred", "Xiuying", "Yusuf", "Zainab", "Zofia", "Kwame", "Linnea", "Bronagh", "Desmond",
    "Yara", "Ottilie", "Samir",
)  # fmt: skip
_FIRST_HALVES = (
    "Bramble", "Clover", "Copper", "Dapple", "Ember", "Feather", "Glimmer", "Heather", "Juniper", "Kestrel",
    "Lantern", "Marigold", "Nettle", "Otter", "Pebble", "Quill", "Saffron", "Thistle", "Velvet", "Whistle",
)  # fmt: skip
_SECOND_HALVES = ("beck", "bloom", "brook", "comb", "dance", "feather", "mere", "moss", "wick", "wing")


def made_up_names(random: Random) -> Iterator[str]:
    """Names that nobody bears, no given name and no family name twice."""
    given = random.sample(_GIVEN, len(_GIVEN))
    halves = [(a, b) for a in _FIRST_HALVES for b in _SECOND_HALVES if a.lower() != b]
    for first, (a, b) in zip(given, random.sample(halves, len(given)), strict=True):
        yield f"{first} {a}{b}"
