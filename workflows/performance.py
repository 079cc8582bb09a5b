"""Figures for their readers: managers their own in full, everyone else the whole without small numbers.

Source: PF-01, PF-06, PF-08, PF-14, SG-03.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.errors import NotAllowed
from domain.indicators import COUNCIL, Every, Polarity, gap, target_in_words
from domain.numbers import (
    Look,
    NumberLine,
    Numbers,
    hidden_scopes,
    in_reading_order,
    parts_of_council,
    worst_first,
)
from domain.people import Person, Post, Team
from domain.permissions import Capacity, Standing, Verb, require
from domain.suppression import NOT_SHOWN
from storage.work import View
from workflows.audits_beside import AuditsBeside
from workflows.council import Council
from workflows.covering import acting_for, answering_managers
from workflows.indicator_series import Series, newest_each, series_of, series_within_team
from workflows.report_access import service_of

_NOT_YOURS = "Those figures are not yours to open. If you think they should be, please ask the QA office."
_ALL_TEAMS = frozenset(
    {Capacity.QA_OFFICE, Capacity.PERFORMANCE, Capacity.PSW, Capacity.AD_QA, Capacity.AD_CARE}
)
"""Who sees every service's teams, without small numbers; no further down (PF-08)."""


class Level(StrEnum):
    """How far down figures go."""

    COUNCIL = "council"
    SERVICE = "service"
    TEAM = "team"
    PEOPLE = "people"
    CASES = "cases"


_WITHIN_TEAM = frozenset({Level.TEAM, Level.PEOPLE, Level.CASES})


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody opens: a level, and the service or team (0 for the council)."""

    level: Level
    id: int


def own_place(view: View, by: Person) -> Place:
    """Where somebody begins: their team, their service, or the council."""
    if Post.SM in by.posts and (service_id := service_of(by, view.people.teams())) is not None:
        return Place(Level.SERVICE, service_id)
    if Post.TM in by.posts and by.team_id is not None:
        return Place(Level.TEAM, by.team_id)
    return Place(Level.COUNCIL, 0)


def require_place(view: View, council: Council, *, by: Person, place: Place, now: datetime) -> bool:
    """Whether this reader sees these figures in full; else without small numbers. Raises NotAllowed.

    Whoever covers a team's manager on leave sees that team as the manager does, for so long (PF-01). Places
    that are not there are refused as those that are not theirs, so that numbers tried at random teach
    nothing.
    """
    today, teams = council.today(now), view.people.teams()
    acts = False
    if place.level in _WITHIN_TEAM and place.id in teams:
        acts = by.id in acting_for(view, council, answering_managers(view, place.id), today)
    standing = Standing(None, 0, 0, owner_id=by.id if acts else None)
    granted = require(Verb.SEE_NUMBERS, by, today=today, standing=standing)
    if acts:
        return True
    match place.level:
        case Level.COUNCIL:
            return False
        case Level.SERVICE:
            if place.id not in view.people.services():
                raise NotAllowed(_NOT_YOURS)
            return _manages_service(by, place.id, teams) or _in_their_own_service(
                by, place.id, teams, granted
            )
        case Level.TEAM:
            if place.id in teams and _answers_for(by, teams[place.id], teams):
                return True
            if place.id in teams and granted & _ALL_TEAMS:
                return False
        case Level.PEOPLE | Level.CASES:
            if place.id in teams and _answers_for(by, teams[place.id], teams):
                return True
    raise NotAllowed(_NOT_YOURS)


def numbers(view: View, council: Council, *, by: Person, place: Place, now: datetime) -> Numbers:
    """The newest figures of a place. Raises NotAllowed."""
    in_full = require_place(view, council, by=by, place=place, now=now)
    if place.level in (Level.PEOPLE, Level.CASES):
        return _within(view, council, place, now=now)
    return figures(view, council, place=place, in_full=in_full, now=now)


def figures(
    view: View,
    council: Council,
    *,
    place: Place,
    in_full: bool,
    now: datetime,
    until: date | None = None,
    every_part: bool = False,
) -> Numbers:
    """The newest figures of a place, or those up to the period that began on `until`.

    Of its parts only what stands out is there, as each has a page of its own, unless `every_part` is wanted.
    Whoever calls has checked the right, and whether the reader may see it `in_full`.
    """
    series = series_of(view, council, _scopes(view, place), today=council.today(now), until=until)
    found = newest_each(series.values())
    hidden: frozenset[Told] = frozenset()
    if not in_full:
        hidden = too_small(view, council, (told(one)[:3] for one in found))
    beside = AuditsBeside(view, council, now=now, in_full=in_full)
    names = scope_names(view)
    own = _own_scope(place)
    lines = []
    for one in found:
        scope = one.measured.scope
        line = number_line(
            one,
            whose="" if scope == own else names[scope],
            shown=told(one) not in hidden,
            audits=beside.of(one.indicator.theme, one.measured),
            in_full=in_full,
        )
        if every_part or scope == own or line.look is not Look.STEADY:
            lines.append(line)
    return Numbers(names[own], worst_first(lines), hidden=bool(hidden))


def number_line(
    one: Series, *, whose: str, shown: bool = True, audits: str = "", in_full: bool = True
) -> NumberLine:
    """A figure as its reader sees it; a row of bars tells the figures before, so it stands only in full."""
    target = target_in_words(one.indicator)
    if not shown:
        name = one.indicator.name
        return NumberLine(name, whose, NOT_SHOWN, "", one.period, target, "", "Too few to show.", Look.STEADY)
    judgement = one.judgement
    look = Look.STEADY
    if judgement.exception is not None:
        look = Look.NEEDED
    elif judgement.celebrates:
        look = Look.GLAD
    return NumberLine(
        name=one.indicator.name,
        whose=whose,
        figure=one.figure,
        before=one.before if in_full else "",
        period=one.period,
        target=target,
        spark=one.spark if in_full else "",
        says=judgement.says,
        look=look,
        audits=audits,
        gap=gap(one.indicator, one.newest.value),
    )


def scope_names(view: View) -> Mapping[str, str]:
    """Every scope down to teams to how people call it."""
    services = {f"service:{one.id}": one.name for one in view.people.services().values()}
    teams = {f"team:{one.id}": one.name for one in view.people.teams().values()}
    return {COUNCIL: "The council", **services, **teams}


def teams_by_service(view: View) -> Mapping[int, tuple[int, ...]]:
    """Every service to its teams."""
    found: dict[int, list[int]] = {service_id: [] for service_id in view.people.services()}
    for team in view.people.teams().values():
        found[team.service_id].append(team.id)
    return {service_id: tuple(teams) for service_id, teams in found.items()}


Told = tuple[int, Every, date, str]
"""(indicator, length of period, its first day, scope): one figure."""


def too_small(view: View, council: Council, wanted: Iterable[tuple[int, Every, date]]) -> frozenset[Told]:
    """Which figures of these indicators and periods say too much, whatever page they stand on.

    They are looked at with everything that readers without rights to the whole may open, not with one page
    alone: what one page hides another must not give away.
    """
    parts = parts_of_council(teams_by_service(view))
    scopes = frozenset(scope_names(view))
    smallest = council.framework.numbers.smallest_count
    indicators = view.indicators.everything()
    hidden: set[Told] = set()
    for indicator_id, every, on in set(wanted):
        values = {
            value.measured.scope: value
            for value in view.indicators.of_scopes(scopes, since=on, until=on)
            if (value.indicator_id, value.every) == (indicator_id, every)
        }
        found = hidden_scopes(indicators[indicator_id], values, parts, scopes, smallest)
        hidden |= {(indicator_id, every, on, scope) for scope in found}
    return frozenset(hidden)


def told(one: Series) -> Told:
    """The newest figure of a series."""
    return one.indicator.id, one.newest.every, one.newest.period_on, one.measured.scope


def _within(view: View, council: Council, place: Place, *, now: datetime) -> Numbers:
    """Figures of a team's people or cases, one line each."""
    today = council.today(now)
    series = newest_each(series_within_team(view, council, place.id, today=today).values())
    found = sorted(series, key=_worst_first)
    people = view.people.many(
        s.measured.practitioner_id for s in found if s.measured.practitioner_id is not None
    )
    lines = []
    for one in found:
        measured = one.measured
        if (place.level is Level.CASES) != bool(measured.case_ref):
            continue
        holder = people[measured.practitioner_id].name if measured.practitioner_id is not None else ""
        whose = measured.case_ref or holder
        if measured.case_ref and holder:
            whose = f"{measured.case_ref} ({holder})"
        lines.append(number_line(one, whose=whose))
    return Numbers(view.people.team(place.id).name, in_reading_order(lines))


def _worst_first(one: Series) -> tuple[float, str]:
    """Of one indicator the worst figure first: there the trouble is to be spotted (PF-01)."""
    value = one.newest.value
    return -value if one.indicator.polarity is Polarity.LOWER else value, one.measured.scope


def _scopes(view: View, place: Place) -> tuple[str, ...]:
    services = teams_by_service(view)
    if place.level is Level.COUNCIL:
        return (COUNCIL, *(f"service:{service_id}" for service_id in services))
    if place.level is Level.SERVICE:
        return (_own_scope(place), *(f"team:{team_id}" for team_id in services[place.id]))
    return (_own_scope(place),)


def _own_scope(place: Place) -> str:
    return COUNCIL if place.level is Level.COUNCIL else f"{place.level.value}:{place.id}"


def _answers_for(by: Person, team: Team, teams: Mapping[int, Team]) -> bool:
    """Whether the person manages the team, or its service."""
    manages = Post.TM in by.posts and by.team_id == team.id
    return manages or _manages_service(by, team.service_id, teams)


def _manages_service(by: Person, service_id: int, teams: Mapping[int, Team]) -> bool:
    return Post.SM in by.posts and service_of(by, teams) == service_id


def _in_their_own_service(
    by: Person, service_id: int, teams: Mapping[int, Team], granted: frozenset[Capacity]
) -> bool:
    """False for whoever may see the service without small numbers. Raises NotAllowed for the others.

    A team manager sees their own service, as it is talked of in its clinic; other services are for those who
    look across all of them.
    """
    if granted - {Capacity.A_TEAM_MANAGER} or service_of(by, teams) == service_id:
        return False
    raise NotAllowed(_NOT_YOURS)
