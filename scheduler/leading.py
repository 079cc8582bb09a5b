"""Which process leads the calendar: the holder of a lease that runs out unless it is renewed.

Source: decision 7 of the design; docs/decisions/0010-cadence-and-lead.md.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from workflows.council import Council, Work

log = logging.getLogger("plumbline.lead")

LEASE_NAME = "calendar"


class LeadLost(Exception):
    """Somebody else leads by now; the step this is raised in is undone."""


@dataclass(slots=True)
class Leading:
    """One process's part in the lead. Used from one thread at a time."""

    council: Council
    holder: str
    """Names the process among all that ever ran, so that no two are taken for one."""
    lasts: timedelta
    clock: Callable[[], datetime]
    epoch: int | None = None
    """Which lead this is, in the order of their taking over; None while somebody else leads."""

    def seek(self) -> bool:
        """Renew the lease or take it when it is free; whether this process leads."""
        if self.epoch is not None and not self._renewed(self.epoch):
            self._lose()
        if self.epoch is None and self._is_free():
            with self.council.write() as work:
                self.epoch = work.leases.take(LEASE_NAME, self.holder, now=self.clock(), lasts=self.lasts)
            if self.epoch is not None:
                log.info("leading the calendar, epoch %d", self.epoch)
        return self.epoch is not None

    def check(self, work: Work) -> int:
        """The epoch of this lead, renewed within the step's own transaction. Raises LeadLost."""
        if self.epoch is not None and work.leases.renew(
            LEASE_NAME, self.holder, self.epoch, now=self.clock(), lasts=self.lasts
        ):
            return self.epoch
        self._lose()
        raise LeadLost

    def give_back(self) -> None:
        """Lead no more, so that the next process need not wait for the lease to run out."""
        if self.epoch is not None:
            with self.council.write() as work:
                work.leases.give_back(LEASE_NAME, self.holder, self.epoch, now=self.clock())
            self.epoch = None

    def _lose(self) -> None:
        log.warning("the lead was lost")
        self.epoch = None

    def _renewed(self, epoch: int) -> bool:
        with self.council.write() as work:
            return work.leases.renew(LEASE_NAME, self.holder, epoch, now=self.clock(), lasts=self.lasts)

    def _is_free(self) -> bool:
        with self.council.read() as view:
            return view.leases.is_free(LEASE_NAME, now=self.clock(), lasts=self.lasts)
