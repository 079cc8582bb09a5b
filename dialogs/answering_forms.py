"""What forms about actions and closing have in common: days, a second look at a text, what was refused."""

from collections.abc import Mapping
from datetime import date

from cards.answers import NAMES_NOBODY
from cards.views import HintView
from cards.views_actions import Answers
from dialogs.press import Press
from domain.errors import RuleBroken
from workflows.kept_words import Identifying
from workflows.sharing import TextWanted


def typed_day(press: Press, field: str) -> date | None:
    """The day in this input; None when it is none. What may be done is asked before what was typed."""
    try:
        return date.fromisoformat(press.typed(field))
    except ValueError:
        return None


def names_nobody(press: Press) -> bool:
    """Whether the person looked again and says that the text names nobody."""
    return press.typed(NAMES_NOBODY) == "true"


def refused(press: Press, broken: RuleBroken) -> Answers:
    """What was typed, to be shown again with what is wrong with it."""
    field = broken.field if isinstance(broken, TextWanted) else ""
    errors = (HintView(field, str(broken), blocking=True),)
    return Answers(press.typed_texts, errors, isinstance(broken, Identifying))


def carried_of(press: Press) -> Mapping[str, str] | None:
    """What was typed on the card before, for the way back."""
    return press.typed_texts or None
