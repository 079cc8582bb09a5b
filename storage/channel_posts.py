"""Messages of ours that stand in channels, so that they are brought up to date instead of repeated."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.tables_governance import channel_posts
from storage.upsert import upsert


@dataclass(frozen=True, slots=True)
class ChannelPost:
    """One message."""

    activity_id: str
    conversation_id: str
    """The thread it began; empty where the channel itself takes the edit."""
    shown: str
    """A mark of what it shows."""
    posted_at: datetime


class ChannelPostReading:
    """Looks messages up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, channel_id: int, kind: str, subject_id: int) -> ChannelPost | None:
        """The message of this kind about this subject that stands in the channel; None when none does."""
        row = self._connection.execute(
            sa.select(
                channel_posts.c.activity_id,
                channel_posts.c.conversation_id,
                channel_posts.c.shown,
                channel_posts.c.posted_at,
            ).where(*_is(channel_id, kind, subject_id))
        ).one_or_none()
        return ChannelPost(*row) if row else None


class ChannelPostWriting(ChannelPostReading):
    """Looks messages up and keeps them."""

    def posted(
        self,
        channel_id: int,
        kind: str,
        subject_id: int,
        *,
        activity_id: str,
        conversation_id: str,
        shown: str,
        now: datetime,
    ) -> None:
        """It was posted and stands there from now on."""
        upsert(
            self._connection,
            channel_posts,
            {"channel_id": channel_id, "kind": kind, "subject_id": subject_id},
            {
                "activity_id": activity_id,
                "conversation_id": conversation_id,
                "shown": shown,
                "posted_at": now,
                "changed_at": now,
            },
        )

    def changed(self, channel_id: int, kind: str, subject_id: int, *, shown: str, now: datetime) -> None:
        """It was brought up to date."""
        self._connection.execute(
            sa.update(channel_posts)
            .where(*_is(channel_id, kind, subject_id))
            .values(shown=shown, changed_at=now)
        )

    def gone(self, channel_id: int, kind: str, subject_id: int) -> None:
        """Somebody deleted it."""
        self._connection.execute(sa.delete(channel_posts).where(*_is(channel_id, kind, subject_id)))


def _is(channel_id: int, kind: str, subject_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        channel_posts.c.channel_id == channel_id,
        channel_posts.c.kind == kind,
        channel_posts.c.subject_id == subject_id,
    )
