"""What editor, publisher and course manager may do with pages, pictures and documents."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from accounts.enums import Role

WRITE = ("add_page", "change_page")
PUBLISH = ("change_page", "publish_page", "lock_page", "unlock_page")
PAGES_OF = {Role.EDITOR: WRITE, Role.PUBLISHER: PUBLISH}
COLLECTION_PERMISSIONS = (
    ("wagtailimages", "add_image"),
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "choose_document"),
)
WAGTAILS_OWN = ("Editors", "Moderators")  # groups that come with Wagtail and would go round the roles
WORKFLOW = "发布审核"


def grant_permissions(*, home: Page, courses: Page) -> None:
    """Let editors write below ``home`` and publishers publish there; course managers do both below ``courses``."""
    with transaction.atomic():
        Group.objects.filter(name__in=WAGTAILS_OWN, user=None).delete()
        for role, codenames in PAGES_OF.items():
            _allow_pages(role, home, codenames)
        _allow_pages(Role.COURSE_MANAGER, courses, (*WRITE, *PUBLISH))
        for role in (Role.EDITOR, Role.PUBLISHER, Role.COURSE_MANAGER):
            _allow_files(role)
        _ensure_workflow(home)


def _allow_pages(role: Role, page: Page, codenames) -> None:
    group = Group.objects.get(name=role.value)
    wanted = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames)
    of_role = GroupPagePermission.objects.filter(group=group, page=page)
    of_role.exclude(permission__in=wanted).delete()
    for permission in wanted:
        of_role.get_or_create(permission=permission, defaults={"group": group, "page": page})


def _allow_files(role: Role) -> None:
    group, root = Group.objects.get(name=role.value), Collection.get_first_root_node()
    for app_label, codename in COLLECTION_PERMISSIONS:
        permission = Permission.objects.get(content_type__app_label=app_label, codename=codename)
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _ensure_workflow(home: Page) -> None:
    """Let what an editor submits go to the publishers; the workflow that Wagtail brings asks a group nobody is in."""
    task = GroupApprovalTask.objects.filter(name=WORKFLOW).first() or GroupApprovalTask.objects.create(name=WORKFLOW)
    task.groups.set([Group.objects.get(name=Role.PUBLISHER.value)])
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": workflow})
