"""An audit in chat, from the allocation to the shared audit.

Auditor   continue
Plumbline Your audit, due 31 May. [See the audit]
Auditor   [See the audit]
Plumbline Case CF-1001, practitioner, team, seven steps. [Accept] [Declare a conflict] [Guidance]
Auditor   [Accept]
Plumbline 0 of 15 pages done. [Continue: The child's journey]
Auditor   [Continue: The child's journey], writes, [Save and continue]
Plumbline the next page, and so on to the actions
Auditor   [Save and check everything]
Plumbline Everything is there. [Submit and share]
Auditor   [Submit and share]
Plumbline Submitted. Thank you.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cards.payloads import OpenOverview, OpenPage, SavePage
from cards.size import LIMIT_BYTES, size_bytes
from cards.views import Mode
from dialogs.turn import Asked
from domain.audits import AuditState
from domain.grades import Grade
from domain.pages import (
    ACTIONS,
    FILE,
    JOURNEY,
    OVERALL,
    VOICES,
    ActionsPage,
    Page,
    Reached,
    SectionPage,
    VoicePage,
)
from tests.builders import (
    NOW,
    Staff,
    a_filled_audit,
    a_submitted_audit,
    an_accepted_audit,
    an_allocated_audit,
)
from tests.chat import Chat, button, buttons, inputs, nodes, text
from tests.dialogs.scripts import (
    Card,
    at_page,
    everything_stored,
    fill_from,
    on_one_engine,
    said_under,
    saved,
    trail,
    values,
    without_nonces,
    written,
)
from tests.typed_pages import typed_inputs
from workflows.council import Council

MOST_PRESSES = 28


@pytest.mark.rule("CA-06", "CA-12", "CA-14", "CA-15", "CA-16", "CA-23", "CA-24")
@pytest.mark.parametrize("mode", list(Mode))
def test_an_audit_goes_from_acceptance_to_submission_in_few_presses(
    council: Council, people: Staff, mode: Mode, monkeypatch: pytest.MonkeyPatch
) -> None:
    with council.write() as work:
        audit = an_allocated_audit(work, people)
    chat = Chat(council, people.auditor, mode=mode)
    pressed: list[object] = []
    sends = chat.sends
    monkeypatch.setattr(chat, "sends", lambda data: (pressed.append(data), sends(data))[1])

    card = chat.types("continue")
    card = chat.presses("See the audit", card)
    card = chat.presses("Accept", card)
    card = chat.presses("Continue", card)
    card = fill_from(chat, card, written(council, people, audit))
    card = chat.presses("Submit and share", card)

    assert "Submitted. Thank you." in text(card)
    assert "Overall grade: Good" in text(card)
    assert len(pressed) <= MOST_PRESSES
    with council.read() as view:
        done = view.audits.get(audit.id)
        assert done is not None
        assert (done.state, done.submitted_at, done.overall) == (AuditState.SUBMITTED, NOW, "good")
        assert [a.what for a in view.actions.of_audit(audit.id)] == ["Rewrite the plan with the child."]


@on_one_engine
def test_in_a_dialog_every_button_is_one_that_a_dialog_knows(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor, mode=Mode.DIALOG)
    card = at_page(chat, audit, JOURNEY)

    for page in written(council, people, audit).values():
        kinds = {node["type"] for node in nodes(card) if str(node.get("type", "")).startswith("Action.")}
        assert "Action.Execute" not in kinds
        card = chat.presses("Save and c", card, **typed_inputs(page))


@on_one_engine
@pytest.mark.rule("SG-01")
def test_the_card_that_stays_in_the_chat_names_no_case(council: Council, people: Staff) -> None:
    with council.write() as work:
        an_accepted_audit(work, people)

    card = Chat(council, people.auditor).types("continue")

    assert "CF-1001" not in str(card)
    assert people.practitioner.name not in str(card)
    assert card["refresh"]["userIds"] == [f"29:{people.auditor.id}"]


def test_looking_at_the_overview_again_changes_nothing(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    before = everything_stored(council, "audits", "audit_pages", "pointers")

    first = chat.sends(OpenOverview(audit.id).pack())
    again = chat.sends(OpenOverview(audit.id).pack())

    assert without_nonces(first) == without_nonces(again)
    assert everything_stored(council, "audits", "audit_pages", "pointers") == before


@on_one_engine
@pytest.mark.rule("CA-07", "Q19")
def test_the_look_back_window_is_shown_where_the_file_is_read(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)

    card = at_page(Chat(council, people.auditor), audit, FILE)

    assert "1 November 2025" in text(card)
    assert "1 May 2026" in text(card)


@on_one_engine
@pytest.mark.rule("Q18")
@pytest.mark.parametrize("has_contact_section", [True, False])
def test_the_contact_section_shows_only_where_it_applies(
    council: Council, people: Staff, has_contact_section: bool
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people, has_contact_section=has_contact_section)
    chat = Chat(council, people.auditor)

    overview = chat.sends(OpenOverview(audit.id).pack())
    page = chat.sends(OpenPage(audit.id, "contact").pack())

    assert ("Contact and referral" in text(overview)) is has_contact_section
    assert ("What happened for this child" in text(page)) is has_contact_section


def test_an_audit_is_filled_in_any_order_over_weeks(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    pages = written(council, people, audit)

    for days, key in enumerate(reversed(list(pages))):
        chat = Chat(council, people.auditor, now=NOW + timedelta(days=days))
        card = at_page(chat, audit, key)
        typed = typed_inputs(pages[key])
        if key == ACTIONS:
            typed["action_due_1"] = "2026-05-30"
        chat.presses("Save and see overview", card, **typed)

    card = at_page(Chat(council, people.auditor, now=NOW + timedelta(days=29)), audit, "everything")
    assert "Everything is there" in text(card)


@on_one_engine
def test_going_on_leads_to_the_first_page_not_done(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    pages = written(council, people, audit)
    fill_from(chat, at_page(chat, audit, JOURNEY), {k: pages[k] for k in (JOURNEY, FILE)})

    overview = chat.sends(OpenOverview(audit.id).pack())

    assert "2 of 15 pages done" in text(overview)
    assert [title for title, _ in buttons(overview) if title.startswith("Continue")] == [
        "Continue: Case recording"
    ]


@on_one_engine
@pytest.mark.parametrize(
    ("key", "typed", "field", "error"),
    [
        (FILE, {"read_on": "sometime", "note": "Read twice."}, "read_on", "Please give the date"),
        (
            "planning",
            {"judgement": "Strong.", "source_1": "Visit", "source_on_1": "2026-06-30"},
            "source_on_1",
            "This day is still to come",
        ),
        ("voice_child", {"summary": "Heard.", "attempt_how": "Call"}, "attempt_on", "An attempt needs both"),
        ("actions", {"action_what_1": "Ring.", "action_due_1": "2026-04-30"}, "action_due_1", "has passed"),
    ],
)
def test_a_value_that_makes_no_sense_keeps_everything_typed_with_the_error_beside_it(
    council: Council, people: Staff, key: str, typed: dict[str, str], field: str, error: str
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)

    card = chat.presses("Save and c", at_page(chat, audit, key), **typed)

    assert error in said_under(card, field) or error in text(card)
    shown = values(card)
    for name, value in typed.items():
        assert shown[name] == value or f"You typed “{value}”." in str(card)
    assert saved(council, audit.id, key) == {}


def test_a_stale_save_gives_both_texts_back_with_the_typed_one_in_the_boxes(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    phone, desk = Chat(council, people.auditor), Chat(council, people.auditor)
    on_phone, on_desk = at_page(phone, audit, JOURNEY), at_page(desk, audit, JOURNEY)
    desk.presses("Save and c", on_desk, journey="Written at the desk.")

    card = phone.presses("Save and c", on_phone, journey="Written on the phone.")

    assert values(card)["journey"] == "Written on the phone."
    assert "Written at the desk." in str(card)
    assert saved(council, audit.id, JOURNEY)["journey"] == "Written at the desk."

    phone.presses("Save and c", card)

    assert saved(council, audit.id, JOURNEY)["journey"] == "Written on the phone."


def test_the_same_text_from_an_old_card_is_no_quarrel(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    first, second = at_page(chat, audit, JOURNEY), at_page(chat, audit, JOURNEY)
    chat.presses("Save and c", first, journey="Came in May.")

    card = chat.presses("Save and c", second, journey="Came in May.")

    assert "Reading the file" in text(card)
    with council.read() as view:
        page = view.audits.page(audit.id, JOURNEY)
        assert page is not None
        assert page.version == 1


def test_more_room_takes_along_what_was_typed(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat, dialog = Chat(council, people.auditor), Chat(council, people.auditor, mode=Mode.DIALOG)

    page = dialog.presses("More room", at_page(chat, audit, "planning"), judgement="Half a thought")
    dialog.presses("Save and c", page, impact="so the child knows what comes next")

    assert values(page)["judgement"] == "Half a thought"
    body = saved(council, audit.id, "planning")
    assert (body["judgement"], body["impact"]) == ("Half a thought", "so the child knows what comes next")


def test_more_room_for_a_page_saved_meanwhile_shows_both(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    old = at_page(chat, audit, "planning")
    chat.presses("Save and c", at_page(chat, audit, "planning"), judgement="Saved elsewhere")

    page = Chat(council, people.auditor, mode=Mode.DIALOG).presses(
        "More room", old, judgement="Half a thought"
    )

    assert values(page)["judgement"] == "Half a thought"
    assert "Saved elsewhere" in str(page)


@on_one_engine
@pytest.mark.rule("CA-15")
@pytest.mark.parametrize("key", ["planning", OVERALL])
def test_a_bare_grade_is_kept_but_does_not_let_one_go_on(council: Council, people: Staff, key: str) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)

    card = chat.presses("Save and c", at_page(chat, audit, key), grade="good")

    assert "judgement" in values(card)
    assert "a grade needs its rationale" in text(card)
    assert saved(council, audit.id, key)["grade"] == "good"

    card = chat.presses("Save and c", card, judgement="Good, because visits are weekly.")

    assert "a grade needs its rationale" not in text(card)
    assert "judgement" not in values(card) or key != OVERALL


@on_one_engine
@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        pytest.param(
            {"judgement": "Strong.", "action": "because of visits", "impact": "so things went well"},
            "The impact does not speak of the child yet",
            marks=pytest.mark.rule("WH-02"),
        ),
        pytest.param(
            {"judgement": "Strong.", "impact": "so the child is safe"},
            "Your judgement has no reason beside it yet",
            marks=pytest.mark.rule("WH-03"),
        ),
        pytest.param(
            {"judgement": "Strong.", "source_1": "Visit", "source_on_1": "2026-04-30"},
            "One source so far",
            marks=pytest.mark.rule("WH-05"),
        ),
        pytest.param(
            {"judgement": "Strong.", "source_1": "Visit"}, "has no day yet", marks=pytest.mark.rule("WH-05")
        ),
        pytest.param(
            {"judgement": "It seems the plan works."},
            "“It seems” in your judgement leaves the question open",
            marks=pytest.mark.rule("WH-07"),
        ),
        pytest.param(
            {"impact": "so Oliver Thistledown is safe at home"},
            "looks like a name",
            marks=pytest.mark.rule("SG-01"),
        ),
        pytest.param(
            {"judgement": "NHS number 943 476 5919 was on file"},
            "looks like an NHS number",
            marks=pytest.mark.rule("SG-01"),
        ),
    ],
)
def test_the_coach_hints_while_saving_and_stops_nobody(
    council: Council, people: Staff, typed: dict[str, str], hint: str
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)

    onward = chat.presses("Save and c", at_page(chat, audit, "planning"), **typed)
    back = at_page(chat, audit, "planning")

    assert "Review of the plan" in text(onward)
    assert hint in text(back)
    for name, value in typed.items():
        assert values(back)[name] == value


@on_one_engine
@pytest.mark.rule("GR-04", "SG-02", "Q16")
@pytest.mark.parametrize("key", ["planning", OVERALL])
def test_choosing_inadequate_offers_a_safety_alert(council: Council, people: Staff, key: str) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    page = replace(SectionPage(), judgement="Poor", action="because", impact="so the child is hurt")

    good = chat.presses("Save and c", at_page(chat, audit, key), grade="good", **typed_inputs(page))
    back = at_page(chat, audit, key)
    poor = chat.presses("Save and c", back, grade="inadequate")

    assert "Is this child safe today?" not in text(good)
    assert "Is this child safe today?" in text(poor)
    assert "Raise a safety alert now" in [title for title, _ in buttons(poor)]


@on_one_engine
@pytest.mark.rule("Q24")
def test_the_overall_grade_is_left_to_the_auditor_whatever_the_sections_say(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    pages = written(council, people, audit)
    poor = {k: replace(p, grade=Grade.INADEQUATE) for k, p in pages.items() if isinstance(p, SectionPage)}
    for key, page in poor.items():
        chat.presses("Save and see", at_page(chat, audit, key), **typed_inputs(page))

    overall = at_page(chat, audit, OVERALL)

    assert values(overall)["grade"] == ""
    assert "Inadequate" in text(overall)
    chat.presses("Save and c", overall, **typed_inputs(pages[OVERALL]))
    assert saved(council, audit.id, OVERALL)["grade"] == "good"


@on_one_engine
@pytest.mark.rule("Q15")
@pytest.mark.parametrize(
    ("overall", "suggested"),
    [
        (Grade.GOOD, "2 June 2026"),
        (Grade.REQUIRES_IMPROVEMENT, "2 June 2026"),
        (Grade.INADEQUATE, "11 May 2026"),
    ],
)
def test_a_day_is_suggested_for_each_action(
    council: Council, people: Staff, overall: Grade, suggested: str
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    whole = replace(written(council, people, audit)[OVERALL], grade=overall)

    card = chat.presses("Save and c", at_page(chat, audit, OVERALL), **typed_inputs(whole))

    assert suggested in text(card)
    assert values(card)["action_due_1"] == ""


@pytest.mark.rule("CA-23")
def test_an_action_is_owned_by_the_practitioner_or_a_manager_of_theirs(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    card = at_page(chat, audit, ACTIONS)
    offered = next(node for node in inputs(card) if node["id"] == "action_owner_1")["choices"]

    refused = chat.presses(
        "Save and c",
        card,
        action_what_1="Ring.",
        action_owner_1=str(people.bystander.id),
        action_due_1="2026-05-20",
    )

    assert {choice["value"] for choice in offered} == {
        str(person.id)
        for person in (people.practitioner, people.team_manager, people.line_manager, people.service_manager)
    }
    assert "Please choose one of the people shown." in text(refused)
    assert saved(council, audit.id, ACTIONS) == {}


@pytest.mark.rule("CA-10")
def test_each_try_at_reaching_someone_is_logged(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)

    card = chat.presses(
        "Save this try", at_page(chat, audit, "voice_parent"), attempt_on="2026-04-29", attempt_how="Call"
    )
    card = chat.presses("Save this try", card, attempt_on="2026-04-30", attempt_how="Letter")

    assert "29 April 2026: Call" in str(card)
    assert "30 April 2026: Letter" in str(card)
    assert values(card)["attempt_how"] == ""
    assert saved(council, audit.id, "voice_parent")["attempts"] == [
        ["2026-04-29", "Call"],
        ["2026-04-30", "Letter"],
    ]


NOT_HEARD = VoicePage(Reached.NOT_OBTAINED)


@on_one_engine
@pytest.mark.parametrize(
    ("changed", "lacks"),
    [
        *(
            pytest.param(
                {key: NOT_HEARD}, "the reason why views were not obtained", marks=pytest.mark.rule(rule, q)
            )
            for key, rule, q in zip(VOICES, ("CA-09", "CA-10", "CA-11"), ("Q11", "Q11", "Q12"), strict=True)
        ),
        pytest.param({"oversight": SectionPage()}, "a grade", marks=pytest.mark.rule("CA-14")),
        pytest.param(
            {"planning": SectionPage(Grade.GOOD)}, "the impact on the child", marks=pytest.mark.rule("CA-15")
        ),
        pytest.param(
            {"planning": SectionPage(Grade.GOOD, "Strong.", "Weekly visits.", "The child feels safe.")},
            "three sources, each with its day",
            marks=pytest.mark.rule("CA-15", "WH-05"),
        ),
        pytest.param({ACTIONS: ActionsPage()}, "the actions, or that none are needed"),
    ],
)
def test_the_review_lists_what_is_missing_with_a_button_to_the_page(
    council: Council, people: Staff, changed: dict[str, Page], lacks: str
) -> None:
    with council.write() as work:
        audit = a_filled_audit(work, council.framework, people, pages=changed)
    chat = Chat(council, people.auditor)
    (key,) = changed

    review = at_page(chat, audit, "everything")

    assert f"•  {lacks}" in str(review)
    assert "Submit and share" not in [title for title, _ in buttons(review)]
    assert button(review, "Go there")["plumbline"]["page"] == key


@pytest.mark.rule("CA-15", "CA-14")
def test_a_submission_by_hand_of_something_incomplete_is_refused_with_the_review(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = a_filled_audit(work, council.framework, people)
    chat = Chat(council, people.auditor)
    review = at_page(chat, audit, "everything")
    chat.presses(
        "Save and see", at_page(chat, audit, "oversight"), grade="", judgement="", action="", impact=""
    )

    card = chat.presses("Submit and share", review)

    assert "still missing before you can submit" in text(card)
    with council.read() as view:
        found = view.audits.get(audit.id)
        assert found is not None
        assert found.state is AuditState.ACCEPTED
        assert view.audits.shares(audit.id) == ()


def test_a_page_changed_since_the_review_brings_the_review_again(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_filled_audit(work, council.framework, people)
    chat = Chat(council, people.auditor)
    review = at_page(chat, audit, "everything")
    chat.presses("Save and see", at_page(chat, audit, JOURNEY), journey="Another story altogether.")

    card = chat.presses("Submit and share", review)

    assert "Another story altogether." in str(card)
    submitted = chat.presses("Submit and share", card)
    assert "Submitted. Thank you." in text(submitted)


def test_marks_and_tags_are_possible_and_never_asked_for(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_filled_audit(work, council.framework, people)
    chat = Chat(council, people.auditor)
    typed = {"mark_GL-P1": "met", "tags": "GP-03"}

    chat.presses("Save and see", at_page(chat, audit, "planning"), **typed)
    card = chat.presses("Submit and share", at_page(chat, audit, "everything"))

    assert "Submitted. Thank you." in text(card)
    body = saved(council, audit.id, "planning")
    assert (body["marks"], body["tags"]) == ({"GL-P1": "met"}, ["GP-03"])


@on_one_engine
@pytest.mark.rule("CA-16")
@pytest.mark.parametrize("key", [JOURNEY, "planning", OVERALL, "everything"])
def test_an_old_card_of_a_submitted_audit_brings_todays(council: Council, people: Staff, key: str) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)

    card = at_page(Chat(council, people.auditor), audit, key)

    assert "Submitted. Thank you." in text(card)


@pytest.mark.rule("CA-16")
def test_after_submission_nothing_more_is_saved_and_what_was_typed_stays_in_its_card(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = a_filled_audit(work, council.framework, people)
    chat, other = Chat(council, people.auditor), Chat(council, people.auditor)
    page = at_page(chat, audit, JOURNEY)
    before = saved(council, audit.id, JOURNEY)
    other.presses("Submit and share", at_page(other, audit, "everything"))

    data = {**button(page, "Save and c"), "journey": "Too late."}
    reply = chat.turn(asked=Asked.PRESSED, data=data)

    assert reply.beside
    assert "can no longer be changed" in reply.note
    assert saved(council, audit.id, JOURNEY) == before


@on_one_engine
def test_a_page_too_large_to_show_is_answered_by_a_note_beside_it(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    payload = SavePage(audit.id, "planning", 0, "overview", "n").pack()
    boxes = ("judgement", "action", "impact", "source_1", "source_2", "source_3", "source_on_1")

    reply = chat.turn(asked=Asked.PRESSED, data={**payload, **dict.fromkeys(boxes, "word " * 2000)})

    assert reply.beside
    assert "Please shorten what you typed" in reply.note
    assert reply.card is not None
    assert size_bytes(reply.card) < LIMIT_BYTES
    assert saved(council, audit.id, "planning") == {}


@pytest.mark.rule("SG-05")
def test_every_read_and_every_save_leaves_a_row(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_allocated_audit(work, people)
    chat = Chat(council, people.auditor)
    card = chat.presses("Accept", chat.sends(OpenOverview(audit.id).pack()))

    card = chat.presses("Continue", card)
    chat.presses("Save and c", card, journey="Came in May.", matters_most="School")

    me = people.auditor.id
    assert trail(council, audit.id) == [
        ("allocated", None),
        ("read", me),
        ("accepted", me),
        ("read", me),
        ("saved", me),
        ("read", me),
    ]


@on_one_engine
@pytest.mark.rule("CA-05")
def test_the_due_date_stands_on_every_page(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)

    for key in written(council, people, audit):
        assert f"due {date(2026, 5, 31):%-d %B %Y}" in str(at_page(chat, audit, key))


@on_one_engine
def test_guidance_leads_back_to_the_audit(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_allocated_audit(work, people)
    chat = Chat(council, people.auditor)

    guidance: Card = chat.presses("Guidance", chat.sends(OpenOverview(audit.id).pack()))
    back = chat.presses("Back to the audit", guidance)

    assert "How an audit goes" in text(guidance)
    assert "CF-1001" in str(back)
