"""Says which rules of the framework have a passing test: `python -m tools.rules`.

Runs the tests that carry `@pytest.mark.rule`, then lists every rule of `domain/framework.toml` with the
tests that would catch it being broken. Ends with 1 when a mark names no rule or an unknown one, or when
a marked test fails; a rule without a test is counted, not punished.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_NO_TESTS_COLLECTED = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one marked test ended."""

    test: str
    rules: tuple[str, ...]
    outcome: str


def main(arguments: list[str] | None = None) -> int:
    """Print the table; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.rules", description=__doc__)
    parser.add_argument("tests", nargs="*", default=["tests"], help="where to look for marked tests")
    parser.add_argument("-n", "--processes", default="2", help="pytest processes (0 runs in one)")
    options = parser.parse_args(arguments)
    outcomes, status = run_marked(options.tests, options.processes)
    wrong = wrong_marks(known_rules(), outcomes)
    print("\n".join(table(known_rules(), outcomes)))
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong or status else 0


def known_rules() -> tuple[str, ...]:
    """The rule ids of the shipped framework, in its order."""
    from domain.framework_reading import read

    return tuple(read((ROOT / "domain" / "framework.toml").read_text(encoding="utf-8")).rules)


def run_marked(tests: Iterable[str], processes: str) -> tuple[list[Outcome], int]:
    """What became of each marked test, and pytest's exit status with "nothing marked" counted as 0."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "rules.json"
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "--rules-json",
            str(report),
            "-m",
            "rule and not e2e",
        ]
        command += ["-n", processes, "--dist", "loadfile", *tests]
        status = subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603 - our own interpreter
        entries = json.loads(report.read_text(encoding="utf-8")) if report.exists() else []
    outcomes = [Outcome(entry["test"], tuple(entry["rules"]), entry["outcome"]) for entry in entries]
    return outcomes, 0 if status == _NO_TESTS_COLLECTED else status


def wrong_marks(rules: Iterable[str], outcomes: Iterable[Outcome]) -> list[str]:
    """One line for each test whose mark names no rule or one that the framework does not have."""
    known = set(rules)
    lines = set()
    for outcome in outcomes:
        if not outcome.rules:
            lines.add(f"{_function(outcome.test)}: the mark names no rule")
        for rule in set(outcome.rules) - known:
            lines.add(f"{_function(outcome.test)}: there is no rule {rule} in domain/framework.toml")
    return sorted(lines)


def table(rules: Iterable[str], outcomes: Iterable[Outcome]) -> list[str]:
    """A row for each rule and test, and last the count of rules that a passing test holds.

    A rule is held when at least one test carrying it passed and none failed; a skipped test holds nothing.
    """
    ends: dict[str, Counter[str]] = defaultdict(Counter)
    carriers: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in outcomes:
        for rule in outcome.rules:
            ends[rule][outcome.outcome] += 1
            carriers[rule][_function(outcome.test)] += 1
    lines, held, total = [], 0, 0
    for rule in rules:
        word = _word(ends[rule])
        total += 1
        held += word == "passes"
        tests = [f"{test} ({count})" if count > 1 else test for test, count in sorted(carriers[rule].items())]
        lines.append(f"{rule:<8}{word:<10}{tests[0] if tests else ''}".rstrip())
        lines.extend(f"{'':18}{test}" for test in tests[1:])
    lines.append(f"{held} of {total} rules have a passing test")
    return lines


def _word(ends: Counter[str]) -> str:
    if ends["failed"]:
        return "FAILS"
    if ends["passed"]:
        return "passes"
    return "skipped" if ends else "no test"


def _function(node_id: str) -> str:
    """The test's name without the bracketed case, so that a rule table takes one row."""
    return node_id.split("[", 1)[0]


if __name__ == "__main__":
    sys.exit(main())
