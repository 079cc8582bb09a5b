"""Numbers and addresses that say who someone is: dates of birth, NHS numbers, phones, postcodes and such.

Source: SG-01.
"""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum, auto

_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DATE = (
    r"(?:[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-](?:[0-9]{4}|[0-9]{2})"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\.?,?(?: [0-9]{{4}})?"
    rf"|{_MONTH} [0-9]{{4}})"
)
"""A date in any form people write; on its own it is harmless, since sources need their dates."""


class Kind(StrEnum):
    """What a piece of text looks like."""

    NAME = auto()
    BIRTH_DATE = auto()
    NHS_NUMBER = auto()
    PUPIL_NUMBER = auto()
    NATIONAL_INSURANCE = auto()
    PHONE = auto()
    EMAIL = auto()
    POSTCODE = auto()
    ADDRESS = auto()


def is_nhs_number(digits: str) -> bool:
    """Whether these ten digits carry the check digit of an NHS number."""
    if len(digits) != 10 or not digits.isascii() or not digits.isdigit() or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    # Eleven stands for a check digit of nought; ten is never given out.
    return (11 - total % 11) % 11 == int(digits[9])


def _nhs(text: str) -> bool:
    return not text.startswith("0") and is_nhs_number(re.sub(r"[^0-9]", "", text))


def _phone(text: str) -> bool:
    digits = re.sub(r"[^0-9]", "", text)
    national = re.sub(r"^440?", "0", digits) if text.startswith("+") else digits
    return 10 <= len(national) <= 11


def _postcode(text: str) -> bool:
    # "S47 1st visit" has the shape of a postcode and is none.
    return re.search(r"[0-9](?:st|nd|rd|th)$", text) is None


def _address(text: str) -> bool:
    # "12 May Court hearing", "2 Family Court orders": a day or a count, and not a house.
    return _NO_STREET.search(text) is None


def _always(_text: str) -> bool:
    return True


_PATTERNS: tuple[tuple[Kind, re.Pattern[str], Callable[[str], bool]], ...] = (
    (Kind.EMAIL, re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+"), _always),
    (
        Kind.BIRTH_DATE,
        re.compile(
            rf"\b(?:d\.?\s?o\.?\s?b\b\.?|date of birth|birth ?date|birthday|born)"
            rf"(?:\s*(?:[:=\-–]|\bis\b|\bwas\b|\bon\b|\bin\b|the\b))*\s*\(?{DATE}",
            re.IGNORECASE,
        ),
        _always,
    ),
    (
        Kind.PHONE,
        re.compile(
            r"(?<![\w/.])(?:\+44[ -]?(?:\(0\)[ -]?|0)?|\(?0)[12378][0-9]{1,3}\)?"
            r"[ -]?[0-9]{2,5}[ -]?[0-9]{3,6}(?![\w/])"
        ),
        _phone,
    ),
    (Kind.NHS_NUMBER, re.compile(r"(?<![\w/.-])[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}(?![\w/-])"), _nhs),
    (
        Kind.PUPIL_NUMBER,
        re.compile(r"\b[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]\b", re.IGNORECASE),
        _always,
    ),
    (
        Kind.NATIONAL_INSURANCE,
        re.compile(
            r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
            r" ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\b",
            re.IGNORECASE,
        ),
        _always,
    ),
    (
        Kind.POSTCODE,
        re.compile(r"\b[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKPSTUW]? ?[0-9][ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE),
        _postcode,
    ),
    (
        Kind.ADDRESS,
        re.compile(
            r"(?<![\w/.:-])[0-9]{1,3}[A-Za-z]?,? (?:[A-Z][a-z'’-]+ ){1,3}?"
            r"(?:[Rr]oad|Rd|[Ss]treet|[Ll]ane|[Aa]venue|Ave|Close|Drive|Court|Crescent|Gardens|Grove|Terrace"
            r"|Mews|Walk|Rise|Row|Parade|Croft|Cottages?|Way|Place|Square|Hill|Green)(?!\w| [A-Z])"
        ),
        _address,
    ),
)


_NO_STREET = re.compile(
    rf"[0-9]\w?,? (?:{_MONTH}|(?:[A-Z]\w+ )?(?:Family|Crown|County|High|Youth) Court\b)", re.I
)
_FIGURE = re.compile("[0-9]")
# What the whole text must hold for one to be there, which spares most texts most searches.
_FEWEST_FIGURES = {
    Kind.EMAIL: 0,
    Kind.BIRTH_DATE: 1,
    Kind.PHONE: 10,
    Kind.NHS_NUMBER: 10,
    Kind.PUPIL_NUMBER: 11,
    Kind.NATIONAL_INSURANCE: 6,
    Kind.POSTCODE: 2,
    Kind.ADDRESS: 1,
}
_TRACES = {
    Kind.EMAIL: re.compile("@"),
    Kind.BIRTH_DATE: re.compile(r"[Bb](?:[Ii]|[Oo])[Rr]|[Oo]\.?\s?[Bb]"),
    Kind.POSTCODE: re.compile("[0-9][A-Za-z]{2}"),
    Kind.ADDRESS: re.compile("[0-9][A-Za-z]?,? [A-Z]"),
}


def numbers_in(text: str) -> Iterator[tuple[Kind, int, int]]:
    """Each number or address that identifies someone, as (kind, start, end); they may overlap."""
    figures = len(_FIGURE.findall(text))
    for kind, pattern, confirms in _PATTERNS:
        if figures < _FEWEST_FIGURES[kind]:
            continue
        trace = _TRACES.get(kind)
        if trace is not None and trace.search(text) is None:
            continue
        for found in pattern.finditer(text):
            if confirms(found[0]):
                yield kind, found.start(), found.end()
