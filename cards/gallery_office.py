"""The gallery's cards for the QA office: rounds, pairs, imports."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from cards.elements import Card
from cards.gallery_content import ORDINARY, Content
from cards.imported import import_card
from cards.round import round_card
from cards.round_pairs import place_form
from cards.unreachable import unreachable_card
from cards.views import (
    PAIRS_ON_A_CARD,
    HintView,
    ImportView,
    LeftOutRow,
    MixRow,
    PairRow,
    PlaceFormView,
    RoundView,
)
from cards.views_reach import UnreachableView
from domain.reachability import Unreached, Why

_WRONG = (HintView("exclude_reason", "Please say why in a sentence.", blocking=True),)
_MIX = {
    "Team": ("Brambles North", "Brambles South", "Conifers", "Here4U", "Early Help East", "Disabilities"),
    "Plan type": ("Child in Need", "Child Protection", "Child in Care", "Early Help", "Care Leaver"),
    "Gender": ("Girl", "Boy", "Another"),
    "Age band": ("Under 1", "1 to 4", "5 to 9", "10 to 15", "16 to 17", "18 and over"),
    "Ethnicity": ("White British", "Asian British", "Black British", "Mixed", "Any other"),
}


def office_cards(content: Content) -> Iterator[tuple[str, Card]]:
    """Every part of a round, the form for one pair, and imports."""
    view = _round(content)
    for part in ("progress", "mix", "pairs", "due", "returned"):
        yield f"round-planned-{part}", round_card(replace(view, part=part))
        yield f"round-allocated-{part}", round_card(_allocated(replace(view, part=part), content))
    staggered = replace(view, other_half_on=date(2026, 6, 1))
    yield "round-planned-staggered", round_card(staggered)
    yield "round-approved", round_card(replace(view, state="approved", message=content.text(0)))
    for number in range(1, len(_MIX)):
        yield f"round-mix-{number}", round_card(replace(view, part="mix", start=number))
    form = PlaceFormView(3, 2, date(2026, 5, 1), view.pairs[0], "gallery")
    yield "place", place_form(form)
    refused = replace(form, typed={"exclude_reason": content.text(0)}, errors=_WRONG)
    yield "place-refused", place_form(refused)
    yield from _imports(content)
    yield from _unreachable(content)


def _round(content: Content) -> RoundView:
    return RoundView(
        round_id=3,
        version=2,
        month=date(2026, 5, 1),
        part="progress",
        state="planned",
        auditors=60,
        mix={name: _rows(groups, content) for name, groups in _MIX.items()},
        pairs=tuple(_pair(content, number) for number in range(PAIRS_ON_A_CARD)),
        start=PAIRS_ON_A_CARD,
        pairs_total=60,
        due=44,
        due_covered=41,
        reaudits=tuple(f"{content.line(n)}, by 1 June 2026: not in this round" for n in range(content.many)),
        due_within_year=180,
        forecast_shortfall=3,
        conflicts_avoided=1_284,
        gave_way=tuple(
            f"{content.name(i)} is paired with a case of their own service, as no other was left. "
            f"{content.line(i)}"
            for i in range(content.many // 3)
        ),
        unplaced=(f"{content.name(4)} is away all month.",),
        excluded=tuple(
            LeftOutRow("case", i, content.reference, f"{content.reference} is left out: {content.line(i)}")
            for i in range(content.many)
        ),
        seed=20260501,
        population_hash="9f2c" * 16,
        allocate_on=date(2026, 5, 1),
        sent_out=0,
        progress=(),
        returned=(),
        nonce="gallery",
        may_stagger=True,
        unreachable=0 if content is ORDINARY else content.many,
    )


def _rows(groups: tuple[str, ...], content: Content) -> tuple[MixRow, ...]:
    """Shares that fall off from the first group, the sample a little different from the caseload."""
    names = groups if content is ORDINARY else tuple(content.line(i) for i in range(content.many))
    whole = sum(range(1, len(names) + 1))
    rows = []
    for number, name in enumerate(names):
        share = (len(names) - number) / whole
        sample = share + (0.03 if number == 1 else -0.03 if number == 0 else 0)
        rows.append(MixRow(name, share, max(sample, 0), round(60 * max(sample, 0))))
    return tuple(rows)


def _pair(content: Content, number: int) -> PairRow:
    return PairRow(
        place_id=number,
        auditor_name=content.name(number),
        reference=content.reference,
        team_name=content.team,
        practitioner_name=content.name(number + 1),
        reasons=(
            f"Longest without an audit: last seen in {content.line(number)}",
            "Another service, and not paired in the last 12 months",
        ),
        kept=number == 1,
    )


def _allocated(view: RoundView, content: Content) -> RoundView:
    return replace(
        view,
        state="allocated",
        sent_out=59,
        progress=(
            ("Waiting to be accepted", 4),
            ("Accepted and under way", 33),
            ("Submitted", 21),
            ("Commented on by the practitioner", 12),
            ("Read by the team manager", 9),
            ("Put forward for moderation", 3),
            ("Not accepted in time", 2),
            ("Overdue", 0),
            ("Back with the QA office", 1),
        ),
        returned=tuple(
            (number, f"{content.name(number)} declared a conflict: {content.text(number)}")
            for number in range(content.many // 2)
        ),
        errors=(HintView("", "The round has moved on since this card was drawn.", blocking=True),),
    )


def _imports(content: Content) -> Iterator[tuple[str, Card]]:
    good = ImportView(
        kind="cases",
        filename=content.line(0) + ".xlsx",
        headline="812 cases read: 14 new, 9 closed, the rest as before.",
        lines=("Column “Diary” was not needed and is not kept.",),
        problems=(),
        more_problems=0,
        needs_confirmation=False,
        import_id=5,
        nonce="gallery",
    )
    yield "import", import_card(good)
    unusual = (f"6 of 61 people (10%) would be marked as left: {content.line(0)}, {content.line(1)}.",)
    asked = replace(
        good,
        kind="staff",
        headline="55 people read without a fault.",
        lines=("0 new, 2 changed, 6 marked as left, 53 as before.",),
        needs_confirmation=True,
        to_confirm=unusual,
        remarks=(f"Row 7, “{content.line(2)}”: nobody covers this person's leave yet.",),
    )
    yield "import-confirm", import_card(asked)
    wrong = tuple(
        f"Row {number + 2}, Opened on: “{content.line(number)}” is no day; please write it like 31/05/2026."
        for number in range(content.many)
    )
    yield (
        "import-problems",
        import_card(
            replace(
                good,
                headline="Nothing was imported. 126 things to put right in the file:",
                problems=wrong,
                more_problems=120,
            )
        ),
    )


def _unreachable(content: Content) -> Iterator[tuple[str, Card]]:
    at = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
    people = tuple(
        Unreached(
            person_id=number,
            name=content.name(number),
            post="Team manager",
            team=content.team,
            why=tuple(Why)[number * len(Why) // content.many],
            things=1 + number % 4,
            since=at,
            mailed_at=at if number % 2 else None,
            mail_refused=number % 3 == 1,
        )
        for number in range(content.many)
    )
    yield "unreachable", unreachable_card(UnreachableView(people))
    yield "unreachable-further", unreachable_card(UnreachableView(people, start=15))
    yield "unreachable-nobody", unreachable_card(UnreachableView(()))
