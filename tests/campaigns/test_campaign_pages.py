"""Campaign pages: drafts, schedule, workflow, blocks."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone
from wagtail.blocks import StructBlockValidationError
from wagtail.models import Workflow

from campaigns.actions import seeding
from campaigns.models import CampaignPage
from cms.blocks import CallToActionBlock
from cms.tasks import publish_scheduled


@pytest.fixture
def draft(campaign_index):
    """A campaign nobody has published."""
    page = CampaignPage(
        title="冬季防火",
        slug="winter-fire",
        starts=date(2026, 12, 1),
        ends=date(2026, 12, 31),
        live=False,
        body=[("quote", {"text": "隐患险于明火", "by": "消防谚语"})],
    )
    campaign_index.add_child(instance=page)
    page.save_revision()
    return page


def test_a_draft_is_not_public_and_a_published_page_is(client, draft):
    assert client.get("/campaigns/winter-fire/").status_code == 404
    draft.get_latest_revision().publish()
    page = client.get("/campaigns/winter-fire/").content.decode()
    assert "<h1>冬季防火</h1>" in page
    assert "隐患险于明火" in page


def test_a_scheduled_campaign_appears_when_its_time_has_come(client, draft):
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    draft.save_revision(approved_go_live_at=draft.go_live_at)
    publish_scheduled()
    assert client.get("/campaigns/winter-fire/").status_code == 404
    past = timezone.now() - timedelta(minutes=1)
    draft.go_live_at = past
    draft.save_revision(approved_go_live_at=past).publish()
    call_command("publish_scheduled", verbosity=0)
    assert client.get("/campaigns/winter-fire/").status_code == 200


def test_a_workflow_is_there_to_moderate_with(campaign_index):
    assert Workflow.objects.filter(active=True).count() == 1
    assert campaign_index.get_workflow() is not None


def test_markup_in_a_title_is_escaped(client, draft):
    draft.title = "<img src=x onerror=alert(1)>"
    draft.save_revision().publish()
    page = client.get("/campaigns/winter-fire/").content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_a_campaign_that_ends_before_it_starts_is_refused(draft):
    with pytest.raises(IntegrityError):
        CampaignPage.objects.filter(pk=draft.pk).update(ends=date(2026, 11, 1))


@pytest.mark.parametrize("path", ["", "//evil.example/", "https://evil.example/", "chat/"])
def test_a_call_to_action_takes_one_page_or_one_path_of_this_site(path):
    with pytest.raises(StructBlockValidationError):
        CallToActionBlock().clean({"text": "去", "page": None, "path": path})


def test_a_call_to_action_to_a_path_of_this_site_is_taken():
    block = CallToActionBlock()
    assert block.clean(block.to_python({"text": "去", "page": None, "path": "/chat/"}))["path"] == "/chat/"


def test_three_campaigns_are_seeded_once(client, campaign_index):
    assert seeding.load_campaigns(index=campaign_index) == 3
    assert seeding.load_campaigns(index=campaign_index) == 0
    page = client.get("/campaigns/").content.decode()
    for title in CampaignPage.objects.values_list("title", flat=True):
        assert title in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(client, campaign_index, count, django_assert_num_queries):
    for number in range(count):
        day = date(2026, 12, 1 + number)
        campaign_index.add_child(instance=CampaignPage(title=f"c{number}", slug=f"c{number}", starts=day, ends=day))
    client.get("/campaigns/")
    with django_assert_num_queries(8):
        assert client.get("/campaigns/").content.decode().count('class="card"') == count
