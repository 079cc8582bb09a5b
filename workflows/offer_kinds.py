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
    covered_report_name,
    may_have,
    may_have_pack,
    may_have_praise,
    may_have_time,
    may_hold_times,
    may_plan,
    may_read_audit,
    may_read_moderation,
    may_see_learning,
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
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Make = Callable[[View, Council, Person, int, datetime], bytes]


@dataclass(frozen=True, slots=True)
class OfferKind:
    """A kind of file."""

    says: str
    """What it is, in a sentence, for the card that asks."""
    name: Callable[[View, int], str]
    """The file's name; raises RuleBroken when what it is about is not there."""
    may: Callable[[View, Council, Person, int, datetime], None]
    """Raises NotAllowed for whoever may not have it, RuleBroken when there is nothing to have."""
    content_type: str = _WORD
    about_bytes: int = 40_000
    """Told to the person before the file exists."""
    is_of_audit: bool = False
    """Whether its subject is an audit, in whose chain of the trail it is noted, and not the council's own."""
    make: Make | None = None
    """Its content; None when reports make it, which workflows do not know."""
    mailable: bool = False
    """Whether a mail may bring it to whoever Teams cannot reach; never where it says anything of a case."""

    def audit_of(self, subject_id: int) -> int | None:
        """The audit in whose chain of the trail it is noted; None for the council's own."""
        return subject_id if self.is_of_audit else None


ROUND_PROPOSAL = "round_proposal"
CALENDAR_HOLDS = "calendar_holds"
AUDIT_COPY = "audit_copy"
MODERATION_COPY = "moderation_copy"
PRAISE_COPY = "praise_copy"
TALK_TIME = "talk_time"
MEETING_MINUTES = "meeting_minutes"
PLAN_BOOK = "plan_book"
TRACKER_BOOK = "tracker_book"
LEARNING_BOOK = "learning_book"
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

KINDS: Mapping[str, OfferKind] = {
    ROUND_PROPOSAL: OfferKind(
        says="The round's proposal as a workbook: pairs with their reasons, the mix, and notes.",
        content_type=_EXCEL,
        about_bytes=20_000,
        name=round_name,
        may=may_plan,
    ),
    CALENDAR_HOLDS: OfferKind(
        says="Times for the steps of your audit, for your calendar. They say nothing of the case.",
        content_type="text/calendar",
        about_bytes=4_000,
        name=lambda _view, _audit_id: FILENAME,
        may=may_hold_times,
        is_of_audit=True,
        make=lambda view, council, by, audit_id, now: calendar_of(view, council, audit_id, by, now=now),
        mailable=True,
    ),
    AUDIT_COPY: OfferKind(
        says="A Word copy of the audit. It tells of a child's life: keep it only where those it was shared "
        "with can read it.",
        name=copy_name,
        may=may_read_audit,
        is_of_audit=True,
    ),
    # A moderation and its talk are known by their audit here, in whose chain of the trail a file is noted.
    MODERATION_COPY: OfferKind(
        says="A Word copy of the moderation, for you alone: it speaks of a child's life and of a colleague's "
        "work.",
        name=lambda _view, audit_id: moderation_copy_name(audit_id),
        may=may_read_moderation,
        is_of_audit=True,
    ),
    TALK_TIME: OfferKind(
        says="The time of your talk, for your calendar. It says nothing of the case.",
        content_type="text/calendar",
        about_bytes=1_000,
        name=lambda _view, _audit_id: TALK_FILENAME,
        may=may_have_time,
        is_of_audit=True,
        make=calendar_of_talk,
        mailable=True,
    ),
    PRAISE_COPY: OfferKind(
        says="The praise in Word, to keep. It names no case.",
        name=praise_name,
        may=may_have_praise,
        is_of_audit=True,
    ),
    REPORTS[HEADLINE]: OfferKind(
        says="What became of what audits found, in Word. It names no case.",
        name=lambda _view, _subject_id: "Did it change anything.docx",
        may=may_have(HEADLINE),
    ),
    REPORTS[TEAM]: OfferKind(
        says="What the round found in your team, in Word. It names no case; few audits may say who is meant.",
        name=round_report_name("team summary"),
        may=may_have(TEAM),
    ),
    REPORTS[SERVICE]: OfferKind(
        says="Your numbers and a quarterly action plan to fill in, in Word.",
        name=round_report_name("numbers and action plan"),
        may=may_have(SERVICE),
    ),
    REPORTS[TEAM_COVERED]: OfferKind(
        says="What the round found in the team you cover, in Word. It names no case; few audits may say "
        "who is meant.",
        name=covered_report_name("team summary", "summary of the team you cover"),
        may=may_have(TEAM_COVERED),
    ),
    REPORTS[SERVICE_COVERED]: OfferKind(
        says="The numbers of the service you cover and a quarterly action plan to fill in, in Word.",
        name=covered_report_name(
            "numbers and action plan",
            "numbers and action plan of the service you cover",
            of_service=True,
        ),
        may=may_have(SERVICE_COVERED),
    ),
    REPORTS[MODERATION_COVERED]: OfferKind(
        says="How moderation went for the auditors of whom you cover, in Word. For you and them alone: "
        "keep it where nobody else reads it.",
        name=covered_report_name("moderation", "moderation, for whom you cover", of_service=True),
        may=may_have(MODERATION_COVERED),
    ),
    REPORTS[MODERATION]: OfferKind(
        says="How moderation went for your auditors, in Word. For you alone: keep it where nobody else "
        "reads it.",
        name=round_report_name("moderation"),
        may=may_have(MODERATION),
    ),
    **{
        kind: OfferKind(file.says, file.name, file.may, _EXCEL if file.is_workbook else _WORD)
        for kind, file in NUMBERS_FILES.items()
    },
    PACKS["word"]: OfferKind(
        says="The pack in Word. It names no case and nobody; small numbers are left out.",
        about_bytes=200_000,
        name=pack_name("docx"),
        may=may_have_pack,
    ),
    PACKS["excel"]: OfferKind(
        says="The pack's figures in Excel. It names no case and nobody; small numbers are left out.",
        content_type=_EXCEL,
        about_bytes=60_000,
        name=pack_name("xlsx"),
        may=may_have_pack,
    ),
    MEETING_MINUTES: OfferKind(
        says="The meeting's agenda and what it decided, in Word. It names no case.",
        name=meeting_name,
        may=may_see_meeting,
    ),
    PLAN_BOOK: OfferKind(
        says="A year's forward plan as a workbook: activities, what to look at, hours.",
        content_type=_EXCEL,
        about_bytes=20_000,
        name=lambda _view, year: f"Forward plan {year_name(year).replace('/', '-')}.xlsx",
        may=may_see_plan,
    ),
    TRACKER_BOOK: OfferKind(
        says="The activity tracker as a workbook. It names no case.",
        content_type=_EXCEL,
        about_bytes=20_000,
        name=lambda _view, _subject_id: "Activity tracker.xlsx",
        may=may_see_tracker,
    ),
    LEARNING_BOOK: OfferKind(
        says="The learning log as a workbook: its entries, how far their actions are, and what changed.",
        content_type=_EXCEL,
        about_bytes=20_000,
        name=lambda _view, _subject_id: "Learning log.xlsx",
        may=may_see_learning,
    ),
}
"""Every file that people can have, by kind."""
