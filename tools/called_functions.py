"""A pytest plugin that notes which tests call which functions of `domain/`, for `make mutants`."""

import functools
import gc
import sys
from collections import defaultdict
from collections.abc import Generator, Mapping
from pathlib import Path
from types import FrameType

import pytest

_QUICK_SECONDS = 0.5
EVERY_TEST = "*"
"""Stands for calls made while tests are collected or for fixtures that several tests share."""


class CalledFunctions:
    """What one run of the tests showed. Tests are named by node id without the bracketed case."""

    def __init__(self, package: Path) -> None:
        self.callers: dict[tuple[str, int], set[str]] = defaultdict(set)
        """(file below the package, first line) of a function to the tests that call it."""
        self.seconds: dict[str, float] = defaultdict(float)
        self.rules: dict[str, set[str]] = defaultdict(set)
        self._package = str(package)
        self._test = EVERY_TEST
        self._caches: list[functools._lru_cache_wrapper[object]] = []

    def pytest_sessionstart(self) -> None:
        """Start listening before the first test file is imported."""
        sys.settrace(self._note)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note the rules each test carries, and what keeps its answers from one test to the next."""
        caches = [thing for thing in gc.get_objects() if isinstance(thing, functools._lru_cache_wrapper)]
        self._caches = [cache for cache in caches if cache.__module__.split(".")[0] in {"domain", "tests"}]
        for item in session.items:
            marks = item.iter_markers("rule")
            self.rules[plain_name(item)].update(str(rule) for mark in marks for rule in mark.args)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Name the test whose calls are heard next."""
        for cache in self._caches:
            # Otherwise the first test alone would be seen to call what is kept for all.
            cache.cache_clear()
        self._test = plain_name(item)
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
        """Give the calls of a fixture that several tests share to all of them."""
        test, self._test = self._test, self._test if fixturedef.scope == "function" else EVERY_TEST
        try:
            return (yield)
        finally:
            self._test = test

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up how long each test takes."""
        self.seconds[report.nodeid.split("[", 1)[0]] += report.duration

    def _note(self, frame: FrameType, _event: str, _argument: object) -> None:
        code = frame.f_code
        if code.co_filename.startswith(self._package):
            module = Path(code.co_filename).relative_to(self._package).as_posix()
            self.callers[module, code.co_firstlineno].add(self._test)


class OnlyThese:
    """Keeps the named tests and runs those first that are quick and lie in the module's own test file."""

    def __init__(self, tests: set[str], seconds: Mapping[str, float], own_file: str) -> None:
        self._tests = tests
        self._seconds = seconds
        self._own_file = own_file

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Drop the others without a word."""
        items[:] = sorted((item for item in items if plain_name(item) in self._tests), key=self._turn)

    def _turn(self, item: pytest.Item) -> tuple[bool, bool]:
        return self._seconds[plain_name(item)] > _QUICK_SECONDS, item.path.name != self._own_file


def plain_name(item: pytest.Item) -> str:
    """The node id without the bracketed case."""
    return item.nodeid.split("[", 1)[0]
