"""Changes `domain/` in small ways and says which changes no test notices: `python -m tools.mutants`.

Works on copies of the tree. A process that has pytest loaded forks one child for each mutant; the child
runs only the tests that call the changed function, and stops at the first that fails. A survivor is listed
with the rules whose tests ran over it and saw nothing. The last line is the share caught.
"""

import argparse
import importlib
import math
import os
import pickle
import random
import re
import shutil
import signal
import sys
import tempfile
import traceback
from collections import Counter, deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tools.called_functions import EVERY_TEST, CalledFunctions, OnlyThese
from tools.mutations import Mutant, mutants_of

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "domain"
_LEFT_BEHIND = (".*", "node_modules", "var", "build", "artefacts", "*.db*")
_OPTIONS = ["-q", "-x", "-p", "no:xdist", "-p", "no:cacheprovider", "--hypothesis-seed=0"]
# Loading pytest's plugins once, ahead of the forks, is the point; pytest would rather load them itself.
_OPTIONS += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
_NOTHING_RAN = 5
_LEAST_SECONDS = 5
_TIMES_AS_LONG = 3
"""How often the time of the unchanged run, which is slow itself because every call in it is noted."""
_CLOCK_SECONDS_FOR_EACH = 6
_MOST_RULES_LISTED = 8


@dataclass(frozen=True, slots=True)
class Trial:
    """One mutant, where it stands below the package and the tests that could catch it."""

    module: str
    mutant: Mutant
    tests: frozenset[str]

    def told(self, rules: Iterable[str]) -> str:
        """The line that lists it as a survivor."""
        ids = sorted(rules)
        seen = ", ".join(ids) if len(ids) <= _MOST_RULES_LISTED else f"{len(ids)} rules'"
        if not ids:
            seen = "no rule's" if self.tests else "no"
        return f"{PACKAGE}/{self.module}:{self.mutant.line}  {self.mutant.change}  (passed by {seen} tests)"


def main() -> int:
    """Print survivors and the share caught; return the exit status."""
    options = _options()
    for heavy in ("numpy", "highspy", "hypothesis", "pytest_asyncio"):
        with suppress(ImportError):
            importlib.import_module(heavy)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copies = [Path(folder) / str(number) for number in range(options.jobs)]
        shutil.copytree(options.root, copies[0], ignore=shutil.ignore_patterns(*_LEFT_BEHIND))
        watched = _unchanged_run(copies[0], options.tests)
        if watched is None:
            print("The tests fail before anything is changed; mend them first.", file=sys.stderr)
            return 1
        for copy in copies[1:]:
            shutil.copytree(copies[0], copy)
        trials = list(_trials(copies[0], watched, options.module))
        total = len(trials)
        if options.sample and not options.module:
            trials = random.Random(options.seed).sample(trials, min(options.sample, total))  # noqa: S311
        caught = _try_all(trials, copies, watched, options.tests)
    return _report(trials, caught, watched, total, options.at_least)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__)
    parser.add_argument(
        "--module", action="append", help="change this file alone, and in every way (repeatable)"
    )
    parser.add_argument("--sample", type=int, default=600, help="how many changes to draw; 0 tries all")
    parser.add_argument("--seed", type=int, default=1, help="of the draw")
    parser.add_argument(
        "--tests", default="tests/domain", help="folder of the tests, with its own conftest.py"
    )
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--at-least", type=float, default=0.0, metavar="PERCENT", help="fail below this share"
    )
    parser.add_argument("--root", type=Path, default=ROOT, help="the tree to work on a copy of")
    return parser.parse_args()


def _unchanged_run(copy: Path, tests: str) -> CalledFunctions | None:
    """What the tests call when nothing is changed; None when they fail."""
    kept = copy / "watched.pickle"
    child = os.fork()
    if not child:
        watched = CalledFunctions(copy / PACKAGE)
        status = _pytest(copy, tests, [tests], [watched])
        sys.settrace(None)
        kept.write_bytes(pickle.dumps((dict(watched.callers), dict(watched.seconds), dict(watched.rules))))
        os._exit(status)
    if os.waitpid(child, 0)[1]:
        return None
    watched = CalledFunctions(copy / PACKAGE)
    for field, value in zip(("callers", "seconds", "rules"), pickle.loads(kept.read_bytes()), strict=True):  # noqa: S301
        getattr(watched, field).update(value)
    return watched


def _pytest(copy: Path, folder: str, tests: list[str], plugins: list[object]) -> int:
    os.chdir(copy)
    sys.path[:] = [str(copy), *(entry for entry in sys.path if entry not in {"", str(ROOT)})]
    try:
        return int(pytest.main([*_OPTIONS, f"--confcutdir={folder}", *tests], plugins=plugins))
    except BaseException:
        # The child must end here and never go on with its parent's work.
        traceback.print_exc()
        return 1


def _trials(copy: Path, watched: CalledFunctions, modules: list[str] | None) -> Iterable[Trial]:
    package = copy / PACKAGE
    wanted = {Path(module).name for module in modules or []}
    for path in sorted(package.rglob("*.py")):
        module = path.relative_to(package).as_posix()
        if wanted and path.name not in wanted:
            continue
        relying = _tests_relying_on(copy, module, watched)
        for mutant in mutants_of(path.read_text(encoding="utf-8")):
            line = mutant.function_line
            tests = {EVERY_TEST} if line is None else watched.callers.get((module, line), set())
            yield Trial(module, mutant, frozenset(relying if EVERY_TEST in tests else tests))


def _tests_relying_on(copy: Path, module: str, watched: CalledFunctions) -> set[str]:
    """The tests to try where calls cannot tell: they call the module or a direct user of it, or import it.

    Importing it through a helper beside the tests counts too. All tests would take hours.
    """
    dotted = re.escape(f"{PACKAGE}.{module.removesuffix('.py').replace('/', '.')}")
    files = {test.split("::")[0] for test in watched.seconds}
    package = copy / PACKAGE
    helpers = {path for file in files for path in (copy / file).parent.glob("*.py")} - {
        copy / file for file in files
    }
    users = {module} | {
        path.relative_to(package).as_posix() for path in _naming(dotted, package.rglob("*.py"))
    }
    names = "|".join([dotted, *(rf"(?:\w+\.)*{path.stem}" for path in _naming(dotted, helpers))])
    importing = {
        path.relative_to(copy).as_posix() for path in _naming(names, (copy / file for file in files))
    }
    calling = {
        test for (called, _), callers in watched.callers.items() if called in users for test in callers
    }
    return (calling - {EVERY_TEST}) | {test for test in watched.seconds if test.split("::")[0] in importing}


def _naming(names: str, paths: Iterable[Path]) -> list[Path]:
    """The files that import one of these modules."""
    imports = re.compile(rf"(?:from|import) (?:{names})\b")
    return [path for path in paths if imports.search(path.read_text(encoding="utf-8"))]


def _try_all(trials: list[Trial], copies: list[Path], watched: CalledFunctions, folder: str) -> list[bool]:
    """Whether each mutant was caught."""
    caught = [False] * len(trials)
    waiting, idle = deque(enumerate(trials)), list(copies)
    running: dict[int, tuple[int, Path]] = {}
    while waiting or running:
        while waiting and idle:
            number, trial = waiting.popleft()
            if trial.tests:
                copy = idle.pop()
                running[_start(trial, copy, watched, folder)] = (number, copy)
        if running:
            child, status = os.wait()
            number, copy = running.pop(child)
            idle.append(copy)
            caught[number] = status != 0 and os.waitstatus_to_exitcode(status) != _NOTHING_RAN
            shutil.copy2(copy / "unchanged.py", copy / PACKAGE / trials[number].module)
            if number % 100 == 99:
                print(f"{number + 1} of {len(trials)} changes tried", file=sys.stderr, flush=True)
    return caught


def _start(trial: Trial, copy: Path, watched: CalledFunctions, folder: str) -> int:
    """The process id of a child that tries this mutant in this copy."""
    path = copy / PACKAGE / trial.module
    shutil.copy2(path, copy / "unchanged.py")
    path.write_text(trial.mutant.source, encoding="utf-8")
    child = os.fork()
    if not child:
        # A change can make a loop endless; being stopped counts as caught.
        patience = patience_seconds(watched.seconds[test] for test in trial.tests)
        # In seconds of the processor: a busy machine would make sound changes look endless. A change that
        # makes a test wait uses none, so the clock ends that one at last.
        signal.setitimer(signal.ITIMER_PROF, patience)
        signal.alarm(_CLOCK_SECONDS_FOR_EACH * patience)
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        sys.dont_write_bytecode = True
        only = OnlyThese(set(trial.tests), watched.seconds, f"test_{path.name}")
        os._exit(_pytest(copy, folder, sorted({test.split("::")[0] for test in trial.tests}), [only]))
    return child


def patience_seconds(unchanged: Iterable[float]) -> int:
    """Whole seconds of work after which a change counts as caught; its tests take `unchanged` without it."""
    return _LEAST_SECONDS + math.ceil(_TIMES_AS_LONG * sum(unchanged))


def _report(
    trials: list[Trial], caught: list[bool], watched: CalledFunctions, total: int, least: float
) -> int:
    tried, found = (
        Counter(t.module for t in trials),
        Counter(t.module for t, hit in zip(trials, caught, strict=True) if hit),
    )
    survivors = [trial for trial, hit in zip(trials, caught, strict=True) if not hit]
    for trial in sorted(survivors, key=lambda trial: (trial.module, trial.mutant.line)):
        print(trial.told({rule for test in trial.tests for rule in watched.rules[test]}))
    for module in sorted(tried):
        print(f"{found[module]:5} of {tried[module]:4} caught  {PACKAGE}/{module}")
    share = 100 * sum(caught) / len(trials) if trials else 100.0
    print(f"{len(survivors)} survived; {sum(not t.tests for t in survivors)} of them are reached by no test")
    print(f"{share:.1f} % caught of {len(trials)} changes tried ({total} possible)")
    return 0 if share >= least else 1


if __name__ == "__main__":
    sys.exit(main())
