"""What a case list says about a child, brought down to what the mix needs and no more.

Source: CA-04, SG-01.
"""

import re
from collections.abc import Collection, Iterable
from datetime import date

from domain.framework import Framework, folded
from domain.identifiers import refused_reference
from domain.intake import Cell
from domain.intake_values import read_day

UNKNOWN = "Not recorded"
"""The category of an empty cell."""

OLDEST_YEARS = 25
"""Care leavers are helped until they turn 25; beyond that the date belongs to somebody else."""

UNBORN_DAYS = 294
"""42 weeks: how far ahead a due date may lie when a case is open before the birth."""

LONGEST_CATEGORY = 60
DIFFERENT_PREFIXES = 12
"""Different words of four letters or more among references; a case system uses a handful."""

FEWEST_NHS_NUMBERS = 3
"""So many look-alikes, and at least half of the column, are no chance."""

_REFERENCE = re.compile(r"[A-Z0-9][A-Z0-9/_.\-]{0,39}", re.ASCII | re.IGNORECASE)
_NAME_IN_REFERENCE = re.compile(r"[A-Z][a-z]{2,}|[A-Z]{8,}|[a-z]{8,}")
_SYSTEM_WORDS = frozenset({"case", "child", "client", "person", "ref", "family", "youth"})

_GENDERS = {
    "Female": ("f", "female", "girl", "woman"),
    "Male": ("m", "male", "boy", "man"),
    "Another gender": (
        "x", "other", "nonbinary", "anothergender", "another", "o", "nb", "genderfluid", "agender",
    ),
    UNKNOWN: (
        "u", "unknown", "notknown", "notrecorded", "notstated", "unborn", "indeterminate", "n",
        "notspecified", "prefernottosay", "undetermined", "0", "9",
    ),
}  # fmt: skip
_GENDER_OF = {alias: gender for gender, aliases in _GENDERS.items() for alias in aliases}
_GENDER_OF |= {"1": "Male", "2": "Female"}

_ETHNICITY_CODES = {
    "WBRI": "White British",
    "WIRI": "White Irish",
    "WIRT": "Traveller of Irish Heritage",
    "WOTH": "Any Other White Background",
    "WROM": "Gypsy or Roma",
    "MWBC": "White and Black Caribbean",
    "MWBA": "White and Black African",
    "MWAS": "White and Asian",
    "MOTH": "Any Other Mixed Background",
    "AIND": "Indian",
    "APKN": "Pakistani",
    "ABAN": "Bangladeshi",
    "AOTH": "Any Other Asian Background",
    "BCRB": "Black Caribbean",
    "BAFR": "Black African",
    "BOTH": "Any Other Black Background",
    "CHNE": "Chinese",
    "OOTH": "Any Other Ethnic Group",
    "REFU": "Refused",
    "NOBT": "Not Obtained",
}
"""The codes of the children in need census, which case systems often export instead of words."""

_AGE = re.compile(r"(\d{1,3})(?:\.\d+)?\s*(y|yrs?|years?(?: old)?|m|mths?|months?|w|wks?|weeks?)?", re.ASCII)

_SMALL_WORDS = frozenset({"and", "or", "of", "the", "to"})


def read_reference(text: str) -> str:
    """The case reference; never a name (SG-01). Only the whole column tells an NHS number from another."""
    if _REFERENCE.fullmatch(text) is None or not any(c.isdigit() for c in text):
        raise ValueError(
            "A reference is the case system's number, in one word with at least one digit, such as CF-10234. "
            "Names are not allowed."
        )
    reason = refused_reference(text, one_of_many=True)
    if reason is not None:
        raise ValueError(reason)
    words = _NAME_IN_REFERENCE.findall(text)
    if any(word.casefold() not in _SYSTEM_WORDS for word in words):
        raise ValueError("This reference seems to hold a name. Use the case system's number alone.")
    return text


def are_nhs_numbers(alike: int, rows: int) -> bool:
    """Whether a column of `rows` references, of which so many are `alike` NHS numbers, holds those.

    Of any ten figures one number in eleven passes for one, so a council that numbers its cases so has some.
    """
    return alike == rows > 0 or (alike >= FEWEST_NHS_NUMBERS and alike * 2 >= rows)


def prefixes_look_like_names(references: Iterable[str]) -> bool:
    """Whether references begin with so many different words that they must be names, such as SMITH-1."""
    return len({w for r in references for w in re.findall(r"[a-z]{4,}", r.casefold())}) > DIFFERENT_PREFIXES


def age_band_at_birth_date(cell: Cell, framework: Framework, today: date) -> str:
    """The age band on this day of a child born then; the date itself goes no further."""
    born_on = read_day(cell)
    if (born_on - today).days > UNBORN_DAYS:
        raise ValueError("The date lies in the future. Correct it; for an unborn child give the due date.")
    years = today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
    return _band(max(years, 0), framework)


def age_band_of_age(text: str, framework: Framework) -> str:
    """The age band of an age in whole years, or in months or weeks where the cell says so."""
    words = text.casefold()
    if words in {"unborn", "pre birth", "pre-birth", "under 1", "<1"}:
        return _band(0, framework)
    found = _AGE.fullmatch(words)
    if found is None:
        raise ValueError("Give the age in whole years, such as 7, or “8 months” or “unborn”.")
    unit = (found[2] or "y")[0]
    years = int(found[1]) // {"y": 1, "m": 12, "w": 52}[unit]
    return _band(years, framework)


def read_gender(text: str) -> str:
    """The category; an empty cell is "Not recorded"."""
    gender = _GENDER_OF.get(folded(text)) if text else UNKNOWN
    if gender is None:
        raise ValueError("Use one of: female, male, another gender, not recorded.")
    return gender


def read_ethnicity(text: str) -> str:
    """The category text with one use of capitals, spaces and dashes; census codes become words."""
    if not text or folded(text) in {"unknown", "notknown", "notrecorded", "notstated"}:
        return UNKNOWN
    if text.upper() in _ETHNICITY_CODES:
        return _ETHNICITY_CODES[text.upper()]
    if len(text) > LONGEST_CATEGORY or any(c.isdigit() or c == "@" for c in text):
        raise ValueError("This does not read as an ethnic category. Use the case system's category alone.")
    words = re.sub(r"\s*[-–—:]\s*", " - ", text.casefold()).split()
    return " ".join(w if w in _SMALL_WORDS and i else w[:1].upper() + w[1:] for i, w in enumerate(words))


def too_many_categories(values: Collection[str], rows: int) -> bool:
    """Whether a column that should hold categories holds something else, such as names."""
    return len(values) > 40 and len(values) * 4 > rows


def _band(years: int, framework: Framework) -> str:
    if years > OLDEST_YEARS:
        raise ValueError(f"This makes the person older than {OLDEST_YEARS}. Correct the date or the age.")
    return framework.age_band(years)
