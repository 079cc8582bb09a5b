"""Reads the pixels of an icon, so that a wrong one is refused here and not by Teams after the upload."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGBA_8_BIT_NOT_INTERLACED = (8, 6, 0, 0, 0)
_BYTES_A_PIXEL = 4
_LARGEST_SIDE = 1024


class IconUnreadable(ValueError):
    """The file is not an 8-bit PNG with transparency that can be read whole."""


@dataclass(frozen=True, slots=True)
class Icon:
    """A picture: its sides in pixels and each pixel as (red, green, blue, alpha), row by row."""

    width: int
    height: int
    pixels: tuple[tuple[int, int, int, int], ...]


def read_icon(data: bytes) -> Icon:
    """The icon in this PNG file; IconUnreadable says what is wrong with it."""
    if not data.startswith(_SIGNATURE):
        raise IconUnreadable("is not a PNG file")
    try:
        return _decode(data)
    except (struct.error, zlib.error, IndexError) as broken:
        raise IconUnreadable("is damaged") from broken


def _decode(data: bytes) -> Icon:
    header, compressed = b"", b""
    for kind, content in _chunks(data):
        if kind == b"IHDR":
            header = content
        elif kind == b"IDAT":
            compressed += content
    width, height, *form = struct.unpack(">IIBBBBB", header)
    if tuple(form) != _RGBA_8_BIT_NOT_INTERLACED:
        raise IconUnreadable("is not saved as an 8-bit PNG with transparency")
    if not 0 < width <= _LARGEST_SIDE or not 0 < height <= _LARGEST_SIDE:
        raise IconUnreadable(f"is {width} by {height} pixels")
    stride = width * _BYTES_A_PIXEL
    size = height * (stride + 1)
    # Bounded, so that a small file cannot unpack into more than its header announced.
    raw = zlib.decompressobj().decompress(compressed, size)
    if len(raw) < size:
        raise IconUnreadable("is damaged")
    flat = b"".join(_rows(raw, height, stride))
    pixels = tuple(
        (flat[i], flat[i + 1], flat[i + 2], flat[i + 3]) for i in range(0, len(flat), _BYTES_A_PIXEL)
    )
    return Icon(width, height, pixels)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        yield kind, data[at + 8 : at + 8 + length]
        at += length + 12


def _rows(raw: bytes, height: int, stride: int) -> Iterator[bytes]:
    """Each row with its PNG filter undone."""
    above = bytes(stride)
    for row in range(height):
        start = row * (stride + 1)
        line = bytearray(raw[start + 1 : start + 1 + stride])
        for i, value in enumerate(line if raw[start] else b""):  # Filter 0 leaves the row as it is.
            left = line[i - _BYTES_A_PIXEL] if i >= _BYTES_A_PIXEL else 0
            corner = above[i - _BYTES_A_PIXEL] if i >= _BYTES_A_PIXEL else 0
            line[i] = (value + _predicted(raw[start], left, above[i], corner)) % 256
        above = bytes(line)
        yield above


def _predicted(filter_kind: int, left: int, up: int, corner: int) -> int:
    """What the PNG specification's filter of this kind (0 to 4) expects here."""
    guess = left + up - corner
    nearest = min((left, up, corner), key=lambda value: abs(guess - value))
    return (0, left, up, (left + up) // 2, nearest)[filter_kind]
