"""The story as text from the second look on: the Panel, the talk, and an action that changes something."""

from dataclasses import replace
from datetime import timedelta

from bot.demo.doing import Doing
from bot.demo.second_look import CONFIRMED, MESSAGE, PROOF, TALKED, SecondLook
from bot.demo.speaking import Card, Colleague
from bot.demo.staging import Telling
from bot.demo.story import Cast
from cards.payloads_actions import AskActionForm, ConfirmAction, FinishAction, ShowAction, ShowMyActions
from cards.payloads_panel import DecideModeration, SaveModeration, ShowModeration
from cards.payloads_talk import (
    AcceptSlot,
    InviteToTalk,
    OpenTalkForm,
    ReadModeration,
    RecordTalk,
    ShowTalk,
)
from domain.moderation_parts import START


def tell_what_follows(stage: Telling, cast: Cast) -> None:
    """Print how a changed grade is talked through, and how something comes of it for the child."""
    look = SecondLook(Doing(stage.council, cast.open_audit, stage.now))
    with stage.council.read() as view:
        moderation = view.moderations.of_audit(cast.open_audit.id)
    if moderation is None:
        raise LookupError("the Panel did not choose the audit")
    _consultant_moderates(stage, cast, look, moderation.id)
    _chair_invites(stage, cast, look, moderation.id)
    _they_talk(stage, cast, moderation.id)
    later = replace(stage, now=stage.now + timedelta(minutes=30))
    _manager_reads(later, cast, moderation.id)
    _action_is_done(later, cast, moderation.id)


def _consultant_moderates(stage: Telling, cast: Cast, look: SecondLook, moderation_id: int) -> None:
    consultant = stage.enter("Practice consultant", cast.consultant, "moderates it, and grades it otherwise")
    queue = stage.show("types “panel”", consultant.types("panel"))
    card = stage.press(consultant, queue, {}, ShowModeration.VERB, moderation_id=moderation_id, part=START)
    changed = look.typed("grades")["because_planning"]
    *pages, last = look.parts
    for part, following in zip(pages, look.parts[1:], strict=True):
        card = consultant.fills(card, look.typed(part), SaveModeration.VERB, then=following)
    stage.say(f"They fill the {len(pages)} pages, and write of the plan: “{changed}”")
    stage.show("The last page shows everything once more", card)
    card = consultant.fills(card, look.typed(last), DecideModeration.VERB)
    stage.show(f"presses “{consultant.presses_so_far[-1]}”", card)


def _chair_invites(stage: Telling, cast: Cast, look: SecondLook, moderation_id: int) -> None:
    chair = stage.enter("Principal social worker", cast.psw, "invites the auditor to talk it through")
    card = chair.presses(chair.types("my audits"), ShowTalk.VERB, moderation_id=moderation_id)
    card = chair.presses(card, OpenTalkForm.VERB, form="invite")
    stage.press(chair, card, {**look.times(), "message": MESSAGE}, InviteToTalk.VERB)


def _they_talk(stage: Telling, cast: Cast, moderation_id: int) -> None:
    auditor = stage.enter("Auditor", cast.auditor, "takes a time and reads what the Panel saw")
    card = auditor.presses(auditor.types("my audits"), ShowTalk.VERB, moderation_id=moderation_id)
    card = stage.press(auditor, card, {}, AcceptSlot.VERB, slot=1)
    stage.press(auditor, card, {}, ReadModeration.VERB)
    chair = stage.enter("Principal social worker", cast.psw, "records that they have talked")
    card = chair.presses(chair.types("my audits"), ShowTalk.VERB, moderation_id=moderation_id)
    card = chair.presses(card, OpenTalkForm.VERB, form="held")
    today = stage.council.today(stage.now)
    stage.press(chair, card, {"held_on": today.isoformat(), "note": TALKED}, RecordTalk.VERB)


def _manager_reads(stage: Telling, cast: Cast, moderation_id: int) -> None:
    manager = stage.enter("Team manager", cast.team_manager, "reads what the Panel saw, once it is released")
    card = manager.types("feedback")
    stage.press(manager, card, {}, ReadModeration.VERB, moderation_id=moderation_id)


def _action_is_done(stage: Telling, cast: Cast, moderation_id: int) -> None:
    """The action that the Panel found missing is done with proof, and somebody else confirms it."""
    with stage.council.read() as view:
        action_id = next(
            action.id
            for action in view.actions.of_audit(cast.open_audit.id)
            if action.moderation_id == moderation_id
        )
    worker = stage.enter("Practitioner", cast.practitioner, "does what the Panel asked for")
    card = worker.presses(worker.types("my actions"), ShowMyActions.VERB)
    card = _form_of(worker, card, action_id, "done")
    stage.press(worker, card, PROOF, FinishAction.VERB)
    manager = stage.enter("Team manager", cast.team_manager, "looks at the proof and confirms it")
    card = _form_of(manager, manager.types("my audits"), action_id, "confirm")
    stage.press(manager, card, CONFIRMED, ConfirmAction.VERB)


def _form_of(who: Colleague, card: Card, action_id: int, form: str) -> Card:
    shown = who.presses(card, ShowAction.VERB, action_id=action_id)
    return who.presses(shown, AskActionForm.VERB, form=form)
