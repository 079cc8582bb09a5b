"""What the doctor looks at in the database and on the disk."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from bot.doctor import Finding, fail, ok, warn
from bot.doctor_network import judge_clock
from bot.settings import Settings
from bot.starting import DatabaseAway, NoDatabase, a_council, require_file
from domain.days import uk_date
from domain.people import Post
from scheduler.leading import LEASE_NAME
from storage.backing_up import BackupRefused, sqlite_file
from storage.migrating import SchemaBehind, require_current
from storage.server_clock import server_time
from storage.server_version import EngineTooOld, engine_name
from workflows.council import Council, View
from workflows.sealing import read_exports

LATE_WARN = timedelta(minutes=10)
LATE_FAIL = timedelta(hours=1)
SEAL_WARN_DAYS = 2
SPACE_WARN = 2 * 10**9
SPACE_FAIL = 200 * 10**6

_START = "Please start “plumbline run” (or one with --role scheduler), and see its log when it stops."


def examine_records(settings: Settings, now: datetime) -> tuple[Finding, ...]:
    """Database, lead, sending, people, trail and disk."""
    try:
        return _examined(settings, now)
    except PermissionError:
        says = "This user may not look into its folder."
        return (fail("database", says, "Please run this as the user that Plumbline runs as."),)


def _examined(settings: Settings, now: datetime) -> tuple[Finding, ...]:
    try:
        require_file(settings)
        with a_council(settings, now, before_migrating=True) as council:
            return (*_database(council, now, settings), *_disk(settings))
    except NoDatabase as missing:
        return (fail("database", "Its file is not there.", str(missing)), *_disk(settings))
    except EngineTooOld as old:
        return (fail("database", old.says, old.do), *_disk(settings))
    except DatabaseAway as away:
        return (fail("database", "It cannot be opened.", str(away)), *_disk(settings))


def _database(council: Council, now: datetime, settings: Settings) -> Iterator[Finding]:
    engine = engine_name(council.database)
    if council.database.is_sqlite:
        engine = f"{engine}, for one host"
    try:
        require_current(council.database)
    except SchemaBehind as behind:
        yield fail("database", f"{engine}. {behind.says}", behind.do)
        return
    yield ok("database", f"{engine}, at this version's tables.")
    theirs = server_time(council.database)
    if theirs is not None:
        yield judge_clock("database clock", abs((theirs - now).total_seconds()), "the database's")
    with council.read() as view:
        # The lease goes by the server's clock.
        yield _lead(view, theirs or now)
        yield from _sending(view, now)
        yield from _channel(view)
        yield _people(view)
        yield from _posts(view)
        yield _trail(view, council, settings.trail_export_dir, now)


def _lead(view: View, now: datetime) -> Finding:
    lease = view.leases.get(LEASE_NAME)
    if lease is None:
        return warn("lead", "No scheduler has run yet.", _START)
    if lease.until <= now:
        gone = _span(now - lease.until)
        return fail(
            "lead", f"No scheduler is running; the last one let go {gone} ago. Nothing is sent.", _START
        )
    done = [one.done_at for one in view.calendar.seen_to() if one.epoch == lease.epoch]
    since = f", since {min(done):%d %b %H:%M} UTC or before" if done else ""
    # The holder's last part only keeps two processes apart.
    host_and_process = lease.holder.rpartition(":")[0] or lease.holder
    return ok("lead", f"{host_and_process} leads{since} (number {lease.epoch}).")


def _sending(view: View, now: datetime) -> Iterator[Finding]:
    paused, pilot = view.switches.paused(), view.switches.pilot()
    waiting = view.outbox.overdue(now)
    if paused is not None:
        since = f"{paused.at:%d %b %H:%M} UTC"
        why = f": {paused.reason}" if paused.reason else ""
        yield warn(
            "sending",
            f"Paused since {since} by {paused.set_by}{why}. {waiting.count} wait.",
            "When it is mended, run “plumbline resume”.",
        )
    else:
        yield _oldest(waiting.count, now - waiting.oldest_due_at if waiting.oldest_due_at else timedelta(0))
    if pilot is not None:
        held = sum(one.count for one in view.outbox.held())
        says = f"Only {len(pilot.teams)} teams receive; {held} notices are held for others."
        yield warn("pilot", says, "“plumbline pilot show” lists them; “plumbline pilot off” ends it.")
    if dead := view.outbox.dead():
        worst = max(dead, key=lambda reason: dead[reason])
        says = f"{sum(dead.values())} notices were given up, most of them for: {worst or 'no reason told'}."
        yield warn("given up", says, "The log has a line for each, with its number and kind.")


def _channel(view: View) -> Iterator[Finding]:
    """Only where a channel was chosen and cannot be reached: a council may do without one."""
    chosen = view.switches.qa_channel()
    if chosen is None or chosen.channel_id in {channel["id"] for channel in view.reach.channels()}:
        return
    do = "Please add Plumbline to that team again, or choose another with “plumbline channel use”."
    yield warn("channel", "Plumbline is no longer in the QA Group's channel, so no digest is posted.", do)


def _oldest(count: int, age: timedelta) -> Finding:
    if not count or age < LATE_WARN:
        return ok("sending", "Nothing is late.")
    says = f"{count} notices are due, the oldest for {_span(age)}."
    do = "Please see to the lead, the bot token and the log's warnings of the courier."
    return fail("sending", says, do) if age >= LATE_FAIL else warn("sending", says, do)


def _people(view: View) -> Finding:
    staff = view.people.everyone()
    if not staff:
        do = "Please bring the staff list in with “plumbline import staff”."
        return warn("people", "Nobody is on the staff list.", do)
    standing = {}
    for person in staff:
        address = view.reach.of(person.id)
        standing[person.id] = address.state if address else "never installed"
    counts = Counter(standing.values())
    away = tuple(f"{p.name} ({standing[p.id]})" for p in staff if standing[p.id] != "reachable")
    says = f"{counts['reachable']} of {len(staff)} people have the app."
    if not away:
        return ok("people", says)
    others = ", ".join(f"{n} {state}" for state, n in sorted(counts.items()) if state != "reachable")
    do = "Please have the app installed for them in the Teams admin centre; --names lists them."
    return warn("people", f"{says} {others}.", do, names=away)


def _posts(view: View) -> Iterator[Finding]:
    """Only where people are listed and nobody of them sees to children's files (Q22)."""
    if view.people.everyone() and not view.people.holding(Post.PMPM):
        says = "Nobody is the practice model project manager, so the QA office confirms children's files."
        yield warn("posts", says, "Please name somebody in the staff list, or leave it to the office.")


def _trail(view: View, council: Council, folder: Path, now: datetime) -> Finding:
    if not _writable(folder):
        says = f"This user may not write into {folder}, where what is sealed each night goes."
        return warn("trail", says, "Please make it the folder of the user that schedulers run as.")
    days = view.trail.sealed_days()
    if not days:
        return warn("trail", "Not sealed yet; it is each night.", "Please look again tomorrow.")
    says = f"Sealed until {uk_date(days[-1])}."
    if (council.today(now) - days[-1]).days > SEAL_WARN_DAYS:
        return warn("trail", says, "A scheduler seals it each night: please see to the lead.")
    if not read_exports(folder):
        return warn(
            "trail", f"{says} No exported file is in {folder}.", "Please check PLUMBLINE_TRAIL_EXPORT_DIR."
        )
    return ok("trail", says)


def _writable(folder: Path) -> bool:
    """Whether files can be put there, or the folder be made where it is not there yet."""
    whole = folder.absolute()
    try:
        place = next(one for one in (whole, *whole.parents) if one.exists())
    except PermissionError:
        return False
    return place.is_dir() and os.access(place, os.W_OK | os.X_OK)


def _disk(settings: Settings) -> Iterator[Finding]:
    try:
        file = sqlite_file(settings.database_url)
    except BackupRefused:
        return
    folder = file.parent if file.parent.is_dir() else Path()
    free = shutil.disk_usage(folder).free
    size = file.stat().st_size if file.is_file() else 0
    says = f"{free / 1e9:.1f} GB free beside a database of {size / 1e6:.1f} MB."
    do = "Please make room: when it is full nothing can be saved, and people are told so."
    if free < SPACE_FAIL:
        yield fail("disk", says, do)
    elif free < SPACE_WARN or free < 2 * size:
        yield warn("disk", says, do)
    else:
        yield ok("disk", says)


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 48 * 60 else f"{minutes // 1440} days"
