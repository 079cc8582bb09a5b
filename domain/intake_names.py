"""Finding a member of staff by the e-mail address or name a list gives."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol


class Named(Protocol):
    """Anyone with a name and a work e-mail address."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def email(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class StaffIndex:
    """Staff under their addresses and names."""

    emails: frozenset[str]
    """In lower case."""
    by_name: Mapping[str, tuple[str, ...]]
    """Name as it is compared to the addresses of everyone who bears it."""

    @classmethod
    def of(cls, staff: Iterable[Named]) -> "StaffIndex":
        """The index of these people."""
        names: dict[str, list[str]] = defaultdict(list)
        emails = set()
        for person in staff:
            emails.add(person.email.casefold())
            names[name_key(person.name)].append(person.email.casefold())
        return cls(frozenset(emails), {name: tuple(found) for name, found in names.items()})

    def find(self, text: str, where: str) -> str:
        """The e-mail address of the person meant; `where` says which list was searched, for the message.

        Raises ValueError when nobody or more than one person is meant.
        """
        if "@" in text:
            address = text.casefold().removeprefix("mailto:")
            if address not in self.emails:
                raise ValueError(
                    f"Nobody with this address is {where}. Add the person or correct the address."
                )
            return address
        found = self.by_name.get(name_key(text), ())
        if len(found) > 1:
            raise ValueError(
                f"{len(found)} people of this name are {where}. Give the e-mail address instead."
            )
        if not found:
            raise ValueError(f"Nobody of this name is {where}. Give the e-mail address or correct the name.")
        return found[0]

    def knows(self, text: str) -> bool:
        """Whether anyone has this address or name."""
        return text.casefold() in self.emails or name_key(text) in self.by_name


def name_key(name: str) -> str:
    """What two spellings of one name share; "Last, First" is read as "First Last"."""
    first, comma, last = name.partition(",")
    if comma and "," not in last:
        name = f"{last} {first}"
    return " ".join(name.casefold().replace("’", "'").replace(".", " ").split())
