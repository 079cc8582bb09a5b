"""The small changes that `make mutants` makes to a module, one at a time.

Chosen for rules: boundaries, signs, conditions, numbers, words, members of tables, guards that raise. Left
alone is what no test of behaviour could see or what is text for people: annotations, decorators, sentences.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import shorten

_PAIRS: tuple[tuple[type[ast.AST], type[ast.AST]], ...] = (
    (ast.Lt, ast.LtE),
    (ast.Gt, ast.GtE),
    (ast.Eq, ast.NotEq),
    (ast.In, ast.NotIn),
    (ast.Is, ast.IsNot),
    (ast.And, ast.Or),
    (ast.Add, ast.Sub),
    (ast.Mult, ast.FloorDiv),
    (ast.BitAnd, ast.BitOr),
)
_SWAPS = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
_SWAPS |= {ast.Div: ast.Mult, ast.Mod: ast.FloorDiv}
_CALLS = {"any": "all", "all": "any", "min": "max", "max": "min"}
_NOT_RUN = ("annotation", "returns", "decorator_list", "bases", "format_spec")
# A key, a state or a stored value is one lower-case word; anything else in quotes is worded for people.
_WORD = re.compile(r"[a-z][a-z0-9_.:-]*")
_SMALLEST_TUPLE_TABLE = 3

Edit = tuple[ast.AST, dict[str, object], ast.AST, str]
"""Whose fields get which values, the part to show, and what became of it where that says more."""
GONE = "left out"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one change in it."""

    line: int
    change: str
    source: str
    function_line: int | None
    """First line of the function that holds the change; None when it runs as the module is imported."""


def mutants_of(source: str) -> Iterator[Mutant]:
    """Every mutant of this module, each with the whole changed source."""
    tree = ast.parse(source)
    for node, function_line in _live_nodes(tree, None):
        for holder, fields, part, became in _edits(node):
            kept = {field: getattr(holder, field) for field in fields}
            before, line = _shown(part), getattr(part, "lineno", 0)
            for field, value in fields.items():
                setattr(holder, field, value)
            yield Mutant(line, f"{before}  ->  {became or _shown(part)}", ast.unparse(tree), function_line)
            for field, value in kept.items():
                setattr(holder, field, value)


def _live_nodes(node: ast.AST, function_line: int | None) -> Iterator[tuple[ast.AST, int | None]]:
    """The nodes whose change could be seen, each with the first line of its function."""
    inside = function_line
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        inside = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    yield node, inside
    for field, value in ast.iter_fields(node):
        if field in _NOT_RUN or (field == "keywords" and isinstance(node, ast.ClassDef)):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_left_alone(node, field, child):
                yield from _live_nodes(child, inside if field == "body" else function_line)


def _is_left_alone(parent: ast.AST, field: str, child: ast.AST) -> bool:
    """Whether the child is text, names, a zip's `strict`, or in a table that is tried without it."""
    if isinstance(child, ast.Constant):
        in_table = field == "keys" or (field == "elts" and _is_table(parent))
        return in_table or isinstance(parent, ast.Expr | ast.JoinedStr)
    if isinstance(child, ast.Assign) and ast.unparse(child.targets[0]) == "__all__":
        return True
    return isinstance(child, ast.Import | ast.ImportFrom) or (
        isinstance(child, ast.keyword) and child.arg == "strict"
    )


def _edits(node: ast.AST) -> Iterator[Edit]:
    yield from _operator_edits(node)
    yield from _condition_edits(node)
    yield from _table_edits(node)
    for field in ("body", "orelse", "finalbody"):
        statements = getattr(node, field, None)
        if isinstance(statements, list):
            for at, statement in enumerate(statements):
                if isinstance(statement, ast.Raise | ast.Continue | ast.Break) or _is_call(statement):
                    yield (
                        node,
                        {field: [*statements[:at], ast.Pass(), *statements[at + 1 :]]},
                        statement,
                        GONE,
                    )


def _operator_edits(node: ast.AST) -> Iterator[Edit]:
    match node:
        case ast.Compare(ops=ops):
            for at, operator in enumerate(ops):
                yield node, {"ops": [*ops[:at], _SWAPS[type(operator)](), *ops[at + 1 :]]}, node, ""
        case ast.BoolOp(op=swapped) | ast.BinOp(op=swapped) | ast.AugAssign(op=swapped):
            if type(swapped) in _SWAPS:
                yield node, {"op": _SWAPS[type(swapped)]()}, node, ""
        case ast.Call(func=ast.Name(id=name) as function) if name in _CALLS:
            yield function, {"id": _CALLS[name]}, node, ""
        case ast.Constant(value=value):
            for other in _other_values(value):
                yield node, {"value": other}, node, ""


def _condition_edits(node: ast.AST) -> Iterator[Edit]:
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield node, {"operand": _negated(operand)}, operand, "turned round"
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            # The others are changed in ways of their own.
            if not isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Constant):
                yield node, {"test": _negated(test)}, test, "turned round"
        case ast.comprehension(ifs=tests):
            for at, test in enumerate(tests):
                yield node, {"ifs": [*tests[:at], _negated(test), *tests[at + 1 :]]}, test, "turned round"


def _table_edits(node: ast.AST) -> Iterator[Edit]:
    match node:
        case ast.Dict(keys=keys, values=values):
            for at, entry in enumerate(values):
                fields: dict[str, object] = {"keys": _without(keys, at), "values": _without(values, at)}
                yield node, fields, keys[at] or entry, GONE
        case ast.Set(elts=elts) | ast.List(elts=elts) | ast.Tuple(elts=elts) if _is_table(node):
            for at, element in enumerate(elts):
                yield node, {"elts": _without(elts, at)}, element, GONE


def _shown(part: ast.AST) -> str:
    return shorten(ast.unparse(part), 100, placeholder=" ...")


def _negated(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


def _other_values(value: object) -> list[object]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value + 1]
    return [f"{value}x"] if isinstance(value, str) and _WORD.fullmatch(value) else []


def _without(items: Sequence[ast.expr | None], at: int) -> list[ast.expr | None]:
    return [*items[:at], *items[at + 1 :]]


def _is_table(node: ast.AST) -> bool:
    """Whether it lists things of one kind; a short or mixed tuple is a record and would break at once."""
    match node:
        case ast.Set() | ast.List(ctx=ast.Load()):
            return True
        case ast.Tuple(elts=elts, ctx=ast.Load()):
            return len(elts) >= _SMALLEST_TUPLE_TABLE and len({type(element) for element in elts}) == 1
    return False


def _is_call(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
