"""Reports and praise, for the gallery."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from cards.elements import Card
from cards.gallery_content import ORDINARY, Content
from cards.headline_words import headline_report
from cards.moderated_words import moderation_report
from cards.payloads_reports import AskReportCopy
from cards.praise import PAGE, PraiseFormView, PraiseLine, PraiseListView, praise_form, praise_list
from cards.praise_note import praise_note_card
from cards.report import report_card
from cards.service_words import service_report
from cards.team_words import team_report
from cards.views import HintView
from domain.framework import Framework
from domain.grades import Grade
from domain.headline import Group, Headline, Loop, Share, Stage
from domain.moderated import NEW, STRUGGLING, AuditorModerated, Moderated, ModerationReport
from domain.pages import VOICES
from domain.praising import Praised
from domain.reporting import Report
from domain.requisite import Numbers
from domain.round_found import ActionsFound, RoundFound, SectionFound, ServiceReport, TeamSummary

_MONTH = date(2026, 5, 1)


def cards_of(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    """(name, card) of each, with this content."""
    for name, report in _reports(framework, content):
        copy = AskReportCopy("team", 3, "gallery")
        message = content.line(0) if name == "report-team" else ""
        yield name, report_card(report, copy, message=message)
    yield from _praise(content)


def _reports(framework: Framework, content: Content) -> Iterator[tuple[str, Report]]:
    smallest = framework.numbers.smallest_count
    whole = _headline(framework, content, smallest)
    yield "headline", headline_report(framework, whole)
    yield "headline-team", headline_report(framework, replace(whole, of=content.team, smallest=1, teams=()))
    few = replace(whole, loop=_loop(2, 3))
    yield "headline-few", headline_report(framework, few)
    yield "headline-none", headline_report(framework, replace(whole, loop=_loop(0, 0), teams=(), themes=()))
    found = _found(framework, 24 if content is ORDINARY else 240)
    summary = TeamSummary(_MONTH, content.team, found, 2)
    yield "report-team", team_report(framework, summary)
    yield "report-team-none", team_report(framework, replace(summary, found=_found(framework, 0), waiting=1))
    numbers = Numbers(18, 1, 12, 3, 2)
    service = ServiceReport(
        _MONTH, content.team, date(2026, 4, 1), 2, numbers, numbers, found, found, date(2026, 3, 1)
    )
    yield "report-service", service_report(framework, service)
    empty = Numbers(0, 0, 0, 0, 0)
    first = replace(service, year=empty, this_round=empty, found=_found(framework, 0), before=None)
    yield "report-service-none", service_report(framework, first)
    moderated = _moderated(content)
    yield "report-moderation", moderation_report(moderated, month=_MONTH, smallest=smallest)
    nobody = ModerationReport((), _went(0), _went(2), (), 0)
    yield "report-moderation-none", moderation_report(nobody, month=_MONTH, smallest=smallest)


def _loop(audits: int, actions: int) -> Loop:
    shares = {stage: Share(audits // 2, audits) for stage in Stage}
    shares |= {stage: Share(actions // 3, actions) for stage in (Stage.DONE, Stage.CONFIRMED)}
    return Loop(audits, actions, shares)


def _headline(framework: Framework, content: Content, smallest: int) -> Headline:
    loop = _loop(40, 90)
    shares: dict[Stage, Share | None] = {**loop.shares, Stage.LASTED: None}
    return Headline(
        of="",
        since=date(2025, 6, 3),
        until=date(2026, 6, 3),
        loop=loop,
        before=_loop(31, 60),
        smallest=smallest,
        teams=tuple(Group(content.team, 40 - n, shares) for n in range(content.many)),
        themes=tuple(Group(key, 12, shares) for key in framework.section_keys),
    )


def _found(framework: Framework, audits: int) -> RoundFound:
    halves = {grade: audits // 2 if grade in (Grade.GOOD, Grade.INADEQUATE) else 0 for grade in Grade}
    keys = framework.section_keys
    sections = tuple(
        SectionFound(key, audits, audits - n if n % 2 else n) for n, key in enumerate(keys) if audits
    )
    return RoundFound(
        audits=audits,
        grades=halves,
        regraded=1 if audits else 0,
        sections=sections,
        tags_good=tuple((tag.id, audits // 3) for tag in framework.tags),
        tags_below=tuple((tag.id, audits // 4) for tag in framework.tags),
        actions=ActionsFound(audits * 3, audits, audits // 2, audits, audits),
        voices=tuple((key, audits // 2, audits) for key in VOICES),
    )


def _went(moderated: int) -> Moderated:
    return Moderated(moderated, moderated, 0, 0, 0, 0)


def _moderated(content: Content) -> ModerationReport:
    went = Moderated(2, 1, 1, 1, 0, 1)
    auditors = tuple(
        AuditorModerated(n, content.name(n), (NEW, STRUGGLING, "")[n % 3], went, (content.text(n),))
        for n in range(content.many)
    )
    left = tuple((content.name(n), NEW) for n in range(content.many))
    return ModerationReport(auditors, went, _went(14), left, 2)


def _praise(content: Content) -> Iterator[tuple[str, Card]]:
    lines = tuple(
        PraiseLine(
            7, content.name(n), content.team, "Good as a whole. Outstanding in: planning, case recording."
        )
        for n in range(content.many)
    )
    yield "praise", praise_list(PraiseListView(lines, 0))
    yield "praise-last", praise_list(PraiseListView(lines, PAGE * 99))
    yield "praise-none", praise_list(PraiseListView((), 0))
    form = PraiseFormView(
        audit_id=7,
        practitioner=content.name(0),
        managers=(content.name(1), content.name(2)),
        draft="Your work was audited in May. What stood out: planning. Thank you.",
        said=tuple((title, content.text(n)) for n, title in enumerate(("Planning", "Case recording"))),
        sent="",
        nonce="gallery",
    )
    yield "praise-form", praise_form(form)
    wrong = (HintView("praise_text", "Please say in a sentence or two what was good.", blocking=True),)
    yield (
        "praise-form-refused",
        praise_form(replace(form, typed={"praise_text": content.text(0)}, errors=wrong)),
    )
    yield "praise-form-sent", praise_form(replace(form, sent=content.text(1)))
    note = Praised(7, True, content.name(0), content.name(1), date(2026, 6, 8), content.text(1))
    yield "praise-note", praise_note_card(note, "gallery")
    yield "praise-note-asked", praise_note_card(note, "gallery", message="The Word copy is on its way.")
    yield "praise-note-copy", praise_note_card(replace(note, is_own=False), "gallery")
