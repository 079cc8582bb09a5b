"""Who may have a file, and under which name: neither case nor person is named where a chat keeps it for good.

Source: SG-01, SG-05.
"""

from collections.abc import Callable
from datetime import datetime

from domain.days import local_day
from domain.errors import NotAllowed, NotFound
from domain.packs import PackState
from domain.people import Person
from domain.permissions import Verb, require
from storage.work import View
from workflows.audit_access import require_audit, require_open
from workflows.bodies import require_meeting
from workflows.council import Council
from workflows.holds import holds_of
from workflows.pack_access import require_pack
from workflows.plan_items import require_plan
from workflows.planning import require_round
from workflows.praise_notes import praise_of
from workflows.reading_moderation import NOT_THEIRS, may_read
from workflows.report_access import allocated_round, round_and_whose, service_of
from workflows.reporting import require_report
from workflows.talk_calendar import agreed_talk
from workflows.tracked_rows import seat_for


def round_name(view: View, round_id: int) -> str:
    """The name of a round's proposal."""
    return f"Audit round {require_round(view, round_id).month:%Y-%m}, proposal.xlsx"


def copy_name(view: View, audit_id: int) -> str:
    """The name of a shared audit's copy. Raises NotFound before it is shared."""
    audit = view.audits.get(audit_id)
    if audit is None or audit.submitted_at is None:
        raise NotFound("That audit has not been shared, so there is no copy of it.")
    # The question stands in the chat for good, so the name says neither case nor person.
    return f"Audit {audit.id}, submitted {local_day(audit.submitted_at):%Y-%m-%d}.docx"


def may_plan(_view: View, council: Council, by: Person, _subject_id: int, now: datetime) -> None:
    """Whoever plans rounds."""
    require(Verb.PLAN, by, today=council.today(now))


def may_hold_times(view: View, council: Council, by: Person, audit_id: int, now: datetime) -> None:
    """The auditor, while the audit is open and has days to hold."""
    audit, _ = require_audit(view, council, Verb.FILL, by=by, audit_id=audit_id, now=now)
    require_open(audit)
    # An empty calendar would look like a fault; the reason is said instead.
    holds_of(view, council, audit_id, by, now=now)


def may_read_audit(view: View, council: Council, by: Person, audit_id: int, now: datetime) -> None:
    """Whoever the audit was shared with."""
    require_audit(view, council, Verb.READ_SHARED, by=by, audit_id=audit_id, now=now)


def may_read_moderation(view: View, council: Council, by: Person, audit_id: int, now: datetime) -> None:
    """Whoever may read the audit's moderation."""
    moderation = view.moderations.of_audit(audit_id)
    if moderation is None:
        raise NotAllowed(NOT_THEIRS)
    may_read(view, council, by=by, moderation=moderation, now=now)


def may_have_time(view: View, council: Council, by: Person, audit_id: int, now: datetime) -> None:
    """The two of a talk whose time is agreed."""
    agreed_talk(view, council, by=by, audit_id=audit_id, now=now)


def may_have_praise(view: View, council: Council, by: Person, audit_id: int, now: datetime) -> None:
    """Whoever reads the praise."""
    praise_of(view, council, by=by, audit_id=audit_id, now=now)


def praise_name(view: View, audit_id: int) -> str:
    """The name of a praise's copy. Raises NotFound before there is praise."""
    notes = view.praise.of_audits((audit_id,))
    if not notes:
        raise NotFound("Nobody has been praised for this work yet, so there is no copy.")
    return f"Praise, {local_day(notes[0].at):%Y-%m-%d}.docx"


def round_report_name(what: str) -> Callable[[View, int], str]:
    """What names a round's report."""

    def name(view: View, round_id: int) -> str:
        return f"Audit round {allocated_round(view, round_id).month:%Y-%m}, {what}.docx"

    return name


def covered_report_name(what: str, otherwise: str, *, of_service: bool = False) -> Callable[[View, int], str]:
    """What names a round's report of a manager one covers: by their team or service, as no person is named.

    `otherwise` names it where the file does not say whose it is.
    """

    def name(view: View, subject_id: int) -> str:
        round_id, manager_id = round_and_whose(subject_id)
        place = _place_of(view, manager_id, of_service=of_service)
        told = f"{what}, {place}".replace("/", "-") if place else otherwise
        return round_report_name(told)(view, round_id)

    return name


def _place_of(view: View, manager_id: int, *, of_service: bool) -> str:
    manager = view.people.many((manager_id,)).get(manager_id)
    if manager is None:
        return ""
    teams = view.people.teams()
    if not of_service:
        return teams[manager.team_id].name if manager.team_id is not None else ""
    service_id = service_of(manager, teams)
    return view.people.services()[service_id].name if service_id is not None else ""


def may_have(report: str) -> Callable[[View, Council, Person, int, datetime], None]:
    """What says who has this report."""

    def may(view: View, council: Council, by: Person, round_id: int, now: datetime) -> None:
        require_report(view, council, by=by, report=report, round_id=round_id, now=now)

    return may


def pack_name(ending: str) -> Callable[[View, int], str]:
    """What names a pack's copy."""

    def name(view: View, pack_id: int) -> str:
        pack = view.packs.get(pack_id)
        if pack is None:
            raise NotFound("There is no such pack. Type “packs” to see those there are.")
        draft = "" if pack.state is PackState.SENT else ", draft"
        return f"{pack.content['title']}{draft}.{ending}".replace("/", "-")

    return name


def may_have_pack(view: View, council: Council, by: Person, pack_id: int, now: datetime) -> None:
    """Whoever reads the pack."""
    require_pack(view, council, Verb.READ_PACK, by=by, pack_id=pack_id, now=now)


def may_see_meeting(view: View, council: Council, by: Person, meeting_id: int, now: datetime) -> None:
    """Whoever sees the meeting."""
    require_meeting(view, council, Verb.SEE_MEETING, by=by, meeting_id=meeting_id, now=now)


def may_see_plan(view: View, council: Council, by: Person, year: int, now: datetime) -> None:
    """Whoever sees the plan. Raises NotFound for a year that has none."""
    require_plan(council, Verb.SEE_PLAN, by=by, now=now)
    if not view.plan.of_year(year):
        raise NotFound("There is no plan for that year. Type “forward plan” to see this year's.")


def may_see_tracker(view: View, council: Council, by: Person, _subject_id: int, now: datetime) -> None:
    """Whoever reads the whole tracker."""
    require(Verb.SEE_TRACKER, by, today=council.today(now), seat=seat_for(view, council, by, None))


def may_see_learning(_view: View, council: Council, by: Person, _subject_id: int, now: datetime) -> None:
    """Whoever reads the whole log; which of its entries are theirs is decided when the file is made."""
    require(Verb.READ_LOG, by, today=council.today(now))


def meeting_name(view: View, meeting_id: int) -> str:
    """The name of a meeting's Word copy."""
    meeting = view.meetings.get(meeting_id)
    if meeting is None:
        raise NotFound("There is no such meeting. Type “meetings” to see those that are yours.")
    return f"Meeting {meeting.planned_on:%Y-%m-%d}, {meeting.body.replace('_', ' ')}.docx"


def moderation_copy_name(audit_id: int) -> str:
    """The name of a moderation's Word copy, which says neither case nor person."""
    return f"Moderation of audit {audit_id}.docx"
