import pytest

from domain.framework import Framework
from domain.pages import (
    ACTIONS,
    CONVERSATION,
    FILE,
    JOURNEY,
    OVERALL,
    VOICES,
    ActionLine,
    ActionsPage,
    ConversationPage,
    FilePage,
    JourneyPage,
    OverallPage,
    SectionPage,
    VoicePage,
    kind_of,
    page_keys,
)


@pytest.mark.rule("Q18")
def test_the_contact_section_is_there_only_with_a_recent_contact(framework: Framework) -> None:
    recent = page_keys(framework, has_contact_section=True)
    long_ago = page_keys(framework, has_contact_section=False)

    assert "contact" in recent
    assert [key for key in recent if key != "contact"] == list(long_ago)


@pytest.mark.rule("CA-14")
@pytest.mark.parametrize("has_contact_section", [True, False])
def test_oversight_is_a_page_of_every_audit(framework: Framework, has_contact_section: bool) -> None:
    assert "oversight" in page_keys(framework, has_contact_section=has_contact_section)


@pytest.mark.rule("CA-08", "CA-09", "CA-10", "CA-11", "CA-12", "Q11", "Q12", "Q24", "WH-01")
def test_an_audit_goes_from_the_journey_by_file_sections_voices_and_conversation_to_the_whole(
    framework: Framework,
) -> None:
    sections = [section.key for section in framework.sections]

    keys = page_keys(framework, has_contact_section=True)

    assert keys == (
        "journey",
        "file",
        *sections,
        "voice_child",
        "voice_parent",
        "voice_agency",
        "conversation",
        "overall",
        "actions",
    )


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        (JOURNEY, JourneyPage),
        (FILE, FilePage),
        *((voice, VoicePage) for voice in VOICES),
        (CONVERSATION, ConversationPage),
        (OVERALL, OverallPage),
        (ACTIONS, ActionsPage),
        ("planning", SectionPage),
    ],
)
def test_each_key_leads_to_its_kind_of_page(key: str, kind: type) -> None:
    assert kind_of(key) is kind


def test_an_action_of_blanks_says_nothing() -> None:
    said = ActionLine("Ring the school.")

    page = ActionsPage((ActionLine(" \n"), said, ActionLine("", 7)))

    assert page.written == (said,)
