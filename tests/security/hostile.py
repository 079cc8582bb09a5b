"""What people should never type and somebody will: text that might act on a client, a sheet or a database.

Every piece carries `MARK`, which no word of ours holds, so that a test can say where typed text has come to
stand.
"""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from hypothesis import strategies as st

MARK = "Qzx7"
LONG = 100_000

PIECES = (
    "[press](https://evil.example) **bold** _slant_ `code` ~~gone~~",
    "![picture](https://evil.example/x.png)",
    "<https://evil.example> https://evil.example tel:999 mailto:a@evil.example",
    "# heading\n- list\n1. number\n> quote\n---\n| a | b |",
    "<script>alert(1)</script><img src=x onerror=alert(1)><b>b</b><!-- -->&lt;&#60;",
    "<at>Everyone</at> @everyone <at id='0'>General</at>",
    "{{DATE(2026-05-31T09:00:00Z,SHORT)}} {{TIME(2026-05-31T09:00:00Z)}} ${name} {{{x}}}",
    "\u202etxet desrever\u202c \u2066isolate\u2069 \u200f\u200e\u061c שלום مرحبا",
    "\u200b\ufeff\u00ad\u2028\u2029\x85 \x01\x08\x0b\x0c\x1b[31m\x7f",
    '=HYPERLINK("https://evil.example","x") =1+1 +1 -1 @SUM(A1) \t=2 \r=3 |cmd|\' /C calc\'!A0',
    "'; DROP TABLE audits; -- \" OR 1=1 %s {0} \\ \\n \\u0000",
    "../../etc/passwd ..\\..\\windows C:\\ con.txt /dev/null",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ 👩🏽‍👩🏽‍👧🏽‍👦🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ﷽",
)


def marked(text: str) -> str:
    return f"{MARK}{text}{MARK}"


MARKED = tuple(marked(piece) for piece in PIECES)
SHORT = tuple(marked(piece) for piece in ("", " ", "\n\n", "\x00", "a" * 200, "é" * 201))
PLAIN = ("", " ", "true", "false", "0", "31/02/2026", "2026-05-31", "9999-12-31", "good", "a,b")
NUMBERS = (-1, 0, 1, 2, 7, 2**31 - 1, 2**31, 2**63, 10**30, 1.5, float("1e300"))
_RANGES = (
    *((0, 0x1F), (0x20, 0x7E), (0x20, 0x7E), (0x7F, 0x24F)),
    *((0x250, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x10FFFF)),
)
"""Of code points, without the halves of pairs that no text may hold."""


def letters(chance: Random, most: int) -> str:
    """Any letters there are, of every kind alike."""
    ranges = chance.choices(_RANGES, k=chance.randint(0, most))
    return "".join(chr(chance.randint(first, last)) for first, last in ranges)


def text(chance: Random) -> str:
    """A text as an input may hold it."""
    texts = chance.choice((MARKED, SHORT, PLAIN, ()))
    return chance.choice(texts) if texts else marked(letters(chance, 30))


def long_text(piece: str) -> str:
    """A hundred thousand characters."""
    return (marked(piece) * (LONG // len(piece)))[:LONG]


def junk(chance: Random, depth: int = 2) -> Any:
    """Anything JSON can hold."""
    some = range(chance.randint(0, 3))
    match chance.randrange(6 if depth else 4):
        case 0:
            return chance.choice((None, True, False))
        case 1:
            return chance.choice(NUMBERS)
        case 2 | 3:
            return text(chance)
        case 4:
            return [junk(chance, depth - 1) for _ in some]
    return {letters(chance, 5): junk(chance, depth - 1) for _ in some}


chances = st.integers(0, 2**32 - 1).map(Random)
"""What the rest is drawn from: letter by letter Hypothesis needs longer than the product for its answer."""
texts = chances.map(text)
long_texts = st.sampled_from([long_text(piece) for piece in PIECES])
values = chances.map(junk)


def nested(depth: int) -> list[Any]:
    """A list in a list in a list."""
    made: list[Any] = []
    for _ in range(depth):
        made = [made]
    return made


def misplaced(card: Mapping[str, Any]) -> list[str]:
    """Typed text outside the places where it is only its letters: a run, a tooltip, the value of an input.

    What a button's data holds is shown to nobody. Also every element that opens an address, since no card of
    ours has one.
    """
    return list(_misplaced(card, "card"))


def _misplaced(node: Any, path: str) -> Iterator[str]:
    if isinstance(node, str):
        if MARK in node:
            yield f"{path}: {node[:80]!r}"
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from _misplaced(item, f"{path}[{index}]")
    elif isinstance(node, Mapping):
        kind = str(node.get("type", ""))
        if kind in {"Action.OpenUrl", "Image", "Media"} or "url" in node or "backgroundImage" in node:
            yield f"{path}: {kind} leads out"
        for name, value in node.items():
            if kind == "Input.ChoiceSet" and name == "choices" and node.get("style") != "expanded":
                # A closed list is drawn by the system, which reads no markdown; an open one is drawn as text.
                for index, choice in enumerate(value):
                    yield from _acting(str(choice["title"]), f"{path}.choices[{index}]")
            elif (kind, name) == ("TextRun", "text") or name == "tooltip":
                yield from _acting(str(value), f"{path}.{name}")
            elif name != "data" and not (kind.startswith("Input.") and name == "value"):
                yield from _misplaced(value, f"{path}.{name}")


_ACTING = tuple("\u202e\u202d\u2066\u2067\u2068\u200e\u200f\u061c\u200b\ufeff\x00\x1b\x7f")


def _acting(text: str, path: str) -> Iterator[str]:
    """What acts even in a run: marks that turn or hide text, and clock codes."""
    if any(mark in text for mark in _ACTING):
        yield f"{path}: turns or hides text"
    if "{{DATE(" in text.upper() or "{{TIME(" in text.upper():
        yield f"{path}: a clock code"
