"""The services and teams of the make-believe council, and what their casework is like.

Source: CA-04 for the six service areas; everything else is invented.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """A service with its teams and the shape of its caseload."""

    service: str
    prefix: str
    """Begins the case references."""
    teams: Mapping[str, int]
    """Team to its number of practitioners; the first team also has an assistant team manager."""
    worker: str
    """What its practitioners are called on the staff list."""
    cases: int
    plans: Mapping[str, int]
    """Plan type to its weight."""
    ethnicities: Mapping[str, int]
    """Weights that differ from those of the whole council; neighbourhoods do."""
    has_assistant: bool = True


AREAS = (
    Area(
        "Early Help", "EH", {"Early Help North": 3, "Early Help South": 3}, "Early help practitioner", 168,
        {"Early Help": 97, "Assessment": 3}, {"Pakistani": 12, "Black African": 9},
    ),
    Area(
        "Referral and Assessment", "RA", {"Assessment": 5}, "Social worker", 132,
        {"Assessment": 71, "Child in Need": 18, "Child Protection": 11}, {"Any Other White Background": 11},
        has_assistant=False,
    ),
    Area(
        "Brambles", "BR", {"Brambles 1": 4, "Brambles 2": 3}, "Senior social worker", 186,
        {"Child in Need": 46, "Child Protection": 37, "Pre-proceedings": 9, "Child in Care": 8},
        {"White and Black Caribbean": 8},
    ),
    Area(
        "Conifers", "CF", {"Conifers 1": 3, "Conifers 2": 3}, "Social worker", 142,
        {"Child in Care": 78, "Child Protection": 9, "Child in Need": 11, "Pre-proceedings": 2}, {},
        has_assistant=False,
    ),
    Area(
        "Children with Disabilities", "CD", {"Disabilities": 3}, "Social worker", 70,
        {"Child in Need": 77, "Child in Care": 15, "Child Protection": 8}, {"Bangladeshi": 7},
        has_assistant=False,
    ),
    Area(
        "Here4U", "HU", {"Here4U": 3}, "Personal adviser", 102,
        {"Care Leaver": 84, "Child in Care": 16}, {"Any Other Ethnic Group": 14}, has_assistant=False,
    ),
)  # fmt: skip

ETHNICITIES = {
    "White British": 58,
    "Any Other White Background": 6,
    "Pakistani": 6,
    "Black African": 5,
    "White and Black Caribbean": 4,
    "Any Other Mixed Background": 4,
    "Indian": 3,
    "Bangladeshi": 3,
    "Black Caribbean": 3,
    "Any Other Ethnic Group": 3,
    "Gypsy or Roma": 2,
    "Chinese": 1,
    "Not recorded": 2,
}
"""Weights over the whole council."""

GENDERS = {"Male": 52, "Female": 46, "Another gender": 1, "Not recorded": 1}

AGES = {
    "Early Help": (0, 17),
    "Assessment": (0, 17),
    "Child in Need": (0, 17),
    "Child Protection": (0, 15),
    "Pre-proceedings": (0, 8),
    "Child in Care": (2, 17),
    "Care Leaver": (18, 24),
}
"""Plan type to the youngest and oldest age, in years."""
