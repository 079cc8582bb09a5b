"""What presses of meetings, tracker, plan and log share: forms, names to choose from, files asked for."""

from collections.abc import Mapping

from cards.views_governance import Choices, Form
from dialogs.learning_shown import hints
from dialogs.press import Press
from domain.intake_posts import post_name
from domain.people import Post
from workflows.learning_texts import owners

COMING = (
    "The file comes in a message of its own in a moment. Press Allow there, and it goes into your OneDrive."
)
"""Said once a file was offered."""


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
