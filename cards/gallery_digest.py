"""The QA Group's digest and answers in its channel, for the gallery."""

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from cards.channel_answers import (
    due_answer,
    help_answer,
    log_answer,
    plan_answer,
    status_answer,
    tracker_answer,
)
from cards.charts import PICTURE_LIMIT_BYTES
from cards.digest import DigestView, digest_card, topic_card
from cards.digest_ahead import ahead_card
from cards.elements import Card
from cards.gallery_content import ORDINARY, Content
from domain.agreement import Reading
from domain.digest import Coming, Digest, Topic, channel_figures
from domain.figures import Figure, FigureSet, Period, disclosed, grade_key
from domain.framework import Framework
from domain.grades import Grade
from domain.learning import LogCounts
from domain.loop import Found, FoundAction
from domain.measures import VOICE_NAMES, Given, theme_key
from domain.tracking import TrackerCounts

_AT = datetime(2026, 7, 3, 13, 5, tzinfo=UTC)
_TODAY = date(2026, 7, 3)
_MAY = Period(date(2026, 5, 1), date(2026, 5, 31), "May 2026")
_MARCH = Period(date(2026, 3, 1), date(2026, 3, 31), "March 2026")
_DOT = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)
_GRADES = (
    Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.GOOD, Grade.OUTSTANDING, Grade.REQUIRES_IMPROVEMENT,
)  # fmt: skip
"""The audits' grades, again and again."""
_AHEAD = (
    ("The July round begins: audits are given out", "round"),
    ("The last moderations of the May round are due", "moderation"),
    ("Managers get the reports of the May round", "report"),
    ("Audits of the July round are due", "round"),
)


def cards_of(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    """(name, card) of each, with this content."""
    many = content is not ORDINARY
    digest = _digest(framework, audits=240 if many else 32, coming=40 if many else 6)
    # A picture as large as they may be, for the message's limit.
    picture = _DOT + bytes(PICTURE_LIMIT_BYTES - len(_DOT)) if many else _DOT
    whole = DigestView(digest, picture, in_channel=True, as_of=_AT)
    yield "digest", digest_card(framework, whole)
    weekly = replace(digest, due_on=date(2026, 7, 31), before=None)
    yield "digest-first-week", digest_card(framework, replace(whole, digest=weekly))
    few = _digest(framework, audits=6, coming=0)
    yield "digest-few", digest_card(framework, replace(whole, digest=few))
    own = DigestView(digest, None, as_of=_AT, rounds=((3, "May"), (2, "March")))
    yield "digest-own", digest_card(framework, own)
    for topic in Topic:
        if topic is not Topic.EVERYTHING:
            yield f"digest-{topic.value}", topic_card(framework, replace(own, picture=picture), topic)
    yield "channel-status", status_answer(framework, digest)
    yield "channel-due", due_answer(digest)
    yield "channel-log", log_answer(LogCounts(7, 2, 3, 12, 1, 9, date(2026, 2, 11)))
    yield "channel-log-empty", log_answer(LogCounts(0, 0, 0, 0, 0, 0, None))
    yield "channel-tracker", tracker_answer(TrackerCounts(23, 4, 2, 3, 12, 1))
    yield "channel-tracker-empty", tracker_answer(TrackerCounts(0, 0, 0, 0, 0, 0))
    yield "channel-plan", plan_answer(digest.coming, 60)
    yield "coming-weeks", ahead_card(digest.coming, 0, 60)
    yield "coming-weeks-on", ahead_card(_digest(framework, audits=31, coming=40).coming, 14, 60)
    yield "coming-weeks-empty", ahead_card((), 0, 60)
    yield "channel-plan-empty", plan_answer((), 60)
    words = (("status", "where the round stands"), ("learning log", "how the learning log stands"))
    yield "channel-help", help_answer(words, puzzled=many)


def _digest(framework: Framework, *, audits: int, coming: int) -> Digest:
    sets = (_set(framework, _MAY, audits, heard=7), _set(framework, _MARCH, max(audits - 2, 0), heard=4))
    return Digest(
        now=_MAY,
        before=_MARCH,
        shown=disclosed(sets, framework.numbers.smallest_count),
        due_on=None,
        agreement=Reading(24, True, 0.712),
        agreement_before=Reading(22, True, 0.655),
        rising=tuple(section.title for section in framework.sections[:2]) if audits > 6 else (),
        unreachable=0 if audits == 6 else 3,
        coming=tuple(
            Coming(date(2026, 7, 4 + place % 27), *_AHEAD[place % len(_AHEAD)]) for place in range(coming)
        ),
    )


def _set(framework: Framework, period: Period, audits: int, *, heard: int) -> FigureSet:
    """So many audits, of which `heard` in eight heard the child."""
    given = [Given(i, 1, period.last, period.last if i % 8 else None) for i in range(audits)]
    found = [
        Found(
            i, 1, 1, 1, 1, 1, period.last, Grade.GOOD, Grade.GOOD,
            actions=(FoundAction("open" if i % 3 else "confirmed", date(2026, 7, 1 + i % 27), i),),
        )
        for i in range(audits)
        if i % 8
    ]  # fmt: skip
    names = tuple(f"audit {one.audit_id}" for one in found)
    actions = tuple(f"action {one.audit_id}" for one in found)
    still_open = tuple(f"action {one.audit_id}" for one in found if one.audit_id % 3)

    def share(key: str, name: str, eighths: int, *, within: str = "") -> Figure:
        return Figure(key, name, names[: len(names) * eighths // 8], names, within=within)

    moderated = names[: len(names) * 3 // 8]
    all_given = tuple(f"audit {one.audit_id}" for one in given)
    figures = (
        Figure("given", "Audits given out", all_given),
        Figure("done", "Audits submitted", names, all_given),
        Figure(
            "on_time", "Submitted by the due date", names[: len(names) * 6 // 8], all_given, within="done"
        ),
        Figure("submitted", "Audits that came in", names),
        *(
            Figure(
                grade_key(grade),
                framework.grade_label(grade),
                tuple(name for number, name in enumerate(names) if _GRADES[number % len(_GRADES)] is grade),
                names,
                part_of="submitted",
            )
            for grade in Grade
        ),
        share("moderated", "Moderated", 3),
        Figure(
            "moderated_in_time", "Moderated in time", names[: len(names) // 4], names[: len(names) * 3 // 8]
        ),
        Figure("changed", "Overall grade changed by the Panel", (), moderated),
        *(share(key, name, heard - place) for place, (key, name) in enumerate(VOICE_NAMES.items())),
        Figure("actions", "Actions agreed", actions),
        Figure("actions.open", "Actions open", still_open, actions, part_of="actions"),
        Figure("actions.done", "Actions called done", (), actions, part_of="actions"),
        Figure(
            "actions.confirmed",
            "Actions confirmed",
            tuple(one for one in actions if one not in still_open),
            actions,
            part_of="actions",
        ),
        Figure("actions.overdue", "Of those open, overdue", still_open[:6], still_open),
        share("discussed", "Talked through in supervision", 5),
        share("closed", "Closed", 3, within="discussed"),
        Figure("lasted", "Still true three months on", (), ()),
        *(share(theme_key(section.key), section.title, 2) for section in framework.sections),
    )
    return FigureSet(period, channel_figures(figures, given, found, today=_TODAY))
