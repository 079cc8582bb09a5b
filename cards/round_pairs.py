"""The proposed pairs, a few at a time, and the form that changes one.

Source: CA-01, Q8; each pair carries its reasons.
"""

from cards.buttons import press, row
from cards.elements import Card, Element, bold, box, card, heading, listed, says, typed
from cards.fields import Form, other_errors
from cards.payloads_round import ChangePlace, ExcludeFromRound, ShowRound, SwapCase
from cards.views import PAIRS_ON_A_CARD, PairRow, PlaceFormView, RoundView


def pairs_part(view: RoundView) -> list[Element]:
    """This stretch of the pairs with a button to change each, while it is a proposal."""
    if not view.pairs:
        return [says("There are no pairs to show.")]
    last = view.start + len(view.pairs)
    made: list[Element] = [heading(f"Pairs {view.start + 1} to {last} of {view.pairs_total}", size="default")]
    for pair in view.pairs:
        made.append(box(_pair(view, pair), separator=True, spacing="medium"))
    turns = []
    if last < view.pairs_total:
        turns.append(press("Next pairs", ShowRound(view.round_id, "pairs", last)))
    if view.start > 0:
        before = max(0, view.start - PAIRS_ON_A_CARD)
        turns.append(press("Previous pairs", ShowRound(view.round_id, "pairs", before)))
    return [*made, row(*turns, spacing="medium")] if turns else made


def _pair(view: RoundView, pair: PairRow) -> list[Element]:
    items = _who(pair)
    if view.state == "planned":
        change = ChangePlace(view.round_id, pair.place_id)
        items.append(
            row(press("Change", change, tooltip=f"Change the case of {pair.auditor_name}"), spacing="small")
        )
    return items


def _who(pair: PairRow) -> list[Element]:
    kept = ["  ·  kept"] if pair.kept else []
    return [
        typed(bold(pair.auditor_name), *kept),
        typed(
            "Case ",
            bold(pair.reference),
            f", led by {pair.practitioner_name}, {pair.team_name}",
            spacing="none",
        ),
        *listed(pair.reasons, subtle=True),
    ]


def place_form(view: PlaceFormView) -> Card:
    """One pair with its reasons: another case for the auditor, or leave the case or the auditor out."""
    form = Form(view.typed, view.errors)
    pair = view.pair

    def leave_out(what: str) -> ExcludeFromRound:
        return ExcludeFromRound(view.round_id, view.version, pair.place_id, what, view.nonce)

    swap = SwapCase(view.round_id, view.version, pair.place_id, view.nonce)
    body = [
        heading(f"Change a pair, {view.month:%B %Y}"),
        *_who(pair),
        row(press("Give this auditor another case", swap), spacing="medium"),
        heading("Leave out of the round", size="default", spacing="large"),
        *other_errors(view.errors),
        *form.text(
            "exclude_reason",
            "Why? One sentence, kept with the round",
            error="Please say why in a sentence.",
            required=True,
        ),
        row(
            press("Leave this case out", leave_out("case"), with_inputs=True),
            press("Leave this auditor out", leave_out("auditor"), with_inputs=True),
        ),
        row(press("Go back", ShowRound(view.round_id, "pairs", 0)), spacing="small"),
    ]
    return card(body, preview=f"Audit round {view.month:%B %Y}: change a pair.")
