"""A shared audit as it stands, for a copy that somebody takes away. Source: CA-16, Q30, SG-05."""

from dataclasses import dataclass
from datetime import datetime

from domain.audit_file import AuditFile
from domain.people import Person
from domain.permissions import Capacity, Verb
from storage.work import View
from workflows.audit_access import load_file, require_audit
from workflows.council import Council
from workflows.sharing import reader


@dataclass(frozen=True, slots=True)
class SharedAudit:
    """What the reader may have of it."""

    file: AuditFile
    capacity: Capacity
    action_states: tuple[str, ...]
    """In the order of the file's actions."""


def shared_audit(view: View, council: Council, *, by: Person, audit_id: int, now: datetime) -> SharedAudit:
    """The submitted audit. Raises NotAllowed for whoever may not read it.

    The export's own row in the trail says who took it, so no reading is noted here.
    """
    audit, granted = require_audit(view, council, Verb.READ_SHARED, by=by, audit_id=audit_id, now=now)
    states = tuple(action.state for action in view.actions.of_audit(audit_id))
    return SharedAudit(load_file(view, audit), reader(granted), states)
