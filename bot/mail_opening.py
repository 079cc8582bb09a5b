"""The mailer that the settings ask for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.asking import clock
from bot.edge.credentials import TokenSource
from bot.graph import open_graph
from bot.mail import FolderMailer, SmtpMailer
from bot.mail_graph import GraphMailer, SharedMailPace
from bot.settings import Settings
from domain.mail_pacing import MailLimits
from scheduler.ports import Mailer
from workflows.council import Council


@asynccontextmanager
async def open_mailer(
    settings: Settings, council: Council, *, tokens: TokenSource | None = None
) -> AsyncIterator[Mailer]:
    """The mailer, until the block is left. `tokens` stands in for Entra where there is none."""
    if settings.mail == "graph" and settings.graph_mailbox is not None:
        limits = MailLimits(settings.graph_mails_per_minute, settings.graph_mails_per_day)
        pace = SharedMailPace(council, settings.graph_mailbox, limits, clock=clock)
        async with open_graph(settings, tokens=tokens) as graph:
            yield GraphMailer(graph, settings.graph_mailbox, pace)
    elif settings.mail == "smtp" and settings.smtp_host is not None:
        password = settings.smtp_password.get_secret_value() if settings.smtp_password else None
        yield SmtpMailer(
            settings.smtp_host,
            settings.smtp_port,
            sender=settings.mail_from,
            security=settings.smtp_security,
            user=settings.smtp_user,
            password=password,
        )
    else:
        yield FolderMailer(settings.mail_folder, sender=settings.mail_from)
