"""A chain of rows shows whatever is done to it afterwards, and names the row."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from domain.trail import (
    REGISTER,
    START,
    Fault,
    Head,
    TrailKey,
    TrailRow,
    check_chain,
    check_openings,
    digests,
    head_mac,
    row_mac,
    seal_mac,
)

KEY = TrailKey(b"k" * 32)
AT = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
CHAIN = "audit:41"

Rows = list[TrailRow]


def chain(count: int) -> Rows:
    rows: Rows = []
    for position in range(1, count + 1):
        previous = rows[-1].mac if rows else START
        row = TrailRow(
            CHAIN, position, AT + timedelta(minutes=position), 7, "saved", "audit 41", "{}", previous, ""
        )
        rows.append(replace(row, mac=row_mac(KEY, row)))
    return rows


def head_of(row: TrailRow) -> Head:
    return Head(row.chain, row.position, row.mac)


def sealed_anew(row: TrailRow) -> TrailRow:
    return replace(row, mac=row_mac(KEY, row))


def check(rows: Rows, *, of: Rows, sealed: tuple[Head, ...] = ()) -> list[tuple[int, str]]:
    return [(one.position, one.what) for one in check_chain(KEY, rows, head_of(of[-1]), sealed)]


@pytest.mark.rule("SG-05")
@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_chain_nobody_touched_proves(count: int) -> None:
    rows = chain(count)

    assert check(rows, of=rows, sealed=tuple(head_of(row) for row in rows)) == []


def test_no_rows_and_no_head_prove() -> None:
    assert check_chain(KEY, [], None, []) == ()


@pytest.mark.rule("SG-05")
@pytest.mark.parametrize(
    "change",
    [
        {"chain": "audit:42"},
        {"at": AT + timedelta(microseconds=1)},
        {"actor": 8},
        {"actor": None},
        {"verb": "read"},
        {"subject": "audit 42"},
        {"fields": '{"grade": "1"}'},
    ],
)
def test_a_row_with_any_other_who_what_or_when_was_changed(change: dict[str, object]) -> None:
    rows = chain(3)
    edited = replace(rows[1], **change)  # type: ignore[arg-type]

    faults = check_chain(KEY, [rows[0], edited, rows[2]], head_of(rows[2]), ())

    assert faults == (Fault(edited.chain, 2, f"row 2 of {edited.chain} was changed or moved"),)


@pytest.mark.rule("SG-05")
@pytest.mark.parametrize(
    ("gone", "said"),
    [
        ({1}, [(1, "row 1 of audit:41 is missing")]),
        ({3}, [(3, "row 3 of audit:41 is missing")]),
        ({2, 3}, [(2, "rows 2 to 3 of audit:41 are missing")]),
        ({2, 4}, [(2, "row 2 of audit:41 is missing"), (4, "row 4 of audit:41 is missing")]),
        ({5}, [(5, "the end of audit:41 was cut: row 5 is missing")]),
        ({4, 5}, [(5, "the end of audit:41 was cut: rows 4 to 5 are missing")]),
        ({1, 2, 3, 4, 5}, [(5, "the end of audit:41 was cut: rows 1 to 5 are missing")]),
    ],
)
def test_missing_rows_are_named(gone: set[int], said: list[tuple[int, str]]) -> None:
    rows = chain(5)

    assert check([row for row in rows if row.position not in gone], of=rows) == said


@pytest.mark.rule("SG-05")
def test_a_row_put_in_the_place_of_another_follows_nothing() -> None:
    rows, other = chain(3), sealed_anew(replace(chain(2)[1], verb="read"))

    faults = check([rows[0], other, rows[2]], of=rows)

    assert faults == [(3, "row 3 of audit:41 does not follow the one before it")]


@pytest.mark.rule("SG-05")
def test_a_first_row_that_follows_something_had_rows_before_it() -> None:
    moved = sealed_anew(replace(chain(1)[0], previous="a" * 32))

    assert check([moved], of=[moved]) == [(1, "row 1 of audit:41 does not follow the one before it")]


@pytest.mark.rule("SG-05")
def test_rows_that_change_places_are_named() -> None:
    rows = chain(2)
    swapped = [replace(rows[1], position=1), replace(rows[0], position=2)]

    faults = check(swapped, of=rows)

    assert (1, "row 1 of audit:41 was changed or moved") in faults
    assert (2, "row 2 of audit:41 was changed or moved") in faults


@pytest.mark.rule("SG-05")
def test_a_chain_written_anew_with_the_key_still_differs_from_what_was_sealed() -> None:
    rows = chain(3)
    first = sealed_anew(replace(rows[0], actor=8))
    second = sealed_anew(replace(rows[1], previous=first.mac))
    third = sealed_anew(replace(rows[2], previous=second.mac))

    faults = check([first, second, third], of=[third], sealed=(head_of(rows[1]),))

    assert faults == [(2, "row 2 of audit:41 is not the one that was sealed")]


@pytest.mark.rule("SG-05")
def test_a_seal_beyond_the_last_row_shows_a_tail_cut_with_its_head() -> None:
    rows = chain(4)

    faults = check(rows[:2], of=rows[:2], sealed=(head_of(rows[1]), head_of(rows[3])))

    assert faults == [(4, "the end of audit:41 was cut: rows 3 to 4 are missing")]


@pytest.mark.rule("SG-05")
@pytest.mark.parametrize("ends", [None, 1, 2])
def test_rows_beyond_the_recorded_end_are_named(ends: int | None) -> None:
    rows = chain(3)
    head = head_of(rows[ends - 1]) if ends else None

    faults = check_chain(KEY, rows, head, ())

    assert faults == (Fault(CHAIN, 3, "audit:41 has rows beyond its recorded end"),)


@pytest.mark.rule("SG-05")
def test_a_gap_that_was_sealed_is_told_once_as_a_missing_row() -> None:
    rows = chain(3)

    faults = check([rows[0], rows[2]], of=rows, sealed=(head_of(rows[1]), head_of(rows[1])))

    assert faults == [(2, "row 2 of audit:41 is missing")]


@pytest.mark.rule("SG-05")
@pytest.mark.parametrize(
    ("chains", "opened", "said"),
    [
        ({"audit:1", REGISTER}, {"audit:1": 1}, []),
        ({REGISTER}, {"audit:1": 1}, [("audit:1", "the whole of audit:1 is missing")]),
        ({"audit:1"}, {}, [("audit:1", "the row that opened audit:1 is missing")]),
        (
            {"audit:1"},
            {"audit:1": 2},
            [("audit:1", "audit:1 was opened 2 times: earlier rows were taken away")],
        ),
        (
            {"audit:3"},
            {"audit:2": 1, "audit:1": 2},
            [
                ("audit:1", "the whole of audit:1 is missing"),
                ("audit:2", "the whole of audit:2 is missing"),
                ("audit:3", "the row that opened audit:3 is missing"),
            ],
        ),
    ],
)
def test_a_chain_that_vanished_or_was_put_in_anothers_place_is_named(
    chains: set[str], opened: dict[str, int], said: list[tuple[str, str]]
) -> None:
    faults = check_openings(chains, opened)

    assert [(one.chain, one.what) for one in faults] == said
    assert {one.position for one in faults} <= {1}


@pytest.mark.rule("SG-05")
def test_the_moment_counts_whatever_zone_it_is_given_in() -> None:
    row = chain(1)[0]
    elsewhere = replace(row, at=row.at.astimezone(timezone(timedelta(hours=5))))

    assert row_mac(KEY, elsewhere) == row.mac


@pytest.mark.parametrize(
    "made",
    [
        lambda key: row_mac(key, chain(1)[0]),
        lambda key: seal_mac(key, date(2026, 5, 12), Head(CHAIN, 1, "a")),
        lambda key: head_mac(key, Head(CHAIN, 1, "a"), 0),
        lambda key: digests(key, CHAIN, {"grade": "good"}),
    ],
)
def test_nothing_can_be_made_without_the_key(made: Callable[[TrailKey], str]) -> None:
    assert made(TrailKey(b"another secret of 32 bytes here!")) != made(KEY)


def test_a_digest_tells_chain_field_and_value_apart_and_shows_none() -> None:
    found = {
        digests(KEY, CHAIN, {"grade": "good"}),
        digests(KEY, CHAIN, {"grade": "outstanding"}),
        digests(KEY, "audit:42", {"grade": "good"}),
    }
    one, other = digests(KEY, CHAIN, {"a": 1}), digests(KEY, CHAIN, {"b": 1})

    assert len(found) == 3
    assert not any("good" in text or "outstanding" in text for text in found)
    assert one.split(":")[1] != other.split(":")[1]


@pytest.mark.parametrize(("length", "refused"), [(31, True), (32, False), (64, False)])
def test_a_key_is_long_enough_or_refused(length: int, refused: bool) -> None:
    secret = b"s" * length

    if refused:
        with pytest.raises(ValueError, match="at least 32 bytes"):
            TrailKey(secret)
    else:
        assert "s" * 4 not in repr(TrailKey(secret))
