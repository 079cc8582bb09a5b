"""What the QA office's cards show: rounds, pairs, imports. `cards.views` gives them too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

PAIRS_ON_A_CARD = 6
"""How many pairs of a round one card shows."""


@dataclass(frozen=True, slots=True)
class HintView:
    """One friendly hint from the rationale coach, or an error beside a field."""

    field: str
    message: str
    blocking: bool = False


@dataclass(frozen=True, slots=True)
class MixRow:
    """One category of the mix."""

    category: str
    caseload_share: float
    """0 to 1."""
    sample_share: float
    """0 to 1."""
    sample_count: int


@dataclass(frozen=True, slots=True)
class PairRow:
    """One proposed pair."""

    place_id: int
    auditor_name: str
    reference: str
    team_name: str
    practitioner_name: str
    reasons: tuple[str, ...]
    kept: bool


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """Something the QA office left out of the proposal."""

    what: str
    """"case", "auditor" or "swap"."""
    subject_id: int
    """Id of the case or the auditor; of a swap its own."""
    name: str
    """What is brought back, in a few words."""
    sentence: str
    """What is left out, why, and who said so."""


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round for the QA office: the proposal before approval, progress after it."""

    round_id: int
    version: int
    month: date
    part: str
    """"progress", "mix", "pairs", "due" or "returned"."""
    state: str
    """"planned", "approved" or "allocated"."""
    auditors: int
    """Auditors the round was planned for."""
    mix: Mapping[str, tuple[MixRow, ...]]
    """Dimension ("Team", "Plan type", "Gender", "Age band", "Ethnicity") to rows, largest caseload first."""
    pairs: tuple[PairRow, ...]
    start: int
    """Index of the first pair shown; on "mix", which dimension."""
    pairs_total: int
    due: int
    """Practitioners due before the next round."""
    due_covered: int
    """Those of them whom this round covers."""
    due_within_year: int
    """Practitioners due at any time in the coming cover window."""
    forecast_shortfall: int
    conflicts_avoided: int
    gave_way: tuple[str, ...]
    unplaced: tuple[str, ...]
    """One sentence for each auditor without a case."""
    excluded: tuple[LeftOutRow, ...]
    """Each exclusion and each swap."""
    seed: int
    population_hash: str
    allocate_on: date
    sent_out: int
    """Audits that went out when the round was allocated; reallocated ones are not counted again."""
    progress: tuple[tuple[str, int], ...]
    """(what, count) once allocated: "Accepted", "Submitted", "Overdue" and so on."""
    returned: tuple[tuple[int, str], ...]
    """(audit id, one sentence) of audits that came back."""
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()
    message: str = ""
    """What the last press did, in a sentence."""
    other_half_on: date | None = None
    """Month in which the other half of a staggered pool has its turn; None when everybody audits (Q1)."""
    may_stagger: bool = False
    """Whether half the pool may be chosen here; not in the month in which the other half has its turn."""
    unreachable: int = 0
    """How many people cannot be reached."""
    reaudits: tuple[str, ...] = ()
    """A line for each case to be audited again after Inadequate practice, the soonest first."""


@dataclass(frozen=True, slots=True)
class PlaceFormView:
    """The form for one pair of the proposal."""

    round_id: int
    version: int
    month: date
    pair: PairRow
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportView:
    """What an import did or would do."""

    kind: str
    """"staff" or "cases"."""
    filename: str
    headline: str
    lines: tuple[str, ...]
    problems: tuple[str, ...]
    """What keeps the list from being taken in, a sentence each."""
    more_problems: int
    needs_confirmation: bool
    import_id: int
    nonce: str
    to_confirm: tuple[str, ...] = ()
    """What the list would do that is more than usual, a sentence each."""
    remarks: tuple[str, ...] = ()
    """Worth knowing, and nothing to act on."""
