"""What the Panel weighs before it chooses: audits that look misgraded, and what managers put forward.

All is shown in answer to a press and stays with the Panel. Source: MO-03, Q5, Q6, PR-01, SG-02 to SG-04.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cards.buttons import press, row
from cards.elements import Card, Element, bold, box, card, facts, heading, listed, says, typed
from cards.fields import Form, other_errors
from cards.payloads import AskSafety, ShowMyAudits
from cards.payloads_draw import AnswerNomination, AskChoose, ChooseAudit, ShowDraw, ShowSuspects
from cards.safety import CHOICE, NOMINATION
from cards.views import HintView
from cards.wording import count, day, excerpt, moment
from domain.draw import AuditorClass
from domain.panel_facts import AuditInShort, Nomination, Suspect

_LONGEST = 900
"""Characters of a text; the whole stands in the audit."""

_STANDING = {
    AuditorClass.NEW: "new to it",
    AuditorClass.STRUGGLING: "a concern or a changed grade lately",
    AuditorClass.PROFICIENT: "proficient",
}


@dataclass(frozen=True, slots=True)
class SuspectsView:
    """One card of the list of audits that look misgraded."""

    suspects: tuple[Suspect, ...]
    start: int
    total: int
    on_a_card: int


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """The form that chooses an audit."""

    audit: AuditInShort
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()


@dataclass(frozen=True, slots=True)
class NominationView:
    """The chair's answer to a nomination."""

    nomination: Nomination
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()


def suspects_card(view: SuspectsView) -> Card:
    """Each audit with what makes it look misgraded; the Panel decides whether to look."""
    body: list[Element] = [heading("Looks misgraded")]
    if not view.suspects:
        body.append(says("No audit that waits looks misgraded. Those chosen already are not on this list."))
    else:
        body.append(
            says(
                "This is what was counted and compared, and no more than that. Only you can say whether a "
                "grade tells the child's experience truly.",
                subtle=True,
            )
        )
    body += [_suspect(one) for one in view.suspects]
    return card([*body, *_ways(view)], preview="Audits to think about.")


def _suspect(one: Suspect) -> Element:
    choose = press("Look closer", AskChoose(one.audit_id), tooltip=f"Look closer: {one.auditor_name}'s audit")
    return box(
        [
            typed(bold(f"{one.auditor_name}'s audit"), f" of work in {one.team_name}"),
            typed(f"Submitted on {day(one.submitted_on)}", subtle=True, spacing="none"),
            *listed(one.says),
            row(choose, spacing="small"),
        ],
        spacing="medium",
        separator=True,
    )


def _ways(view: SuspectsView) -> list[Element]:
    after = view.start + view.on_a_card
    pages = []
    if after < view.total:
        pages.append(press(f"{view.total - after} more", ShowSuspects(after)))
    if view.start:
        pages.append(press("Those before", ShowSuspects(max(0, view.start - view.on_a_card))))
    ways = row(press("The draw", ShowDraw(0)), press("My audits", ShowMyAudits()))
    return [*([row(*pages, spacing="medium")] if pages else []), ways]


def choice_card(view: ChoiceView) -> Card:
    """An audit in short, why it looks misgraded, and the form that chooses it."""
    form = Form(view.typed, view.errors)
    body: list[Element] = [
        heading("Should the Panel look at this audit?"),
        *_audit(view.audit),
        *_says(view.audit),
        *other_errors(view.errors),
        *form.text(
            "reason", "Why? A sentence for whoever moderates it, without names of children or families."
        ),
        row(
            press("Choose it", ChooseAudit(view.audit.audit_id, view.nonce), with_inputs=True),
            press("Go back", ShowSuspects(0)),
        ),
        _alert(view.audit, CHOICE, writing=True),
    ]
    return card(body, preview="An audit to think about.")


def nomination_card(view: NominationView) -> Card:
    """What a team manager put forward and why; accept, or decline with a reason."""
    found = view.nomination
    moderated = count(found.moderated, "audit")
    body: list[Element] = [
        heading("An audit put forward for moderation"),
        *_audit(found.audit),
        typed(bold(f"{found.nominated_by}, {moment(found.nominated_at)}: "), _short(found.reason)),
        facts([("The auditor", f"{_STANDING[found.auditor_class]}; {moderated} moderated so far")]),
        *_says(found.audit),
    ]
    if found.state != "waiting":
        said = f": {_short(found.answer)}" if found.answer else "."
        told = {"chosen": "It is in the Panel's queue already."}.get(
            found.state, f"This is {found.state}{said}"
        )
        alert = _alert(found.audit, NOMINATION, writing=False)
        body += [box([typed(told)], style="emphasis"), row(press("My audits", ShowMyAudits())), alert]
        return card(body, preview="A nomination.")
    form = Form(view.typed, view.errors)
    accept, decline = (
        press(title, AnswerNomination(found.audit.audit_id, yes, view.nonce), with_inputs=True)
        for title, yes in (("Accept", True), ("Decline", False))
    )
    body += [
        typed("Please answer by ", bold(day(found.answer_by)), "."),
        *other_errors(view.errors),
        *form.text("reason", "A word on your answer; needed when you decline. The team manager reads it."),
        row(accept, decline),
        _alert(found.audit, NOMINATION, writing=True),
    ]
    return card(body, preview="A nomination to answer.")


def _alert(audit: AuditInShort, where: str, *, writing: bool) -> Element:
    """The safety alert, always there (SG-02); what is being written comes back with the way back."""
    alert = press("Raise a safety alert", AskSafety(audit.audit_id, where), with_inputs=writing)
    return row(alert, spacing="small")


def _audit(audit: AuditInShort) -> list[Element]:
    """The child first, then the judgement (PR-01)."""
    made: list[Element] = []
    if audit.matters_most:
        matters = [typed(bold("What matters most to the child now")), typed(_short(audit.matters_most))]
        made.append(box(matters, style="emphasis"))
    made.append(
        facts(
            [
                ("Case", audit.reference),
                ("Team", audit.team_name),
                ("Auditor", f"{audit.auditor_name}, submitted on {day(audit.submitted_on)}"),
                ("Overall grade", audit.grade_label),
                ("Sections", ", ".join(f"{title}: {grade}" for title, grade in audit.section_grades)),
                ("Rationale", _short(audit.rationale)),
            ]
        )
    )
    return made


def _says(audit: AuditInShort) -> list[Element]:
    if not audit.says:
        return []
    return [heading("What stands out", size="default", spacing="medium"), *listed(audit.says)]


def _short(text: str) -> str:
    return excerpt(text, _LONGEST)[0]
