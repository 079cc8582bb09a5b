"""The cards that reminders become: a person's day, more time asked for and decided, leave over a due date.

Source: CA-06, CA-22, CA-23, PR-01, SG-05.
"""

from collections.abc import Mapping

from cards.assembly_day import day_view
from cards.day import day_card
from cards.day import summary_for as day_preview
from cards.extension import DecisionView, decision_card, decision_summary
from cards.payloads import OpenOverview, ShowMyAudits
from cards.payloads_day import ReallocateAway, ShowTried
from cards.wording import day as in_words
from domain.audits import Audit
from domain.day import Day
from scheduler.drawing import Draw, Drawing, Drawn, Needless, note
from storage.extensions import ExtensionRow
from storage.nudges import day_of_key
from workflows.day import auditor_names, day_of
from workflows.extending import OPEN_STATES
from workflows.leave import leave_over_due_date
from workflows.tried import request_of

_MY_AUDITS = ("My audits", ShowMyAudits())


def day(drawing: Drawing) -> Drawn | Needless:
    """Everything still to do at this moment; needless when nothing is, or another card of today says it."""
    on = day_of_key(drawing.notice.key)
    if _is_overtaken(drawing):
        return Needless("another card of theirs says it today")
    found = day_of(drawing.view, drawing.council, by=drawing.person, day=on, now=drawing.now)
    if found.is_over:
        return Needless("nothing is left to do")
    return _drawn(drawing, found)


def extension_asked(drawing: Drawing) -> Drawn | Needless:
    """What the AD for QA is to decide on."""
    asked, audit = _request(drawing)
    if asked.state != "asked" or audit.state not in OPEN_STATES:
        return Needless("nothing is left to decide")
    request = request_of(drawing.view, asked, audit)
    return Drawn(decision_card(DecisionView(request, drawing.nonce)), decision_summary(request))


def extension_decided(drawing: Drawing) -> Drawn | Needless:
    """Tells whoever asked what was decided."""
    asked, audit = _request(drawing)
    if asked.decided_by is None:
        return Needless("nothing is decided")
    decider = drawing.view.people.get(asked.decided_by).name
    auditor = drawing.view.people.get(audit.auditor_id).name
    said = f" They wrote: {asked.decision}" if asked.decision else ""
    text = f"{decider} {asked.state} the {asked.kind} you asked for, for {auditor}.{said}"
    if asked.state == "approved" and asked.until_on is not None:
        text += f"\nThe audit is due on {in_words(asked.until_on)} now, and {auditor} has been told."
    button = ("See the audit's reminders", ShowTried(audit.id)) if audit.state in OPEN_STATES else _MY_AUDITS
    return note(f"Your request was {asked.state}", text, button)


def extended(drawing: Drawing) -> Drawn | Needless:
    """Tells the auditor of the new due date."""
    asked, audit = _request(drawing)
    if audit.state not in OPEN_STATES or asked.until_on != audit.due_on:
        return Needless("the due date is another one by now")
    text = (
        f"Your audit is due on {in_words(audit.due_on)} now. The child's experience is worth the time it "
        "takes; reminders start anew from here."
    )
    return note("You have more time", text, ("Continue", OpenOverview(audit.id)), _MY_AUDITS)


def away(drawing: Drawing) -> Drawn | Needless:
    """Tells the QA office of an auditor whose leave covers the due date, with the way to reallocate."""
    audit = drawing.view.audits.get(drawing.notice.subject_id)
    if audit is None:
        return Needless("the audit is not there")
    auditor = drawing.view.people.get(audit.auditor_id)
    leave = leave_over_due_date(drawing.council, audit, auditor)
    if leave is None:
        return Needless("the auditor is there when it is due, or it is done")
    text = (
        f"{auditor.name} is on leave from {in_words(leave.first_on)} to {in_words(leave.last_on)}, and their "
        f"audit is due on {in_words(audit.due_on)}.\n"
        "They may well finish before. If not, the case can go to someone else now, with a fresh month, or "
        "their service manager can ask for more time."
    )
    reallocate = ("Give the case to someone else", ReallocateAway(audit.id, drawing.nonce))
    return note("An auditor is away when their audit is due", text, reallocate)


CARDS: Mapping[str, Draw] = {
    "day_card": day,
    "extension_asked": extension_asked,
    "extension_decided": extension_decided,
    "audit_extended": extended,
}
"""Kind to the card posted in the person's chat."""


def _drawn(drawing: Drawing, found: Day) -> Drawn:
    view = day_view(
        found,
        on=day_of_key(drawing.notice.key),
        today=drawing.today,
        auditors=auditor_names(drawing.view, found),
        nonce=drawing.nonce,
        owner_mri=drawing.owner_mri,
    )
    return Drawn(day_card(view), day_preview(view))


def _is_overtaken(drawing: Drawing) -> bool:
    """Whether another card of this person's was sent today, or a newer one waits to be."""
    on, today = day_of_key(drawing.notice.key), drawing.today
    others = [card for card in drawing.view.nudges.cards(drawing.person.id) if card.day != on]
    sent = (card.settled_at for card in others if card.state == "sent")
    if any(at is not None and drawing.council.today(at) == today for at in sent):
        return True
    return any(card.state in ("queued", "claimed") and on < card.day <= today for card in others)


def _request(drawing: Drawing) -> tuple[ExtensionRow, Audit]:
    asked = drawing.view.extensions.get(drawing.notice.subject_id)
    audit = drawing.view.audits.get(asked.audit_id) if asked else None
    if asked is None or audit is None:
        raise LookupError(f"no extension {drawing.notice.subject_id}")
    return asked, audit
