"""Gets what the browser tests need and is not Python: `python -m tools.browser_parts`.

Chromium and Node come from the system's packages when we may install them, the rest from npm, locked. Says
what to do where that is not possible, and ends with 1.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bot.demo import PLAYGROUND_FOLDER
from bot.demo.playground import NoWindows, install, require_node, whats_to_fetch
from tools.chat_window import chromium

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
LOCK = ROOT / "package-lock.json"


def main() -> int:
    """Install what is missing; return the exit status."""
    missing = [] if chromium() else ["chromium"]
    try:
        require_node({})
    except NoWindows:
        missing += ["nodejs", "npm"]
    if missing and not _apt_get(missing):
        print(
            f"The browser tests need {' and '.join(missing)} (Node 20 or newer). As root, run:",
            file=sys.stderr,
        )
        print(f"  apt-get update && apt-get install -y {' '.join(missing)}", file=sys.stderr)
        return 1
    try:
        require_node({})
        if note := whats_to_fetch(PLAYGROUND_FOLDER):
            print(note)
        install(PLAYGROUND_FOLDER)
    except NoWindows as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0 if chromium() and _npm_parts() else 1


def _apt_get(packages: list[str]) -> bool:
    """Install these; False where we may not or it did not work."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid():
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wanted = (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *packages])
    return all(subprocess.run([apt, *words], env=quiet, check=False).returncode == 0 for words in wanted)  # noqa: S603


def _npm_parts() -> bool:
    """The card parser and the manifest's schema, as locked."""
    done = MODULES / ".package-lock.json"
    if done.is_file() and done.stat().st_mtime >= LOCK.stat().st_mtime:
        return True
    npm = shutil.which("npm") or "npm"
    return subprocess.run([npm, "ci", "--no-fund", "--no-audit"], cwd=ROOT, check=False).returncode == 0  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
