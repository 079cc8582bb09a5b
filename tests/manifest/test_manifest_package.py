import io
import json
import shutil
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from bot.manifest_package import FOLDER, ManifestRefused, build
from bot.png_icon import IconUnreadable, read_icon
from tools.draw_icons import Canvas, colour_icon, outline_icon

ROOT = Path(__file__).resolve().parents[2]
COLOUR = (FOLDER / "color.png").read_bytes()
APP_ID = "5f3c1d2e-7a4b-4c8d-9e0f-1a2b3c4d5e6f"
ANSWERS: dict[str, Any] = {
    "host_name": "plumbline.example.org",
    "developer_name": "Example Council",
    "website_url": "https://www.example.org",
    "privacy_url": "https://www.example.org/privacy",
    "terms_of_use_url": "https://www.example.org/terms",
}


def packed(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def manifest_of(package: bytes) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(packed(package)["manifest.json"])
    return manifest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the manifest folder that a test may spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "manifest"))


def change(folder: Path, spoil: Any) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    spoil(manifest)
    path.write_text(json.dumps(manifest), encoding="utf-8")


def test_the_package_holds_the_filled_manifest_and_both_icons() -> None:
    package = build(APP_ID, **ANSWERS)

    manifest = manifest_of(package)
    assert sorted(packed(package)) == ["color.png", "manifest.json", "outline.png"]
    assert manifest["id"] == manifest["bots"][0]["botId"] == manifest["webApplicationInfo"]["id"] == APP_ID
    assert manifest["validDomains"] == ["plumbline.example.org"]
    assert manifest["developer"]["name"] == "Example Council"
    assert "${" not in json.dumps(manifest)


def test_the_same_answers_give_the_same_package_byte_for_byte() -> None:
    assert build(APP_ID, **ANSWERS) == build(APP_ID, **ANSWERS)


def test_the_app_is_for_one_person_and_for_teams_with_private_and_shared_channels() -> None:
    manifest = manifest_of(build(APP_ID, **ANSWERS))

    assert manifest["bots"][0]["scopes"] == ["personal", "team"]
    assert manifest["supportsChannelFeatures"] == "tier1"
    assert manifest["bots"][0]["supportsFiles"] is True


def test_a_quote_in_the_council_s_name_stays_a_quote() -> None:
    package = build(APP_ID, **{**ANSWERS, "developer_name": 'Example "North" Council'})

    assert manifest_of(package)["developer"]["name"] == 'Example "North" Council'


def test_an_app_id_in_capitals_is_taken() -> None:
    assert manifest_of(build(f" {APP_ID.upper()} ", **ANSWERS))["id"] == APP_ID


@pytest.mark.parametrize(
    ("answer", "value", "says"),
    [
        ("app_id", "plumbline", "app id"),
        ("app_id", "00000000-0000-0000-0000-000000000000", "app id"),
        ("app_id", "5f3c1d2e7a4b4c8d9e0f1a2b3c4d5e6f", "app id"),
        ("host_name", "https://plumbline.example.org", "host name"),
        ("host_name", "plumbline.example.org/api", "host name"),
        ("host_name", "localhost", "host name"),
        ("host_name", "10.0.0.1", "host name"),
        ("host_name", "", "host name"),
        ("developer_name", " ", "developer name is empty"),
        ("developer_name", "x" * 33, "developer.name has 33 characters"),
        ("website_url", "http://www.example.org", "website address"),
        ("website_url", "", "website address"),
        ("privacy_url", "www.example.org/privacy", "privacy address"),
        ("terms_of_use_url", "https://", "terms of use address"),
        ("terms_of_use_url", "https://www.example.org/" + "x" * 2048, "terms of use address"),
        ("version", "1.0", "version"),
        ("version", "1.0.0-rc1", "version"),
        ("version", "01.0.0", "version"),
    ],
)
def test_a_wrong_answer_is_refused_with_its_name(answer: str, value: str, says: str) -> None:
    answers = {"app_id": APP_ID, **ANSWERS, answer: value}

    with pytest.raises(ManifestRefused) as refused:
        build(**answers)

    assert any(says in problem for problem in refused.value.problems)


def test_the_longest_council_name_teams_takes_is_taken() -> None:
    package = build(APP_ID, **{**ANSWERS, "developer_name": "x" * 32})

    assert manifest_of(package)["developer"]["name"] == "x" * 32


def test_every_problem_is_listed_at_once() -> None:
    with pytest.raises(ManifestRefused) as refused:
        build("x", **{**ANSWERS, "host_name": "x", "privacy_url": "x"})

    assert len(refused.value.problems) == 3
    assert all(problem in str(refused.value) for problem in refused.value.problems)


def too_many_commands(manifest: dict[str, Any]) -> None:
    manifest["bots"][0]["commandLists"][0]["commands"] = [{"title": str(number)} for number in range(13)]


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda manifest: manifest["name"].update(short="x" * 31), "name.short has 31 characters"),
        (lambda manifest: manifest["name"].update(full="x" * 101), "name.full has 101 characters"),
        (
            lambda manifest: manifest["description"].update(short="x" * 81),
            "description.short has 81 characters",
        ),
        (lambda manifest: manifest["description"].update(full=""), "description.full has 0 characters"),
        (lambda manifest: manifest.update(accentColor="teal"), "accentColor"),
        (lambda manifest: manifest.update(validDomains=["${HOSTNAME}"]), "HOSTNAME, which nothing fills in"),
        (too_many_commands, "personal has 13 commands"),
        (
            lambda manifest: manifest["bots"][0]["commandLists"].extend([{"scopes": [], "commands": []}] * 2),
            "4 lists",
        ),
        (
            lambda manifest: manifest["bots"][0]["commandLists"][1]["commands"].append({"title": "x" * 129}),
            "a team command has 129 characters",
        ),
    ],
)
def test_an_edited_manifest_that_teams_would_refuse_is_refused_here(
    folder: Path, spoil: Any, says: str
) -> None:
    change(folder, spoil)

    with pytest.raises(ManifestRefused, match=says):
        build(APP_ID, **ANSWERS, folder=folder)


@pytest.mark.parametrize(
    ("icon", "content", "says"),
    [
        ("color.png", None, "is missing"),
        ("color.png", b"GIF89a", "is not a PNG file"),
        ("color.png", COLOUR[:900], "is damaged"),
        ("color.png", Canvas(96, (0, 0, 0)).png(), "is 96 by 96 pixels; it must be 192 by 192"),
        ("outline.png", Canvas(32, (255, 255, 255)).png(), "must show an outline on a transparent ground"),
        ("outline.png", Canvas(32).png(), "must show an outline on a transparent ground"),
        ("outline.png", COLOUR, "must be white on nothing"),
    ],
)
def test_an_icon_teams_would_refuse_is_refused_here(
    folder: Path, icon: str, content: bytes | None, says: str
) -> None:
    if content is None:
        (folder / icon).unlink()
    else:
        (folder / icon).write_bytes(content)

    with pytest.raises(ManifestRefused, match=says):
        build(APP_ID, **ANSWERS, folder=folder)


def test_the_icons_kept_are_the_ones_the_script_draws() -> None:
    assert (FOLDER / "color.png").read_bytes() == colour_icon().png()
    assert (FOLDER / "outline.png").read_bytes() == outline_icon().png()


def png(rows: bytes, *, width: int, height: int, depth: int = 8) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, depth, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def test_a_pixel_is_read_through_every_png_filter() -> None:
    first, second = bytes([1, 2, 3, 4]), bytes([10, 20, 30, 250])
    rows = (
        bytes([0]) + first + second
        + bytes([1]) + first + bytes([9, 18, 27, 246])  # left
        + bytes([2]) + bytes(8)  # above
        + bytes([3]) + bytes([1, 1, 2, 2]) + bytes([5, 9, 14, 123])  # mean of left and above
        + bytes([4]) + bytes(8)  # nearest of left, above and corner
    )  # fmt: skip

    icon = read_icon(png(rows, width=2, height=5))

    assert icon.pixels == ((1, 2, 3, 4), (10, 20, 30, 250)) * 5


@pytest.mark.parametrize(
    "data",
    [
        png(b"", width=2, height=2),
        png(bytes(9), width=1, height=1, depth=16),
        png(bytes(5), width=0, height=1),
        png(bytes(5), width=1025, height=1),
        b"\x89PNG\r\n\x1a\n",
    ],
    ids=["too few rows", "sixteen bits", "no width", "too wide", "no header"],
)
def test_a_picture_that_is_no_icon_is_unreadable(data: bytes) -> None:
    with pytest.raises(IconUnreadable):
        read_icon(data)


@pytest.mark.e2e
def test_the_manifest_holds_to_microsoft_s_schema() -> None:
    schemas = ROOT / "node_modules/@microsoft/app-manifest/build/json-schemas/teams"
    manifest = manifest_of(build(APP_ID, **ANSWERS))
    schema = json.loads((schemas / "v1.25" / "MicrosoftTeams.schema.json").read_text(encoding="utf-8"))

    errors = list(jsonschema.Draft4Validator(schema).iter_errors(manifest))

    assert manifest["$schema"].endswith("/v1.25/MicrosoftTeams.schema.json")
    assert errors == []
