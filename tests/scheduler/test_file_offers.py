"""A file offered in the chat, or mailed where Teams cannot reach the person and it says nothing of a case."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from cards.files import CONSENT_TYPE, read_consent
from domain.people import Post
from domain.trail import day_chain
from scheduler import rendering_files
from scheduler.courier import Courier
from tests.builders import NOW, Staff, reachable
from tests.doubles.post import FakeMailer, FakePost
from tests.scheduler.test_told_by_mail import drained
from tests.workflows.test_offering import offered
from workflows import offering
from workflows.council import Council
from workflows.offering import KINDS, ROUND_PROPOSAL, OfferKind, decline_file

CONTENT = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def mailable(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the offered file were one that may go by mail."""
    kind = replace(
        KINDS[ROUND_PROPOSAL], mailable=True, make=lambda *_: CONTENT, content_type="text/calendar"
    )
    kinds: Mapping[str, OfferKind] = {**KINDS, ROUND_PROPOSAL: kind}
    monkeypatch.setattr(offering, "KINDS", kinds)
    monkeypatch.setattr(rendering_files, "KINDS", kinds)


async def test_the_question_comes_into_the_chat_with_a_preview_that_names_no_case(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    with council.write() as work:
        reachable(work, people.qa_officer)
        offered(work, council, people, people.qa_officer)

    await drained(courier)

    (message,) = [m for m in post.in_chat(people.qa_officer.id) if "file" in m["summary"].lower()]
    (attachment,) = message["attachments"]
    assert attachment["contentType"] == CONSENT_TYPE
    answer = {"type": "fileUpload", "action": "decline", "context": attachment["content"]["declineContext"]}
    assert read_consent(answer).token == "t-1"


async def test_what_was_answered_or_is_no_longer_theirs_is_not_asked_again(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    with council.write() as work:
        reachable(work, people.qa_officer)
        offered(work, council, people, people.qa_officer)
        offered(work, council, people, people.qa_officer, token="t-2")
        decline_file(work, by=people.qa_officer, token="t-1", now=NOW)
        work.people.change(people.qa_officer.id, {}, [Post.PRACTITIONER])

    await drained(courier)

    assert CONSENT_TYPE not in str(post.in_chat(people.qa_officer.id))


@pytest.mark.rule("SG-01")
async def test_a_file_about_cases_stays_out_of_the_mail_and_the_mail_only_says_that_something_waits(
    council: Council, people: Staff, courier: Courier, mailer: FakeMailer
) -> None:
    with council.write() as work:
        offered(work, council, people, people.qa_officer)

    await drained(courier)

    (mail,) = mailer.mails
    assert "Something waits" in mail.subject
    assert mail.attachments == ()


async def test_another_file_is_mailed_once_and_noted(
    council: Council, people: Staff, courier: Courier, mailer: FakeMailer, mailable: None
) -> None:
    with council.write() as work:
        offer_id = offered(work, council, people, people.qa_officer)
    await drained(courier)
    with council.write() as work:
        work.notices.revive_unreachable(people.qa_officer.id, NOW)
    await drained(courier)

    (mail,) = [mail for mail in mailer.mails if mail.attachments]
    (file,) = mail.attachments
    assert (file.name, file.content_type, file.content) == (
        "Audit round 2026-05, proposal.xlsx",
        "text/calendar",
        CONTENT,
    )
    with council.read() as view:
        rows = [row for row in view.trail.rows(day_chain(NOW.date())) if row.verb == "exported"]
        assert len(rows) == 1
        assert view.offers.get(offer_id) is not None
