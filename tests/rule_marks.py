"""Records which framework rules each test carries and how the test ended, for `make rules`.

With `--rules-json PATH` the run keeps only tests marked `rule` and writes to PATH a list of
`{"test": node id, "rules": [id, ...], "outcome": "passed" | "failed" | "skipped"}`.
"""

import json
from pathlib import Path

import pytest

_PROPERTY = "framework rules"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--rules-json`."""
    parser.addoption(
        "--rules-json", metavar="PATH", help="keep marked tests only and write their outcomes here"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Record on the process that hears every outcome: under xdist that is not a worker."""
    path = config.getoption("--rules-json")
    if path and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Recorder(Path(path)))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give each item its rule ids and drop unmarked items when outcomes are being recorded."""
    if not config.getoption("--rules-json"):
        return
    marked: list[pytest.Item] = []
    unmarked: list[pytest.Item] = []
    for item in items:
        marks = list(item.iter_markers("rule"))
        (marked if marks else unmarked).append(item)
        # User properties are the one thing of an item that xdist carries back with its report.
        item.user_properties.append((_PROPERTY, sorted({str(rule) for mark in marks for rule in mark.args})))
    items[:] = marked
    config.hook.pytest_deselected(items=unmarked)


class _Recorder:
    """Keeps the worst outcome of each test's set-up, call and tear-down."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: dict[str, dict[str, object]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        properties = {str(name): value for name, value in report.user_properties}
        entry = self._seen.setdefault(
            report.nodeid,
            {"test": report.nodeid, "rules": properties.get(_PROPERTY, []), "outcome": "passed"},
        )
        if report.failed or (report.skipped and entry["outcome"] == "passed"):
            entry["outcome"] = report.outcome

    def pytest_sessionfinish(self) -> None:
        self._path.write_text(json.dumps(list(self._seen.values())), encoding="utf-8")
