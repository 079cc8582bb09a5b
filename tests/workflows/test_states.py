"""`docs/states.md` against the code: the states, the moves and who does them."""

import re
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa

from domain.audits import Audit, AuditState, Returned
from domain.errors import RuleBroken
from domain.framework import Framework
from domain.moderation import ModerationState
from storage.tables import metadata
from tests.builders import (
    NOW,
    Staff,
    a_filled_audit,
    a_returned_audit,
    a_submitted_audit,
    an_allocated_audit,
)
from tests.workflows.caseloads import BEFORE, a_caseload, proposed
from workflows.allocating import allocate_due
from workflows.audit_access import load_file
from workflows.auditing import accept_audit, declare_conflict, return_audit, submit_audit
from workflows.council import Council, Work
from workflows.planning import approve_round, replan, require_round

DOC = Path("docs/states.md").read_text(encoding="utf-8")
START = "[*]"

Moves = set[tuple[str, str]]


def part(title: str) -> str:
    """The part of the document under this heading."""
    return DOC.split(f"\n## {title}\n")[1].split("\n## ")[0]


def drawn(title: str) -> Moves:
    """(from, to) of every arrow."""
    return set(re.findall(r"^    (\S+) --> (\S+)$", part(title), re.MULTILINE))


def states(moves: Moves) -> set[str]:
    return {state for move in moves for state in move} - {START}


def constraint(table: str) -> set[str]:
    """The states that the database lets stand in this table."""
    for check in metadata.tables[table].constraints:
        if isinstance(check, sa.CheckConstraint) and str(check.name).endswith("state_known"):
            return set(re.findall(r"'(\w+)'", str(check.sqltext)))
    raise AssertionError(f"{table} has no states")


@pytest.mark.parametrize(
    ("title", "table"),
    [
        ("An audit", "audits"),
        ("A request for more time", "extensions"),
        ("A round", "rounds"),
        ("A notice", "notices"),
        ("A draw", "draws"),
        ("A talk", "discussions"),
        ("A pack", "packs"),
        ("An action", "audit_actions"),
        ("An example audit", "examples"),
        ("A learning entry", "learning_entries"),
        ("An exception", "exceptions"),
        ("A narrative", "narratives"),
        ("A report asked for", "report_requests"),
    ],
)
def test_every_state_of_the_database_is_drawn_and_no_other(title: str, table: str) -> None:
    assert states(drawn(title)) == constraint(table)


def test_every_state_a_moderation_can_be_in_is_drawn() -> None:
    assert states(drawn("A moderation")) == {state.value for state in ModerationState}


@pytest.mark.parametrize("title", re.findall(r"^## (An? .+)$", DOC, re.MULTILINE)[:-1])
def test_every_move_drawn_is_told_with_who_when_rule_and_verb(title: str, framework: Framework) -> None:
    rows = [line.split("|")[1:-1] for line in part(title).splitlines() if line.startswith("| ")][1:]
    told: Moves = set()

    for moves, who, when, rule, by in rows:
        told |= {(a or START, b) for a, b in re.findall(r"(\w*) ?→ (\w+)", moves)}
        assert who.strip()
        assert when.strip()
        ids = set(re.findall(r"\b(?:[A-Z]{2}-\d+|Q\d+)\b", rule))
        assert ids <= set(framework.rules)
        assert ids or "1B" in rule or "decision" in rule
        for name in re.findall(r"`([\w.]+)`", by):
            module, *path = _split(name)
            found: object = import_module(module)
            for attribute in path:
                found = getattr(found, attribute)
            assert callable(found)

    assert told == {move for move in drawn(title) if move[1] != START}


def _split(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:2]), *parts[2:]]


VERBS: dict[str, Callable[[Work, Council, Staff, Audit], object]] = {
    "accept": lambda work, council, people, audit: accept_audit(
        work, council, by=people.auditor, audit_id=audit.id, now=NOW
    ),
    "conflict": lambda work, council, people, audit: declare_conflict(
        work, council, by=people.auditor, audit_id=audit.id, reason="I know them.", now=NOW
    ),
    "submit": lambda work, council, people, audit: submit_audit(
        work,
        council,
        by=people.auditor,
        audit_id=audit.id,
        revision=load_file(work, audit).revision,
        now=NOW,
    ),
}


@pytest.mark.rule("CA-16", "Q8")
@pytest.mark.parametrize("verb", list(VERBS))
@pytest.mark.parametrize("state", list(AuditState))
def test_an_audit_moves_only_as_drawn(council: Council, people: Staff, state: AuditState, verb: str) -> None:
    with council.write() as work:
        audit = {
            AuditState.ALLOCATED: lambda: an_allocated_audit(work, people),
            AuditState.ACCEPTED: lambda: a_filled_audit(work, council.framework, people),
            AuditState.SUBMITTED: lambda: a_submitted_audit(work, council, people),
            AuditState.RETURNED: lambda: a_returned_audit(work, people),
        }[state]()
        with suppress(RuleBroken):
            VERBS[verb](work, council, people, audit)

        after = work.audits.get(audit.id)

    assert after is not None
    goal = {"accept": "accepted", "conflict": "returned", "submit": "submitted"}[verb]
    moves = (state.value, goal) in drawn("An audit")
    assert after.state.value == (goal if moves else state.value)


@pytest.mark.parametrize("state", [AuditState.ALLOCATED, AuditState.ACCEPTED])
@pytest.mark.parametrize("because", [Returned.CASE_CLOSED, Returned.AUDITOR_LEFT])
def test_a_list_returns_an_open_audit(
    council: Council, people: Staff, state: AuditState, because: Returned
) -> None:
    with council.write() as work:
        audit = an_allocated_audit(work, people)
        if state is AuditState.ACCEPTED:
            audit = accept_audit(work, council, by=people.auditor, audit_id=audit.id, now=NOW)

        return_audit(work, audit, because=because, note="", by=None, now=NOW)

        after = work.audits.get(audit.id)
        assert after is not None
        assert (after.state, after.returned_because) == (AuditState.RETURNED, because)


@pytest.mark.rule("CA-05")
def test_a_round_moves_only_as_drawn(council: Council, people: Staff) -> None:
    officer = people.qa_officer
    with council.write() as work:
        a_caseload(work, people)
        chosen = proposed(work, council)
        seen = [chosen.state]
        replan(work, council, by=officer, round_id=chosen.id, version=chosen.version, keep="none", now=BEFORE)
        chosen = require_round(work, chosen.id)
        seen.append(chosen.state)
        chosen = approve_round(
            work, council, by=officer, round_id=chosen.id, version=chosen.version, now=BEFORE
        )
        seen.append(chosen.state)
        allocate_due(work, council, NOW)
        seen.append(require_round(work, chosen.id).state)

    moves = {(START, seen[0]), *pairwise(seen), (seen[-1], START)}
    assert moves == drawn("A round")
