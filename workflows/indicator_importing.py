"""Takes in a list of indicators: read, compared with the figures there are, and saved whole or not at all.

Nothing is ever taken away by a list: it adds figures and corrects them. Corrections, and indicators that are
defined otherwise than before, wait for a yes; so does every list attached in chat, since what it says goes to
many. What waits is what was read, never the file.

Source: PF-01, PF-08, PF-09, SG-01, SG-05.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from domain.indicator_definitions import Defined
from domain.indicator_places import Places
from domain.indicators import Every, Indicator, Measured, Polarity, Value, indicator_key
from domain.intake import Refused, Sheet
from domain.intake_indicator_summary import IndicatorChanges, indicators_summary
from domain.intake_indicators import Figure, IndicatorList, read_indicators
from domain.intake_summary import refusal_summary
from domain.people import Person
from domain.permissions import Verb, require
from storage.work import View, Work
from workflows.council import Council
from workflows.exception_raising import raise_exceptions
from workflows.import_outcome import ImportOutcome, ListOutdated
from workflows.known_lists import lists_known

KIND = "indicators"


@dataclass(frozen=True, slots=True)
class _Compared:
    """What the list would change."""

    new: Mapping[str, Defined]
    """Key of the name to what a new indicator is."""
    redefined: tuple[tuple[Indicator, dict[str, Any]], ...]
    """(indicator, its changed columns)"""
    added: tuple[tuple[Figure, Measured], ...]
    corrected: tuple[tuple[Figure, Measured, float], ...]
    """(figure, whose, the value there was)"""
    unchanged: int

    @property
    def changes(self) -> IndicatorChanges:
        """The same counted, for people to read."""
        return IndicatorChanges(
            new=tuple(one.name for one in self.new.values()),
            redefined=tuple(one.name for one, _ in self.redefined),
            added=len(self.added),
            corrected=len(self.corrected),
            unchanged=self.unchanged,
        )


def require_bringing(council: Council, by: Person, now: datetime) -> None:
    """Raise NotAllowed for whoever may not bring in indicators."""
    require(Verb.BRING_NUMBERS, by, today=council.today(now))


def take_indicators(
    council: Council,
    *,
    outcome: ImportOutcome,
    sheet: Sheet,
    digest: str,
    by: Person | None,
    now: datetime,
    dry_run: bool,
    confirmed: bool,
) -> ImportOutcome:
    """What becomes of the list; `outcome` carries its name and kind. It opens transactions of its own."""
    with council.read() as view:
        found = read_list(view, council, sheet, council.today(now))
        if isinstance(found, Refused):
            return outcome.with_summary(refusal_summary(found), refused=True)
        compared = _compared(view, found.defined, found.figures)
    summary = indicators_summary(found, compared.changes)
    if dry_run:
        return outcome.with_summary(f"{summary}\nThis was a trial; nothing was saved.")
    with council.write() as work:
        if by is not None:
            # The file took its time: whoever left meanwhile brings in nothing.
            require_bringing(council, work.people.get(by.id), now)
        compared = _compared(work, found.defined, found.figures)
        waits = not confirmed and not compared.changes.is_empty
        waits = waits and (by is not None or compared.changes.needs_confirmation)
        import_id = work.imports.add(
            kind=KIND,
            filename=outcome.filename,
            digest=digest,
            rows=_to_json(found) if waits else None,
            by=by.id if by else None,
            now=now,
        )
        if waits:
            return outcome.with_summary(summary, waiting_id=import_id)
        raised = _save(work, council, compared, import_id=import_id, digest=digest, by=by, now=now)
        return outcome.with_summary(_with_raised(summary, raised), saved=True, queued=work.has_queued)


def confirm_indicators(
    work: Work,
    council: Council,
    *,
    import_id: int,
    waiting: Any,
    by: Person | None,
    now: datetime,
) -> ImportOutcome:
    """Save the waiting list, compared again with what is known by now."""
    defined, figures = _from_json(waiting.rows)
    compared = _compared(work, defined, figures)
    work.imports.applied(import_id, now)
    raised = _save(work, council, compared, import_id=import_id, digest=waiting.digest, by=by, now=now)
    added, corrected = len(compared.added), len(compared.corrected)
    done = f"Saved: {added:,} new {'figure' if added == 1 else 'figures'}, {corrected:,} corrected."
    return ImportOutcome(KIND, waiting.filename, _with_raised(done, raised), saved=True)


def _with_raised(summary: str, raised: int) -> str:
    if not raised:
        return summary
    figures = "One figure needs" if raised == 1 else f"{raised} figures need"
    return f"{summary}\n{figures} a word from whoever answers for it; they have been asked."


def read_list(view: View, council: Council, sheet: Sheet, today: date) -> IndicatorList | Refused:
    """Every figure of the list, as of this day, or every reason why it is refused; nothing is saved."""
    lists = lists_known(view, with_cases=True)
    services, teams = view.people.services(), view.people.teams()
    service_of = {team.name: services[team.service_id].name for team in teams.values()}
    places = Places(
        council.framework,
        services=[service.name for service in services.values()],
        teams=[(team.name, services[team.service_id].name) for team in teams.values()],
        staff=lists.staff,
        case_teams={case.reference.casefold(): (service_of[case.team], case.team) for case in lists.cases},
    )
    indicators = view.indicators.everything()
    lengths = view.indicators.lengths()
    emails = {person_id: email for email, person_id in lists.person_ids.items()}
    known = {one.key: _defined(one, emails) for one in indicators.values()}
    weekly = frozenset(
        one.key for one in indicators.values() if lengths.get(one.id) == frozenset({Every.WEEK})
    )
    return read_indicators(sheet, council.framework, places, known, weekly, today)


def _defined(one: Indicator, emails: Mapping[int, str]) -> Defined:
    owner = one.owner_post or emails.get(one.owner_id or 0, "")
    return Defined(
        one.name, one.definition, one.polarity, one.unit, one.target, one.tolerance, one.theme, owner
    )


def _compared(view: View, defined: Sequence[Defined], figures: Sequence[Figure]) -> _Compared:
    """What these would change. Raises ListOutdated when they name what is there no more."""
    known = {one.key: one for one in view.indicators.everything().values()}
    new = {indicator_key(one.name): one for one in defined if indicator_key(one.name) not in known}
    whose = _Whose(view)
    redefined = []
    for one in defined:
        indicator = known.get(indicator_key(one.name))
        changed = _changed(indicator, one, whose) if indicator else {}
        if indicator and changed:
            redefined.append((indicator, changed))
    stored = {
        (value.indicator_id, value.every, value.period_on, value.measured.scope): value
        for every, on in {(Every(figure.every), figure.period_on) for figure in figures}
        for value in view.indicators.of_period(every, on)
    }
    added, corrected, unchanged = [], [], 0
    for figure in figures:
        measured = whose.of(figure)
        indicator = known.get(figure.indicator)
        key = (indicator.id if indicator else 0, Every(figure.every), figure.period_on, measured.scope)
        before = stored.get(key)
        if before is None:
            added.append((figure, measured))
        elif (before.value, before.numerator, before.denominator) != (
            figure.value, figure.numerator, figure.denominator,
        ):  # fmt: skip
            corrected.append((figure, measured, before.value))
        else:
            unchanged += 1
    return _Compared(new, tuple(redefined), tuple(added), tuple(corrected), unchanged)


def _changed(indicator: Indicator, one: Defined, whose: "_Whose") -> dict[str, Any]:
    """The columns of which the list says something else; what it leaves empty stays."""
    changed = {
        field.name: _plain(said)
        for field in fields(Defined)
        if field.name not in ("name", "owner")
        and (said := getattr(one, field.name)) not in (None, "")
        and said != getattr(indicator, field.name)
    }
    owner = whose.owner(one) if one.owner else {}
    if any(said != getattr(indicator, column) for column, said in owner.items()):
        changed |= owner
    return changed


class _Whose:
    """Names of lists to the ids behind them."""

    def __init__(self, view: View) -> None:
        self._services = {service.name: service.id for service in view.people.services().values()}
        self._teams = {(team.service_id, team.name): team.id for team in view.people.teams().values()}
        self._people = {
            person.email.casefold(): person.id for person in view.people.everyone(with_leavers=True)
        }

    def of(self, figure: Figure) -> Measured:
        """Whose figure it is. Raises ListOutdated."""
        try:
            service_id = self._services[figure.service] if figure.service else None
            team_id = None
            if figure.team and service_id is not None:
                team_id = self._teams[service_id, figure.team]
            person_id = self._people[figure.email.casefold()] if figure.email else None
        except KeyError:
            raise ListOutdated from None
        return Measured(service_id, team_id, person_id, figure.reference)

    def owner(self, one: Defined) -> dict[str, Any]:
        """The columns of whoever answers for the indicator: a post, a person, or nobody named.

        Raises ListOutdated.
        """
        if "@" not in one.owner:
            return {"owner_id": None, "owner_post": one.owner or None}
        person_id = self._people.get(one.owner.casefold())
        if person_id is None:
            raise ListOutdated
        return {"owner_id": person_id, "owner_post": None}


def _save(
    work: Work,
    council: Council,
    compared: _Compared,
    *,
    import_id: int,
    digest: str,
    by: Person | None,
    now: datetime,
) -> int:
    """Save what is new or corrected; how many exceptions it raised."""
    if compared.changes.is_empty:
        return 0
    ids = {one.key: one.id for one in work.indicators.everything().values()}
    whose = _Whose(work)
    for key, one in compared.new.items():
        polarity = _plain(one.polarity or Polarity.NEITHER)
        said = {name: value for name, value in asdict(one).items() if name != "owner"}
        ids[key] = work.indicators.add({**said, **whose.owner(one), "key": key, "polarity": polarity})
    for indicator, changed in compared.redefined:
        work.indicators.change(indicator, changed)
    written = [*compared.added, *((figure, measured) for figure, measured, _ in compared.corrected)]
    values = [
        Value(
            ids[figure.indicator],
            Every(figure.every),
            figure.period_on,
            measured,
            figure.value,
            figure.numerator,
            figure.denominator,
        )
        for figure, measured in written
    ]
    work.indicators.keep(values, now)
    corrected = [
        [
            ids[figure.indicator],
            figure.every,
            figure.period_on.isoformat(),
            measured.scope,
            was,
            figure.value,
        ]
        for figure, measured, was in compared.corrected
    ]
    fields_of = {
        "file": digest,
        "added": len(compared.added),
        "defined": sorted(compared.new),
        "redefined": {one.key: changed for one, changed in compared.redefined},
    }
    actor = by.id if by else None
    work.trail.add(
        now=now, actor=actor, verb=f"imported {KIND}", subject=f"import {import_id}", fields=fields_of
    )
    if compared.corrected:
        work.trail.add(
            now=now,
            actor=actor,
            verb="corrected figures",
            subject=f"import {import_id}",
            fields={"figures": corrected},
        )
    # A new target may make an exception of a figure that was none, or put one right.
    redefined = {indicator.id for indicator, _ in compared.redefined}
    touched = {(one.indicator_id, one.every, one.measured.scope) for one in values}
    if redefined:
        scopes = {one.measured.scope for one in values}
        touched |= {(i, every, scope) for i in redefined for every in Every for scope in scopes}
    return raise_exceptions(work, council, touched, import_id=import_id, now=now)


def _plain(value: object) -> object:
    return value.value if isinstance(value, Polarity) else value


def _to_json(found: IndicatorList) -> list[dict[str, Any]]:
    defined: list[dict[str, Any]] = [{"defined": asdict(one)} for one in found.defined]
    figures = [{**asdict(one), "period_on": one.period_on.isoformat()} for one in found.figures]
    return [*defined, *figures]


def keep_list(council: Council, found: IndicatorList, *, filename: str, digest: str, now: datetime) -> bool:
    """Save these figures as an operator's own import that is confirmed; whether anybody is told of one."""
    with council.write() as work:
        compared = _compared(work, found.defined, found.figures)
        import_id = work.imports.add(kind=KIND, filename=filename, digest=digest, rows=None, by=None, now=now)
        _save(work, council, compared, import_id=import_id, digest=digest, by=None, now=now)
        return work.has_queued


def _from_json(rows: Sequence[dict[str, Any]]) -> tuple[tuple[Defined, ...], tuple[Figure, ...]]:
    defined = [row["defined"] for row in rows if "defined" in row]
    return (
        tuple(
            Defined(**{**one, "polarity": Polarity(one["polarity"]) if one["polarity"] else None})
            for one in defined
        ),
        tuple(
            Figure(**{**row, "period_on": date.fromisoformat(row["period_on"])})
            for row in rows
            if "defined" not in row
        ),
    )
