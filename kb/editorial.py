"""What editors do with articles beside writing: who approves, which pairs to compare, files that were handed in."""

import uuid

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask

from .enums import ImportState, PairKind, Topic


class OwnText(PermissionDenied):
    """Nobody approves what they wrote or handed in themselves."""

    reason = _("Nobody approves their own text; somebody else of the group must.")


class ChangedMeanwhile(PermissionDenied):
    """The text is not the one that was submitted any more."""

    reason = _("The text was changed after it was submitted; submit it again.")


class OthersApproval(AbstractGroupApprovalTask):
    """Approval by somebody of the groups who wrote nothing of it; superusers are no exception (ADR 8).

    Nobody edits while it waits: what is approved is what was read. Who wants it changed sends it back.
    """

    def user_can_access_editor(self, obj, user):
        return self._user_in_groups(user) or user.is_superuser

    def locked_for_user(self, obj, user):
        return True

    def user_can_lock(self, obj, user):
        return False

    def get_actions(self, obj, user):
        return [] if user.pk in self._authors(obj) else super().get_actions(obj, user)

    def on_action(self, task_state, user, action_name, **kwargs):
        obj = task_state.workflow_state.content_object
        if user.pk in self._authors(obj):
            raise OwnText(OwnText.reason)
        if action_name == "approve" and task_state.revision_id != obj.latest_revision_id:
            raise ChangedMeanwhile(ChangedMeanwhile.reason)
        return super().on_action(task_state, user, action_name, **kwargs)

    @staticmethod
    def _authors(obj) -> set[int]:
        from . import queries

        return queries.authors_of_draft(obj)

    @classmethod
    def get_description(cls):
        return _("Members of the chosen groups who did not write the text can approve it")

    class Meta:
        verbose_name = _("approval by others")
        verbose_name_plural = _("approvals by others")


class ArticlePair(models.Model):
    """Two articles that look the same, or give different numbers for the same thing.

    ``facts`` is what was found, ``digest`` the SHA-256 of the texts it was found in: "these are fine" holds for these.
    """

    first = models.ForeignKey("kb.Article", models.CASCADE, related_name="+")
    second = models.ForeignKey("kb.Article", models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=PairKind)
    likeness = models.FloatField(_("likeness"))
    facts = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    found_at = models.DateTimeField(_("found at"))
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(_("found to be fine at"), null=True)

    class Meta:
        verbose_name = _("pair of articles")
        verbose_name_plural = _("pairs of articles")
        ordering = ["kind", "-likeness", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second", "kind"], name="kb_pair_once_a_kind"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="kb_pair_in_order"),
        ]

    def __str__(self):
        return f"{self.first_id} – {self.second_id}"


class PairSearch(models.Model):
    """The one row that says which texts were compared last."""

    SINGLETON = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=SINGLETON, editable=False)
    seen = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(null=True)
    by_meaning = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="kb_pair_search_is_one_row")]

    def __str__(self):
        return self.seen


class KnowledgeImport(models.Model):
    """A file on its way to drafts: kept, read into pieces, looked at, taken in. State is the queue."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded at"))
    filename = models.CharField(_("file"), max_length=200)
    file = models.FileField(upload_to="imports/knowledge/", blank=True)
    sha256 = models.CharField(max_length=64)
    format = models.CharField(_("format"), max_length=8)
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    source = models.CharField(_("source"), max_length=200)
    source_date = models.CharField(_("date of the source"), max_length=10)
    state = models.CharField(_("state"), max_length=12, choices=ImportState, default=ImportState.UPLOADED)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(_("what went wrong"), max_length=20, blank=True)
    unread = models.JSONField(default=list)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("file of knowledge")
        verbose_name_plural = _("files of knowledge")
        ordering = ["-uploaded_at"]

    def __str__(self):
        return self.filename


class ImportedPiece(models.Model):
    """What becomes one draft: how the file was cut, what is doubtful about it, and the article once it is taken in."""

    batch = models.ForeignKey(KnowledgeImport, models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    place = models.CharField(_("place"), max_length=120, blank=True)
    title = models.TextField(_("title"), blank=True)
    body = models.TextField(_("body"), blank=True)
    questions = models.JSONField(default=list)
    fields = models.JSONField(default=dict)
    doubts = models.JSONField(default=list)
    left_out = models.BooleanField(default=False)
    refused = models.CharField(max_length=300, blank=True)
    article = models.ForeignKey("kb.Article", models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("piece of a file")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="kb_piece_once")]

    def __str__(self):
        return self.title
