"""Reads every number that stands in what leaves: tables, sentences, charts and the words beside them.

What is read becomes known about the cells it is about. A number that no sentence, table or date accounts for
is a mistake, so that a new one cannot stand unread.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from cards.channel_answers import due_answer, status_answer
from cards.digest import TOPICS, DigestView, digest_card, topic_card
from cards.digest import chart_of as digest_chart
from domain.charts import Chart
from domain.digest import Digest, Topic
from domain.figures import COUNCIL, Period, grade_key
from domain.framework import Framework
from domain.grades import Grade
from domain.measures import VOICE_NAMES
from domain.pack_content import Content, FigureLine, FigureRow, Told
from domain.pack_paper import chart_of
from domain.suppression import NOT_SHOWN
from tests.chat import nodes
from tests.security.made_up import whole_of
from tests.security.solving import Cell, Knowledge

_SHARE = (
    r"(?P<count>\d+) of (?P<of>\d+)(?: (?:audits|moderations))?(?: \((?P<percent>\d+)%\))?"
    r"|(?:fewer than (?P<below>\d+)|(?P<nearly>nearly all)) of (?P<whole>\d+)(?: audits)?"
    r"|(?P<alone>\d+)"
)
PHRASE = re.compile(_SHARE)
_WORDLESS = (NOT_SHOWN, "none to count", "none yet", "")
_ALPHA = re.compile(r"-?\d\.\d\d(?= in | out of )|where 1 is always and 0 is no more than chance")
_DATE = re.compile(r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\d{1,2} [A-Z][a-z]+(?: \d{4})?")
_SMALLEST = re.compile(r"Numbers (?:under|below) \d+ are not shown")


class Reader:
    """Somebody who reads everything and remembers it."""

    def __init__(self, known: Knowledge, periods: Sequence[Period], smallest: int) -> None:
        self._known = known
        self._place = {period.first: place for place, period in enumerate(periods)}
        self._labels = sorted({period.label for period in periods}, key=len, reverse=True)
        self._smallest = smallest

    def place_of(self, first_on: str) -> int:
        """Which period it is that begins on this day, as ISO has it."""
        return next(place for first, place in self._place.items() if first.isoformat() == first_on)

    def share(self, said: str, key: str, scope: str = COUNCIL, place: int = 0) -> None:
        """A figure in words."""
        if said in _WORDLESS:
            return
        found = PHRASE.fullmatch(said)
        assert found, f"{key}: {said!r} is no figure"
        self._take(found, key, scope, place)

    def told(self, told: Told, row: FigureRow) -> None:
        """A figure of a pack: what it says, and its numbers, which files and charts are made from."""
        if row.key.startswith("learning."):
            # Entries of the learning log are nobody's work, and are never hidden.
            return
        place = self.place_of(row.first_on)
        self.share(told.says, row.key, row.scope, place)
        if told.count is not None:
            self._known.read([(row.key, row.scope, place)], told.count, told.count)
        if told.of is not None:
            self._known.read([(whole_of(row.key), row.scope, place)], told.of, told.of)

    def chart(self, chart: Chart, keys: Sequence[str], places: Sequence[int], scope: str = COUNCIL) -> None:
        """The values of a chart; of a share in per cent the reader is given the whole."""
        for series, place in zip(chart.series, places, strict=True):
            for key, value in zip(keys, series.values, strict=True):
                if value is None:
                    continue
                cell = key, scope, place
                if not chart.unit:
                    self._known.read([cell], int(value), int(value))
                    continue
                of = self._known.truth[whole_of(key), scope, place]
                fits = [n for n in range(of + 1) if of and round(100 * n / of) == value]
                self._known.read([cell], fits[0], fits[-1])
        said = PHRASE.findall(self._bare(chart.says))
        shown = sum(value is not None for one in chart.series for value in one.values)
        assert len(said) == shown, chart.says

    def sentence(self, text: str, leads: Mapping[str, tuple[str, ...]]) -> None:
        """Every number of a text: `leads` are the words before one, to the keys it is the sum of; "" stands
        for the beginning of the text.

        "before that" and "against" go on with the same figures of the period before.
        """
        bare = self._bare(text)
        last: tuple[str, ...] = ()
        for found in PHRASE.finditer(bare):
            before = bare[: found.start()]
            if before.endswith((", before that ", ", against ")) and last:
                self._take_sum(found, last, 1)
                continue
            fits = (lead for lead in leads if lead and before.endswith(lead))
            lead = max(fits, key=len, default=None if before else "")
            assert lead is not None, f"{found[0]!r} stands unaccounted for in {text!r}"
            last = leads[lead]
            self._take_sum(found, last, 0)

    def no_number(self, text: str) -> None:
        """A text that tells of no figure."""
        assert not PHRASE.search(self._bare(text)), text

    def _bare(self, text: str) -> str:
        """The text without days, periods and the like."""
        for label in self._labels:
            text = text.replace(label, "then")
        for pattern in (_SMALLEST, _ALPHA, _DATE):
            text = pattern.sub("then", text)
        return text

    def _take_sum(self, found: re.Match[str], keys: Sequence[str], place: int) -> None:
        if len(keys) == 1:
            self._take(found, keys[0], COUNCIL, place)
            return
        count, of = int(found["count"]), int(found["of"])
        self._known.read([(key, COUNCIL, place) for key in keys], count, count)
        self._known.read([(whole_of(keys[0]), COUNCIL, place)], of, of)

    def _take(self, found: re.Match[str], key: str, scope: str, place: int) -> None:
        cell: Cell = (key, scope, place)
        whole: Cell = (whole_of(key), scope, place)
        if found["alone"] is not None:
            count = int(found["alone"])
            self._known.read([cell], count, count)
        elif found["whole"] is not None:
            of = int(found["whole"])
            self._known.read([whole], of, of)
            few = (1, self._smallest - 1)
            self._known.read([cell], *(few if found["below"] else (of - few[1], of - few[0])))
        else:
            count, of = int(found["count"]), int(found["of"])
            assert found["percent"] is None or int(found["percent"]) == round(100 * count / of)
            self._known.read([cell], count, count)
            self._known.read([whole], of, of)


def read_pack(
    reader: Reader,
    framework: Framework,
    content: Content,
    rows: Iterable[FigureRow],
    names: Mapping[str, str],
) -> None:
    """A whole pack: every line of every table, every chart, every sentence.

    `names` leads from the name of a figure to its key, as sentences name figures that no table shows.
    """
    by_ref = {row.ref: row for row in rows}
    leads = _leads(framework, names)
    for line in content.lines:
        for told in (line.now, line.before):
            if told is not None:
                reader.told(told, by_ref[told.ref])
    for text in (content.title, content.period, content.before):
        reader.no_number(text)
    reader.sentence(content.headline, leads)
    reader.no_number(content.note)
    for part in content.parts:
        reader.sentence(part.drafted, leads)
        for table in part.figures:
            chart = chart_of(table, content)
            if chart is not None:
                _read_chart(reader, chart, table.lines, by_ref)
        for text in (cell for words in part.tables for row in words.rows for cell in row):
            reader.no_number(text)


def _read_chart(
    reader: Reader, chart: Chart, lines: Sequence[FigureLine], by_ref: Mapping[str, FigureRow]
) -> None:
    """Line by line, as in the evidence each line is of a period of its own."""
    drawn = [line for line in lines if line.now.of != 0]
    for at, line in enumerate(drawn):
        for number, series in enumerate(chart.series):
            told = line.before if number else line.now
            assert told is not None
            row = by_ref[told.ref]
            one = Chart("", ("",), (type(series)("", (series.values[at],)),), chart.unit)
            reader.chart(one, [row.key], [reader.place_of(row.first_on)], row.scope)


def _leads(framework: Framework, names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The words that stand before a number, to what it is a number of."""
    leads = {
        "Children's own views were heard in ": "voice_child",
        "a parent or carer in ": "voice_parent",
        "A parent or carer in ": "voice_parent",
        "other agencies in ": "voice_agency",
        "Other agencies in ": "voice_agency",
        "for the child was still there in ": "lasted",
        "Of the actions agreed, ": "actions.confirmed",
        "udits submitted: ": "done",
        "y their due date: ": "on_time",
        "ooked at by the Panel: ": "moderated",
        "ctions agreed: ": "actions",
        "onfirmed: ": "actions.confirmed",
        "till open: ": "actions.open",
        "f those overdue: ": "actions.overdue",
        "udits talked through in supervision: ": "discussed",
        "losed: ": "closed",
        "udits to which practitioners added their own words: ": "commented",
        "otes of thanks for good work: ": "praised",
        "then in ": "compared",
    }
    for grade in Grade:
        label = framework.grade_label(grade)
        leads |= {f", {label} ": grade_key(grade), f": {label} ": grade_key(grade)}
    for section in framework.sections:
        key = f"theme.{section.key}"
        leads |= {f"{section.title} (": key, f"{section.title}: below Good in ": key}
    leads |= {f"{tag.text}: seen in ": f"seen.{tag.id}" for tag in framework.tags}
    leads |= {f"{way}. {name}: ": key for name, key in names.items() for way in ("Better", "Worse")}
    return {lead: (key,) for lead, key in leads.items()}


def read_digest(reader: Reader, framework: Framework, digest: Digest) -> None:
    """The digest, what its buttons bring, and what mentions get: everything a member of the Group sees."""
    view = DigestView(digest)
    leads = _digest_leads(framework)
    cards = [
        digest_card(framework, view),
        *(topic_card(framework, view, topic) for topic in Topic if topic in TOPICS),
    ]
    cards += [status_answer(framework, digest), due_answer(digest)]
    for card in cards:
        for node in nodes(card["body"]):
            if node.get("type") == "RichTextBlock":
                _read_line(reader, framework, digest, [run["text"] for run in node["inlines"]], leads)
            elif node.get("type") == "TextBlock":
                reader.no_number(node["text"])
    for topic in (Topic.GRADES, Topic.VOICES):
        chart = digest_chart(framework, digest, topic)
        if chart is not None:
            keys = [grade_key(grade) for grade in Grade] if topic is Topic.GRADES else list(VOICE_NAMES)
            reader.chart(chart, keys, range(len(chart.series)))


def _read_line(
    reader: Reader,
    framework: Framework,
    digest: Digest,
    runs: Sequence[str],
    leads: Mapping[str, tuple[str, ...]],
) -> None:
    """A name, what it is, and what it was; or a sentence."""
    if len(runs) == 1:
        reader.sentence(runs[0], leads)
        return
    name, now, *rest = runs
    month = f"; {digest.before.first:%B} " if digest.before else ""
    assert len(rest) <= 1, runs
    assert all(one.startswith(month) for one in rest), runs
    if name in ("Auditors and Panel alike: ", "Themes rising: ", "Cannot be reached: "):
        return
    for place, said in enumerate((now, *(one.removeprefix(month) for one in rest))):
        if name == "Actions: ":
            for key in ("open", "overdue", "confirmed") if said != NOT_SHOWN else ():
                number = re.search(rf"{key} (\d+|{NOT_SHOWN})", said)
                assert number, said
                reader.share(number[1], f"actions.{key}", COUNCIL, place)
            continue
        reader.share(said, _key_named(framework, digest, name.removesuffix(": "), said), COUNCIL, place)


def _key_named(framework: Framework, digest: Digest, name: str, said: str) -> str:
    own = {
        "Submitted": "done" if " of " in said else "submitted",
        "Audits closed": "closed",
        "Audits overdue": "waiting.overdue",
        "Actions overdue": "actions.overdue",
        **{section.title: f"theme.{section.key}" for section in framework.sections},
    }
    named = {one.figure.name: one.figure.key for one in digest.shown.every}
    return own.get(name) or named[name]


def read_agenda(reader: Reader, framework: Framework, lines: Iterable[str]) -> None:
    """The lines of an agenda that tell of audits."""
    leads = {
        "then round: ": "done",
        "audits that came in that month, ": "submitted",
        "Audits overdue: this round ": "waiting.overdue",
        "Overall grade changed by the Panel: ": "changed",
        "Panel and auditor agreed: ": "not changed",
        "Actions agreed: ": "actions",
        "Actions open: ": "actions.open",
        "Actions called done: ": "actions.done",
        "Actions confirmed: ": "actions.confirmed",
        "Of those open, overdue: ": "actions.overdue",
    }
    for grade in Grade:
        label = framework.grade_label(grade)
        leads |= {f", {label} ": grade_key(grade), f": {label} ": grade_key(grade)}
    for line in lines:
        reader.sentence(line, {lead: (key,) for lead, key in leads.items()})


def _digest_leads(framework: Framework) -> dict[str, tuple[str, ...]]:
    leads: dict[str, tuple[str, ...]] = {"": ("done",), "All ": ("given",)}
    for more in ("More", "Fewer"):
        leads |= {
            f"{more} audits came in on time: ": ("on_time",),
            f"{more} children were heard: ": ("voice_child",),
            f"{more} parents and carers were heard: ": ("voice_parent",),
            f"{more} audits were graded Good or better: ": ("grade.outstanding", "grade.good"),
        }
    for way in ("more", "less"):
        leads[f"Other agencies were heard {way} often: "] = ("voice_agency",)
        for section in framework.sections:
            leads[f"{section.title} was below Good {way} often: "] = (f"theme.{section.key}",)
    return leads
