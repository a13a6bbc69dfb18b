"""From author to expert to publisher: nobody goes round it, nobody approves their own."""

import pytest
from django.urls import reverse
from wagtail.models import Workflow, WorkflowTask

from accounts.actions import roles
from accounts.enums import Role
from kb import permissions, queries
from kb.actions import workflow
from kb.editorial import ChangedMeanwhile, OwnText
from kb.models import Article, OthersApproval
from tests.kb.test_views import form


@pytest.fixture
def people(staff):
    """One user each: author, expert, publisher."""
    found = [staff(role) for role in (Role.KNOWLEDGE_EDITOR, Role.KNOWLEDGE_EXPERT, Role.PUBLISHER)]
    permissions.grant_permissions()
    return found


@pytest.fixture
def draft(people, make_article):
    """A draft that its author wrote."""
    article = make_article(live=False)
    article.save_revision(user=people[0])
    return Article.objects.get()


def waiting(article):
    return Article.objects.get(pk=article.pk).current_workflow_task_state.specific


def submit(article, by):
    return article.get_workflow().start(article, by)


def decide(client, user, article, action, comment=""):
    client.force_login(user)
    state = waiting(article)
    path = reverse(article.snippet_viewset.get_url_name("workflow_action"), args=[article.pk, action, state.pk])
    return client.post(path, {"comment": comment})


def test_setting_up_twice_makes_one_workflow_of_two_steps(people):
    workflow.ensure_workflow()
    found = Workflow.objects.get(name=workflow.WORKFLOW)
    assert [task.name for task in found.tasks] == ["专家审核", "发布"]
    assert (OthersApproval.objects.count(), WorkflowTask.objects.filter(workflow=found).count()) == (2, 2)
    assert Article.get_default_workflow() == found


def test_a_group_that_somebody_gave_a_step_is_kept(people):
    task = OthersApproval.objects.get(name="专家审核")
    task.groups.add(roles.Group.objects.get(name=Role.EXAM_OFFICER.value))
    workflow.ensure_workflow()
    assert sorted(task.groups.values_list("name", flat=True)) == ["exam_officer", "knowledge_expert"]


def test_an_article_goes_live_only_after_expert_and_publisher(client, people, draft):
    author, expert, publisher = people
    submit(draft, author)
    assert decide(client, publisher, draft, "approve").status_code == 302  # sent away: it is the expert's turn
    assert waiting(draft).task.name == "专家审核"
    decide(client, expert, draft, "approve")
    assert waiting(draft).task.name == "发布"
    assert Article.objects.get().live is False
    decide(client, publisher, draft, "approve")
    assert Article.objects.get().live is True
    assert queries.index_needed() is True


def test_what_is_sent_back_stays_a_draft_with_the_reason(client, people, draft):
    author, expert, _publisher = people
    submit(draft, author)
    state = waiting(draft)
    decide(client, expert, draft, "reject", "步骤2少了断电")
    state.refresh_from_db()
    assert (state.status, state.comment) == ("rejected", "步骤2少了断电")
    assert Article.objects.get().live is False


@pytest.mark.parametrize("root", [False, True])
def test_nobody_approves_their_own_not_even_a_superuser(people, draft, root):
    author = people[0]
    author.is_superuser = root
    author.groups.add(*roles.Group.objects.filter(name=Role.KNOWLEDGE_EXPERT.value))
    author.save()
    submit(draft, author)
    task = waiting(draft).task.specific
    assert task.get_actions(draft, author) == []
    with pytest.raises(OwnText):
        task.on_action(waiting(draft), author, "approve")


def test_whoever_wrote_part_of_it_does_not_approve_it(people, draft):
    author, expert, _publisher = people
    draft.title = "鱼缸爆裂怎么办"
    draft.save_revision(user=expert)
    submit(Article.objects.get(), author)
    assert waiting(draft).task.specific.get_actions(Article.objects.get(), expert) == []


def test_a_revision_that_changes_nothing_makes_no_author(people, draft):
    author, expert, _publisher = people
    draft.save_revision(user=expert)
    assert queries.authors_of_draft(Article.objects.get()) == {author.pk}


def test_who_wrote_what_is_live_already_is_no_author_of_the_next_text(people, draft):
    author, expert, _publisher = people
    draft.latest_revision.publish()
    article = Article.objects.get()
    article.title = "鱼缸爆裂怎么办"
    article.save_revision(user=expert)
    assert queries.authors_of_draft(Article.objects.get()) == {expert.pk}
    assert author.pk != expert.pk


def test_a_text_changed_after_it_was_submitted_is_not_approved(people, draft):
    author, expert, _publisher = people
    submit(draft, author)
    article = Article.objects.get()
    article.title = "改"
    article.save_revision(user=author)
    with pytest.raises(ChangedMeanwhile):
        waiting(draft).task.specific.on_action(waiting(draft), expert, "approve")


def test_while_it_waits_nobody_edits_it(client, people, draft):
    author = people[0]
    submit(draft, author)
    client.force_login(author)
    path = reverse(draft.snippet_viewset.get_url_name("edit"), args=[draft.pk])
    client.post(path, form(draft, title="改", audience="public"))
    assert Article.objects.get().get_latest_revision_as_object().title == "鱼缸裂了怎么办"


@pytest.mark.parametrize("who", ["author", "publisher", "root"])
def test_the_forms_publish_button_publishes_for_nobody(client, people, draft, who, django_user_model):
    root = django_user_model.objects.create_superuser("root")
    client.force_login({"author": people[0], "publisher": people[2], "root": root}[who])
    path = reverse(draft.snippet_viewset.get_url_name("edit"), args=[draft.pk])
    client.post(path, form(draft, audience="public", **{"action-publish": "action-publish"}))
    assert Article.objects.get().live is False
    assert 'name="action-publish"' not in client.get(path).content.decode()


@pytest.mark.parametrize(("who", "live"), [(0, False), (1, True), (2, False)])
def test_editor_and_publisher_take_a_wrong_article_away_at_once(client, people, make_article, who, live):
    article = make_article()
    client.force_login(people[who])
    client.post(reverse(article.snippet_viewset.get_url_name("unpublish"), args=[article.pk]))
    assert Article.objects.get().live is live


@pytest.mark.parametrize(("live", "left"), [(True, 1), (False, 0)])
def test_what_is_live_is_not_deleted(client, people, make_article, live, left):
    article = make_article(live=live)
    client.force_login(people[0])
    client.post(reverse(article.snippet_viewset.get_url_name("delete"), args=[article.pk]))
    assert Article.objects.count() == left


def test_an_older_site_takes_publishing_from_its_editors(people, draft):
    group = roles.Group.objects.get(name=Role.KNOWLEDGE_EDITOR.value)
    roles.allow(role=Role.KNOWLEDGE_EDITOR, permissions=["kb.publish_article"])
    permissions.grant_permissions()
    assert not group.permissions.filter(codename="publish_article").exists()
