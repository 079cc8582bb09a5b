"""Mails, in plain text. A mailbox is not a place for case content: every mail leads to Teams.

Source: Q16, SG-01, SG-02.
"""

from datetime import datetime

from cards.wording import moment


def safety_mail(
    *, council_name: str, duty_phone: str, out_of_hours_phone: str, raised_at: datetime, escalated: bool
) -> tuple[str, str]:
    """Subject and text of a safety alert's mail: whom to call, and to open Teams; nothing of the case."""
    why = (
        "You receive this so that someone beyond the team and the service knows the same day."
        if escalated
        else "You receive this as the manager of the team or the service, or because you cover for one."
    )
    body = f"""\
An auditor is worried about a child's safety today and raised an alert on {moment(raised_at)}.

Please open Teams now, read the alert in your chat with Plumbline and say there that you are acting on it.

If you cannot open Teams, please call:
  Duty team: {duty_phone}
  Out of hours: {out_of_hours_phone}
If a child is in danger this minute, call 999.

{why} This message does not replace a call. For the child's privacy it says nothing about the case.

{council_name}: practice audits
"""
    return "Safety alert: please open Teams now", body


def waiting_mail(*, council_name: str) -> tuple[str, str]:
    """Subject and text of the mail to somebody whom Teams cannot reach: that something waits, and where."""
    body = f"""\
Something waits for you in Plumbline, which runs practice audits in Teams, and it could not reach you there.

Please open Teams, choose Apps, look for Plumbline, open or add it, and write “hello” to it. It then shows \
you what is yours to do.

If you cannot find it or cannot write to it, please tell the QA office; they know what helps.

For the privacy of children and families this message says nothing more.

{council_name}: practice audits
"""
    return "Something waits for you in Plumbline: please open Teams", body


def moderation_mail(*, council_name: str, to_auditor: bool) -> tuple[str, str]:
    """Subject and text of the mail that brings the Word copy of a moderation; nothing of it (MO-15)."""
    whose = (
        "The Panel has looked at an audit of yours. Thank you for it: what it shows helps a child, and all "
        "of us to learn."
        if to_auditor
        else "The Panel has looked at an audit of a child whose case your team holds."
    )
    body = f"""\
{whose}

What it saw is attached as a Word copy. It speaks of a child's life, so please keep it only where you alone \
can read it, and do not pass it on. It is in your chat with Plumbline in Teams as well.

{council_name}: practice audits
"""
    return "A moderation to read", body


def pack_mail(*, council_name: str, title: str) -> tuple[str, str]:
    """Subject and text of the mail that brings an approved pack; its figures stand in the files alone."""
    body = f"""\
{title} has been approved and is attached, in Word and in Excel.

It names no child, no family and no case, and leaves out numbers that are too small to show. It is in your \
chat with Plumbline in Teams as well.

{council_name}: practice audits
"""
    return title, body


def lead_mail(*, council_name: str, quarter: str) -> tuple[str, str]:
    """Subject and text of the mail that brings the Lead Member's summary; its figures stand in the file."""
    body = f"""\
The summary of children's services for {quarter} is attached, in Word. It comes with the quarterly report \
that senior managers and the director have received, and has the same figures.

It names no child, no family, no member of staff and no case, and leaves out numbers that are too small to \
show.

{council_name}: practice audits
"""
    return f"Children's services in figures, {quarter}", body


def file_mail(*, council_name: str) -> tuple[str, str]:
    """Subject and text of the mail that brings a file Teams could not hand over."""
    body = f"""\
The file you asked Plumbline for is attached, as it could not reach you in Teams.

It holds nothing about a child or a family. To use Plumbline in Teams again, choose Apps there, open or add \
Plumbline, and write “hello” to it.

{council_name}: practice audits
"""
    return "The file you asked Plumbline for", body
