"""What a person can type, for the answer to "help": each sees what is theirs, a line for each kind of work.

Whom a command is for is decided where it is answered; what stands here says so beforehand, and a test sets
one beside the other.
"""

from collections.abc import Callable
from dataclasses import dataclass

from domain.people import Person, Post
from domain.permissions import PANEL_POSTS, TABLE, Verb, capacities

_MANAGERS = frozenset({Post.TM, Post.ATM, Post.SM})


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of work in a line of help."""

    text: str
    """The words to type stand in quotation marks."""
    is_for: Callable[[Person], bool]


def _everybody(_: Person) -> bool:
    return True


def _auditor(person: Person) -> bool:
    return person.is_auditor


def _office(person: Person) -> bool:
    return person.in_qa_office


def _holds(*posts: Post) -> Callable[[Person], bool]:
    return lambda person: bool(person.posts & frozenset(posts))


def _may(verb: Verb) -> Callable[[Person], bool]:
    """Whoever may do this by their posts alone."""
    return lambda person: bool(capacities(person) & TABLE[verb])


def _sees_headline(person: Person) -> bool:
    return _may(Verb.SEE_AGREEMENT)(person) or bool(person.posts & {Post.TM, Post.SM})


def _sits_on_groups(person: Person) -> bool:
    """Whoever may sit on a group, as far as posts alone tell; which do, the framework file says."""
    return bool(person.posts - {Post.PRACTITIONER, Post.PC, Post.CP_CHAIR, Post.IRO})


LINES = (
    Line("“my audits” and “my actions”: what is yours to do.", _everybody),
    Line("“guidance”, or “guidance planning” and so on: what good looks like.", _everybody),
    Line(
        "“continue”: your audit where you left off. While one of its pages is open, anything else you type "
        "can go into it.",
        _auditor,
    ),
    Line("“examples”: audits to learn from.", _may(Verb.READ_EXAMPLES)),
    Line("“my moderations”: where you and the Panel graded otherwise.", _auditor),
    Line(
        "“feedback”: moderations for you to read.",
        lambda person: person.is_auditor or bool(person.posts & {Post.TM, *PANEL_POSTS}),
    ),
    Line("“calibration”: the case that everyone grades.", lambda p: p.is_auditor or Post.PSW in p.posts),
    Line("“team actions”: what your people were to do, and what is next for you.", _holds(Post.TM, Post.SM)),
    Line("“supervision”: the learning and actions to take to it.", _holds(*_MANAGERS)),
    Line("“extension”: more time for an auditor you answer for.", _holds(Post.SM)),
    Line("“round reports”: what the last round found.", _holds(Post.TM, Post.SM)),
    Line("“our numbers”: audits required, done and exempt, with an action plan.", _holds(Post.SM)),
    Line("“panel”, “draw” and “looks misgraded”: what to moderate, and why.", _holds(*PANEL_POSTS)),
    Line("“moderations”: one auditor's, side by side.", _holds(Post.PSW, Post.SM_QA, Post.SM)),
    Line("“agreement”: whether auditors and the Panel grade alike.", _may(Verb.SEE_AGREEMENT)),
    Line("“headline”: did it change anything?", _sees_headline),
    Line("“learning log”, “my learning” and “themes”: what audits teach us.", _may(Verb.READ_LOG)),
    Line("“praise”: good work that could do with a word.", _office),
    Line("“files”: what is to be put on children's files.", _holds(Post.PMPM)),
    Line(
        "“status”: where the rounds stand. Attach a staff list or case list here, as CSV or Excel.",
        _office,
    ),
    Line(
        "“performance”: figures, and what you are asked about them. “my figures”: straight to your own.",
        _may(Verb.SEE_NUMBERS),
    ),
    Line("“exceptions”: figures that wait for a line from you.", _holds(Post.TM, Post.SM)),
    Line("“ask for a report”: what your group wants to know more about.", _sits_on_groups),
    Line("Attach a list of indicators here, as CSV or Excel.", _may(Verb.BRING_NUMBERS)),
    Line(
        "“unreachable”: who cannot be reached. “preview”: what leaves tomorrow. “held”: what a pilot keeps.",
        _office,
    ),
)
"""In the order in which people need them."""


def help_for(person: Person) -> str:
    """What this person can type, a paragraph for each kind of work."""
    return "\n".join(["You can type:", *(line.text for line in LINES if line.is_for(person))])
