"""How a round's moderations went, for one service manager alone (MO-20, SG-03).

Each auditor is told of under their name, in the order of the alphabet and without a score.
"""

from datetime import date

from cards.wording import count
from domain.moderated import NEW, STRUGGLING, Moderated, ModerationReport
from domain.reporting import Line, Part, Report
from domain.suppression import share_in_words, shown

_STANDING = {NEW: "New to auditing.", STRUGGLING: "May welcome support: a concern or a changed grade lately."}
PRIVATE = (
    "For you alone, to help each of them; not to be passed on, set in an order or compared. One or two "
    "audits a year say what to talk about and are no measure of anybody."
)


def moderation_report(
    view: ModerationReport, *, month: date, smallest: int, auditors: str = "Your auditors"
) -> Report:
    """The manager's own auditors by name, everyone else together; `auditors` says whose they are."""
    parts = [
        Part(
            "" if number else "Auditor by auditor",
            who=one.name,
            says=" ".join(filter(None, (_STANDING.get(one.standing, ""), *_went(one.went)))),
            bullets=one.would_help,
        )
        for number, one in enumerate(view.auditors)
    ]
    if view.not_moderated:
        lines = tuple(Line(name, _STANDING[standing]) for name, standing in view.not_moderated)
        parts.append(Part("New, or may welcome support, and not moderated this time", lines=lines))
    parts.append(_elsewhere(view.others, smallest))
    return Report(
        "How moderation went", f"{auditors}, {month:%B %Y} round", _lead(view), tuple(parts), PRIVATE
    )


def _lead(view: ModerationReport) -> str:
    own = view.own
    waits = ""
    if view.waiting:
        waits = (
            f" {count(view.waiting, 'moderation is', 'moderations are')} not over yet and not counted here."
        )
    if not own.moderated:
        return "None of your auditors' audits of this round has been moderated." + waits
    lead = f"{count(own.moderated, 'audit was', 'audits were')} moderated."
    return " ".join((lead, *_went(own))) + waits


def _went(went: Moderated) -> tuple[str, ...]:
    """What happened, each in a sentence; what did not happen is not said."""
    said = (
        (went.satisfactory, "Satisfactory: {}."),
        (went.concern, "With a concern: {}."),
        (went.kinder, "Graded more kindly than the Panel: {}."),
        (went.harsher, "Graded more harshly than the Panel: {}."),
        (went.sections_only, "A section graded differently from the Panel: {}."),
    )
    return tuple(text.format(number) for number, text in said if number)


def _elsewhere(others: Moderated, smallest: int) -> Part:
    """The rest of the council, without a name; nothing where it is too few to be nobody in particular."""
    title = "Across all other services"
    if not others.moderated or shown(others.moderated, smallest) is None:
        return Part(title, says="Too few audits were moderated there to say anything without naming someone.")
    whole = others.moderated
    lines = (
        ("Satisfactory", others.satisfactory),
        ("Graded more kindly than the Panel", others.kinder),
        ("Graded more harshly than the Panel", others.harsher),
    )
    return Part(title, lines=tuple(Line(name, share_in_words(n, whole, smallest)) for name, n in lines))
