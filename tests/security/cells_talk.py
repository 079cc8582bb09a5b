"""Who may press what of talk; see `cells`."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bot.asking import clock
from cards.payloads import Payload
from cards.payloads_talk import (
    AcceptSlot,
    AskGiveCopy,
    AskModerationCopy,
    AskTalkTime,
    GiveCopy,
    InviteToTalk,
    OpenTalkForm,
    ProposeTime,
    ReadModeration,
    RecordTalk,
    ReleaseEarly,
    ShowTalk,
    WriteReply,
)
from domain.days import local_day, uk_date
from domain.grades import Grade
from domain.moderation import Moderation
from domain.people import Person
from storage.work import Work
from tests.builders import Staff, a_case, a_submitted_audit
from tests.moderations import Panel, a_chosen_audit, a_held_moderation, a_released_moderation
from tests.talks import an_agreed_talk, an_invited_talk
from workflows.council import Council

Typed = dict[str, str]

PSW, CONSULTANT = "the principal social worker", "a practice consultant"
THE_PANEL = {PSW, CONSULTANT}
OFFICE = {"a quality assurance officer", "the SM for quality assurance"}
OWN_MANAGER = "the auditor's own service manager, who covers the other"
NOTHING: dict[str, set[str]] = {"an audit still to moderate": set(), "no moderation": set()}
"""Nobody reads, and nobody talks of, what is not decided."""

MAY: dict[str, dict[str, set[str]]] = {
    # MO-15 to MO-19, Q13, SG-03: the Panel from the decision on, the auditor from the invite on, the team
    # manager holding the case and the auditor's own service manager from the release on; nobody else.
    "read a moderation": {
        **NOTHING,
        "a held moderation": THE_PANEL,
        "a moderation to talk about": THE_PANEL | {"the auditor"},
        "a released moderation": THE_PANEL | {"the auditor", "the team manager", OWN_MANAGER},
        "a released moderation of a case that moved": THE_PANEL
        | {"the auditor", "the team manager the case moved to", OWN_MANAGER},
    },
    # MO-15, Q13: the QA office, and only where nobody has the team's copy.
    "give the team's copy": {
        **NOTHING,
        "a held moderation": set(),
        "a released moderation of a case whose team nobody manages": OFFICE,
    },
    # MO-16: the chair and the auditor; there is nothing to talk about where all was well.
    "see a talk": {
        **NOTHING,
        "a held moderation": {PSW},
        "a moderation to talk about": {PSW, "the auditor"},
        "a released moderation": set(),
    },
    # MO-16, MO-17: the PSW chairs. Not even the consultant who moderated invites or releases.
    "lead a talk": {
        **NOTHING,
        "a held moderation": {PSW},
        "a moderation to talk about": {PSW},
        "a released moderation": set(),
    },
    "answer an invite": {
        **NOTHING,
        "a held moderation": set(),
        "a moderation to talk about": {"the auditor"},
    },
    "take the time of a talk": {
        **NOTHING,
        "a held moderation": {PSW},
        "a moderation with a time agreed": {PSW, "the auditor"},
    },
    # The right of reply is the auditor's, from when on they may read.
    "reply to a moderation": {
        **NOTHING,
        "a held moderation": set(),
        "a moderation to talk about": {"the auditor"},
        "a released moderation": {"the auditor"},
    },
}

TALKED_OF = {"a held moderation", "a moderation to talk about"}
CHANGES: dict[type[Payload], tuple[str, set[str]]] = {
    AskModerationCopy: (
        "file_offers",
        {
            *TALKED_OF,
            "a released moderation",
            "a released moderation of a case that moved",
        },
    ),
    GiveCopy: ("team_copies", {"a released moderation of a case whose team nobody manages"}),
    InviteToTalk: ("discussions", TALKED_OF),
    ReleaseEarly: ("moderations", TALKED_OF),
    RecordTalk: ("discussions", TALKED_OF),
    AcceptSlot: ("discussions", {"a moderation to talk about"}),
    ProposeTime: ("discussions", {"a moderation to talk about"}),
    AskTalkTime: ("file_offers", {"a moderation with a time agreed"}),
    WriteReply: ("moderations", {"a moderation to talk about", "a released moderation"}),
}


_takers: list[int] = []
"""To whom the team's copy may be given in the scene."""


def objects(
    work: Work, council: Council, some: Staff, people: dict[str, Person], given: dict[str, Any]
) -> dict[str, int]:
    """What there is to ask for. `given` holds the moment, month and due date of the scene's audits."""
    consultant = people[CONSULTANT]
    panel = Panel(
        people[PSW],
        consultant,
        consultant,
        people["the SM for quality assurance"],
        people["the project manager"],
    )
    moved_case = a_case(work, some, "CF-3005")
    moved_audit = a_submitted_audit(work, council, some, case=moved_case, **given)
    chosen = a_chosen_audit(work, council, some, panel, audit=moved_audit, now=given["now"])
    moved = a_released_moderation(work, council, some, panel, chosen=chosen, now=given["now"])
    new_manager = people["the team manager the case moved to"]
    work.cases.change(moved_case.id, {"team_id": new_manager.team_id})

    unmanaged = work.people.team_named("Conifers 9", some.service.id)
    nobodys = a_case(work, some, "CF-3007", team_id=unmanaged.id)
    unseen = a_submitted_audit(work, council, some, case=nobodys, **given)
    unread = a_chosen_audit(work, council, some, panel, audit=unseen, now=given["now"])
    _takers[:] = [some.line_manager.id]

    def held(reference: str) -> Moderation:
        return a_held_moderation(work, council, some, panel, reference=reference, **given)

    released = a_released_moderation(work, council, some, panel, reference="CF-3004", **given)
    return {
        "an audit still to moderate": a_chosen_audit(
            work, council, some, panel, reference="CF-3006", **given
        ).id,
        "no moderation": 999_999,
        "a held moderation": held("CF-3001").id,
        "a moderation to talk about": an_invited_talk(work, panel, held("CF-3002"), now=given["now"]).id,
        "a moderation with a time agreed": an_agreed_talk(work, panel, held("CF-3003"), now=given["now"]).id,
        "a released moderation": released.id,
        "a released moderation of a case that moved": moved.id,
        "a released moderation of a case whose team nobody manages": a_released_moderation(
            work, council, some, panel, chosen=unread, now=given["now"]
        ).id,
    }


def asked(activity: str, object_id: int, nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """Every press of this activity, with what is typed beside it."""
    match activity:
        case "read a moderation":
            yield ReadModeration(object_id), {}
            yield AskModerationCopy(object_id, nonce), {}
        case "give the team's copy":
            yield AskGiveCopy(object_id), {}
            yield GiveCopy(object_id, nonce), {"give_to": str(_takers[0]) if _takers else ""}
        case "see a talk":
            yield ShowTalk(object_id), {}
        case "lead a talk":
            for form in ("invite", "held", "early"):
                yield OpenTalkForm(object_id, form), {}
            today = local_day(clock())
            times = {f"slot_{n}": f"{uk_date(today + timedelta(days=n))} at 10:00" for n in (1, 2, 3)}
            yield InviteToTalk(object_id, 1, True, nonce), {**times, "message": "Shall we talk?"}
            yield ReleaseEarly(object_id, True, nonce), {"release_reason": "The child cannot wait."}
            talked = {
                "held_on": today.isoformat(),
                "note": "Weigh the chronology.",
                "final": Grade.GOOD.value,
            }
            yield RecordTalk(object_id, True, nonce), {**talked, "final_because": "They showed more."}
        case "answer an invite":
            yield OpenTalkForm(object_id, "other_time"), {}
            yield AcceptSlot(object_id, 1, 0, nonce), {}
            yield ProposeTime(object_id, 1, True, nonce), {"proposed": "Any morning next week."}
        case "take the time of a talk":
            yield AskTalkTime(object_id, nonce), {}
        case "reply to a moderation":
            yield OpenTalkForm(object_id, "reply"), {}
            yield WriteReply(object_id, True, nonce), {"reply": "I see the plan differently."}


def everyones(objects: dict[str, int], nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """What everyone may press, and each is shown their own."""
    yield from ()
