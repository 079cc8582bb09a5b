"""Sends of which three in ten fail in every way there is: nothing is lost, and no wait is cut short.

`make bench-faults` sends ten thousand like this on each engine.
"""

from random import Random

from tests.builders import NOW, Staff
from tests.faults.sending import send
from tests.faults.troubles import KINDS, SHARE
from workflows.council import Council

SENDS = {"sqlite": 1_500, "postgresql": 400}


async def test_nothing_is_lost_and_every_wait_is_kept(council: Council, people: Staff) -> None:
    wanted = SENDS[council.database.engine.dialect.name]

    sending = await send(council, people.team, wanted)

    post = sending.post
    assert post.sends >= wanted
    assert set(post.met) == {kind(Random(1), NOW).kind for kind in KINDS}
    assert abs(sum(post.met.values()) / post.sends - SHARE) < 0.05
    assert (post.too_early, post.through_closed_doors) == (0, 0)
    assert sending.kept == sending.queued
    assert sending.repeated > 0
    assert (sending.lost, sending.doubled, sending.unflagged) == ((), (), ())
