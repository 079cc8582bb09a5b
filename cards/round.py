"""A round for the QA office: the proposal before approval, progress after it.

Source: CA-01 to CA-05, Q1, Q8 to Q10; nothing is sent before approval.
"""

from cards.buttons import press, row
from cards.elements import Button, Card, Element, bold, box, card, facts, heading, listed, says, typed
from cards.fields import other_errors
from cards.payloads_office import SendProposal, ShowUnreachable
from cards.payloads_round import ApproveRound, ReallocateAudit, ReplanRound, ShowRound
from cards.round_left_out import left_out
from cards.round_mix import mix_in_words, mix_part
from cards.round_pairs import pairs_part
from cards.size import LIMIT_BYTES, size_bytes
from cards.views import RoundView
from cards.wording import count, day, excerpt

PROGRESS, MIX, PAIRS, DUE, RETURNED = "progress", "mix", "pairs", "due", "returned"
PLANNED = "planned"
_TABS = ((PROGRESS, "Overview"), (PAIRS, "Pairs"), (MIX, "Mix"), (DUE, "Who is due"), (RETURNED, "Returned"))
_MOST = (40, 20, 10, 5, 2)
"""Lines of one list shown, tried in turn until the card fits."""


def summary_for(view: RoundView) -> str:
    """The preview text of the message, which names no case."""
    return f"Audit round {view.month:%B %Y}."


def round_card(view: RoundView) -> Card:
    """One part of the round with the way to the others; approval and re-planning while it is a proposal."""
    for most in _MOST:
        drawn = _drawn(view, most)
        if size_bytes(drawn) < LIMIT_BYTES:
            break
    return drawn


def _drawn(view: RoundView, most: int) -> Card:
    body = [
        heading(f"Audit round {view.month:%B %Y}"),
        says("Whose experience will we understand better this month?", subtle=True, spacing="none"),
    ]
    if view.message:
        body.append(box([typed(view.message)], style="good"))
    body += other_errors(view.errors)
    body += _part(view, most)
    body.append(_tabs(view))
    if view.part == PROGRESS and view.pairs_total:
        # A nonce makes all presses of one card a single effect, so this button has its own.
        workbook = SendProposal(view.round_id, f"{view.nonce}:workbook")
        body.append(row(press("Send me the proposal as a workbook", workbook)))
    return card(body, preview=summary_for(view), wide=True)


def _part(view: RoundView, most: int) -> list[Element]:
    if view.part == MIX:
        return mix_part(view)
    if view.part == PAIRS:
        return pairs_part(view)
    if view.part == DUE:
        return _due(view, most)
    if view.part == RETURNED:
        return _returned(view, most)
    return _proposal(view, most) if view.state == PLANNED else _progress(view, most)


_AGAIN = "To be audited again, as practice was Inadequate"


def _tabs(view: RoundView) -> Element:
    buttons = [
        press(title, ShowRound(view.round_id, part, 0))
        for part, title in _TABS
        if part != view.part and (part != RETURNED or view.returned)
    ]
    if view.unreachable:
        buttons.append(press(f"Cannot be reached ({view.unreachable:,})", ShowUnreachable(0)))
    return row(*buttons, spacing="large")


def _proposal(view: RoundView, most: int) -> list[Element]:
    """The proposal in figures, what gave way and why, and the decision."""
    return [
        typed(
            "A proposal, not sent to anyone yet. ",
            bold(count(view.pairs_total, "case")),
            f" for {count(view.auditors, 'auditor')}.",
        ),
        *_halves(view),
        facts(
            [
                ("Practitioners due before the next round and covered", f"{view.due_covered} of {view.due}"),
                ("Practitioners due within the year", str(view.due_within_year)),
                ("Likely to go without an audit for over a year", str(view.forecast_shortfall)),
                ("Conflicts avoided", f"{view.conflicts_avoided:,}"),
            ]
        ),
        *_list("The sample beside the caseload", mix_in_words(view), most),
        *_list("Where the plan had to give way", view.gave_way, most),
        *_list("Auditors without a case", view.unplaced, most),
        *_list(_AGAIN, view.reaudits, most),
        *left_out(view, most),
        _decision(view),
        typed(
            f"For the record: starting number {view.seed}, check number of staff and cases "
            f"{view.population_hash[:12]}. From these and your changes the same proposal can be worked out "
            "again.",
            subtle=True,
        ),
    ]


def _decision(view: RoundView) -> Element:
    """Approve first; re-planning keeps the pairs that were marked as kept, or none.

    What was left out stays out in each, so none of them may be called a fresh start.
    """
    approve = ApproveRound(view.round_id, view.version, view.nonce)
    kept, fresh = (ReplanRound(view.round_id, view.version, keep, view.nonce) for keep in ("kept", "none"))
    return box(
        [
            typed("Once approved, the audits go out on ", bold(day(view.allocate_on)), "."),
            row(
                press("Approve this round", approve),
                press("Plan again, keep my changes", kept),
                press("Plan every pair again", fresh),
                *_stagger(view),
            ),
            *([says("What you left out or swapped away stays so.", subtle=True)] if view.excluded else []),
        ],
        style="emphasis",
        spacing="medium",
    )


def _stagger(view: RoundView) -> list[Button]:
    """The choice between the whole pool and half of it (Q1)."""
    if not view.may_stagger:
        return []
    keep, title = (
        ("whole", "Plan for all auditors") if view.other_half_on else ("half", "Plan for half the auditors")
    )
    return [press(title, ReplanRound(view.round_id, view.version, keep, view.nonce))]


def _halves(view: RoundView) -> list[Element]:
    if view.other_half_on is None:
        return []
    return [
        says(f"Half of the auditors have their turn; the others have theirs in {view.other_half_on:%B %Y}.")
    ]


def _progress(view: RoundView, most: int) -> list[Element]:
    """How the round fills up, in counts."""
    if view.state == "approved":
        lead = typed("Approved. The audits go out on ", bold(day(view.allocate_on)), ".")
    else:
        lead = typed(
            bold(count(view.sent_out, "audit")),
            f" sent out on {day(view.allocate_on)}. Planned: {count(view.pairs_total, 'case')} for "
            f"{count(view.auditors, 'auditor')}.",
        )
    return [
        lead,
        *([facts([(what, f"{number:,}") for what, number in view.progress])] if view.progress else []),
        *_list("Auditors without a case", view.unplaced, most),
        *left_out(view, most),
    ]


def _due(view: RoundView, most: int) -> list[Element]:
    """Practitioners due now and within the year, and what the forecast leaves open (CA-03)."""
    left = view.due - view.due_covered
    return [
        heading("Who is due", size="default"),
        typed("Every practitioner's work is looked at once a year, so that no child's help goes unseen."),
        facts(
            [
                ("Due before the next round", count(view.due, "practitioner")),
                ("Covered by this round", str(view.due_covered)),
                ("Not covered by this round", str(left)),
                ("Practitioners due within the year", str(view.due_within_year)),
                ("Likely to go without an audit for over a year", str(view.forecast_shortfall)),
            ]
        ),
        *_list(_AGAIN, view.reaudits, most),
    ]


def _returned(view: RoundView, most: int) -> list[Element]:
    """Audits that came back, each with the button that finds a new pair."""
    made: list[Element] = [heading("Returned to the QA office", size="default")]
    if not view.returned:
        return [*made, says("No audit has come back.")]
    for audit_id, sentence in view.returned[:most]:
        # Several buttons of one card: each is an effect of its own.
        payload = ReallocateAudit(audit_id, f"{view.nonce}:{audit_id}")
        find = press("Find a new pair", payload, tooltip=f"Find a new pair: {excerpt(sentence, 80)[0]}")
        made += [typed(sentence, spacing="medium"), row(find, spacing="small")]
    if (more := len(view.returned) - most) > 0:
        made.append(says(f"{count(more, 'more audit')} will show here as these are settled."))
    return made


def _list(title: str, lines: tuple[str, ...], most: int) -> list[Element]:
    if not lines:
        return []
    made = [heading(title, size="default", spacing="medium"), *listed(lines[:most])]
    if (more := len(lines) - most) > 0:
        made.append(says(f"and {more:,} more.", subtle=True))
    return made
