"""The seven steps of an audit with their aimed days. Source: workflow 1B, CA-22."""

from collections.abc import Sequence

from cards.elements import Element, columns, run, typed
from cards.views import StepView
from cards.wording import day


def step_lines(steps: Sequence[StepView]) -> list[Element]:
    """One line for each step: done or not in words, its title, its day."""
    return [
        columns(
            ("stretch", [typed(f"{number}. {step.title}")]),
            ("auto", [typed(run("✓ done", color="good", bold=True) if step.done else f"{day(step.aim_on)}")]),
            spacing="small",
        )
        for number, step in enumerate(steps, start=1)
    ]
