"""A file offered in the chat, or mailed where Teams cannot reach the person and it says nothing of a case."""

import pytest

from cards.files import CONSENT_TYPE, read_consent
from domain.audits import Returned
from domain.people import Post
from scheduler.courier import Courier
from tests.builders import NOW, Staff, a_submitted_audit, an_accepted_audit, reachable
from tests.doubles.post import FakeMailer, FakePost
from tests.scheduler.test_told_by_mail import drained
from tests.workflows.test_offering import offered
from workflows.auditing import return_audit
from workflows.council import Council
from workflows.offer_kinds import AUDIT_COPY, CALENDAR_HOLDS
from workflows.offering import decline_file, offer_file


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


@pytest.mark.rule("CA-22")
async def test_calendar_holds_are_mailed_once_where_teams_reaches_nobody_and_noted_with_the_audit(
    council: Council, people: Staff, courier: Courier, mailer: FakeMailer
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        offer_file(
            work, council, by=people.auditor, kind=CALENDAR_HOLDS, subject_id=audit.id, token="t-1", now=NOW
        )
    await drained(courier)
    with council.write() as work:
        work.notices.revive_unreachable(people.auditor.id, NOW)
    await drained(courier)

    (mail,) = [mail for mail in mailer.mails if mail.attachments]
    (file,) = mail.attachments
    assert (file.name, file.content_type) == ("audit-days.ics", "text/calendar")
    assert file.content.startswith(b"BEGIN:VCALENDAR")
    assert audit.case_reference not in mail.subject + mail.body + file.content.decode()
    with council.read() as view:
        rows = [row for row in view.trail.rows(f"audit:{audit.id}") if row.verb == "exported"]
    assert [row.actor for row in rows] == [people.auditor.id]


async def test_calendar_holds_are_not_offered_for_an_audit_that_is_done(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    with council.write() as work:
        reachable(work, people.auditor)
        audit = an_accepted_audit(work, people)
        offer_file(
            work, council, by=people.auditor, kind=CALENDAR_HOLDS, subject_id=audit.id, token="t-1", now=NOW
        )
        return_audit(work, audit, because=Returned.CASE_CLOSED, note="", by=None, now=NOW)

    await drained(courier)

    assert CONSENT_TYPE not in str(post.in_chat(people.auditor.id))


@pytest.mark.rule("SG-01")
async def test_a_copy_is_asked_about_without_naming_the_case_and_never_mailed(
    council: Council, people: Staff, courier: Courier, post: FakePost, mailer: FakeMailer
) -> None:
    with council.write() as work:
        reachable(work, people.team_manager)
        audit = a_submitted_audit(work, council, people)
        for number, reader in enumerate((people.team_manager, people.practitioner)):
            offer_file(
                work, council, by=reader, kind=AUDIT_COPY, subject_id=audit.id, token=f"t-{number}", now=NOW
            )

    await drained(courier)

    (question,) = [m for m in post.in_chat(people.team_manager.id) if CONSENT_TYPE in str(m)]
    assert not [word for word in (audit.case_reference, "Perry", "Good", "school") if word in str(question)]
    assert all(mail.attachments == () for mail in mailer.mails)
    assert audit.case_reference not in str(mailer.mails)
