"""What make-believe people type, in roles and never a name. The texts pass the coach as people's own would.

Where a card has a box that is not known here, it stays as it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from bot.demo.doing import Doing
from bot.demo.second_look import CONFIRMED, MESSAGE, MISSING_ACTION, PASSED, PROOF, TALKED
from bot.demo.writing import COMMENT, MIXED, REASON, STEADY, STRONG, Written
from bot.rehearsal.matters import Matters
from bot.rehearsal.reading import Button, Page
from domain.audits import Audit
from domain.days import add_working_days, uk_date
from domain.grades import Grade
from domain.moderation import AuditTest, Met, Verdict
from domain.moderation_parts import MISSING, OVERALL, START, TESTS, graded_on
from domain.nudges import next_day_at_work
from domain.people import Person
from domain.tracking import TrackedKind
from workflows.council import Council

Typed = Mapping[str, str]

UNSAFE = Written("inadequate", frozenset({"planning", "review", "oversight"}))
_GRADES = ((STRONG, 8), (STEADY, 52), (MIXED, 35), (UNSAFE, 5))
"""How an audit comes out, and how many in a hundred do: an assumption, as councils differ."""
AGREES = 0.8
"""How often the Panel grades as the auditor did."""
_SATISFIED = 0.93
_LASTED = 0.85
_COMES = 0.8
"""How many of a body's members come to a meeting."""
_REPRESENTED = 0.5
"""How many clinics somebody from quality assurance and performance comes to."""
SENTENCE = "Most figures are steady; visits took longer in the spring, and are back where they were."
_CLOCK = ((9, 30), (11, 0), (14, 0), (15, 30))
_SUPERVISED_EVERY = timedelta(days=28)
_KNOWN = "impact"
"""Whose words serve for a section that only the council's own framework has."""

OUTPUTS = {
    "strengths": "The child's own words lead the audit, and each judgement says what came of it.",
    "development": "Set each grade beside its descriptor, and ask what the plan says of the hardest days.",
    "practice": "Steady, warm work that the child trusts. The plan should cover the school holidays too.",
    "organisation": "Plans that lean on school need a part for the holidays; supervision could ask for it.",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """Somebody about to press something."""

    council: Council
    matters: Matters
    person: Person
    now: datetime
    chance: Random
    """Of this person and this matter."""

    @property
    def today(self) -> date:
        """The day it is."""
        return self.council.today(self.now)


def writing_of(chance: Random) -> Written:
    """How an auditor finds the practice."""
    return chance.choices([written for written, _ in _GRADES], [share for _, share in _GRADES])[0]


def typed(moment: Moment, button: Button, page: Page) -> Typed:
    """What is typed into this card before this button is pressed: box to text."""
    write = _WRITERS.get(button.verb)
    return write(moment, button, page) if write else {}


def page_of_audit(moment: Moment, audit: Audit, key: str, written: Written, page: Page) -> Typed:
    """A page of an audit, written in full."""
    doing = Doing(moment.council, audit, moment.now)
    try:
        made = doing.typed(key, written)
    except KeyError:
        made = doing.typed(_KNOWN, written)
    if owners := page.choices("action_owner_1"):
        made["action_owner_1"] = made["action_owner_1"] if made["action_owner_1"] in owners else owners[0]
    return made


def _moderation(moment: Moment, button: Button, page: Page) -> Typed:
    part = str(button.packed["part"])
    if part == START:
        return {"file_read_on": moment.today.isoformat()}
    if part == TESTS:
        return {f"test_{test.value}": Met.MET.value for test in AuditTest}
    if part == MISSING:
        return _missing(moment, page)
    audit = moment.matters.audit(button.packed)
    grades = graded_on(moment.matters.original(audit)) if audit else {}
    return _grades(moment, audit, grades[part]) if audit and part in grades else OUTPUTS


def _grades(moment: Moment, audit: Audit, keys: tuple[str, ...]) -> Typed:
    """As the auditor, but for some of the audits one grade lower; the worst stays."""
    original = moment.matters.original(audit)
    lower = not _agrees(moment, audit)
    made = {}
    for key in keys:
        grade = original.of(key)
        if lower and key == OVERALL and grade in (Grade.OUTSTANDING, Grade.GOOD):
            grade = Grade.REQUIRES_IMPROVEMENT if grade is Grade.GOOD else Grade.GOOD
            made[f"because_{key}"] = "The help is steady and kind, and the plan leaves the holidays open."
        if grade is not None:
            made[f"grade_{key}"] = grade.value
    return made


def _agrees(moment: Moment, audit: Audit) -> bool:
    return Random(f"{moment.chance.random()}|{audit.case_reference}").random() < AGREES  # noqa: S311


def _missing(moment: Moment, page: Page) -> Typed:
    owners = [one for one in page.choices("missing_owner_1") if one.isdigit() and int(one)]
    if not owners or moment.chance.random() < 0.7:
        return {"nothing_missing": "true"}
    return {
        "missing_what_1": MISSING_ACTION,
        "missing_owner_1": owners[0],
        "missing_due_1": (moment.today + timedelta(days=14)).isoformat(),
    }


def _verdict(moment: Moment, _button: Button, _page: Page) -> Typed:
    satisfied = moment.chance.random() < _SATISFIED
    return {"verdict": (Verdict.SATISFACTORY if satisfied else Verdict.CONCERN).value}


def _invite(moment: Moment, _button: Button, _page: Page) -> Typed:
    """Three times on the days the chair is at work, none of them in the past."""
    holidays = moment.council.bank_holidays
    made, day = {"message": MESSAGE}, add_working_days(moment.today, 1, holidays)
    for number in (1, 2, 3):
        day = next_day_at_work(moment.person, day + timedelta(days=1), holidays) or day + timedelta(days=1)
        hour, minute = _CLOCK[moment.chance.randrange(len(_CLOCK))]
        made[f"slot_{number}"] = f"{uk_date(day)} at {time(hour, minute):%H:%M}"
    return made


def _today_in(name: str, **more: str) -> Callable[[Moment, Button, Page], Typed]:
    return lambda moment, _button, _page: {name: moment.today.isoformat(), **more}


def _says(**made: str) -> Callable[[Moment, Button, Page], Typed]:
    return lambda _moment, _button, _page: made


def _next_supervision(moment: Moment, _button: Button, _page: Page) -> Typed:
    on = next_day_at_work(moment.person, moment.today + _SUPERVISED_EVERY, moment.council.bank_holidays)
    return {"next_on": on.isoformat()} if on else {}


def _impact(moment: Moment, _button: Button, page: Page) -> Typed:
    answers = page.choices("impact")
    chosen = answers[0] if moment.chance.random() < _LASTED else answers[-1]
    return {"impact": chosen, "impact_text": "Home is calmer, and the child says so without being asked."}


def _entry(moment: Moment, _button: Button, page: Page) -> Typed:
    """A draft made fit to publish: what it lacks is chosen, what it has stays."""
    made = {name: text for name, text in page.shown.items() if text}
    for name in ("theme", "owner"):
        choices = page.choices(name)
        if not made.get(name) and choices:
            made[name] = choices[moment.chance.randrange(len(choices))]
    made.setdefault("entry_title", "Plans for the school holidays")
    made.setdefault("learning", OUTPUTS["organisation"])
    made.setdefault("due_on", (moment.today + timedelta(days=90)).isoformat())
    return made


def _entry_ends(_moment: Moment, _button: Button, page: Page) -> Typed:
    made = {
        "reason": "The log says this already.",
        "impact": "Four plans in five now have a part for the school holidays.",
    }
    for name in page.shown:
        if name not in made and (choices := page.choices(name)):
            made[name] = choices[0]
    return made


def _entry_action(moment: Moment, _button: Button, page: Page) -> Typed:
    owners = page.choices("action_owner")
    return {
        "what": "Add a part for the holidays to the template of the plan",
        "action_owner": owners[moment.chance.randrange(len(owners))] if owners else "",
        "action_due_on": (moment.today + timedelta(days=45)).isoformat(),
    }


def _case(moment: Moment, _button: Button, page: Page) -> Typed:
    return {
        "case_title": "A plan that leans on school",
        "case_text": "A child of primary age whose plan is carried by the school. Visits are regular, the "
        "child is seen alone, and nobody has said who is there in the holidays.",
        "because": "The help is good, and its plan has a gap that the child worries about.",
        **_all_graded(moment, page),
    }


def _graded(moment: Moment, _button: Button, page: Page) -> Typed:
    return {"reason": "The plan is the weaker part.", **_all_graded(moment, page)}


def _all_graded(moment: Moment, page: Page) -> Typed:
    made = {}
    for name in page.shown:
        if name.startswith("grade_") and (choices := page.choices(name)):
            made[name] = choices[min(moment.chance.choice((1, 1, 2)), len(choices) - 1)]
    return made


def _more_time(moment: Moment, _button: Button, page: Page) -> Typed:
    until = add_working_days(moment.today, 10, moment.council.bank_holidays)
    if standing := page.shown.get("until_on"):
        until = max(until, date.fromisoformat(standing))
    return {"until_on": until.isoformat(), "reason": "They were unwell, and want to do this child justice."}


def _held(moment: Moment, _button: Button, page: Page) -> Typed:
    """Most come; one of those who can stands for quality assurance at a clinic, where anybody does."""
    came = [one for one in page.choices("came") if moment.chance.random() < _COMES]
    made = {"came": ",".join(came or page.choices("came")[:1])}
    may_represent = page.choices("rep")
    if may_represent and moment.chance.random() < _REPRESENTED:
        made["rep"] = moment.chance.choice(may_represent)
    return made


def _decided(moment: Moment, _button: Button, page: Page) -> Typed:
    owners = page.choices("tracked_owner")
    return {
        "kind": TrackedKind.ACTION.value,
        "tracked_title": "Show every team how plans cover the holidays",
        "tracked_owner": owners[moment.chance.randrange(len(owners))] if owners else "",
        "tracked_due_on": (moment.today + timedelta(days=30)).isoformat(),
    }


def _boxes(_moment: Moment, _button: Button, page: Page) -> Typed:
    """A sentence in every box beside a report; what was written there stays."""
    return {name: text or SENTENCE for name, text in page.shown.items()}


_WRITERS: Mapping[str, Callable[[Moment, Button, Page], Typed]] = {
    "conflict": _says(reason="I chaired a meeting about this family last year."),
    "comment": _says(comment=COMMENT),
    "review": _says(review_reason=REASON),
    "safety": _says(
        concern="The record shows a recent injury that nobody has asked about. Please see today."
    ),
    "moderation_save": _moderation,
    "moderation_decide": _verdict,
    "nomination_answer": _says(reason="It is worth a second look together."),
    "draw_pass": _says(reason=PASSED),
    "talk_invite": _invite,
    "talk_held": _today_in("held_on", note=TALKED),
    "action_done": _says(**PROOF),
    "action_confirm": _says(**CONFIRMED),
    "supervision_held": _today_in("held_on", where="supervision note of this week"),
    "supervision_plan": _next_supervision,
    "reflection": _today_in("reflected_on"),
    "impact": _impact,
    "learning_save": _entry,
    "learning_end": _entry_ends,
    "learning_action_save": _entry_action,
    "learning_action_done": _says(done_text="Every team has talked of it, and the template asks for it."),
    "open_calibration": _case,
    "grade_calibration": _graded,
    "extension": _more_time,
    "extension_decide": _says(reason="Agreed."),
    "meeting_held": _held,
    "decide": _decided,
    "celebrate": _says(celebration="Every plan of ours was reviewed in time, with the child there."),
    "tracked_finish": _says(
        impact="Four plans in five now have a part for the school holidays.", more_needed="no"
    ),
    "save_narrative": _boxes,
    "explain": _says(why="Two posts stood empty in the spring.", action="Both are filled from June on."),
}
"""What is asked for, to what is typed before it."""
