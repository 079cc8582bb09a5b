"""Starts processes under test: `python -m bench.faults.nursery`, an order a line, an event a line.

Loading the product takes longer than a kill, so it is loaded once, and each process under test is forked from
here before anything is opened. Each is a process of its own in every other way.
"""

import json
import os
import select
import signal
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

POLL_SECONDS = 0.01


def main() -> None:
    """Fork for each order, tell of each end."""
    events = os.dup(1)
    _load()
    _tell(events, "open")
    waiting = b""
    while True:
        ready, _, _ = select.select([0], [], [], POLL_SECONDS)
        if ready:
            read = os.read(0, 65536)
            if not read:
                return
            *lines, waiting = (waiting + read).split(b"\n")
            for line in lines:
                _bear(json.loads(line), events)
        _reap(events)


def _load() -> None:
    """What `plumbline run` would import."""
    for name in ("msal", "psycopg", "requests", "bot.cli", "bot.metrics", "bench.faults.points"):
        import_module(name)


def _bear(order: dict[str, Any], events: int) -> None:
    child = os.fork()
    if child:
        _tell(events, "born", run=order["run"], pid=child)
        return
    status = 1
    try:
        log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for target, source in ((0, nothing), (1, log), (2, log)):
            os.dup2(source, target)
        status = _live(order, events)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _live(order: dict[str, Any], events: int) -> int:
    from bench.faults.points import as_asked
    from bot.cli import main as plumbline

    signal.set_wakeup_fd(-1)
    sys.argv = ["plumbline", "run"]
    os.chdir(Path(order["log"]).parent)
    try:
        with as_asked(order, lambda what, **facts: _tell(events, what, run=order["run"], **facts)):
            plumbline()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def _reap(events: int) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        _tell(events, "ended", pid=pid, status=os.waitstatus_to_exitcode(status))


def _tell(events: int, what: str, **facts: Any) -> None:
    # One write, shorter than a pipe's buffer: lines of several processes never mix.
    os.write(events, json.dumps({"what": what, **facts}).encode() + b"\n")


if __name__ == "__main__":
    main()
