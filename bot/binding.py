"""Binds a directory id to the person on the staff list, at their first contact.

What counts is what Teams' own member call says of the caller within the allowed tenant, never what they type.
"""

from datetime import datetime

from botbuilder.schema import Activity

from bot.asking import Asking
from bot.edge.connector import Connector
from bot.edge.outcomes import Member
from bot.edge.references import ConversationRef
from workflows.people import bind_first_contact


class Binder:
    """Looks callers up and binds them."""

    def __init__(self, asking: Asking, connector: Connector) -> None:
        self._asking = asking
        self._connector = connector

    async def bind(self, activity: Activity, now: datetime) -> bool:
        """Whether the caller is someone on the staff list, by now at the latest."""
        directory_id = activity.from_property.aad_object_id
        tenant = activity.conversation.tenant_id or ""
        if not directory_id:
            return False
        ref = ConversationRef(activity.service_url, activity.conversation.id)
        found = await self._connector.member(ref, activity.from_property.id)
        addresses: tuple[str, ...] = ()
        if isinstance(found, Member) and _is_the_caller(found, directory_id, tenant):
            addresses = tuple(a for a in (found.email, found.upn) if a)
        council = self._asking.council

        def bind() -> bool:
            with council.write() as work:
                person = bind_first_contact(
                    work, council, directory_id=directory_id, tenant_id=tenant, addresses=addresses, now=now
                )
                return person is not None

        return await self._asking.run(bind)


def _is_the_caller(found: Member, directory_id: str, tenant: str) -> bool:
    """A guest's home address proves nothing here, so the tenant has to be the one the call came from."""
    same_person = found.directory_id is None or found.directory_id.lower() == directory_id.lower()
    same_tenant = found.tenant_id is None or found.tenant_id.lower() == tenant.lower()
    return same_person and same_tenant
