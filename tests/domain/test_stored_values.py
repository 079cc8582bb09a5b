"""What databases and exported trails hold for years under these exact words.

Renaming one leaves old rows unreadable, so such a change comes with a migration and a change here.
"""

import hmac
import json
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.allocation_values import Attribute
from domain.audits import AuditState, Returned
from domain.grades import Grade
from domain.moderation import AuditTest, Met, Reason, ReleaseKind, Verdict
from domain.nudges import About
from domain.packs import PackKind, PackState
from domain.page_reading import to_body
from domain.pages import (
    ActionLine,
    ActionsPage,
    Attempt,
    ConversationPage,
    FilePage,
    JourneyPage,
    Mark,
    OverallPage,
    Page,
    Reached,
    SectionPage,
    Source,
    VoicePage,
)
from domain.people import Post
from domain.permissions import Capacity
from domain.trail import (
    OPENED,
    REGISTER,
    START,
    Head,
    TrailKey,
    TrailRow,
    audit_chain,
    day_chain,
    digests,
    head_mac,
    row_mac,
    seal_mac,
)

DAY = date(2026, 5, 12)
BOXES = ("Clear.", "Visits were kept.", "The child feels heard.")


@pytest.mark.rule("GR-05")
@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        (Grade, ["outstanding", "good", "requires_improvement", "inadequate"]),
        (AuditState, ["allocated", "accepted", "submitted", "returned"]),
        (Returned, ["conflict_declared", "case_closed", "auditor_left", "auditor_away", "exempt"]),
        (Reached, ["obtained", "not_obtained"]),
        (Mark, ["met", "partly", "not_met", "na"]),
        (Attribute, ["team", "plan_type", "gender", "age_band", "ethnicity"]),
        (
            Capacity,
            [
                "auditor",
                "practitioner",
                "line_manager",
                "team_manager",
                "service_manager",
                "qa_office",
                "psw",
                "ad_qa",
                "auditors_manager",
                "decider",
                "panel",
                "panel_member",
                "chair",
                "owner",
                "confirmer",
                "copy_reader",
                "supervisor",
                "reflector",
                "pmpm",
                "filer",
                "pool",
                "a_service_manager",
                "a_team_manager",
                "body_member",
                "body_chair",
                "performance",
                "ad_care",
                "dcs",
                "lead_member",
                "approver",
            ],
        ),
        (
            About,
            [
                "accept",
                "audit",
                "comment",
                "review",
                "action",
                "moderate",
                "late_moderation",
                "nomination",
                "talk",
                "confirm",
                "supervise",
                "reflect",
                "file",
                "impact",
            ],
        ),
        (
            Reason,
            [
                "outstanding",
                "inadequate",
                "new_auditor",
                "struggling_auditor",
                "nominated",
                "chosen",
                "top_up",
            ],
        ),
        (AuditTest, ["covered", "triangulated", "balanced", "applied", "plan"]),
        (Met, ["met", "partly", "not"]),
        (Verdict, ["satisfactory", "concern"]),
        (ReleaseKind, ["satisfactory", "discussed", "early"]),
        (PackKind, ["qa_group", "board", "smt", "bulletin", "annual", "evidence"]),
        (PackState, ["draft", "asked", "sent"]),
    ],
)
def test_each_choice_is_stored_under_its_own_word(kind: type[StrEnum], stored: list[str]) -> None:
    assert [one.value for one in kind] == stored


def test_each_post_is_stored_under_its_own_word() -> None:
    assert {post.name: post.value for post in Post} == {
        "PRACTITIONER": "practitioner",
        "ATM": "assistant_team_manager",
        "TM": "team_manager",
        "SM": "service_manager",
        "PSW": "principal_social_worker",
        "PC": "practice_consultant",
        "CP_CHAIR": "child_protection_chair",
        "IRO": "independent_reviewing_officer",
        "AD_QA": "ad_quality_assurance",
        "AD_CARE": "ad_social_care_early_help",
        "DCS": "director_of_childrens_services",
        "QAO": "quality_assurance_officer",
        "SM_QA": "sm_quality_assurance",
        "SM_IMPACT": "sm_impact_intelligence",
        "PMPM": "practice_model_project_manager",
        "PERFORMANCE": "performance_officer",
        "COMPLAINTS": "complaints_officer",
        "LEARNING": "learning_development_lead",
        "POLICY": "policy_officer",
        "LEAD_MEMBER": "lead_member",
    }


@pytest.mark.parametrize(
    ("page", "body"),
    [
        (JourneyPage("A move.", "School."), {"journey": "A move.", "matters_most": "School."}),
        (FilePage(DAY, "All of it."), {"read_on": "2026-05-12", "note": "All of it."}),
        (
            SectionPage(
                Grade.GOOD, *BOXES, (Source("Visit", DAY), Source()), {"GL-P1": Mark.PARTLY}, ("GP-03",)
            ),
            {
                "grade": "good",
                "judgement": BOXES[0],
                "action": BOXES[1],
                "impact": BOXES[2],
                "sources": [["Visit", "2026-05-12"], ["", None]],
                "marks": {"GL-P1": "partly"},
                "tags": ["GP-03"],
            },
        ),
        (
            VoicePage(Reached.NOT_OBTAINED, "", "Too ill.", None, (Attempt(DAY, "By phone"),)),
            {
                "reached": "not_obtained",
                "summary": "",
                "reason": "Too ill.",
                "on": None,
                "attempts": [["2026-05-12", "By phone"]],
            },
        ),
        (
            ConversationPage(DAY, "Warm work.", "Agreed."),
            {"held_on": "2026-05-12", "feedback": "Warm work.", "reflections": "Agreed."},
        ),
        (
            OverallPage(Grade.INADEQUATE, *BOXES, "A plan."),
            {
                "grade": "inadequate",
                "judgement": BOXES[0],
                "action": BOXES[1],
                "impact": BOXES[2],
                "better": "A plan.",
            },
        ),
        (
            ActionsPage((ActionLine("Write it.", 7, DAY),)),
            {"actions": [["Write it.", 7, "2026-05-12"]], "none_needed": False},
        ),
    ],
)
def test_each_page_is_stored_under_its_own_words(page: Page, body: dict[str, Any]) -> None:
    assert json.loads(json.dumps(to_body(page))) == body


@pytest.mark.rule("SG-05")
def test_a_trail_written_years_ago_still_proves() -> None:
    secret = b"a secret of exactly 32 bytes ok!"
    assert len(secret) == 32
    key = TrailKey(secret)
    at = datetime(2026, 5, 12, 10, 30, tzinfo=ZoneInfo("Europe/London"))
    row = TrailRow("audit:41", 1, at, 7, "saved", "audit 41", "{}", "0" * 32, "")
    head = Head("day:2026-05-12", 3, "ab")

    def mac(text: str) -> str:
        return hmac.new(secret, text.encode(), "sha256").hexdigest()

    assert (
        row_mac(key, row)
        == (
            mac(
                '["audit:41",1,"2026-05-12T09:30:00.000000+00:00",7,"saved","audit 41","{}",'
                '"00000000000000000000000000000000"]'
            )[:32]
        )
    )
    assert seal_mac(key, DAY, head) == mac('["seal","2026-05-12","day:2026-05-12",3,"ab"]')[:32]
    assert head_mac(key, head, 2) == mac('["head","day:2026-05-12",3,"ab",2]')[:32]
    assert json.loads(digests(key, "audit:41", {"note": "gehört", "more": {"b": 1, "a": DAY}})) == {
        "more": mac('["audit:41","more",{"a":"2026-05-12","b":1}]')[:16],
        "note": mac('["audit:41","note","gehört"]')[:16],
    }


@pytest.mark.rule("SG-05")
def test_the_chains_of_the_trail_keep_their_names() -> None:
    assert (audit_chain(41), day_chain(DAY)) == ("audit:41", "day:2026-05-12")
    assert (REGISTER, OPENED, START) == ("days", "opened", "0" * 32)
