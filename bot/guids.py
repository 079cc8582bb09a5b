"""Ids as Entra writes them: of applications, directories and people."""

from uuid import UUID


def is_guid(text: str) -> bool:
    """Whether this is a GUID with its hyphens, in capitals or not, and not the empty one."""
    try:
        known = UUID(text)
    except ValueError:
        return False
    # UUID also takes braces, "urn:uuid:" and 32 digits in a row, which Entra and Teams do not.
    return known.int != 0 and str(known) == text.lower()
