"""Reasons and what gave way, as people read them."""

from datetime import date

import pytest

from domain.allocation import (
    Attribute,
    GaveWay,
    GaveWayKind,
    Reason,
    ReasonKind,
    Unplaced,
    UnplacedWhy,
    gave_way_sentence,
    sentence,
    unplaced_sentence,
)

WAITED = {"months": 14, "due_on": date(2026, 3, 1), "due": True}


def name_of(kind: str, number: int) -> str:
    return {"team": "Willow", "service": "Brambles", "person": f"Auditor {number}"}[kind]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason(ReasonKind.FIXED), "Kept as the QA office chose."),
        (Reason(ReasonKind.NEVER_AUDITED), "The practitioner has not been audited yet."),
        (Reason(ReasonKind.WAITED, WAITED), "Not audited for 14 months, so an audit is due."),
        (Reason(ReasonKind.WAITED, {"months": 1, "due": False}), "Not audited for 1 month."),
        (
            Reason(
                ReasonKind.ADDS_TO_MIX, {"attribute": Attribute.PLAN_TYPE, "category": "child protection"}
            ),
            "Adds a case with plan type “child protection”, which the sample would be short of without it.",
        ),
        (
            Reason(ReasonKind.ADDS_TO_MIX, {"attribute": Attribute.TEAM, "category": 4}),
            "Adds a case from Willow, which the sample would be short of without it.",
        ),
        (Reason(ReasonKind.ONLY_OF_SERVICE, {"service_id": 2}), "The only case from Brambles in the sample."),
        (Reason(ReasonKind.OTHER_SERVICE), "Different service from the auditor's."),
        (Reason(ReasonKind.OWN_SERVICE), "From the auditor's own service, as no better pairing was left."),
        (
            Reason(ReasonKind.REPEAT_PAIR),
            "This auditor has audited this practitioner recently; no better pairing was left.",
        ),
        (
            Reason(ReasonKind.LIGHT_LOAD, {"audits": 2}),
            "The auditor has had 2 audits this year, fewer than others.",
        ),
    ],
)
def test_a_reason_is_one_plain_sentence(reason: Reason, said: str) -> None:
    assert sentence(reason, name_of) == said


@pytest.mark.parametrize(
    ("kind", "facts", "said"),
    [
        (GaveWayKind.AUDITORS_UNPLACED, {"auditor_ids": (1,)}, "1 auditor has no case this round."),
        (GaveWayKind.AUDITORS_UNPLACED, {"auditor_ids": (1, 2)}, "2 auditors have no case this round."),
        (
            GaveWayKind.PRACTITIONER_TWICE,
            {"practitioner_ids": (1, 2), "fixed": False},
            "More than one audit this round for Auditor 1, Auditor 2, "
            "as there are fewer practitioners than auditors.",
        ),
        (
            GaveWayKind.PRACTITIONER_TWICE,
            {"practitioner_ids": (1,), "fixed": True},
            "More than one audit this round for Auditor 1, as the QA office chose.",
        ),
        (
            GaveWayKind.DUE_WAIT,
            {"waiting": 3, "places_short": True},
            "3 practitioners due an audit must wait, because there are more of them than places.",
        ),
        (
            GaveWayKind.DUE_WAIT,
            {"waiting": 1, "places_short": False},
            "1 practitioner due an audit must wait, because no auditor without a conflict can be found.",
        ),
        (
            GaveWayKind.SERVICE_MISSED,
            {"service_id": 2, "why": "few_places"},
            "No case from Brambles is in the sample: there are fewer places than services.",
        ),
        (
            GaveWayKind.AREA_WITHOUT_CASE,
            {"area": "Here4U"},
            "The case list holds no case of Here4U.",
        ),
        (
            GaveWayKind.MIX_OFF,
            {"attribute": Attribute.AGE_BAND, "category": "unborn", "places": -2},
            "Age “unborn” has about 2 cases fewer in the sample than its share.",
        ),
        (
            GaveWayKind.MIX_OFF,
            {"attribute": Attribute.TEAM, "category": 4, "places": 1},
            "Willow has about 1 case more in the sample than its share.",
        ),
        *(
            (
                GaveWayKind.MIX_OFF,
                {"attribute": attribute, "category": "this", "places": 2},
                f"{words} “this” has about 2 cases more in the sample than its share.",
            )
            for attribute, words in (
                (Attribute.PLAN_TYPE, "Plan type"),
                (Attribute.GENDER, "Gender"),
                (Attribute.AGE_BAND, "Age"),
                (Attribute.ETHNICITY, "Ethnicity"),
            )
        ),
        *(
            (
                GaveWayKind.SERVICE_MISSED,
                {"service_id": 2, "why": why},
                f"No case from Brambles is in the sample: {words}.",
            )
            for why, words in (
                ("none_drawable", "none of its open cases can be drawn this round"),
                (
                    "due_first",
                    "practitioners waiting longest elsewhere, and conflicts, left no place for it",
                ),
            )
        ),
        (
            GaveWayKind.OWN_SERVICE,
            {"auditor_ids": (1,)},
            "In their own service, for want of another pairing: Auditor 1.",
        ),
        (
            GaveWayKind.REPEAT_PAIR,
            {"auditor_ids": (1,)},
            "With a practitioner they audited recently, for want of another pairing: Auditor 1.",
        ),
        (
            GaveWayKind.NOT_BEST,
            {},
            "The search for the best mix was cut short: every rule is kept, but the mix may be poorer.",
        ),
    ],
)
def test_what_gave_way_is_said_plainly(kind: GaveWayKind, facts: dict[str, object], said: str) -> None:
    assert gave_way_sentence(GaveWay(kind, facts), name_of) == said


@pytest.mark.rule("CA-01")
@pytest.mark.parametrize(
    ("why", "says"),
    [
        (UnplacedWhy.EXCLUDED, "left out of this round by the QA office"),
        (UnplacedWhy.ALL_BARRED, "own, supervised, chaired, own team or declared"),
        (UnplacedWhy.TOO_FEW_CASES, "every practitioner who can be audited"),
        (UnplacedWhy.NEEDED_ELSEWHERE, "the only ones open to other auditors"),
    ],
)
def test_an_auditor_without_a_case_is_told_why(why: UnplacedWhy, says: str) -> None:
    said = unplaced_sentence(Unplaced(3, why), name_of)

    assert said.startswith("Auditor 3 ")
    assert says in said
