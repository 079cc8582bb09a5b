"""Where cards were posted and where the bot is installed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.reach import Copy
from workflows.council import Council, Work


def copy_kept(
    council: Council,
    *,
    directory_id: str,
    conversation_id: str,
    activity_id: str,
    kind: str,
    subject_id: int,
    now: datetime,
) -> None:
    """A card was posted in answer to someone; remember where, so that it can be edited later."""
    with council.write() as work:
        person = work.people.by_directory_id(directory_id)
        if person is not None:
            work.reach.keep_copy(Copy(conversation_id, activity_id, person.id, kind, subject_id), now)


def channel_kept(council: Council, activity: Mapping[str, Any], *, now: datetime) -> None:
    """The bot is installed in a team: keep its channel. `activity` is the JSON that said so."""
    team = _team(activity)
    if team is None:
        return
    with council.write() as work:
        work.reach.keep_channel(
            conversation_id=str(team["id"]),
            team_ref=str(team["id"]),
            name=str(team.get("name") or ""),
            service_url=str(activity.get("serviceUrl")),
            tenant_id=str(_data(activity).get("tenant", {}).get("id") or ""),
            bot_id=_id(activity.get("recipient")),
            now=now,
        )
        work.trail.add(now=now, actor=None, verb="was installed", subject="team")


@dataclass(frozen=True, slots=True)
class ChannelPlace:
    """A channel of a team, as a message from it says."""

    conversation_id: str
    team_ref: str
    name: str
    """Empty where Teams does not say."""
    service_url: str
    tenant_id: str
    bot_id: str


def keep_place(work: Work, place: ChannelPlace, *, now: datetime) -> int:
    """The number of this channel, which is kept from now on: the app may be in any channel of its team."""
    work.reach.keep_channel(
        conversation_id=place.conversation_id,
        team_ref=place.team_ref,
        name=place.name,
        service_url=place.service_url,
        tenant_id=place.tenant_id,
        bot_id=place.bot_id,
        now=now,
    )
    number = work.reach.channel_of(place.conversation_id)
    if number is None:
        raise LookupError("the channel that was just kept")
    return number


def channel_gone(council: Council, activity: Mapping[str, Any], *, now: datetime) -> None:
    """The bot was removed from a team."""
    team = _team(activity)
    if team is None:
        return
    with council.write() as work:
        work.reach.team_uninstalled(str(team["id"]), now)
        work.trail.add(now=now, actor=None, verb="was removed", subject="team")


def _data(activity: Mapping[str, Any]) -> Mapping[str, Any]:
    data = activity.get("channelData")
    return data if isinstance(data, dict) else {}


def _team(activity: Mapping[str, Any]) -> Mapping[str, Any] | None:
    team = _data(activity).get("team")
    return team if isinstance(team, dict) and team.get("id") else None


def _id(account: Any) -> str:
    return str(getattr(account, "id", "") or "")
