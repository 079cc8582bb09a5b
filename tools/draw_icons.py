"""Draws the two icons of the Teams app: `python -m tools.draw_icons [FOLDER]`.

The motif is a plumb bob on its line. Every shape is symmetrical about the line, so a shape is a profile:
for each height, how far it reaches from the middle. Coverage of a pixel is exact across and sampled
sixteen times down, which leaves clean edges without a drawing library.
"""

import struct
import sys
import zlib
from collections.abc import Callable
from math import sqrt
from pathlib import Path

Colour = tuple[int, int, int]
Profile = Callable[[float], float]
"""Height in units of the drawing, 0 at the top and 192 at the bottom, to half the width there."""

UNITS = 192.0
SAMPLES = 16

GROUND: Colour = (0x12, 0x4B, 0x5A)
GLOW: Colour = (0x1B, 0x5E, 0x6F)
LINE: Colour = (0xFB, 0xF6, 0xEA)
BRASS: Colour = (0xF3, 0xBC, 0x55)
BRASS_SHADE: Colour = (0xD8, 0x97, 0x31)
STEEL: Colour = (0xE9, 0xEE, 0xF0)
STEEL_SHADE: Colour = (0xB9, 0xC5, 0xCA)
WHITE: Colour = (0xFF, 0xFF, 0xFF)


class Canvas:
    """A square of straight-alpha pixels that shapes are painted on, in units of the drawing."""

    def __init__(self, size: int, ground: Colour | None = None) -> None:
        self.size = size
        self.pixels = [[(*ground, 1.0) if ground else (255, 255, 255, 0.0)] * size for _ in range(size)]

    def paint(self, profile: Profile, colour: Colour, *, middle: float = UNITS / 2) -> None:
        """Paint the shape about the middle."""
        self._cover(lambda y: [(middle - profile(y), middle + profile(y))], colour)

    def paint_halves(
        self, profile: Profile, left: Colour, right: Colour, *, middle: float = UNITS / 2
    ) -> None:
        """Paint the shape lit from the left."""
        self._cover(lambda y: [(middle - profile(y), middle)], left)
        self._cover(lambda y: [(middle, middle + profile(y))], right)

    def outline(self, outer: Profile, inner: Profile, colour: Colour, *, middle: float = UNITS / 2) -> None:
        """Paint what lies in the outer shape and not in the inner one."""

        def spans(y: float) -> list[tuple[float, float]]:
            far, near = outer(y), max(0.0, inner(y))
            return [(middle - far, middle - near), (middle + near, middle + far)]

        self._cover(spans, colour)

    def _cover(self, spans: Callable[[float], list[tuple[float, float]]], colour: Colour) -> None:
        scale = self.size / UNITS
        for row in range(self.size):
            coverage = [0.0] * self.size
            for sample in range(SAMPLES):
                for left, right in spans((row + (sample + 0.5) / SAMPLES) / scale):
                    if right > left:
                        _add_span(coverage, left * scale, right * scale)
            for column, covered in enumerate(coverage):
                if covered > 0:
                    self.pixels[row][column] = _over(
                        self.pixels[row][column], colour, min(1.0, covered / SAMPLES)
                    )

    def png(self) -> bytes:
        """The picture as an 8-bit PNG with transparency."""
        rows = bytearray()
        for row in self.pixels:
            rows.append(0)
            for red, green, blue, alpha in row:
                rows += bytes((red, green, blue, round(alpha * 255)))
        header = struct.pack(">IIBBBBB", self.size, self.size, 8, 6, 0, 0, 0)
        body = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(bytes(rows), 9)) + _chunk(b"IEND", b"")
        return b"\x89PNG\r\n\x1a\n" + body


def _add_span(coverage: list[float], left: float, right: float) -> None:
    for column in range(max(0, int(left)), min(len(coverage), int(right) + 1)):
        coverage[column] += max(0.0, min(right, column + 1.0) - max(left, float(column)))


def _over(below: tuple[int, int, int, float], colour: Colour, alpha: float) -> tuple[int, int, int, float]:
    total = alpha + below[3] * (1 - alpha)
    red, green, blue = (
        round((new * alpha + old * below[3] * (1 - alpha)) / total)
        for new, old in zip(colour, below[:3], strict=True)
    )
    return red, green, blue, total


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bar(top: float, bottom: float, half: float) -> Profile:
    """An upright bar."""
    return lambda y: half if top <= y <= bottom else 0.0


def disc(centre: float, radius: float) -> Profile:
    """A disc on the line."""
    return lambda y: sqrt(max(0.0, radius**2 - (y - centre) ** 2))


def bob(top: float, widest: float, tip: float, half: float) -> Profile:
    """Rounded shoulders down to the widest height, then a faintly full taper to the tip."""

    def profile(y: float) -> float:
        if top <= y <= widest:
            return half * sqrt(1 - ((widest - y) / (widest - top)) ** 2)
        if widest < y <= tip:
            fall = (y - widest) / (tip - widest)
            return half * (1 - fall) * (1 + 0.42 * fall)
        return 0.0

    return profile


def below(height: float, profile: Profile) -> Profile:
    """The part of a shape from this height down."""
    return lambda y: profile(y) if y >= height else 0.0


def colour_icon() -> Canvas:
    """192 by 192: the bob in brass and steel, hanging from the upper edge."""
    canvas = Canvas(192, GROUND)
    canvas.paint(disc(96, 68), GLOW)
    canvas.paint(bar(0, 62, 2.5), LINE)
    body = bob(66, 90, 156, 29)
    canvas.paint_halves(bar(51, 65, 7), STEEL, STEEL_SHADE)
    canvas.paint_halves(bar(63, 70, 13), BRASS, BRASS_SHADE)
    canvas.paint_halves(body, BRASS, BRASS_SHADE)
    canvas.paint_halves(below(134, body), STEEL, STEEL_SHADE)
    return canvas


def outline_icon() -> Canvas:
    """32 by 32: the same bob as a white outline on nothing."""
    canvas = Canvas(32)
    canvas.paint(bar(6, 48, 6), WHITE)
    canvas.paint(bar(48, 66, 21), WHITE)
    canvas.outline(bob(60, 92, 186, 48), bob(78, 98, 158, 33), WHITE)
    return canvas


def main(arguments: list[str]) -> None:
    """Write `color.png` and `outline.png` into the folder, `manifest` unless another is named."""
    folder = Path(arguments[0] if arguments else "manifest")
    (folder / "color.png").write_bytes(colour_icon().png())
    (folder / "outline.png").write_bytes(outline_icon().png())


if __name__ == "__main__":
    main(sys.argv[1:])
