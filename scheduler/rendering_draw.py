"""What the Panel and team managers hear of what is chosen; nothing of it names a case.

Source: MO-07, Q3, Q6, Q9, SG-03.
"""

from collections.abc import Mapping

from cards.draw import DrawView, draw_card, summary_for
from cards.payloads import ShowMyAudits
from cards.payloads_panel import ShowModeration
from cards.wording import day
from domain.draw import OVER
from scheduler.drawing import Draw, Drawing, Drawn, Needless, Write, note
from scheduler.rendering_office import for_office
from workflows.draws import facts_of
from workflows.panel import acting_chairs, council_chairs

_MY_AUDITS = ("My audits", ShowMyAudits())


def chosen(drawing: Drawing) -> Drawn | Needless:
    """Tells whoever moderates an audit; the chair where nobody has it yet."""
    moderation = drawing.view.moderations.get(drawing.notice.subject_id)
    audit = drawing.view.audits.get(moderation.audit_id) if moderation else None
    if moderation is None or audit is None:
        raise LookupError(f"no moderation {drawing.notice.subject_id}")
    if moderation.decided_at is not None:
        return Needless("it is decided")
    is_nobodys = moderation.moderator_id is None
    chairs = acting_chairs(drawing.view, audit, drawing.today) if is_nobodys else ()
    if drawing.person.id not in {moderation.moderator_id, *(chair.id for chair in chairs)}:
        return Needless("somebody else has it by now")
    auditor = drawing.view.people.get(audit.auditor_id)
    look = ("Open it", ShowModeration(moderation.id, "start"))
    text = f"Audited by {auditor.name}. Please look at audit and child's file by {day(moderation.due_on)}."
    if is_nobodys:
        text = (
            f"Audited by {auditor.name}, to be moderated by {day(moderation.due_on)}. No practice consultant "
            "can take it: they are away or have a tie to it. Please say who does, or take it yourself."
        )
        return note("An audit needs somebody to moderate it", text, look, _MY_AUDITS)
    return note("An audit to moderate", text, look, _MY_AUDITS)


def nobody_chairs(drawing: Drawing) -> Drawn | Needless:
    """Tells the QA office that something waits for a chair and nobody can be it; neither what nor whose."""
    audit = drawing.view.audits.get(drawing.notice.subject_id)
    if audit is None or acting_chairs(drawing.view, audit, drawing.today):
        return Needless("somebody chairs by now")
    text = (
        "Something waits for whoever chairs the Panel, and nobody can: the staff list has no principal "
        "social worker and no service manager for quality assurance without a tie to the audit. Once it has "
        "one, they hear what waits."
    )
    return note("Nobody chairs the Panel", text, _MY_AUDITS)


def over(drawing: Drawing) -> Drawn | Needless:
    """Warns the chair of a draw above the most per cent, with the way to go on."""
    row = drawing.view.draws.get(drawing.notice.subject_id)
    if row is None:
        raise LookupError(f"no draw {drawing.notice.subject_id}")
    if row.state != OVER:
        return Needless("the chair has gone on with it")
    if drawing.person.id not in {chair.id for chair in council_chairs(drawing.view, drawing.today)}:
        return Needless("they no longer chair the Panel")
    found = facts_of(drawing.view, row, may_pass=True)
    view = DrawView(drawing.council.framework, found, None, drawing.nonce)
    return Drawn(draw_card(view), summary_for(view))


def over_unseen(drawing: Drawing) -> Drawn | Needless:
    """Tells the QA office that a draw waits for whoever chairs, and none of them is there (Q3, Q9)."""
    row = drawing.view.draws.get(drawing.notice.subject_id)
    if row is None:
        raise LookupError(f"no draw {drawing.notice.subject_id}")
    if row.state != OVER:
        return Needless("the chair has gone on with it")
    found = facts_of(drawing.view, row, may_pass=False)
    text = (
        f"Of {found.total:,} audits of {found.month:%B %Y}, {found.moderated:,} are to be moderated. That is "
        f"more than {found.most_percent} in a hundred, and nobody who chairs the Panel is there to say "
        "how it goes on.\n"
        "What a rule chose stays chosen. Please see that the Panel has time for it, and tell whoever stands "
        "in for the chair to type “draw”."
    )
    return note("Many audits to moderate, and no chair", text, _MY_AUDITS)


def nomination_answered(drawing: Drawing) -> Drawn | Needless:
    """Tells the team manager what became of the audit they put forward (Q6).

    Where it is chosen anyhow they hear the same as of one accepted: neither why, nor how far it is.
    """
    answer = drawing.view.moderations.nomination(drawing.notice.subject_id)
    if answer is None:
        if drawing.view.moderations.of_audit(drawing.notice.subject_id) is None:
            raise LookupError(f"no answer to a nomination of audit {drawing.notice.subject_id}")
        text = "The Panel looks at the audit and at the child's file, with what you wrote beside them."
        return note("The Panel takes the audit you put forward", text, _MY_AUDITS)
    by = drawing.view.people.get(answer.by_id).name
    said = f" They wrote: {answer.reason}" if answer.reason else ""
    if answer.accepted:
        text = f"{by} accepted it: the Panel looks at the audit and at the child's file.{said}"
        return note("The Panel takes the audit you put forward", text, _MY_AUDITS)
    return note("The Panel leaves the audit you put forward", f"{by} declined it.{said}", _MY_AUDITS)


CARDS: Mapping[str, Draw] = {
    "moderation_chosen": chosen,
    "draw_over": over,
    "draw_over_unseen": for_office(over_unseen),
    "nobody_chairs": nobody_chairs,
    "nomination_answered": nomination_answered,
}
"""Kind to the card posted in the person's chat."""

MAILS: Mapping[str, Write] = {}
"""Kind to the mail sent to the person."""
