"""Looking at a draw, going on above the most per cent, and drawing again from what was kept.

Source: MO-02, Q3, Q9, SG-03, SG-05; workflow 1B step 11.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.draw import OVER, RULE_VERSION, AuditorClass, Drawn, draw, population_hash, thawed
from domain.draw_facts import DrawFacts, Running
from domain.errors import NotAllowed, NotFound, RuleBroken
from domain.moderation import Reason
from domain.people import Person
from domain.permissions import Verb, require
from storage.draws import DrawRow
from storage.work import View, Work
from workflows.council import Council
from workflows.panel import council_chairs
from workflows.selecting import reason_in, undrawn


@dataclass(frozen=True, slots=True)
class Replay:
    """A draw made again from what was kept of it."""

    same: bool
    again: Drawn
    kept: DrawRow


def replay(view: View, council: Council, draw_id: int) -> Replay:
    """The draw made again from its kept population, seed and limits, and whether it comes out the same.

    Raises NotFound when there is no such draw, RuleBroken when what was kept of it cannot be read any more.
    """
    kept = _draw_of(view, draw_id)
    numbers = replace(
        council.framework.numbers,
        moderation_least_percent=kept.least_percent,
        moderation_most_percent=kept.most_percent,
    )
    try:
        again = draw(thawed(kept.population), kept.seed, numbers)
    except (KeyError, TypeError, ValueError):
        raise RuleBroken(
            "The kept population of this draw cannot be read. Somebody may have changed it in the database."
        ) from None
    same = (
        kept.rule_version == RULE_VERSION
        and kept.population_hash == again.population_hash == population_hash(kept.population)
        and tuple(kept.selected) == again.top_ups
        and (kept.state == again.state or (kept.state == "passed" and again.state == OVER))
    )
    return Replay(same, again, kept)


def pass_draw(work: Work, council: Council, *, by: Person, draw_id: int, reason: str, now: datetime) -> None:
    """The chair goes on above the most per cent and says why; what is compulsory stays chosen anyhow (Q3).

    Raises TextWanted for the reason, RuleBroken when there is nothing to pass.
    """
    require(Verb.SEE_PANEL, by, today=council.today(now))
    if not _may_pass(work, by, council.today(now)):
        raise NotAllowed("Whoever chairs the Panel says whether it goes on.")
    kept = _draw_of(work, draw_id)
    if kept.state != OVER:
        raise RuleBroken("There is nothing to go on with: this draw is done.")
    words = reason_in(reason, "Please say in a sentence why the Panel goes on; the reason is kept.")
    if not work.draws.pass_over(draw_id, by=by.id, reason=words, now=now):
        raise RuleBroken("Somebody went on with this draw a moment ago.")
    work.trail.add(
        now=now,
        actor=by.id,
        verb="passed a draw",
        subject=f"draw {draw_id}",
        fields={"why": words},
    )


def look_at_draw(
    view: View, council: Council, *, by: Person, draw_id: int, now: datetime
) -> DrawFacts | None:
    """A draw in numbers for the Panel, the latest for 0; None while there is none (SG-03).

    Raises NotAllowed for anybody else, NotFound when there is no such draw.
    """
    require(Verb.SEE_PANEL, by, today=council.today(now))
    row = view.draws.latest() if draw_id == 0 else _draw_of(view, draw_id)
    return facts_of(view, row, may_pass=_may_pass(view, by, council.today(now))) if row is not None else None


def running(view: View, council: Council, *, by: Person, now: datetime) -> Running:
    """How many audits came since the last draw, and how many of them are chosen so far (MO-02)."""
    require(Verb.SEE_PANEL, by, today=council.today(now))
    waiting = undrawn(view, now)
    return Running(len(waiting), len(view.moderations.of_audits(audit.id for audit in waiting)))


def facts_of(view: View, row: DrawRow, *, may_pass: bool) -> DrawFacts:
    """A draw in numbers, without any check of who asks."""
    entries = thawed(row.population)
    drawn = frozenset(row.selected)
    moderated = [one for one in entries if one.reasons or one.audit_id in drawn]
    reasons = Counter(reason for one in entries for reason in one.reasons)
    by_class = Counter(one.auditor_class for one in entries)
    seen_of_class = Counter(one.auditor_class for one in moderated)
    months = view.draws.months()
    place = next(n for n, (draw_id, _) in enumerate(months) if draw_id == row.id)
    return DrawFacts(
        draw_id=row.id,
        month=row.month,
        drawn_at=row.drawn_at,
        total=len(entries),
        moderated=len(moderated),
        top_ups=len(drawn),
        by_reason=tuple((reason, reasons[reason]) for reason in Reason if reasons[reason]),
        by_class=tuple((kind, by_class[kind], seen_of_class[kind]) for kind in AuditorClass),
        least_percent=row.least_percent,
        most_percent=row.most_percent,
        seed=row.seed,
        population_hash=row.population_hash,
        rule_version=row.rule_version,
        framework_version=row.framework_version,
        state=row.state,
        passed_by=view.people.get(row.passed_by).name if row.passed_by is not None else "",
        passed_at=row.passed_at,
        passed_because=row.passed_because or "",
        may_pass=may_pass and row.state == OVER,
        earlier_id=months[place - 1][0] if place else None,
        later_id=months[place + 1][0] if place + 1 < len(months) else None,
    )


def _may_pass(view: View, by: Person, on: date) -> bool:
    return by.id in {chair.id for chair in council_chairs(view, on)}


def _draw_of(view: View, draw_id: int) -> DrawRow:
    row = view.draws.get(draw_id)
    if row is None:
        raise NotFound("There is no such draw. Type “draw” to see the latest.")
    return row
