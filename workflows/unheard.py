"""Moderations that went out before the auditor was talked with (MO-16, MO-17)."""

from collections.abc import Collection

from domain.moderation import Moderation, ReleaseKind
from storage.work import View


def unheard(view: View, moderations: Collection[Moderation]) -> frozenset[int]:
    """Ids of those released early whose talk has not been held.

    The team manager has them already, but the auditor is to hear it from a person, so no list or report
    about auditors shows them before.
    """
    early = {one.id for one in moderations if one.release_kind is ReleaseKind.EARLY}
    talks = view.discussions.of_moderations(early)
    return frozenset(talk.moderation_id for talk in talks.values() if talk.state != "held")
