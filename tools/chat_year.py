"""The make-believe council's year of meetings and activities, as calendar and QA office make it."""

from bot.asking import clock
from bot.demo.story import Cast
from domain.forward_plan import plan_year
from workflows.council import Council
from workflows.forward_planning import agree_year, draft_year
from workflows.meetings import keep_planned


def plan_the_year(council: Council, cast: Cast) -> None:
    """Meetings are planned, and this year's plan is drafted and agreed."""
    now = clock()
    year = plan_year(council.today(now))
    with council.write() as work:
        keep_planned(work, council, now=now)
        draft_year(work, council, by=cast.qa_officer, year=year, now=now)
        agree_year(work, council, by=cast.qa_officer, year=year, now=now)
