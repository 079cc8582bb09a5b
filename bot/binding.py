"""Binds a directory id to the person on the staff list, at their first contact.

What counts is what Teams' own member call says of the caller within the allowed tenant, never what they type.
"""

from datetime import datetime

from botbuilder.schema import Activity

from bot.asking import Asking
from bot.edge.connector import Connector
from bot.edge.outcomes import Failed, Member, Throttled
from bot.edge.references import ConversationRef
from dialogs.answering import busy
from dialogs.turn import Reply
from dialogs.unknown import guest_reply, left_reply, stranger_reply, unsure_reply
from workflows.council import Busy
from workflows.people import Met, bind_first_contact

GUEST_MARK = "#ext#"
"""Stands in the user name of every guest whom Entra keeps for another organisation."""


class Binder:
    """Looks callers up and binds them."""

    def __init__(self, asking: Asking, connector: Connector) -> None:
        self._asking = asking
        self._connector = connector

    async def meet(self, activity: Activity, now: datetime) -> Reply | None:
        """None when the caller is on the staff list, by now at the latest; otherwise the fitting answer."""
        directory_id = activity.from_property.aad_object_id
        tenant = activity.conversation.tenant_id or ""
        if not directory_id:
            return guest_reply()
        ref = ConversationRef.of_turn(activity)
        found = await self._connector.member(ref, activity.from_property.id)
        if isinstance(found, Failed | Throttled):
            # Telling the QA office of a stranger who is only unlucky would send them looking for nothing.
            return unsure_reply()
        addresses: tuple[str, ...] = ()
        if isinstance(found, Member) and _is_the_caller(found, directory_id, tenant):
            addresses = tuple(a for a in (found.email, found.upn) if a)
        council = self._asking.council

        def bind() -> Met:
            with council.write() as work:
                return bind_first_contact(
                    work, council, directory_id=directory_id, tenant_id=tenant, addresses=addresses, now=now
                )

        try:
            met = await self._asking.run(bind, caller_of(activity))
        except Busy:
            return busy()
        return {Met.KNOWN: None, Met.LEFT: left_reply(), Met.STRANGER: stranger_reply()}[met]


def caller_of(activity: Activity) -> str:
    """Whom a turn counts for: the directory id, or the Teams id of somebody without one."""
    return activity.from_property.aad_object_id or activity.from_property.id or ""


def _is_the_caller(found: Member, directory_id: str, tenant: str) -> bool:
    """A guest's home address proves nothing here: another organisation may give any address to its own."""
    same_person = found.directory_id is not None and found.directory_id.lower() == directory_id.lower()
    same_tenant = found.tenant_id is not None and found.tenant_id.lower() == tenant.lower()
    return same_person and same_tenant and GUEST_MARK not in (found.upn or "").lower()
