"""Why each pair was chosen and what gave way, in plain English.

Source: CA-03, CA-04, Q8.
"""

from collections.abc import Callable, Mapping
from datetime import date

from domain.allocation_values import (
    Attribute,
    GaveWay,
    GaveWayKind,
    Reason,
    ReasonKind,
    Unplaced,
    UnplacedWhy,
)
from domain.days import uk_date

NameOf = Callable[[str, int], str]
"""Given "team", "service" or "person" and an id, the name people read."""

_ATTRIBUTE_WORDS: Mapping[str, str] = {
    Attribute.TEAM: "team",
    Attribute.PLAN_TYPE: "plan type",
    Attribute.GENDER: "gender",
    Attribute.AGE_BAND: "age",
    Attribute.ETHNICITY: "ethnicity",
}

_SERVICE_WORDS = {
    "few_places": "there are fewer places than services",
    "none_drawable": "none of its open cases can be drawn this round",
    "due_first": "practitioners waiting longest elsewhere, and conflicts, left no place for it",
}


def by_number(kind: str, number: int) -> str:
    """The name of something when no names are at hand: "Team 4"."""
    return f"{kind.capitalize()} {number}"


def sentence(reason: Reason, name_of: NameOf = by_number) -> str:
    """The reason as one plain sentence."""
    facts = reason.facts
    match reason.kind:
        case ReasonKind.FIXED:
            return "Kept as the QA office chose."
        case ReasonKind.REAUDIT:
            # Not why: whoever audits it is to look with fresh eyes.
            return f"Re-audit due by {uk_date(_day(facts['due_on']))}."
        case ReasonKind.NEVER_AUDITED:
            return "The practitioner has not been audited yet."
        case ReasonKind.WAITED:
            waited = f"Not audited for {_count(facts['months'], 'month')}"
            return f"{waited}, so an audit is due." if facts["due"] else f"{waited}."
        case ReasonKind.ADDS_TO_MIX:
            return f"Adds {_category(facts, name_of)}, which the sample would be short of without it."
        case ReasonKind.ONLY_OF_SERVICE:
            return f"The only case from {name_of('service', _int(facts['service_id']))} in the sample."
        case ReasonKind.OTHER_SERVICE:
            return "Different service from the auditor's."
        case ReasonKind.OWN_SERVICE:
            return "From the auditor's own service, as no better pairing was left."
        case ReasonKind.REPEAT_PAIR:
            return "This auditor has audited this practitioner recently; no better pairing was left."
        case ReasonKind.LIGHT_LOAD:
            return f"The auditor has had {_count(facts['audits'], 'audit')} this year, fewer than others."


def gave_way_sentence(gave_way: GaveWay, name_of: NameOf = by_number) -> str:
    """What gave way, as one plain sentence."""
    facts = gave_way.facts
    match gave_way.kind:
        case GaveWayKind.AUDITORS_UNPLACED:
            count = len(_ids(facts["auditor_ids"]))
            return f"{_count(count, 'auditor')} {'has' if count == 1 else 'have'} no case this round."
        case GaveWayKind.PRACTITIONER_TWICE:
            names = _names(facts["practitioner_ids"], name_of)
            why = (
                "as the QA office chose"
                if facts["fixed"]
                else "as there are fewer practitioners than auditors"
            )
            return f"More than one audit this round for {names}, {why}."
        case GaveWayKind.REAUDIT_WAITS:
            count = len(_ids(facts["case_ids"]))
            waits = "re-audit that is due has" if count == 1 else "re-audits that are due have"
            return f"{count} {waits} no place in this sample; the list of re-audits keeps what waits."
        case GaveWayKind.DUE_WAIT:
            waiting = _count(facts["waiting"], "practitioner")
            if facts["places_short"]:
                return f"{waiting} due an audit must wait, because there are more of them than places."
            return f"{waiting} due an audit must wait, because no auditor without a conflict can be found."
        case GaveWayKind.SERVICE_MISSED:
            service = name_of("service", _int(facts["service_id"]))
            return f"No case from {service} is in the sample: {_SERVICE_WORDS[str(facts['why'])]}."
        case GaveWayKind.AREA_WITHOUT_CASE:
            return f"The case list holds no case of {facts['area']}."
        case GaveWayKind.MIX_OFF:
            places = _int(facts["places"])
            side = "more" if places > 0 else "fewer"
            few = _count(abs(places), "case")
            return f"{_category_alone(facts, name_of)} has about {few} {side} in the sample than its share."
        case GaveWayKind.OWN_SERVICE:
            return (
                f"In their own service, for want of another pairing: {_names(facts['auditor_ids'], name_of)}."
            )
        case GaveWayKind.REPEAT_PAIR:
            names = _names(facts["auditor_ids"], name_of)
            return f"With a practitioner they audited recently, for want of another pairing: {names}."
        case GaveWayKind.NOT_BEST:
            return "The search for the best mix was cut short: every rule is kept, but the mix may be poorer."


def unplaced_sentence(unplaced: Unplaced, name_of: NameOf = by_number) -> str:
    """Who has no case and why, as one plain sentence."""
    who = name_of("person", unplaced.auditor_id)
    match unplaced.why:
        case UnplacedWhy.EXCLUDED:
            return f"{who} is left out of this round by the QA office."
        case UnplacedWhy.ALL_BARRED:
            return (
                f"{who} has no case: with each one open to audit they are in conflict (own, supervised, "
                "chaired, own team or declared), or it was swapped away from them."
            )
        case UnplacedWhy.TOO_FEW_CASES:
            return f"{who} has no case: every practitioner who can be audited this round already is."
        case UnplacedWhy.NEEDED_ELSEWHERE:
            return f"{who} has no case: those they may audit are the only ones open to other auditors."


def _category(facts: Mapping[str, object], name_of: NameOf) -> str:
    attribute, category = str(facts["attribute"]), facts["category"]
    if isinstance(category, int):
        return f"a case from {name_of('team', category)}"
    return f"a case with {_ATTRIBUTE_WORDS[attribute]} “{category}”"


def _category_alone(facts: Mapping[str, object], name_of: NameOf) -> str:
    attribute, category = str(facts["attribute"]), facts["category"]
    if isinstance(category, int):
        return name_of("team", category)
    return f"{_ATTRIBUTE_WORDS[attribute].capitalize()} “{category}”"


def _count(number: object, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _day(value: object) -> date:
    assert isinstance(value, date)
    return value


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value


def _ids(value: object) -> tuple[int, ...]:
    assert isinstance(value, tuple)
    return value


def _names(ids: object, name_of: NameOf) -> str:
    return ", ".join(name_of("person", one) for one in _ids(ids))
