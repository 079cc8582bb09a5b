"""`plumbline status` when more than one round is on."""

import json
from datetime import timedelta

from bot.asking import clock
from domain.days import add_months, local_day
from domain.framework import Framework
from storage.database import Database
from tests.bot.commands import Terminal
from tests.builders import a_council, a_round, an_accepted_audit, staff
from tests.databases import TRAIL_KEY


def test_what_is_overdue_is_told_beside_the_round_that_is_planned(
    terminal: Terminal, sqlite_url: str, framework: Framework
) -> None:
    now = clock()
    month, yesterday = local_day(now).replace(day=1), local_day(now) - timedelta(days=1)
    coming = add_months(month, 2)
    database = Database(sqlite_url, trail_key=TRAIL_KEY)
    with a_council(database, framework).write() as work:
        people = staff(work)
        an_accepted_audit(work, people, due_on=yesterday, month=month, now=now)
        a_round(work, month=coming, state="planned", now=now)
    database.close()

    said = terminal.runs("status")
    told = json.loads(terminal.runs("status", "--json").out)

    assert f"Round of {month:%B %Y}: allocated" in said.out
    assert "Overdue in all rounds: 1" in said.out
    assert f"Round of {coming:%B %Y}: planned" in said.out
    assert (told["round"]["month"], told["round"]["overdue"]) == (month.isoformat(), 1)
    assert [(one["month"], one["state"]) for one in told["coming"]] == [(coming.isoformat(), "planned")]
    assert (told["overdue"], "by_state" in told["deliveries"]) == (1, True)
