"""Makes the files that reports write, from what the person who takes one may have of it at that moment."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from cards.assembly_feedback import feedback_view
from cards.assembly_readers import shared_view
from cards.governance_words import full_day
from cards.lead_words import lead_report
from cards.praise_note import praise_report
from cards.shared_parts import panel_lines
from cards.views_talk import AFTER_TALK
from cards.wording import day, moment
from dialogs.performance_pictures import (
    numbers_of,
    pack_picture,
    report_about,
    report_found,
    report_picture,
)
from dialogs.report_pictures import report_of
from domain.charts import Chart
from domain.meetings import Came
from domain.people import Person
from domain.reporting import Report
from workflows.agenda import open_meeting
from workflows.copying import SharedAudit, shared_audit
from workflows.council import Council, View
from workflows.governance_books import learning_book, plan_book, tracker_book
from workflows.lead_summary import SENT as LEAD_SUMMARY
from workflows.lead_summary import require_summary
from workflows.offer_kinds import (
    AUDIT_COPY,
    LEARNING_BOOK,
    MEETING_MINUTES,
    MODERATION_COPY,
    PACKS,
    PLAN_BOOK,
    PRAISE_COPY,
    REPORTS,
    ROUND_PROPOSAL,
    TRACKER_BOOK,
    Make,
)
from workflows.offered_numbers import CLINIC_PACK, NUMBERS, PERFORMANCE_BOOK, PERFORMANCE_REPORT
from workflows.pack_look import open_pack
from workflows.performance import Level
from workflows.planning import require_round
from workflows.praise_notes import praise_of
from workflows.reading_moderation import feedback_of
from workflows.round_facts import pairs_of


def _round_workbook(view: View, _council: Council, _person: Person, round_id: int, _now: datetime) -> bytes:
    from reports.proposal import write_proposal

    chosen = require_round(view, round_id)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "proposal.xlsx"
        write_proposal(path, month=chosen.month, summary=chosen.summary, pairs=pairs_of(view, round_id))
        return path.read_bytes()


def _audit_copy(view: View, council: Council, person: Person, audit_id: int, now: datetime) -> bytes:
    from reports.audit_copy import AuditCopy, CopyAction, CopyPart, write_audit_copy

    found = shared_audit(view, council, by=person, audit_id=audit_id, now=now)
    today = council.today(now)
    # The card's own words, so that card and copy cannot part.
    shown = shared_view(
        found.file,
        found.capacity,
        council.framework,
        council.bank_holidays,
        part="summary",
        today=today,
        nonce="",
    )
    actions = tuple(
        CopyAction(what, owner, day(due_on), _state(state, due_on, today))
        for (what, owner, due_on), state in zip(shown.actions, found.action_states, strict=True)
    )
    audit = found.file.audit
    about = (
        ("Case", audit.case_reference),
        ("Practitioner", f"{shown.practitioner_name}, {shown.team_name}"),
        ("Audited by", shown.auditor_name),
        ("Submitted", moment(shown.submitted_at)),
        ("Look back", f"from {day(audit.lookback_from)} to {day(audit.allocated_on)}"),
        ("Overall grade", shown.overall_label),
        ("As it stood on", moment(now)),
    )
    return write_audit_copy(
        AuditCopy(
            council=council.house.name,
            about=tuple((label, text) for label, text in about if text),
            parts=tuple(CopyPart(part.key, part.title, part.lines) for part in shown.parts),
            actions=actions,
            comments=_comments(found),
            review=shown.reviewed,
            panel=panel_lines(shown),
            made_at=now,
        )
    )


def _comments(found: SharedAudit) -> tuple[tuple[str, str], ...]:
    return tuple((f"In their words, {moment(one.at)}", one.text) for one in found.file.comments)


def _state(state: str, due_on: date, today: date) -> str:
    """An action's state as people say it."""
    words = state.replace("_", " ").capitalize()
    return f"{words}, overdue" if state == "open" and due_on < today else words


def _moderation_copy(view: View, council: Council, person: Person, audit_id: int, now: datetime) -> bytes:
    from reports.moderation_copy import CopyAction, ModerationCopy, write_moderation_copy

    moderation = view.moderations.of_audit(audit_id)
    if moderation is None:
        raise LookupError(f"no moderation of audit {audit_id}")
    found = feedback_of(view, council, by=person, moderation_id=moderation.id, now=now)
    shown = feedback_view(found, council.framework, nonce="")
    about = (
        ("Case", found.audit.case_reference),
        ("Practitioner", f"{shown.practitioner_name}, {shown.team_name}"),
        ("Audited by", shown.auditor_name),
        ("Decided", moment(shown.decided_at)),
        ("Released", moment(shown.released_at) if shown.released_at else "not yet; the talk comes first"),
        ("As it stood on", moment(now)),
    )
    return write_moderation_copy(
        ModerationCopy(
            council=council.house.name,
            about=about,
            practice=shown.practice,
            grades=shown.grades,
            counts=shown.counts,
            sections=tuple(_section(*one) for one in shown.sections),
            own=shown.own,
            actions=tuple(CopyAction(what, owner, day(due)) for what, owner, due in shown.actions),
            organisation=shown.organisation,
            tests=shown.tests,
            heard=shown.heard,
            made_at=now,
        )
    )


def _section(title: str, own: str, panel: str, because: str, final: str) -> tuple[str, str, str, str]:
    """A row of the table, with what the talk led to under the Panel's reason."""
    after = f"{AFTER_TALK}: {final}" if final else ""
    return title, own, panel, "\n".join(text for text in (because, after) if text)


def _report_copy(report: str) -> Make:
    """The maker of a report's Word copy."""

    def make(view: View, council: Council, person: Person, round_id: int, now: datetime) -> bytes:
        from reports.round_report import write_report

        found = report_of(view, council, person, report, round_id, now)
        return write_report(found, council=council.house.name, made_at=now)

    return make


def _numbers_copy(level: Level) -> Make:
    """The maker of the Word copy of figures."""

    def gather(view: View, council: Council, person: Person, place_id: int, now: datetime) -> Report:
        return numbers_of(view, council, person, level, place_id, now)

    return _written(gather)


def _written(gather: Callable[[View, Council, Person, int, datetime], Report]) -> Make:
    """The maker of the Word copy of what is gathered so."""

    def make(view: View, council: Council, person: Person, subject_id: int, now: datetime) -> bytes:
        from reports.round_report import write_report

        found = gather(view, council, person, subject_id, now)
        return write_report(found, council=council.house.name, made_at=now)

    return make


def _praise(view: View, council: Council, person: Person, audit_id: int, now: datetime) -> Report:
    return praise_report(praise_of(view, council, by=person, audit_id=audit_id, now=now))


def _pack_word(view: View, council: Council, person: Person, pack_id: int, now: datetime) -> bytes:
    from reports.pack_word import write_pack

    return write_pack(open_pack(view, council, by=person, pack_id=pack_id, now=now).paper)


def _pack_excel(view: View, council: Council, person: Person, pack_id: int, now: datetime) -> bytes:
    from reports.pack_excel import write_workbook

    return write_workbook(open_pack(view, council, by=person, pack_id=pack_id, now=now).paper)


def _minutes(view: View, council: Council, person: Person, meeting_id: int, now: datetime) -> bytes:
    from reports.meeting_minutes import Minutes, MinutesPart, write_minutes

    found = open_meeting(view, council, by=person, meeting_id=meeting_id, now=now)
    meeting = found.meeting
    came = ", ".join(one.name for one in found.people if one.came is Came.CAME)
    apologies = ", ".join(one.name for one in found.people if one.came is Came.APOLOGIES)
    about = (
        ("Begins", f"{full_day(meeting.planned_on)} at {meeting.starts_at}"),
        ("Where", meeting.place),
        ("In the chair", ", ".join(one.name for one in found.people if one.is_chair)),
        ("Came", came),
        ("Apologies", apologies),
        ("For quality assurance and performance", found.rep_name),
        ("Signed minutes", meeting.minutes_where),
        ("As it stood on", moment(now)),
    )
    parts = tuple(
        MinutesPart(
            part.title,
            part.lines,
            tuple(
                (f"{one.title} ({one.by_name})" if one.by_name else one.title, one.note, one.paper)
                for one in part.noted
            ),
        )
        for part in found.parts
    )
    decided = tuple(
        (one.title, "To do" if one.is_action else "Decision", one.owner_name, one.state or one.due)
        for one in found.decided
    )
    return write_minutes(
        Minutes(
            council=council.house.name,
            title=found.title,
            when=full_day(meeting.planned_on),
            about=tuple((label, text) for label, text in about if text),
            parts=parts,
            decided=decided,
            made_at=now,
        )
    )


def _performance_report(
    view: View, council: Council, person: Person, subject_id: int, now: datetime
) -> bytes:
    from reports.round_report import write_report

    found = report_found(view, council, person, subject_id, now)
    # What was locked says so, whenever somebody takes it.
    made_at = found.locked.locked_at if found.locked is not None else now
    return write_report(report_picture(found), council=council.house.name, made_at=made_at)


def _performance_book(view: View, council: Council, person: Person, subject_id: int, now: datetime) -> bytes:
    from reports.performance_book import write_dataset

    found = report_found(view, council, person, subject_id, now)
    return write_dataset(found.content, report_about(found, report_picture(found), council.house.name))


def _lead_summary(view: View, council: Council, person: Person, subject_id: int, now: datetime) -> bytes:
    from reports.round_report import write_report

    locked = require_summary(view, council, by=person, subject=subject_id, now=now)
    return write_report(lead_report(locked), council=council.house.name, made_at=locked.locked_at)


def _plan_workbook(view: View, council: Council, _person: Person, year: int, _now: datetime) -> bytes:
    from reports.governance_books import write_plan

    return write_plan(*plan_book(view, council, year))


def _tracker_workbook(view: View, council: Council, _person: Person, _id: int, now: datetime) -> bytes:
    from reports.governance_books import write_tracker

    rows, themes = tracker_book(view, council)
    return write_tracker(rows, themes, council.today(now))


def _learning_workbook(view: View, council: Council, person: Person, _id: int, now: datetime) -> bytes:
    from reports.governance_books import write_learning

    entries, themes = learning_book(view, council, person)
    return write_learning(entries, themes, council.today(now))


MAKERS: Mapping[str, Make] = {
    ROUND_PROPOSAL: _round_workbook,
    AUDIT_COPY: _audit_copy,
    MODERATION_COPY: _moderation_copy,
    PRAISE_COPY: _written(_praise),
    MEETING_MINUTES: _minutes,
    PLAN_BOOK: _plan_workbook,
    TRACKER_BOOK: _tracker_workbook,
    LEARNING_BOOK: _learning_workbook,
    **{kind: _report_copy(report) for report, kind in REPORTS.items()},
    **{kind: _numbers_copy(level) for level, kind in NUMBERS.items()},
    CLINIC_PACK: _written(pack_picture),
    PERFORMANCE_REPORT: _performance_report,
    PERFORMANCE_BOOK: _performance_book,
    LEAD_SUMMARY: _lead_summary,
    PACKS["word"]: _pack_word,
    PACKS["excel"]: _pack_excel,
}
"""What reports make, by kind of file; the rest make themselves."""


def draw_chart(chart: Chart) -> bytes:
    """A picture of the chart for a card. What draws it is loaded with the first."""
    from reports.charts import picture

    # The card says the title above it.
    return picture(replace(chart, title=""))
