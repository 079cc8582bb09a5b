"""A safety alert, from any page.

Auditor   on the page about planning, half a sentence typed: [Raise a safety alert]
Plumbline keeps the half sentence. Duty team 01632 960101, out of hours 01632 960102. What worries you?
Auditor   writes, [Send the alert]
Plumbline I am telling Toni Manager, Shay Service, Cory Cover now. This does not replace a call. [Back]
Auditor   [Back]
Plumbline the page about planning, with the half sentence in it
Manager   [I have seen this and am acting on it]
"""

from datetime import UTC, datetime, timedelta

import pytest

from cards.payloads import AcknowledgeSafety, AskSafety, OpenOverview, RaiseSafety, ReadShared
from cards.size import LIMIT_BYTES, size_bytes
from cards.views import REVIEW
from domain.audits import AuditState
from domain.framework import Framework
from domain.pages import TEXT_LIMIT, page_keys
from domain.people import Leave, Post
from tests.builders import (
    NOW,
    Staff,
    a_person,
    a_returned_audit,
    a_submitted_audit,
    an_accepted_audit,
    an_allocated_audit,
)
from tests.chat import Chat, buttons, text
from tests.dialogs.scripts import Card, at_page, on_one_engine, saved, trail, values, without_nonces
from workflows.council import Council

CONCERN = "Not seen for six weeks and an injury is unexplained."


@pytest.mark.rule("SG-02", "Q16")
def test_from_a_page_what_was_typed_is_kept_and_the_way_back_leads_there(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)

    form = chat.presses("Raise a safety alert", at_page(chat, audit, "planning"), judgement="Half a sen")
    raised = chat.presses("Send the alert", form, concern=CONCERN)
    back = chat.presses("Back", raised)

    for number in ("01632 960101", "01632 960102"):
        assert number in text(form)
        assert number in text(raised)
    assert "does not replace a call" in text(raised)
    for person in (people.team_manager, people.service_manager, people.cover):
        assert person.name in text(raised)
    assert saved(council, audit.id, "planning")["judgement"] == "Half a sen"
    assert values(back)["judgement"] == "Half a sen"


@on_one_engine
@pytest.mark.rule("SG-02", "Q16")
def test_an_alert_can_be_raised_from_any_page(council: Council, people: Staff, framework: Framework) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people, has_contact_section=True)
    chat = Chat(council, people.auditor)

    for key in (*page_keys(framework, has_contact_section=True), REVIEW):
        page = at_page(chat, audit, key)
        form = chat.presses("Raise a safety alert", page)
        assert "concern" in values(form)
        assert without_nonces(chat.presses("Go back", form)) == without_nonces(page)
        raised = chat.presses("Send the alert", form, concern=f"Seen on {key}.")
        assert without_nonces(chat.presses("Back", raised)) == without_nonces(page)


@pytest.mark.rule("SG-02", "Q16")
@pytest.mark.parametrize("state", list(AuditState))
def test_the_auditor_can_raise_one_in_any_state(council: Council, people: Staff, state: AuditState) -> None:
    with council.write() as work:
        audit = {
            AuditState.ALLOCATED: lambda: an_allocated_audit(work, people),
            AuditState.ACCEPTED: lambda: an_accepted_audit(work, people),
            AuditState.SUBMITTED: lambda: a_submitted_audit(work, council, people),
            AuditState.RETURNED: lambda: a_returned_audit(work, people),
        }[state]()
    chat = Chat(council, people.auditor)
    here = chat.sends(OpenOverview(audit.id).pack())
    if state is AuditState.SUBMITTED:
        here = chat.presses("Read it", here)

    form = chat.presses("Raise a safety alert", here)
    raised = chat.presses("Send the alert", form, concern=CONCERN)

    assert "Safety alert raised" in text(raised)
    for back in (chat.presses("Go back", form), chat.presses("Back", raised)):
        assert without_nonces(back) == without_nonces(here)


@pytest.mark.rule("SG-02", "CA-17")
def test_a_comment_half_typed_on_a_shared_audit_is_there_on_the_way_back(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
    chat = Chat(council, people.practitioner)
    shared = chat.sends(ReadShared(audit.id, "summary").pack())

    form = chat.presses("Raise a safety alert", shared, comment="I remember the vis")
    refused = chat.presses("Send the alert", form, concern=" ")
    raised = chat.presses("Send the alert", refused, concern=CONCERN)

    for card, button in ((form, "Go back"), (refused, "Go back"), (raised, "Back")):
        assert values(chat.presses(button, card))["comment"] == "I remember the vis"
    with council.read() as view:
        assert view.audits.comments(audit.id) == ()


@pytest.mark.rule("SG-02", "CA-18")
def test_a_reason_half_typed_comes_back_as_well(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
    chat = Chat(council, people.team_manager)
    shared = chat.sends(ReadShared(audit.id, "summary").pack())

    form = chat.presses("Raise a safety alert", shared, review_reason="The grade may n")

    assert values(chat.presses("Go back", form))["review_reason"] == "The grade may n"


@pytest.mark.rule("SG-02")
@pytest.mark.parametrize("length", [TEXT_LIMIT, TEXT_LIMIT + 1, 60_000])
def test_no_text_that_came_along_keeps_the_alert_from_being_raised(
    council: Council, people: Staff, length: int
) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
    chat = Chat(council, people.practitioner)
    along = {"comment": '"' * length, "review_reason": "\\" * length}

    form = chat.sends({**AskSafety(audit.id).pack(), **along})
    raised = chat.sends({**RaiseSafety(audit.id, "n").pack(), **along, "concern": CONCERN})

    assert "concern" in values(form)
    assert "Safety alert raised" in text(raised)
    assert size_bytes(form) < LIMIT_BYTES
    assert size_bytes(raised) < LIMIT_BYTES


@on_one_engine
def test_a_mistyped_date_delays_nothing_and_the_rest_is_kept(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)

    form = chat.presses(
        "Raise a safety alert", at_page(chat, audit, "file"), read_on="yesterday-ish", note="Gaps since June."
    )

    assert "concern" in values(form)
    assert saved(council, audit.id, "file") == {"read_on": None, "note": "Gaps since June."}


@pytest.mark.rule("SG-02")
def test_from_an_old_card_both_texts_are_kept(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    old = at_page(chat, audit, "planning")
    chat.presses("Save and see", at_page(chat, audit, "planning"), judgement="Saved at the desk.")

    form = chat.presses("Raise a safety alert", old, judgement="Typed on the phone.")

    assert "concern" in values(form)
    assert saved(council, audit.id, "planning")["judgement"] == "Saved at the desk.\nTyped on the phone."


def test_a_forged_owner_does_not_slip_in_on_the_way(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)

    chat.presses(
        "Raise a safety alert",
        at_page(chat, audit, "actions"),
        action_what_1="Ring.",
        action_owner_1=str(people.bystander.id),
    )

    assert saved(council, audit.id, "actions")["actions"] == [["Ring.", None, None]]


@on_one_engine
@pytest.mark.parametrize(
    ("concern", "said"),
    [
        ("  ", "Please say in a sentence what worries you"),
        ("x" * 2001, "Please keep it within 2,000 characters"),
    ],
)
def test_a_form_that_needs_another_look_keeps_what_was_typed(
    council: Council, people: Staff, concern: str, said: str
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    form = chat.presses("Raise a safety alert", at_page(chat, audit, "planning"))

    again = chat.presses("Send the alert", form, concern=concern)

    assert said in text(again)
    assert values(again)["concern"].strip() == concern.strip()
    assert ("raised a safety alert", people.auditor.id) not in trail(council, audit.id)
    back = chat.presses("Go back", again)
    assert "Planning" in text(back)


@pytest.mark.rule("SG-02", "Q16")
def test_managers_acknowledge_and_see_who_else_has(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    form = chat.presses("Raise a safety alert", chat.sends(OpenOverview(audit.id).pack()))
    chat.presses("Send the alert", form, concern=CONCERN)
    press = AcknowledgeSafety(1, "n").pack()

    first = Chat(council, people.team_manager, now=NOW + timedelta(minutes=4)).sends(press)
    second = Chat(council, people.cover, now=NOW + timedelta(minutes=9)).sends(press)

    assert CONCERN in text(first)
    assert people.team_manager.name in text(second)
    assert people.cover.name in text(second)
    assert "I have seen this" not in str([title for title, _ in buttons(second)])
    assert ("acknowledged a safety alert", people.cover.id) in trail(council, audit.id)


@pytest.mark.rule("SG-02", "Q16")
@pytest.mark.parametrize("part", ["summary", "planning"])
@pytest.mark.parametrize("who", ["auditor", "practitioner", "line_manager", "team_manager", "qa_officer"])
def test_every_reader_of_a_shared_audit_can_raise_one_wherever_they_read(
    council: Council, people: Staff, who: str, part: str
) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
    chat = Chat(council, getattr(people, who))
    here = chat.sends(ReadShared(audit.id, part).pack())

    form = chat.presses("Raise a safety alert", here)
    raised = chat.presses("Send the alert", form, concern=CONCERN)

    assert people.team_manager.name in text(raised)
    for back in (chat.presses("Go back", form), chat.presses("Back", raised)):
        assert without_nonces(back) == without_nonces(here)


def _recipients(council: Council, alert_id: int = 1) -> dict[str, dict[int, datetime]]:
    """Kind of notice and medium to whom it goes and when it is due."""
    found: dict[str, dict[int, datetime]] = {}
    with council.read() as view:
        for kind in ("safety_alert", "safety_escalation"):
            for notice in view.notices.of(kind, alert_id):
                assert notice.person_id is not None
                found.setdefault(f"{kind} {notice.medium}", {})[notice.person_id] = notice.due_at
    return found


def _form(council: Council, people: Staff) -> Card:
    """The form, opened from the overview of the auditor's one audit."""
    chat = Chat(council, people.auditor)
    overview = chat.presses("Open", chat.types("my audits"))
    return chat.presses("Raise a safety alert", overview)


def _raise_at(council: Council, people: Staff, now: datetime) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor, now=now)
    form = chat.presses("Raise a safety alert", chat.sends(OpenOverview(audit.id).pack()))
    chat.presses("Send the alert", form, concern=CONCERN)


@pytest.mark.rule("SG-02", "Q16")
@pytest.mark.parametrize(
    ("raised_at", "escalated_at"),
    [
        pytest.param(NOW, NOW + timedelta(hours=2), id="two hours later"),
        pytest.param(
            datetime(2026, 5, 3, 20, 45, tzinfo=UTC),
            datetime(2026, 5, 3, 22, 45, tzinfo=UTC),
            id="a Sunday evening",
        ),
        pytest.param(
            datetime(2026, 5, 1, 21, 30, tzinfo=UTC),
            datetime(2026, 5, 1, 22, 45, tzinfo=UTC),
            id="in any case the same day",
        ),
        pytest.param(
            datetime(2026, 5, 1, 22, 50, tzinfo=UTC),
            datetime(2026, 5, 1, 22, 50, tzinfo=UTC),
            id="at once when the day is over",
        ),
    ],
)
def test_managers_are_told_at_once_by_card_and_mail_and_the_director_later_the_same_day(
    council: Council, people: Staff, raised_at: datetime, escalated_at: datetime
) -> None:
    _raise_at(council, people, raised_at)

    managers = dict.fromkeys((people.team_manager.id, people.service_manager.id, people.cover.id), raised_at)
    assert _recipients(council) == {
        "safety_alert teams": managers,
        "safety_alert email": managers,
        "safety_escalation teams": {people.ad_qa.id: escalated_at},
        "safety_escalation email": {people.ad_qa.id: escalated_at},
    }


@pytest.mark.rule("SG-02", "Q16")
def test_leave_holds_no_alert_back(council: Council, people: Staff) -> None:
    with council.write() as work:
        away = (Leave(NOW.date(), NOW.date() + timedelta(days=14)),)
        work.people.change(people.team_manager.id, {"leave": away, "cover_id": people.bystander.id})

    _raise_at(council, people, NOW)

    told = _recipients(council)["safety_alert teams"]
    assert {people.team_manager.id, people.bystander.id} <= set(told)


@pytest.mark.rule("SG-02", "Q16")
def test_without_any_manager_the_office_is_told_so_that_no_alert_goes_nowhere(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        work.people.mark_left(
            [people.team_manager.id, people.service_manager.id, people.cover.id], NOW.date()
        )

    _raise_at(council, people, NOW)

    assert set(_recipients(council)["safety_alert teams"]) == {people.qa_officer.id}


@pytest.mark.rule("SG-02", "Q16")
def test_without_an_ad_for_qa_the_other_assistant_director_is_told_and_failing_both_the_office(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        work.people.mark_left([people.ad_qa.id], NOW.date())
        other = a_person(work, "Ash Director", Post.AD_CARE)
    _raise_at(council, people, NOW)
    in_two_hours = NOW + timedelta(hours=2)
    first = _recipients(council)

    with council.write() as work:
        work.people.mark_left([other.id], NOW.date())
    Chat(council, people.auditor).presses("Send the alert", _form(council, people), concern="Another worry.")
    second = _recipients(council, alert_id=2)

    for told, who in ((first, other), (second, people.qa_officer)):
        assert told["safety_escalation teams"] == {who.id: in_two_hours}
        assert told["safety_escalation email"] == {who.id: in_two_hours}


@pytest.mark.rule("SG-02")
def test_a_director_who_was_told_at_once_is_not_told_again(council: Council, people: Staff) -> None:
    with council.write() as work:
        work.people.change(people.team_manager.id, {"cover_id": people.ad_qa.id})
        a_person(work, "Deputy Director", Post.AD_QA)

    _raise_at(council, people, NOW)

    told = _recipients(council)
    assert people.ad_qa.id in told["safety_alert teams"]
    assert people.ad_qa.id not in told["safety_escalation teams"]
    assert len(told["safety_escalation teams"]) == 1


def test_two_concerns_are_two_alerts(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    overview = chat.sends(OpenOverview(audit.id).pack())

    for concern in ("First.", "Second."):
        chat.presses("Send the alert", chat.presses("Raise a safety alert", overview), concern=concern)

    assert trail(council, audit.id).count(("raised a safety alert", people.auditor.id)) == 2
