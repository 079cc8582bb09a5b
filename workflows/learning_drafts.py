"""Drafts of the learning log: from a moderation that is released, a submitted audit, or a theme (RO-07).

A draft is the QA office's alone until somebody has written and published it, so it may begin with the Panel's
or the auditor's own words.

Source: OG-06, RO-07, MO-09, CA-21.
"""

from datetime import datetime

from domain.grades import Grade
from domain.learning import DraftedFrom, Evidence, likely_theme
from domain.moderation import Moderation
from domain.moderation_form import from_body
from domain.page_reading import from_body as page_from_body
from domain.pages import OVERALL, OverallPage
from domain.people import Person
from domain.permissions import Verb, require
from domain.suppression import share_in_words, shown
from domain.themes import Theme, Trend, theme_titles
from storage.work import View, Work
from workflows.audit_access import record_read, require_audit
from workflows.council import Council
from workflows.learning_entries import DRAFTED, keep_trail
from workflows.learning_telling import tell_of_drafts
from workflows.themes import Period, require_theme

_TURNED = {
    Trend.RISING: " That is more than in the period before, beyond chance.",
    Trend.FALLING: " That is less than in the period before, beyond chance.",
}


def draft_from_moderation(work: Work, council: Council, moderation: Moderation, *, now: datetime) -> None:
    """Draft an entry from what the Panel says the organisation can learn. Once, when it is released.

    Nothing where the Panel left that empty.
    """
    learning = from_body(moderation.body).organisation.strip()
    if not learning or moderation.released_at is None:
        return
    if work.learning.resting_on(Evidence.MODERATION, moderation.id):
        return
    theme = likely_theme(_grades(work, council, moderation.audit_id, moderation))
    entry_id = work.learning.add(
        theme=theme,
        title=_titled(council, theme, "from moderation"),
        learning=learning,
        drafted_from=DraftedFrom.MODERATION,
        by=None,
        now=now,
    )
    work.learning.link(entry_id, Evidence.MODERATION, [moderation.id])
    work.learning.link(entry_id, Evidence.AUDIT, [moderation.audit_id])
    keep_trail(work, None, DRAFTED, entry_id, now, {"moderation": moderation.id})
    tell_of_drafts(work, council, now=now)


def draft_from_audit(work: Work, council: Council, *, by: Person, audit_id: int, now: datetime) -> int:
    """The id of a new draft from a submitted audit, for somebody of the QA office who may read it.

    It begins with what the auditor says would make it better.
    """
    require(Verb.KEEP_LOG, by, today=council.today(now))
    require_audit(work, council, Verb.READ_SHARED, by=by, audit_id=audit_id, now=now)
    record_read(work, by, audit_id, OVERALL, now)
    moderation = work.moderations.of_audit(audit_id)
    theme = likely_theme(_grades(work, council, audit_id, moderation))
    saved = work.audits.page(audit_id, OVERALL)
    overall = page_from_body(OVERALL, saved.body if saved else None)
    entry_id = work.learning.add(
        theme=theme,
        title=_titled(council, theme, "from an audit"),
        learning=overall.better.strip() if isinstance(overall, OverallPage) else "",
        drafted_from=DraftedFrom.AUDIT,
        by=by.id,
        now=now,
    )
    work.learning.link(entry_id, Evidence.AUDIT, [audit_id])
    keep_trail(work, by, DRAFTED, entry_id, now, {"audit": audit_id})
    return entry_id


def draft_from_theme(
    work: Work, council: Council, *, by: Person, theme: str, months: int, now: datetime
) -> int:
    """The id of a new draft from a theme: what was counted, with the audits it was counted from."""
    require(Verb.KEEP_LOG, by, today=council.today(now))
    found, period = require_theme(work, council, theme=theme, months=months, now=now)
    smallest = council.framework.numbers.smallest_count
    entry_id = work.learning.add(
        theme=theme,
        title=_titled(council, theme, "a theme"),
        learning=_counted(found, period, theme_titles(council.framework)[theme], smallest),
        drafted_from=DraftedFrom.THEME,
        by=by.id,
        now=now,
    )
    # How many audits an entry rests on is shown to its readers, so what is too small to show is not linked.
    if shown(found.count, smallest) is not None:
        work.learning.link(entry_id, Evidence.AUDIT, found.audit_ids)
    keep_trail(work, by, DRAFTED, entry_id, now, {"theme": theme, "months": months})
    return entry_id


def _counted(theme: Theme, period: Period, title: str, smallest: int) -> str:
    share = share_in_words(theme.count, theme.audits, smallest)
    what = "was seen and tagged" if theme.is_component else "was graded below Good"
    return f"{title} {what} in {share} audits {period.in_words}.{_TURNED.get(theme.trend, '')}"


def _grades(
    view: View, council: Council, audit_id: int, moderation: Moderation | None
) -> dict[str, tuple[Grade, Grade]]:
    """Section to the auditor's grade and the one that counts, in the framework's order (MO-21)."""
    pages = view.audits.pages(audit_id)
    released = moderation is not None and moderation.released_at is not None
    panels = from_body(moderation.body).sections if moderation is not None and released else {}
    found = {}
    for key in council.framework.section_keys:
        own = pages[key].body.get("grade") if key in pages else None
        if own:
            panel = panels[key].grade if key in panels else None
            found[key] = (Grade(str(own)), panel or Grade(str(own)))
    return found


def _titled(council: Council, theme: str, source: str) -> str:
    title = theme_titles(council.framework).get(theme, "Learning")
    return f"{title}, {source}"
