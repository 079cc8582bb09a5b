"""From an audit to what its cards show. Cards themselves are tested beside; here it is what goes in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cards.assembly import (
    allocation_view,
    head_of,
    overview_view,
    page_view,
    review_view,
    steps_of,
    title_of,
)
from cards.assembly_readers import safety_alert_view, shared_notice_view, shared_view, submitted_view
from cards.views import OVERVIEW, REVIEW, Progress
from domain.alerts import Alert
from domain.audit_file import AgreedAction, AuditFile, Comment, Review
from domain.audits import Audit, AuditState
from domain.framework import Framework
from domain.grades import Grade
from domain.pages import (
    ACTIONS,
    JOURNEY,
    OVERALL,
    VOICES,
    ActionsPage,
    ConversationPage,
    FilePage,
    JourneyPage,
    OverallPage,
    Page,
    Reached,
    SectionPage,
    Source,
    VoicePage,
    page_keys,
)
from domain.people import Person, Team
from domain.permissions import Capacity

ON = date(2026, 5, 1)
SUBMITTED_AT = datetime(2026, 5, 28, 22, 30, tzinfo=UTC)
"""Half past eleven at night in London."""
NO_HOLIDAYS: frozenset[date] = frozenset()
AUDITOR = Person(1, "Alex Auditor", "a@council.example", frozenset())
PRACTITIONER = Person(2, "Perry Practitioner", "p@council.example", frozenset())
SOURCES = (Source("Home visit", ON), Source("Supervision record", ON), Source("Plan review", ON))
GRADED = SectionPage(Grade.GOOD, "Strong", "because", "so the child is safe", SOURCES)
HEARD = VoicePage(Reached.OBTAINED, "Heard.", "", ON)


def an_audit(**changed: object) -> Audit:
    audit = Audit(
        id=7,
        round_id=1,
        case_id=1,
        case_reference="CF-1001",
        auditor_id=1,
        practitioner_id=2,
        team_id=1,
        state=AuditState.ACCEPTED,
        framework_version="1.0",
        allocated_on=ON,
        due_on=date(2026, 5, 31),
        lookback_from=date(2025, 11, 1),
        has_contact_section=False,
        accepted_at=datetime(2026, 5, 1, 9, 0, tzinfo=UTC),
    )
    return replace(audit, **changed)  # type: ignore[arg-type]


def a_submitted(**changed: object) -> Audit:
    given = {"state": AuditState.SUBMITTED, "submitted_at": SUBMITTED_AT, "overall": "good", **changed}
    return an_audit(**given)


def a_file(audit: Audit | None = None, pages: Mapping[str, Page] | None = None, **given: object) -> AuditFile:
    return AuditFile(
        audit=audit or an_audit(),
        auditor=AUDITOR,
        practitioner=PRACTITIONER,
        team=Team(1, "Conifers 1", 1),
        owners=((2, "Perry Practitioner (practitioner)"),),
        pages=pages or {},
        versions=dict.fromkeys(pages or {}, 2),
        saved_at={},
        **given,  # type: ignore[arg-type]
    )


def complete(framework: Framework) -> dict[str, Page]:
    pages: dict[str, Page] = {
        JOURNEY: JourneyPage("Came in May.", "School"),
        "file": FilePage(ON),
        "conversation": ConversationPage(ON, "Praise."),
        OVERALL: OverallPage(Grade.GOOD, "Strong", "because", "so the child is safe", "More play."),
        ACTIONS: ActionsPage(none_needed=True),
        **dict.fromkeys(VOICES, HEARD),
    }
    return {key: pages.get(key, GRADED) for key in page_keys(framework, has_contact_section=False)}


@pytest.mark.parametrize(("today", "left"), [(ON, 30), (date(2026, 5, 31), 0), (date(2026, 6, 2), -2)])
def test_the_head_counts_the_days_left(today: date, left: int) -> None:
    assert head_of(an_audit(), today).days_left == left


def test_every_page_has_a_title(framework: Framework) -> None:
    keys = page_keys(framework, has_contact_section=True)
    titles = [title_of(framework, key) for key in keys]

    assert all(titles)
    assert len(set(titles)) == len(keys)


@pytest.mark.rule("CA-22", "CA-08", "CA-12")
@pytest.mark.parametrize(
    ("missing", "open_steps"),
    [
        ((), {"submit"}),
        (("file",), {"file", "submit"}),
        (("voice_agency",), {"voices", "submit"}),
        (("conversation",), {"conversation", "submit"}),
        (("oversight",), {"judge", "submit"}),
        ((JOURNEY,), {"judge", "submit"}),
        ((OVERALL,), {"judge", "submit"}),
        ((ACTIONS,), {"actions", "submit"}),
    ],
)
def test_a_step_is_done_once_its_pages_are(
    framework: Framework, missing: tuple[str, ...], open_steps: set[str]
) -> None:
    pages = {key: page for key, page in complete(framework).items() if key not in missing}

    steps = steps_of(a_file(pages=pages), framework, NO_HOLIDAYS, ON)

    by_key = dict(zip((step.key for step in framework.steps), steps, strict=True))
    assert {key for key, step in by_key.items() if not step.done} == open_steps


@pytest.mark.rule("CA-22")
def test_the_steps_are_spread_over_the_month(framework: Framework) -> None:
    steps = steps_of(a_file(an_audit(accepted_at=None)), framework, NO_HOLIDAYS, ON)

    assert [step.aim_on.day for step in steps] == [6, 10, 17, 24, 27, 28, 31]
    assert not any(step.done for step in steps)


@pytest.mark.rule("CA-05", "CA-07")
def test_the_allocation_card_is_given_what_by_when_and_the_window(framework: Framework) -> None:
    view = allocation_view(a_file(), framework, NO_HOLIDAYS, today=ON, nonce="n", owner_mri="29:1")

    assert (view.lookback_from, view.lookback_to) == (date(2025, 11, 1), ON)
    assert (view.head.due_on, view.accept_by) == (date(2026, 5, 31), date(2026, 5, 6))
    assert (view.practitioner_name, view.team_name) == ("Perry Practitioner", "Conifers 1")


def test_the_overview_tells_done_started_and_to_do_apart(framework: Framework) -> None:
    pages: dict[str, Page] = {
        JOURNEY: JourneyPage("Came.", "School"),
        "planning": SectionPage(Grade.GOOD),
        "review": SectionPage(),
    }

    view = overview_view(a_file(pages=pages), framework, NO_HOLIDAYS, today=ON, nonce="n")

    progress = {link.key: link.progress for link in view.pages}
    assert progress["review"] is Progress.TODO
    assert progress[JOURNEY] is Progress.DONE
    assert progress["planning"] is Progress.STARTED
    assert progress["file"] is Progress.TODO
    assert view.next_page == "file"


def test_with_every_page_done_the_review_comes_next(framework: Framework) -> None:
    view = overview_view(a_file(pages=complete(framework)), framework, NO_HOLIDAYS, today=ON, nonce="n")

    assert view.next_page == REVIEW


@pytest.mark.parametrize(("state", "accepted"), [(AuditState.ALLOCATED, False), (AuditState.ACCEPTED, True)])
def test_pages_are_offered_once_the_audit_is_accepted(
    framework: Framework, state: AuditState, accepted: bool
) -> None:
    view = overview_view(a_file(an_audit(state=state)), framework, NO_HOLIDAYS, today=ON, nonce="n")

    assert view.accepted is accepted


@pytest.mark.parametrize("has_contact_section", [True, False])
def test_pages_lead_from_one_to_the_next(framework: Framework, has_contact_section: bool) -> None:
    audit = an_audit(has_contact_section=has_contact_section)
    keys = page_keys(framework, has_contact_section=has_contact_section)

    views = [
        page_view(audit, framework, key, page=JourneyPage(), version=0, saved_at=None, today=ON, nonce="n")
        for key in keys
    ]

    assert [view.previous for view in views] == [OVERVIEW, *keys[:-1]]
    assert [view.following for view in views] == [*keys[1:], REVIEW]
    assert [(view.number, view.of) for view in views] == [(n, len(keys)) for n in range(1, len(keys) + 1)]


@pytest.mark.rule("CA-24")
@pytest.mark.parametrize(
    ("overall", "below"),
    [(None, False), (Grade.GOOD, False), (Grade.REQUIRES_IMPROVEMENT, True), (Grade.INADEQUATE, True)],
)
def test_the_actions_page_is_told_whether_actions_are_compulsory(
    framework: Framework, overall: Grade | None, below: bool
) -> None:
    view = page_view(
        an_audit(),
        framework,
        ACTIONS,
        page=ActionsPage(),
        version=0,
        saved_at=None,
        today=ON,
        nonce="n",
        overall=overall,
    )

    assert view.overall_below_good is below


def test_errors_block_and_stand_before_hints(framework: Framework) -> None:
    view = page_view(
        an_audit(),
        framework,
        "file",
        page=FilePage(),
        version=0,
        saved_at=None,
        today=ON,
        nonce="n",
        errors={"read_on": "Please give the date."},
    )

    assert [(hint.field, hint.blocking) for hint in view.hints] == [("read_on", True)]


@pytest.mark.rule("CA-15")
def test_the_review_shows_each_page_with_grade_and_gaps(framework: Framework) -> None:
    pages = {**complete(framework), "planning": SectionPage(Grade.GOOD, "Strong")}

    view = review_view(a_file(pages=pages), framework, today=ON, nonce="n")

    parts = {part.key: part for part in view.parts}
    assert list(parts) == list(page_keys(framework, has_contact_section=False))
    assert parts["planning"].grade_label == "Good"
    assert parts["planning"].missing == (
        "the reason for it",
        "the impact on the child",
        "three sources, each with its day",
    )
    assert [key for key, part in parts.items() if part.missing] == ["planning"]
    assert view.version == 1 + 2 * len(pages)


@pytest.mark.rule("CA-16")
@pytest.mark.parametrize(
    ("due_on", "on_time"), [(date(2026, 5, 27), False), (date(2026, 5, 28), True), (date(2026, 5, 29), True)]
)
def test_submitted_late_at_night_still_counts_for_the_day_in_london(
    framework: Framework, due_on: date, on_time: bool
) -> None:
    view = submitted_view(a_submitted(due_on=due_on), framework, shared_with=(), in_own_view=False)

    assert view.on_time is on_time


@pytest.mark.rule("CA-16", "SG-01")
@pytest.mark.parametrize(("in_own_view", "label"), [(True, "Good"), (False, "")])
def test_the_stored_card_of_a_submitted_audit_has_no_grade(
    framework: Framework, in_own_view: bool, label: str
) -> None:
    view = submitted_view(
        a_submitted(), framework, shared_with=("qa_office", "practitioner"), in_own_view=in_own_view
    )

    assert view.overall_label == label
    assert view.shared_with == ("the practitioner", "the QA office")


def test_an_audit_under_way_has_none_of_a_readers_views(framework: Framework) -> None:
    file = a_file()

    with pytest.raises(ValueError, match="only a submitted audit"):
        submitted_view(file.audit, framework, shared_with=(), in_own_view=True)
    with pytest.raises(ValueError, match="only a submitted audit"):
        shared_notice_view(file.audit, "Alex", Capacity.PRACTITIONER, framework, NO_HOLIDAYS)
    with pytest.raises(ValueError, match="only a submitted audit"):
        shared_view(file, Capacity.PRACTITIONER, framework, NO_HOLIDAYS, part="summary", today=ON, nonce="n")


@pytest.mark.rule("CA-17", "CA-18", "Q26")
@pytest.mark.parametrize(
    ("capacity", "comment", "review", "by"),
    [
        (Capacity.PRACTITIONER, True, False, date(2026, 6, 4)),
        (Capacity.TEAM_MANAGER, False, True, date(2026, 6, 4)),
        (Capacity.LINE_MANAGER, False, False, None),
        (Capacity.QA_OFFICE, False, False, None),
        (Capacity.AUDITOR, False, False, None),
    ],
)
def test_each_reader_has_the_duty_of_their_part(
    framework: Framework, capacity: Capacity, comment: bool, review: bool, by: date | None
) -> None:
    file = a_file(a_submitted(), complete(framework))

    view = shared_view(file, capacity, framework, NO_HOLIDAYS, part="summary", today=ON, nonce="n")
    notice = shared_notice_view(file.audit, "Alex", capacity, framework, NO_HOLIDAYS)

    assert (view.can_comment, view.can_review) == (comment, review)
    assert (view.comment_by or view.review_by, notice.respond_by) == (by, by)


@pytest.mark.rule("CA-18", "Q6")
@pytest.mark.parametrize(
    ("nominated", "reason", "said"),
    [
        (True, "High.", "Toni has read this audit and put it forward for moderation: High."),
        (False, "", "Toni has read this audit and did not put it forward for moderation."),
    ],
)
def test_a_review_is_said_in_a_sentence_and_asked_for_no_more(
    framework: Framework, nominated: bool, reason: str, said: str
) -> None:
    review = Review("Toni", SUBMITTED_AT, nominated, reason)
    file = a_file(a_submitted(), complete(framework), review=review)

    view = shared_view(
        file, Capacity.TEAM_MANAGER, framework, NO_HOLIDAYS, part="summary", today=ON, nonce="n"
    )

    assert (view.reviewed, view.can_review) == (said, False)


def test_agreed_actions_take_the_place_of_the_page_they_came_from(framework: Framework) -> None:
    actions = (AgreedAction("Rewrite the plan.", "Perry", ON),)
    comments = (Comment("First.", SUBMITTED_AT), Comment("Second.", SUBMITTED_AT))
    file = a_file(a_submitted(), complete(framework), actions=actions, comments=comments)

    view = shared_view(file, Capacity.QA_OFFICE, framework, NO_HOLIDAYS, part="summary", today=ON, nonce="n")

    assert ACTIONS not in [part.key for part in view.parts]
    assert view.actions == (("Rewrite the plan.", "Perry", ON),)
    assert view.comment == "First.\n\nSecond."


@pytest.mark.rule("SG-02", "Q16")
@pytest.mark.parametrize(
    ("reader", "can", "escalated"), [(1, True, False), (2, False, False), (3, True, True), (9, False, False)]
)
def test_whoever_was_told_and_has_not_answered_can_acknowledge(
    reader: int, can: bool, escalated: bool
) -> None:
    alert = Alert(
        id=1,
        audit_id=7,
        reference="CF-1001",
        team_name="Conifers 1",
        raised_by_name="Alex",
        raised_at=SUBMITTED_AT,
        concern="Not seen.",
        told=frozenset({1, 2, 3}),
        escalated_to=frozenset({3}),
        acknowledged=((2, "Toni", SUBMITTED_AT),),
    )

    view = safety_alert_view(alert, reader_id=reader, duty_phone="1", out_of_hours_phone="2", nonce="n")

    assert (view.can_acknowledge, view.escalated) == (can, escalated)
    assert view.acknowledged == (("Toni", SUBMITTED_AT),)
