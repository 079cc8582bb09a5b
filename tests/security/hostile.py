"""What people should never type and somebody will: text that might act on a client, a sheet or a database.

Every piece carries `MARK`, which no word of ours holds, so that a test can say where typed text has come to
stand.
"""

from collections.abc import Iterator, Mapping
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


# By category, not by codec: Hypothesis would ask a million letters one by one at its first use of that.
letters = st.characters(exclude_categories=("Cs",))
texts = st.one_of(
    st.sampled_from([marked(piece) for piece in PIECES]),
    st.text(letters, max_size=30).map(marked),
    st.sampled_from([marked(p) for p in ("", " ", "\n\n", "\x00", "a" * 200, "é" * 201)]),
    st.sampled_from(["", " ", "true", "false", "0", "31/02/2026", "2026-05-31", "9999-12-31", "good", "a,b"]),
)
"""Texts as an input may hold them; a hundred thousand characters come now and then."""

long_texts = st.sampled_from([(marked(piece) * (LONG // len(piece)))[:LONG] for piece in PIECES])

numbers = st.sampled_from([-1, 0, 1, 2, 7, 2**31 - 1, 2**31, 2**63, 10**30, 1.5, float("1e300")])

junk: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(letters, max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
"""Anything JSON can hold."""


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
