"""The QA Group's channel in the real client: what everybody reads there, and what only one gets.

QA officer    in the channel: “@Plumbline use this channel” → the digest is posted
              presses “Grades” on the post → the post stays, the part comes to their own chat
              “@Plumbline tracker”, “@Plumbline forward plan” → counts and dates, in the thread
practitioner  in the channel: “@Plumbline status” → told, kindly, whom to ask
"""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.asking import clock
from domain.digest import Coming
from tools.chat_channel import go_to_channel, go_to_chat, mention
from tools.chat_stage import open_stage
from tools.chat_window import CARD, PHONE_HEIGHT
from tools.chat_year import plan_the_year
from workflows.channel_counts import tracker_counts
from workflows.council import Council
from workflows.digest_ahead import coming

pytestmark = pytest.mark.e2e

MOST_SCREENS = 3.0
DIGEST = "See more, sent to your own chat"
PART = "The Panel's grade counts once it is released"
REFUSED = "These figures are for members of the QA Group"


@pytest.mark.rule("OG-03", "OG-05", "OG-06", "OG-08")
async def test_the_group_reads_and_asks_in_its_channel_in_the_real_client(
    tmp_path: Path, artefacts: Path, measured: list[str]
) -> None:
    async with open_stage(
        tmp_path / "council", parts=("QA officer", "Practitioner"), before=plan_the_year
    ) as stage:
        officer, practitioner = stage.qa_officer, stage.practitioner

        await officer.shown("What is yours to do")
        await go_to_channel(officer)
        await mention(officer, "use this channel")
        await officer.shown("This is the QA Group's channel")
        post = await officer.shown(DIGEST)
        await officer.picture(post, artefacts / "30-digest.png")

        # Whoever presses gets more in their own chat; for everybody else the post stays what it was.
        before = await post.inner_text()
        await officer.press(post, "Grades")
        await expect(officer.page.get_by_text("I have sent it to your own chat with me.")).to_be_visible()
        assert await post.inner_text() == before
        await expect(officer.page.locator(CARD).filter(has_text=PART)).to_have_count(0)
        await go_to_chat(officer)
        await officer.picture(await officer.shown(PART), artefacts / "31-digest-grades.png")

        await go_to_channel(officer)
        await expect(officer.card(DIGEST)).to_have_text(before, use_inner_text=True)
        await mention(officer, "tracker")
        card = await officer.shown("The activity tracker")
        await expect(card).to_contain_text(f"{under_way(stage.council)} under way")
        await officer.picture(card, artefacts / "32-channel-tracker.png")
        await mention(officer, "forward plan")
        card = await officer.shown("The next 60 days")
        await expect(card).to_contain_text(next_of(stage.council).title)
        await officer.picture(card, artefacts / "33-channel-plan.png")

        await practitioner.shown("What is yours to do")
        await go_to_channel(practitioner)
        await mention(practitioner, "status")
        card = await practitioner.shown(REFUSED)
        await practitioner.picture(card, artefacts / "34-channel-refused.png")
        # One answer, and nothing of what the group asked.
        await expect(practitioner.page.locator(CARD)).to_have_count(1)

        heading, height = max(officer.heights.items(), key=lambda one: one[1])
        screens = height / PHONE_HEIGHT
        measured.append(
            f"tallest card of the channel: {heading}, {screens:.1f} phone screens "
            f"(aim: at most {MOST_SCREENS:.0f})"
        )
        assert screens <= MOST_SCREENS


def under_way(council: Council) -> int:
    with council.read() as view:
        return tracker_counts(view, council, now=clock()).under_way


def next_of(council: Council) -> Coming:
    """The first of what the coming weeks hold."""
    today = council.today(clock())
    last = today + timedelta(days=council.framework.numbers.digest_ahead_days)
    with council.read() as view:
        return coming(view, council, today, last)[0]
