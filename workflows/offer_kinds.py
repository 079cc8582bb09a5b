"""The files that people can have: what each is, what it is called, who may have it, who makes it.

Source: SG-01, SG-05.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.forward_plan import year_name
from domain.people import Person
from storage.work import View
from workflows.council import Council
from workflows.holds import FILENAME, calendar_of
from workflows.offer_rights import (
    copy_name,
    may_have,
    may_have_pack,
    may_have_praise,
    may_have_time,
    may_hold_times,
    may_plan,
    may_read_audit,
    may_read_moderation,
    may_see_meeting,
    may_see_plan,
    may_see_tracker,
    meeting_name,
    moderation_copy_name,
    pack_name,
    praise_name,
    round_name,
    round_report_name,
)
from workflows.offered_numbers import FILES as NUMBERS_FILES
from workflows.offered_numbers import NumbersFile
from workflows.reporting import (
    HEADLINE,
    MODERATION,
    MODERATION_COVERED,
    SERVICE,
    SERVICE_COVERED,
    TEAM,
    TEAM_COVERED,
)
from workflows.talk_calendar import FILENAME as TALK_FILENAME
from workflows.talk_calendar import calendar_of_talk

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


def _report(report: str, says: str, name: Callable[[View, int], str]) -> OfferKind:
    """A report's Word copy; it is the reader's own, so nobody else's chain of the trail holds it."""
    return OfferKind(
        says=says,
        content_type=_WORD,
        about_bytes=40_000,
        name=name,
        may=may_have(report),
        audit_of=lambda _round_id: None,
    )


def _numbers_file(file: NumbersFile) -> OfferKind:
    return OfferKind(
        says=file.says,
        content_type=_EXCEL if file.is_workbook else _WORD,
        about_bytes=40_000,
        name=file.name,
        may=file.may,
        audit_of=lambda _subject_id: None,
    )


def _holds(view: View, council: Council, by: Person, audit_id: int, now: datetime) -> bytes:
    return calendar_of(view, council, audit_id, by, now=now)


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
        name=round_name,
        may=may_plan,
        audit_of=lambda _round_id: None,
    ),
    CALENDAR_HOLDS: OfferKind(
        says="Times for the steps of your audit, for your calendar. They say nothing of the case.",
        content_type="text/calendar",
        about_bytes=4_000,
        name=lambda _view, _audit_id: FILENAME,
        may=may_hold_times,
        audit_of=lambda audit_id: audit_id,
        make=_holds,
        mailable=True,
    ),
    AUDIT_COPY: OfferKind(
        says="A Word copy of the audit. It tells of a child's life: keep it only where those it was shared "
        "with can read it.",
        content_type=_WORD,
        about_bytes=40_000,
        name=copy_name,
        may=may_read_audit,
        audit_of=lambda audit_id: audit_id,
    ),
    # A moderation and its talk are known by their audit here, in whose chain of the trail a file is noted.
    MODERATION_COPY: OfferKind(
        says="A Word copy of the moderation, for you alone: it speaks of a child's life and of a colleague's "
        "work.",
        content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        about_bytes=40_000,
        name=lambda _view, audit_id: moderation_copy_name(audit_id),
        may=may_read_moderation,
        audit_of=lambda audit_id: audit_id,
    ),
    TALK_TIME: OfferKind(
        says="The time of your talk, for your calendar. It says nothing of the case.",
        content_type="text/calendar",
        about_bytes=1_000,
        name=lambda _view, _audit_id: TALK_FILENAME,
        may=may_have_time,
        audit_of=lambda audit_id: audit_id,
        make=calendar_of_talk,
        mailable=True,
    ),
    PRAISE_COPY: OfferKind(
        says="The praise in Word, to keep. It names no case.",
        content_type=_WORD,
        about_bytes=40_000,
        name=praise_name,
        may=may_have_praise,
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
        round_report_name("team summary"),
    ),
    REPORTS[SERVICE]: _report(
        SERVICE,
        "Your numbers and a quarterly action plan to fill in, in Word.",
        round_report_name("numbers and action plan"),
    ),
    REPORTS[TEAM_COVERED]: _report(
        TEAM_COVERED,
        "What the round found in the team you cover, in Word. It names no case; few audits may say who is "
        "meant.",
        round_report_name("summary of the team you cover"),
    ),
    REPORTS[SERVICE_COVERED]: _report(
        SERVICE_COVERED,
        "The numbers of the service you cover and a quarterly action plan to fill in, in Word.",
        round_report_name("numbers and action plan of the service you cover"),
    ),
    REPORTS[MODERATION_COVERED]: _report(
        MODERATION_COVERED,
        "How moderation went for the auditors of whom you cover, in Word. For you and them alone: keep it "
        "where nobody else reads it.",
        round_report_name("moderation, for whom you cover"),
    ),
    REPORTS[MODERATION]: _report(
        MODERATION,
        "How moderation went for your auditors, in Word. For you alone: keep it where nobody else reads it.",
        round_report_name("moderation"),
    ),
    **{kind: _numbers_file(file) for kind, file in NUMBERS_FILES.items()},
    PACKS["word"]: OfferKind(
        says="The pack in Word. It names no case and nobody; small numbers are left out.",
        content_type=_WORD,
        about_bytes=200_000,
        name=pack_name("docx"),
        may=may_have_pack,
        audit_of=lambda _pack_id: None,
    ),
    PACKS["excel"]: OfferKind(
        says="The pack's figures in Excel. It names no case and nobody; small numbers are left out.",
        content_type=_EXCEL,
        about_bytes=60_000,
        name=pack_name("xlsx"),
        may=may_have_pack,
        audit_of=lambda _pack_id: None,
    ),
    MEETING_MINUTES: OfferKind(
        says="The meeting's agenda and what it decided, in Word. It names no case.",
        content_type=_WORD,
        about_bytes=40_000,
        name=meeting_name,
        may=may_see_meeting,
        audit_of=lambda _meeting_id: None,
    ),
    PLAN_BOOK: OfferKind(
        says="A year's forward plan as a workbook: activities, what to look at, hours.",
        content_type=_EXCEL,
        about_bytes=20_000,
        name=lambda _view, year: f"Forward plan {year_name(year).replace('/', '-')}.xlsx",
        may=may_see_plan,
        audit_of=lambda _year: None,
    ),
    TRACKER_BOOK: OfferKind(
        says="The activity tracker as a workbook. It names no case.",
        content_type=_EXCEL,
        about_bytes=20_000,
        name=lambda _view, _subject_id: "Activity tracker.xlsx",
        may=may_see_tracker,
        audit_of=lambda _subject_id: None,
    ),
}
"""Every file that people can have, by kind."""
