"""Presses of what an entry of the learning log rests on."""

from collections.abc import Iterable, Mapping

from cards.learning_evidence import evidence_form, source_words
from cards.payloads import Payload
from cards.payloads_learning import LinkEvidence
from cards.views_learning import EvidenceFormView
from cards.wording import day
from dialogs.learning_shown import asked_again, hints, show_entry, typed_words
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Reply
from domain.days import local_day
from domain.errors import RuleBroken
from domain.themes import theme_titles
from workflows.learning_evidence import Candidate, evidence_choices, link_evidence


def show_evidence_form(
    press: Press,
    entry_id: int,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Reply:
    """The form of what an entry rests on."""
    found = evidence_choices(press.work, press.council, by=press.person, entry_id=entry_id, now=press.now)
    linked = [(f"audit-{value}", title) for value, title in _audits(press, found.linked)]
    view = EvidenceFormView(
        entry=found.entry,
        theme=theme_titles(press.framework).get(found.entry.theme, ""),
        audits=tuple(_audits(press, found.audits)),
        rounds=tuple((str(one.id), f"{one.month:%B %Y}") for one in found.rounds),
        linked=(*linked, *((f"source-{one.id}", source_words(one)) for one in found.sources)),
        nonce=press.turn.nonce,
        typed=typed,
        errors=hints(errors),
    )
    return Reply(evidence_form(view), title="The learning log")


def _audits(press: Press, candidates: Iterable[Candidate]) -> Iterable[tuple[str, str]]:
    for one in candidates:
        audit = one.audit
        parts = [audit.case_reference, one.team]
        if one.grade is not None:
            parts.append(press.framework.grade_label(one.grade))
        if audit.submitted_at is not None:
            parts.append(day(local_day(audit.submitted_at)))
        yield str(audit.id), ", ".join(parts)


def _link(press: Press) -> Outcome:
    payload: LinkEvidence = press.payload
    link_evidence(
        press.work,
        press.council,
        by=press.person,
        entry_id=payload.entry_id,
        version=payload.version,
        typed=typed_words(press),
        now=press.now,
    )
    return {}


def _show(press: Press, _: Outcome) -> Reply:
    payload: LinkEvidence = press.payload
    return show_entry(press, payload.entry_id, "kept")


def _refuse(press: Press, broken: RuleBroken) -> Reply | None:
    payload: LinkEvidence = press.payload
    errors = asked_again(broken)
    return show_evidence_form(press, payload.entry_id, press.typed_texts, errors) if errors else None


HANDLERS: dict[type[Payload], Handler] = {LinkEvidence: Handler(_show, act=_link, refuse=_refuse)}
