"""Makes the package that a Teams administrator uploads: the manifest, filled in and checked, and two icons.

The limits are those of Microsoft's schema 1.25. They are checked here as well, because Teams' own refusal
after an upload seldom says which field is wrong.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.guids import is_guid
from bot.png_icon import IconUnreadable, read_icon
from domain.errors import RuleBroken

FOLDER = Path(__file__).resolve().parent.parent / "manifest"
"""Where the manifest with its open fields and the icons lie."""

_OPEN_FIELD = re.compile(r"\$\{([A-Z_]+)\}")
_HOST_NAME = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_WEB_ADDRESS = re.compile(r"https://[^\s/]+\.[^\s/]+(/\S*)?")
_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
_HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

_LONGEST = {
    "developer.name": 32,
    "name.short": 30,
    "name.full": 100,
    "description.short": 80,
    "description.full": 4000,
}
_LONGEST_ADDRESS = 2048
_MOST_COMMAND_LISTS = 3
_MOST_COMMANDS = 12
_LONGEST_COMMAND = 128
# Fixed, so that the same answers give the same package byte for byte.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


class ManifestRefused(RuleBroken):
    """The package would not work; the message lists everything to put right."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(["The Teams package was not made. Please put this right:", *problems]))
        self.problems = tuple(problems)


def build(
    app_id: str,
    *,
    host_name: str,
    developer_name: str,
    website_url: str,
    privacy_url: str,
    terms_of_use_url: str,
    version: str = "1.0.0",
    folder: Path = FOLDER,
) -> bytes:
    """The package as the bytes of a zip file; ManifestRefused when Teams would not take it.

    `app_id` is the bot's application id in Entra, `host_name` the public name that Teams calls it under.
    """
    answers = {
        "APP_ID": app_id.strip().lower(),
        "HOST_NAME": host_name.strip().lower(),
        "DEVELOPER_NAME": developer_name.strip(),
        "WEBSITE_URL": website_url.strip(),
        "PRIVACY_URL": privacy_url.strip(),
        "TERMS_OF_USE_URL": terms_of_use_url.strip(),
        "VERSION": version.strip(),
    }
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    filled = _fill(manifest, answers)
    icons = {str(name): folder / str(name) for name in filled["icons"].values()}
    problems = [*_answer_problems(answers), *_manifest_problems(filled)]
    problems += _icon_problems(icons[filled["icons"]["color"]], side=192, outline=False)
    problems += _icon_problems(icons[filled["icons"]["outline"]], side=32, outline=True)
    if problems:
        raise ManifestRefused(problems)
    text = json.dumps(filled, indent=2, ensure_ascii=False) + "\n"
    return _zip({"manifest.json": text.encode(), **{name: path.read_bytes() for name, path in icons.items()}})


def _fill(node: Mapping[str, Any], answers: Mapping[str, str]) -> dict[str, Any]:
    """The same JSON with every open field answered, after parsing, so that no quote can break it."""

    def fill(value: object) -> object:
        if isinstance(value, dict):
            return _fill(value, answers)
        if isinstance(value, list):
            return [fill(inner) for inner in value]
        if isinstance(value, str):
            return _OPEN_FIELD.sub(lambda match: answers.get(match[1], match[0]), value)
        return value

    return {key: fill(value) for key, value in node.items()}


def _answer_problems(answers: Mapping[str, str]) -> Iterator[str]:
    if not is_guid(answers["APP_ID"]):
        yield "the app id is not one: copy the application (client) id of the bot's registration in Entra"
    if not _HOST_NAME.fullmatch(answers["HOST_NAME"]):
        yield "the host name must be the public name alone, such as plumbline.example.org, without https://"
    if not answers["DEVELOPER_NAME"]:
        yield "the developer name is empty: give the council's name"
    for field, words in (
        ("WEBSITE_URL", "website"),
        ("PRIVACY_URL", "privacy"),
        ("TERMS_OF_USE_URL", "terms of use"),
    ):
        if not _WEB_ADDRESS.fullmatch(answers[field]) or len(answers[field]) > _LONGEST_ADDRESS:
            yield f"the {words} address must be a full one that starts with https://"
    if not _VERSION.fullmatch(answers["VERSION"]):
        yield "the version must be three numbers, such as 1.4.0, and higher than the one Teams has"


def _manifest_problems(manifest: Mapping[str, Any]) -> Iterator[str]:
    for path, most in _LONGEST.items():
        group, field = path.split(".")
        length = len(manifest[group][field])
        if not 0 < length <= most:
            yield f"{path} has {length} characters; Teams takes 1 to {most}"
    if not _HEX_COLOUR.fullmatch(manifest["accentColor"]):
        yield "accentColor must be a colour such as #124B5A"
    for name in sorted(set(_OPEN_FIELD.findall(json.dumps(manifest)))):
        yield f"manifest.json asks for {name}, which nothing fills in"
    yield from _command_problems(manifest["bots"])


def _command_problems(bots: list[dict[str, Any]]) -> Iterator[str]:
    for bot in bots:
        lists = bot.get("commandLists", [])
        if len(lists) > _MOST_COMMAND_LISTS:
            yield f"there are {len(lists)} lists of commands; Teams takes {_MOST_COMMAND_LISTS}"
        for listed in lists:
            where = " and ".join(listed["scopes"])
            if len(listed["commands"]) > _MOST_COMMANDS:
                yield f"{where} has {len(listed['commands'])} commands; Teams takes {_MOST_COMMANDS}"
            for command in listed["commands"]:
                if not 0 < len(command["title"]) <= _LONGEST_COMMAND:
                    yield f"a {where} command has {len(command['title'])} characters; Teams takes 1 to 128"


def _icon_problems(path: Path, *, side: int, outline: bool) -> Iterator[str]:
    if not path.is_file():
        yield f"{path.name} is missing from the manifest folder"
        return
    try:
        icon = read_icon(path.read_bytes())
    except IconUnreadable as unreadable:
        yield f"{path.name} {unreadable}; save it as an 8-bit PNG with transparency, {side} by {side} pixels"
        return
    if (icon.width, icon.height) != (side, side):
        yield f"{path.name} is {icon.width} by {icon.height} pixels; it must be {side} by {side}"
    if outline and any(
        alpha and (red, green, blue) != (255, 255, 255) for red, green, blue, alpha in icon.pixels
    ):
        yield f"{path.name} must be white on nothing, with no other colour"
    shown = [alpha > 0 for *_, alpha in icon.pixels]
    if outline and (all(shown) or not any(shown)):
        yield f"{path.name} must show an outline on a transparent ground"


def _zip(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, _ZIP_DATE), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
