"""`plumbline channel`: an operator chooses where the QA Group's digest is posted."""

import pytest

from bot.asking import clock
from domain.framework import Framework
from storage.switches import QaChannel
from tests.bot.commands import Terminal
from tests.bot.test_cli_operators import opened
from tests.channels import PLACE
from workflows.places import keep_place


@pytest.fixture
def number(terminal: Terminal, sqlite_url: str, framework: Framework) -> int:
    """A channel the app is in, which nobody has chosen."""
    with opened(sqlite_url, framework) as council, council.write() as work:
        return keep_place(work, PLACE, now=clock())


def chosen(url: str, framework: Framework) -> QaChannel | None:
    with opened(url, framework) as council, council.read() as view:
        return view.switches.qa_channel()


def test_a_channel_is_listed_chosen_set_to_monthly_and_given_up(
    terminal: Terminal, number: int, sqlite_url: str, framework: Framework
) -> None:
    before = terminal.runs("channel", "list")
    weekly = terminal.runs("channel", "use", number)
    first = chosen(sqlite_url, framework)
    monthly = terminal.runs("channel", "use", number, "--monthly")
    second = chosen(sqlite_url, framework)
    listed = terminal.runs("channel", "list")
    ended, again = terminal.runs("channel", "off"), terminal.runs("channel", "off")

    assert "QA Group" in before.out
    assert "monthly" not in before.out
    assert "every week while a round is under way" in weekly.out
    assert "once a month." in monthly.out
    assert first is not None
    assert second is not None
    assert (first.channel_id, first.weekly, second.weekly) == (number, True, False)
    assert "monthly" in listed.out
    assert "No digest is posted any more." in ended.out
    assert "No channel was chosen." in again.out
    assert chosen(sqlite_url, framework) is None


def test_a_channel_of_another_number_is_refused_in_plain_words(terminal: Terminal, number: int) -> None:
    refused = terminal.runs("channel", "use", number + 7)

    assert refused.status == 2
    assert "no channel of that number" in refused.err


def test_without_any_team_it_says_what_to_do(terminal: Terminal) -> None:
    assert "Add it to the QA Group's team" in terminal.runs("channel", "list").out
