from string import ascii_letters

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.written import LONGEST_FILE_NAME, file_name, readable

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A slow machine is no failure."""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("  seen weekly \n", "seen weekly", id="outer space goes"),
        pytest.param("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour", id="one kind of line end"),
        pytest.param("home\u00a0visit\u2009today", "home visit today", id="pasted spaces stay spaces"),
        pytest.param("seen\x00 \x1b[1mnow\x7f", "seen [1mnow", id="controls go"),
        pytest.param("half a pair \ud83d here", "half a pair  here", id="half a character pair goes"),
        pytest.param("abc\u202egnp.exe", "abcgnp.exe", id="direction marks go"),
        pytest.param("soft\u00adhyphen\ufeff", "softhyphen", id="unseen marks go"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="Persian words keep their joiner"),
        pytest.param("👩\u200d👧 ❤\ufe0f", "👩\u200d👧 ❤\ufe0f", id="families of emoji stay together"),
        pytest.param("new \U0001fae9 face", "new \U0001fae9 face", id="emoji newer than this Python stay"),
        pytest.param("Ceri â ŵyneb, Łukasz, 李", "Ceri â ŵyneb, Łukasz, 李", id="every script stays"),
    ],
)
def test_text_is_made_fit_to_keep(typed: str, kept: str) -> None:
    assert readable(typed) == kept


@unhurried
@given(st.text(alphabet=st.characters(), max_size=60))
def test_readable_text_can_be_stored_and_is_left_as_it_is_from_then_on(typed: str) -> None:
    once = readable(typed)

    assert readable(once) == once
    assert "\x00" not in once
    once.encode("utf-8")


@unhurried
@given(st.text(alphabet=ascii_letters + " éß漢🙂", max_size=60))
def test_no_letter_is_ever_lost(typed: str) -> None:
    assert readable(typed) == typed.strip()


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("staff list.csv", "staff list.csv"),
        (" staff\n\tlist\u202e.csv", "staff list.csv"),
        ("x" * 120, "x" * 120),
        ("x" * 121 + ".xlsm", "x" * 100 + "…" + "x" * 14 + ".xlsm"),
        ("", ""),
    ],
)
def test_a_file_name_is_one_line_that_keeps_its_ending(sent: str, shown: str) -> None:
    assert file_name(sent) == shown
    assert len(shown) <= LONGEST_FILE_NAME
