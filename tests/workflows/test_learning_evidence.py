"""What an entry rests on, and that none is closed without evidence, an owner and actions."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from domain.errors import NotAllowed, RuleBroken, Stale
from domain.grades import Grade
from domain.learning import Entry, EntryState, Evidence
from domain.learning_evidence import Need, SourceKind
from storage.work import Work
from tests.builders import NOW, Staff, a_person, a_submitted_audit
from tests.dialogs.scripts import on_one_engine
from tests.learning import a_draft, a_section, a_whole_entry, an_action, an_entry, the_entry
from tests.moderations import a_held_moderation, a_released_moderation, the_panel
from workflows import learning_log
from workflows.council import Council
from workflows.learning_evidence import evidence_choices, link_evidence
from workflows.learning_look import open_entry
from workflows.learning_texts import TextsWanted

pytestmark = on_one_engine

COMPLAINTS = {
    "source_kind": "complaint",
    "source_what": "Complaints report, spring",
    "source_on": "2026-04-20",
}
ANSWER = {"impact": "Children know their plan.", "more_needed": "no"}


@pytest.fixture
def work(council: Council, people: Staff) -> Iterator[Work]:
    """One transaction over a council whose staff were saved before it began."""
    with council.write() as opened:
        yield opened


def links(work: Work, council: Council, people: Staff, entry: Entry, /, **typed: str) -> None:
    """The QA officer links this to the entry as it stands."""
    given: dict[str, Any] = {
        "by": people.qa_officer,
        "version": the_entry(work, entry.id).version,
        "now": NOW,
    }
    link_evidence(work, council, entry_id=entry.id, typed=typed, **given)


def ends(work: Work, council: Council, people: Staff, entry: Entry) -> None:
    entry = the_entry(work, entry.id)
    given: dict[str, Any] = {"by": people.qa_officer, "version": entry.version, "now": NOW}
    learning_log.end_entry(work, council, entry_id=entry.id, typed=ANSWER, **given)


@pytest.mark.rule("OG-06")
def test_an_entry_that_lacks_anything_is_not_closed_and_says_what(
    work: Work, council: Council, people: Staff
) -> None:
    entry = an_entry(work, people.service_manager)

    with pytest.raises(RuleBroken, match=r"one piece of evidence.*one action"):
        ends(work, council, people, entry)
    links(work, council, people, entry, **COMPLAINTS)
    with pytest.raises(RuleBroken, match=r"yet\. It needs at least one action"):
        ends(work, council, people, entry)
    action = an_action(work, entry, people.cover)
    with pytest.raises(RuleBroken, match="not done yet"):
        ends(work, council, people, entry)
    done = {"done_on": action.due_on, "done_by": people.cover.id, "done_text": "Written."}
    assert work.learning.change_action(action.id, done)
    ends(work, council, people, entry)

    assert the_entry(work, entry.id).state is EntryState.CLOSED


@pytest.mark.rule("RO-07", "CA-21")
def test_audits_that_speak_of_the_theme_are_offered_the_weakest_first(
    work: Work, council: Council, people: Staff
) -> None:
    good, weak, linked = (
        a_submitted_audit(work, council, people, reference=f"CF-{n}", pages={"planning": a_section(grade)})
        for n, grade in enumerate((Grade.GOOD, Grade.INADEQUATE, Grade.INADEQUATE))
    )
    of_a_component = a_draft(work, theme="GP-03")
    entry = a_draft(work, audits=[linked.id])

    found = evidence_choices(work, council, by=people.qa_officer, entry_id=entry.id, now=NOW)
    other = evidence_choices(work, council, by=people.qa_officer, entry_id=of_a_component.id, now=NOW)

    assert [(one.audit.id, one.grade) for one in found.audits] == [
        (weak.id, Grade.INADEQUATE),
        (good.id, Grade.GOOD),
    ]
    assert [one.audit.id for one in found.linked] == [linked.id]
    # Nobody tagged that component.
    assert other.audits == ()


@pytest.mark.rule("MO-21", "OG-06")
def test_an_audit_offered_for_no_one_section_stands_with_the_panels_grade_of_the_whole(
    work: Work, council: Council, people: Staff
) -> None:
    panel = the_panel(work)
    a_released_moderation(work, council, people, panel, overall=Grade.INADEQUATE, final=Grade.OUTSTANDING)
    a_held_moderation(work, council, people, panel, reference="CF-2")
    entry = a_draft(work, theme="")

    found = evidence_choices(work, council, by=people.qa_officer, entry_id=entry.id, now=NOW)

    assert {one.grade for one in found.audits} == {Grade.INADEQUATE, Grade.GOOD}


@pytest.mark.rule("OG-06", "MO-17")
def test_with_an_audit_goes_its_moderation_once_it_is_released(
    work: Work, council: Council, people: Staff
) -> None:
    panel = the_panel(work)
    held = a_held_moderation(work, council, people, panel)
    released = a_released_moderation(work, council, people, panel, reference="CF-2")
    entry = a_draft(work, theme="")

    links(work, council, people, entry, audits=f"{held.audit_id},{released.audit_id}")
    both = work.learning.evidence([entry.id])[entry.id]
    links(work, council, people, entry, take_out=f"audit-{released.audit_id}")

    assert both == {
        Evidence.AUDIT: (held.audit_id, released.audit_id),
        Evidence.MODERATION: (released.id,),
    }
    assert work.learning.evidence([entry.id])[entry.id] == {Evidence.AUDIT: (held.audit_id,)}


@pytest.mark.rule("OG-06", "Q29")
def test_a_source_that_is_typed_is_read_by_whoever_reads_the_log_and_can_be_taken_out(
    work: Work, council: Council, people: Staff
) -> None:
    entry = an_entry(work, people.service_manager)

    links(work, council, people, entry, **COMPLAINTS)
    opened = open_entry(work, council, by=people.ad_qa, entry_id=entry.id, now=NOW)
    (source,) = opened.sources
    links(work, council, people, entry, take_out=f"source-{source.id}")

    assert (source.kind, source.what, source.dated_on) == (
        SourceKind.COMPLAINT,
        "Complaints report, spring",
        date(2026, 4, 20),
    )
    assert opened.needs == (Need.ACTION,)
    again = open_entry(work, council, by=people.ad_qa, entry_id=entry.id, now=NOW)
    assert (again.sources, again.needs) == ((), (Need.EVIDENCE, Need.ACTION))


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, {""}),
        ({"audits": "999"}, {"audits"}),
        ({"rounds": "999"}, {"rounds"}),
        ({"take_out": "audit-999"}, {"take_out"}),
        ({"source_what": "Something"}, {"source_kind", "source_on"}),
        ({**COMPLAINTS, "source_kind": "round"}, {"source_kind"}),
        ({**COMPLAINTS, "source_on": (NOW.date() + timedelta(days=1)).isoformat()}, {"source_on"}),
        ({**COMPLAINTS, "source_on": "1999-01-01"}, {"source_on"}),
        ({**COMPLAINTS, "source_what": "What Jack Smith said"}, {"source_what"}),
    ],
)
def test_what_cannot_be_linked_is_named_field_by_field_and_nothing_is(
    work: Work, council: Council, people: Staff, typed: dict[str, str], wrong: set[str]
) -> None:
    entry = an_entry(work, people.service_manager)

    with pytest.raises(TextsWanted) as refused:
        links(work, council, people, entry, **typed)

    assert set(refused.value.errors) == wrong
    assert the_entry(work, entry.id) == entry
    assert work.learning.sources([entry.id]) == {}


@pytest.mark.rule("Q29")
def test_only_the_qa_office_links_and_nobody_past_a_change_or_the_end(
    work: Work, council: Council, people: Staff
) -> None:
    entry = a_whole_entry(work, people.service_manager)
    given: dict[str, Any] = {"entry_id": entry.id, "typed": COMPLAINTS, "now": NOW}

    for somebody in (people.ad_qa, people.service_manager, a_person(work, "Una Other")):
        with pytest.raises(NotAllowed):
            link_evidence(work, council, by=somebody, version=entry.version, **given)
    with pytest.raises(Stale):
        link_evidence(work, council, by=people.qa_officer, version=entry.version + 1, **given)
    ends(work, council, people, entry)
    with pytest.raises(RuleBroken, match="ended"):
        link_evidence(work, council, by=people.qa_officer, version=entry.version + 1, **given)
