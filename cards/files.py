"""Files in a chat: the card that asks whether the person wants one, and the card of one that is there.

Both are Teams' own kinds of card, not Adaptive Cards. Source: Microsoft's "Send and receive files using bot".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cards.payloads import PAYLOAD_KEY, PayloadInvalid

CONSENT_TYPE = "application/vnd.microsoft.teams.card.file.consent"
INFO_TYPE = "application/vnd.microsoft.teams.card.file.info"
LONGEST_TOKEN = 64
LONGEST_TEXT = 400
LONGEST_ADDRESS = 4096
VERSION = 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where Teams says that the file is to be put, all of it the client's word."""

    upload_url: str
    content_url: str
    unique_id: str
    file_type: str
    name: str
    """The file's name there, which differs when one of that name existed."""


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person answered to the question."""

    token: str
    place: Place | None
    """None when they said no."""


def consent_attachment(*, name: str, says: str, about_bytes: int, token: str) -> dict[str, Any]:
    """The card that asks. The two contexts come back with the answer."""
    context = {PAYLOAD_KEY: {"file": token, "v": VERSION}}
    return {
        "contentType": CONSENT_TYPE,
        "name": name,
        "content": {
            "description": says,
            "sizeInBytes": about_bytes,
            "acceptContext": context,
            "declineContext": context,
        },
    }


def info_attachment(place: Place) -> dict[str, Any]:
    """The card of a file that has been put there."""
    return {
        "contentType": INFO_TYPE,
        "contentUrl": place.content_url,
        "name": place.name,
        "content": {"uniqueId": place.unique_id, "fileType": place.file_type},
    }


def read_consent(value: object) -> Consent:
    """The answer in an invoke's value. Raises PayloadInvalid for anything that Teams would not send."""
    if not isinstance(value, Mapping) or value.get("type") != "fileUpload":
        raise PayloadInvalid
    token = _token(value.get("context"))
    if value.get("action") == "decline":
        return Consent(token, None)
    told = value.get("uploadInfo")
    if value.get("action") != "accept" or not isinstance(told, Mapping):
        raise PayloadInvalid
    place = Place(
        upload_url=_text(told, "uploadUrl", LONGEST_ADDRESS),
        content_url=_text(told, "contentUrl", LONGEST_ADDRESS),
        unique_id=_text(told, "uniqueId", LONGEST_TEXT),
        file_type=_text(told, "fileType", LONGEST_TEXT),
        name=_text(told, "name", LONGEST_TEXT),
    )
    return Consent(token, place)


def _token(context: object) -> str:
    ours = context.get(PAYLOAD_KEY) if isinstance(context, Mapping) else None
    if not isinstance(ours, Mapping) or set(ours) != {"file", "v"} or ours["v"] != VERSION:
        raise PayloadInvalid
    return _text(ours, "file", LONGEST_TOKEN)


def _text(values: Mapping[str, Any], key: str, longest: int) -> str:
    value = values.get(key)
    if not isinstance(value, str) or not 0 < len(value) <= longest or not value.isprintable():
        raise PayloadInvalid
    return value
