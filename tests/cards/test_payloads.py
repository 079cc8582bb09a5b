import pytest

from cards.payloads import (
    MAX_TEXT,
    AskSafety,
    OpenPage,
    Payload,
    PayloadInvalid,
    ReviewAudit,
    SavePage,
    ShowMyAudits,
    SubmitAudit,
    unpack,
)

GOOD = {
    "verb": "save",
    "v": 1,
    "audit_id": 7,
    "page": "planning",
    "version": 3,
    "then": "impact",
    "nonce": "n",
}


def every_kind() -> list[type[Payload]]:
    return sorted((k for k in Payload.__subclasses__() if k.VERB), key=lambda kind: kind.VERB)


@pytest.mark.parametrize(
    "payload",
    [
        OpenPage(7, "planning"),
        SavePage(7, "planning", 3, "impact", "n"),
        ReviewAudit(7, True, "n"),
        AskSafety(7),
        ShowMyAudits(),
    ],
)
def test_what_was_packed_comes_back(payload: Payload) -> None:
    data = payload.pack()

    back, inputs = unpack(data)

    assert back == payload
    assert inputs == {}


def test_typed_inputs_come_beside_the_payload_and_teams_own_key_does_not() -> None:
    data = {**OpenPage(7, "planning").pack(), "msteams": {"type": "task/fetch"}, "judgement": "Good work."}

    _, inputs = unpack(data)

    assert inputs == {"judgement": "Good work."}


@pytest.mark.parametrize("data", [None, "save", 7, [], {}, {"plumbline": None}, {"plumbline": "save"}])
def test_data_without_a_payload_is_refused(data: object) -> None:
    with pytest.raises(PayloadInvalid):
        unpack(data)


@pytest.mark.parametrize(
    "changed",
    [
        {"verb": "save_all"},
        {"verb": None},
        {"verb": ["save"]},
        {"v": 0},
        {"v": 2},
        {"v": "1"},
        {"v": True},
        {"v": 1.0},
        {"audit_id": "7"},
        {"audit_id": True},
        {"audit_id": -1},
        {"audit_id": 2**53},
        {"audit_id": 7.0},
        {"audit_id": None},
        {"page": 3},
        {"page": None},
        {"page": "p" * (MAX_TEXT + 1)},
        {"by": 12},
    ],
    ids=str,
)
def test_malformed_oversized_old_or_enriched_data_is_refused(changed: dict[str, object]) -> None:
    unpack({"plumbline": GOOD})

    with pytest.raises(PayloadInvalid):
        unpack({"plumbline": {**GOOD, **changed}})


@pytest.mark.parametrize("missing", sorted(GOOD))
def test_a_missing_field_is_refused(missing: str) -> None:
    packed = {name: value for name, value in GOOD.items() if name != missing}

    with pytest.raises(PayloadInvalid):
        unpack({"plumbline": packed})


def test_the_longest_text_still_passes() -> None:
    back, _ = unpack({"plumbline": {**GOOD, "page": "p" * MAX_TEXT}})

    assert back == SavePage(7, "p" * MAX_TEXT, 3, "impact", "n")


@pytest.mark.parametrize("answer", [1, "true", None])
def test_a_yes_or_no_is_nothing_else(answer: object) -> None:
    packed = {"verb": "review", "v": 1, "audit_id": 7, "nominate": answer, "nonce": "n"}

    with pytest.raises(PayloadInvalid):
        unpack({"plumbline": packed})


def test_no_payload_says_who_is_pressing() -> None:
    named = {kind.VERB: set(kind.__dataclass_fields__) for kind in every_kind()}

    assert not {verb for verb, fields in named.items() if fields & {"by", "person_id", "user", "actor"}}


def test_every_press_that_changes_something_carries_a_nonce() -> None:
    writing = {kind.VERB for kind in every_kind() if kind.WRITES}

    with_nonce = {kind.VERB for kind in every_kind() if "nonce" in kind.__dataclass_fields__}

    assert SubmitAudit.VERB in writing
    assert writing == with_nonce


def test_two_kinds_of_button_never_share_a_verb() -> None:
    with pytest.raises(TypeError, match="are called"):

        class Another(Payload):
            VERB = SavePage.VERB
