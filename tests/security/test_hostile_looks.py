"""Every verb that only shows something, every typed line and every file name, as odd as they come."""

import pytest

from bot.asking import clock, fresh_nonce
from cards.payloads import OpenPage, Payload
from dialogs.answering import answer
from dialogs.turn import Asked, Turn
from domain.pages import JOURNEY
from domain.people import Person
from tests.security.fuzzing import any_text, each, fuzz, fuzz_values, shards, wrong_reply
from tests.security.grounds import Ground
from tests.security.hostile import marked, nested


@each(lambda kind: not kind.WRITES)
def test_whatever_a_button_carries_is_answered_by_a_sound_card(
    ground: Ground, kind: type[Payload], shard: int
) -> None:
    fuzz(kind, shard, ground)


def _turn(person: Person, asked: Asked, **given: object) -> Turn:
    return Turn(person.directory_id or "", clock(), fresh_nonce(), asked, **given)  # type: ignore[arg-type]


@shards
def test_whatever_is_typed_while_a_page_is_open_is_answered_by_a_sound_card(
    ground: Ground, shard: int
) -> None:
    auditor, audit_id = ground.scene.people["the auditor"], ground.scene.objects["an accepted audit"]
    answer(ground.council, _turn(auditor, Asked.PRESSED, data=OpenPage(audit_id, JOURNEY).pack()))

    def line(text: str) -> list[str]:
        return wrong_reply(answer(ground.council, _turn(auditor, Asked.TYPED, text=text)))

    fuzz_values("line", shard, any_text, line)


@shards
def test_whatever_a_file_is_called_is_answered_by_a_sound_card(ground: Ground, shard: int) -> None:
    officer = ground.scene.people["a quality assurance officer"]

    def attach(name: str) -> list[str]:
        content = f'Name,"{name.replace(chr(34), "")}"\nAda,One\n'.encode("utf-8", "ignore")
        turn = _turn(officer, Asked.ATTACHED, filename=name + ".csv", content=content)
        return wrong_reply(answer(ground.council, turn))

    fuzz_values("file", shard, any_text, attach)


@pytest.mark.parametrize("place", ["heading", "reference", "plan", "many columns", "many rows"])
def test_a_list_with_the_longest_text_a_sheet_can_hold_is_answered_by_a_sound_card(
    ground: Ground, place: str
) -> None:
    officer = ground.scene.people["a quality assurance officer"]
    long = marked("é" * 30_000)
    content = {
        "heading": f"Case reference,{long}\nCF-1,x\n",
        "reference": f"Case reference,Plan type\n{long},{long}\n",
        "plan": "Case reference,Plan type\n" + f"CF-1,{long}\n" * 3,
        "many columns": ",".join(marked(f"{n} {'x' * 300}") for n in range(190)) + "\n" + "x," * 189 + "x\n",
        "many rows": "Case reference,Plan type\n"
        + "".join(f"{marked(str(n))},{'y' * 500}\n" for n in range(300)),
    }[place]
    turn = _turn(officer, Asked.ATTACHED, filename="cases.csv", content=content.encode())

    assert [fault[:200] for fault in wrong_reply(answer(ground.council, turn))] == []


@pytest.mark.parametrize("depth", [50, 500, 990])
def test_data_nested_beyond_reason_is_answered_by_a_sound_card(ground: Ground, depth: int) -> None:
    auditor, audit_id = ground.scene.people["the auditor"], ground.scene.objects["an accepted audit"]
    data = {**OpenPage(audit_id, JOURNEY).pack(), "journey": nested(depth)}

    assert wrong_reply(answer(ground.council, _turn(auditor, Asked.PRESSED, data=data))) == []
