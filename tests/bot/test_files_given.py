"""A file from the press that asks for it to the OneDrive it is put into, over real HTTP on stand-ins."""

import io
from typing import Any

import docx
import openpyxl
import pytest
import sqlalchemy as sa

from bot.asking import clock
from cards.files import CONSENT_TYPE, INFO_TYPE
from cards.payloads import ReadShared
from domain.people import Post
from domain.trail import day_chain
from storage.tables import notices
from tests.builders import Staff, a_submitted_audit, reachable, staff
from tests.doubles import activities
from tests.doubles.files import FileHost
from tests.doubles.service import Caller, Service
from tests.workflows.caseloads import a_caseload, proposed

XLSX = "Audit round 2026-05, proposal.xlsx"


@pytest.fixture
def people(service: Service) -> Staff:
    with service.council.write() as work:
        made = staff(work)
        reachable(work, made.qa_officer, service_url=service.teams.service_url)
        a_caseload(work, made)
        proposed(work, service.council)
    return made


@pytest.fixture
def quinn(service: Service, people: Staff) -> Caller:
    """The QA officer at the keyboard."""
    return service.caller(people.qa_officer)


async def asked(service: Service, quinn: Caller) -> tuple[str, dict[str, Any]]:
    """The question in the chat: its message and its card, after the press that asks for the file."""
    card = await quinn.presses("Open the round", await quinn.types("status"))
    await quinn.presses("Send me the proposal", card)
    return await question_for(service)


async def question_for(service: Service) -> tuple[str, dict[str, Any]]:
    """The first question that comes into the chat, once it is known to be there."""

    def found() -> tuple[str, dict[str, Any]] | None:
        for place, post in service.teams.posts.items():
            for attachment in post.get("attachments", []):
                if attachment["contentType"] == CONSENT_TYPE:
                    return place, attachment
        return None

    def settled() -> bool:
        with service.council.read() as view:
            return [notice.state for notice in view.notices.of("file_offer", 1)] == ["sent"]

    question: tuple[str, dict[str, Any]] = await service.eventually(found)
    await service.eventually(settled)
    return question


def yes(question: dict[str, Any], place: dict[str, Any] | None, **changes: Any) -> dict[str, Any]:
    """What Teams sends when the person says yes."""
    context = question["content"]["acceptContext"]
    return {"type": "fileUpload", "action": "accept", "context": context, "uploadInfo": place, **changes}


async def answers(caller: Caller, value: Any, place: str) -> int:
    """The status of the answer to a yes or no on this message."""
    status, _ = await caller.sends(caller.activity(activities.consent, value, replyToId=place))
    return status


def exported(service: Service) -> list[int | None]:
    """Who took files out today."""
    with service.council.read() as view:
        rows = view.trail.rows(day_chain(service.council.today(clock())))
        return [row.actor for row in rows if row.verb == "exported"]


def answered(service: Service) -> list[bool]:
    """Whether each question counts as answered."""
    found = sa.select(notices.c.answered_at).where(notices.c.kind == "file_offer")
    with service.council.database.engine.connect() as connection:
        return [moment is not None for moment in connection.execute(found).scalars()]


def refusals(service: Service) -> int:
    """How many refusals the trail holds today."""
    with service.council.read() as view:
        rows = view.trail.rows(day_chain(service.council.today(clock())))
        return sum(row.verb == "was refused" for row in rows)


def said(service: Service) -> str:
    """Everything that stands in all chats."""
    return str(list(service.teams.posts.values()))


@pytest.mark.rule("SG-05")
async def test_the_workbook_lands_in_the_officers_onedrive_and_the_chat_links_to_it(
    service: Service, people: Staff, quinn: Caller, file_host: FileHost
) -> None:
    place, question = await asked(service, quinn)

    status = await answers(quinn, yes(question, file_host.place(XLSX)), place)

    (put,) = file_host.uploads
    book = openpyxl.load_workbook(io.BytesIO(put.content))
    (card,) = service.teams.posts[place]["attachments"]
    assert status == 200
    assert put.authorization is None
    assert put.content_range == f"bytes 0-{len(put.content) - 1}/{len(put.content)}"
    assert book.sheetnames == ["Pairs", "Mix", "Notes"]
    assert book["Pairs"].max_row > 1
    assert (card["contentType"], card["name"]) == (INFO_TYPE, XLSX)
    assert exported(service) == [people.qa_officer.id]
    assert answered(service) == [True]


async def test_the_same_yes_four_times_puts_it_there_once(
    service: Service, quinn: Caller, file_host: FileHost
) -> None:
    place, question = await asked(service, quinn)

    statuses = [await answers(quinn, yes(question, file_host.place(XLSX)), place) for _ in range(4)]

    assert statuses == [200] * 4
    assert len(file_host.uploads) == 1
    assert len(exported(service)) == 1


async def test_a_no_says_so_in_place_of_the_question(
    service: Service, quinn: Caller, file_host: FileHost
) -> None:
    place, question = await asked(service, quinn)

    status = await answers(quinn, yes(question, None, action="decline"), place)

    assert status == 200
    assert "was not sent" in str(service.teams.posts[place])
    assert file_host.uploads == []
    assert exported(service) == []


async def test_a_place_outside_the_council_gets_nothing(
    service: Service, quinn: Caller, file_host: FileHost
) -> None:
    place, question = await asked(service, quinn)

    for change in ("uploadUrl", "contentUrl"):
        elsewhere = file_host.place(XLSX, **{change: "https://other-my.sharepoint.example/upload"})
        assert await answers(quinn, yes(question, elsewhere), place) == 200

    assert file_host.uploads == []
    assert "has not allowed" in said(service)
    assert "other-my.sharepoint.example" not in said(service)


async def test_a_failed_upload_can_be_tried_again_on_the_same_card(
    service: Service, quinn: Caller, file_host: FileHost
) -> None:
    place, question = await asked(service, quinn)
    file_host.status = 503
    first = await answers(quinn, yes(question, file_host.place(XLSX)), place)
    file_host.status = 200

    second = await answers(quinn, yes(question, file_host.place(XLSX)), place)

    assert (first, second) == (200, 200)
    assert "press Allow again" in said(service)
    assert service.teams.posts[place]["attachments"][0]["contentType"] == INFO_TYPE
    assert len(file_host.uploads) == 2


async def test_somebody_elses_yes_is_refused_and_noted(
    service: Service, people: Staff, quinn: Caller, file_host: FileHost
) -> None:
    place, question = await asked(service, quinn)
    auditor = service.caller(people.auditor)

    status = await answers(auditor, yes(question, file_host.place(XLSX)), place)

    assert status == 200
    assert file_host.uploads == []
    assert "was not offered to you" in said(service)
    assert refusals(service) == 1
    assert service.teams.posts[place]["attachments"][0]["contentType"] == CONSENT_TYPE
    assert await answers(quinn, yes(question, file_host.place(XLSX)), place) == 200
    assert len(file_host.uploads) == 1


async def test_an_officer_who_moved_on_meanwhile_gets_nothing(
    service: Service, people: Staff, quinn: Caller, file_host: FileHost
) -> None:
    place, question = await asked(service, quinn)
    with service.council.write() as work:
        work.people.change(people.qa_officer.id, {}, [Post.PRACTITIONER])

    await answers(quinn, yes(question, file_host.place(XLSX)), place)

    assert file_host.uploads == []
    assert exported(service) == []


@pytest.mark.rule("SG-05")
async def test_a_word_copy_lands_in_the_readers_onedrive_and_is_made_only_then(
    service: Service, people: Staff, quinn: Caller, file_host: FileHost
) -> None:
    with service.council.write() as work:
        audit = a_submitted_audit(work, service.council, people)
    read = quinn.activity(activities.press, ReadShared(audit.id, "summary").pack())
    _, answer = await quinn.sends(read)

    shown = await quinn.presses("Word copy", answer["value"])
    place, question = await question_for(service)
    before = list(file_host.uploads)
    name = question["name"]
    status = await answers(quinn, yes(question, file_host.place(name)), place)

    (put,) = file_host.uploads
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(put.content)).paragraphs)
    assert "Press Allow there" in str(shown)
    assert (before, status) == ([], 200)
    assert name == f"Audit {audit.id}, submitted 2026-05-01.docx"
    assert audit.case_reference not in str(question)
    assert audit.case_reference in text
    assert "Staying at one school." in text
    with service.council.read() as view:
        taken = [row.actor for row in view.trail.rows(f"audit:{audit.id}") if row.verb == "exported"]
    assert taken == [people.qa_officer.id]


async def test_damaged_answers_are_refused_without_harm(
    service: Service, quinn: Caller, file_host: FileHost
) -> None:
    place, question = await asked(service, quinn)
    good = yes(question, file_host.place(XLSX))
    context = question["content"]["acceptContext"]

    statuses = [
        await answers(quinn, odd, place)
        for odd in (
            None,
            "accept",
            [good],
            {},
            {**good, "action": "perhaps"},
            {**good, "type": "other"},
            {**good, "uploadInfo": None},
            {**good, "uploadInfo": {"uploadUrl": good["uploadInfo"]["uploadUrl"]}},
            {**good, "context": {**context, "plumbline": {"file": "guessed", "v": 1}}},
            {**good, "context": {"plumbline": {"file": ["t"], "v": 1}}},
        )
    ]

    assert set(statuses) <= {200, 400}
    assert file_host.uploads == []
    assert service.teams.posts[place]["attachments"][0]["contentType"] == CONSENT_TYPE


async def test_a_yes_in_a_channel_is_not_taken(service: Service, quinn: Caller, file_host: FileHost) -> None:
    place, question = await asked(service, quinn)
    quinn.kind = "channel"

    status = await answers(quinn, yes(question, file_host.place(XLSX)), place)

    assert status == 400
    assert file_host.uploads == []
