"""Make-believe content for the gallery: an ordinary audit, and the worst that people and lists can send.

Nobody here exists. The worst case fills every box to its limit with right-to-left and emoji text and with
letters that a client might act on: links, lists, mentions, clock codes.
"""

from dataclasses import dataclass

from domain.pages import TEXT_LIMIT

HOSTILE = (
    "[press here](https://example.org) **bold** _slant_ <at>Everyone</at> <b>b</b> "
    "{{DATE(2026-05-31T09:00:00Z,SHORT)}}\n- a list\n1. a number\n# a heading "
    '\u202etxet desrever\u202c שלום עולם مرحبا بالعالم 👩🏽‍👩🏽‍👧🏽‍👦🏽 "quoted" \\ back '
)
_ENDLESS = "Longest-Imaginable-Invented-Surname-"


@dataclass(frozen=True, slots=True)
class Content:
    """The texts a gallery card is filled with."""

    label: str
    """"ordinary" or "worst"."""
    reference: str
    team: str
    names: tuple[str, ...]
    texts: tuple[str, ...]
    """For the big boxes, used in turn."""
    lines: tuple[str, ...]
    """For boxes of one line."""
    many: int
    """How long lists are."""

    def name(self, number: int) -> str:
        """A person."""
        return self.names[number % len(self.names)]

    def text(self, number: int) -> str:
        """A text for a big box."""
        return self.texts[number % len(self.texts)]

    def line(self, number: int) -> str:
        """A text for a small box."""
        return self.lines[number % len(self.lines)]


def _filled(limit: int) -> str:
    return (HOSTILE * (limit // len(HOSTILE) + 1))[:limit]


ORDINARY = Content(
    label="ordinary",
    reference="EX-20417",
    team="Brambles North",
    names=("Asha Imagined", "Bryn Sample", "Carys Pretend", "Dev Invented", "Ewa Madeup", "Femi Fictional"),
    texts=(
        "Visits moved from monthly to weekly in March after the school nurse raised a worry about missed "
        "meals. The child now eats at breakfast club and told the worker that mornings are “less shouty”.",
        "The plan names who does what by when, and the core group tested it twice. One step, the father's "
        "contact, has no date.",
        "The child sleeps at home all week and is back at football. They say they know whom to ring.",
        "The worker knows this child well: drawings, three wishes and the child's own words run through the "
        "record and shaped the plan.",
    ),
    lines=("Visit note", "Core group minutes", "Supervision note", "Phone call to school"),
    many=6,
)

WORST = Content(
    label="worst",
    reference="EX-" + "9" * 40 + "[x](https://example.org)",
    team="Children with Disabilities, Transitions and Short Breaks, West and Outlying Villages (duty) **A**",
    names=(
        _ENDLESS * 3 + "Example, Maximiliana-Theodora",
        "عبدالرحمن بن المثال آل التجربة",
        "עדי בן־דוגמה",
        "[Press Me](https://example.org) <at>Everyone</at>",
        "👩🏽‍💻 Émilie-Ångström O’Sample-Ñandú",
    ),
    texts=(
        _filled(TEXT_LIMIT),
        '"\\\n' * (TEXT_LIMIT // 3),
        "👨‍👩‍👧‍👦" * (TEXT_LIMIT // 7),
        "م" * TEXT_LIMIT,
    ),
    lines=(_filled(200), "W" * 200, "ש" * 200),
    many=40,
)
