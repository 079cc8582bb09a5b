"""What agendas say of audits: lines of figures as they may be read by many, and of live counts alike.

Source: OG-03, PF-06, RO-08, Q31, SG-03.
"""

from domain.figures import Disclosed, Period, Shown, grade_key
from domain.grades import Grade
from domain.suppression import in_words

Lines = tuple[str, ...]
ACTIONS = ("actions", "actions.open", "actions.done", "actions.confirmed", "actions.overdue")


def found_lines(shown: Disclosed, period: Period) -> Lines:
    """The grades that count, and how often the Panel agreed; nothing where no audit came in."""
    submitted = shown.of(period, "submitted")
    if submitted is None or not submitted.figure.count:
        return ()
    grades = [
        f"{one.figure.name} {one.says if one.is_hidden else one.count}"
        for grade in Grade
        if (one := shown.of(period, grade_key(grade))) is not None
    ]
    lines = [f"Grades of {period.label}: {', '.join(grades)}."]
    changed = shown.of(period, "changed")
    if changed is not None and changed.figure.of:
        lines.append(f"Overall grade changed by the Panel: {changed.says}.")
        if changed.count is not None and changed.of:
            lines.append(f"Panel and auditor agreed: {changed.of - changed.count} of {changed.of}.")
    return tuple(lines)


def action_lines(shown: Disclosed, period: Period) -> Lines:
    """What became of the actions; nothing where none was agreed."""
    agreed = shown.of(period, "actions")
    if agreed is None or not agreed.figure.count:
        return ()
    found = [one for key in ACTIONS if (one := shown.of(period, key)) is not None]
    return (f"From audits of {period.label}:", *(f"{one.figure.name}: {one.says}." for one in found))


def round_lines(shown: Disclosed, period: Period, *, overdue_before: int, undecided: int) -> Lines:
    """How far the round of this period is, as the channel's digest tells it.

    `overdue_before` are audits of earlier rounds, told apart from this one's: a sum would give the one away
    by the other. `undecided` are moderations of whichever round.
    """
    done, submitted = shown.of(period, "done"), shown.of(period, "submitted")
    overdue = shown.of(period, "waiting.overdue")
    lines = [f"{period.label} round: {_came_in(done, submitted)}."]
    late = []
    if overdue is not None and overdue.figure.count:
        late.append(f"this round {overdue.says if overdue.count is None else overdue.count}")
    if overdue_before:
        late.append(f"earlier rounds {in_words(overdue_before, shown.smallest)}")
    if late:
        lines.append(f"Audits overdue: {', '.join(late)}.")
    if undecided:
        lines.append(f"Moderations not decided yet: {in_words(undecided, shown.smallest)}.")
    return tuple(lines)


def _came_in(done: Shown | None, submitted: Shown | None) -> str:
    """How many of how many; where so few are missing that it may not be said, how many came in that month."""
    if done is not None and done.count is not None:
        return f"{done.count} of {done.of} submitted" if done.of else "no audit given out"
    if submitted is not None and submitted.count is not None:
        return f"audits that came in that month, {submitted.count}"
    return "how many audits came in is not shown"
