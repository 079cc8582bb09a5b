"""The library of example audits: the Panel proposes, the PSW approves, auditors read.

Nobody's name and no case's reference stands on an example: its texts are looked through before they may be
approved. People write them anew from what they moderated; nothing is copied out by itself. Source: MO-18,
SG-01, SG-03.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.errors import NotAllowed, RuleBroken, Stale
from domain.examples import TITLE_LIMIT, Example, ExampleState, told_of_somebody
from domain.grades import Grade
from domain.moderation_file import ModerationFile
from domain.moderation_parts import OVERALL, given
from domain.pages import TEXT_LIMIT, OverallPage, SectionPage
from domain.people import Person, Post
from domain.permissions import Capacity, Verb, capacities, require
from domain.rationale import joined
from storage.work import View, Work
from workflows.council import Council
from workflows.sharing import TextWanted


@dataclass(frozen=True, slots=True)
class Draft:
    """What is typed for an example; every field may be empty."""

    title: str = ""
    section: str = ""
    grade: str = ""
    text: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class OpenedExample:
    """An example as one reader may see it."""

    example: Example
    may_change: bool
    may_approve: bool
    found: tuple[str, ...]
    """What stands in the way of its approval, as written in it; told to the Panel alone."""


@dataclass(frozen=True, slots=True)
class Library:
    """Examples as one reader may see them, newest first."""

    approved: tuple[Example, ...]
    proposed: tuple[Example, ...]
    """Waiting for the PSW; the Panel's alone."""
    may_propose: bool


def may_read(by: Person) -> bool:
    """Whether the library is open to this person."""
    return bool(capacities(by) & {Capacity.POOL, Capacity.PANEL})


def how_many(view: View, *, by: Person, section: str) -> int:
    """How many examples this person may read of a section, or of everything; 0 for whom it is not open."""
    return len(view.examples.approved(section)) if may_read(by) else 0


def may_propose(by: Person) -> bool:
    """Whether this person is of the Panel, which keeps the library."""
    return Capacity.PANEL in capacities(by)


def require_proposing(council: Council, *, by: Person, now: datetime) -> None:
    """Raise NotAllowed for whoever may not put an example forward."""
    require(Verb.PROPOSE_EXAMPLE, by, today=council.today(now))


def library(view: View, council: Council, *, by: Person, section: str, now: datetime) -> Library:
    """The examples of a section ("overall" for the whole, "" for all)."""
    require(Verb.READ_EXAMPLES, by, today=council.today(now))
    seated = may_propose(by)
    proposed = view.examples.proposed() if seated else ()
    mine = tuple(example for example in proposed if section in ("", example.section))
    return Library(view.examples.approved(section), mine, may_propose=seated)


def open_example(
    view: View, council: Council, *, by: Person, example_id: int, now: datetime
) -> OpenedExample:
    """One example: an approved one for every auditor, any for the Panel."""
    require(Verb.READ_EXAMPLES, by, today=council.today(now))
    row = view.examples.get(example_id)
    seated = may_propose(by)
    if row is None or not (seated or row.example.state is ExampleState.APPROVED):
        raise NotAllowed("I cannot find that example. Type “examples” to see those there are.")
    waits = row.example.state is ExampleState.PROPOSED
    approves = Capacity.PSW in capacities(by)
    return OpenedExample(
        row.example,
        may_change=seated and waits and (approves or row.by_id == by.id),
        may_approve=approves,
        found=_told(view, council, row.example) if seated and waits else (),
    )


def drawn_from(found: ModerationFile, section: str) -> Draft:
    """What a moderated section's own words start an example with; the person makes them nobody's."""
    page = found.file.pages.get(section)
    if not isinstance(page, SectionPage | OverallPage):
        return Draft()
    grade, because = given(found.form, section)
    grade = grade or found.original.of(section)
    text = joined(page.judgement, page.action, page.impact)[:TEXT_LIMIT]
    return Draft(section=section, grade=grade.value if grade else "", text=text, why=because)


def propose_example(
    work: Work,
    council: Council,
    *,
    by: Person,
    draft: Draft,
    now: datetime,
    example_id: int = 0,
    version: int = 0,
) -> int:
    """The example's id, new or changed; the PSW is told of a new one.

    Raises TextWanted for the field that cannot be used, Stale when it changed meanwhile.
    """
    require_proposing(council, by=by, now=now)
    old = open_example(work, council, by=by, example_id=example_id, now=now) if example_id else None
    values = _values(council, draft)
    if old is None:
        grade = Grade(values["grade"])
        texts = {name: values[name] for name in ("title", "section", "text", "why")}
        made = work.examples.propose(**texts, grade=grade, by=by.id, now=now)
        _trail(work, by, "proposed an example", made, now)
        for psw in work.people.holding(Post.PSW):
            if psw.id != by.id:
                work.notices.queue(kind="example_proposed", subject_id=made, person_id=psw.id, now=now)
        return made
    if not old.may_change:
        raise RuleBroken("This example is no longer a proposal of yours, so it cannot be changed here.")
    _change(work, old.example, values, version)
    _trail(work, by, "changed an example", example_id, now)
    return example_id


def approve_example(
    work: Work, council: Council, *, by: Person, example_id: int, version: int, now: datetime
) -> None:
    """Auditors read it from now on. Refused while it says who anybody is; the refusal says what was found."""
    require(Verb.APPROVE_EXAMPLE, by, today=council.today(now))
    example = open_example(work, council, by=by, example_id=example_id, now=now).example
    if example.state is not ExampleState.PROPOSED:
        raise RuleBroken(f"This example is {example.state.value} already.")
    if told := _told(work, council, example):
        quoted = ", ".join(f"“{one}”" for one in told)
        raise RuleBroken(
            f"This may say who somebody is: {quoted}. Please have it reworded, with roles and ages instead "
            "of names, dates and references; then it can be approved."
        )
    values = {"state": ExampleState.APPROVED.value, "approved_by": by.id, "approved_at": now}
    _change(work, example, values, version)
    _trail(work, by, "approved an example", example_id, now)
    _answer(work, by, example_id, now, "approved")


def withdraw_example(
    work: Work, council: Council, *, by: Person, example_id: int, version: int, now: datetime
) -> None:
    """Nobody reads it from now on, whether it was approved or only proposed."""
    require(Verb.APPROVE_EXAMPLE, by, today=council.today(now))
    example = open_example(work, council, by=by, example_id=example_id, now=now).example
    if example.state is ExampleState.WITHDRAWN:
        raise RuleBroken("This example is withdrawn already.")
    _change(work, example, {"state": ExampleState.WITHDRAWN.value}, version)
    _trail(work, by, "withdrew an example", example_id, now)
    _answer(work, by, example_id, now, "withdrawn")


def _values(council: Council, draft: Draft) -> dict[str, str]:
    limits = {"title": TITLE_LIMIT, "text": TEXT_LIMIT, "why": TEXT_LIMIT}
    asked = {
        "title": "Please give it a title, such as “A plan the child can read”.",
        "text": "Please write what auditors are to read.",
        "why": "Please say in a sentence what makes it a good example.",
    }
    texts = {"title": " ".join(draft.title.split()), "text": draft.text.strip(), "why": draft.why.strip()}
    for field, text in texts.items():
        if not text:
            raise TextWanted(field, asked[field])
        if len(text) > limits[field]:
            raise TextWanted(field, f"Please keep it within {limits[field]:,} characters.")
    if draft.section not in (*council.framework.section_keys, OVERALL):
        raise TextWanted("section", "Please choose what it is an example of.")
    if draft.grade not in {grade.value for grade in Grade}:
        raise TextWanted("grade", "Please choose the grade that it shows.")
    return {**texts, "section": draft.section, "grade": draft.grade}


def _told(view: View, council: Council, example: Example) -> tuple[str, ...]:
    return told_of_somebody(
        (example.title, example.text, example.why),
        own_words=council.framework.own_words,
        staff=(person.name for person in view.people.everyone(with_leavers=True)),
        references=(case.reference for case in view.cases.everything()),
    )


def _change(work: Work, example: Example, values: Mapping[str, object], version: int) -> None:
    if version != example.version or not work.examples.change(example, values):
        raise Stale(
            "Somebody changed this example a moment ago. Here it is as it stands now.",
            current=example,
            version=example.version,
        )


def _trail(work: Work, by: Person, verb: str, example_id: int, now: datetime) -> None:
    work.trail.add(now=now, actor=by.id, verb=verb, subject=f"example {example_id}")


def _answer(work: Work, by: Person, example_id: int, now: datetime, what: str) -> None:
    row = work.examples.get(example_id)
    if row is not None and row.by_id != by.id:
        work.notices.queue(
            kind="example_decided", subject_id=example_id, person_id=row.by_id, now=now, again=what
        )
