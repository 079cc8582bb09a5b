"""What presses of meetings, tracker, plan and log share: forms, names to choose from, files asked for."""

from collections.abc import Callable, Mapping

from cards.views_governance import Choices, Form
from dialogs.learning_shown import hints
from dialogs.press import Outcome, Press
from domain.intake_posts import post_name
from domain.people import Post
from workflows.learning_texts import owners
from workflows.offering import offer_file

COMING = (
    "The file comes in a message of its own in a moment. Press Allow there, and it goes into your OneDrive."
)
"""Said once a file was offered."""


def ask_for(kind: str) -> Callable[[Press], Outcome]:
    """What offers the one file of this kind, of which there is one for the council."""

    def act(press: Press) -> Outcome:
        offer_file(
            press.work,
            press.council,
            by=press.person,
            kind=kind,
            subject_id=0,
            token=press.turn.nonce,
            now=press.now,
        )
        return {}

    return act


def form_of(
    press: Press, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> Form:
    """A form of this press, with what was typed and what was wrong with it."""
    return Form(press.turn.nonce, typed, hints(errors))


def owner_choices(press: Press, standing: int | None = None) -> Choices:
    """Who may own something, and whoever owns it already."""
    may_own = owners(press.work)
    if standing is not None:
        may_own.setdefault(standing, press.work.people.get(standing).name)
    return tuple((str(i), name) for i, name in may_own.items())


def post_choices() -> Choices:
    """Every post that may lead an activity."""
    return tuple((post.value, post_name(post)) for post in Post if post is not Post.PRACTITIONER)
