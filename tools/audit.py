"""`make audit`: known faults in what is locked, for Python and for npm.

Ends with 0 when everything was checked and nothing is known, with 1 when a fault is known, and with 2 when
something could not be checked, which is no answer and must not look like one. It asks the internet, so it is
no part of the checks that every change has to pass.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOCKS = ("requirements/run.lock", "requirements/dev.lock", "requirements/audit.lock")
NPM_LOCK = "package-lock.json"
SECONDS = 300

Run = Callable[[Sequence[str]], str]
"""Runs a command and gives its standard output; OSError or TimeoutExpired when it could not be run."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What one lock file's check came to."""

    file: str
    findings: tuple[str, ...] = ()
    unchecked: str = ""
    """Why it says nothing, or not about everything."""


def check_python(file: str, tool: str, run: Run) -> Checked:
    """What pip-audit knows about a lock file's packages."""
    options = ("--disable-pip", "--require-hashes", "--format", "json", "--progress-spinner", "off")
    answer = _answer(run, (tool, "--requirement", file, *options))
    packages = answer.get("dependencies") if answer is not None else None
    if not isinstance(packages, list) or not packages:
        return Checked(file, unchecked="pip-audit gave no answer")
    findings = tuple(
        f"{package['name']} {package['version']}: {fault['id']}"
        + (f", mended in {', '.join(fault['fix_versions'])}" if fault.get("fix_versions") else "")
        for package in packages
        for fault in package.get("vulns", [])
    )
    # It ends well even when nobody could tell it about any of them.
    skipped = [str(package["name"]) for package in packages if "skip_reason" in package]
    return Checked(file, findings, _unknown(skipped, len(packages)) if skipped else "")


def check_npm(run: Run) -> Checked:
    """What npm knows about the packages of the browser tests."""
    answer = _answer(run, ("npm", "audit", "--package-lock-only", "--json"))
    found = answer.get("vulnerabilities") if answer is not None else None
    if not isinstance(found, dict):
        return Checked(NPM_LOCK, unchecked="npm gave no answer")
    findings = (f"{name}: {fault.get('severity', 'unrated')}" for name, fault in sorted(found.items()))
    return Checked(NPM_LOCK, tuple(findings))


def verdict(checks: Sequence[Checked]) -> int:
    """The exit status: a known fault counts before what could not be checked."""
    if any(checked.findings for checked in checks):
        return 1
    return 2 if any(checked.unchecked for checked in checks) else 0


def told(checks: Sequence[Checked]) -> list[str]:
    """A line for each lock file, and one for each finding."""
    lines = []
    for checked in checks:
        state = checked.unchecked or ("known faults" if checked.findings else "nothing known")
        lines += [f"{checked.file}: {state}", *(f"  {finding}" for finding in checked.findings)]
    return lines


def _unknown(skipped: Sequence[str], packages: int) -> str:
    return f"{len(skipped)} of {packages} packages could not be checked, {skipped[0]} first"


def _answer(run: Run, command: Sequence[str]) -> dict[str, Any] | None:
    try:
        answer = json.loads(run(command))
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return answer if isinstance(answer, dict) else None


def _run(command: Sequence[str]) -> str:
    # Both tools end with 1 for a finding and for a fault of their own alike, so only the answer counts.
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)  # noqa: S603
    return done.stdout


def main() -> int:
    """Check every lock file with the pip-audit named on the command line."""
    tool = sys.argv[1] if len(sys.argv) > 1 else "pip-audit"
    files = [file for file in LOCKS if Path(file).is_file()]
    checks = [*(check_python(file, tool, _run) for file in files), check_npm(_run)]
    print("\n".join(told(checks)))
    return verdict(checks)


if __name__ == "__main__":
    sys.exit(main())
