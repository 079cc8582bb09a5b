import json
from pathlib import Path

import pytest

from tools.rules import ROOT, Outcome, table, wrong_marks

CHECKED = """
import pytest

@pytest.mark.rule("CA-06", "CA-07")
def test_holds():
    assert True

@pytest.mark.rule("CA-07")
def test_breaks():
    assert False

@pytest.mark.rule("CA-08")
@pytest.mark.skip
def test_left_out():
    assert True

def test_without_a_mark():
    assert True
"""


def test_a_rule_counts_only_with_a_passing_test_and_no_failing_one() -> None:
    outcomes = [
        Outcome("t.py::test_holds[1]", ("CA-06",), "passed"),
        Outcome("t.py::test_holds[2]", ("CA-06", "CA-07"), "passed"),
        Outcome("t.py::test_breaks", ("CA-07",), "failed"),
        Outcome("t.py::test_left_out", ("CA-08",), "skipped"),
    ]

    lines = table(["CA-06", "CA-07", "CA-08", "CA-09"], outcomes)

    assert lines == [
        "CA-06   passes    t.py::test_holds (2)",
        "CA-07   FAILS     t.py::test_breaks",
        "                  t.py::test_holds",
        "CA-08   skipped   t.py::test_left_out",
        "CA-09   no test",
        "1 of 4 rules have a passing test",
    ]


def test_a_mark_with_an_unknown_rule_or_none_is_named() -> None:
    outcomes = [
        Outcome("t.py::test_typed_wrongly", ("CA-6",), "passed"),
        Outcome("t.py::test_without_id", (), "passed"),
        Outcome("t.py::test_known", ("CA-06",), "passed"),
    ]

    lines = wrong_marks(["CA-06"], outcomes)

    assert lines == [
        "t.py::test_typed_wrongly: there is no rule CA-6 in domain/framework.toml",
        "t.py::test_without_id: the mark names no rule",
    ]


@pytest.mark.parametrize("processes", [["-p", "no:xdist"], ["-n", "2"]], ids=["one process", "two processes"])
def test_a_run_records_the_marked_tests_alone(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, processes: list[str]
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makepyfile(CHECKED)
    pytester.makeini("[pytest]\nmarkers = rule\nasyncio_default_fixture_loop_scope = function")
    report = Path(pytester.path) / "rules.json"

    pytester.runpytest_subprocess("-p", "tests.rule_marks", "--rules-json", str(report), *processes)
    entries = {entry["test"].split("::")[1]: entry for entry in json.loads(report.read_text())}

    assert {name: entry["outcome"] for name, entry in entries.items()} == {
        "test_holds": "passed",
        "test_breaks": "failed",
        "test_left_out": "skipped",
    }
    assert entries["test_holds"]["rules"] == ["CA-06", "CA-07"]
