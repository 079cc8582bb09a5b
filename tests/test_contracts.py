"""What holds for the whole tree: who imports whom, and what the lock files and sources may say."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from bot import __version__

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
PYTHON_LOCKS = ("run.lock", "dev.lock", "audit.lock")

MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:work|root|home|Users)/\w|[A-Z]:\\Users\\\w")
PACKAGE_REGISTRY = re.compile(r"(?:pypi|pythonhosted|npmjs|yarnpkg|anaconda)\.(?:org|com)|proxy\.golang")


def named(file: str) -> Iterator[Requirement]:
    """The requirements of a .in file and of the files it includes."""
    for line in (REQUIREMENTS / file).read_text(encoding="utf-8").splitlines():
        text = line.split("#")[0].strip()
        if text.startswith("-r"):
            yield from named(text.removeprefix("-r").strip())
        elif text:
            yield Requirement(text)


def locked(file: str) -> dict[str, tuple[Requirement, int]]:
    """Each pinned entry of a lock, by package, with how many hashes it carries."""
    entries: dict[str, tuple[Requirement, int]] = {}
    text = re.sub(r"\\\n\s*", " ", (REQUIREMENTS / file).read_text(encoding="utf-8"))
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            pin, *hashes = re.split(r"\s+--hash=", line.strip())
            requirement = Requirement(pin)
            # One package may be pinned twice, for different interpreters; the fewer hashes count.
            name = canonicalize_name(requirement.name)
            count = sum(bool(re.fullmatch(r"sha256:[0-9a-f]{64}", value)) for value in hashes)
            entries[name] = (requirement, min(count, entries.get(name, (requirement, count))[1]))
    return entries


def pinned_version(requirement: Requirement) -> Version:
    (pin,) = requirement.specifier
    assert pin.operator == "=="
    return Version(pin.version)


def sources() -> list[tuple[str, str]]:
    """Path and text of every text file of the project, written or about to be."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode().split("\0")
    texts = []
    for name in filter(None, listed):
        path = ROOT / name
        content = path.read_bytes() if path.is_file() else b"\0"
        if b"\0" not in content:
            texts.append((name, content.decode("utf-8", errors="replace")))
    return texts


def test_every_import_points_the_way_the_design_says(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    # It would switch off every logger there is, and with them what later tests listen for.
    monkeypatch.setattr("importlinter.cli._configure_logging", lambda verbose: None)

    status = lint_imports(no_cache=True, no_logo=True)

    assert status == 0, capsys.readouterr().out


def test_the_changelog_begins_with_the_products_version() -> None:
    headings = re.findall(r"^## (\d+\.\d+)", (ROOT / "docs/changelog.md").read_text(encoding="utf-8"), re.M)

    assert headings[0] == f"{Version(__version__).major}.{Version(__version__).minor}"


@pytest.mark.parametrize("file", PYTHON_LOCKS)
def test_every_locked_python_package_carries_a_hash(file: str) -> None:
    entries = locked(file)

    bare = [name for name, (_, hashes) in entries.items() if not hashes]

    assert len(entries) > 20
    assert bare == []


@pytest.mark.parametrize("file", [*PYTHON_LOCKS, "run.in", "dev.in", "audit.in"])
def test_a_requirement_file_names_no_place_to_fetch_from(file: str) -> None:
    text = (REQUIREMENTS / file).read_text(encoding="utf-8")

    assert re.findall(r"https?://\S+|--(?:extra-)?index-url|--find-links|git\+", text) == []


@pytest.mark.parametrize(
    ("file", "lock"), [("run.in", "run.lock"), ("dev.in", "dev.lock"), ("audit.in", "audit.lock")]
)
def test_the_lock_holds_what_the_named_packages_ask_for(file: str, lock: str) -> None:
    entries = locked(lock)

    for requirement in named(file):
        name = canonicalize_name(requirement.name)
        assert name in entries, f"{requirement.name} of {file} is not in {lock}: run make lock"
        if requirement.marker is None or requirement.marker.evaluate():
            assert pinned_version(entries[name][0]) in requirement.specifier, f"{lock} is older than {file}"


def test_tests_run_on_the_versions_that_are_shipped() -> None:
    run, dev = locked("run.lock"), locked("dev.lock")

    differing = {name for name in run if name not in dev or str(run[name][0]) != str(dev[name][0])}

    assert differing == set()


def test_the_npm_lock_agrees_with_its_list_and_names_no_place_to_fetch_from() -> None:
    named_packages = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    fetched = {path: entry for path, entry in packages.items() if path}

    assert {name: fetched[f"node_modules/{name}"]["version"] for name in named_packages} == named_packages
    assert [
        path for path, entry in fetched.items() if not entry.get("integrity", "").startswith("sha512-")
    ] == []
    assert [path for path, entry in fetched.items() if "resolved" in entry] == []


@pytest.mark.parametrize(
    ("pattern", "what"), [(MACHINE_PATH, "a path of one machine"), (PACKAGE_REGISTRY, "a package registry")]
)
def test_no_file_names_what_belongs_to_one_machine(pattern: re.Pattern[str], what: str) -> None:
    found = [
        f"{name}:{number} names {what}"
        for name, text in sources()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (MACHINE_PATH, 'open("' + "/home/" + 'someone/notes")'),
        (MACHINE_PATH, "cd /" + "work/" + "main"),
        (PACKAGE_REGISTRY, "https://registry." + "npmjs." + "org/left-pad"),
    ],
)
def test_the_search_would_find_one(pattern: re.Pattern[str], line: str) -> None:
    assert pattern.search(line)
