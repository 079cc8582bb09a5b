"""The report of a rehearsal as one page: readable on paper and on a phone, and nothing to fetch.

First what would be missed, then what clashes, the year as a picture, what each post receives, who carries
how much, and what was assumed.
"""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from bot.demo.reading import lines_of
from bot.rehearsal.books import MEDIA, kind_in_words
from bot.rehearsal.clashes import Clash
from bot.rehearsal.conditions import Conditions
from bot.rehearsal.crew import Crew, post_of
from bot.rehearsal.effort import MOST_A_DAY
from bot.rehearsal.findings import Finding, missed
from bot.rehearsal.kept import TOLD, Kept
from bot.rehearsal.picture import Drawn, calendar_picture
from cards.wording import count, day
from domain.days import LONDON
from domain.written import plain
from workflows.council import Council

MOST_ROWS = 25
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #10313a; max-width: 62rem; margin: 2rem auto;
  padding: 0 1rem }
h1 { font-size: 1.7rem } h2 { font-size: 1.25rem; margin-top: 2.2rem; border-bottom: 2px solid #8bbcc8 }
.scroll { overflow-x: auto } table { border-collapse: collapse; margin: .6rem 0; font-size: .92rem }
th, td { text-align: left; padding: .3rem .7rem .3rem 0; vertical-align: top; border-bottom: 1px solid #ddd }
td.n, th.n { text-align: right } .missed { border-left: 5px solid #b5651d; padding-left: .7rem }
.kept { border-left: 5px solid #5a9dae; padding-left: .7rem } .note { color: #4a5d63; font-size: .92rem }
pre { white-space: pre-wrap; background: #f3f6f7; padding: .7rem; font: .85rem/1.4 ui-monospace, monospace }
svg { width: 100%; min-width: 58rem; height: auto } summary { cursor: pointer; margin: .35rem 0 }
.legend { columns: 2; column-gap: 2rem; list-style: none; padding: 0; font-size: .92rem }
.legend li { break-inside: avoid; padding-left: 1.7rem; text-indent: -1.7rem }
.legend b { display: inline-block; width: 1.7rem; text-indent: 0 } .meets { color: #8a3f0c }
.narrow { display: none } ul { padding-left: 1.4rem }
@media (max-width: 40rem) { body { margin: 1rem auto } h1 { font-size: 1.45rem } .legend { columns: 1 }
  .narrow { display: block } table { font-size: .85rem } }
@media print { body { margin: 0; max-width: none } h2 { break-after: avoid } tr, li { break-inside: avoid }
  svg { min-width: 0 } details { display: none } }
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What the report is written from."""

    council: Council
    conditions: Conditions
    crew: Crew
    kept: Kept
    found: Sequence[Finding]
    clashes: Sequence[Clash]
    drawn: Drawn
    began: str
    """What the rehearsal began with, in a sentence."""
    figures: str
    """Which figures of indicators came in, in a sentence or two."""


def report(told: Told) -> str:
    """The page."""
    parts = [*_head(told), *_promises(told), *_faults(told.kept), *_clashes(told), *_year(told)]
    parts += [*_posts(told), *_load(told), *_samples(told.kept), *_assumed(told)]
    title = f"Rehearsal of {escape(plain(told.council.house.name))}"
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{_STYLE}</style>\n'
        "</head>\n<body>\n" + "\n".join(parts) + "\n</body>\n</html>\n"
    )


def _head(told: Told) -> Iterator[str]:
    conditions, sent = told.conditions, [one for one in told.kept.sent if one.medium in TOLD]
    last = conditions.until_on.toordinal() - 1
    yield f"<h1>The year of {escape(plain(told.council.house.name))}, rehearsed</h1>"
    people = count(len(told.crew.people), "person", "people")
    cards = count(len(sent), "card or mail", "cards and mails")
    presses = count(told.kept.presses.total(), "button")
    yield (
        f"<p>From {day(conditions.from_on)} to {day(date.fromordinal(last))}. {people} would get {cards} "
        f"and press {presses}. Nobody was sent anything: who pressed was make-believe, and so is what "
        f"they wrote. {escape(told.began)}</p>"
    )


def _promises(told: Told) -> Iterator[str]:
    yield "<h2>What would be missed</h2>"
    lost = missed(told.found)
    if not lost:
        yield '<p class="kept"><strong>Nothing would be missed.</strong> Every promise below was kept.</p>'
    for one in lost:
        where = f", {escape(plain(one.where))}" if one.where else ""
        yield (
            f'<p class="missed"><strong>{escape(one.promise)}</strong>: missed {one.missed:,} of {one.of:,} '
            f'times{where}. <span class="note">{_rules(one)}</span></p>'
        )
    untold = [one for one in told.found if one.missed is None]
    for one in untold:
        yield (
            f'<p class="note">{escape(one.promise)} ({_rules(one)}): this rehearsal is too short to tell. '
            "Rehearse at least as many months as the promise speaks of.</p>"
        )
    held = [one for one in told.found if one.missed == 0]
    if held:
        yield "<p>Kept:</p><ul>"
        for one in held:
            times = count(one.of, "time") if one.of else "it did not come up"
            yield f'<li>{escape(one.promise)} <span class="note">({times}; {_rules(one)})</span></li>'
        yield "</ul>"


def _rules(one: Finding) -> str:
    return escape(", ".join(one.rules))


def _faults(kept: Kept) -> Iterator[str]:
    """What is not the council's to mend; empty where all went well."""
    dead = Counter(f"{kind_in_words(one.kind)}: {one.why}" for one in kept.sent if one.becomes == "dead")
    lines = [f"{what}, {count(times, 'time')}" for what, times in sorted(dead.items())]
    lines += [
        f"The calendar's line “{line}” failed, {count(n, 'time')}" for line, n in sorted(kept.failed.items())
    ]
    if not lines:
        return
    yield "<h2>What did not work in the product itself</h2>"
    yield "<p>Please tell whoever looks after Plumbline for you:</p><ul>"
    yield from (f"<li>{escape(plain(line))}</li>" for line in lines)
    yield "</ul>"


def _clashes(told: Told) -> Iterator[str]:
    yield "<h2>What would clash</h2>"
    if not told.clashes:
        yield '<p class="kept">Nothing would clash.</p>'
        return
    yield "<ul>"
    yield from (f"<li>{escape(plain(one.says))}</li>" for one in told.clashes)
    yield "</ul>"


def _year(told: Told) -> Iterator[str]:
    yield "<h2>The year</h2>"
    drawn = told.drawn
    yield '<p class="note narrow">Slide the picture sideways to see the whole month.</p>'
    picture = calendar_picture(told.council, told.conditions, drawn, with_legend=False)
    yield f'<div class="scroll">{picture}</div>'
    yield (
        "<p>A darker day has more cards and mails; the number says how many leave, "
        f"{max(drawn.cards.values(), default=0):,} at the most. Grey days are weekends and bank holidays. A "
        "round's audits are open where the brown bar runs. What the letters stand for:</p>"
    )
    yield '<ul class="legend">'
    yield from (f"<li><b>{letter}</b>{escape(plain(title))}</li>" for letter, title in drawn.legend)
    yield from (
        f'<li><b class="meets">{letter}</b>{escape(plain(title))}</li>' for letter, title in drawn.bodies
    )
    yield "</ul>"


def _posts(told: Told) -> Iterator[str]:
    """What each post receives, how often, and at which time of day most of it."""
    yield "<h2>What each post would receive</h2>"
    people = Counter(post_of(person) for person in told.crew.people.values())
    counted: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    hours: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for one in told.kept.sent:
        person = told.crew.people.get(one.person_id or 0)
        if one.medium not in TOLD or one.becomes != "sent":
            continue
        post = post_of(person) if person else "Channels"
        counted[post][one.kind, one.medium] += 1
        hours[post, one.kind, one.medium][f"{one.at.astimezone(LONDON):%H}:00"] += 1
    for post in sorted(counted):
        of = people.get(post, 1)
        total = counted[post].total()
        each = f"{total / of / told.conditions.months:.1f} for each person and month"
        yield f"<details><summary><strong>{escape(post)}</strong> ({count(of, 'person', 'people')}): "
        yield f"{total:,} in all, {each}</summary>"
        rows = [
            (
                kind_in_words(kind),
                MEDIA[medium],
                times,
                f"{times / of:.1f}",
                _usual(hours[post, kind, medium]),
            )
            for (kind, medium), times in sorted(counted[post].items(), key=lambda one: (-one[1], one[0]))
        ]
        yield from _table(("What", "As", "In all", "For each person", "Mostly after"), rows, numbers=(2, 3))
        yield "</details>"
    yield '<p class="note">Each one with its day and minute is in notices.xlsx.</p>'


def _usual(hours: Counter[str]) -> str:
    return min(hour for hour, times in hours.items() if times == max(hours.values()))


def _load(told: Told) -> Iterator[str]:
    yield "<h2>Who would carry how much</h2>"
    weeks = [
        (told.crew.people[person_id], monday, week)
        for (person_id, monday), week in told.kept.weeks.items()
        if person_id in told.crew.people
    ]
    by_post: dict[str, list[float]] = defaultdict(list)
    for person, _, week in weeks:
        by_post[post_of(person)].append(week.minutes / 60)
    all_weeks = max(1, (told.conditions.until_on - told.conditions.from_on).days // 7)
    people = Counter(post_of(person) for person in told.crew.people.values())
    rows = [
        (
            post,
            people[post],
            f"{sum(hours) / people[post] / all_weeks:.1f}",
            f"{statistics.median(hours):.1f}",
            f"{max(hours):.1f}",
        )
        for post, hours in sorted(by_post.items(), key=lambda one: (-max(one[1]), one[0]))
    ]
    heads = (
        "Post",
        "People",
        "Hours a week",
        "Usual week",
        "Fullest week",
    )
    yield from _table(heads, rows, numbers=(1, 2, 3, 4))
    yield (
        '<p class="note">Hours of one person: a week on average over the whole time, a usual week in which '
        "there is something to do, and the fullest week that anybody has.</p>"
    )
    yield "<h3>The fullest weeks</h3>"
    weeks.sort(key=lambda one: (-one[2].minutes, one[1], one[0].id))
    fullest = [
        (person.name, post_of(person), day(monday), f"{week.minutes / 60:.1f}", week.cards, week.presses)
        for person, monday, week in weeks[:MOST_ROWS]
    ]
    yield from _table(("Who", "Post", "Week from", "Hours", "Cards", "Presses"), fullest, numbers=(3, 4, 5))
    yield '<p class="note">Every person and week is in load.xlsx. Hours are assumptions, see below.</p>'


def _samples(kept: Kept) -> Iterator[str]:
    yield "<h2>What the cards look like</h2>"
    yield '<p class="note">The first of each kind, as text. The folder “cards” has each as it is posted.</p>'
    for kind in sorted(kept.samples):
        text = "\n".join(line for line in lines_of(kept.samples[kind]) if line.strip())
        yield f"<details><summary>{escape(kind_in_words(kind))}</summary>"
        yield f"<pre>{escape(plain(text))}</pre></details>"


def _assumed(told: Told) -> Iterator[str]:
    chosen = told.conditions
    yield "<h2>What was assumed</h2><ul>"
    for line in (
        f"{chosen.late:.0%} of what people do comes after its day. People are away unplanned on "
        f"{chosen.absent:.0%} of their working days, besides the leave of the list. {chosen.unreachable:.0%} "
        "have not put the app in their Teams when it begins.",
        f"Nobody spends more than {MOST_A_DAY / 60:g} hours of a day on it; what does not fit waits.",
        "Staff and cases stay as they are on the first day: nobody joins or leaves, no case opens or closes.",
        told.figures,
        "Grades, nominations, conflicts and what the Panel makes of it are chance, within what is usual.",
        "Hours are what the product assumes for each step, such as two hours to read a child's file, twenty "
        "minutes for a section and an hour for the reflective conversation. You will know better.",
        f"Seed {chosen.seed}. The same lists, framework file and seed give the same rehearsal.",
        f"Framework version {told.council.framework.version}.",
    ):
        yield f"<li>{escape(plain(line))}</li>"
    yield "</ul>"


def _table(
    heads: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: Sequence[int]
) -> Iterator[str]:
    def cell(tag: str, place: int, what: object) -> str:
        shown = f"{what:,}" if isinstance(what, int) else str(what)
        mark = ' class="n"' if place in numbers else ""
        return f"<{tag}{mark}>{escape(plain(shown))}</{tag}>"

    yield '<div class="scroll"><table><thead><tr>'
    yield "".join(cell("th", place, head) for place, head in enumerate(heads))
    yield "</tr></thead><tbody>"
    for row in rows:
        yield "<tr>" + "".join(cell("td", place, what) for place, what in enumerate(row)) + "</tr>"
    yield "</tbody></table></div>"
