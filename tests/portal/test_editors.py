"""Editors write and submit, publishers publish, course managers do both below the courses."""

import pytest
from django.contrib.auth.models import Group

from accounts.enums import Role
from campaigns.models import CampaignPage
from portal.actions import editors, site


@pytest.fixture
def campaign(home, staff):
    courses, campaigns = site.ensure_indexes(home=home)
    editors.grant_permissions(home=home, courses=courses)
    page = CampaignPage(title="冬季防火周", slug="winter", starts="2026-12-01", ends="2026-12-07", live=False)
    return campaigns.add_child(instance=page)


@pytest.mark.parametrize(
    ("role", "edits", "publishes"),
    [
        (Role.EDITOR, True, False),
        (Role.PUBLISHER, True, True),
        (Role.COURSE_MANAGER, False, False),
        (Role.KNOWLEDGE_EDITOR, False, False),
        (Role.EXAM_OFFICER, False, False),
        (Role.AUDITOR, False, False),
    ],
)
def test_who_edits_and_who_publishes_a_campaign(campaign, staff, role, edits, publishes):
    rights = campaign.permissions_for_user(staff(role))
    assert (rights.can_edit(), rights.can_publish()) == (edits, publishes)


def test_the_course_manager_publishes_below_the_courses_only(campaign, home, staff):
    courses, _campaigns = site.ensure_indexes(home=home)
    user = staff(Role.COURSE_MANAGER)
    assert courses.permissions_for_user(user).can_publish_subpage()
    assert not home.permissions_for_user(user).can_publish_subpage()


def test_what_an_editor_submits_goes_to_the_publishers(campaign, staff):
    editor, publisher = staff(Role.EDITOR), staff(Role.PUBLISHER)
    campaign.save_revision(user=editor)
    state = campaign.get_workflow().start(campaign, editor)
    task = state.current_task_state.task.specific
    assert [name for name, *_ in task.get_actions(campaign, editor)] == []
    assert "approve" in [name for name, *_ in task.get_actions(campaign, publisher)]
    state.current_task_state.specific.approve(user=publisher)
    campaign.refresh_from_db()
    assert campaign.live


def test_an_editor_of_an_older_site_loses_the_right_to_publish(campaign, home, staff):
    editors._allow_pages(Role.EDITOR, home, (*editors.WRITE, "publish_page"))
    courses, _campaigns = site.ensure_indexes(home=home)
    editors.grant_permissions(home=home, courses=courses)
    assert not campaign.permissions_for_user(staff(Role.EDITOR)).can_publish()


def test_wagtails_own_groups_are_gone(campaign):
    assert not Group.objects.filter(name__in=editors.WAGTAILS_OWN).exists()
