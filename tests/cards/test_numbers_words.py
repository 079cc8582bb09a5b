"""Figures in words: a period stands with each, whatever there is to do about it."""

import pytest

from cards.numbers_words import figure_in_words
from domain.numbers import Look, NumberLine


@pytest.mark.rule("PF-01", "PF-08")
@pytest.mark.parametrize("look", list(Look))
def test_every_figure_says_of_when_it_is(look: Look) -> None:
    line = NumberLine("Visits in time", "", "93%", "91%", "March 2025", "", "", "", look)

    assert figure_in_words(line).startswith("93% in March 2025")


@pytest.mark.rule("PF-04", "PF-06", "PF-15")
@pytest.mark.parametrize("look", list(Look))
def test_what_audits_found_stands_beside_the_figure_also_where_nothing_is_to_be_chased(look: Look) -> None:
    found = "Audits of the last year: Planning below Good in 5 of 7."
    line = NumberLine("Plans in time", "", "93%", "", "March 2025", "", "", "", look, audits=found)

    assert figure_in_words(line).endswith(found)
