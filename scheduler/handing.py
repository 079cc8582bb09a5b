"""Hands a parcel to the post or the mailer and brings back one outcome, whatever happens."""

import asyncio
from dataclasses import replace

from scheduler.ports import Failed, Gone, Mail, Mailer, Outcome, Post, Sent
from scheduler.preparing import Edit, Message, PostEdit

LONGEST_SECONDS = 20.0
"""Longer than any one call may take, and short enough to settle before the claim runs out."""


async def hand_over(parcel: Message | Edit | PostEdit | Mail, post: Post, mailer: Mailer) -> Outcome:
    """What became of it. A post that raises or hangs may have delivered all the same."""
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            match parcel:
                case Message():
                    return await post.send(parcel.address, parcel.activity)
                case Edit():
                    return await _edit(parcel, post)
                case PostEdit():
                    return await post.update(parcel.address, parcel.activity_id, parcel.activity)
                case Mail():
                    return await mailer.send(parcel)
    except TimeoutError:
        return Failed(0, retryable=True, reason="timeout", uncertain=True)
    except Exception as fault:
        return Failed(0, retryable=True, reason=type(fault).__name__, uncertain=True)


async def _edit(edit: Edit, post: Post) -> Outcome:
    """The outcome that decides for all copies: one that waits or may be mended comes before one that may not.

    A copy that somebody deleted needs no editing. Editing a copy twice does no harm, so after a failure all
    of them are edited again.
    """
    worst: Outcome = Sent("")
    for copy in edit.copies:
        # An older copy may stand in a chat that was opened before the present one.
        address = replace(edit.address, conversation_id=copy.conversation_id)
        outcome = await post.update(address, copy.activity_id, edit.activity)
        match outcome:
            case Sent() | Gone():
                continue
            case Failed(retryable=False):
                worst = worst if isinstance(worst, Failed) else outcome
            case Failed():
                worst = outcome
            case _:
                # The chat as a whole is closed or asks us to wait.
                return outcome
    return worst
