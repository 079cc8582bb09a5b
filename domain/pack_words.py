"""The sentences that packs are drafted with: plain words from the figures, and nothing from noise.

A sentence is said only of figures that may be shown, and a difference only where chance alone would seldom
bring it (`domain.themes.trend`). Source: OG-05, PR-01, PR-05, MO-21, SG-03, SG-04.
"""

from collections.abc import Iterable, Sequence

from domain.agreement import Firmness, Reading
from domain.figures import Shown, grade_key
from domain.grades import Grade
from domain.themes import Trend, trend

MORE_IS_BETTER = frozenset(
    {
        *("done", "on_time", "moderated_in_time", "discussed", "closed", "lasted"),
        *("voice_child", "voice_parent", "voice_agency", "actions.confirmed"),
        *(grade_key(grade) for grade in Grade if not grade.below_good),
    }
)
LESS_IS_BETTER = frozenset({"actions.overdue", *(grade_key(grade) for grade in Grade if grade.below_good)})
BELOW_GOOD = "theme."
"""How the key of a figure begins that counts a section below Good."""
NO_CHANGE = "No figure moved by more than chance alone would bring."
NOTHING_BEFORE = "There is too little before this to compare it with."

_AGREE = {
    Firmness.FIRM: "firmly",
    Firmness.TENTATIVE: "on the whole, and not yet firmly",
    Firmness.NOT_RELIABLE: "too little to lean on",
}


def is_told(shown: Shown | None) -> bool:
    """Whether there is something to say of it."""
    if shown is None or (shown.is_hidden and not shown.vaguely):
        return False
    return shown.figure.whole is None or bool(shown.of)


def share_of(shown: Shown, noun: str) -> str:
    """A share with what it is of: "12 of 20 audits (60%)", "nearly all of 20 audits"."""
    if shown.is_hidden:
        return f"{shown.vaguely} of {shown.of} {noun}"
    return f"{shown.count} of {shown.of} {noun} ({shown.percent}%)"


def heard(child: Shown | None, parent: Shown | None, agency: Shown | None) -> str:
    """Whose voices were heard (PR-01, VF-02); what is hidden is said to be, never taken for nothing."""
    said = [_children_heard(child)]
    others = [
        f"{who} in {share_of(one, 'audits')}"
        for who, one in (("a parent or carer", parent), ("other agencies", agency))
        if one is not None and is_told(one)
    ]
    if others:
        said.append(_sentence("heard as well: " + ", ".join(others)))
    return " ".join(said)


def _children_heard(child: Shown | None) -> str:
    if child is not None and is_told(child):
        return f"Children's own views were heard in {share_of(child, 'audits')}."
    if child is not None and child.is_hidden:
        return "How often children's own views were heard is not shown, as it would tell of too few audits."
    return "No audit came in that could say whether children's own views were heard."


def lasting(lasted: Shown | None) -> str:
    """What is different for children, as far as it was looked at again."""
    if lasted is None or not is_told(lasted):
        return ""
    return (
        "Looked at again three months on, what had changed for the child was still there in "
        f"{share_of(lasted, 'audits')}."
    )


def graded(grades: Sequence[tuple[str, Shown | None]]) -> str:
    """(label, figure) of each grade, in one sentence; hidden ones are left to the table."""
    told = [(label, one) for label, one in grades if one is not None and is_told(one)]
    if not told:
        return ""
    listed = ", ".join(f"{label} {one.says}" for label, one in told)
    return f"Overall grades, the Panel's where it looked again: {listed}."


def most_often_weak(themes: Iterable[tuple[str, Shown | None]], most: int = 3) -> str:
    """(title, figure) of each section: those most often below Good."""
    told = [(title, one) for title, one in themes if one is not None and is_told(one) and one.count]
    told.sort(key=lambda pair: -(pair[1].percent or 0))
    if not told:
        return ""
    listed = ", ".join(f"{title} ({one.says})" for title, one in told[:most])
    return f"Most often below Good: {listed}."


def agreed(reading: Reading, compared: Shown | None) -> str:
    """How far auditors and the Panel agree, over the year up to now (MO-21)."""
    if reading.alpha is None or reading.firmness is None or compared is None or not is_told(compared):
        return ""
    return (
        f"Over the last twelve months auditors and the Panel graded alike {_AGREE[reading.firmness]}: "
        f"{reading.alpha:.2f} in {compared.says} moderations, where 1 is always and 0 is no more than chance."
    )


def counted(parts: Iterable[tuple[str, Shown | None]]) -> str:
    """(what stands before the number, figure) joined to one sentence; hidden ones are left out."""
    told = [f"{words} {one.says}" for words, one in parts if one is not None and is_told(one)]
    return _sentence(", ".join(told)) if told else ""


def changes(pairs: Iterable[tuple[str, Shown | None, Shown | None]]) -> str:
    """(name, now, before) of each figure: what got better and what got worse, each a line."""
    better: list[str] = []
    worse: list[str] = []
    comparable = False
    for name, now, before in pairs:
        if now is None or before is None or not (is_told(now) and is_told(before)):
            continue
        if now.count is None or before.count is None or not now.of or not before.of:
            continue
        way = trend((now.count, now.of), (before.count, before.of))
        comparable = comparable or way is not Trend.UNKNOWN
        good = _is_good(now.figure.key, way)
        if good is not None:
            (better if good else worse).append(f"{name}: {now.says}, before that {before.says}.")
    if not comparable:
        return NOTHING_BEFORE
    said = [f"Better. {line}" for line in better] + [f"Worse. {line}" for line in worse]
    return "\n".join(said) or NO_CHANGE


def _is_good(key: str, way: Trend) -> bool | None:
    """Whether this movement is for the better; None where it is none, or neither."""
    if way not in (Trend.RISING, Trend.FALLING):
        return None
    if key in MORE_IS_BETTER:
        return way is Trend.RISING
    if key in LESS_IS_BETTER or key.startswith(BELOW_GOOD):
        return way is Trend.FALLING
    return None


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
