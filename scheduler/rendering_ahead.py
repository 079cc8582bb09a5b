"""Tomorrow's preview for the QA office: counts by kind, without a case."""

from datetime import timedelta

from cards.notice_words import kind_words, medium_words
from cards.wording import count, day
from scheduler.drawing import Drawing, Drawn, note

SHOWN = 20


def preview(drawing: Drawing) -> Drawn:
    """What would leave tomorrow, walked through and undone again."""
    # It draws every kind of card, this one among them.
    from scheduler.looking_ahead import look_ahead

    ahead = look_ahead(drawing.council, drawing.today + timedelta(days=1), drawing.now)
    lines = [
        f"{number} × {kind_words(kind)}, {medium_words(medium)}"
        + ("" if becomes == "leaves" else f": {becomes}")
        for (kind, medium, becomes), number in ahead.counts().items()
    ]
    people = len({send.who for send in ahead.sends})
    told = f"{count(len(ahead.sends), 'message')} for {count(people, 'recipient')}."
    text = "\n".join([told, *lines[:SHOWN]]) if lines else "Nothing, as things stand."
    if ahead.failed:
        text += f"\nThese lines of the calendar would fail: {', '.join(ahead.failed)}. Please tell IT."
    text += "\nWhat people do until then is not in it."
    return note(f"What would leave on {day(ahead.day)}", text)
