"""What a person can type, for the answer to "help": each sees what is theirs, a line for each kind of work.

Whom a command is for is decided where it is answered; what stands here says so beforehand, and a test sets
one beside the other.
"""

from collections.abc import Callable
from dataclasses import dataclass

from dialogs.pack_presses import reads_packs
from domain.people import Person, Post
from domain.permissions import PANEL_POSTS, TABLE, Verb, capacities
from workflows.learning_texts import OWNERS

_GROUP_AND_BOARD = frozenset(
    {
        *(Post.AD_QA, Post.AD_CARE, Post.DCS, Post.SM, Post.PSW, Post.PMPM),
        *(Post.COMPLAINTS, Post.LEARNING, Post.POLICY),
    }
)
_BODIES = _GROUP_AND_BOARD | {Post.TM, Post.ATM, Post.PERFORMANCE}
_QA_GROUP = frozenset({Post.AD_QA, Post.SM, Post.PSW, Post.COMPLAINTS, Post.PMPM, Post.LEARNING, Post.POLICY})
_MANAGERS = frozenset({Post.TM, Post.ATM, Post.SM})


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of work in a line of help."""

    text: str
    """The words to type stand in quotation marks."""
    is_for: Callable[[Person], bool]


def _staff(person: Person) -> bool:
    return person.is_staff


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
    return bool(person.posts - {Post.PRACTITIONER, Post.PC, Post.CP_CHAIR, Post.IRO, Post.LEAD_MEMBER})


def _sits(person: Person) -> bool:
    """Whoever sits on some body by their post; which bodies there are is in the framework file."""
    return person.in_qa_office or bool(person.posts & _BODIES)


def _sees_year(person: Person) -> bool:
    return person.in_qa_office or bool(person.posts & _GROUP_AND_BOARD)


def _files(person: Person) -> bool:
    """Whoever holds the post, and the office that has the duty while nobody does."""
    return person.in_qa_office or Post.PMPM in person.posts


def _leads(person: Person) -> bool:
    return bool(person.posts & OWNERS)


def _reads_digest(person: Person) -> bool:
    """The office, and who usually sits on the QA Group; who really does, the council's framework says."""
    return person.in_qa_office or bool(person.posts & _QA_GROUP)


LINES = (
    Line("“my audits” and “my actions”: what is yours to do.", _staff),
    Line("“guidance”, or “guidance planning” and so on: what good looks like.", _staff),
    Line(
        "“continue”: your audit where you left off. While one of its pages is open, anything else you type "
        "can go into it.",
        _auditor,
    ),
    Line("“examples”: audits to learn from.", _may(Verb.READ_EXAMPLES)),
    Line("“my moderations”: where you and the Panel graded differently, and why.", _auditor),
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
    Line("“moderations”: one auditor's grades beside the Panel's.", _holds(Post.PSW, Post.SM_QA, Post.SM)),
    Line("“agreement”: whether auditors and the Panel grade alike.", _may(Verb.SEE_AGREEMENT)),
    Line("“headline”: did it change anything?", _sees_headline),
    Line("“learning log”, “my learning” and “themes”: what audits teach us.", _may(Verb.READ_LOG)),
    Line("“praise”: good work to thank somebody for.", _office),
    Line("“files”: what is to be put on children's files.", _files),
    Line("“meetings”, “agenda” and “decisions”: the groups and boards you sit on.", _sits),
    Line("“tracker” and “forward plan”: the year's plan, and what became of it.", _sees_year),
    Line("“my items”: what the tracker says is yours.", _leads),
    Line(
        "“status”: where the rounds stand. Attach a staff list or case list here, as CSV or Excel.",
        _office,
    ),
    Line(
        "“performance”: figures, and what you are asked about them. “my figures”: straight to your own.",
        _may(Verb.SEE_NUMBERS),
    ),
    Line("“summary”: the quarter in figures, as the Lead Member has it.", _may(Verb.SEE_LEAD_SUMMARY)),
    Line("“exceptions”: figures that wait for a line from you.", _holds(Post.TM, Post.SM)),
    Line("“ask for a report”: what your group wants to know more about.", _sits_on_groups),
    Line("Attach a list of indicators here, as CSV or Excel.", _may(Verb.BRING_NUMBERS)),
    Line(
        "“packs”, “board report”, “annual report” and “bulletin”: what audits say as a whole.",
        reads_packs,
    ),
    Line(
        "“unreachable”: who cannot be reached. “preview”: what goes out tomorrow. “held”: what "
        "a pilot keeps back.",
        _office,
    ),
    Line("“digest”: the QA Group's figures of the latest round.", _reads_digest),
)
"""In the order in which people need them."""


def help_for(person: Person) -> str:
    """What this person can type, a paragraph for each kind of work."""
    return "\n".join(["You can type:", *(line.text for line in LINES if line.is_for(person))])
