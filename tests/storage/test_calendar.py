"""What the calendar remembers."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread

from domain.cadence import Occurrence
from storage.calendar import SeenTo
from storage.database import Database

EIGHT = datetime(2026, 5, 1, 7, 30, tzinfo=UTC)
FIRST = Occurrence("allocate", date(2026, 5, 1), EIGHT)
MINUTE = timedelta(minutes=1)


def test_a_new_database_has_no_mark_and_gets_its_first_once(database: Database) -> None:
    with database.write() as work:
        before = work.calendar.mark()
        begun = [work.calendar.begin(EIGHT), work.calendar.begin(EIGHT + MINUTE)]

    with database.read() as view:
        assert before is None
        assert begun == [True, False]
        assert view.calendar.mark() == EIGHT


def test_the_mark_goes_forward_and_never_back(database: Database) -> None:
    marks = []
    with database.write() as work:
        work.calendar.begin(EIGHT)
        for moment in (EIGHT + MINUTE, EIGHT - MINUTE):
            work.calendar.move_mark(moment)
            marks.append(work.calendar.mark())

    assert marks == [EIGHT + MINUTE, EIGHT + MINUTE]


def test_an_occurrence_is_kept_once_with_what_became_of_it(database: Database) -> None:
    with database.write() as work:
        kept = work.calendar.keep(
            FIRST, now=EIGHT + MINUTE, late=True, epoch=3, outcome="skipped", reason="nothing to do"
        )
        again = work.calendar.keep(FIRST, now=EIGHT + MINUTE, late=False, epoch=4)

    with database.read() as view:
        assert (kept, again) == (True, False)
        assert view.calendar.seen_to() == (
            SeenTo("allocate", FIRST.on, EIGHT, EIGHT + MINUTE, True, "skipped", "nothing to do", 3),
        )


def test_what_was_seen_to_is_told_from_a_moment_on(database: Database) -> None:
    second = Occurrence("seal", date(2026, 5, 2), EIGHT + MINUTE)
    with database.write() as work:
        for one in (second, FIRST):
            work.calendar.keep(one, now=EIGHT + MINUTE, late=False, epoch=1)

    with database.read() as view:
        seen = [
            [one.line for one in view.calendar.seen_to(since=since)]
            for since in (EIGHT - MINUTE, EIGHT, EIGHT + MINUTE)
        ]
    assert seen == [["allocate", "seal"], ["seal"], []]


def test_an_occurrence_that_was_undone_is_free_for_whoever_waited_for_it(database: Database) -> None:
    outcome: list[bool] = []

    def second() -> None:
        with database.write() as work:
            outcome.append(work.calendar.keep(FIRST, now=EIGHT, late=False, epoch=2))

    waiting = Thread(target=second)
    try:
        with database.write() as work:
            work.calendar.keep(FIRST, now=EIGHT, late=False, epoch=1)
            waiting.start()
            raise LookupError
    except LookupError:
        waiting.join(30)

    with database.read() as view:
        assert outcome == [True]
        assert [one.epoch for one in view.calendar.seen_to()] == [2]


def test_the_last_day_on_which_a_line_was_done_is_told(database: Database) -> None:
    day = timedelta(days=1)
    with database.write() as work:
        for number, outcome in ((0, "done"), (1, "done"), (2, "skipped")):
            one = Occurrence("seal", FIRST.on + number * day, EIGHT + number * day)
            work.calendar.keep(one, now=EIGHT, late=False, epoch=1, outcome=outcome)

    with database.read() as view:
        last = view.calendar.last_done("seal")
        assert last is not None
        assert last.on == FIRST.on + day
        assert view.calendar.last_done("allocate") is None
