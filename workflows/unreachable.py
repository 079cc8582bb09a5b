"""People who cannot be reached: who, why, what waits for them, and when the QA office is told."""

from collections import defaultdict
from datetime import datetime

from domain.people import Person
from domain.permissions import Verb, require
from domain.reachability import Unreached, Why, is_long, post_words, why_unreached
from storage.waiting import OFFICE_TOLD_OVER, TELLS_OFFICE, Undelivered
from storage.work import View, Work
from workflows.council import Council
from workflows.telling import qa_office, tell_qa_office

_ORDER = {why: place for place, why in enumerate(Why)}


def look_at_unreachable(view: View, council: Council, *, by: Person, now: datetime) -> tuple[Unreached, ...]:
    """Everyone for whom something waits. Raises NotAllowed for anybody outside the QA office."""
    require(Verb.PLAN, by, today=council.today(now))
    return unreached(view)


def unreached(view: View) -> tuple[Unreached, ...]:
    """Everyone for whom something waits, those of one reason together, then by name."""
    found: dict[int, list[Undelivered]] = defaultdict(list)
    for row in view.waiting.undelivered():
        found[row.person_id].append(row)
    people = view.people.many(found)
    mailed, refused = view.waiting.mailed_at(), view.waiting.refused_mail()
    teams, services = view.people.teams(), view.people.services()
    made = []
    for person_id, rows in found.items():
        person = people[person_id]
        team = teams.get(person.team_id or 0) or services.get(person.service_id or 0)
        made.append(
            Unreached(
                person_id=person_id,
                name=person.name,
                post=post_words(person.posts),
                team=team.name if team else "",
                why=why_unreached(
                    [row.reason for row in rows if row.medium == "teams"],
                    mail_reasons=[row.reason for row in rows if row.medium == "email"],
                ),
                things=_things(rows),
                since=min(row.since for row in rows),
                mailed_at=mailed.get(person_id),
                mail_refused=person_id in refused,
            )
        )
    return tuple(sorted(made, key=lambda one: (_ORDER[one.why], one.name.casefold(), one.person_id)))


def tell_office_of_unreachable(work: Work, council: Council, *, now: datetime) -> bool:
    """Tell the QA office of whoever could not be reached for a working day; whether there was news to tell.

    One card for each of them, which is brought up to date each working day rather than sent again, and which
    says so when it is over. After that the next person who cannot be reached is news again.
    """
    today, holidays = council.today(now), council.bank_holidays
    waiting = any(is_long(one.since, today, holidays) for one in unreached(work))
    told = work.waiting.office_told()
    if not waiting and told is None:
        return False
    subject = told or today.toordinal()
    if waiting:
        # Whoever joined the office since then has it new; the others have it already.
        tell_qa_office(work, kind=TELLS_OFFICE, subject_id=subject, now=now)
    # A card of today needs no second look today.
    if told is not None and not (waiting and told == today.toordinal()):
        for person in qa_office(work):
            work.notices.queue(
                kind="unreachable_changed" if waiting else OFFICE_TOLD_OVER,
                subject_id=subject,
                person_id=person.id,
                now=now,
                medium="update",
                again=today.isoformat(),
            )
    return True


def _things(rows: list[Undelivered]) -> int:
    """What goes by both ways is one thing."""
    return max(sum(row.count for row in rows if row.medium == medium) for medium in ("teams", "email"))
