"""The Panel chooses: the draw in numbers, audits that look misgraded, a nomination from a manager.

Panel     draw                          12 of 40 audits are moderated … the form above 30 per cent
Panel     looks misgraded               3 audits look as if their grade may not fit. [See why]
→ the list                              [Look closer]
→ the audit in short                    a reason → [Choose it]
Chair     the day's card                A nomination to answer [Answer]
→ the nomination                        [Accept] [Decline] with a reason
Manager   the Panel's answer
"""

from datetime import UTC, date, datetime

import pytest

from cards.payloads_draw import AskChoose, ChooseAudit, ShowSuspects
from cards.payloads_panel import ShowNomination
from domain.audits import Audit
from domain.grades import Grade
from domain.pages import OVERALL, OverallPage, SectionPage
from domain.people import Person
from scheduler.drawing import Drawn, Needless
from tests.builders import Staff, a_submitted_audit, complete_pages, save_pages
from tests.chat import Chat, buttons, text
from tests.dialogs.scripts import on_one_engine, text_of, trail, values
from tests.moderations import Panel, the_panel
from tests.workflows.drawn import DRAW_DAY, a_proficient_auditor, a_submission, draws, submits
from tests.workflows.nudged import at, card_of, drawn, goes_on_leave, sweeps
from workflows.council import Council
from workflows.sharing import review_audit

pytestmark = on_one_engine

MID_MAY = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)
NEXT_DAY = datetime(2026, 5, 19, 9, 0, tzinfo=UTC)


@pytest.fixture
def panel(council: Council, people: Staff) -> Panel:
    with council.write() as work:
        return the_panel(work)


def chat_of(council: Council, person: Person, now: datetime = NEXT_DAY) -> Chat:
    return Chat(council, person, now=now)


def a_kind_audit(council: Council, people: Staff, auditor: Person | None = None) -> Audit:
    """Graded Good over sections that mostly are not, with an overall rationale that names no effect."""
    with council.write() as work:
        auditor = auditor or a_proficient_auditor(work, people, "Proficient Ann")
        audit = a_submission(work, people, auditor, now=MID_MAY)
        pages = complete_pages(council.framework, people, audit)
        for key, page in pages.items():
            if isinstance(page, SectionPage):
                pages[key] = SectionPage(Grade.REQUIRES_IMPROVEMENT, page.judgement, page.action, page.impact)
        pages[OVERALL] = OverallPage(Grade.GOOD, "The work was sound.", "Because visits were regular.", "")
        save_pages(work, audit, pages, now=MID_MAY)
    return audit


def put_forward(council: Council, people: Staff) -> Audit:
    with council.write() as work:
        auditor = a_proficient_auditor(work, people, "Proficient Ann")
        audit = submits(work, council, people, auditor, now=MID_MAY)
        save_pages(work, audit, complete_pages(council.framework, people, audit), now=MID_MAY)
        given = {"audit_id": audit.id, "nominate": True, "reason": "Others can learn.", "now": MID_MAY}
        review_audit(work, council, by=people.team_manager, **given)
    return audit


@pytest.mark.rule("MO-02", "Q3", "SG-03")
def test_the_chair_is_warned_sees_the_draw_and_goes_on_with_a_reason(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        for _ in range(4):
            submits(work, council, people, people.auditor, now=MID_MAY)
    draws(council)
    warned = drawn(council, panel.psw, DRAW_DAY, "draw_over", 1)
    assert isinstance(warned, Drawn)
    chair = chat_of(council, panel.psw, DRAW_DAY)

    asked = chair.presses("Go on with them", warned.card)
    passed = chair.presses("Go on with them", asked, reason="Two panels this month.")
    seen = chat_of(council, panel.first, DRAW_DAY).types("draw")

    assert "4 of 4 audits are moderated, which is 100 per cent." in text(warned.card)
    assert "Auditor with fewer than 3 moderated audits: \n4" in text(warned.card)
    assert "Please say in a sentence why the Panel goes on" in text(asked)
    assert "Pat Principal went on with it" in text(passed)
    assert "Two panels this month." in text(seen)
    assert [title for title, _ in buttons(seen)] == ["Looks misgraded", "My audits"]
    assert people.auditor.name not in text_of(seen)
    assert drawn(council, panel.psw, DRAW_DAY, "draw_over", 1) == Needless("the chair has gone on with it")


@pytest.mark.rule("MO-03", "SG-04", "SG-01")
def test_an_audit_that_looks_misgraded_is_chosen_with_a_reason(
    council: Council, people: Staff, panel: Panel
) -> None:
    audit = a_kind_audit(council, people)
    chat = chat_of(council, panel.second)

    told = chat.types("Looks misgraded")
    listed = chat.presses("See why", told)
    form = chat.presses("Look closer", listed)
    refused = chat.presses("Choose it", form)
    done = chat.presses("Choose it", refused, reason="The sections tell another story.")
    after = chat.sends(ShowSuspects(0).pack())

    assert "1 audit looks as if its grade may not fit." in text(told)
    assert audit.case_reference not in text_of(told) + text_of(listed)
    assert "The overall grade, Good, is above 7 of its 7 sections." in text(listed)
    assert "The overall rationale does not say what it meant for the child." in text(listed)
    assert audit.case_reference in text(form)
    assert "Staying at one school." in text(form)
    assert "why the Panel should look at it" in text(refused)
    assert "to be moderated by 1 June 2026" in text(done)
    assert "No audit that waits looks misgraded" in text(after)
    with council.read() as view:
        found = view.moderations.of_audit(audit.id)
    assert found is not None
    assert found.selected_note == "The sections tell another story."
    reads = [verb for verb, actor in trail(council, audit.id) if actor == panel.second.id]
    assert reads == ["read", "read", "read", "chose for moderation"]


@pytest.mark.rule("SG-02", "MO-08")
@pytest.mark.parametrize("of", ["an audit to choose", "a nomination"])
def test_the_panel_raises_a_safety_alert_before_anything_is_chosen_and_loses_no_word(
    council: Council, people: Staff, panel: Panel, of: str
) -> None:
    audit = put_forward(council, people)
    asked = AskChoose(audit.id) if of == "an audit to choose" else ShowNomination(audit.id)
    chat = chat_of(council, panel.psw)
    begun = "The sections tell another story."

    form = chat.presses("Raise a safety", chat.sends(asked.pack()), reason=begun)
    back = chat.presses("Go back", form)
    raised = chat.presses("Send the alert", form, concern="Nobody has seen the child.")
    after = chat.presses("Back", raised)

    assert values(back)["reason"] == values(after)["reason"] == begun
    assert text(back) == text(after)
    assert audit.case_reference in text(back)
    assert "Safety alert raised" in text(raised)
    assert ("raised a safety alert", panel.psw.id) in trail(council, audit.id)


@pytest.mark.rule("SG-02")
def test_a_nomination_that_is_answered_still_offers_the_safety_alert(
    council: Council, people: Staff, panel: Panel
) -> None:
    audit = put_forward(council, people)
    chat = chat_of(council, panel.psw)

    done = chat.presses("Accept", chat.sends(ShowNomination(audit.id).pack()))
    form = chat.presses("Raise a safety", done)

    assert "What worries you about this child" in text(form)
    assert text(chat.presses("Go back", form)) == text(done)


@pytest.mark.rule("Q9", "MO-03")
def test_nobody_is_shown_an_audit_they_are_tied_to_and_nobody_else_sees_the_list(
    council: Council, people: Staff, panel: Panel
) -> None:
    a_kind_audit(council, people, people.auditor)

    tied = chat_of(council, people.second_auditor).sends(ShowSuspects(0).pack())
    other = chat_of(council, panel.first).sends(ShowSuspects(0).pack())
    stranger = chat_of(council, people.team_manager).sends(ShowSuspects(0).pack())

    assert "Look closer" not in [title for title, _ in buttons(tied)]
    assert "Look closer" in [title for title, _ in buttons(other)]
    assert "not yours to open" in text(stranger)


def test_what_was_typed_stays_when_the_reason_is_too_long(
    council: Council, people: Staff, panel: Panel
) -> None:
    audit = a_kind_audit(council, people)
    chat = chat_of(council, panel.first)

    again = chat.sends({**ChooseAudit(audit.id, "n").pack(), "reason": "w" * 2001})

    assert "within 2,000 characters" in text(again)
    assert "w" * 2001 in text_of(again)


@pytest.mark.rule("Q6", "MO-03", "SG-03")
def test_a_nomination_goes_from_the_chairs_day_to_the_managers_answer(
    council: Council, people: Staff, panel: Panel
) -> None:
    audit = put_forward(council, people)
    sweeps(council, date(2026, 5, 27))
    chair = chat_of(council, panel.psw, at(date(2026, 5, 27), 9))
    day = card_of(council, panel.psw, at(date(2026, 5, 27), 8, 30))

    asked = chair.presses("Answer", day)
    refused = chair.presses("Decline", asked)
    done = chair.presses("Decline", refused, reason="Much like the one in April.")
    again = chair.again()

    assert "A nomination to answer" in text(day)
    assert "A manager put it forward and waits for your answer." in text(day)
    assert audit.case_reference not in text_of(day)
    assert "Others can learn." in text(asked)
    assert "proficient; 3 audits moderated so far" in text(asked)
    assert "Please answer by \n27 May 2026" in text(asked)
    assert "why not" in text(refused)
    assert "This is declined: Much like the one in April." in text(done)
    assert text(again) == text(done)
    told = drawn(council, people.team_manager, at(date(2026, 5, 27), 10), "nomination_answered", audit.id)
    assert isinstance(told, Drawn)
    assert "Pat Principal declined it. They wrote: Much like the one in April." in text(told.card)
    assert audit.case_reference not in text_of(told.card)


@pytest.mark.rule("Q6")
def test_an_accepted_nomination_needs_no_words_and_leaves_the_chairs_list(
    council: Council, people: Staff, panel: Panel
) -> None:
    audit = put_forward(council, people)
    chair = chat_of(council, panel.psw)
    mine = chair.types("my audits")

    done = chair.presses("Accept", chair.presses("Answer", mine))

    assert "This is accepted." in text(done)
    assert "A nomination to answer" in text(mine)
    assert "A nomination to answer" not in text(chair.types("my audits"))
    told = drawn(council, people.team_manager, NEXT_DAY, "nomination_answered", audit.id)
    assert isinstance(told, Drawn)
    assert "The Panel takes the audit you put forward" in text(told.card)


def test_what_nobody_put_forward_is_said_plainly(council: Council, people: Staff, panel: Panel) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people, now=MID_MAY)

    card = chat_of(council, panel.psw).sends(ShowNomination(audit.id).pack())

    assert "Nobody has put this audit forward" in text(card)


@pytest.mark.rule("MO-07", "Q7")
def test_the_moderator_hears_of_it_at_once_and_finds_it_in_day_and_list(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people, now=MID_MAY)
        found = work.moderations.of_audit(audit.id)
        assert found is not None
    told = drawn(council, panel.first, MID_MAY, "moderation_chosen", found.id)
    sweeps(council, date(2026, 6, 1))

    day = card_of(council, panel.first, at(date(2026, 6, 1), 8, 30))
    mine = chat_of(council, panel.first).types("my audits")

    assert isinstance(told, Drawn)
    assert "by 1 June 2026" in text(told.card)
    assert [title for title, _ in buttons(told.card)] == ["Open it", "My audits"]
    for card in (day, mine):
        assert "An audit to moderate" in text(card)
        opens = dict(buttons(card))["Moderate"]
        assert opens["plumbline"]["moderation_id"] == found.id
        assert audit.case_reference not in text_of(card)
    assert "This is the last working day for it." in text(day)
    with council.write() as work:
        work.moderations.change(found, {"moderator_id": panel.second.id})
    assert drawn(council, panel.first, MID_MAY, "moderation_chosen", found.id) == Needless(
        "somebody else has it by now"
    )


@pytest.mark.rule("Q9")
def test_while_every_practice_consultant_is_away_the_chair_is_asked_who_moderates(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        for one in (panel.first, panel.second):
            goes_on_leave(work, one, date(2026, 5, 18), date(2026, 6, 5))
        audit = a_submitted_audit(work, council, people, now=MID_MAY)
        found = work.moderations.of_audit(audit.id)
        assert found is not None

    told = drawn(council, panel.psw, MID_MAY, "moderation_chosen", found.id)

    assert found.moderator_id is None
    assert isinstance(told, Drawn)
    assert "An audit needs somebody to moderate it" in text(told.card)
    assert audit.case_reference not in text_of(told.card)
    assert "An audit to moderate" in text(chat_of(council, panel.psw).types("my audits"))


def test_for_others_the_words_are_no_command(council: Council, people: Staff) -> None:
    card = chat_of(council, people.practitioner).types("draw")

    assert "I did not understand that" in text(card)
    assert "looks misgraded" not in text(chat_of(council, people.practitioner).types("help"))
    assert "looks misgraded" in text(chat_of(council, people.second_auditor).types("help"))
