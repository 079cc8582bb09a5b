"""`plumbline rehearse`: the whole year on a copy of the council's data, with nothing sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.printing import say
from bot.rehearsal.conditions import MOST_MONTHS
from bot.typed import require_our_time
from domain.days import parse_uk_date, uk_date
from domain.errors import RuleBroken

if TYPE_CHECKING:
    from bot.rehearsal.conditions import Conditions
    from bot.rehearsal.kept import Kept
    from workflows.council import Council


def rehearse(
    from_: Annotated[
        str, typer.Option("--from", help="The first day, for example 2026-04-01 or 1 April 2026.")
    ],
    months: Annotated[int, typer.Option(help=f"How many months, up to {MOST_MONTHS}.")] = 12,
    staff: Annotated[
        Path | None,
        typer.Option(
            help="A staff list to rehearse with, instead of the council's own records.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    cases: Annotated[
        Path | None, typer.Option(help="The case list that goes with it.", exists=True, dir_okay=False)
    ] = None,
    indicators: Annotated[
        Path | None,
        typer.Option(
            help="A list of indicators, whose figures come in as the year goes on.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    framework_file: Annotated[
        Path | None,
        typer.Option(
            help="A framework.toml to try out, instead of the one in use.", exists=True, dir_okay=False
        ),
    ] = None,
    out: Annotated[Path, typer.Option(help="The folder to write to; new or empty.")] = Path("rehearsal"),
    seed: Annotated[int, typer.Option(help="The same seed and lists give the same year.")] = 1,
    late: Annotated[float, typer.Option(help="How much of what people do comes late, 0 to 1.")] = 0.15,
    absent: Annotated[
        float, typer.Option(help="How much of their working days people are away unplanned, 0 to 1.")
    ] = 0.04,
    unreachable: Annotated[
        float, typer.Option(help="How many people have not put the app in their Teams at first, 0 to 1.")
    ] = 0.02,
) -> None:
    """Rehearse a year: what everyone would receive and when, and which promises would be missed.

    Nothing is sent, and the council's records are only read. A council that has none yet names its lists:
    plumbline rehearse --from 2026-04-01 --staff staff.xlsx --cases cases.csv
    """
    from bot.rehearsal.conditions import Conditions
    from bot.rehearsal.findings import missed
    from bot.rehearsal.whole import rehearse as rehearse_year
    from bot.rehearsal.whole import require_room

    if (staff is None) != (cases is None):
        raise RuleBroken("Please name both lists, --staff and --cases, or neither.")
    conditions = Conditions(_first_day(from_), months, seed, late, absent, unreachable)
    require_room(out)
    with _council(conditions, staff, cases, framework_file) as (council, began):
        first = uk_date(conditions.from_on)
        say(f"Rehearsing {months} {'month' if months == 1 else 'months'} from {first}; nothing is sent.")
        kept, found = rehearse_year(
            council, conditions, out, began=began, indicators=indicators, on_month=_say_month
        )
    say(f"{len(kept.sent):,} notices and {kept.presses.total():,} presses. Written to {out}.")
    lost = missed(found)
    for one in lost:
        where = f" ({one.where})" if one.where else ""
        say(f"- {one.promise}: missed {one.missed:,} of {one.of:,} times{where}")
    say(f"Open {out / 'rehearsal.html'} to read it." if lost else "Nothing would be missed.")


@contextmanager
def _council(
    conditions: "Conditions", staff: Path | None, cases: Path | None, framework_file: Path | None
) -> "Iterator[tuple[Council, str]]":
    """The council to rehearse with, and what it begins with."""
    from bot.rehearsal.council import a_copy_of_the_council, a_council_of_lists
    from bot.rehearsal.whole import FROM_COPY, FROM_ITS_LISTS, FROM_LISTS
    from bot.settings import load_settings

    if staff is not None and cases is not None:
        with a_council_of_lists(conditions, staff, cases, framework_file=framework_file) as council:
            yield council, FROM_LISTS
        return
    settings = load_settings()
    if framework_file is not None:
        settings = settings.model_copy(update={"framework_file": framework_file})
    with a_copy_of_the_council(conditions, settings) as (council, kept):
        yield council, FROM_COPY if kept else FROM_ITS_LISTS


def _say_month(month: date, kept: "Kept") -> None:
    so_far = f" ({len(kept.sent):,} notices and {kept.presses.total():,} presses so far)" if kept.sent else ""
    say(f"{month:%B %Y}{so_far}")


def _first_day(text: str) -> date:
    try:
        return require_our_time(date.fromisoformat(text.strip()))
    except ValueError:
        pass
    try:
        return require_our_time(parse_uk_date(text))
    except ValueError:
        raise RuleBroken("Please write the first day as 2026-04-01 or 1 April 2026.") from None
