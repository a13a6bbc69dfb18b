"""The way of an article: an author submits it, an expert reads it, a publisher publishes it."""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from accounts.enums import Role
from kb.models import Article, OthersApproval

WORKFLOW = "知识文章审核"
STEPS = (("专家审核", Role.KNOWLEDGE_EXPERT), ("发布", Role.PUBLISHER))


def ensure_workflow() -> Workflow:
    """Create the workflow of articles with its two steps, or put it right again, and return it.

    Names are what tells them; further groups that somebody gave a step are kept.
    """
    with transaction.atomic():
        workflow = Workflow.objects.filter(name=WORKFLOW).first() or Workflow.objects.create(name=WORKFLOW)
        for order, (name, role) in enumerate(STEPS):
            task = OthersApproval.objects.filter(name=name).first() or OthersApproval.objects.create(name=name)
            task.groups.add(Group.objects.get(name=role.value))
            WorkflowTask.objects.update_or_create(workflow=workflow, task=task, defaults={"sort_order": order})
        WorkflowContentType.objects.update_or_create(
            content_type=ContentType.objects.get_for_model(Article), defaults={"workflow": workflow}
        )
    return workflow
