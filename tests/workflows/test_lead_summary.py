"""The Lead Member's own view: one summary a quarter, with the director's report, and nothing else (PF-08)."""

import io

import pytest
from docx import Document

from bot.making import MAKERS
from cards.lead_words import lead_report
from domain.days import month_number
from domain.errors import NotAllowed, NotFound
from domain.indicators import Every
from domain.narratives import Report
from domain.packs import PackKind
from domain.people import Person, Post
from scheduler.drawing import Drawing, Drawn, Needless, Written
from scheduler.rendering_performance import CARDS, MAILS
from storage.work import Work
from tests.builders import NOW, Staff, a_person, reachable
from tests.packs import a_drafted_pack
from tests.performance import APRIL, a_narrative, an_indicator, figures, of_service, of_team
from workflows import explaining, narrating
from workflows.council import Council
from workflows.exception_raising import raise_exceptions
from workflows.lead_summary import SENT, latest_summary, require_summary
from workflows.pack_access import pack_seat, readers
from workflows.performance import Level, Place, require_place
from workflows.performance_reports import open_report

SUBJECT = month_number(APRIL)


@pytest.fixture
def councillor(council: Council) -> Person:
    with council.write() as work:
        return a_person(work, "Lee Councillor", Post.LEAD_MEMBER)


def a_quarter(council: Council, people: Staff) -> None:
    """Visits are off their target in a service, as they are in its team, and that is explained."""
    with council.write() as work:
        indicator = an_indicator(work)
        figures(work, indicator, of_service(people), (60.0,))
        figures(work, indicator, of_team(people), (55.0,))
        touched = {(indicator.id, Every.MONTH, of_service(people).scope)}
        raise_exceptions(work, council, touched, import_id=1, now=NOW)
        (raised,) = work.exceptions.open()
        explaining.explain(
            work,
            council,
            by=people.service_manager,
            exception_id=raised.id,
            version=1,
            typed={"why": "Two people are ill.", "action": "Cover has come."},
            now=NOW,
        )
        a_narrative(work, people.service_manager, report=Report.QUARTERLY, service_id=people.service.id)


def lock(council: Council, people: Staff) -> None:
    with council.write() as work:
        narrating.lock_all(
            work, council, by=people.qa_officer, report=Report.QUARTERLY, period_on=APRIL, now=NOW
        )


def sent(work: Work, kind: str, subject_id: int) -> list[tuple[int | None, str]]:
    return sorted((one.person_id, one.medium) for one in work.notices.of(kind, subject_id))


@pytest.mark.rule("PF-08")
@pytest.mark.parametrize("has_teams", [True, False])
def test_the_summary_is_sent_when_the_director_has_the_quarters_report(
    council: Council, people: Staff, councillor: Person, has_teams: bool
) -> None:
    a_quarter(council, people)
    with council.write() as work:
        director = a_person(work, "Drew Director", Post.DCS)
        if has_teams:
            reachable(work, councillor)
        before = sent(work, SENT, SUBJECT)

    lock(council, people)

    with council.write() as work:
        ready = sent(work, narrating.READY, narrating.report_subject(Report.QUARTERLY, APRIL))
        told = sent(work, SENT, SUBJECT)
    assert before == []
    assert (director.id, "teams") in ready
    assert councillor.id not in {person_id for person_id, _ in ready}
    assert told == [(councillor.id, "email"), *([(councillor.id, "teams")] if has_teams else [])]


@pytest.mark.rule("PF-08", "SG-01", "SG-03")
def test_it_has_the_reports_figures_and_no_name_no_team_and_none_of_peoples_words(
    council: Council, people: Staff, councillor: Person
) -> None:
    a_quarter(council, people)
    lock(council, people)

    with council.read() as view:
        locked = require_summary(view, council, by=councillor, subject=SUBJECT, now=NOW)
        word = MAKERS[SENT](view, council, councillor, SUBJECT, NOW)
    document = Document(io.BytesIO(word))
    told = "\n".join(one.text for one in document.paragraphs) + "".join(
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    )
    card = str(lead_report(locked, brief=True))

    for shown in (told, card):
        assert "60%" in shown
        assert "Managers have explained 1 of 1 exception." in shown
        assert "Explained, with action." in shown
        assert people.service.name in shown
        hidden = (
            people.service_manager.name,
            people.team.name,
            "55%",
            "Two people are ill",
            "Cover has come",
        )
        assert not [one for one in hidden if one in shown]
    assert locked.hash in told
    assert "SHA-256" not in card


@pytest.mark.rule("PF-08")
def test_the_card_leads_to_it_and_the_mail_brings_it_in_word(
    council: Council, people: Staff, councillor: Person
) -> None:
    a_quarter(council, people)
    with council.write() as work:
        reachable(work, councillor)
    lock(council, people)

    with council.read() as view:
        teams, mail = (
            next(one for one in view.notices.of(SENT, SUBJECT) if one.medium == medium)
            for medium in ("teams", "email")
        )
        card = CARDS[SENT](Drawing(view, council, teams, councillor, NOW, "nonce", makers=MAKERS))
        brought = MAILS[SENT](Drawing(view, council, mail, councillor, NOW, "nonce", makers=MAKERS))
        other = MAILS[SENT](Drawing(view, council, mail, people.qa_officer, NOW, "nonce", makers=MAKERS))

    assert isinstance(card, Drawn)
    assert "60%" not in str(card)
    assert isinstance(brought, Written)
    assert brought.subject == "Children's services in figures, Q1 2026/27"
    assert [one.name for one in brought.attachments] == ["Summary for the Lead Member, 2026-04.docx"]
    assert isinstance(other, Needless)


@pytest.mark.rule("PF-08")
def test_before_the_quarters_report_is_locked_there_is_no_summary(
    council: Council, people: Staff, councillor: Person
) -> None:
    a_quarter(council, people)

    with council.read() as view:
        assert latest_summary(view, council, by=councillor, now=NOW) is None
        with pytest.raises(NotFound):
            require_summary(view, council, by=councillor, subject=SUBJECT, now=NOW)


@pytest.mark.rule("PF-08", "SG-03")
def test_the_lead_member_opens_neither_figures_nor_reports_nor_packs(
    council: Council, people: Staff, councillor: Person
) -> None:
    """The table of every press, in tests/security, has the rest."""
    a_quarter(council, people)
    lock(council, people)
    places = [
        Place(Level.COUNCIL, 0),
        Place(Level.SERVICE, people.service.id),
        Place(Level.TEAM, people.team.id),
    ]

    with council.write() as work:
        for place in places:
            with pytest.raises(NotAllowed):
                require_place(work, council, by=councillor, place=place, now=NOW)
        with pytest.raises(NotAllowed):
            open_report(work, council, by=councillor, report=Report.QUARTERLY, period_on=APRIL, now=NOW)
        line = council.framework.pack(PackKind.BULLETIN)
        assert line is not None
        a_drafted_pack(work, council, people, PackKind.BULLETIN)
        seat = pack_seat(work, council, councillor, line, sent=True, day=NOW.date())
        reading = {one.id for one in readers(work, council, line)}

    assert not seat.sits
    assert councillor.id not in reading
    assert people.practitioner.id in reading


@pytest.mark.rule("PF-08")
def test_whoever_left_or_holds_another_post_has_no_summary(council: Council, people: Staff) -> None:
    a_quarter(council, people)
    lock(council, people)
    with council.write() as work:
        left = a_person(work, "Lou Left", Post.LEAD_MEMBER, left_on=NOW.date())

    with council.read() as view:
        for by in (left, people.service_manager, people.practitioner, people.ad_qa):
            with pytest.raises(NotAllowed):
                require_summary(view, council, by=by, subject=SUBJECT, now=NOW)
