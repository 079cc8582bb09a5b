"""`plumbline preview`, `status` and `doctor`: what will leave, where the round stands, what is wrong."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.printing import console, say
from bot.typed import require_our_time
from domain.errors import RuleBroken

if TYPE_CHECKING:
    from scheduler.looking_ahead import Preview
    from workflows.round_status import Deliveries, RoundsStatus, RoundStatus

LONGEST_LOOK = timedelta(days=366)
"""The calendar is walked day by day until then, so that a slip in the year would take for ever."""

Json = Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")]
_COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}


def preview(
    day: Annotated[str | None, typer.Option(help="For example 2026-05-04; tomorrow when left out.")] = None,
    names: Annotated[bool, typer.Option(help="List everybody, not only how many.")] = True,
) -> None:
    """Who would be sent what on a day, if nobody did anything until then. Sends and saves nothing."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from domain.days import local_day
    from scheduler.looking_ahead import look_ahead

    now = clock()
    wanted = _day(day) if day else local_day(now) + timedelta(days=1)
    if wanted < local_day(now):
        raise RuleBroken("Please name today or a day to come.")
    if wanted > local_day(now) + LONGEST_LOOK:
        raise RuleBroken(
            "Please name a day within a year from now; “plumbline rehearse” walks on from there."
        )
    with a_council(load_settings(), now) as council:
        found = look_ahead(council, wanted, now)
    _print_preview(found, names=names)


def status(as_json: Json = False) -> None:
    """Where the latest round and those to come stand, what is overdue, and what leaves."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from workflows.round_status import deliveries, rounds_status

    now = clock()
    with a_council(load_settings(), now) as council, council.read() as view:
        standing, leaving = rounds_status(view, council, now), deliveries(view, now)
    if as_json:
        told = {"round": standing.round, "coming": standing.coming, "overdue": standing.overdue}
        _print_json({**told, "deliveries": leaving})
    else:
        _print_status(standing, leaving, now)


def doctor(
    as_json: Json = False,
    names: Annotated[bool, typer.Option("--names", help="Also name who has not got the app.")] = False,
) -> None:
    """Look whether everything is in place, and say what to do; status 1 when something fails."""
    import logging

    from bot.asking import clock
    from bot.doctor import Standing, examine
    from bot.doctor import as_json as told

    # What goes wrong meanwhile is a finding; without a log of its own it would be said twice.
    logging.getLogger("bot").addHandler(logging.NullHandler())
    findings = examine(clock())
    if as_json:
        _print_json(told(findings, with_names=names))
    else:
        for finding in findings:
            colour = _COLOURS[finding.standing]
            console().print(f"[{colour}]{finding.standing:>4}[/]", f"{finding.name}:", end=" ")
            say(finding.says)
            if finding.do:
                say(f"       {finding.do}")
            for name in finding.names if names else ():
                say(f"       - {name}")
    if any(finding.standing is Standing.FAIL for finding in findings):
        raise typer.Exit(1)


def _words(kind: str) -> str:
    return kind.replace("_", " ")


def _day(text: str) -> date:
    try:
        return require_our_time(date.fromisoformat(text.strip()))
    except ValueError:
        raise RuleBroken("Please write the day as year, month and day, for example 2026-05-04.") from None


def _print_preview(found: "Preview", *, names: bool) -> None:
    from rich.markup import escape
    from rich.table import Table

    from domain.days import LONDON, uk_date

    if found.paused:
        say("Sending is paused; this is what would leave if it were resumed.")
    for line in found.failed:
        say(f"The calendar's line “{line}” would fail; the log says more when it does.")
    if not found.sends:
        say(f"Nothing would leave on {uk_date(found.day)}.")
        return
    totals = Table(title=f"What would leave on {uk_date(found.day)}")
    for heading in ("What", "How", "Becomes", "How many"):
        totals.add_column(heading)
    for (kind, medium, becomes), number in found.counts().items():
        totals.add_row(_words(kind), medium, becomes, str(number))
    console().print(totals)
    if names:
        everybody = Table(title="To whom, by London time")
        for heading in ("When", "Who", "Team", "What", "How", "Becomes"):
            everybody.add_column(heading)
        for send in found.sends:
            at = f"{send.at.astimezone(LONDON):%H:%M}"
            everybody.add_row(
                at, escape(send.who), escape(send.team), _words(send.kind), send.medium, send.becomes
            )
        console().print(everybody)


def _print_status(standing: "RoundsStatus", leaving: "Deliveries", now: datetime) -> None:
    from rich.table import Table

    if standing.round is None:
        say("No round has been planned yet.")
    else:
        _print_round(standing.round)
        say(f"Overdue in all rounds: {standing.overdue}")
    for coming in standing.coming:
        _print_round(coming)
    lately = Table(title="Notices of the last day")
    lately.add_column("State")
    lately.add_column("How many", justify="right")
    for state, number in sorted(leaving.by_state.items()):
        lately.add_row(state, str(number))
    console().print(lately)
    if leaving.paused:
        say("Sending is paused; nothing leaves but safety alerts.")
    if leaving.pilot:
        say(f"Pilot: only {', '.join(leaving.pilot)} receive. Held for others: {leaving.held}.")
    if leaving.late and leaving.oldest_due_at is not None:
        minutes = int((now - leaving.oldest_due_at).total_seconds() // 60)
        say(f"Due and not sent: {leaving.late}, the oldest for {minutes} minutes.")
    if leaving.people_unreachable:
        say(f"People who cannot be reached: {leaving.people_unreachable}.")


def _print_round(standing: "RoundStatus") -> None:
    from rich.table import Table

    title = f"Round of {standing.month:%B %Y}: {standing.state}"
    if standing.audits:
        table = Table(title=title)
        table.add_column("Audits")
        table.add_column("How many", justify="right")
        for state, number in standing.audits.items():
            table.add_row(state, str(number))
        table.add_row("overdue", str(standing.overdue))
        table.add_row("due within a week", str(standing.due_this_week))
        console().print(table)
    else:
        say(title)
    for what, number in standing.waiting.items():
        say(f"Waiting for {what}: {number}")


def _print_json(told: object) -> None:
    import json
    from dataclasses import asdict, is_dataclass

    def plain(value: object) -> object:
        if is_dataclass(value) and not isinstance(value, type):
            return asdict(value)
        if isinstance(value, date | datetime):
            return value.isoformat()
        raise TypeError(type(value).__name__)

    # Past rich, which would fold long lines.
    typer.echo(json.dumps(told, default=plain, indent=2, ensure_ascii=False))
