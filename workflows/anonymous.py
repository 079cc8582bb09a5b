"""Refuses text that says who somebody is, where a text is to be read by many (SG-01)."""

from domain.identifiers import Finding, person_like
from workflows.council import Council
from workflows.sharing import TextWanted

_MOST_NAMED = 3


def require_anonymous(council: Council, field: str, text: str) -> None:
    """Raise TextWanted with what was found and what to write instead."""
    found = person_like(text, ordinary_words=council.framework.own_words)
    if found:
        raise TextWanted(field, _said(found))


def _said(found: tuple[Finding, ...]) -> str:
    excerpts = tuple(dict.fromkeys(one.excerpt for one in found))
    named = ", ".join(f"“{excerpt}”" for excerpt in excerpts[:_MOST_NAMED])
    more = " and more" if len(excerpts) > _MOST_NAMED else ""
    advice = " ".join(dict.fromkeys(one.advice for one in found))
    return f"{named}{more} may say who somebody is, and many will read this. {advice}"
