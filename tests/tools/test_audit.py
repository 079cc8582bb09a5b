"""No answer must never look like a good one."""

import json
import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tools.audit import LOCKS, Checked, check_npm, check_python, told, verdict

ROOT = Path(__file__).resolve().parents[2]
FILE = "requirements/run.lock"
SOUND = {"name": "aiohttp", "version": "3.14.5", "vulns": []}
SKIPPED = {"name": "msal", "skip_reason": "Dependency not found and could not be audited"}
FAULTY = {
    "name": "orjson",
    "version": "3.0.0",
    "vulns": [{"id": "PYSEC-2099-1", "fix_versions": ["3.0.1"]}, {"id": "GHSA-x", "fix_versions": []}],
}


def saying(answer: Any) -> Callable[[Sequence[str]], str]:
    return lambda _command: answer if isinstance(answer, str) else json.dumps(answer)


def failing(fault: Exception) -> Callable[[Sequence[str]], str]:
    def run(_command: Sequence[str]) -> str:
        raise fault

    return run


def python(*packages: dict[str, Any]) -> Checked:
    return check_python(FILE, "pip-audit", saying({"dependencies": packages}))


def test_packages_without_a_known_fault_are_clean() -> None:
    checked = python(SOUND, {**SOUND, "name": "yarl"})

    assert (checked.findings, checked.unchecked) == ((), "")
    assert verdict([checked]) == 0


def test_a_known_fault_is_named_with_where_it_is_mended() -> None:
    checked = python(SOUND, FAULTY)

    assert checked.findings == ("orjson 3.0.0: PYSEC-2099-1, mended in 3.0.1", "orjson 3.0.0: GHSA-x")
    assert verdict([checked]) == 1


def test_a_package_that_was_passed_over_is_not_taken_for_a_clean_one() -> None:
    checked = python(SOUND, SKIPPED)

    assert checked.unchecked == "1 of 2 packages could not be checked, msal first"
    assert verdict([checked]) == 2


@pytest.mark.parametrize("answer", ["", "not JSON", "[]", "{}", {"dependencies": []}, {"dependencies": None}])
def test_no_answer_about_python_is_no_check(answer: Any) -> None:
    assert verdict([check_python(FILE, "pip-audit", saying(answer))]) == 2


@pytest.mark.parametrize("fault", [FileNotFoundError("npm"), subprocess.TimeoutExpired("npm", 1)])
def test_a_tool_that_does_not_run_is_no_check(fault: Exception) -> None:
    assert verdict([check_python(FILE, "pip-audit", failing(fault))]) == 2
    assert verdict([check_npm(failing(fault))]) == 2


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({"vulnerabilities": {}}, 0),
        ({"vulnerabilities": {"left-pad": {"severity": "high"}}}, 1),
        ({"message": "405 Method Not Allowed", "error": {}}, 2),
        ("", 2),
    ],
)
def test_what_npm_answers_decides(answer: Any, status: int) -> None:
    assert verdict([check_npm(saying(answer))]) == status


def test_a_known_fault_counts_before_what_could_not_be_checked() -> None:
    checks = [python(SKIPPED), python(FAULTY)]

    assert verdict(checks) == 1
    assert any("could not be checked" in line for line in told(checks))


def test_every_lock_of_the_project_is_checked_and_the_checks_own_is_hashed() -> None:
    there = {f"requirements/{path.name}" for path in (ROOT / "requirements").glob("*.lock")}
    own = (ROOT / "requirements/audit.lock").read_text(encoding="utf-8")

    assert set(LOCKS) == there
    assert len(re.findall(r"^[a-z].*==", own, re.MULTILINE)) > 10
    assert all("--hash=sha256:" in entry for entry in re.split(r"^(?=[a-z])", own, flags=re.MULTILINE)[1:])
    assert re.findall(r"https?://|--index-url|--find-links", own) == []
