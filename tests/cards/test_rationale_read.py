import pytest

from cards.page_lines import page_lines
from domain.framework import Framework
from domain.grades import Grade
from domain.pages import OverallPage, SectionPage

BOXES = ("Planning is strong", "the worker wrote it with the child", "the child knows what happens next")


@pytest.mark.rule("WH-03")
@pytest.mark.parametrize("page", [SectionPage(Grade.GOOD, *BOXES), OverallPage(Grade.GOOD, *BOXES)])
def test_whoever_reads_a_rationale_reads_its_three_boxes_as_one_sentence(
    page: SectionPage | OverallPage, framework: Framework
) -> None:
    read = dict(page_lines(page, framework, {}))

    assert read["Why"] == (
        "Planning is strong: the worker wrote it with the child; as a result, "
        "the child knows what happens next."
    )
