"""One unit of work: the repositories of one transaction.

A `View` reads, a `Work` changes. The type in a workflow's signature says which it needs.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TypeVar

from sqlalchemy.engine import Connection

from domain.trail import TrailKey
from storage.actions import ActionReading, ActionWriting
from storage.agenda_facts import AgendaFacts
from storage.audits import AuditReading, AuditWriting
from storage.calendar import CalendarReading, CalendarWriting
from storage.calibrations import CalibrationReading, CalibrationWriting
from storage.cases import CaseReading, CaseWriting
from storage.channel_posts import ChannelPostReading, ChannelPostWriting
from storage.discussions import DiscussionReading, DiscussionWriting
from storage.draws import DrawReading, DrawWriting
from storage.duties import DutyReading
from storage.examples import ExampleReading, ExampleWriting
from storage.exceptions import ExceptionReading, ExceptionWriting
from storage.extensions import ExtensionReading, ExtensionWriting
from storage.followups import FollowUpReading, FollowUpWriting
from storage.imports import Imports
from storage.indicators import IndicatorReading, IndicatorWriting
from storage.installs import InstallTries
from storage.learning import LearningReading, LearningWriting
from storage.leases import LeaseReading, LeaseWriting
from storage.locked_reports import LockedReportReading, LockedReportWriting
from storage.loop import LoopReading
from storage.mail_pacing import MailPaces
from storage.meetings import MeetingReading, MeetingWriting
from storage.moderations import ModerationReading, ModerationWriting
from storage.narratives import NarrativeReading, NarrativeWriting
from storage.notices import NoticeReading, NoticeWriting
from storage.nudges import NudgeReading, NudgeWriting
from storage.offers import OfferReading, OfferWriting
from storage.outbox import OutboxReading, OutboxWriting
from storage.pacing import Paces
from storage.packs import PackReading, PackWriting
from storage.people import PeopleReading, PeopleWriting
from storage.plan import PlanReading, PlanWriting
from storage.praise import PraiseReading, PraiseWriting
from storage.reach import ReachReading, ReachWriting
from storage.report_requests import ReportRequestReading, ReportRequestWriting
from storage.rounds import RoundReading, RoundWriting
from storage.safety import SafetyReading, SafetyWriting
from storage.snoozes import SnoozeReading, SnoozeWriting
from storage.supervisions import SupervisionReading, SupervisionWriting
from storage.switches import SwitchReading, SwitchWriting
from storage.team_reports import TeamReportReading, TeamReportWriting
from storage.tracking import TrackingReading, TrackingWriting
from storage.trail import TrailReading, TrailWriting
from storage.turns import Turns
from storage.waiting import WaitingReading

Answer = TypeVar("Answer")


class View:
    """What may be read, as of one moment."""

    def __init__(self, connection: Connection, trail_key: TrailKey) -> None:
        self._connection = connection
        self._trail_key = trail_key

    def once(self, count: Callable[..., Answer], *given: Hashable) -> Answer:
        """What `count` makes of this view and of what is given.

        A view that remembers gives it again until a table it was read from changes (`storage.remembering`),
        so `count` depends on nothing else, and nobody changes its answer.
        """
        return count(self, *given)

    @cached_property
    def people(self) -> PeopleReading:
        """Staff, teams and services."""
        return PeopleReading(self._connection)

    @cached_property
    def cases(self) -> CaseReading:
        """Open and closed cases."""
        return CaseReading(self._connection)

    @cached_property
    def rounds(self) -> RoundReading:
        """Rounds and their proposals."""
        return RoundReading(self._connection)

    @cached_property
    def audits(self) -> AuditReading:
        """Audits, their pages and what followed."""
        return AuditReading(self._connection)

    @cached_property
    def safety(self) -> SafetyReading:
        """Safety alerts."""
        return SafetyReading(self._connection)

    @cached_property
    def notices(self) -> NoticeReading:
        """The outbox."""
        return NoticeReading(self._connection)

    @cached_property
    def waiting(self) -> WaitingReading:
        """What could not be delivered."""
        return WaitingReading(self._connection)

    @cached_property
    def offers(self) -> OfferReading:
        """Files offered to people."""
        return OfferReading(self._connection)

    @cached_property
    def reach(self) -> ReachReading:
        """Where people and channels can be reached."""
        return ReachReading(self._connection)

    @cached_property
    def trail(self) -> TrailReading:
        """Who did what."""
        return TrailReading(self._connection, self._trail_key)

    @cached_property
    def calendar(self) -> CalendarReading:
        """What the calendar has done."""
        return CalendarReading(self._connection)

    @cached_property
    def leases(self) -> LeaseReading:
        """Who leads."""
        return LeaseReading(self._connection)

    @cached_property
    def switches(self) -> SwitchReading:
        """What operators set."""
        return SwitchReading(self._connection)

    @cached_property
    def outbox(self) -> OutboxReading:
        """The outbox as a whole, for operators."""
        return OutboxReading(self._connection)

    @cached_property
    def duties(self) -> DutyReading:
        """What everyone is still to do."""
        return DutyReading(self._connection)

    @cached_property
    def nudges(self) -> NudgeReading:
        """Who was reminded of what."""
        return NudgeReading(self._connection)

    @cached_property
    def snoozes(self) -> SnoozeReading:
        """What people put off."""
        return SnoozeReading(self._connection)

    @cached_property
    def extensions(self) -> ExtensionReading:
        """More time, asked for and decided on."""
        return ExtensionReading(self._connection)

    @cached_property
    def moderations(self) -> ModerationReading:
        """What the Panel looks at and what came of it."""
        return ModerationReading(self._connection)

    @cached_property
    def draws(self) -> DrawReading:
        """Draws of the Panel."""
        return DrawReading(self._connection)

    @cached_property
    def discussions(self) -> DiscussionReading:
        """Talks about moderations."""
        return DiscussionReading(self._connection)

    @cached_property
    def examples(self) -> ExampleReading:
        """Example audits."""
        return ExampleReading(self._connection)

    @cached_property
    def calibrations(self) -> CalibrationReading:
        """Cases that everyone grades blind."""
        return CalibrationReading(self._connection)

    @cached_property
    def actions(self) -> ActionReading:
        """Actions of audits to their end."""
        return ActionReading(self._connection)

    @cached_property
    def followups(self) -> FollowUpReading:
        """What follows audits until they are closed, and after."""
        return FollowUpReading(self._connection)

    @cached_property
    def supervisions(self) -> SupervisionReading:
        """Supervisions."""
        return SupervisionReading(self._connection)

    @cached_property
    def learning(self) -> LearningReading:
        """The learning log."""
        return LearningReading(self._connection)

    @cached_property
    def loop(self) -> LoopReading:
        """What was found and what became of it, for reports."""
        return LoopReading(self._connection)

    @cached_property
    def praise(self) -> PraiseReading:
        """Praise for good work."""
        return PraiseReading(self._connection)

    @cached_property
    def indicators(self) -> IndicatorReading:
        """Indicators and their values."""
        return IndicatorReading(self._connection)

    @cached_property
    def exceptions(self) -> ExceptionReading:
        """What of them needs a look."""
        return ExceptionReading(self._connection)

    @cached_property
    def narratives(self) -> NarrativeReading:
        """What managers write beside figures."""
        return NarrativeReading(self._connection)

    @cached_property
    def locked_reports(self) -> LockedReportReading:
        """Performance reports as they were locked."""
        return LockedReportReading(self._connection)

    @cached_property
    def report_requests(self) -> ReportRequestReading:
        """Reports that groups asked for."""
        return ReportRequestReading(self._connection)

    @cached_property
    def team_reports(self) -> TeamReportReading:
        """Weekly reports of teams."""
        return TeamReportReading(self._connection)

    @cached_property
    def packs(self) -> PackReading:
        """Reports with their figures."""
        return PackReading(self._connection)

    @cached_property
    def meetings(self) -> MeetingReading:
        """Meetings of the bodies."""
        return MeetingReading(self._connection)

    @cached_property
    def tracking(self) -> TrackingReading:
        """The activity tracker."""
        return TrackingReading(self._connection)

    @cached_property
    def plan(self) -> PlanReading:
        """The forward plan."""
        return PlanReading(self._connection)

    @cached_property
    def agenda_facts(self) -> AgendaFacts:
        """Counts that stand on agendas."""
        return AgendaFacts(self._connection)

    @cached_property
    def channel_posts(self) -> ChannelPostReading:
        """Messages of ours that stand in channels."""
        return ChannelPostReading(self._connection)


class Work(View):
    """A View that may change things; committed as a whole or not at all."""

    @cached_property
    def people(self) -> PeopleWriting:
        """Staff, teams and services."""
        return PeopleWriting(self._connection)

    @cached_property
    def cases(self) -> CaseWriting:
        """Open and closed cases."""
        return CaseWriting(self._connection)

    @cached_property
    def rounds(self) -> RoundWriting:
        """Rounds and their proposals."""
        return RoundWriting(self._connection)

    @cached_property
    def audits(self) -> AuditWriting:
        """Audits, their pages and what followed."""
        return AuditWriting(self._connection)

    @cached_property
    def safety(self) -> SafetyWriting:
        """Safety alerts."""
        return SafetyWriting(self._connection)

    @cached_property
    def notices(self) -> NoticeWriting:
        """The outbox."""
        return NoticeWriting(self._connection)

    @cached_property
    def offers(self) -> OfferWriting:
        """Files offered to people."""
        return OfferWriting(self._connection)

    @cached_property
    def reach(self) -> ReachWriting:
        """Where people and channels can be reached."""
        return ReachWriting(self._connection)

    @cached_property
    def trail(self) -> TrailWriting:
        """Who did what."""
        return TrailWriting(self._connection, self._trail_key)

    @cached_property
    def calendar(self) -> CalendarWriting:
        """What the calendar has done."""
        return CalendarWriting(self._connection)

    @cached_property
    def leases(self) -> LeaseWriting:
        """Who leads."""
        return LeaseWriting(self._connection)

    @cached_property
    def switches(self) -> SwitchWriting:
        """What operators set."""
        return SwitchWriting(self._connection)

    @cached_property
    def outbox(self) -> OutboxWriting:
        """The outbox as a whole, for operators."""
        return OutboxWriting(self._connection)

    @cached_property
    def paces(self) -> Paces:
        """How fast we send, shared by every process."""
        return Paces(self._connection)

    @cached_property
    def nudges(self) -> NudgeWriting:
        """Who was reminded of what."""
        return NudgeWriting(self._connection)

    @cached_property
    def snoozes(self) -> SnoozeWriting:
        """What people put off."""
        return SnoozeWriting(self._connection)

    @cached_property
    def extensions(self) -> ExtensionWriting:
        """More time, asked for and decided on."""
        return ExtensionWriting(self._connection)

    @cached_property
    def moderations(self) -> ModerationWriting:
        """What the Panel looks at and what came of it."""
        return ModerationWriting(self._connection)

    @cached_property
    def draws(self) -> DrawWriting:
        """Draws of the Panel."""
        return DrawWriting(self._connection)

    @cached_property
    def discussions(self) -> DiscussionWriting:
        """Talks about moderations."""
        return DiscussionWriting(self._connection)

    @cached_property
    def examples(self) -> ExampleWriting:
        """Example audits."""
        return ExampleWriting(self._connection)

    @cached_property
    def calibrations(self) -> CalibrationWriting:
        """Cases that everyone grades blind."""
        return CalibrationWriting(self._connection)

    @cached_property
    def actions(self) -> ActionWriting:
        """Actions of audits to their end."""
        return ActionWriting(self._connection)

    @cached_property
    def followups(self) -> FollowUpWriting:
        """What follows audits until they are closed, and after."""
        return FollowUpWriting(self._connection)

    @cached_property
    def supervisions(self) -> SupervisionWriting:
        """Supervisions."""
        return SupervisionWriting(self._connection)

    @cached_property
    def learning(self) -> LearningWriting:
        """The learning log."""
        return LearningWriting(self._connection)

    @cached_property
    def praise(self) -> PraiseWriting:
        """Praise for good work."""
        return PraiseWriting(self._connection)

    @cached_property
    def indicators(self) -> IndicatorWriting:
        """Indicators and their values."""
        return IndicatorWriting(self._connection)

    @cached_property
    def exceptions(self) -> ExceptionWriting:
        """What of them needs a look."""
        return ExceptionWriting(self._connection)

    @cached_property
    def narratives(self) -> NarrativeWriting:
        """What managers write beside figures."""
        return NarrativeWriting(self._connection)

    @cached_property
    def locked_reports(self) -> LockedReportWriting:
        """Performance reports as they were locked."""
        return LockedReportWriting(self._connection)

    @cached_property
    def report_requests(self) -> ReportRequestWriting:
        """Reports that groups asked for."""
        return ReportRequestWriting(self._connection)

    @cached_property
    def team_reports(self) -> TeamReportWriting:
        """Weekly reports of teams."""
        return TeamReportWriting(self._connection)

    @cached_property
    def packs(self) -> PackWriting:
        """Reports with their figures."""
        return PackWriting(self._connection)

    @cached_property
    def meetings(self) -> MeetingWriting:
        """Meetings of the bodies."""
        return MeetingWriting(self._connection)

    @cached_property
    def tracking(self) -> TrackingWriting:
        """The activity tracker."""
        return TrackingWriting(self._connection)

    @cached_property
    def plan(self) -> PlanWriting:
        """The forward plan."""
        return PlanWriting(self._connection)

    @cached_property
    def channel_posts(self) -> ChannelPostWriting:
        """Messages of ours that stand in channels."""
        return ChannelPostWriting(self._connection)

    def finish(self) -> None:
        """Write what waited for the end. Called once, before the transaction is committed."""
        if "trail" in self.__dict__:
            self.trail.finish()

    @property
    def has_queued(self) -> bool:
        """Whether this work put something into the outbox."""
        queued = "notices" in self.__dict__ and self.notices.has_queued
        return queued or ("outbox" in self.__dict__ and self.outbox.has_released)

    @contextmanager
    def part(self) -> Iterator[None]:
        """What is changed in the block is undone when it raises, and nothing else is."""
        with self._connection.begin_nested():
            yield

    @contextmanager
    def rehearsal(self) -> "Iterator[Work]":
        """A Work that sees what this one sees and whose every change is undone on leaving."""
        point = self._connection.begin_nested()
        try:
            yield Work(self._connection, self._trail_key)
        finally:
            point.rollback()

    @cached_property
    def imports(self) -> Imports:
        """Lists taken in or waiting for a yes."""
        return Imports(self._connection)

    @cached_property
    def installs(self) -> InstallTries:
        """When the app was last put into somebody's Teams."""
        return InstallTries(self._connection)

    @cached_property
    def mail_paces(self) -> MailPaces:
        """What left each mailbox lately."""
        return MailPaces(self._connection)

    @cached_property
    def turns(self) -> Turns:
        """What belongs to a conversation: presses answered, the page a person is on, waiting lines."""
        return Turns(self._connection)
