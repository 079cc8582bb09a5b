"""The auditor's overview: where the audit stands and the way to every page.

The stored message is the case-free kind, as anyone who later sees the chat sees it; the full one is only
ever an answer to its owner. Source: design, Faces; decision 4.
"""

from cards.buttons import press, row, toggle
from cards.elements import Button, Card, Element, box, card, columns, facts, heading, run, says, typed
from cards.head import audit_line, due_line, left_behind, safety_offer
from cards.payloads import (
    AcceptAudit,
    AskConflict,
    AskSafety,
    OpenOverview,
    OpenPage,
    ReadShared,
    ShowGuidance,
)
from cards.payloads_day import AskHolds
from cards.steps import step_lines
from cards.views import REVIEW, OverviewView, PageLink, Progress
from cards.wording import count, day

_WORDS = {
    Progress.TODO: run("○ to do", subtle=True),
    Progress.STARTED: run("◐ started", color="accent"),
    Progress.DONE: run("✓ done", color="good"),
}


def summary_for(view: OverviewView) -> str:
    """The preview text of the message, which names no case."""
    if view.head.submitted:
        return "Your audit has been submitted."
    return f"Your audit, due {day(view.head.due_on)}."


def overview_card(view: OverviewView) -> Card:
    """The overview; case-free with a refresh for its owner when it is the stored message."""
    if view.head.submitted:
        body = _submitted(view)
    elif view.case_free:
        body = _case_free(view)
    else:
        body = _full(view)
    asks_again = view.case_free and view.owner_mri
    refresh = (OpenOverview(view.head.audit_id), view.owner_mri) if asks_again else None
    return card(body, preview=summary_for(view), refresh=refresh)


def _submitted(view: OverviewView) -> list[Element]:
    read = ReadShared(view.head.audit_id, "summary")
    return [
        heading("Your audit is submitted"),
        says("It has been shared and can no longer be changed. Thank you for your care."),
        row(press("Read it", read, view.mode)),
    ]


def _case_free(view: OverviewView) -> list[Element]:
    audit_id = view.head.audit_id
    first = [_onward(view)] if view.accepted else []
    see = "See all pages" if view.accepted else "See the audit"
    return [
        heading("Your audit"),
        due_line(view.head),
        *_progress(view),
        row(*first, press(see, OpenOverview(audit_id)), press("Raise a safety alert", AskSafety(audit_id))),
    ]


def _full(view: OverviewView) -> list[Element]:
    audit_id = view.head.audit_id
    body = [
        audit_line(view.head),
        heading("Your audit"),
        box(
            [says("What is life like for this child, and is our help making it better?", bold=True)],
            style="emphasis",
        ),
    ]
    body += left_behind(view.left, audit_id, view.mode)
    if view.offer_safety:
        body.append(safety_offer(AskSafety(audit_id), view.mode))
    about = facts(
        [
            ("Practitioner", view.practitioner_name),
            ("Team", view.team_name),
            ("Look back", f"from {day(view.lookback_from)} to {day(view.lookback_to)}"),
        ]
    )
    if not view.accepted:
        return [*body, about, *step_lines(view.steps), _answer(view)]
    return [
        *body,
        *_progress(view),
        row(_onward(view)),
        box([_page_row(view, page) for page in view.pages], spacing="medium"),
        row(
            press("Check everything and submit", OpenPage(audit_id, REVIEW), view.mode),
            toggle("Steps and dates", "steps"),
            spacing="medium",
        ),
        box([about, *step_lines(view.steps)], id="steps", hidden=True, style="emphasis"),
        row(
            press("Raise a safety alert", AskSafety(audit_id), view.mode),
            press("Guidance", ShowGuidance(audit_id, "start"), view.mode),
            press("Declare a conflict", AskConflict(audit_id), view.mode),
            _times(view),
            spacing="small",
        ),
    ]


def _times(view: OverviewView) -> Button:
    """Spreading the work is offered with the work itself, from the first look on (CA-22)."""
    return press("Times for my calendar", AskHolds(view.head.audit_id, view.nonce), view.mode)


def _answer(view: OverviewView) -> Element:
    audit_id = view.head.audit_id
    return row(
        press("Accept", AcceptAudit(audit_id, view.nonce), view.mode),
        press("Declare a conflict", AskConflict(audit_id), view.mode),
        press("Guidance", ShowGuidance(audit_id, "start"), view.mode),
        press("Raise a safety alert", AskSafety(audit_id), view.mode),
        spacing="medium",
    )


def _progress(view: OverviewView) -> list[Element]:
    """How many pages are done, in words; the bar only repeats them."""
    done = sum(1 for page in view.pages if page.progress is Progress.DONE)
    if not view.accepted or not view.pages:
        return []
    so_far = f"{done} of {count(len(view.pages), 'page')} done."
    return [
        says(f"{so_far} Everything you save stays, so stop whenever you like."),
        {
            "type": "ProgressBar",
            "value": done,
            "max": len(view.pages),
            "spacing": "small",
            "fallback": "drop",
        },
    ]


def _onward(view: OverviewView) -> Element:
    titles = {page.key: page.title for page in view.pages}
    title = (
        f"Continue: {titles[view.next_page]}" if view.next_page in titles else "Check everything and submit"
    )
    return press(title, OpenPage(view.head.audit_id, view.next_page), view.mode)


def _page_row(view: OverviewView, page: PageLink) -> Element:
    payload = OpenPage(view.head.audit_id, page.key)
    return columns(
        ("stretch", [typed(page.title), typed(_WORDS[page.progress], spacing="none")]),
        ("auto", [row(press("Open", payload, view.mode, tooltip=f"Open {page.title}"))]),
        spacing="small",
        separator=True,
    )
