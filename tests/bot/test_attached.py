"""Lists attached in chat: fetched for those who may bring them, from the council's host, and kept whole."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.asking import clock
from bot.attaching import MOST_FILES
from dialogs.answering import answer, busy
from dialogs.turn import Reply, Turn
from domain.people import Person, Post
from domain.trail import day_chain
from tests.builders import a_person
from tests.chat import buttons, text
from tests.doubles.files import FileHost
from tests.doubles.service import Caller, Service
from workflows.council import Busy, Council, View
from workflows.people import may_bring_lists

DATA = Path(__file__).parents[1] / "data"
STAFF = (DATA / "staff_windows_1252.csv").read_bytes()
CASES = (DATA / "cases_utf8_bom.csv").read_bytes()


@pytest.fixture
def officer(service: Service) -> Person:
    with service.council.write() as work:
        return a_person(
            work, "Tansy Wetherby", Post.QAO, email="tansy.wetherby@council.example.gov.uk", directory_id="tw"
        )


@pytest.fixture
def tansy(service: Service, officer: Person) -> Caller:
    """The QA officer at the keyboard."""
    return service.caller(officer)


def everyone(service: Service) -> set[str]:
    with service.council.read() as view:
        return {person.name for person in view.people.everyone()}


def references(service: Service) -> set[str]:
    with service.council.read() as view:
        return {case.reference for case in view.cases.everything()}


async def test_two_lists_attached_together_are_taken_in_one_after_the_other(
    service: Service, tansy: Caller, file_host: FileHost
) -> None:
    staff_file, case_file = file_host.put("staff.csv", STAFF), file_host.put("cases.csv", CASES)

    first, second = await tansy.attaches(staff_file, case_file)

    assert "staff.csv" in text(first)
    assert "cases.csv" in text(second)
    assert "Renée Fennimore" in everyone(service)
    assert references(service) == {"CF-10234", "CF-10235", "CF-10236"}
    assert "Nothing was taken in" not in text(first) + text(second)
    assert [fetched.authorization for fetched in file_host.fetched] == [None, None]


async def test_a_list_without_directory_ids_unbinds_nobody(
    service: Service, tansy: Caller, file_host: FileHost
) -> None:
    await tansy.attaches(file_host.put("staff.csv", STAFF))

    card = await tansy.types("help")

    assert "How I can help" in text(card)


async def test_the_same_list_again_changes_nothing(
    service: Service, tansy: Caller, file_host: FileHost
) -> None:
    attached = file_host.put("staff.csv", STAFF)
    await tansy.attaches(attached)
    before = everyone(service)

    (card,) = await tansy.attaches(attached)

    assert everyone(service) == before
    assert "0 new" in text(card) or "nothing" in text(card).lower()


async def test_a_list_that_drops_many_waits_for_the_officers_yes(
    service: Service, tansy: Caller, file_host: FileHost
) -> None:
    await tansy.attaches(file_host.put("staff.csv", STAFF))
    lines = STAFF.split(b"\n")
    shorter = b"\n".join(line for line in lines if not line.startswith((b"Bram", b"Ren")))
    (asked,) = await tansy.attaches(file_host.put("shorter.csv", shorter))
    assert "Bram Thistledown" in everyone(service)

    done = await tansy.presses("Yes, it is the whole list", asked)

    assert "Bram Thistledown" not in everyone(service)
    assert "2 marked as left" in text(done)


async def test_problems_are_listed_and_nothing_is_kept(
    service: Service, tansy: Caller, file_host: FileHost
) -> None:
    broken = STAFF.replace(b"Mon-Thu", b"whenever")

    (card,) = await tansy.attaches(file_host.put("staff.csv", broken))

    assert "whenever" in text(card)
    assert everyone(service) == {"Tansy Wetherby"}


@pytest.mark.rule("SG-01")
async def test_a_list_with_childrens_names_is_refused_with_the_reason(
    service: Service, tansy: Caller, file_host: FileHost
) -> None:
    await tansy.attaches(file_host.put("staff.csv", STAFF))
    named = CASES.replace(b"Office", b"Child name", 1).replace(b"North", b"Marigold Canary")

    (card,) = await tansy.attaches(file_host.put("cases.csv", named))

    assert "Child name" in text(card)
    assert "Marigold" not in text(card)
    assert references(service) == set()


async def test_nobody_elses_file_is_even_fetched(
    service: Service, tansy: Caller, file_host: FileHost
) -> None:
    with service.council.write() as work:
        person = a_person(work, "Perry Practitioner", Post.PRACTITIONER)
    perry = service.caller(person)

    (card,) = await perry.attaches(file_host.put("staff.csv", STAFF))

    assert "not yours" in text(card)
    assert file_host.fetched == []
    assert "Renée Fennimore" not in everyone(service)
    with service.council.read() as view:
        rows = view.trail.rows(day_chain(service.council.today(clock())))
    assert [row.actor for row in rows if row.verb == "was refused"] == [person.id]


async def test_an_officer_whom_nobody_knew_yet_can_attach_at_first_contact(
    service: Service, file_host: FileHost
) -> None:
    with service.council.write() as work:
        new = a_person(work, "Orrin Officer", Post.QAO, directory_id=None)
    caller = Caller(service, "new-officer", "29:new-officer", "chat-of-new-officer")
    caller.known_as(new.email)

    (card,) = await caller.attaches(file_host.put("staff.csv", STAFF))

    assert "Is it the whole list?" in text(card)
    assert "Nothing was taken in" not in text(card)
    assert len(file_host.fetched) == 1


async def test_a_strangers_file_is_not_fetched(service: Service, tansy: Caller, file_host: FileHost) -> None:
    stranger = Caller(service, "nobody", "29:nobody", "chat-of-nobody")

    cards = await stranger.attaches(file_host.put("a.csv", STAFF), file_host.put("b.csv", CASES))

    assert len(cards) == 1
    assert "I do not know you yet" in text(cards[0])
    assert file_host.fetched == []


@pytest.mark.parametrize(
    ("size", "said"), [(10 * 1024 * 1024 + 1, "larger than 10 MB")], ids=["a byte over the limit"]
)
async def test_a_file_too_large_is_answered_kindly(
    service: Service, tansy: Caller, file_host: FileHost, size: int, said: str
) -> None:
    (card,) = await tansy.attaches(file_host.put("staff.csv", b"x" * size))

    assert said in text(card)
    assert everyone(service) == {"Tansy Wetherby"}


async def test_a_file_kept_elsewhere_is_not_asked_for(
    service: Service, tansy: Caller, file_host: FileHost
) -> None:
    attachment: dict[str, Any] = file_host.put("staff.csv", STAFF)
    attachment["content"]["downloadUrl"] = "https://files.example/staff.csv"

    (card,) = await tansy.attaches(attachment)

    assert "somewhere the council has not allowed" in text(card)
    assert everyone(service) == {"Tansy Wetherby"}


async def test_one_unfit_file_does_not_keep_the_other_from_being_read(
    service: Service, tansy: Caller, file_host: FileHost
) -> None:
    elsewhere = file_host.put("other.csv", STAFF)
    elsewhere["content"] = {**elsewhere["content"], "downloadUrl": "https://files.example/other.csv"}

    unfit, read = await tansy.attaches(elsewhere, file_host.put("staff.csv", STAFF))

    assert "could not read that file" in text(unfit)
    assert "other.csv" in text(unfit)
    assert "staff.csv" in text(read)
    assert "Renée Fennimore" in everyone(service)


async def test_a_crowd_of_files_is_refused_with_one_note_and_none_is_fetched(
    service: Service, tansy: Caller, file_host: FileHost
) -> None:
    files = [file_host.put(f"{n}.csv", STAFF) for n in range(MOST_FILES + 1)]

    (card,) = await tansy.attaches(*files)

    assert "at most 5 in one message" in text(card)
    assert "nothing has changed" in text(card)
    assert file_host.fetched == []
    assert everyone(service) == {"Tansy Wetherby"}


async def test_as_many_files_as_are_read_each_have_an_answer_and_the_right_is_looked_up_once(
    service: Service, tansy: Caller, file_host: FileHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def look(view: View, council: Council, directory_id: str, now: datetime) -> bool | None:
        looked.append(directory_id)
        return may_bring_lists(view, council, directory_id, now)

    monkeypatch.setattr("bot.attaching.may_bring_lists", look)

    cards = await tansy.attaches(*(file_host.put(f"{n}.csv", STAFF) for n in range(MOST_FILES)))

    assert len(cards) == MOST_FILES
    assert len(file_host.fetched) == MOST_FILES
    assert looked == ["tw"]


async def test_somebody_elses_crowd_of_files_is_refused_once(
    service: Service, tansy: Caller, file_host: FileHost
) -> None:
    with service.council.write() as work:
        person = a_person(work, "Perry Practitioner", Post.PRACTITIONER)

    cards = await service.caller(person).attaches(*(file_host.put(f"{n}.csv", STAFF) for n in range(20)))

    assert len(cards) == 1
    assert "not yours" in text(cards[0])
    assert file_host.fetched == []
    with service.council.read() as view:
        rows = view.trail.rows(day_chain(service.council.today(clock())))
    assert [row.actor for row in rows if row.verb == "was refused"] == [person.id]


async def test_files_that_take_too_long_are_named_and_teams_is_answered_in_time(
    service: Service, tansy: Caller, file_host: FileHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.attaching.FETCH_SECONDS", 0.5)
    elsewhere = file_host.put("other.csv", STAFF)
    elsewhere["content"] = {**elsewhere["content"], "downloadUrl": "https://files.example/other.csv"}
    file_host.hang = True

    unfit, late = await tansy.attaches(
        elsewhere, file_host.put("staff.csv", STAFF), file_host.put("cases.csv", CASES)
    )

    assert "other.csv" in text(unfit)
    assert "staff.csv" in text(late)
    assert "cases.csv" in text(late)
    assert "nothing of these files was read" in text(late)
    assert len(file_host.fetched) == 1
    assert everyone(service) == {"Tansy Wetherby"}


async def test_a_note_on_one_of_several_files_says_which_and_speaks_of_no_other(
    service: Service, tansy: Caller, file_host: FileHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy_for_cases(council: Council, turn: Turn) -> Reply:
        return busy() if turn.filename == "cases.csv" else answer(council, turn)

    monkeypatch.setattr("bot.asking.answer", busy_for_cases)

    taken, put_off = await tansy.attaches(
        file_host.put("staff.csv", STAFF), file_host.put("cases.csv", CASES)
    )

    assert "staff.csv" in text(taken)
    assert "cases.csv" in text(put_off)
    assert "nothing was saved" in text(put_off)
    assert "Renée Fennimore" in everyone(service)
    assert references(service) == set()


async def test_files_that_come_while_the_database_is_busy_are_asked_for_again(
    service: Service, tansy: Caller, file_host: FileHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_connection(*_given: object) -> bool | None:
        raise Busy

    monkeypatch.setattr("bot.attaching.may_bring_lists", no_connection)

    (card,) = await tansy.attaches(file_host.put("staff.csv", STAFF), file_host.put("cases.csv", CASES))

    assert "nothing was saved" in text(card)
    assert file_host.fetched == []


async def test_formatted_text_that_teams_adds_to_every_message_is_no_file(tansy: Caller) -> None:
    formatted = {"contentType": "text/html", "content": "<p>help</p>"}

    card = await tansy.types("help", attachments=[formatted])

    assert "How I can help" in text(card)
    assert buttons(card)
