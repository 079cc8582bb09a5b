"""Presses of themes: what a period's audits say together, and drafts from what was found."""

from cards.payloads import Payload, PayloadInvalid
from cards.payloads_learning import DraftFromAudit, DraftFromTheme, ShowThemes
from cards.themes import themes_card
from cards.views_learning import ThemesView
from dialogs.learning_shown import show_words
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Reply, Turn
from domain.errors import NotAllowed
from domain.people import Person
from domain.themes import Cohort, theme_titles
from workflows import learning_log
from workflows.council import Council, Work
from workflows.themes import MONTHS, ThemesFound, view_themes

USUAL_MONTHS = 6
"""Three rounds, against the three before."""


def themes_reply(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    """The answer to the command; None for somebody who does not read the learning log."""
    try:
        found = view_themes(
            work, council, by=person, theme="", months=USUAL_MONTHS, cohort=Cohort.TEAM, now=turn.now
        )
    except NotAllowed:
        return None
    return _reply(council, found, Cohort.TEAM, turn.nonce)


def _show(press: Press, _: Outcome) -> Reply:
    payload: ShowThemes = press.payload
    if payload.cohort not in list(Cohort):
        raise PayloadInvalid
    cohort = Cohort(payload.cohort)
    found = view_themes(
        press.work,
        press.council,
        by=press.person,
        theme=payload.theme,
        months=payload.months,
        cohort=cohort,
        now=press.now,
    )
    return _reply(press.council, found, cohort, press.turn.nonce)


def _reply(council: Council, found: ThemesFound, cohort: Cohort, nonce: str) -> Reply:
    view = ThemesView(
        themes=found.themes,
        titles=theme_titles(council.framework),
        months=found.period.months,
        offered=MONTHS,
        period=found.period.in_words,
        audits=found.audits,
        smallest=council.framework.numbers.smallest_count,
        chosen=found.chosen,
        cohort=cohort,
        cohorts=found.cohorts,
        may_keep=found.may_keep,
        nonce=nonce,
    )
    return Reply(themes_card(view), title="Themes")


def _draft_from_theme(press: Press) -> Outcome:
    payload: DraftFromTheme = press.payload
    entry_id = learning_log.draft_from_theme(
        press.work,
        press.council,
        by=press.person,
        theme=payload.theme,
        months=payload.months,
        now=press.now,
    )
    return {"entry": entry_id}


def _draft_from_audit(press: Press) -> Outcome:
    payload: DraftFromAudit = press.payload
    entry_id = learning_log.draft_from_audit(
        press.work, press.council, by=press.person, audit_id=payload.audit_id, now=press.now
    )
    return {"entry": entry_id}


def _show_draft(press: Press, outcome: Outcome) -> Reply:
    return show_words(press, outcome["entry"])


HANDLERS: dict[type[Payload], Handler] = {
    ShowThemes: Handler(_show),
    DraftFromTheme: Handler(_show_draft, act=_draft_from_theme),
    DraftFromAudit: Handler(_show_draft, act=_draft_from_audit),
}
