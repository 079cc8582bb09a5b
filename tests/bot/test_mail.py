"""Mail into a folder, and through a server that a stand-in plays line by line."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from bot.mail import FolderMailer, SmtpMailer
from domain.delivery import Failed, Gone, Outcome, Sent
from scheduler.ports import Attachment, Mail

ALERT = Mail(
    to="toni.manager@exampleshire.example",
    subject="Safety alert: please open Teams now",
    body="Please open Teams – now.\n",
    message_id="notice-7@plumbline.invalid",
)


@dataclass
class MailServer:
    """A mail server's side of the conversation. `answers` replace its usual ones, by verb."""

    answers: Mapping[str, str] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    mails: list[EmailMessage] = field(default_factory=list)

    talks: set["asyncio.Task[None]"] = field(default_factory=set)

    def meets(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Somebody connects."""
        self.talks.add(asyncio.create_task(self._talk(reader, writer)))

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until either side ends it. An answer of "hang up" ends it at once."""
        said = self.answers.get("CONNECT", "220 ready")
        while said != "hang up":
            writer.write(f"{said}\r\n".encode())
            line = (await reader.readline()).decode().strip()
            verb = line.split(" ")[0].upper()
            if verb in {"", "QUIT"}:
                break
            self.heard.append(line)
            said = self.answers.get(verb, "354 go on" if verb == "DATA" else "250 OK")
            if verb == "DATA" and said.startswith("354"):
                writer.write(f"{said}\r\n".encode())
                content = (await reader.readuntil(b"\r\n.\r\n")).removesuffix(b".\r\n")
                said = self.answers.get("END", "250 taken")
                if said.startswith("250"):
                    self.mails.append(message_from_bytes(content, policy=default))
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


@asynccontextmanager
async def serving(server: MailServer) -> AsyncIterator[int]:
    """The port it listens on."""
    listening = await asyncio.start_server(server.meets, "127.0.0.1", 0)
    try:
        yield listening.sockets[0].getsockname()[1]
    finally:
        listening.close()
        await listening.wait_closed()
        await asyncio.gather(*server.talks)


async def _send(server: MailServer, mail: Mail = ALERT, *, security: str = "none") -> Outcome:
    async with serving(server) as port:
        mailer = SmtpMailer(
            "127.0.0.1",
            port,
            sender="plumbline@exampleshire.example",
            security=security,  # type: ignore[arg-type]
            timeout_seconds=2.0,
        )
        return await mailer.send(mail)


async def test_a_mail_reaches_the_server_whole() -> None:
    server = MailServer()

    outcome = await _send(server)

    (mail,) = server.mails
    assert outcome == Sent("notice-7@plumbline.invalid")
    assert (mail["To"], mail["From"]) == (ALERT.to, "plumbline@exampleshire.example")
    assert mail["Subject"] == ALERT.subject
    assert mail["Message-ID"] == "<notice-7@plumbline.invalid>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().replace("\r\n", "\n") == ALERT.body


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"RCPT": "550 no such mailbox"}, Gone()),
        ({"RCPT": "450 try later"}, Failed(450, retryable=True, reason="mailbox_not_ready")),
        ({"DATA": "554 not from you"}, Failed(554, retryable=False, reason="mail_refused")),
        ({"END": "554 looks like spam"}, Failed(554, retryable=False, reason="mail_refused")),
        ({"END": "451 try later"}, Failed(451, retryable=True, reason="mail_refused")),
        ({"MAIL": "550 unknown sender"}, Failed(550, retryable=False, reason="mail_refused")),
        ({"CONNECT": "421 too busy"}, Failed(421, retryable=True, reason="mail_server_refused")),
    ],
)
async def test_a_refusal_says_whether_trying_again_makes_sense(
    answers: Mapping[str, str], outcome: Outcome
) -> None:
    server = MailServer(answers)

    assert await _send(server) == outcome
    assert server.mails == []


async def test_a_line_that_breaks_after_the_mail_was_handed_over_leaves_doubt() -> None:
    outcome = await _send(MailServer({"END": "hang up"}))

    assert outcome == Failed(0, retryable=True, reason="mail_server_lost", uncertain=True)


async def test_no_server_means_trying_again_without_doubt() -> None:
    async with serving(MailServer()) as port:
        pass

    outcome = await SmtpMailer("127.0.0.1", port, sender="a@b.example", security="none").send(ALERT)

    assert outcome == Failed(0, retryable=True, reason="no_mail_server")


async def test_a_server_that_offers_no_encryption_gets_no_mail_when_encryption_is_asked_for() -> None:
    server = MailServer()

    outcome = await _send(server, security="starttls")

    assert isinstance(outcome, Failed)
    assert outcome.retryable
    assert server.mails == []
    assert not any(line.startswith(("MAIL", "AUTH")) for line in server.heard)


async def test_a_wrong_password_is_tried_again_as_the_settings_may_be_mended() -> None:
    greeting = {"EHLO": "250-here\r\n250 AUTH PLAIN", "AUTH": "535 wrong"}
    async with serving(MailServer(greeting)) as port:
        mailer = SmtpMailer(
            "127.0.0.1", port, sender="a@b.example", security="none", user="u", password="a secret"
        )
        outcome = await mailer.send(ALERT)

    assert outcome == Failed(535, retryable=True, reason="mail_sign_in_refused")
    assert "a secret" not in repr(mailer)


@pytest.mark.parametrize("to", ["a@b.example\r\nBcc: all@b.example", "a@b.example\nX: y"])
async def test_an_address_cannot_add_a_line_to_the_message(tmp_path: Path, to: str) -> None:
    sly = Mail(to, "subject", "body", "id@x")
    server = MailServer()

    by_server = await _send(server, sly)
    by_folder = await FolderMailer(tmp_path, sender="a@b.example").send(sly)

    assert by_server == by_folder == Failed(0, retryable=False, reason="unwritable_mail")
    assert server.heard == []
    assert list(tmp_path.iterdir()) == []


async def test_a_mail_lands_in_the_folder_as_a_file_mail_programs_open(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path / "mail", sender="plumbline@exampleshire.example")

    outcome = await mailer.send(ALERT)

    (path,) = (tmp_path / "mail").iterdir()
    mail = message_from_bytes(path.read_bytes(), policy=default)
    assert outcome == Sent(ALERT.message_id)
    assert path.suffix == ".eml"
    assert (mail["To"], mail["Subject"], mail.get_content()) == (ALERT.to, ALERT.subject, ALERT.body)


async def test_a_repeated_mail_takes_the_place_of_the_first(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path, sender="a@b.example")

    await mailer.send(ALERT)
    await mailer.send(ALERT)

    assert len(list(tmp_path.iterdir())) == 1


async def test_a_mail_cannot_leave_its_folder(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path / "mail", sender="a@b.example")

    await mailer.send(Mail("a@b.example", "s", "b", "../../outside@x"))

    assert [path.parent for path in tmp_path.rglob("*.eml")] == [tmp_path / "mail"]


async def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    in_the_way = tmp_path / "mail"
    in_the_way.write_text("not a folder", encoding="utf-8")

    outcome = await FolderMailer(in_the_way, sender="a@b.example").send(ALERT)

    assert outcome == Failed(0, retryable=True, reason="no_folder")


HOLDS = Attachment("Your audit.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")


async def test_a_file_goes_with_the_mail_by_server_and_by_folder_alike(tmp_path: Path) -> None:
    server = MailServer()
    mail = replace(ALERT, attachments=(HOLDS,))

    await _send(server, mail)
    await FolderMailer(tmp_path, sender="a@b.example").send(mail)

    (path,) = tmp_path.iterdir()
    for found in (server.mails[0], message_from_bytes(path.read_bytes(), policy=default)):
        (file,) = found.iter_attachments()
        assert (file.get_filename(), file.get_content_type()) == (HOLDS.name, HOLDS.content_type)
        assert str(file.get_content()).splitlines() == HOLDS.content.decode().splitlines()
        body = found.get_body()
        assert body is not None
        assert body.get_content().replace("\r\n", "\n") == ALERT.body


async def test_a_files_name_cannot_add_a_line_to_the_message(tmp_path: Path) -> None:
    sly = replace(ALERT, attachments=(replace(HOLDS, name="a.ics\r\nBcc: all@b.example"),))

    outcome = await FolderMailer(tmp_path, sender="a@b.example").send(sly)

    assert outcome == Failed(0, retryable=False, reason="unwritable_mail")
