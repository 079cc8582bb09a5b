"""A moderation talked through in chat, from the chair's card to the release.

the PSW's card                     A talk to set up → Open
→ the talk                         Invite them: three times and a few words
the auditor's card                 An invite to a talk → Read and answer
→ the talk                         what the Panel saw, a reply, one of the times
the PSW's card                     A time is agreed → We have talked
the team manager's card            A moderation is ready for you to read
"""

import io
from datetime import timedelta
from typing import Any

import docx
import icalendar
import pytest

from bot.making import MAKERS
from cards.payloads import ReadShared
from cards.payloads_panel import ShowModeration
from cards.payloads_talk import ReadModeration, ShowTalk
from domain.grades import Grade
from domain.moderation import Moderation
from domain.moderation_form import SectionGrade
from domain.people import Person
from scheduler.drawing import Drawing, Drawn, Needless, Written
from scheduler.rendering import CARDS, MAILS
from tests.builders import NOW, Staff
from tests.chat import Chat, buttons, text
from tests.dialogs.scripts import on_one_engine, said_under, values
from tests.moderations import Panel, a_decided_moderation, a_released_moderation, the_panel
from tests.talks import an_agreed_talk, an_invited_talk
from workflows.council import Council
from workflows.discussing import release_early
from workflows.offer_kinds import AUDIT_COPY, KINDS, MODERATION_COPY, TALK_TIME
from workflows.releasing import settle_decided

pytestmark = on_one_engine

TIMES = {"slot_1": "Wed 6 May at 10:00", "slot_2": "7 May 14:30", "slot_3": "Tue 12 May at 9am"}
GOOD = Grade.GOOD
WORDS = "You listened well to this child. Shall we look at the chronology together?"


@pytest.fixture
def panel(council: Council, people: Staff) -> Panel:
    with council.write() as work:
        return the_panel(work)


@pytest.fixture
def held(council: Council, people: Staff, panel: Panel) -> Moderation:
    """Inadequate instead of Good, and settled as the Panel's press does it."""
    with council.write() as work:
        found = a_decided_moderation(work, council, people, panel, overall=Grade.INADEQUATE)
        settle_decided(work, council, found, by=panel.first.id, now=NOW)
        return found


@pytest.fixture
def released(council: Council, people: Staff, panel: Panel) -> Moderation:
    with council.write() as work:
        return a_released_moderation(work, council, people, panel, overall=Grade.INADEQUATE)


def notice(council: Council, person: Person, kind: str, subject_id: int, medium: str = "teams") -> Any:
    """What the person's newest notice of this kind becomes."""
    with council.read() as view:
        of_kind = view.notices.of(kind, subject_id)
        found = [one for one in of_kind if (one.person_id, one.medium) == (person.id, medium)][-1]
        drawing = Drawing(view, council, found, person, NOW, "nonce", "", MAKERS)
        return (CARDS if medium == "teams" else MAILS)[kind](drawing)


def card(council: Council, person: Person, kind: str, subject_id: int) -> dict[str, Any]:
    made = notice(council, person, kind, subject_id)
    assert isinstance(made, Drawn), made
    return made.card


def copy_text(council: Council, person: Person, moderation: Moderation) -> str:
    with council.read() as view:
        made = MAKERS[MODERATION_COPY](view, council, person, moderation.audit_id, NOW)
    document = docx.Document(io.BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.rule("MO-16", "MO-17", "MO-19")
def test_from_the_decision_to_the_release(
    council: Council, people: Staff, panel: Panel, held: Moderation
) -> None:
    psw, alex = Chat(council, panel.psw), Chat(council, people.auditor)
    talk = psw.presses("Open", card(council, panel.psw, "talk_wanted", held.id))
    sent = psw.presses("Send the invite", psw.presses("Invite them", talk), **TIMES, message=WORDS)
    invite = card(council, people.auditor, "moderation_news", held.id)
    mine = alex.presses("Read and answer", invite)
    agreed = alex.presses("Thu 7 May at 14:30", mine)
    told = card(council, panel.psw, "talk_answered", held.id)
    later = Chat(council, panel.psw, now=NOW + timedelta(days=6))
    form = later.presses("We have talked", later.presses("Open", told))
    done = later.presses("Record the talk", form, held_on="2026-05-07", note="Weigh the chronology.")
    ready = card(council, people.team_manager, "moderation_news", held.id)
    read = Chat(council, people.team_manager).presses("Read it", ready)

    assert "the child may be at risk now" in text(talk)
    assert "They have your invite" in text(sent)
    assert "Some of that lies after the day" in text(sent)
    assert WORDS in text(mine)
    assert "Agreed for \nThursday 7 May 2026 at 14:30" in text(agreed)
    assert "took Thursday 7 May 2026 at 14:30" in text(told)
    assert "the team manager has their copy" in text(done)
    assert "Visits were regular and the plan moved on." in text(read)
    assert "Inadequate" in text(read)


@pytest.mark.rule("MO-16")
def test_a_time_that_has_passed_is_not_offered(
    council: Council, people: Staff, panel: Panel, held: Moderation
) -> None:
    """The auditor comes back from leave when one, and then all of the times lie behind them."""
    psw, show = Chat(council, panel.psw), ShowTalk(held.id).pack()
    form = psw.presses("Invite them", psw.sends(show))
    psw.presses("Send the invite", form, **TIMES, message=WORDS)

    after_one = Chat(council, people.auditor, now=NOW + timedelta(days=6)).sends(show)
    later = Chat(council, people.auditor, now=NOW + timedelta(days=14))
    after_all = later.sends(show)
    told = text(Chat(council, panel.psw, now=NOW + timedelta(days=14)).sends(show))
    later.presses("Send", later.presses("Say when you can", after_all), proposed="Any Monday")

    assert [title for title, _ in buttons(after_one) if " at " in title] == [
        "Thu 7 May at 14:30",
        "Tue 12 May at 09:00",
    ]
    assert "The times you were offered have passed." in text(after_all)
    assert not [title for title, _ in buttons(after_all) if " at " in title]
    assert "the times you offered have passed without an answer" in told


@pytest.mark.rule("MO-16", "MO-17")
def test_an_auditor_who_reads_it_before_the_talk_is_told_that_the_talk_is_to_come(
    council: Council, people: Staff, panel: Panel, held: Moderation
) -> None:
    to_come = "That talk is still to come."
    with council.write() as work:
        given: dict[str, Any] = {"by": panel.psw, "moderation_id": held.id, "now": NOW}
        release_early(work, council, reason="The child cannot wait.", **given)
        plain = a_decided_moderation(work, council, people, panel, reference="CF-2")
        settle_decided(work, council, plain, by=panel.first.id, now=NOW)

    def told(person: Person, moderation: Moderation) -> bool:
        return to_come in text(card(council, person, "moderation_news", moderation.id))

    assert told(people.auditor, held)
    assert not told(people.team_manager, held)
    assert not told(people.auditor, plain)


@pytest.mark.rule("MO-16", "SG-01", "SG-03")
def test_what_stays_in_the_chat_tells_neither_the_case_nor_what_the_panel_saw(
    council: Council, people: Staff, panel: Panel, held: Moderation
) -> None:
    psw = Chat(council, panel.psw)
    form = psw.presses("Invite them", psw.sends(ShowTalk(held.id).pack()))
    psw.presses("Send the invite", form, **TIMES, message=WORDS)

    posted = text(card(council, people.auditor, "moderation_news", held.id))

    for hidden in ("CF-1001", "Inadequate", "Drift", WORDS, "Perry"):
        assert hidden not in posted
    assert "Nobody but the Panel knows before." in posted


@pytest.mark.rule("MO-16")
def test_nothing_on_the_auditors_card_declines_the_talk(
    council: Council, people: Staff, panel: Panel, held: Moderation
) -> None:
    with council.write() as work:
        an_invited_talk(work, panel, held)

    shown = Chat(council, people.auditor).sends(ShowTalk(held.id).pack())

    titles = [title for title, _ in buttons(shown)]
    assert len([title for title in titles if " at " in title]) == 3
    assert titles[3:] == ["None of these suits", "Read what the Panel saw", "Reply in writing"]
    assert "Everybody takes part" in text(shown)


@pytest.mark.rule("MO-16", "SG-03")
def test_the_auditor_reads_strengths_before_grades_and_replies_once(
    council: Council, people: Staff, panel: Panel, held: Moderation
) -> None:
    with council.write() as work:
        an_invited_talk(work, panel, held)
    alex = Chat(council, people.auditor)
    read = alex.sends(ReadModeration(held.id).pack())
    refused = alex.presses("Send my reply", alex.presses("Reply in writing", read), reply=" ")

    thanked = alex.presses("Send my reply", refused, reply="I see the plan differently.")

    words = text(read)
    assert (
        words.index("The child's voice leads") < words.index("Weigh the chronology") < words.index("Grades")
    )
    assert "Please write a few words" in said_under(refused, "reply")
    assert "I see the plan differently." in text(thanked)
    assert [title for title, _ in buttons(thanked) if title.startswith("Reply")] == []
    assert "I see the plan differently." in text(
        Chat(council, panel.psw).presses("Read it", card(council, panel.psw, "talk_reply", held.id))
    )


def test_an_invite_written_meanwhile_elsewhere_loses_nothing_typed(
    council: Council, panel: Panel, held: Moderation
) -> None:
    psw = Chat(council, panel.psw)
    form = psw.presses("Invite them", psw.sends(ShowTalk(held.id).pack()))
    psw.presses("Send the invite", form, **TIMES, message="From my phone.")

    stale = psw.presses("Send the invite", form, **{**TIMES, "slot_1": "8 May at 11:00"}, message=WORDS)
    sent = psw.presses("Send the invite", stale)

    assert "changed since you opened it" in text(stale)
    assert (values(stale)["slot_1"], values(stale)["message"]) == ("8 May at 11:00", WORDS)
    assert "Friday 8 May 2026 at 11:00" in text(sent)


@pytest.mark.rule("SG-01")
def test_a_name_is_asked_about_and_pressing_once_more_keeps_the_text(
    council: Council, panel: Panel, held: Moderation
) -> None:
    psw = Chat(council, panel.psw)
    form = psw.presses("Release early", psw.sends(ShowTalk(held.id).pack()))
    asked = psw.presses("Release it now", form, release_reason="Oliver Twistleton was not seen.")

    done = psw.presses("Release it now", asked)

    assert "looks as if it says who somebody is" in said_under(asked, "release_reason")
    assert "It is released, with your reason." in text(done)


@pytest.mark.rule("MO-15", "MO-18", "MO-19", "SG-01", "SG-03")
@pytest.mark.parametrize("who", ["auditor", "team_manager"])
def test_the_mail_brings_a_word_copy_and_says_nothing_of_the_case_itself(
    council: Council, people: Staff, panel: Panel, who: str
) -> None:
    with council.write() as work:
        found = a_decided_moderation(work, council, people, panel)
        settle_decided(work, council, found, by=panel.first.id, now=NOW)
    person: Person = getattr(people, who)

    mail = notice(council, person, "moderation_copy", found.id, "email")

    assert isinstance(mail, Written)
    (attached,) = mail.attachments
    assert attached.content.startswith(b"PK")
    assert "CF-1001" not in mail.subject + mail.body + attached.name
    assert "Good" not in mail.body
    content = "\n".join(p.text for p in docx.Document(io.BytesIO(attached.content)).paragraphs)
    assert "CF-1001" in content
    assert ("The child's voice leads the audit." in content) is (who == "auditor")


@pytest.mark.rule("MO-17")
def test_a_mail_whose_reader_no_longer_holds_the_case_is_not_written(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        found = a_decided_moderation(work, council, people, panel)
        settle_decided(work, council, found, by=panel.first.id, now=NOW)
        work.people.change(people.team_manager.id, {"team_id": people.other_team.id})
        moved = work.people.get(people.team_manager.id)

    assert isinstance(notice(council, moved, "moderation_copy", found.id, "email"), Needless)


@pytest.mark.rule("SG-03", "MO-09", "MO-21")
def test_each_copy_holds_what_its_readers_card_holds(
    council: Council, people: Staff, panel: Panel, released: Moderation
) -> None:
    team, own = (copy_text(council, who, released) for who in (people.team_manager, people.auditor))
    card_of_team = text(Chat(council, people.team_manager).sends(ReadModeration(released.id).pack()))

    for theirs in (
        "Visits were regular and the plan moved on.",
        "Inadequate",
        "Good",
        "Drift in the plan left the child waiting.",
        "Chronologies are kept up late in the week",
    ):
        assert theirs in team
        assert theirs in own
        assert theirs in card_of_team
    for private in ("The child's voice leads", "Weigh the chronology", "triangulated"):
        assert private in own
        assert private not in team
        assert private not in card_of_team


@pytest.mark.rule("MO-18", "SG-05")
def test_a_word_copy_is_offered_in_chat_and_noted_in_the_audits_chain(
    council: Council, people: Staff, released: Moderation
) -> None:
    chat = Chat(council, people.team_manager)

    chat.presses("Word copy", chat.sends(ReadModeration(released.id).pack()))

    with council.read() as view:
        offer = view.offers.get(1)
    assert offer is not None
    assert (offer.kind, offer.subject_id) == (MODERATION_COPY, released.audit_id)
    assert KINDS[MODERATION_COPY].audit_of(offer.subject_id) == released.audit_id


@pytest.mark.rule("MO-16", "SG-01")
@pytest.mark.parametrize("who", ["auditor", "psw"])
def test_the_calendar_file_holds_the_time_and_nothing_of_the_case(
    council: Council, people: Staff, panel: Panel, held: Moderation, who: str
) -> None:
    with council.write() as work:
        an_agreed_talk(work, panel, held)
    person = people.auditor if who == "auditor" else panel.psw
    chat = Chat(council, person)

    chat.presses("For my calendar", chat.sends(ShowTalk(held.id).pack()))

    make = KINDS[TALK_TIME].make
    assert make is not None
    with council.read() as view:
        made = make(view, council, person, held.audit_id, NOW).decode()
    (event,) = icalendar.Calendar.from_ical(made).walk("VEVENT")
    assert event.decoded("dtstart") == NOW + timedelta(days=3)
    assert (event["class"], event["summary"]) == ("PRIVATE", "A talk between colleagues")
    assert not any(word in made for word in ("CF-1001", "Alex", "Perry", "Inadequate"))


@pytest.mark.rule("MO-21")
@pytest.mark.parametrize("who", ["practitioner", "line_manager", "team_manager", "qa_officer"])
def test_readers_of_the_audit_see_a_section_that_the_panel_alone_graded_otherwise(
    council: Council, people: Staff, panel: Panel, who: str
) -> None:
    form = {"sections": {"planning": SectionGrade(Grade.INADEQUATE, "Drift."), "review": SectionGrade(GOOD)}}
    with council.write() as work:
        one = a_released_moderation(work, council, people, panel, overall=GOOD, form=form)
        copy = MAKERS[AUDIT_COPY](work, council, people.qa_officer, one.audit_id, NOW)
    chat = Chat(council, getattr(people, who))

    summary = text(chat.sends(ReadShared(one.audit_id, "summary").pack()))
    section = text(chat.sends(ReadShared(one.audit_id, "planning").pack()))
    alike = text(chat.sends(ReadShared(one.audit_id, "review").pack()))

    assert "It graded 1 section otherwise; both grades stand there." in summary
    assert "Good; by the Panel: Inadequate" in summary
    assert "The Panel's grade, which reports count" in section
    assert "Inadequate" in section
    assert "The Panel's grade" not in alike
    paragraphs = "\n".join(one.text for one in docx.Document(io.BytesIO(copy)).paragraphs)
    assert "The Panel's grade, which reports count" in paragraphs


@pytest.mark.rule("MO-21")
@pytest.mark.parametrize("who", ["practitioner", "line_manager", "team_manager", "qa_officer", "auditor"])
def test_readers_of_the_audit_see_both_grades_after_the_release(
    council: Council, people: Staff, released: Moderation, who: str
) -> None:
    shown = text(Chat(council, getattr(people, who)).sends(ReadShared(released.audit_id, "summary").pack()))

    assert (
        "The auditor graded it Good, the Panel Inadequate. Every grade is kept; reports count the Panel's."
        in shown
    )
    assert "Visits were regular and the plan moved on." in shown
    assert "Weigh the chronology" not in shown


@pytest.mark.rule("MO-21", "SG-05")
def test_a_final_grade_stands_beside_the_other_two_and_everybody_reads_which_one_counts(
    council: Council, people: Staff, panel: Panel, held: Moderation
) -> None:
    with council.write() as work:
        an_invited_talk(work, panel, held)
    psw = Chat(council, panel.psw, now=NOW + timedelta(days=5))
    form = psw.presses("We have talked", psw.sends(ShowTalk(held.id).pack()))
    told = {"held_on": "2026-05-06", "note": "Weigh the chronology.", "final": "requires_improvement"}
    refused = psw.presses("Record the talk", form, **told)
    talk = psw.presses("Record the talk", form, **told, final_because="They showed what the school said.")
    shared = ReadShared(held.audit_id, "summary").pack()
    readers = [people.practitioner, people.line_manager, people.team_manager, people.qa_officer]
    read = [text(Chat(council, who).sends(shared)) for who in readers]
    card_read = text(Chat(council, people.auditor).sends(ReadModeration(held.id).pack()))
    word = copy_text(council, people.team_manager, held)

    assert "Please say why you see it otherwise" in text(refused)
    assert "The final grade: \nRequires improvement" in text(talk)
    assert "Reports count the Panel's, Inadequate." in text(talk)
    for shown in read:
        assert "The auditor graded it Good, the Panel Inadequate." in shown
        assert "After their talk the final grade is Requires improvement." in shown
        assert "Every grade is kept; reports count the Panel's." in shown
        assert "what the school said" not in shown
    for shown in (card_read, word):
        assert "Every grade is kept. Reports count the Panel's." in shown
        assert all(grade in shown for grade in ("Good", "Inadequate", "Requires improvement"))
        assert "They showed what the school said." in shown


@pytest.mark.rule("MO-21", "SG-05")
def test_a_section_too_has_a_final_grade_that_its_readers_see_beside_the_others(
    council: Council, people: Staff, panel: Panel
) -> None:
    form = {"sections": {"planning": SectionGrade(Grade.INADEQUATE, "Drift."), "review": SectionGrade(GOOD)}}
    with council.write() as work:
        one = a_decided_moderation(work, council, people, panel, form=form)
        settle_decided(work, council, one, by=panel.first.id, now=NOW)
        an_invited_talk(work, panel, one)
    psw = Chat(council, panel.psw, now=NOW + timedelta(days=5))
    opened = psw.presses("We have talked", psw.sends(ShowTalk(one.id).pack()))
    told = {"held_on": "2026-05-06", "note": "Weigh the chronology.", "final": "good"}
    refused = psw.presses("Record the talk", opened, **told, final_planning="requires_improvement")
    why = {"final_because_planning": "They showed the plan."}
    psw.presses("Record the talk", refused, **told, final_planning="requires_improvement", **why)

    read = ReadModeration(one.id).pack()
    seen = [text(Chat(council, who).sends(read)) for who in (people.auditor, people.team_manager, panel.psw)]
    seen.append(copy_text(council, people.team_manager, one))
    seen.append(text(Chat(council, panel.first).sends(ShowModeration(one.id, "decide").pack())))
    alex = Chat(council, people.auditor)
    beside = text(alex.presses("See them side by side", alex.types("my moderations")))

    assert "final_planning" in values(opened)
    assert "final_review" not in values(opened)
    assert "Please say why you see it otherwise" in text(refused)
    assert values(refused)["final_planning"] == "requires_improvement"
    for shown in seen:
        assert "inal grade" in shown
        assert "They showed the plan." in shown
        assert all(grade in shown for grade in ("Good", "Inadequate", "Requires improvement"))
    assert "Final, after the talk: Requires improvement. They showed the plan." in beside


@pytest.mark.rule("MO-16", "SG-03")
def test_the_command_lists_what_a_person_may_read_and_no_case(
    council: Council, people: Staff, panel: Panel, held: Moderation
) -> None:
    before = text(Chat(council, people.auditor).types("feedback"))
    of_panel = Chat(council, panel.psw).types("feedback")
    with council.write() as work:
        an_invited_talk(work, panel, held)
    after = Chat(council, people.auditor).types("my feedback")

    assert "There is no moderation for you to read" in before
    assert "Audited by Alex Auditor; the talk comes first" in text(of_panel)
    assert "CF-1001" not in text(of_panel) + text(after)
    assert "What the Panel saw" in text(Chat(council, people.auditor).presses("Read number 1", after))
