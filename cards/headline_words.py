"""Did it change anything, as it is read: a plain sentence, what became of what was found, teams and themes.

Source: CA-19, CA-23, PR-01, PR-05.
"""

from cards.report_words import share_line, theme_name
from cards.wording import count, day
from domain.framework import Framework
from domain.headline import Group, Headline, Loop, Share, Stage
from domain.reporting import Line, Part, Report
from domain.suppression import NOT_SHOWN, in_words, share_in_words, shown

TITLE = "Did it change anything?"
_NAMES = {
    Stage.DISCUSSED: ("Talked through in supervision", "audits"),
    Stage.DONE: ("Actions done", "actions"),
    Stage.CONFIRMED: ("Actions confirmed, with proof", "actions"),
    Stage.CLOSED: ("Closed", "audits"),
    Stage.LASTED: ("Still true {days} days later", "looked at again"),
}
_SHORT = {
    Stage.DISCUSSED: "talked through",
    Stage.DONE: "actions done",
    Stage.CONFIRMED: "confirmed",
    Stage.CLOSED: "closed",
    Stage.LASTED: "lasted",
}
_EMPTY = {
    Stage.DONE: "no actions yet",
    Stage.CONFIRMED: "no actions yet",
    Stage.LASTED: "nobody has looked yet",
}


def headline_report(framework: Framework, view: Headline) -> Report:
    """The whole answer; `view` says what may be shown."""
    days = framework.numbers.impact_check_days
    parts = [
        Part(
            "What became of what was found",
            says=f"Beside each: the twelve months before, with {_audits(view.before, view.smallest)}."
            if view.before.audits
            else "There is nothing from the twelve months before to set beside it.",
            lines=tuple(_line(stage, view, days) for stage in Stage),
        )
    ]
    if view.teams:
        lines = tuple(_group(group.name, group) for group in view.teams)
        says = "The bar shows what was talked through in supervision."
        parts.append(Part("By team", says=says, lines=lines))
    if view.themes:
        says = "A theme is a section below Good, or a component of good practice tagged in one."
        named = tuple(_group(theme_name(framework, group.name), group) for group in view.themes)
        parts.append(Part("By theme", says=says, lines=named))
    about = view.of or "All services"
    return Report(
        TITLE,
        f"{about}: audits submitted after {day(view.since)}, up to {day(view.until)}",
        _lead(view, days),
        tuple(parts) if _is_enough(view) else (),
        _note(view),
    )


def _is_enough(view: Headline) -> bool:
    """Whether there are audits, and enough to tell of."""
    return bool(view.loop.audits) and shown(view.loop.audits, view.smallest) is not None


def _lead(view: Headline, days: int) -> str:
    """The plain sentences."""
    if not view.loop.audits:
        return "No audit was submitted in these twelve months, so there is nothing to tell yet."
    if not _is_enough(view):
        few = in_words(view.loop.audits, view.smallest).capitalize()
        return f"{few} audits were submitted in these twelve months: too few to say what came of them."
    said = {stage: share_in_words(s.count, s.whole, view.smallest) for stage, s in view.loop.shares.items()}
    text = (
        f"Each of these {_audits(view.loop, view.smallest)} looked closely at a child's life. What was "
        f"learned was talked through in supervision for {said[Stage.DISCUSSED]}."
    )
    if view.loop.actions:
        text += f" Of the actions agreed, {said[Stage.DONE]} are done."
    if view.loop.shares[Stage.LASTED].whole:
        text += f" Where somebody looked again after {days} days, it had lasted for {said[Stage.LASTED]}."
    else:
        text += f" Nobody has looked again after {days} days yet, so what lasted is not known."
    return text


def _audits(loop: Loop, smallest: int) -> str:
    words = in_words(loop.audits, smallest)
    return f"{words} audits" if words != "1" else "1 audit"


def _line(stage: Stage, view: Headline, days: int) -> Line:
    name, of = _NAMES[stage]
    now, before = view.loop.shares[stage], view.before.shares[stage]
    nothing = _EMPTY.get(stage, "no audits yet")
    line = share_line(name.format(days=days), now.count, now.whole, view.smallest, nothing=nothing, of=of)
    if not view.before.audits:
        return Line(line.name, line.figure, line.share)
    earlier = share_line(line.name, before.count, before.whole, view.smallest, nothing="none", of=of)
    return Line(line.name, line.figure, line.share, before=earlier.figure)


def _group(name: str, group: Group) -> Line:
    """A team or theme in one line."""
    said = (f"{_SHORT[stage]}: {_share(share)}" for stage, share in group.shares.items() if _has_any(share))
    discussed = group.shares[Stage.DISCUSSED]
    share = (discussed.count, discussed.whole) if discussed else None
    return Line(f"{name} ({count(group.audits, 'audit')})", "; ".join(said), share)


def _share(share: Share | None) -> str:
    return NOT_SHOWN if share is None else f"{share.count} of {share.whole}"


def _has_any(share: Share | None) -> bool:
    return share is None or share.whole > 0


def _note(view: Headline) -> str:
    if not view.loop.audits:
        return ""
    if view.smallest == 1:
        return "These are the audits of your own team, so nothing is left out."
    return (
        f"Numbers below {view.smallest} are not shown, and neither is what would give them away. Teams and "
        "themes with fewer audits are left out."
    )
