"""One line for each exception: why, and what is done about it (PF-04, PF-09)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from domain.errors import NotAllowed
from domain.exceptions import Kind
from domain.indicators import gap, period_name, says, target_in_words
from domain.numbers import ExceptionLine
from domain.people import Person
from domain.performance import ChangedMeanwhile, ExceptionState, Raised
from domain.permissions import Standing, Verb, require
from domain.suppression import NOT_SHOWN
from storage.work import View, Work
from workflows.chasing import chase
from workflows.council import Council
from workflows.covering import acting_for, answering_for
from workflows.learning_texts import Reading
from workflows.performance import Told, scope_names, too_small

CHASED, ESCALATED = "exceptions_chased", "exceptions_escalated"
"""The kinds of reminder, to the owner and to whoever manages them; their subject is the owner."""
ANSWER_LIMIT = 400
"""Characters; a clinic reads a line for each."""

_WHY: Mapping[Kind, str] = {
    Kind.TARGET: "off its target",
    Kind.LIMIT: "outside its normal range",
    Kind.RUN: "shifted to the worse side of its average",
    Kind.TREND: "getting worse step by step",
}
"""Why somebody is asked, as a list says it."""


def mine_to_explain(view: View, council: Council, *, by: Person, now: datetime) -> tuple[ExceptionLine, ...]:
    """What this person, or somebody they cover, has not answered yet, the most urgent first."""
    waiting = view.exceptions.open()
    owners = {one.owner_id for one in waiting if one.owner_id is not None}
    theirs = answering_for(view, council, by, owners, council.today(now))
    own = [one for one in waiting if one.owner_id in theirs]
    lines = exception_lines(view, council, own, in_full=True)
    return tuple(sorted(lines, key=lambda one: (one.due_on or date.max, one.name.casefold(), one.id)))


def require_exception(
    view: View, council: Council, *, by: Person, exception_id: int, now: datetime
) -> Raised:
    """The exception, for whoever answers for it. Raises NotAllowed, alike for one that is not there."""
    found = view.exceptions.get(exception_id)
    acts = found is not None and found.owner_id is not None and _acts(view, council, by, found.owner_id, now)
    standing = Standing(None, 0, 0, owner_id=by.id if acts else None)
    require(Verb.EXPLAIN, by, today=council.today(now), standing=standing)
    if found is None:
        raise NotAllowed("That figure is not yours to answer. Type “exceptions” to see those that are.")
    return found


def explain(
    work: Work,
    council: Council,
    *,
    by: Person,
    exception_id: int,
    version: int,
    typed: Mapping[str, str],
    now: datetime,
) -> Raised:
    """Keep the line on why, and on what is done. Raises NotAllowed, TextsWanted, ChangedMeanwhile."""
    raised = require_exception(work, council, by=by, exception_id=exception_id, now=now)
    reading = Reading(typed, council.framework)
    reply = reading.text("why", wanted="Say in a line why it is so.", limit=ANSWER_LIMIT)
    action = reading.text("action", limit=ANSWER_LIMIT)
    reading.done()
    answered = raised.state is not ExceptionState.CLOSED
    if raised.version != version or not answered:
        raise ChangedMeanwhile
    values = {
        "reply": reply,
        "action": action,
        "state": ExceptionState.ANSWERED.value,
        "answered_by": by.id,
        "answered_at": now,
    }
    if not work.exceptions.change(raised, values):
        raise ChangedMeanwhile
    work.trail.add(
        now=now,
        actor=by.id,
        verb="explained a figure",
        subject=f"exception {raised.id}",
        fields={"why": reply, "action": action},
    )
    return raised


def chase_exceptions(work: Work, council: Council, *, now: datetime) -> int:
    """Ask again for lines that are late, week by week until they come; of how many owners that was today.

    Whoever covers an owner on leave hears as well. A week on, so does whoever manages them (PF-09).
    """
    due: dict[int, date] = {}
    for one in work.exceptions.open():
        if one.owner_id is not None and one.due_on is not None:
            due[one.owner_id] = min(one.due_on, due.get(one.owner_id, one.due_on))
    # The oldest that is open sets the pace, so that one card speaks of all of them.
    return sum(
        chase(
            work,
            council,
            owner,
            due[owner.id],
            kind=CHASED,
            escalated=ESCALATED,
            subject_id=owner.id,
            now=now,
        )
        for owner in work.people.many(due).values()
    )


def late_of(view: View, council: Council, owner_id: int, *, now: datetime) -> tuple[Raised, ...]:
    """This owner's figures whose line is late."""
    today = council.today(now)
    return tuple(
        one
        for one in view.exceptions.open(owner_id=owner_id)
        if one.due_on is not None and one.due_on < today
    )


def exception_lines(
    view: View, council: Council, raised: Iterable[Raised], *, in_full: bool
) -> tuple[ExceptionLine, ...]:
    """These exceptions as people read them; without small numbers unless they may be read `in_full`."""
    found = tuple(raised)
    hidden: frozenset[Told] = frozenset()
    if not in_full:
        hidden = too_small(view, council, ((o.indicator_id, o.every, o.period_on) for o in found))
    indicators, names = view.indicators.everything(), scope_names(view)
    people = view.people.many(one.owner_id for one in found if one.owner_id is not None)
    lines = []
    for one in found:
        indicator = indicators[one.indicator_id]
        shown = (one.indicator_id, one.every, one.period_on, one.measured.scope) not in hidden
        lines.append(
            ExceptionLine(
                id=one.id,
                name=indicator.name,
                whose=names[one.measured.scope],
                figure=says(one.value, indicator.unit) if shown else NOT_SHOWN,
                period=period_name(one.every, one.period_on),
                target=target_in_words(indicator),
                says=_WHY[one.kind],
                owner=people[one.owner_id].name if one.owner_id is not None else "",
                reply=one.reply,
                action=one.action,
                state=one.state,
                due_on=one.due_on,
                # Its place in a list must not tell what its figure does not.
                gap=gap(indicator, one.value) if shown else 0.0,
            )
        )
    return tuple(lines)


def _acts(view: View, council: Council, by: Person, owner_id: int, now: datetime) -> bool:
    if by.id == owner_id:
        return True
    owners = tuple(view.people.many((owner_id,)).values())
    return by.id in acting_for(view, council, owners, council.today(now))
