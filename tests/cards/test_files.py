"""The card that asks whether somebody wants a file, and the answer read strictly."""

from typing import Any

import pytest

from cards.files import (
    CONSENT_TYPE,
    INFO_TYPE,
    LONGEST_TEXT,
    LONGEST_TOKEN,
    Consent,
    Place,
    consent_attachment,
    info_attachment,
    read_consent,
)
from cards.payloads import PayloadInvalid

PLACE = Place(
    "https://council-my.sharepoint.com/upload?tempauth=x",
    "https://council-my.sharepoint.com/personal/holds.ics",
    "1150D938",
    "ics",
    "holds.ics",
)
TOLD = {
    "uploadUrl": PLACE.upload_url,
    "contentUrl": PLACE.content_url,
    "uniqueId": PLACE.unique_id,
    "fileType": PLACE.file_type,
    "name": PLACE.name,
    "etag": "1",
}


def answer(**changes: Any) -> dict[str, Any]:
    context = consent_attachment(name="holds.ics", says="Days to keep free", about_bytes=9, token="t-1")[
        "content"
    ]["acceptContext"]
    return {"type": "fileUpload", "action": "accept", "context": context, "uploadInfo": TOLD, **changes}


def test_the_question_says_what_it_is_and_how_large_and_carries_its_token() -> None:
    card = consent_attachment(name="holds.ics", says="Days to keep free", about_bytes=2048, token="t-1")

    assert (card["contentType"], card["name"]) == (CONSENT_TYPE, "holds.ics")
    assert card["content"]["description"] == "Days to keep free"
    assert card["content"]["sizeInBytes"] == 2048
    assert card["content"]["acceptContext"] == card["content"]["declineContext"]


def test_a_yes_says_where_and_a_no_needs_not() -> None:
    assert read_consent(answer()) == Consent("t-1", PLACE)
    assert read_consent(answer(action="decline", uploadInfo=None)) == Consent("t-1", None)


def test_the_card_of_a_file_that_is_there_links_to_it() -> None:
    card = info_attachment(PLACE)

    assert (card["contentType"], card["contentUrl"], card["name"]) == (
        INFO_TYPE,
        PLACE.content_url,
        "holds.ics",
    )
    assert card["content"] == {"uniqueId": "1150D938", "fileType": "ics"}


@pytest.mark.parametrize(
    "odd",
    [
        None,
        "accept",
        [],
        {},
        answer(type="other"),
        answer(action="maybe"),
        answer(action=None),
        answer(context=None),
        answer(context={}),
        answer(context={"plumbline": "t-1"}),
        answer(context={"plumbline": {"file": "t-1"}}),
        answer(context={"plumbline": {"file": "t-1", "v": 2}}),
        answer(context={"plumbline": {"file": "t-1", "v": 1, "person": 3}}),
        answer(context={"plumbline": {"file": 7, "v": 1}}),
        answer(context={"plumbline": {"file": "", "v": 1}}),
        answer(context={"plumbline": {"file": "t" * (LONGEST_TOKEN + 1), "v": 1}}),
        answer(uploadInfo=None),
        answer(uploadInfo=[]),
        answer(uploadInfo={key: value for key, value in TOLD.items() if key != "uploadUrl"}),
        answer(uploadInfo={**TOLD, "contentUrl": 7}),
        answer(uploadInfo={**TOLD, "name": "n" * (LONGEST_TEXT + 1)}),
        answer(uploadInfo={**TOLD, "name": "a\u202egnp.exe"}),
        answer(uploadInfo={**TOLD, "uploadUrl": "https://x\r\nHost: y"}),
    ],
)
def test_a_damaged_answer_is_refused(odd: Any) -> None:
    with pytest.raises(PayloadInvalid):
        read_consent(odd)
