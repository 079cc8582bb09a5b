"""Files offered to people in their own chat: made at the moment they are taken, for those who may have them.

An offer holds no content. What is taken is made again then, so that nothing outlives the right to it, and
the trail says who took what. Source: SG-05; section 2 of the notes on Teams.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.days import local_day
from domain.errors import NotAllowed, NotFound, RuleBroken
from domain.forward_plan import year_name
from domain.packs import PackState
from domain.people import Person
from domain.permissions import Verb, require
from storage.offers import FileOffer
from storage.work import View, Work
from workflows.audit_access import require_audit, require_open
from workflows.bodies import require_meeting
from workflows.council import Council
from workflows.holds import FILENAME, calendar_of, holds_of
from workflows.offered_numbers import FILES as NUMBERS_FILES
from workflows.offered_numbers import NumbersFile
from workflows.pack_access import require_pack
from workflows.plan_items import require_plan
from workflows.planning import require_round
from workflows.praise_notes import praise_of
from workflows.reading_moderation import NOT_THEIRS, may_read
from workflows.report_access import allocated_round
from workflows.reporting import (
    HEADLINE,
    MODERATION,
    MODERATION_COVERED,
    SERVICE,
    SERVICE_COVERED,
    TEAM,
    TEAM_COVERED,
    require_report,
)
from workflows.talk_calendar import FILENAME as TALK_FILENAME
from workflows.talk_calendar import agreed_talk, calendar_of_talk
from workflows.tracked_rows import seat_for

MOST_BYTES = 10 * 1024 * 1024
"""No file of ours is anywhere near this."""

Make = Callable[[View, Council, Person, int, datetime], bytes]


@dataclass(frozen=True, slots=True)
class OfferKind:
    """A kind of file."""

    says: str
    """What it is, in a sentence, for the card that asks."""
    content_type: str
    about_bytes: int
    """Told to the person before the file exists."""
    name: Callable[[View, int], str]
    """The file's name; raises RuleBroken when what it is about is not there."""
    may: Callable[[View, Council, Person, int, datetime], None]
    """Raises NotAllowed for whoever may not have it, RuleBroken when there is nothing to have."""
    audit_of: Callable[[int], int | None]
    """The audit in whose chain of the trail it is noted; None for the council's own."""
    make: Make | None = None
    """Its content; None when reports make it, which workflows do not know."""
    mailable: bool = False
    """Whether a mail may bring it to whoever Teams cannot reach; never where it says anything of a case."""


def _round_name(view: View, round_id: int) -> str:
    return f"Audit round {require_round(view, round_id).month:%Y-%m}, proposal.xlsx"


def _copy_name(view: View, audit_id: int) -> str:
    audit = view.audits.get(audit_id)
    if audit is None or audit.submitted_at is None:
        raise NotFound("That audit has not been shared, so there is no copy of it.")
    # The question stands in the chat for good, so the name says neither case nor person.
    return f"Audit {audit.id}, submitted {local_day(audit.submitted_at):%Y-%m-%d}.docx"


def _may_plan(_view: View, council: Council, by: Person, _subject_id: int, now: datetime) -> None:
    require(Verb.PLAN, by, today=council.today(now))


def _may_hold_times(view: View, council: Council, by: Person, audit_id: int, now: datetime) -> None:
    audit, _ = require_audit(view, council, Verb.FILL, by=by, audit_id=audit_id, now=now)
    require_open(audit)
    # An empty calendar would look like a fault; the reason is said instead.
    holds_of(view, council, audit_id, by, now=now)


def _may_read(view: View, council: Council, by: Person, audit_id: int, now: datetime) -> None:
    require_audit(view, council, Verb.READ_SHARED, by=by, audit_id=audit_id, now=now)


def _may_read_moderation(view: View, council: Council, by: Person, audit_id: int, now: datetime) -> None:
    moderation = view.moderations.of_audit(audit_id)
    if moderation is None:
        raise NotAllowed(NOT_THEIRS)
    may_read(view, council, by=by, moderation=moderation, now=now)


def _may_have_time(view: View, council: Council, by: Person, audit_id: int, now: datetime) -> None:
    agreed_talk(view, council, by=by, audit_id=audit_id, now=now)


def _may_have_praise(view: View, council: Council, by: Person, audit_id: int, now: datetime) -> None:
    praise_of(view, council, by=by, audit_id=audit_id, now=now)


def _praise_name(view: View, audit_id: int) -> str:
    notes = view.praise.of_audits((audit_id,))
    if not notes:
        raise NotFound("Nobody has been praised for this work yet, so there is no copy.")
    return f"Praise, {local_day(notes[0].at):%Y-%m-%d}.docx"


def _round_report_name(what: str) -> Callable[[View, int], str]:
    def name(view: View, round_id: int) -> str:
        return f"Audit round {allocated_round(view, round_id).month:%Y-%m}, {what}.docx"

    return name


def _may_have(report: str) -> Callable[[View, Council, Person, int, datetime], None]:
    def may(view: View, council: Council, by: Person, round_id: int, now: datetime) -> None:
        require_report(view, council, by=by, report=report, round_id=round_id, now=now)

    return may


def pack_name(ending: str) -> Callable[[View, int], str]:
    """What names a pack's copy."""

    def name(view: View, pack_id: int) -> str:
        pack = view.packs.get(pack_id)
        if pack is None:
            raise NotFound("There is no such pack.")
        draft = "" if pack.state is PackState.SENT else ", draft"
        return f"{pack.content['title']}{draft}.{ending}".replace("/", "-")

    return name


def _may_have_pack(view: View, council: Council, by: Person, pack_id: int, now: datetime) -> None:
    require_pack(view, council, Verb.READ_PACK, by=by, pack_id=pack_id, now=now)


def _report(report: str, says: str, name: Callable[[View, int], str]) -> OfferKind:
    """A report's Word copy; it is the reader's own, so nobody else's chain of the trail holds it."""
    return OfferKind(
        says=says,
        content_type=_WORD,
        about_bytes=40_000,
        name=name,
        may=_may_have(report),
        audit_of=lambda _round_id: None,
    )


def _numbers_file(file: NumbersFile) -> OfferKind:
    return OfferKind(
        says=file.says,
        content_type=_WORD,
        about_bytes=40_000,
        name=file.name,
        may=file.may,
        audit_of=lambda _subject_id: None,
    )


def _may_see_meeting(view: View, council: Council, by: Person, meeting_id: int, now: datetime) -> None:
    require_meeting(view, council, Verb.SEE_MEETING, by=by, meeting_id=meeting_id, now=now)


def _may_see_plan(view: View, council: Council, by: Person, year: int, now: datetime) -> None:
    require_plan(council, Verb.SEE_PLAN, by=by, now=now)
    if not view.plan.of_year(year):
        raise NotFound("There is no plan for that year.")


def _may_see_tracker(view: View, council: Council, by: Person, _subject_id: int, now: datetime) -> None:
    require(Verb.SEE_TRACKER, by, today=council.today(now), seat=seat_for(view, council, by, None))


def _meeting_name(view: View, meeting_id: int) -> str:
    meeting = view.meetings.get(meeting_id)
    if meeting is None:
        raise NotFound("There is no such meeting.")
    return f"Meeting {meeting.planned_on:%Y-%m-%d}, {meeting.body.replace('_', ' ')}.docx"


def _holds(view: View, council: Council, by: Person, audit_id: int, now: datetime) -> bytes:
    return calendar_of(view, council, audit_id, by, now=now)


def moderation_copy_name(audit_id: int) -> str:
    """The name of a moderation's Word copy, which says neither case nor person."""
    return f"Moderation of audit {audit_id}.docx"


ROUND_PROPOSAL = "round_proposal"
CALENDAR_HOLDS = "calendar_holds"
AUDIT_COPY = "audit_copy"
MODERATION_COPY = "moderation_copy"
PRAISE_COPY = "praise_copy"
TALK_TIME = "talk_time"
MEETING_MINUTES = "meeting_minutes"
PLAN_BOOK = "plan_book"
TRACKER_BOOK = "tracker_book"
REPORTS = {
    report: f"report_{report}"
    for report in (
        HEADLINE,
        TEAM,
        SERVICE,
        MODERATION,
        TEAM_COVERED,
        SERVICE_COVERED,
        MODERATION_COVERED,
    )
}
"""Report to the kind of its Word copy."""
PACKS = {form: f"pack_{form}" for form in ("word", "excel")}
"""Form of a pack's copy to its kind."""
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

KINDS: Mapping[str, OfferKind] = {
    ROUND_PROPOSAL: OfferKind(
        says="The round's proposal as a workbook: pairs with their reasons, the mix, and notes.",
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        about_bytes=20_000,
        name=_round_name,
        may=_may_plan,
        audit_of=lambda _round_id: None,
    ),
    CALENDAR_HOLDS: OfferKind(
        says="Times for the steps of your audit, for your calendar. They say nothing of the case.",
        content_type="text/calendar",
        about_bytes=4_000,
        name=lambda _view, _audit_id: FILENAME,
        may=_may_hold_times,
        audit_of=lambda audit_id: audit_id,
        make=_holds,
        mailable=True,
    ),
    AUDIT_COPY: OfferKind(
        says="A Word copy of the audit. It tells of a child's life: keep it only where those it was shared "
        "with can read it.",
        content_type=_WORD,
        about_bytes=40_000,
        name=_copy_name,
        may=_may_read,
        audit_of=lambda audit_id: audit_id,
    ),
    # A moderation and its talk are known by their audit here, in whose chain of the trail a file is noted.
    MODERATION_COPY: OfferKind(
        says="A Word copy of the moderation, for you alone: it speaks of a child's life and of a colleague's "
        "work.",
        content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        about_bytes=40_000,
        name=lambda _view, audit_id: moderation_copy_name(audit_id),
        may=_may_read_moderation,
        audit_of=lambda audit_id: audit_id,
    ),
    TALK_TIME: OfferKind(
        says="The time of your talk, for your calendar. It says nothing of the case.",
        content_type="text/calendar",
        about_bytes=1_000,
        name=lambda _view, _audit_id: TALK_FILENAME,
        may=_may_have_time,
        audit_of=lambda audit_id: audit_id,
        make=calendar_of_talk,
        mailable=True,
    ),
    PRAISE_COPY: OfferKind(
        says="The praise in Word, to keep. It names no case.",
        content_type=_WORD,
        about_bytes=40_000,
        name=_praise_name,
        may=_may_have_praise,
        audit_of=lambda audit_id: audit_id,
    ),
    REPORTS[HEADLINE]: _report(
        HEADLINE,
        "What became of what audits found, in Word. It names no case.",
        lambda _view, _subject_id: "Did it change anything.docx",
    ),
    REPORTS[TEAM]: _report(
        TEAM,
        "What the round found in your team, in Word. It names no case; few audits may say who is meant.",
        _round_report_name("team summary"),
    ),
    REPORTS[SERVICE]: _report(
        SERVICE,
        "Your numbers and a quarterly action plan to fill in, in Word.",
        _round_report_name("numbers and action plan"),
    ),
    REPORTS[TEAM_COVERED]: _report(
        TEAM_COVERED,
        "What the round found in the team you cover, in Word. It names no case; few audits may say who is "
        "meant.",
        _round_report_name("summary of the team you cover"),
    ),
    REPORTS[SERVICE_COVERED]: _report(
        SERVICE_COVERED,
        "The numbers of the service you cover and a quarterly action plan to fill in, in Word.",
        _round_report_name("numbers and action plan of the service you cover"),
    ),
    REPORTS[MODERATION_COVERED]: _report(
        MODERATION_COVERED,
        "How moderation went for the auditors of whom you cover, in Word. For you and them alone: keep it "
        "where nobody else reads it.",
        _round_report_name("moderation, for whom you cover"),
    ),
    REPORTS[MODERATION]: _report(
        MODERATION,
        "How moderation went for your auditors, in Word. For you alone: keep it where nobody else reads it.",
        _round_report_name("moderation"),
    ),
    **{kind: _numbers_file(file) for kind, file in NUMBERS_FILES.items()},
    PACKS["word"]: OfferKind(
        says="The pack in Word. It names no case and nobody; small numbers are left out.",
        content_type=_WORD,
        about_bytes=200_000,
        name=pack_name("docx"),
        may=_may_have_pack,
        audit_of=lambda _pack_id: None,
    ),
    PACKS["excel"]: OfferKind(
        says="The pack's figures in Excel. It names no case and nobody; small numbers are left out.",
        content_type=_EXCEL,
        about_bytes=60_000,
        name=pack_name("xlsx"),
        may=_may_have_pack,
        audit_of=lambda _pack_id: None,
    ),
    MEETING_MINUTES: OfferKind(
        says="The meeting's agenda and what it decided, in Word. It names no case.",
        content_type=_WORD,
        about_bytes=40_000,
        name=_meeting_name,
        may=_may_see_meeting,
        audit_of=lambda _meeting_id: None,
    ),
    PLAN_BOOK: OfferKind(
        says="A year's forward plan as a workbook: activities, what to look at, hours.",
        content_type=_EXCEL,
        about_bytes=20_000,
        name=lambda _view, year: f"Forward plan {year_name(year).replace('/', '-')}.xlsx",
        may=_may_see_plan,
        audit_of=lambda _year: None,
    ),
    TRACKER_BOOK: OfferKind(
        says="The activity tracker as a workbook. It names no case.",
        content_type=_EXCEL,
        about_bytes=20_000,
        name=lambda _view, _subject_id: "Activity tracker.xlsx",
        may=_may_see_tracker,
        audit_of=lambda _subject_id: None,
    ),
}
"""Every file that people can have, by kind."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An offer that its person has just accepted, for the first time."""

    offer: FileOffer
    name: str


def offer_file(
    work: Work, council: Council, *, by: Person, kind: str, subject_id: int, token: str, now: datetime
) -> int:
    """Offer a file in the person's own chat; returns the offer. Raises NotAllowed."""
    known = KINDS[kind]
    known.may(work, council, by, subject_id, now)
    known.name(work, subject_id)
    offer_id = work.offers.add(token=token, person_id=by.id, kind=kind, subject_id=subject_id, now=now)
    work.notices.queue(kind="file_offer", subject_id=offer_id, person_id=by.id, now=now)
    return offer_id


def take_file(work: Work, council: Council, *, by: Person, token: str, now: datetime) -> Taken | None:
    """The offer, now accepted and noted in the trail; None when that had been done already.

    Noted before the file exists: one that left without a row could never be accounted for. Raises NotAllowed
    for somebody else's offer and for a right lost meanwhile, RuleBroken for an offer that was declined.
    """
    offer = _own_offer(work, by, token)
    known = KINDS[offer.kind]
    known.may(work, council, by, offer.subject_id, now)
    name = known.name(work, offer.subject_id)
    if offer.state == "declined":
        raise RuleBroken(f"You said no to “{name}” before. Please ask for it again where you found it.")
    if not work.offers.move(offer.id, "offered", "accepted", now):
        return None
    note_export(work, offer, by=by.id, now=now)
    return Taken(offer, name)


def decline_file(work: Work, *, by: Person, token: str, now: datetime) -> str:
    """The person does not want it; the file's name. Raises NotAllowed for somebody else's offer."""
    offer = _own_offer(work, by, token)
    work.offers.move(offer.id, "offered", "declined", now)
    return KINDS[offer.kind].name(work, offer.subject_id)


def file_not_given(work: Work, *, offer_id: int, now: datetime) -> None:
    """It could not be put where the person wanted it; they may take it again."""
    if work.offers.move(offer_id, "accepted", "offered", now):
        work.trail.add(now=now, actor=None, verb="could not hand over", subject=f"file offer {offer_id}")


def note_export(work: Work, offer: FileOffer, *, by: int, now: datetime, way: str = "teams") -> None:
    """The trail's row about a file that is about to leave."""
    work.trail.add(
        now=now,
        actor=by,
        verb="exported",
        subject=f"{offer.kind} {offer.subject_id}",
        audit_id=KINDS[offer.kind].audit_of(offer.subject_id),
        fields={"offer": offer.id, "way": way},
    )


def _own_offer(view: View, by: Person, token: str) -> FileOffer:
    offer = view.offers.by_token(token)
    if offer is None or offer.person_id != by.id or offer.kind not in KINDS:
        raise NotAllowed("That file was not offered to you.")
    return offer
