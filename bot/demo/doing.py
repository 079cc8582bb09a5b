"""What people do with one audit, each by opening their list and pressing the buttons of the cards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.demo.speaking import Card, Colleague
from bot.demo.writing import COMMENT, REASON, Written
from cards.payloads import (
    AcceptAudit,
    AddComment,
    AskConflict,
    DeclareConflict,
    OpenOverview,
    OpenPage,
    ReadShared,
    ReviewAudit,
    SavePage,
    SubmitAudit,
)
from cards.views import OVERVIEW, REVIEW
from domain.audits import Audit
from domain.deadlines import suggested_action_day
from domain.grades import Grade
from domain.pages import page_keys
from domain.people import Post
from workflows.council import Council


@dataclass(frozen=True, slots=True)
class Doing:
    """Things done with one audit at one moment."""

    council: Council
    audit: Audit
    at: datetime

    def accept(self) -> None:
        """The auditor takes it on."""
        auditor = self._auditor()
        auditor.presses(self._opened(auditor), AcceptAudit.VERB)

    def declare_conflict(self) -> None:
        """The auditor gives it back."""
        auditor = self._auditor()
        form = auditor.presses(self._opened(auditor), AskConflict.VERB)
        reason = {"reason": "I chaired a meeting about this family last year."}
        auditor.fills(form, reason, DeclareConflict.VERB)

    def fill(self, keys: Iterable[str], written: Written) -> None:
        """The auditor writes these pages."""
        auditor = self._auditor()
        card = self._opened(auditor)
        for key in keys:
            page = auditor.presses(card, OpenPage.VERB, page=key)
            card = auditor.fills(page, self.typed(key, written), SavePage.VERB, then=OVERVIEW)

    def submit(self) -> None:
        """The auditor checks everything and submits."""
        auditor = self._auditor()
        review = auditor.presses(self._opened(auditor), OpenPage.VERB, page=REVIEW)
        auditor.presses(review, SubmitAudit.VERB)

    def comment(self) -> None:
        """The practitioner reads it and answers."""
        worker = self._person(self.audit.practitioner_id)
        card = worker.presses(worker.types("my audits"), ReadShared.VERB, audit_id=self.audit.id)
        worker.fills(card, {"comment": COMMENT}, AddComment.VERB)

    def review(self, *, nominate: bool) -> None:
        """The team manager reads it, and puts it forward for moderation or not."""
        with self.council.read() as view:
            manager = view.people.holding(Post.TM, team_id=self.audit.team_id)[0]
        someone = Colleague(self.council, manager, self.at)
        card = someone.presses(someone.types("my audits"), ReadShared.VERB, audit_id=self.audit.id)
        reason = {"review_reason": REASON if nominate else "Clear and fair; we take it to supervision."}
        someone.fills(card, reason, ReviewAudit.VERB, nominate=nominate)

    @property
    def page_keys(self) -> tuple[str, ...]:
        """The pages of this audit."""
        return page_keys(self.council.framework, has_contact_section=self.audit.has_contact_section)

    def typed(self, key: str, written: Written) -> dict[str, str]:
        """What is typed into this page on this day."""
        today = self.council.today(self.at)
        numbers, holidays = self.council.framework.numbers, self.council.bank_holidays
        action_by = suggested_action_day(Grade(written.overall), today, numbers, holidays)
        owner = str(self.audit.practitioner_id)
        earlier = self.audit.allocated_on
        return written.typed(key, today=today, earlier=earlier, action_by=action_by, owner=owner)

    def _opened(self, auditor: Colleague) -> Card:
        return auditor.presses(auditor.types("my audits"), OpenOverview.VERB, audit_id=self.audit.id)

    def _auditor(self) -> Colleague:
        return self._person(self.audit.auditor_id)

    def _person(self, person_id: int) -> Colleague:
        with self.council.read() as view:
            return Colleague(self.council, view.people.get(person_id), self.at)
