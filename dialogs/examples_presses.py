"""Presses of the library of example audits, and what it is typed for."""

from collections.abc import Mapping
from dataclasses import asdict

from cards.examples import (
    BOX,
    ExampleFormView,
    ExampleView,
    LibraryView,
    example_card,
    example_form,
    library_card,
)
from cards.payloads import Payload
from cards.payloads_examples import (
    ApproveExample,
    AskExample,
    ProposeExample,
    ShowExample,
    ShowExamples,
    WithdrawExample,
)
from cards.views import HintView
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Reply, Turn
from domain.errors import RuleBroken, Stale
from domain.examples import Example
from domain.people import Person
from workflows import examples
from workflows.council import Council, Work
from workflows.examples import Draft
from workflows.moderation_files import open_moderation
from workflows.sharing import TextWanted

_FORM = ("title", "section", "grade", "text", "why")


def _typed_for(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    """The whole library, for auditors and the Panel."""
    if not examples.may_read(person):
        return None
    return _library(council, work, turn, person, ShowExamples("", 0, 0, 0))


def _show_library(press: Press, _: Outcome) -> Reply:
    return _library(press.council, press.work, press.turn, press.person, press.payload)


def _library(council: Council, work: Work, turn: Turn, person: Person, asked: ShowExamples) -> Reply:
    known = (*council.framework.section_keys, "overall")
    section = asked.section if asked.section in known else ""
    found = examples.library(work, council, by=person, section=section, now=turn.now)
    view = LibraryView(
        framework=council.framework,
        section=section,
        approved=found.approved,
        proposed=found.proposed,
        may_propose=found.may_propose,
        start=asked.start,
        audit_id=asked.audit_id,
        moderation_id=asked.moderation_id,
    )
    return Reply(library_card(view), title="Example audits")


def _show_example(press: Press, _: Outcome) -> Reply:
    payload: ShowExample = press.payload
    return _example(press, payload.example_id, audit_id=payload.audit_id, moderation_id=payload.moderation_id)


def _example(
    press: Press,
    example_id: int,
    *,
    audit_id: int = 0,
    moderation_id: int = 0,
    error: str = "",
    message: str = "",
) -> Reply:
    found = examples.open_example(
        press.work, press.council, by=press.person, example_id=example_id, now=press.now
    )
    view = ExampleView(
        framework=press.framework,
        example=found.example,
        seated=examples.may_propose(press.person),
        may_change=found.may_change,
        may_approve=found.may_approve,
        found=found.found,
        audit_id=audit_id,
        moderation_id=moderation_id,
        nonce=press.turn.nonce,
        errors=(HintView("", error, blocking=True),) if error else (),
        message=message,
    )
    return Reply(example_card(view), title="An example audit")


def _ask(press: Press, _: Outcome) -> Reply:
    payload: AskExample = press.payload
    return _form(press, payload.example_id, moderation_id=payload.moderation_id, section=payload.section)


def _form(
    press: Press,
    example_id: int,
    *,
    moderation_id: int = 0,
    section: str = "",
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    other: Example | None = None,
) -> Reply:
    draft, version = Draft(section=section), 0
    if example_id:
        found = examples.open_example(
            press.work, press.council, by=press.person, example_id=example_id, now=press.now
        )
        if not found.may_change:
            return _example(press, example_id)
        one, version = found.example, found.example.version
        draft = Draft(one.title, one.section, one.grade.value, one.text, one.why)
    else:
        examples.require_proposing(press.council, by=press.person, now=press.now)
    if moderation_id:
        moderated = open_moderation(
            press.work,
            press.council,
            by=press.person,
            moderation_id=moderation_id,
            part=f"example of {section}",
            now=press.now,
        )
        draft = examples.drawn_from(moderated, section)
    view = ExampleFormView(
        framework=press.framework,
        example_id=example_id,
        version=version,
        nonce=press.turn.nonce,
        saved=asdict(draft),
        drawn_from_audit=bool(moderation_id),
        other=other,
        typed=typed,
        errors=tuple(HintView(f, m, blocking=True) for f, m in (errors or {}).items()),
    )
    return Reply(example_form(view), title="An example audit")


def _propose(press: Press) -> Outcome:
    payload: ProposeExample = press.payload
    made = examples.propose_example(
        press.work,
        press.council,
        by=press.person,
        draft=Draft(**{name: press.typed(BOX + name) for name in _FORM}),
        example_id=payload.example_id,
        version=payload.version,
        now=press.now,
    )
    return {"example_id": made}


def _show_proposed(press: Press, outcome: Outcome) -> Reply:
    text = "Thank you. The principal social worker reads it before auditors do."
    return _example(press, outcome["example_id"], message=text)


def _refuse_proposal(press: Press, broken: RuleBroken) -> Reply | None:
    payload: ProposeExample = press.payload
    if isinstance(broken, TextWanted):
        return _form(
            press, payload.example_id, typed=press.typed_texts, errors={BOX + broken.field: str(broken)}
        )
    if isinstance(broken, Stale) and isinstance(broken.current, Example):
        # Another hand changed it meanwhile: both texts, with one's own still in the boxes.
        typed, errors = press.typed_texts, {"": str(broken)}
        return _form(press, payload.example_id, typed=typed, errors=errors, other=broken.current)
    return None


def _approve(press: Press) -> Outcome:
    payload: ApproveExample = press.payload
    examples.approve_example(
        press.work,
        press.council,
        by=press.person,
        example_id=payload.example_id,
        version=payload.version,
        now=press.now,
    )
    return {}


def _withdraw(press: Press) -> Outcome:
    payload: WithdrawExample = press.payload
    examples.withdraw_example(
        press.work,
        press.council,
        by=press.person,
        example_id=payload.example_id,
        version=payload.version,
        now=press.now,
    )
    return {}


def _show_decided(press: Press, _: Outcome) -> Reply:
    return _example(press, press.payload.example_id)


def _refuse_decision(press: Press, broken: RuleBroken) -> Reply | None:
    return _example(press, press.payload.example_id, error=str(broken))


HANDLERS: dict[type[Payload], Handler] = {
    ShowExamples: Handler(_show_library),
    ShowExample: Handler(_show_example),
    AskExample: Handler(_ask),
    ProposeExample: Handler(_show_proposed, act=_propose, refuse=_refuse_proposal),
    ApproveExample: Handler(_show_decided, act=_approve, refuse=_refuse_decision),
    WithdrawExample: Handler(_show_decided, act=_withdraw, refuse=_refuse_decision),
}

COMMANDS: Mapping[str, Command] = {
    "examples": Command(("examples", "example", "example audits", "example audit"), _typed_for),
}
