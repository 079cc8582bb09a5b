"""A built wheel carries everything that is read at run time, not the code alone."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot import __version__

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as package:
        return set(package.namelist())


@pytest.mark.parametrize(
    "pattern", ["domain/*.toml", "manifest/*.json", "manifest/*.png", "storage/migrations/**/*.*"]
)
def test_data_files_travel_with_the_code(carried: set[str], pattern: str) -> None:
    wanted = {
        path.relative_to(ROOT).as_posix() for path in ROOT.glob(pattern) if "__pycache__" not in path.parts
    }

    assert wanted
    assert wanted <= carried


def test_the_wheel_has_the_products_version(carried: set[str]) -> None:
    assert f"plumbline-{__version__}.dist-info/METADATA" in carried


def test_tests_and_benches_stay_at_home(carried: set[str]) -> None:
    folders = {name.partition("/")[0] for name in carried}

    assert {"bot", "domain", "storage"} <= folders
    assert not folders & {"tests", "bench", "tools", "docs", "requirements"}
