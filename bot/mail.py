"""Mail: into a folder or through a mail server, whichever the settings name. Through Graph: `bot.mail_graph`.

Nothing is raised for what a mail server answers; each send returns one of the courier's outcomes. Nothing is
retried here either, as only the courier knows how long a notice has waited.
"""

import asyncio
import os
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Literal

import aiosmtplib

from bot.asking import clock
from scheduler.ports import Failed, Gone, Mail, Outcome, Sent

TIMEOUT_SECONDS = 10.0


class FolderMailer:
    """Writes each mail as a file that mail programs open; a repeated mail takes the place of the first."""

    def __init__(self, folder: Path, *, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    async def send(self, mail: Mail) -> Outcome:
        """Whether the file is whole and on the disk."""
        try:
            content = _message(mail, self._sender).as_bytes()
        except ValueError:
            return Failed(0, retryable=False, reason="unwritable_mail")
        name = "".join(c if c.isalnum() or c in "-." else "-" for c in mail.message_id) + ".eml"
        try:
            await asyncio.to_thread(self._write, self._folder / name, content)
        except OSError:
            return Failed(0, retryable=True, reason="no_folder")
        return Sent(mail.message_id)

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(f".{os.getpid()}.part")
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)


class SmtpMailer:
    """Hands each mail to a server, over a connection of its own: alerts are rare, and none may wait."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        sender: str,
        security: Literal["starttls", "tls", "none"] = "starttls",
        user: str | None = None,
        password: str | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        self._host = host
        self._port = port
        self._sender = sender
        self._security = security
        self._user = user
        self._password = password
        self._timeout = timeout_seconds

    def __repr__(self) -> str:
        return f"SmtpMailer({self._host!r}, {self._port}, security={self._security!r})"

    async def send(self, mail: Mail) -> Outcome:
        """What the server made of it; a mail it may have taken before the line broke is uncertain."""
        try:
            message = _message(mail, self._sender)
        except ValueError:
            return Failed(0, retryable=False, reason="unwritable_mail")
        try:
            await aiosmtplib.send(
                message,
                hostname=self._host,
                port=self._port,
                username=self._user,
                password=self._password,
                use_tls=self._security == "tls",
                # True insists: a server that offers no encryption gets no mail.
                start_tls=self._security == "starttls",
                timeout=self._timeout,
            )
        except aiosmtplib.SMTPRecipientsRefused as refused:
            return _refused(tuple(recipient.code for recipient in refused.recipients))
        except aiosmtplib.SMTPAuthenticationError as fault:
            # A wrong or expired password is mended in the settings; the alert must go out then.
            return Failed(fault.code, retryable=True, reason="mail_sign_in_refused")
        except aiosmtplib.SMTPConnectResponseError as fault:
            return Failed(fault.code, retryable=True, reason="mail_server_refused")
        except aiosmtplib.SMTPResponseException as fault:
            return Failed(fault.code, retryable=400 <= fault.code < 500, reason="mail_refused")
        except aiosmtplib.SMTPConnectError:
            return Failed(0, retryable=True, reason="no_mail_server")
        except (aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPTimeoutError):
            return Failed(0, retryable=True, reason="mail_server_lost", uncertain=True)
        except (aiosmtplib.SMTPException, OSError):
            return Failed(0, retryable=True, reason="mail_server_unfit")
        return Sent(mail.message_id)


def _refused(codes: tuple[int, ...]) -> Outcome:
    if codes and all(500 <= code < 600 for code in codes):
        return Gone()
    return Failed(codes[0] if codes else 0, retryable=True, reason="mailbox_not_ready")


def _message(mail: Mail, sender: str) -> EmailMessage:
    """The message; ValueError for an address or subject that would break out of its line."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(clock())
    message["Message-ID"] = f"<{mail.message_id}>"
    # Out-of-office answers to an alert would only distract.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    for file in mail.attachments:
        main, _, sub = file.content_type.partition("/")
        if not file.name.isprintable():
            raise ValueError("a file's name must stay on its line")
        message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
    return message
