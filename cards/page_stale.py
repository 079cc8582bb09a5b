"""A stale save: what stands saved meanwhile, beside the typed text still in the boxes (decision 4)."""

from cards.buttons import more_room, row
from cards.elements import Element, box, labelled, says
from cards.page_lines import page_lines
from cards.payloads import OpenPage
from cards.views import Mode, PageView
from cards.wording import excerpt, moment


def other_version_box(view: PageView, limit: int) -> Element:
    """The other version's texts, each at most `limit` characters here, and where to read the rest."""
    if view.other_version is None:
        raise ValueError("there is no other version to show")
    when = f" on {moment(view.other_saved_at)}" if view.other_saved_at else ""
    people = {owner.person_id: owner.label for owner in view.owners}
    items: list[Element] = [
        says(f"This page was saved from another place{when}, while you were writing.", bold=True),
        says(
            "Below is what stands there now. Your own text is still in the boxes; "
            "when you save, it takes the place of the other.",
            spacing="small",
        ),
    ]
    left_out = 0
    lines = []
    for label, text in page_lines(view.other_version, view.framework, people):
        shown, more = excerpt(text, limit)
        left_out += more
        lines.append((label, shown))
    if lines:
        items.append(labelled(lines))
    if left_out and view.mode is Mode.CHAT:
        items.append(row(more_room(OpenPage(view.head.audit_id, view.key), "Read the other in full")))
    return box(items, style="warning")
