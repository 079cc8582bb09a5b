"""The list of whoever puts audits and actions on children's files: what is ready first (RO-01, Q22)."""

from cards.answers import line_of, said
from cards.buttons import press, row
from cards.elements import Button, Card, Element, bold, card, heading, says, typed
from cards.payloads import ShowMyAudits
from cards.payloads_following import ConfirmFile, ShowFiles, ShowFollowUp
from cards.views_actions import FileLine, FilesView
from cards.wording import count, day

AT_A_TIME = 8


def files_card(view: FilesView) -> Card:
    """Each audit with how far its actions are, and the press that confirms it is on file."""
    body: list[Element] = [
        *said(view.message),
        heading("To put on children's files"),
        says("A child may read their file one day. It should tell what we learned and did.", subtle=True),
    ]
    if not view.lines:
        body.append(says("Every audit and its actions are on file. Thank you."))
    start = view.start if view.start < len(view.lines) else 0
    shown = view.lines[start : start + AT_A_TIME]
    body += [_line(line, view.nonce) for line in shown]
    ways: list[Button] = []
    if (more := len(view.lines) - start - len(shown)) > 0:
        ways.append(press(f"Show {more} more", ShowFiles(start + AT_A_TIME)))
    if start:
        ways.append(press("From the top", ShowFiles(0)))
    body += [row(way, spacing="small") for way in (*ways, press("My audits", ShowMyAudits()))]
    return card(body, preview="Audits to put on children's files.")


def _line(line: FileLine, nonce: str) -> Element:
    text: list[Element] = [typed("Case ", bold(line.reference))]
    confirmed = line.actions - line.unconfirmed
    of = f"{confirmed} of {count(line.actions, 'action')} confirmed" if line.actions else "no actions"
    stands = f"{of}, so not ready yet" if line.unconfirmed else f"Ready since {day(line.ready_on)}; {of}"
    text.append(typed(stands, subtle=True, spacing="none"))
    if line.unconfirmed:
        button = press(
            "See what is open",
            ShowFollowUp(line.audit_id),
            tooltip=f"See what {line.reference} still waits for",
        )
    else:
        button = press(
            "It is on file",
            ConfirmFile(line.audit_id, nonce),
            tooltip=f"{line.reference} is on the child's file",
        )
    return line_of(text, button)
