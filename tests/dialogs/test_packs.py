"""A pack from its draft to its readers, press by press.

the QA officer     board report → Draft → What children experience → Write in it → Save → Ask for approval
the AD for QA      Read and approve → Send it back, or Approve and send
its readers        the card in their chat → a part → Word copy
everybody          the bulletin
"""

import json
from typing import Any

import pytest

from bot.making import MAKERS
from cards.checking import faults
from domain.packs import CHILDREN, PackKind
from domain.people import Person, Post
from scheduler.drawing import Drawing, Drawn, Needless, Written
from scheduler.rendering import CARDS, MAILS
from storage.work import Work
from tests.builders import Staff, a_person
from tests.chat import Chat, buttons, inputs, text
from tests.dialogs.scripts import on_one_engine
from tests.packs import LATER, a_sent_pack, an_asked_pack, some_audits, the_pack
from workflows.council import Council
from workflows.offer_kinds import PACKS
from workflows.pack_telling import DRAFTED, SENT, SENT_BACK, TO_APPROVE

Card = dict[str, Any]
OWN = "Children told us that mornings are calmer now."


def chat_of(council: Council, person: Person) -> Chat:
    return Chat(council, person, now=LATER)


def titles(card: Card) -> list[str]:
    return [title for title, _ in buttons(card)]


def drawn(work: Work, council: Council, kind: str, pack_id: int, *, medium: str = "teams") -> list[Any]:
    """What each notice of this kind would be at this moment."""
    made = []
    for notice in work.notices.of(kind, pack_id):
        if f":{medium}" not in notice.key or notice.person_id is None:
            continue
        reader = work.people.get(notice.person_id)
        drawing = Drawing(work, council, notice, reader, LATER, "nonce", makers=MAKERS)
        made.append((MAILS if medium == "email" else CARDS)[kind](drawing))
    return made


@on_one_engine
@pytest.mark.rule("OG-05", "OG-10", "PR-01")
def test_the_office_has_the_board_report_drafted_writes_in_it_and_asks_for_approval(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        some_audits(work, council, people)
    chat = chat_of(council, people.qa_officer)

    listed = chat.types("board report")
    drafted = chat.presses("Quarterly report to the QA Board", listed)
    part = chat.presses("What children experience", drafted)
    form = chat.presses("Write in it", part)
    kept = chat.presses("Save", form, pack_text=OWN)
    asked = chat.presses("Ask for approval", chat.presses("Back to the pack", kept))

    assert "Children's own views were heard in 8 of 8 audits (100%)" in text(drafted)
    assert "Child heard: \n8 of 8 (100%)" in text(part)
    assert OWN in text(kept)
    assert "pack_text" in json.dumps(form)
    # Nothing but words can be typed.
    assert [node["id"] for node in inputs(form)] == ["pack_text"]
    assert "has been asked" in text(asked)
    assert "Ask for approval" not in titles(asked)
    with council.read() as view:
        assert view.notices.of(TO_APPROVE, 1)


@on_one_engine
@pytest.mark.rule("OG-05")
def test_whoever_approves_it_reads_it_in_their_chat_and_sends_it_with_one_press(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        some_audits(work, council, people)
        pack = an_asked_pack(work, council, people)
        (card,) = drawn(work, council, TO_APPROVE, pack.id)
    assert isinstance(card, Drawn)
    chat = chat_of(council, people.ad_qa)

    sent = chat.presses("Approve and send", card.card)
    again = chat.again()

    assert "stands as it is" in text(sent)
    assert "it can no longer be changed" in text(sent)
    assert text(again) == text(sent)
    with council.write() as work:
        readers = drawn(work, council, SENT, pack.id)
        mails = drawn(work, council, SENT, pack.id, medium="email")
    assert [faults(one.card) if isinstance(one, Drawn) else one for one in readers] == [()] * len(readers)
    assert len(mails) == len(readers)
    for mail in mails:
        assert isinstance(mail, Written)
        assert [one.name.rpartition(".")[2] for one in mail.attachments] == ["docx", "xlsx"]
        assert all(one.content[:2] == b"PK" for one in mail.attachments)
        assert "8 of 8" not in mail.body


@on_one_engine
def test_what_changed_since_it_was_read_is_read_before_it_is_approved(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        pack = an_asked_pack(work, council, people)
        (card,) = drawn(work, council, TO_APPROVE, pack.id)
    office = chat_of(council, people.qa_officer)
    part = office.presses("Why this report", office.presses("Open", office.types("packs")))
    office.presses("Save", office.presses("Write in it", part), pack_text=OWN)

    shown = chat_of(council, people.ad_qa).presses("Approve and send", card.card)

    assert "Approve and send" in titles(shown)
    with council.read() as view:
        assert view.notices.of(SENT, pack.id) == ()


@on_one_engine
def test_it_comes_back_with_the_reason(council: Council, people: Staff) -> None:
    with council.write() as work:
        pack = an_asked_pack(work, council, people)
    chat = chat_of(council, people.ad_qa)
    form = chat.presses("Send it back", chat.presses("Read and approve", chat.types("packs")))

    refused = chat.presses("Send it back", form)
    back = chat.presses("Send it back", refused, pack_reason="Please say what changed.")

    assert "Please say in a sentence" in text(refused)
    assert "has it back" in text(back)
    with council.write() as work:
        (told,) = drawn(work, council, SENT_BACK, pack.id)
        assert isinstance(drawn(work, council, TO_APPROVE, pack.id)[0], Needless)
    assert "Please say what changed." in text(told.card)
    assert "Sent back: " in text(chat_of(council, people.qa_officer).presses("Open it", told.card))


@on_one_engine
def test_words_saved_over_somebody_elses_are_asked_about_first(council: Council, people: Staff) -> None:
    with council.write() as work:
        other = a_person(work, "Ola Officer", Post.QAO)
        an_asked_pack(work, council, people)
    first, second = chat_of(council, people.qa_officer), chat_of(council, other)
    forms = []
    for chat in (first, second):
        part = chat.presses("Why this report", chat.presses("Open", chat.types("packs")))
        forms.append(chat.presses("Write in it", part))
    first.presses("Save", forms[0], pack_text=OWN)

    asked = second.presses("Save", forms[1], pack_text="Other words.")
    saved = second.presses("Save", asked)

    assert "Somebody else wrote here meanwhile" in text(asked)
    assert OWN in text(asked)
    assert "Other words." in text(saved)


@on_one_engine
@pytest.mark.rule("OG-09", "PR-05")
def test_everybody_has_the_bulletin_whole_in_their_chat(council: Council, people: Staff) -> None:
    with council.write() as work:
        some_audits(work, council, people)
        pack = a_sent_pack(work, council, people, PackKind.BULLETIN)
        cards = drawn(work, council, SENT, pack.id)
        everyone = work.people.everyone()
    chat = chat_of(council, people.bystander)

    opened = chat.types("bulletin")

    assert len(cards) == len(everyone)
    for heading in ("What we found", "What we do", "What you told us", "What changed"):
        assert heading in text(cards[0].card)
    assert "Staff bulletin" in text(opened)
    # A reader changes nothing.
    assert not {"Draft again", "Ask for approval", "Approve and send"} & set(titles(opened))


@on_one_engine
@pytest.mark.rule("SG-05")
def test_a_reader_takes_copies_along_and_the_offer_names_no_case(council: Council, people: Staff) -> None:
    with council.write() as work:
        some_audits(work, council, people)
        pack = a_sent_pack(work, council, people)
    chat = chat_of(council, people.service_manager)
    opened = chat.presses("Open", chat.types("packs"))

    asked = [chat.presses(title, opened) for title in ("Word copy", "Excel copy")]

    assert all("comes in a message of its own" in text(card) for card in asked)
    with council.read() as view:
        kinds = [offer.kind for n in (1, 2) if (offer := view.offers.get(n)) is not None]
        card = CARDS["file_offer"](
            Drawing(view, council, view.notices.of("file_offer", 1)[0], people.service_manager, LATER, "n")
        )
    assert kinds == list(PACKS.values())
    assert "Quarterly report to the QA Board, Q1 2026-27.docx" in json.dumps(card.activity())  # type: ignore[union-attr]
    assert pack.hash


@on_one_engine
def test_nobody_reads_a_pack_before_it_is_sent_but_its_writers_and_who_approves_it(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        pack = an_asked_pack(work, council, people)
        assert the_pack(work, pack.id).content["parts"][0]["key"] == CHILDREN

    listed = chat_of(council, people.service_manager).types("packs")

    assert "Nothing has been sent to you yet" in text(listed)
    assert titles(listed) == []
    assert "I am not sure" in text(chat_of(council, people.practitioner).types("packs"))


@on_one_engine
def test_notices_fall_away_once_the_pack_stands_otherwise(council: Council, people: Staff) -> None:
    with council.write() as work:
        pack = a_sent_pack(work, council, people)
        for kind in (DRAFTED, TO_APPROVE, SENT_BACK):
            work.notices.queue(kind=kind, subject_id=pack.id, person_id=people.qa_officer.id, now=LATER)
            assert all(isinstance(one, Needless) for one in drawn(work, council, kind, pack.id)), kind
