"""The team's copy of a moderation while its manager is on leave, and while there is no manager (MO-15, Q13).

Auditor Alex of Brambles audits in Conifers; Toni manages the team that holds the case.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from domain.days import local_day
from domain.errors import NotAllowed, RuleBroken
from domain.feedback import Shown
from domain.moderation import Moderation
from domain.people import Leave, Person, Post
from scheduler.drawing import Drawn, Needless
from storage.work import Work
from tests.builders import NOW, Staff, a_person
from tests.chat import Chat, inputs, text
from tests.dialogs.scripts import text_of
from tests.moderations import Panel, a_decided_moderation, a_held_moderation, the_panel
from tests.workflows.nudged import drawn
from workflows.council import Council
from workflows.reading_moderation import feedback_of
from workflows.releasing import settle_decided
from workflows.sharing import TextWanted
from workflows.team_copies import give_copy, takers

TODAY = local_day(NOW)
AWAY = Leave(TODAY, TODAY + timedelta(days=3))
BACK = NOW + timedelta(days=4)
KINDS = ("moderation_news", "moderation_copy")


@dataclass
class Stage:
    """A council with its Panel, within one transaction."""

    council: Council
    work: Work
    people: Staff
    panel: Panel

    def released(self) -> Moderation:
        """Decided as satisfactory, and so released at once."""
        decided = a_decided_moderation(self.work, self.council, self.people, self.panel)
        settle_decided(self.work, self.council, decided, by=self.panel.first.id, now=NOW)
        found = self.work.moderations.get(decided.id)
        assert found is not None
        return found

    def told(self, kind: str, moderation: Moderation) -> set[int | None]:
        return {one.person_id for one in self.work.notices.of(kind, moderation.id)}

    def reads(self, person: Person, moderation: Moderation, now: datetime = NOW) -> Shown | None:
        by = self.work.people.get(person.id)
        try:
            found = feedback_of(self.work, self.council, by=by, moderation_id=moderation.id, now=now)
        except NotAllowed:
            return None
        return found.shown

    def unmanaged(self) -> None:
        self.work.people.mark_left([self.people.team_manager.id], date(2026, 4, 30))


@pytest.fixture
def stage(council: Council, people: Staff) -> Iterator[Stage]:
    with council.write() as work:
        yield Stage(council, work, people, the_panel(work))


@pytest.mark.rule("MO-15", "MO-19")
def test_while_the_team_manager_is_on_leave_their_cover_has_the_copy_too(stage: Stage) -> None:
    cover = a_person(stage.work, "Cam Cover", Post.ATM, team_id=stage.people.team.id)
    manager = stage.people.team_manager
    stage.work.people.change(manager.id, {"leave": (AWAY,), "cover_id": cover.id})

    moderation = stage.released()

    for kind in KINDS:
        assert stage.told(kind, moderation) == {stage.people.auditor.id, manager.id, cover.id}
    assert stage.told("copy_unreceived", moderation) == set()
    assert stage.reads(cover, moderation) is Shown.TEAM
    assert stage.reads(cover, moderation, BACK) is None
    assert stage.reads(manager, moderation, BACK) is Shown.TEAM


@pytest.mark.rule("MO-15")
def test_a_cover_hears_nothing_while_the_manager_is_there(stage: Stage) -> None:
    cover = a_person(stage.work, "Cam Cover", Post.ATM, team_id=stage.people.team.id)
    stage.work.people.change(stage.people.team_manager.id, {"cover_id": cover.id})

    moderation = stage.released()

    assert cover.id not in stage.told("moderation_news", moderation)
    assert stage.reads(cover, moderation) is None


@pytest.mark.rule("MO-15", "MO-17", "SG-03")
def test_neither_auditor_nor_practitioner_has_the_teams_copy_as_a_cover(stage: Stage) -> None:
    manager, practitioner, auditor = (
        stage.people.team_manager,
        stage.people.practitioner,
        stage.people.auditor,
    )
    stage.work.people.change(manager.id, {"leave": (AWAY,), "cover_id": auditor.id})
    held = a_held_moderation(stage.work, stage.council, stage.people, stage.panel, reference="CF-2002")
    unread = stage.reads(auditor, held)
    stage.work.people.change(manager.id, {"cover_id": practitioner.id})

    released = stage.released()

    assert unread is None
    assert stage.told("moderation_news", released) == {auditor.id, manager.id}
    assert stage.reads(practitioner, released) is None


@pytest.mark.rule("MO-15", "Q13")
def test_where_nobody_manages_the_team_the_qa_office_hears_that_nobody_has_its_copy(stage: Stage) -> None:
    stage.unmanaged()

    moderation = stage.released()

    assert stage.told("moderation_news", moderation) == {stage.people.auditor.id}
    assert stage.told("copy_unreceived", moderation) == {stage.people.qa_officer.id}


@pytest.mark.rule("MO-15", "Q13", "SG-05")
def test_the_qa_office_gives_the_copy_to_somebody_near_the_case_who_reads_it_from_then_on(
    stage: Stage,
) -> None:
    stage.unmanaged()
    moderation, line_manager = stage.released(), stage.people.line_manager
    given: dict[str, Any] = {"by": stage.people.qa_officer, "moderation_id": moderation.id, "now": NOW}

    audit, offered = takers(stage.work, stage.council, **given)
    before = stage.reads(line_manager, moderation)
    name = give_copy(stage.work, stage.council, to=line_manager.id, **given)

    assert [label for _, label in offered] == [
        "Ari Assistant (assistant team manager)",
        "Shay Service (service manager)",
    ]
    assert (before, name) == (None, line_manager.name)
    assert stage.reads(line_manager, moderation, BACK) is Shown.TEAM
    assert stage.reads(stage.people.service_manager, moderation) is None
    for kind in KINDS:
        assert line_manager.id in stage.told(kind, moderation)
    last = stage.work.trail.rows(f"audit:{audit.id}")[-1]
    assert (last.verb, last.actor) == (
        "gave the team's copy of a moderation",
        stage.people.qa_officer.id,
    )
    with pytest.raises(RuleBroken, match="by now"):
        give_copy(stage.work, stage.council, to=line_manager.id, **given)


@pytest.mark.rule("MO-17", "SG-03")
def test_a_held_moderation_cannot_be_given_nor_told_from_one_that_is_not_there(stage: Stage) -> None:
    stage.unmanaged()
    held = a_held_moderation(stage.work, stage.council, stage.people, stage.panel)

    said = []
    for moderation_id in (held.id, 999_999):
        given: dict[str, Any] = {"by": stage.people.qa_officer, "moderation_id": moderation_id, "now": NOW}
        with pytest.raises(NotAllowed) as refused:
            give_copy(stage.work, stage.council, to=stage.people.line_manager.id, **given)
        said.append(str(refused.value))

    assert said[0] == said[1]


@pytest.mark.rule("MO-15")
@pytest.mark.parametrize("who", ["auditor", "practitioner", "bystander", None])
def test_the_copy_goes_to_nobody_who_is_not_offered(stage: Stage, who: str | None) -> None:
    stage.unmanaged()
    moderation = stage.released()
    to = getattr(stage.people, who).id if who else None

    with pytest.raises(TextWanted):
        give_copy(
            stage.work,
            stage.council,
            by=stage.people.qa_officer,
            moderation_id=moderation.id,
            to=to,
            now=NOW,
        )


@pytest.mark.rule("MO-15", "Q13")
def test_the_card_of_the_qa_office_leads_to_the_form_and_the_copy_to_its_reader(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        stage = Stage(council, work, people, the_panel(work))
        stage.unmanaged()
        moderation = stage.released()
    chat = Chat(council, people.qa_officer)

    told = drawn(council, people.qa_officer, NOW, "copy_unreceived", moderation.id)
    assert isinstance(told, Drawn)
    form = chat.presses("Give it to", told.card)
    refused = chat.presses("Give it", form)
    given = chat.presses("Give it", form, give_to=str(people.line_manager.id))
    again = chat.again()

    assert "CF-1001" not in text_of(told.card)
    assert "CF-1001" in text(form)
    assert [node["id"] for node in inputs(form)] == ["give_to"]
    assert "Please choose one of the people shown." in text(refused)
    assert "Ari Assistant gets a card" in text(given)
    assert text(again) == text(given)
    assert isinstance(drawn(council, people.line_manager, NOW, "moderation_news", moderation.id), Drawn)
    assert drawn(council, people.qa_officer, NOW, "copy_unreceived", moderation.id) == Needless(
        "somebody has it by now"
    )
