"""A Word copy of a shared audit, opened again: what the cards say, in order, and nothing more.

The words come from the audit that `a_submitted_audit` fills; the cards are those a reader really gets.
"""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import docx
import pytest
from docx.document import Document

from bot.making import MAKERS
from cards.payloads import ReadShared
from domain.audits import Audit
from domain.errors import NotAllowed
from domain.grades import Grade
from domain.pages import (
    ACTIONS,
    JOURNEY,
    ActionLine,
    ActionsPage,
    JourneyPage,
    SectionPage,
    Source,
    page_keys,
)
from domain.people import Person
from reports.audit_copy import COLUMNS, HEARD, SECTIONS
from reports.word import fit
from tests.builders import NOW, Staff, a_filled_audit, a_submitted_audit
from tests.chat import Chat, nodes
from tests.dialogs.scripts import on_one_engine
from workflows.council import Council
from workflows.offer_kinds import AUDIT_COPY, KINDS, MOST_BYTES

READERS = ("auditor", "practitioner", "line_manager", "team_manager", "qa_officer")
OTHERS = ("second_auditor", "service_manager", "cover", "ad_qa", "bystander")
LATER = NOW + timedelta(days=3)


@pytest.fixture
def audit(council: Council, people: Staff) -> Audit:
    """Shared, commented on twice and reviewed."""
    with council.write() as work:
        made = a_submitted_audit(work, council, people)
    practitioner, manager = Chat(council, people.practitioner), Chat(council, people.team_manager)
    for words in ("I would visit sooner.\nAnd ring first.", "One more thought."):
        card = practitioner.sends(ReadShared(made.id, "summary").pack())
        practitioner.presses("Add my comment", card, comment=words)
    card = manager.sends(ReadShared(made.id, "summary").pack())
    manager.presses("Nominate", card, review_reason="The grade seems high to me.")
    return made


def content(council: Council, person: Person, audit: Audit, now: datetime = LATER) -> bytes:
    with council.read() as view:
        return MAKERS[AUDIT_COPY](view, council, person, audit.id, now)


def opened(made: bytes) -> Document:
    return docx.Document(io.BytesIO(made))


def copy_of(council: Council, person: Person, audit: Audit, now: datetime = LATER) -> Document:
    return opened(content(council, person, audit, now))


def headings(document: Document) -> list[tuple[str, str]]:
    """(style, text) of the title and every heading."""
    named = [(p.style.name if p.style else "", p.text) for p in document.paragraphs]
    return [(str(name), text) for name, text in named if str(name).startswith(("Title", "Heading"))]


def below(document: Document, heading: str) -> list[str]:
    """The lines between this heading and the next."""
    lines: list[str] = []
    found = False
    for paragraph in document.paragraphs:
        is_heading = paragraph.style is not None and str(paragraph.style.name).startswith("Heading")
        if found and is_heading:
            break
        if found:
            lines += paragraph.text.split("\n")
        found = found or (is_heading and paragraph.text == heading)
    return lines


def text_of(document: Document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def on_the_card(council: Council, person: Person, audit: Audit, part: str) -> list[str]:
    """Each line of what this part's card tells, buttons left out."""
    card = Chat(council, person).sends(ReadShared(audit.id, part).pack())
    told = [str(node["text"]) for node in nodes(card) if node.get("type") in ("TextRun", "TextBlock")]
    return [line.strip() for text in told for line in text.split("\n") if line.strip()]


@pytest.mark.rule("CA-16", "CA-17")
@pytest.mark.parametrize("who", READERS)
def test_every_text_on_the_cards_pages_stands_in_the_copy(
    council: Council, people: Staff, audit: Audit, who: str
) -> None:
    reader: Person = getattr(people, who)
    whole = text_of(copy_of(council, reader, audit))
    keys = page_keys(council.framework, has_contact_section=audit.has_contact_section)

    told = {key: on_the_card(council, reader, audit, key) for key in (*keys, "comment") if key != ACTIONS}

    assert all(len(lines) > 2 for lines in told.values())
    assert {key: line for key, lines in told.items() for line in lines if line not in whole} == {}
    for line in (
        "Overall grade",
        "Good",
        "Perry Practitioner, Conifers 1",
        "Alex Auditor",
        "1 May 2026 at 09:00",
    ):
        assert line in whole


@pytest.mark.rule("CA-23")
def test_actions_stand_in_a_table_with_owner_day_and_state(
    council: Council, people: Staff, audit: Audit
) -> None:
    (in_time,) = copy_of(council, people.team_manager, audit).tables
    (late,) = copy_of(council, people.team_manager, audit, datetime(2026, 6, 1, 8, tzinfo=UTC)).tables
    card = on_the_card(council, people.team_manager, audit, ACTIONS)

    rows = [[cell.text for cell in row.cells] for row in in_time.rows]
    assert rows == [
        list(COLUMNS),
        ["Rewrite the plan with the child.", "Perry Practitioner", "31 May 2026", "Open"],
    ]
    assert late.rows[1].cells[3].text == "Open, overdue"
    assert f"{rows[1][1]}, by {rows[1][2]}" in card
    assert rows[1][0] in card
    assert in_time.rows[0]._tr.xpath("w:trPr/w:tblHeader")


@on_one_engine
@pytest.mark.rule("PR-01")
def test_the_child_stands_before_the_grade_and_headings_are_in_order(
    council: Council, people: Staff, audit: Audit
) -> None:
    document = copy_of(council, people.practitioner, audit)

    found = headings(document)
    chapters = [text for style, text in found if style == "Heading 1"]
    whole = text_of(document)
    assert found[0] == ("Title", "Audit of practice")
    assert chapters == [
        "What matters most now",
        "About this audit",
        "The child's journey",
        "Reading the file",
        SECTIONS,
        HEARD,
        "Reflective conversation",
        "Overall judgement",
        "What is agreed",
        "The practitioner's view",
        "The team manager's review",
    ]
    assert whole.index("Staying at one school.") < whole.index("Overall grade")
    assert whole.count("Staying at one school.") == 1
    assert {style for style, _ in found} == {"Title", "Heading 1", "Heading 2"}
    voices = found[found.index(("Heading 1", HEARD)) + 1 :][:3]
    assert [style for style, _ in voices] == ["Heading 2"] * 3


@on_one_engine
@pytest.mark.rule("CA-15", "WH-05")
def test_each_section_has_its_grade_its_rationale_and_its_sources_with_their_days(
    council: Council, people: Staff, audit: Audit
) -> None:
    document = copy_of(council, people.qa_officer, audit)

    found = headings(document)
    start, end = found.index(("Heading 1", SECTIONS)), found.index(("Heading 1", HEARD))
    sections = [text for _, text in found[start + 1 : end]]
    assert sections == [s.title for s in council.framework.sections if not s.only_with_recent_contact]
    for title in sections:
        lines = below(document, title)
        assert lines[lines.index("Grade") + 1] == "Good"
        assert lines[lines.index("Sources") + 1 :][:2] == [
            "Home visit (1 May 2026)",
            "Supervision record (1 May 2026)",
        ]
        why = lines[lines.index("Why") + 1]
        for box in ("Visits were regular", "saw the child alone", "felt listened to"):
            assert box in why


@on_one_engine
@pytest.mark.rule("CA-17", "CA-18")
def test_comments_and_review_are_there_once_they_are_made_and_not_before(
    council: Council, people: Staff, audit: Audit
) -> None:
    with council.write() as work:
        untouched = a_submitted_audit(work, council, people, reference="CF-1002")

    document = copy_of(council, people.auditor, audit)
    bare = text_of(copy_of(council, people.auditor, untouched))

    said = below(document, "The practitioner's view")
    assert said[1:3] == ["I would visit sooner.", "And ring first."]
    assert said[-1] == "One more thought."
    assert below(document, "The team manager's review") == [
        "Toni Manager has read this audit and put it forward for moderation: The grade seems high to me."
    ]
    assert "The practitioner's view" not in bare
    assert "team manager's review" not in bare


@on_one_engine
@pytest.mark.rule("SG-01", "SG-03")
@pytest.mark.parametrize("who", READERS)
def test_nothing_else_is_in_the_file(council: Council, people: Staff, audit: Audit, who: str) -> None:
    other = JourneyPage("A secret of another child.", "Another's worry.")
    with council.write() as work:
        a_submitted_audit(work, council, people, reference="CF-2002", pages={JOURNEY: other})
        a_filled_audit(work, council.framework, people, reference="CF-3003", pages={JOURNEY: other})
    reader: Person = getattr(people, who)

    made = content(council, reader, audit)

    with zipfile.ZipFile(io.BytesIO(made)) as package:
        whole = b"".join(package.read(name) for name in package.namelist()).decode("utf-8", "replace")
    known = opened(made).core_properties
    assert audit.case_reference in whole
    for person in (people.service_manager, people.cover, people.ad_qa, people.bystander, people.qa_officer):
        assert person.name not in whole
    for secret in (
        "CF-2002",
        "CF-3003",
        "secret of another",
        "Another's worry",
        "exampleshire.example",
        "directory-of",
    ):
        assert secret not in whole
    about = (known.author, known.last_modified_by, known.title, known.comments, known.subject, known.keywords)
    assert about == ("Exampleshire", "Exampleshire", "Audit of practice", "", "", "")


@pytest.mark.rule("CA-16")
@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_is_given_one(council: Council, people: Staff, audit: Audit, who: str) -> None:
    with pytest.raises(NotAllowed):
        content(council, getattr(people, who), audit)


@on_one_engine
@pytest.mark.parametrize("who", READERS)
def test_there_is_none_of_an_audit_under_way(council: Council, people: Staff, who: str) -> None:
    with council.write() as work:
        under_way = a_filled_audit(work, council.framework, people)

    with pytest.raises(NotAllowed):
        content(council, getattr(people, who), under_way)


@on_one_engine
def test_every_page_is_marked_confidential_and_numbered(
    council: Council, people: Staff, audit: Audit
) -> None:
    section = copy_of(council, people.practitioner, audit).sections[0]

    codes = [str(found.text).strip() for found in section.footer._element.xpath(".//w:instrText")]
    assert section.header.paragraphs[0].text.startswith("Exampleshire. Confidential: an audit of practice")
    # Audits go on the child's file (RO-01), so the header does not keep them from it.
    assert "file" not in section.header.paragraphs[0].text
    assert codes == ["PAGE", "NUMPAGES"]


@on_one_engine
def test_no_action_is_said_as_on_the_card(council: Council, people: Staff) -> None:
    with council.write() as work:
        none = ActionsPage(none_needed=True)
        audit = a_submitted_audit(work, council, people, pages={ACTIONS: none})

    document = copy_of(council, people.practitioner, audit)

    assert document.tables == []
    assert below(document, "Actions")[-1] == "No action is needed."


ODD = "Seen\x07 at \x1bhome\x0b, \u202etxet\u202c and \ufffe\uffff said: <w:p/> & {{DATE(2026)}} =1+1."


@on_one_engine
@pytest.mark.rule("SG-01")
def test_odd_letters_leave_a_document_that_opens_and_reads_as_it_was_meant(
    council: Council, people: Staff
) -> None:
    pages = {
        JOURNEY: JourneyPage(ODD, ODD),
        "planning": SectionPage(
            Grade.GOOD, ODD, ODD, ODD, tuple(Source(f"{n}. {ODD}", NOW.date()) for n in range(3))
        ),
        ACTIONS: ActionsPage((ActionLine(ODD * 40, people.practitioner.id, NOW.date()),)),
    }
    with council.write() as work:
        audit = a_submitted_audit(work, council, people, pages=pages)

    document = copy_of(council, people.practitioner, audit)

    shown = "Seen at home\n, txet and  said: <w:p/> & {{DATE(2026)}} =1+1."
    assert fit(ODD) == shown
    whole = text_of(document)
    assert all(line in whole for line in shown.split("\n"))
    assert not {letter for letter in whole if letter in "\x07\x1b\x0b\u202e\ufffe\uffff"}
    assert not document.element.xpath("//w:hyperlink")


@on_one_engine
def test_the_size_told_before_is_about_right_and_the_longest_copy_is_far_from_the_limit(
    council: Council, people: Staff, audit: Audit
) -> None:
    told = KINDS[AUDIT_COPY].about_bytes
    made = len(content(council, people.auditor, audit))

    assert made / 2 < told < made * 2
    assert made * 20 < MOST_BYTES
