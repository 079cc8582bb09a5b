"""A moderation as the auditor, the Panel, the auditor's service manager or the case's team manager reads it.

It shows in the answer to a press alone. Practice with the child comes first, what the auditor did well before
what would help, and grades after both (PR-01). Source: MO-09, MO-15 to MO-19, MO-21, SG-03.
"""

from cards.buttons import press, row, toggle
from cards.elements import Card, Element, bold, box, card, columns, heading, listed, run, says, typed
from cards.payloads import ReadShared
from cards.payloads_examples import ShowExample
from cards.payloads_talk import AskModerationCopy, OpenTalkForm, ShowTalk
from cards.size import LIMIT_BYTES, size_bytes
from cards.views_talk import AFTER_TALK, FeedbackView
from cards.wording import day, excerpt

_SHORTER = (4000, 900, 400, 150)
"""Characters of each text; the Word copy always has the whole."""


def feedback_card(view: FeedbackView) -> Card:
    """The whole on one card, with sections and tests folded away."""
    for limit in _SHORTER:
        drawn = card(_body(view, limit), preview="A moderation.", wide=True)
        if size_bytes(drawn) < LIMIT_BYTES:
            break
    return drawn


def _body(view: FeedbackView, limit: int) -> list[Element]:
    body: list[Element] = [
        *([box([says(view.message)], style="good")] if view.message else []),
        typed("Case ", bold(view.reference), f"  ·  {view.practitioner_name}, {view.team_name}", subtle=True),
        heading("What the Panel saw"),
    ]
    if view.to_auditor:
        body.append(says("Thank you for this audit. This is for learning, from colleague to colleague."))
    else:
        body.append(typed("Audited by ", bold(view.auditor_name), "."))
    body += _text("This child's help", view.practice, limit)
    for label, text in view.own:
        body += _text(label, text, limit)
    body += _grades(view, limit)
    body += _actions(view, limit)
    body += _text("What the organisation can learn", view.organisation, limit)
    for label, text in view.heard:
        body += _text(label, text, limit)
    return [*body, *_examples(view), *_buttons(view)]


def _text(label: str, text: str, limit: int) -> list[Element]:
    if not text:
        return []
    return [typed(bold(label), spacing="medium"), typed(excerpt(text, limit)[0], spacing="none")]


def _grades(view: FeedbackView, limit: int) -> list[Element]:
    made = [heading("Grades", size="default", spacing="large")]
    made += [
        typed(bold(f"{label}: "), excerpt(text, limit)[0], spacing="small") for label, text in view.grades
    ]
    made.append(says(view.counts, subtle=True, spacing="small"))
    if view.sections:
        changed = [one for one in view.sections if one[1] != one[2]]
        made += [_section(view, one, limit) for one in changed]
        same = [one for one in view.sections if one[1] == one[2]]
        if same:
            title = f"Graded alike ({len(same)})" if changed else "All sections are graded alike"
            made.append(row(toggle(title, "alike")))
            made.append(box([_section(view, one, limit) for one in same], id="alike", hidden=True))
    if view.tests:
        made.append(row(toggle("The five tests of an audit", "tests")))
        lines = [typed(bold(f"{test}: "), met, spacing="small") for test, met in view.tests]
        made.append(box(lines, id="tests", hidden=True))
    return made


def _section(view: FeedbackView, one: tuple[str, str, str, str, str], limit: int) -> Element:
    title, own, panel, because, final = one
    by = "you" if view.to_auditor else "the auditor"
    graded = panel if own == panel else f"{own or 'not graded'} by {by}, {panel} by the Panel"
    why = [run("\n" + excerpt(because, limit)[0], subtle=True)] if because else []
    after = [run(f"\n{AFTER_TALK}: {excerpt(final, limit)[0]}")] if final else []
    return typed(bold(f"{title}: "), graded, *why, *after, spacing="small")


def _actions(view: FeedbackView, limit: int) -> list[Element]:
    if not view.actions:
        return []
    when = (
        "were added to the audit's actions when this was"
        if view.released_at
        else "join the audit's actions when this is"
    )
    made = [heading("Actions the Panel found missing", size="default", spacing="large")]
    made += listed(
        f"{excerpt(what, limit)[0]} ({owner}, by {day(due_on)})" for what, owner, due_on in view.actions
    )
    return [*made, says(f"They {when} released.", subtle=True, spacing="small")]


def _examples(view: FeedbackView) -> list[Element]:
    """Example audits that may help, each with a way to it (MO-18)."""
    if not view.examples:
        return []
    made: list[Element] = [says("Examples that may help", bold=True, spacing="large")]
    for example_id, title in view.examples:
        read = press("Read", ShowExample(example_id, 0, view.moderation_id), tooltip=f"Read {title}")
        made.append(columns(("stretch", [typed(title)]), ("auto", [row(read)]), spacing="small"))
    return made


def _buttons(view: FeedbackView) -> list[Element]:
    made = []
    if view.has_talk:
        made.append(press("Open the talk", ShowTalk(view.moderation_id)))
    if view.can_reply:
        made.append(press("Reply in writing", OpenTalkForm(view.moderation_id, "reply")))
    made.append(press("Word copy", AskModerationCopy(view.moderation_id, view.nonce)))
    read = [press("Read the audit", ReadShared(view.audit_id, "summary"))] if view.to_auditor else []
    return [row(*made, spacing="large"), *([row(*read, spacing="small")] if read else [])]
