"""What an entry of the learning log rests on: in words, what it still needs, and the form that links more.

The form names cases, so it is for the QA office alone; what others see of an entry names none (SG-01).
Source: OG-06, RO-07, Q29.
"""

from cards.buttons import press, row
from cards.elements import Card, Element, bold, box, card, heading, says, typed
from cards.fields import Form, other_errors
from cards.payloads_learning import LinkEvidence, ShowEntry
from cards.views_learning import Choices, EvidenceFormView
from cards.wording import count, day
from domain.learning import OpenedEntry
from domain.learning_evidence import SAID, TYPED_KINDS, Need, Source, SourceKind

KINDS = {
    SourceKind.ROUND: "Report of a round",
    SourceKind.COMPLAINT: "Complaint or complaints report",
    SourceKind.COMPLIMENT: "Compliment",
    SourceKind.SURVEY: "Survey or feedback",
    SourceKind.REVIEW: "Review or inspection",
    SourceKind.OTHER: "Another source",
}


def rests_on(opened: OpenedEntry) -> str:
    """How much an entry rests on; of what its reader may not open there is only this number."""
    audits, moderations = opened.audits, opened.moderations
    parts = []
    if audits == 1:
        parts.append("1 moderated audit" if moderations else "1 audit")
    elif audits:
        parts.append(count(audits, "audit") + (f", {moderations} of them moderated" if moderations else ""))
    if opened.sources:
        parts.append(count(len(opened.sources), "other source" if audits else "source"))
    return "; ".join(parts) or "nothing linked yet"


def source_words(source: Source) -> str:
    """One source: "Report of the round of May 2026", "Complaint or complaints report, 3 May 2026: …"."""
    if source.kind is SourceKind.ROUND:
        return round_words(source)
    return f"{KINDS[source.kind]}, {day(source.dated_on)}: {source.what}"


def round_words(source: Source) -> str:
    """The report of a round."""
    return f"Report of the round of {source.dated_on:%B %Y}"


def needed(needs: tuple[Need, ...]) -> list[Element]:
    """What an entry still needs before it may be closed; nothing where it lacks nothing."""
    if not needs:
        return []
    lines = [typed(SAID[need], spacing="small") for need in needs]
    return [box([says("Before it can be closed", bold=True), *lines], style="warning", spacing="medium")]


def evidence_form(view: EvidenceFormView) -> Card:
    """Audits and rounds to choose from, a source to type, and what is linked already."""
    form, entry = Form(view.typed, view.errors), view.entry
    kinds = tuple((kind.value, KINDS[kind]) for kind in TYPED_KINDS)
    body: list[Element] = [
        heading("What does it rest on?"),
        typed("For: ", bold(entry.title)),
        *other_errors(view.errors),
    ]
    about = f" that speak of “{view.theme}”, the weakest first" if view.theme else ", the newest first"
    if view.audits:
        body.append(typed(f"Audits of the last 12 months{about}.", spacing="medium"))
        body += _numbered(form, "audits", "Link which of these?", view.audits)
    else:
        body.append(typed("There is no other audit of the last 12 months to link here.", subtle=True))
    if view.rounds:
        body += form.choice("rounds", "Link the report of a round", view.rounds, several=True)
    body += [
        heading("Another source", size="default", spacing="large"),
        says("Everybody who reads the log sees it, so please name no child, family or case.", subtle=True),
        *form.choice("source_kind", "What is it?", kinds),
        *form.line("source_what", "Which one?"),
        *form.date("source_on", "Of which day?"),
    ]
    if view.linked:
        body.append(heading("Linked already", size="default", spacing="large"))
        body += _numbered(form, "take_out", "Take out which of these?", view.linked)
    save = LinkEvidence(entry.id, entry.version, view.nonce)
    body.append(row(press("Save", save, with_inputs=True), press("Go back", ShowEntry(entry.id))))
    return card(body, preview="The evidence of an entry: open this in Teams.")


def _numbered(form: Form, field: str, label: str, choices: Choices) -> list[Element]:
    """The choices in the text, to the letter, and below them their numbers to tick.

    An open list of choices is drawn as text that clients act on: no place for a reference, or for what
    somebody typed.
    """
    lines = [
        typed(f"{number}. {title}", spacing="small") for number, (_, title) in enumerate(choices, start=1)
    ]
    numbers = [(value, f"Number {number}") for number, (value, _) in enumerate(choices, start=1)]
    return [*lines, *form.choice(field, label, numbers, several=True)]
