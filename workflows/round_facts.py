"""What the command line and files show of a round."""

from datetime import date

from domain.errors import NotFound
from storage.rounds import RoundRow
from storage.work import View


def round_of_month(view: View, month: date) -> RoundRow:
    """The round of this month; NotFound when none was planned."""
    chosen = view.rounds.of_month(month)
    if chosen is None:
        raise NotFound(f"No round has been planned for {month:%B %Y}. Run “plumbline round plan” first.")
    return chosen


def pairs_of(view: View, round_id: int) -> list[dict[str, str]]:
    """The proposed pairs in words: auditor, reference, team, practitioner, why."""
    places = view.rounds.places(round_id)
    cases = view.cases.many(p.case_id for p in places)
    people = view.people.many({i for p in places for i in (p.auditor_id, p.practitioner_id)})
    teams = view.people.teams()
    return [
        {
            "auditor": people[p.auditor_id].name,
            "reference": cases[p.case_id].reference,
            "team": teams[cases[p.case_id].team_id].name,
            "practitioner": people[p.practitioner_id].name,
            "why": " ".join(p.reasons),
        }
        for p in places
    ]
