"""Sends over real connections, of which three in ten fail: statuses, lost and hanging sockets, dead names.

`make bench-faults` sends ten thousand like this on each engine, at the pace that Teams takes.
"""

from random import Random

import pytest

from domain.pacing import Limits
from tests.builders import NOW, Staff
from tests.faults.sockets import send_over_sockets
from tests.faults.troubles import KINDS, SHARE
from workflows.council import Council

SENDS = 400
PEOPLE = 40
QUICKER = Limits(tenant_per_second=500)
"""Ten times what Teams takes: seats are handed out and rest as ever, in a tenth of the time."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_nothing_is_lost_on_real_connections(council: Council, people: Staff) -> None:
    sending = await send_over_sockets(council, people.team, SENDS, people=PEOPLE, limits=QUICKER)

    teams = sending.teams
    assert teams.sends >= SENDS
    assert sending.unnamed > 0
    assert set(teams.met) == {kind(Random(1), NOW).kind for kind in KINDS}
    assert abs(sum(teams.met.values()) / teams.sends - SHARE) < 0.08
    assert (teams.too_early, teams.through_closed_doors) == (0, 0)
    assert sending.kept == sending.queued
    assert sending.repeated > 0
    assert (sending.lost, sending.doubled, sending.unflagged) == ((), (), ())
