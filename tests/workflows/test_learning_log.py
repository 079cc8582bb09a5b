"""The learning log: where drafts come from, who does what, and what an entry needs before it moves on."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from domain.audits import Audit
from domain.errors import NotAllowed, RuleBroken, Stale
from domain.grades import Grade
from domain.learning import DraftedFrom, Entry, EntryState, Evidence
from domain.moderation_form import SectionGrade
from domain.people import Person, Post
from storage.work import Work
from tests.builders import NOW, Staff, a_person, a_submitted_audit
from tests.dialogs.scripts import on_one_engine
from tests.learning import a_draft, a_section, a_whole_entry, an_action, an_entry, the_entry
from tests.moderations import a_held_moderation, a_released_moderation, the_panel
from tests.reminded import days_of, said_on
from workflows import learning_actions, learning_log
from workflows.council import Council
from workflows.learning_look import open_entry, view_log
from workflows.learning_telling import DRAFTS
from workflows.learning_texts import TextsWanted

pytestmark = on_one_engine

DUE = date(2026, 7, 1)
LEARNING = "Chronologies are kept up late in the week; supervision could ask earlier."


@pytest.fixture
def work(council: Council, people: Staff) -> Iterator[Work]:
    """One transaction over a council whose staff were saved before it began."""
    with council.write() as opened:
        yield opened


def words(owner: Person | None = None, /, **typed: str) -> dict[str, str]:
    """A form filled in."""
    return {
        "entry_title": "Plans that children can read",
        "theme": "planning",
        "learning": "Plans were written for courts, not for children.",
        "owner": str(owner.id) if owner else "",
        "due_on": DUE.isoformat() if owner else "",
        **typed,
    }


def saves(work: Work, council: Council, people: Staff, entry: Entry | None, **given: Any) -> Entry:
    """The QA officer saves an entry as it was opened."""
    asked = {"by": people.qa_officer, "version": entry.version if entry else 0, "now": NOW, **given}
    entry_id = learning_log.save_entry(work, council, entry_id=entry.id if entry else 0, **asked)
    return the_entry(work, entry_id)


def publishes(work: Work, council: Council, people: Staff, entry: Entry) -> Entry:
    asked: dict[str, Any] = {"by": people.qa_officer, "version": entry.version, "now": NOW}
    learning_log.publish_entry(work, council, entry_id=entry.id, **asked)
    return the_entry(work, entry.id)


def ends(work: Work, council: Council, people: Staff, entry: Entry, **typed: str) -> int | None:
    asked: dict[str, Any] = {"by": people.qa_officer, "version": entry.version, "now": NOW}
    return learning_log.end_entry(work, council, entry_id=entry.id, typed=typed, **asked)


def drafts(work: Work) -> tuple[Entry, ...]:
    return work.learning.in_states({EntryState.DRAFT})


# --- Where drafts come from. -----------------------------------------------------------------------------


@pytest.mark.rule("RO-07", "OG-06")
def test_a_released_moderation_drafts_one_entry_from_what_the_organisation_can_learn(
    work: Work, council: Council, people: Staff
) -> None:
    form = {
        "sections": {"planning": SectionGrade(Grade.INADEQUATE, "Drift."), "review": SectionGrade(Grade.GOOD)}
    }
    released = a_released_moderation(work, council, people, the_panel(work), form=form)

    for _ in range(2):
        learning_log.draft_from_moderation(work, council, released, now=NOW)

    (draft,) = drafts(work)
    assert (draft.theme, draft.learning, draft.drafted_from) == ("planning", LEARNING, DraftedFrom.MODERATION)
    assert work.learning.evidence([draft.id])[draft.id] == {
        Evidence.AUDIT: (released.audit_id,),
        Evidence.MODERATION: (released.id,),
    }
    ((told, tomorrow),) = days_of(work, DRAFTS, people.qa_officer.id)
    assert told == people.qa_officer.id
    then = datetime.combine(tomorrow, NOW.timetz())
    assert "1 draft for the learning log" in said_on(work, council, people.qa_officer, then)


@pytest.mark.rule("RO-07", "MO-17")
def test_nothing_is_drafted_from_an_empty_box_or_a_moderation_that_is_held(
    work: Work, council: Council, people: Staff
) -> None:
    panel = the_panel(work)
    held = a_held_moderation(work, council, people, panel)
    silent = a_released_moderation(
        work, council, people, panel, reference="CF-2", form={"organisation": "  "}
    )

    for moderation in (held, silent):
        learning_log.draft_from_moderation(work, council, moderation, now=NOW)

    assert drafts(work) == ()


@pytest.mark.rule("RO-07")
def test_the_qa_officer_drafts_from_an_audit_and_reading_it_is_kept(
    work: Work, council: Council, people: Staff
) -> None:
    audit = a_submitted_audit(work, council, people, pages={"review": a_section(Grade.INADEQUATE)})

    entry_id = learning_log.draft_from_audit(work, council, by=people.qa_officer, audit_id=audit.id, now=NOW)

    draft = the_entry(work, entry_id)
    assert (draft.theme, draft.learning) == ("review", "A plan the child can read.")
    assert work.learning.evidence([entry_id])[entry_id] == {Evidence.AUDIT: (audit.id,)}
    work.trail.finish()
    last = work.trail.rows(f"audit:{audit.id}")[-1]
    assert (last.verb, last.actor) == ("read", people.qa_officer.id)


@pytest.mark.rule("MO-17")
def test_a_draft_from_an_audit_knows_nothing_of_a_held_moderation(
    work: Work, council: Council, people: Staff
) -> None:
    form = {"sections": {"planning": SectionGrade(Grade.INADEQUATE, "Drift.")}}
    held = a_held_moderation(work, council, people, the_panel(work), form=form)

    entry_id = learning_log.draft_from_audit(
        work, council, by=people.qa_officer, audit_id=held.audit_id, now=NOW
    )

    assert the_entry(work, entry_id).theme == "recording"


# --- Writing and publishing. -----------------------------------------------------------------------------


@pytest.mark.rule("Q29", "RO-06", "RO-07")
def test_only_the_qa_office_writes_and_only_the_ad_for_qa_assures(
    work: Work, council: Council, people: Staff
) -> None:
    psw = a_person(work, "Pat Principal", Post.PSW)
    entry = an_entry(work, people.service_manager)
    given: dict[str, Any] = {"entry_id": entry.id, "version": entry.version, "now": NOW}

    for somebody in (psw, people.ad_qa, people.service_manager, people.auditor):
        with pytest.raises(NotAllowed):
            learning_log.save_entry(work, council, by=somebody, typed=words(), **given)
        with pytest.raises(NotAllowed):
            learning_log.end_entry(work, council, by=somebody, typed={}, **given)
    for somebody in (psw, people.qa_officer, people.service_manager):
        with pytest.raises(NotAllowed):
            learning_log.assure_entry(work, council, by=somebody, **given)
    learning_log.assure_entry(work, council, by=people.ad_qa, **given)

    assured = the_entry(work, entry.id)
    assert (assured.state, assured.assured_by) == (EntryState.ASSURED, people.ad_qa.id)


@pytest.mark.rule("OG-06")
def test_a_draft_may_lack_what_a_published_entry_needs(work: Work, council: Council, people: Staff) -> None:
    draft = saves(work, council, people, None, typed=words(theme="", learning=""))

    with pytest.raises(TextsWanted) as wanted:
        publishes(work, council, people, draft)
    whole = saves(work, council, people, draft, typed=words(people.service_manager))
    opened = publishes(work, council, people, whole)

    assert set(wanted.value.errors) == {"theme", "learning", "owner", "due_on"}
    assert opened.state is EntryState.OPEN
    with pytest.raises(TextsWanted) as needed:
        saves(work, council, people, opened, typed=words())
    assert set(needed.value.errors) == {"owner", "due_on"}


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    ("field", "typed", "found"),
    [
        ("learning", "Jack Smith said that nobody asked him.", "looks like a name"),
        ("entry_title", "Call the family on 07700 900123", "looks like a phone number"),
        ("learning", "As in CF-1001, plans come late.", "the reference of a case"),
    ],
)
def test_whatever_says_who_a_child_is_is_refused_with_what_was_found(
    work: Work, council: Council, people: Staff, field: str, typed: str, found: str
) -> None:
    audit = a_submitted_audit(work, council, people)
    draft = a_draft(work, audits=[audit.id])

    with pytest.raises(TextsWanted) as refused:
        saves(work, council, people, draft, typed=words(**{field: typed}))

    assert found in refused.value.errors[field]
    assert the_entry(work, draft.id) == draft


@pytest.mark.rule("SG-01")
def test_a_draft_that_a_release_wrote_is_read_for_names_before_anybody_else_reads_it(
    work: Work, council: Council, people: Staff
) -> None:
    draft = a_draft(work, people.service_manager, learning="We heard that Jack Smith waited.")

    with pytest.raises(TextsWanted) as refused:
        publishes(work, council, people, draft)

    assert "“Jack Smith”" in refused.value.errors["learning"]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"due_on": "2026-05-01"}, "due_on"),
        ({"due_on": "2028-06-01"}, "due_on"),
        ({"due_on": "soon"}, "due_on"),
        ({"owner": "999"}, "owner"),
        ({"theme": "weather"}, "theme"),
        ({"entry_title": " "}, "entry_title"),
        ({"learning": "x" * 4001}, "learning"),
    ],
)
def test_what_cannot_be_kept_is_named_field_by_field(
    work: Work, council: Council, people: Staff, typed: dict[str, str], wrong: str
) -> None:
    with pytest.raises(TextsWanted) as refused:
        saves(work, council, people, None, typed=words(people.cover, **typed))

    assert set(refused.value.errors) == {wrong}


def test_a_save_of_another_version_is_refused_with_what_stands_there(
    work: Work, council: Council, people: Staff
) -> None:
    draft = a_draft(work)
    newer = saves(work, council, people, draft, typed=words(entry_title="Somebody else's"))

    with pytest.raises(Stale) as stale:
        saves(work, council, people, draft, typed=words(entry_title="Mine"))

    assert stale.value.current == newer
    # The same words again change nothing, whatever version they come from.
    assert saves(work, council, people, draft, typed=words(entry_title="Somebody else's")) == newer


@pytest.mark.rule("RO-06")
def test_words_that_change_are_assured_anew_and_another_owner_is_not(
    work: Work, council: Council, people: Staff
) -> None:
    entry = an_entry(work, people.service_manager, state=EntryState.ASSURED)
    same = {"entry_title": entry.title, "learning": entry.learning}

    moved = saves(work, council, people, entry, typed=words(people.cover, **same))
    rewritten = saves(work, council, people, moved, typed=words(people.cover, entry_title="Plans"))

    assert (moved.state, moved.assured_at) == (EntryState.ASSURED, entry.assured_at)
    assert (rewritten.state, rewritten.assured_by) == (EntryState.OPEN, None)


# --- The end. --------------------------------------------------------------------------------------------


@pytest.mark.rule("OG-06")
def test_an_entry_closes_only_with_what_changed_for_children_and_whether_more_is_needed(
    work: Work, council: Council, people: Staff
) -> None:
    entry = a_whole_entry(work, people.service_manager)

    for typed in ({}, {"impact": "Children know their plan."}, {"more_needed": "no"}):
        with pytest.raises(TextsWanted):
            ends(work, council, people, entry, **typed)
    follows = ends(work, council, people, entry, impact="Children know their plan.", more_needed="no")

    closed = the_entry(work, entry.id)
    assert follows is None
    assert (closed.state, closed.impact, closed.more_needed) == (
        EntryState.CLOSED,
        "Children know their plan.",
        False,
    )
    with pytest.raises(RuleBroken, match="ended already"):
        ends(work, council, people, closed, impact="Again.", more_needed="no")


@pytest.mark.rule("OG-06")
def test_where_more_is_needed_a_draft_goes_on_with_the_same_evidence(
    work: Work, council: Council, people: Staff
) -> None:
    entry = a_whole_entry(work, people.service_manager, audits=[4, 5])

    follows = ends(work, council, people, entry, impact="Some know their plan.", more_needed="yes")

    (draft,) = drafts(work)
    assert draft.id == follows
    assert (draft.theme, draft.owner_id) == (entry.theme, entry.owner_id)
    assert work.learning.evidence([draft.id])[draft.id] == {Evidence.AUDIT: (4, 5)}
    assert [one.what for one in work.learning.sources([draft.id])[draft.id]] == ["Complaints of the spring"]


@pytest.mark.rule("OG-06")
def test_an_entry_waits_for_its_actions(work: Work, council: Council, people: Staff) -> None:
    entry = a_whole_entry(work, people.service_manager)
    action = an_action(work, entry, people.cover)
    answer = {"impact": "Children know their plan.", "more_needed": "no"}

    with pytest.raises(RuleBroken, match="not done yet"):
        ends(work, council, people, entry, **answer)
    learning_actions.finish_action(
        work, council, by=people.cover, action_id=action.id, text="The guide is in use.", now=NOW
    )
    ends(work, council, people, entry, **answer)

    assert the_entry(work, entry.id).state is EntryState.CLOSED


@pytest.mark.rule("OG-06", "SG-05")
def test_a_draft_is_dropped_with_its_reason_which_is_kept(
    work: Work, council: Council, people: Staff
) -> None:
    draft = a_draft(work)

    with pytest.raises(TextsWanted):
        ends(work, council, people, draft, reason=" ")
    ends(work, council, people, draft, reason="The log has it already.")

    dropped = the_entry(work, draft.id)
    assert (dropped.state, dropped.impact) == (EntryState.DROPPED, "The log has it already.")
    work.trail.finish()
    assert work.trail.rows("day:2026-05-01")[-1].verb == "dropped a learning entry"


# --- Who sees what. --------------------------------------------------------------------------------------


@pytest.mark.rule("Q29", "SG-01")
def test_readers_without_the_right_to_an_audit_see_only_how_many_there_are(
    work: Work, council: Council, people: Staff
) -> None:
    psw = a_person(work, "Pat Principal", Post.PSW)
    audit: Audit = a_submitted_audit(work, council, people)
    entry = an_entry(work, people.service_manager, audits=[audit.id])

    def sees(person: Person) -> tuple[int, tuple[int, ...]]:
        opened = open_entry(work, council, by=person, entry_id=entry.id, now=NOW)
        return opened.audits, opened.readable

    assert sees(psw) == sees(people.ad_qa) == sees(people.service_manager) == (1, ())
    assert sees(people.qa_officer) == (1, (audit.id,))


@pytest.mark.rule("Q29", "RO-07")
def test_a_draft_is_the_qa_offices_alone(work: Work, council: Council, people: Staff) -> None:
    psw = a_person(work, "Pat Principal", Post.PSW)
    draft = a_draft(work, people.service_manager)

    for somebody in (psw, people.ad_qa, people.service_manager):
        with pytest.raises(NotAllowed):
            open_entry(work, council, by=somebody, entry_id=draft.id, now=NOW)
        assert "drafts" not in view_log(work, council, by=somebody, part="", now=NOW).counts

    assert open_entry(work, council, by=people.qa_officer, entry_id=draft.id, now=NOW).entry == draft


@pytest.mark.rule("RO-06")
def test_the_ad_for_qa_sees_what_is_not_assured_first(work: Work, council: Council, people: Staff) -> None:
    an_entry(work, people.cover, state=EntryState.ASSURED)
    waiting = an_entry(work, people.cover)

    begins = {
        person.name: view_log(work, council, by=person, part="", now=NOW)
        for person in (people.ad_qa, people.qa_officer)
    }

    assert begins[people.ad_qa.name].part == "to_assure"
    assert [line.entry.id for line in begins[people.ad_qa.name].lines] == [waiting.id]
    assert begins[people.qa_officer.name].part == "standing"


@pytest.mark.rule("Q29")
def test_the_log_is_analysed_by_theme(work: Work, council: Council, people: Staff) -> None:
    psw = a_person(work, "Pat Principal", Post.PSW)
    an_entry(work, people.cover, audits=[1, 2], due_on=date(2026, 4, 1))
    closing = a_whole_entry(work, people.cover, audits=[2, 3])
    an_entry(work, people.cover, theme="review")
    ends(work, council, people, closing, impact="Some know their plan.", more_needed="yes")

    found = view_log(work, council, by=psw, part="analysis", now=NOW).analysis

    assert [
        (one.theme, one.standing, one.overdue, one.closed, one.more_needed, one.evidence) for one in found
    ] == [("planning", 1, 1, 1, 1, 3), ("review", 1, 0, 0, 0, 0)]


def test_whoever_only_owns_an_action_sees_that_one(work: Work, council: Council, people: Staff) -> None:
    entry = an_entry(work, people.service_manager)
    action = an_action(work, entry, people.team_manager)

    mine = view_log(work, council, by=people.team_manager, part="standing", now=NOW)

    assert (mine.part, mine.lines, [one.action for one in mine.mine]) == ("mine", (), [action])
    with pytest.raises(NotAllowed):
        open_entry(work, council, by=people.team_manager, entry_id=entry.id, now=NOW)
    with pytest.raises(NotAllowed):
        view_log(work, council, by=people.practitioner, part="mine", now=NOW)
