"""The themes of a period, worst first, and one theme by cohort; each may become a draft of the learning log.

It counts and compares; what it means is for people to judge (SG-04). Small numbers are not shown.
Source: CA-21, RO-04, GP-01 to GP-06.
"""

from cards.buttons import press, row, toggle
from cards.elements import Card, Element, bold, box, card, heading, run, says, typed
from cards.payloads_learning import DraftFromTheme, ShowLog, ShowThemes
from cards.views_learning import ThemesView
from cards.wording import count
from domain.suppression import NOT_SHOWN, share_in_words
from domain.themes import Cohort, CohortLine, Theme, Trend

MOST_SECTIONS = 5
"""Sections shown at once: those where most falls below Good. The others open with a press."""
MOST_COHORTS = 30
REST = "other_parts"

_COHORTS = {Cohort.TEAM: "By team", Cohort.PLAN_TYPE: "By plan type", Cohort.AGE_BAND: "By age"}
_SECTION_TRENDS = {
    Trend.RISING: ("Rising: more than before, beyond chance", "attention"),
    Trend.FALLING: ("Falling: less than before, beyond chance", "good"),
    Trend.STEADY: ("No clear change", ""),
    Trend.UNKNOWN: ("Too few audits to compare", ""),
}
_COMPONENT_TRENDS = {
    **_SECTION_TRENDS,
    Trend.RISING: ("Seen more often than before, beyond chance", "good"),
    Trend.FALLING: ("Seen less often than before, beyond chance", "attention"),
}


def themes_summary(_view: ThemesView) -> str:
    """The preview text of the message."""
    return "Themes from audits."


def themes_card(view: ThemesView) -> Card:
    """Where practice falls below Good, worst first, and what good practice was seen; or one theme whole."""
    if view.chosen is not None:
        return _theme_card(view, view.chosen)
    sections = [theme for theme in view.themes if not theme.is_component]
    components = [theme for theme in view.themes if theme.is_component and theme.tagged]
    body: list[Element] = [
        heading("Themes from audits"),
        typed(
            f"{count(view.audits, 'audit')} submitted {view.period}, against the {view.months} months before."
        ),
        says(
            "Each stands for what children experience. The numbers point; what they mean is yours to judge.",
            subtle=True,
        ),
    ]
    if not view.themes:
        body.append(says("No audit was submitted in these months."))
    if sections:
        body.append(heading("Where most falls below Good", size="default", spacing="large"))
        body += [_line(view, theme) for theme in sections[:MOST_SECTIONS]]
    if rest := sections[MOST_SECTIONS:]:
        body.append(row(toggle(f"Show the other {count(len(rest), 'part')}", REST), spacing="medium"))
        body.append(box([_line(view, theme) for theme in rest], id=REST, hidden=True))
    if components:
        body.append(heading("Good practice seen", size="default", spacing="large"))
        body += [_line(view, theme) for theme in components]
    others = [months for months in view.offered if months != view.months]
    body.append(
        row(
            *(press(f"{months} months", ShowThemes("", months, view.cohort)) for months in others),
            spacing="large",
        )
    )
    body.append(row(press("The log", ShowLog("", 0)), spacing="small"))
    return card(body, preview=themes_summary(view))


def _theme_card(view: ThemesView, theme: Theme) -> Card:
    body: list[Element] = [
        heading("A theme from audits"),
        typed(bold(view.titles[theme.key])),
        typed(f"{count(view.audits, 'audit')} submitted {view.period}."),
        *_numbers(view, theme),
        heading(_COHORTS[view.cohort], size="default", spacing="large"),
        says(
            "Large differences may also come from different children and needs, and from small numbers.",
            subtle=True,
        ),
        *[_cohort(one, theme) for one in view.cohorts[:MOST_COHORTS]],
    ]
    if (more := len(view.cohorts) - MOST_COHORTS) > 0:
        body.append(says(f"And {more:,} more with smaller shares."))
    others = [cohort for cohort in Cohort if cohort is not view.cohort]
    ways = (press(_COHORTS[one], ShowThemes(theme.key, view.months, one)) for one in others)
    body.append(row(*ways, spacing="large"))
    back = press("All themes", ShowThemes("", view.months, view.cohort))
    draft = [press("Draft an entry", DraftFromTheme(theme.key, view.months, view.nonce))]
    body.append(row(*(draft if view.may_keep else ()), back, spacing="small"))
    return card(body, preview="A theme from audits.")


def _line(view: ThemesView, theme: Theme) -> Element:
    title = view.titles[theme.key]
    buttons = [
        press("Look closer", ShowThemes(theme.key, view.months, view.cohort), tooltip=f"Look closer: {title}")
    ]
    if view.may_keep:
        draft = DraftFromTheme(theme.key, view.months, view.nonce)
        buttons.append(press("Draft an entry", draft, tooltip=f"Draft an entry: {title}"))
    return box([typed(bold(title)), *_numbers(view, theme), row(*buttons)], spacing="medium", separator=True)


def _numbers(view: ThemesView, theme: Theme) -> list[Element]:
    """How many, of how many, and how it stands against the period before."""
    below = share_in_words(theme.below, theme.audits, view.smallest)
    tagged = share_in_words(theme.tagged, theme.audits, view.smallest)
    if theme.is_component:
        said = f"Seen in {tagged}."
        trend, color = _COMPONENT_TRENDS[theme.trend]
    else:
        said = f"Below Good in {below}; good practice tagged in {tagged}."
        trend, color = _SECTION_TRENDS[theme.trend]
    how = run(trend + ".", bold=True, color=color) if color else run(trend + ".", subtle=True)
    return [typed(said, spacing="none"), typed(how, spacing="none")]


def _cohort(line: CohortLine, theme: Theme) -> Element:
    what = "seen in" if theme.is_component else "below Good in"
    if line.count is None or line.audits is None:
        said = NOT_SHOWN + (f", of {line.audits}" if line.audits is not None else "")
    else:
        said = f"{what} {line.count} of {line.audits}"
    return typed(bold(f"{line.name}: "), said, spacing="small")
