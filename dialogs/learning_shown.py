"""An entry of the learning log and the form of its words, as several presses show them."""

from collections.abc import Mapping

from cards.learning_entry import entry_card
from cards.learning_forms import entry_form
from cards.views import HintView
from cards.views_learning import EntryFormView, EntryView
from dialogs.press import Press
from dialogs.turn import Reply
from domain.errors import RuleBroken, Stale
from domain.themes import theme_titles
from workflows.learning_look import open_entry, open_form
from workflows.learning_texts import TextsWanted, owners

SAID = {
    "saved": "Saved. It is the QA office's alone until you publish it.",
    "published": "Published. Whoever sees to it has been told, and the AD for QA is asked to assure it.",
    "assured": "Assured. Thank you.",
    "closed": "Closed, with what changed for children.",
    "follows": "The entry before is closed. This draft goes on from it.",
    "dropped": "Dropped. The reason is kept.",
    "kept": "Saved.",
    "taken_out": "The action is taken out.",
}
"""What is said above an entry once something was done with it."""


def show_entry(press: Press, entry_id: int, said: str = "") -> Reply:
    """An entry as this reader sees it."""
    opened = open_entry(press.work, press.council, by=press.person, entry_id=entry_id, now=press.now)
    view = EntryView(
        opened, theme_titles(press.framework), press.today, press.turn.nonce, message=SAID.get(said, "")
    )
    return Reply(entry_card(view), title="The learning log")


def show_words(
    press: Press,
    entry_id: int,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    changed: bool = False,
) -> Reply:
    """The form of an entry's words; `changed` shows what stands there beside what was typed."""
    entry = open_form(press.work, press.council, by=press.person, entry_id=entry_id, now=press.now)
    may_own = owners(press.work)
    name = ""
    if entry is not None and entry.owner_id is not None:
        name = press.work.people.get(entry.owner_id).name
        may_own.setdefault(entry.owner_id, name)
    titles = theme_titles(press.framework)
    if entry is not None and entry.theme:
        titles.setdefault(entry.theme, entry.theme)
    view = EntryFormView(
        entry=entry,
        themes=tuple(titles.items()),
        owners=tuple((str(i), one) for i, one in may_own.items()),
        nonce=press.turn.nonce,
        typed=typed,
        errors=hints(errors),
        changed=changed,
        owner_name=name,
    )
    return Reply(entry_form(view), title="The learning log")


def typed_words(press: Press) -> dict[str, str]:
    """Every input, made fit to keep."""
    return {name: press.typed(name) for name in press.inputs}


def hints(errors: Mapping[str, str] | None) -> tuple[HintView, ...]:
    """The mistakes as a form takes them."""
    return tuple(HintView(field, said, blocking=True) for field, said in (errors or {}).items())


def asked_again(broken: RuleBroken) -> dict[str, str] | None:
    """What to say beside the fields of a form that is shown again; None when a note says it all."""
    if isinstance(broken, TextsWanted):
        return broken.errors
    return {"": str(broken)} if isinstance(broken, Stale) else None
