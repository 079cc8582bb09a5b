"""Figures and what is asked of people about them: the cards that lead there.

Nothing of a report stands in the chat itself: a few figures say much about a few people.

Source: PF-01, PF-04, PF-05, PF-07, PF-09, PF-10, PF-12.
"""

from collections.abc import Mapping

from cards.mails import lead_mail
from cards.payloads_performance import (
    ShowClinicPack,
    ShowExceptions,
    ShowLeadSummary,
    ShowPerformance,
    ShowPerformanceReport,
    ShowRequest,
    ShowRequests,
    ShowTeamReport,
    WriteNarrative,
)
from cards.wording import count, day
from domain.errors import RuleBroken
from domain.governance import quarter_name
from domain.narratives import TITLES, NarrativeState, Report, period_of
from domain.people import Post
from domain.performance import RequestState
from domain.performance_report import LockedReport
from scheduler.drawing import Draw, Drawing, Drawn, Needless, Write, Written, note
from scheduler.ports import Attachment
from workflows import asking_reports, clinic_packs, exception_raising, explaining, narrating, team_reporting
from workflows import lead_summary as lead
from workflows.offer_kinds import KINDS

_OVER = "it is no longer theirs"


def team_report(drawing: Drawing) -> Drawn | Needless:
    """Leads a team manager to the week's figures (PF-01)."""
    return _week(drawing, "Your team's week", "Please look and press “Seen” or “We are acting”.")


def exceptions_raised(drawing: Drawing) -> Drawn | Needless:
    """Asks whoever answers for figures for a line about each (PF-04, PF-09)."""
    return _exceptions(
        drawing,
        "Figures that need a line from you",
        "Please say in a line why each of them is as it is, and what you are doing about it.",
    )


def narrative_asked(drawing: Drawing) -> Drawn | Needless:
    """Asks for the words beside a report's figures (PF-05, PF-07, PF-10, PF-13)."""
    text = "The figures are there. Please write a few sentences beside them until {due}."
    return _narrative(drawing, "A few sentences from you", text)


def clinic_pack(drawing: Drawing) -> Drawn | Needless:
    """Leads the people of a clinic to its pack, and managers to what they are asked for (PF-02, PF-04)."""
    found = clinic_packs.pack_of_subject(drawing.notice.subject_id)
    if found is None:
        return Needless("there is no such pack")
    service_id, month = found
    try:
        clinic_packs.require_pack(
            drawing.view, drawing.council, by=drawing.person, service_id=service_id, now=drawing.now
        )
    except RuleBroken:
        return Needless(_OVER)
    on = clinic_packs.clinic_day(drawing.view, drawing.council, service_id, month)
    if on is None or on < drawing.today:
        return Needless("the clinic is over")
    own = narrating.mine_to_write(drawing.view, drawing.council, by=drawing.person, now=drawing.now)
    asked = [one for one in own if one.report is Report.CLINIC and one.period_on == month]
    text = f"The clinic is on {day(on)}. Its pack has the figures, what needs a look, and what audits found."
    if asked:
        text += "\nPlease bring something to celebrate: write it here, and it stands in the pack."
    buttons = [("Open the pack", ShowClinicPack(drawing.notice.subject_id))]
    written = [("Something to celebrate", WriteNarrative(one.id)) for one in asked[:1]]
    return note("Your Performance Clinic", text, *buttons, *written)


def performance_report_ready(drawing: Drawing) -> Drawn | Needless:
    """Tells the readers of a report that it is complete (PF-05, PF-09, PF-13)."""
    try:
        report, period_on = narrating.report_of_subject(drawing.notice.subject_id)
    except RuleBroken:
        return Needless("there is no such report")
    people = narrating.readers(drawing.view, drawing.council, report)
    if drawing.person.id not in {person.id for person in people}:
        return Needless(_OVER)
    title = f"{TITLES[report]}, {period_of(report, period_on)}"
    text = "It is complete, with what managers say beside the figures."
    if report is Report.QUARTERLY:
        text += " It names each figure that needs challenge or support, who owns it, and what is done."
    return note(title, text, ("Open it", ShowPerformanceReport(drawing.notice.subject_id)))


def lead_summary(drawing: Drawing) -> Drawn | Needless:
    """Leads the Lead Member to the quarter's summary (PF-08)."""
    locked = _summarised(drawing)
    if locked is None:
        return Needless(_OVER)
    text = (
        f"The figures of {quarter_name(locked.period_on)} are there: what needs challenge, what got better."
    )
    subject = drawing.notice.subject_id
    return note("Your summary of the quarter", text, ("Open it", ShowLeadSummary(subject)))


def lead_summary_mail(drawing: Drawing) -> Written | Needless:
    """The same in Word, by mail (PF-08)."""
    locked = _summarised(drawing)
    if locked is None:
        return Needless(_OVER)
    known = KINDS[lead.SENT]
    subject_id = drawing.notice.subject_id
    content = drawing.makers[lead.SENT](
        drawing.view, drawing.council, drawing.person, subject_id, drawing.now
    )
    name = known.name(drawing.view, subject_id)
    quarter = quarter_name(locked.period_on)
    subject, body = lead_mail(council_name=drawing.council.house.name, quarter=quarter)
    return Written(subject, body, (Attachment(name, known.content_type, content),))


def report_asked(drawing: Drawing) -> Drawn | Needless:
    """Tells somebody that a group asks them for a report (PF-12)."""
    text = "{body} asks you for a report: {what}\nPlease answer by {due}."
    return _request(drawing, "A group asks you for a report", text)


def report_answered(drawing: Drawing) -> Drawn | Needless:
    """Tells whoever asked that the answer is there (PF-12)."""
    request = drawing.view.report_requests.get(drawing.notice.subject_id)
    if request is None or request.asked_by != drawing.person.id:
        return Needless(_OVER)
    text = f"What you asked for has been answered: {_ended(request.what)}"
    return note("A report you asked for is there", text, ("Read the answer", ShowRequest(request.id)))


def report_dropped(drawing: Drawing) -> Drawn | Needless:
    """Tells whoever was asked that it is no longer needed (PF-12)."""
    request = drawing.view.report_requests.get(drawing.notice.subject_id)
    if request is None or request.owner_id != drawing.person.id:
        return Needless(_OVER)
    text = f"You need not answer it any more: {_ended(request.what)}"
    return note("A report is no longer needed", text, ("Reports asked for", ShowRequests(0)))


CARDS: Mapping[str, Draw] = {
    team_reporting.POSTED: team_report,
    exception_raising.ASKED: exceptions_raised,
    narrating.ASKED: narrative_asked,
    narrating.READY: performance_report_ready,
    lead.SENT: lead_summary,
    clinic_packs.PACK: clinic_pack,
    asking_reports.ASKED: report_asked,
    asking_reports.ANSWERED: report_answered,
    asking_reports.DROPPED: report_dropped,
}
"""Kind to the card posted in the person's chat."""

MAILS: Mapping[str, Write] = {lead.SENT: lead_summary_mail}
"""Kind to the mail sent to the person."""


def _summarised(drawing: Drawing) -> LockedReport | None:
    """The report behind the summary, while its reader still is a Lead Member."""
    if Post.LEAD_MEMBER not in drawing.person.posts:
        return None
    try:
        return lead.require_summary(
            drawing.view,
            drawing.council,
            by=drawing.person,
            subject=drawing.notice.subject_id,
            now=drawing.now,
        )
    except RuleBroken:
        return None


def _week(drawing: Drawing, title: str, ask: str) -> Drawn | Needless:
    try:
        report = team_reporting.require_report(
            drawing.view,
            drawing.council,
            by=drawing.person,
            report_id=drawing.notice.subject_id,
            now=drawing.now,
        )
    except RuleBroken:
        return Needless(_OVER)
    if report.answer is not None:
        return Needless("it has been answered")
    text = f"The figures of the week from {day(report.week_on)} are there. {ask}"
    return note(title, text, ("Open the figures", ShowTeamReport(report.id)))


def _exceptions(drawing: Drawing, title: str, text: str) -> Drawn | Needless:
    found = explaining.mine_to_explain(drawing.view, drawing.council, by=drawing.person, now=drawing.now)
    if not found:
        return Needless("nothing waits for a line")
    said = f"{text} {count(len(found), 'figure waits', 'figures wait')}."
    return note(title, said, ("Answer", ShowExceptions(0)), ("Performance", ShowPerformance()))


def _narrative(drawing: Drawing, title: str, text: str, *, unwritten: bool = False) -> Drawn | Needless:
    try:
        asked = narrating.require_narrative(
            drawing.view,
            drawing.council,
            by=drawing.person,
            narrative_id=drawing.notice.subject_id,
            now=drawing.now,
        )
    except RuleBroken:
        return Needless(_OVER)
    if asked.state is NarrativeState.LOCKED:
        return Needless("it has been locked")
    if unwritten and asked.state is NarrativeState.WRITTEN:
        return Needless("it has been written")
    said = f"{asked.title}. {text.format(due=day(asked.due_on))}"
    return note(title, said, ("Write them", WriteNarrative(asked.id)))


def _request(drawing: Drawing, title: str, text: str) -> Drawn | Needless:
    try:
        line = asking_reports.request_line(
            drawing.view,
            drawing.council,
            by=drawing.person,
            request_id=drawing.notice.subject_id,
            now=drawing.now,
        )
    except RuleBroken:
        return Needless(_OVER)
    if line.request.state is not RequestState.OPEN:
        return Needless("it has been answered")
    said = text.format(body=line.body, what=_ended(line.request.what), due=day(line.request.due_on))
    return note(title, said, ("Open it", ShowRequest(line.request.id)))


def _ended(text: str) -> str:
    """The text as the end of a sentence."""
    return text if text.endswith((".", "?", "!")) else f"{text}."
