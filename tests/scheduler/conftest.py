"""A courier for each test, on both engines."""

from collections.abc import Callable
from itertools import count

import pytest

from scheduler.courier import Courier
from tests.doubles.post import FakeMailer, FakePost
from tests.scheduler.outbox import Clock
from workflows.council import Council


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def post() -> FakePost:
    return FakePost()


@pytest.fixture
def mailer() -> FakeMailer:
    return FakeMailer()


@pytest.fixture
def new_courier(council: Council, post: FakePost, mailer: FakeMailer, clock: Clock) -> Callable[[], Courier]:
    """Makes a process's courier; several share the outbox."""
    words = (f"nonce {n}" for n in count(1))

    def make() -> Courier:
        return Courier(
            council,
            post,
            mailer,
            clock=clock,
            nonce=lambda: next(words),
            jitter=lambda: 0.0,
            record_pause_seconds=0.0,
        )

    return make


@pytest.fixture
def courier(new_courier: Callable[[], Courier]) -> Courier:
    return new_courier()
