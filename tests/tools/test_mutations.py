import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tools.mutants import patience_seconds
from tools.mutations import mutants_of
from tools.rules import ROOT

RULES = '''
"""Days."""
LIMITS = {"child": 3, "adult": 5}


def due(days: int, kind: str) -> bool:
    """Whether it is due."""
    if days < 0:
        raise ValueError("days must not be negative")
    return days >= LIMITS[kind]


def never_called() -> int:
    return 7
'''
TESTS = """
import pytest
from domain.limits import due

@pytest.mark.rule("CA-06")
@pytest.mark.parametrize(("days", "is_due"), [(2, False), (4, True)])
def test_due(days, is_due):
    assert due(days, "child") is is_due

def test_negative():
    with pytest.raises(ValueError, match="negative"):
        due(-1, "child")
"""
SETTINGS = """
[tool.pytest.ini_options]
addopts = "--import-mode=importlib"
pythonpath = ["."]
markers = ["rule(*ids)"]
asyncio_default_fixture_loop_scope = "function"
"""


def changes(source: str) -> list[str]:
    return [mutant.change for mutant in mutants_of(source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b <= c", ["a < b <= c  ->  a <= b <= c", "a < b <= c  ->  a < b < c"]),
        ("a == b", ["a == b  ->  a != b"]),
        ("a in b", ["a in b  ->  a not in b"]),
        ("a is None", ["a is None  ->  a is not None"]),
        ("a and b", ["a and b  ->  a or b"]),
        ("not a", ["a  ->  turned round"]),
        ("a - b", ["a - b  ->  a + b"]),
        ("a //= b", ["a //= b  ->  a *= b"]),
        ("a ** b", []),
        ("x = 3", ["3  ->  4"]),
        ("x = True", ["True  ->  False"]),
        ("x = 'open'", ["'open'  ->  'openx'"]),
        ("x = 'Please say why.'", []),
        ("x = f'{a} day'", []),
        ("x = f'{a + b:02} day'", ["a + b  ->  a - b"]),
        ("min(a, b)", ["min(a, b)  ->  max(a, b)", "min(a, b)  ->  left out"]),
        ("x = a if b else c", ["b  ->  turned round"]),
        ("x = [a for a in b if a.c]", ["a.c  ->  turned round"]),
        ("x = {a, b}", ["a  ->  left out", "b  ->  left out"]),
        ("x = {a: b}", ["a  ->  left out"]),
        ("x = (a, b, c)", ["a  ->  left out", "b  ->  left out", "c  ->  left out"]),
        (
            "x = ('open', 'shut', 'lost')",
            ["'open'  ->  left out", "'shut'  ->  left out", "'lost'  ->  left out"],
        ),
        ("x = {'open': 1}", ["'open'  ->  left out", "1  ->  2"]),
        ("x = (a, b)", []),
        ("a, b, c = d", []),
        ("raise a", ["raise a  ->  left out"]),
        ("import a", []),
        ("__all__ = ['open', 'shut']", []),
        ("'''open'''", []),
        ("x: 'open'", []),
        ("@a(1)\nclass B(c < d, e=2): pass", []),
        ("def a(b: 'open' = 1) -> 'open': pass", ["1  ->  2"]),
        ("x = zip(a, b, strict=True)", []),
    ],
)
def test_each_kind_of_change_is_made_and_text_is_left_alone(source: str, expected: list[str]) -> None:
    assert sorted(changes(source)) == sorted(expected)


def test_every_mutant_is_one_change_away_from_the_module() -> None:
    same = ast.unparse(ast.parse(RULES))

    sources = [mutant.source for mutant in mutants_of(RULES)]

    assert len(sources) == len(set(sources)) == 9
    assert same not in sources
    assert all(ast.parse(source) for source in sources)


def test_a_change_knows_its_line_and_the_function_that_runs_it() -> None:
    source = "LIMIT = 1\n\n@property\ndef a(b=2):\n    c = 3\n    def d():\n        return 4\n"

    places = {mutant.change[0]: (mutant.line, mutant.function_line) for mutant in mutants_of(source)}

    assert places == {"1": (1, None), "2": (4, None), "3": (5, 3), "4": (7, 6)}


@pytest.mark.parametrize(("unchanged", "patience"), [([], 5), ([0.01, 0.02], 6), ([2.0, 3.0], 20)])
def test_a_change_may_take_thrice_as_long_as_its_tests_and_a_little_more(
    unchanged: list[float], patience: int
) -> None:
    assert patience_seconds(unchanged) == patience


def test_a_run_lists_what_no_test_noticed_and_the_share_caught(tmp_path: Path) -> None:
    (tmp_path / "domain").mkdir()
    (tmp_path / "domain" / "limits.py").write_text(RULES, encoding="utf-8")
    (tmp_path / "tests" / "domain").mkdir(parents=True)
    (tmp_path / "tests" / "domain" / "test_limits.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    command = [sys.executable, "-m", "tools.mutants", "--root", str(tmp_path), "--sample", "0"]

    ran = subprocess.run(
        [*command, "--at-least", "90"], cwd=ROOT, check=False, capture_output=True, encoding="utf-8"
    )

    survivors = [line for line in ran.stdout.splitlines() if line.startswith("domain/")]
    assert survivors == [
        "domain/limits.py:3  'adult'  ->  left out  (passed by CA-06 tests)",
        "domain/limits.py:3  3  ->  4  (passed by CA-06 tests)",
        "domain/limits.py:3  5  ->  6  (passed by CA-06 tests)",
        "domain/limits.py:8  days < 0  ->  days <= 0  (passed by CA-06 tests)",
        "domain/limits.py:8  0  ->  1  (passed by CA-06 tests)",
        "domain/limits.py:10  days >= LIMITS[kind]  ->  days > LIMITS[kind]  (passed by CA-06 tests)",
        "domain/limits.py:14  7  ->  8  (passed by no tests)",
    ]
    assert ran.stdout.splitlines()[-1] == "22.2 % caught of 9 changes tried (9 possible)"
    assert ran.returncode == 1
    assert (tmp_path / "domain" / "limits.py").read_text(encoding="utf-8") == RULES
