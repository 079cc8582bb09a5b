"""The demo's story as text, for a machine without windows: the same people, presses and cards."""

from datetime import datetime

from rich.console import Console

from bot.demo.doing import Doing
from bot.demo.staging import Telling
from bot.demo.story import Cast
from bot.demo.telling_after import tell_what_follows
from bot.demo.telling_channel import tell_the_channel
from bot.demo.writing import COMMENT, REASON, STEADY
from cards.payloads import AddComment, OpenOverview, OpenPage, ReadShared, ReviewAudit, SavePage, SubmitAudit
from cards.payloads_round import ShowRound
from cards.views import OVERVIEW, REVIEW
from workflows.council import Council

HASTY = {"judgement": "It seems fine.", "grade": "good"}
"""What a tired auditor might write first; the coach answers it."""


def tell(council: Council, cast: Cast, now: datetime, console: Console) -> None:
    """Print what each sees and does: look, write, submit, comment, review, moderate, talk, do, look again."""
    stage = Telling(council, now, console)
    _officer_looks(stage, cast, "looks at the round")
    _auditor_writes(stage, cast)
    _practitioner_comments(stage, cast)
    _manager_reviews(stage, cast)
    tell_what_follows(stage, cast)
    _officer_looks(stage, cast, "sees the round fill up")
    tell_the_channel(stage, cast)


def _officer_looks(stage: Telling, cast: Cast, doing: str) -> None:
    officer = stage.enter("QA officer", cast.qa_officer, doing)
    card = stage.show("types “status”", officer.types("status"))
    stage.press(officer, card, {}, ShowRound.VERB, part="progress")


def _auditor_writes(stage: Telling, cast: Cast) -> None:
    auditor = stage.enter("Auditor", cast.auditor, "carries on with an audit that is half done")
    audit = cast.open_audit
    doing = Doing(stage.council, audit, stage.now)
    card = stage.show("types “my audits”", auditor.types("my audits"))
    overview = stage.press(auditor, card, {}, OpenOverview.VERB, audit_id=audit.id)
    first, *rest = stage.pages_left(doing)
    page = stage.press(auditor, overview, {}, OpenPage.VERB, page=first)
    overview = auditor.fills(page, HASTY, SavePage.VERB, then=OVERVIEW)
    stage.say(f"In a hurry, they write “{HASTY['judgement']}”, save, and look at the page again")
    page = stage.press(auditor, overview, {}, OpenPage.VERB, page=first)
    overview = auditor.fills(page, doing.typed(first, STEADY), SavePage.VERB, then=OVERVIEW)
    stage.say(f"They give the reason and what it meant for the child, then write the {len(rest)} pages left")
    for key in rest:
        page = auditor.presses(overview, OpenPage.VERB, page=key)
        overview = auditor.fills(page, doing.typed(key, STEADY), SavePage.VERB, then=OVERVIEW)
    review = stage.press(auditor, overview, {}, OpenPage.VERB, page=REVIEW)
    stage.press(auditor, review, {}, SubmitAudit.VERB)


def _practitioner_comments(stage: Telling, cast: Cast) -> None:
    worker = stage.enter("Practitioner", cast.practitioner, "reads the audit and comments")
    card = stage.show("types “my audits”", worker.types("my audits"))
    shared = stage.press(worker, card, {}, ReadShared.VERB, audit_id=cast.open_audit.id)
    stage.press(worker, shared, {"comment": COMMENT}, AddComment.VERB)


def _manager_reviews(stage: Telling, cast: Cast) -> None:
    manager = stage.enter("Team manager", cast.team_manager, "reviews it and puts it forward for moderation")
    card = stage.show("types “my audits”", manager.types("my audits"))
    shared = manager.presses(card, ReadShared.VERB, audit_id=cast.open_audit.id)
    stage.press(manager, shared, {"review_reason": REASON}, ReviewAudit.VERB, nominate=True)
