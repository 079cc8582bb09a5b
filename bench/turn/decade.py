"""Ten years behind it: 100,000 submitted audits with pages, trail, outbox and what followed each."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from bench.turn.chains import Chains
from bench.turn.council import Staff, add_cases, add_round, practitioner_of
from bench.turn.filling import Filling, Row, framework, stored
from bench.turn.written_pages import WrittenPages
from domain.grades import Grade

AUDITS = 100_000
YEARS = 10
SAVES = 25
SAVING_DAYS = 6
CLOSED_CASES = 30_000
FIRST_CLOSED_CASE = 100_001

COLUMNS = {
    "audits": "id round_id case_id case_reference auditor_id practitioner_id team_id state framework_version "
    "allocated_on due_on lookback_from has_contact_section accepted_at submitted_at overall version",
    "audit_pages": "audit_id page version body grade saved_at saved_by",
    "notices": "key kind subject_id person_id medium due_at state tries activity_id possibly_repeated "
    "created_at settled_at",
    "copies": "conversation_id activity_id person_id kind subject_id at",
    "audit_shares": "audit_id person_id capacity shared_at",
    "audit_actions": "audit_id position what owner_id due_on agreed_on state",
    "comments": "audit_id person_id text at",
    "reviews": "audit_id by_id at nominated reason",
}


class Decade:
    """Writes the history of a council, one monthly round after another."""

    def __init__(self, staff: Staff, chains: Chains, *, audits: int, today: date) -> None:
        self._staff = staff
        self._audits = audits
        self._today = today
        self._random = Random(20260401)
        self._pages = WrittenPages(self._random, today)
        self._chains = chains

    def write(self, filling: Filling) -> None:
        """Everything up to last month."""
        first = self._today.replace(day=1, year=self._today.year - YEARS)
        ids = range(FIRST_CLOSED_CASE, FIRST_CLOSED_CASE + CLOSED_CASES)
        closed = self._today - timedelta(days=40)
        add_cases(filling, self._staff, ids, opened=first, closed=closed, random=self._random)
        rounds = YEARS * 12
        for n in range(rounds):
            month = _months_after(first, n)
            audits = range(1 + self._audits * n // rounds, 1 + self._audits * (n + 1) // rounds)
            add_round(filling, n + 1, month, len(audits))
            rows: dict[str, list[Row]] = {table: [] for table in COLUMNS}
            for place, audit in enumerate(audits):
                auditor = self._staff.auditors[place % len(self._staff.auditors)]
                self._audit(rows, n + 1, month, audit, auditor)
            self._chains.open_day(_at(month, 0), audits)
            for table, made in rows.items():
                filling.add(table, COLUMNS[table], made)
            self._chains.write(filling)
        filling.add("presses", "key outcome at", self._last_week())

    def _last_week(self) -> list[Row]:
        """Presses are remembered for a week only: a quarter of a month's saves."""
        count = self._audits * SAVES // (YEARS * 12 * 4)
        at = stored(datetime.combine(self._today, time(9), UTC) - timedelta(days=3))
        return [(f"{self._random.getrandbits(128):032x}", '{"page": "planning"}', at) for _ in range(count)]

    def _audit(
        self, rows: dict[str, list[Row]], round_id: int, month: date, audit: int, auditor: int
    ) -> None:
        case = FIRST_CLOSED_CASE + audit % CLOSED_CASES
        practitioner = practitioner_of(self._staff, case)
        manager = self._staff.manager_of[practitioner]
        due, submitted = month + timedelta(days=29), stored(_at(month, 20))
        head = (audit, round_id, case, f"C-{case:06d}", auditor, practitioner)
        standing = (self._staff.team_of[practitioner], "submitted", framework().version, month, due)
        grade = self._random.choice(list(Grade)).value
        window = (month - timedelta(days=181), True, stored(_at(month, 1)), submitted, grade, 3)
        rows["audits"].append((*head, *standing, *window))
        for key, body, page_grade in self._pages.of_one_audit():
            rows["audit_pages"].append((audit, key, 2, body, page_grade, stored(_at(month, 18)), auditor))
        readers = {practitioner: "practitioner", manager: "team_manager", self._staff.qa_officer: "qa_office"}
        rows["audit_shares"] += [(audit, who, capacity, submitted) for who, capacity in readers.items()]
        for position in (1, 2):
            what = self._pages.words(1)
            rows["audit_actions"].append((audit, position, what, practitioner, due, month, "open"))
        rows["comments"].append((audit, practitioner, self._pages.words(1), stored(_at(month, 22))))
        rows["reviews"].append((audit, manager, stored(_at(month, 24)), False, ""))
        self._trail(month, audit, auditor, practitioner)
        self._outbox(rows, month, audit, auditor, practitioner)

    def _trail(self, month: date, audit: int, auditor: int, practitioner: int) -> None:
        saves = [(2 + n * SAVING_DAYS // SAVES * 3, auditor, "saved") for n in range(SAVES)]
        before = [(0, None, "allocated"), (1, auditor, "accepted")]
        after = [(20, auditor, "submitted"), (21, practitioner, "read"), (23, practitioner, "read")]
        entries = (
            (_at(month, days, seconds=61 * n), actor, verb)
            for n, (days, actor, verb) in enumerate([*before, *saves, *after])
        )
        self._chains.add_audit(audit, entries)

    def _outbox(
        self, rows: dict[str, list[Row]], month: date, audit: int, auditor: int, practitioner: int
    ) -> None:
        manager, officer = self._staff.manager_of[practitioner], self._staff.qa_officer
        sent = (
            ("allocation", auditor, "teams", 0),
            ("shared", practitioner, "teams", 20),
            ("shared", manager, "teams", 20),
            ("shared", officer, "teams", 20),
            ("status", auditor, "update", 20),
            ("comment", manager, "teams", 22),
        )
        for kind, person, medium, days in sent:
            at, activity = stored(_at(month, days)), f"{audit:07d}{person:05d}{days:02d}"
            key = f"{kind}:{audit}:{person}:{medium}"
            rows["notices"].append((key, kind, audit, person, medium, at, "sent", 1, activity, False, at, at))
            if medium == "teams":
                rows["copies"].append((f"a:{person}", activity, person, kind, audit, at))


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _at(month: date, days: int, *, seconds: int = 0) -> datetime:
    return datetime(month.year, month.month, 1, 9, tzinfo=UTC) + timedelta(days=days, seconds=seconds)
