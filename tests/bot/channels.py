"""A team the bot may be installed in, and activities from its channel."""

from typing import Any

from tests.doubles.entra import TENANT
from tests.doubles.service import Caller

TEAM = {"id": "19:team@thread.tacv2", "name": "QA Operational Group"}
CHANNEL = {"id": TEAM["id"], "conversationType": "channel", "tenantId": TENANT, "isGroup": True}


def in_team(caller: Caller, build: Any, *given: Any, **changes: Any) -> dict[str, Any]:
    data = {"tenant": {"id": TENANT}, "team": TEAM}
    return caller.activity(build, *given, conversation=CHANNEL, channelData=data, **changes)
