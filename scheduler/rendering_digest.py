"""The QA Group's digest in its channel, and what a member looked into, in their own chat.

Counts alone: `domain.figures.disclosed` says which of them may be read, for every post in the same way.
"""

import hashlib
import json
from functools import partial

from cards.digest import DigestView, chart_of, digest_card, summary_for, topic_card
from cards.digest_ahead import ahead_card
from domain.charts import Chart
from domain.days import month_numbered
from domain.digest import Topic
from domain.errors import NotAllowed, NotFound
from scheduler.drawing import ChannelDrawing, Draw, DrawForChannel, Drawing, Drawn, Needless
from workflows import digest_posts, digesting


def _posted(drawing: ChannelDrawing) -> Drawn | Needless:
    month = digest_posts.told_of(drawing.view, drawing.notice)
    if month is None:
        return Needless("no round was given out")
    framework = drawing.council.framework
    digest = digesting.digest_of(drawing.view, drawing.council, month=month, now=drawing.now)
    mark = _mark(digest_card(framework, DigestView(digest, in_channel=True)))
    if _shows(drawing) == mark:
        return Needless("nothing has changed")
    picture = _picture(drawing, chart_of(framework, digest, Topic.EVERYTHING))
    view = DigestView(digest, picture, in_channel=True, as_of=drawing.now)
    return Drawn(digest_card(framework, view), summary_for(digest), mark)


def _shows(drawing: ChannelDrawing) -> str:
    """The mark of what the post shows that is to be edited; nothing for a new one."""
    notice = drawing.notice
    if notice.medium != "update" or notice.channel_id is None:
        return ""
    post = drawing.view.channel_posts.get(notice.channel_id, notice.kind, notice.subject_id)
    return post.shown if post else ""


def _looked_into(drawing: Drawing, topic: Topic) -> Drawn | Needless:
    month = month_numbered(drawing.notice.subject_id)
    if month is None:
        return Needless("no such month")
    framework = drawing.council.framework
    try:
        digest = digesting.see_digest(
            drawing.view, drawing.council, by=drawing.person, month=month, now=drawing.now
        )
    except (NotAllowed, NotFound):
        # They left the Group, or the round is no more, between the press and this.
        return Needless("it is not theirs to see any more")
    rounds = tuple(
        (one.id, f"{one.month:%B}") for one in digesting.rounds_to_open(drawing.view, by=drawing.person)
    )
    picture = _picture(drawing, chart_of(framework, digest, topic))
    view = DigestView(digest, picture, as_of=drawing.now, rounds=rounds)
    if topic is Topic.EVERYTHING:
        return Drawn(digest_card(framework, view), summary_for(digest))
    return Drawn(topic_card(framework, view, topic), summary_for(digest))


def _ahead(drawing: Drawing) -> Drawn | Needless:
    try:
        coming = digesting.see_ahead(drawing.view, drawing.council, by=drawing.person, now=drawing.now)
    except NotAllowed:
        return Needless("it is not theirs to see any more")
    days = drawing.council.framework.numbers.digest_ahead_days
    return Drawn(ahead_card(coming, drawing.notice.subject_id, days), f"The next {days} days.")


def _picture(drawing: Drawing | ChannelDrawing, chart: Chart | None) -> bytes | None:
    return drawing.draw_chart(chart) if chart is not None and drawing.draw_chart is not None else None


def _mark(card: object) -> str:
    """Of what the card shows; the moment and the picture are not part of it."""
    return hashlib.sha256(json.dumps(card, sort_keys=True).encode()).hexdigest()[:16]


CHANNEL_CARDS: dict[str, DrawForChannel] = dict.fromkeys(digest_posts.KINDS, _posted)
"""Kind to the card posted in the channel."""

CARDS: dict[str, Draw] = {
    **{digesting.topic_kind(topic): partial(_looked_into, topic=topic) for topic in Topic},
    digesting.AHEAD: _ahead,
}
"""Kind to the card posted in the person's chat."""
