"""The demo's story as text, for a machine without windows: the same people, presses and cards."""

from dataclasses import dataclass
from datetime import datetime

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.demo.doing import Doing
from bot.demo.reading import lines_of
from bot.demo.speaking import Card, Colleague
from bot.demo.story import Cast
from bot.demo.writing import COMMENT, REASON, STEADY
from cards.payloads import AddComment, OpenOverview, OpenPage, ReadShared, ReviewAudit, SavePage, SubmitAudit
from cards.payloads_round import ShowRound
from cards.views import OVERVIEW, REVIEW
from domain.people import Person
from workflows.council import Council

HASTY = {"judgement": "It seems fine.", "grade": "good"}
"""What a tired auditor might write first; the coach answers it."""


def tell(council: Council, cast: Cast, now: datetime, console: Console) -> None:
    """Print what each of the four sees and does: look, write, submit, comment, review, look again."""
    stage = _Stage(council, now, console)
    _officer_looks(stage, cast, "looks at the round")
    _auditor_writes(stage, cast)
    _practitioner_comments(stage, cast)
    _manager_reviews(stage, cast)
    _officer_looks(stage, cast, "sees the round fill up")


def _officer_looks(stage: "_Stage", cast: Cast, doing: str) -> None:
    officer = stage.enter("QA officer", cast.qa_officer, doing)
    card = stage.show("types “status”", officer.types("status"))
    stage.press(officer, card, {}, ShowRound.VERB, part="progress")


def _auditor_writes(stage: "_Stage", cast: Cast) -> None:
    auditor = stage.enter("Auditor", cast.auditor, "carries on with an audit that is half done")
    audit = cast.open_audit
    doing = Doing(stage.council, audit, stage.now)
    card = stage.show("types “my audits”", auditor.types("my audits"))
    overview = stage.press(auditor, card, {}, OpenOverview.VERB, audit_id=audit.id)
    first, *rest = stage.pages_left(doing)
    page = stage.press(auditor, overview, {}, OpenPage.VERB, page=first)
    overview = auditor.fills(page, HASTY, SavePage.VERB, then=OVERVIEW)
    stage.say(f"In a hurry, they write “{HASTY['judgement']}”, save, and look at the page again")
    page = stage.press(auditor, overview, {}, OpenPage.VERB, page=first)
    overview = auditor.fills(page, doing.typed(first, STEADY), SavePage.VERB, then=OVERVIEW)
    stage.say(f"They give the reason and what it meant for the child, then write the {len(rest)} pages left")
    for key in rest:
        page = auditor.presses(overview, OpenPage.VERB, page=key)
        overview = auditor.fills(page, doing.typed(key, STEADY), SavePage.VERB, then=OVERVIEW)
    review = stage.press(auditor, overview, {}, OpenPage.VERB, page=REVIEW)
    stage.press(auditor, review, {}, SubmitAudit.VERB)


def _practitioner_comments(stage: "_Stage", cast: Cast) -> None:
    worker = stage.enter("Practitioner", cast.practitioner, "reads the audit and comments")
    card = stage.show("types “my audits”", worker.types("my audits"))
    shared = stage.press(worker, card, {}, ReadShared.VERB, audit_id=cast.open_audit.id)
    stage.press(worker, shared, {"comment": COMMENT}, AddComment.VERB)


def _manager_reviews(stage: "_Stage", cast: Cast) -> None:
    manager = stage.enter("Team manager", cast.team_manager, "reviews it and puts it forward for moderation")
    card = stage.show("types “my audits”", manager.types("my audits"))
    shared = manager.presses(card, ReadShared.VERB, audit_id=cast.open_audit.id)
    stage.press(manager, shared, {"review_reason": REASON}, ReviewAudit.VERB, nominate=True)


@dataclass(frozen=True, slots=True)
class _Stage:
    """Where the story is played and printed."""

    council: Council
    now: datetime
    console: Console

    def enter(self, part: str, person: Person, doing: str) -> Colleague:
        self.console.print()
        self.console.rule(Text(f"{part}: {person.name} {doing}", style="bold"))
        return Colleague(self.council, person, self.now)

    def press(self, who: Colleague, card: Card, typed: dict[str, str], verb: str, **having: object) -> Card:
        """Press a button, print the answer and return it."""
        answer = who.fills(card, typed, verb, **having)
        quoted = "; ".join(f"“{text}”" for name, text in typed.items() if name != "grade")
        wrote = f"writes {quoted} and " if quoted else ""
        return self.show(f"{wrote}presses “{who.presses_so_far[-1]}”", answer)

    def show(self, doing: str, card: Card) -> Card:
        """Print a card under what led to it."""
        self.say(f"{doing[0].upper()}{doing[1:]}")
        text = Text("\n".join(line for line in lines_of(card) if line.strip()))
        self.console.print(Panel(text, padding=(0, 2), width=min(88, self.console.width)))
        return card

    def say(self, text: str) -> None:
        self.console.print(Text(f"> {text}", style="italic"))

    def pages_left(self, doing: Doing) -> tuple[str, ...]:
        """The pages that are not written yet, in order."""
        with self.council.read() as view:
            written = view.audits.pages(doing.audit.id)
        return tuple(key for key in doing.page_keys if key not in written)
