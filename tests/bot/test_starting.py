"""What the settings make of a council."""

from pathlib import Path

import pytest

from bot.asking import clock
from bot.starting import a_council
from tests.doubles.entra import Entra
from tests.doubles.settings import demo_settings, signed_in_settings


@pytest.mark.rule("CA-22")
@pytest.mark.parametrize(("wanted", "at_any_hour"), [(False, False), (True, True)])
def test_cards_wait_for_working_hours_unless_somebody_tries_things_out(
    entra: Entra, sqlite_url: str, wanted: bool, at_any_hour: bool
) -> None:
    settings = signed_in_settings(entra, database_url=sqlite_url, send_at_any_hour=wanted)

    with a_council(settings, clock()) as council:
        assert council.at_any_hour is at_any_hour


def test_the_demo_sends_in_the_evening_too(sqlite_url: str, tmp_path: Path) -> None:
    settings = demo_settings(database_url=sqlite_url, send_at_any_hour=False, mail_folder=tmp_path)

    with a_council(settings, clock()) as council:
        assert council.at_any_hour
