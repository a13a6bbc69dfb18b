"""The audit trail and how long things are kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .enums import Deed


class AppendOnly(Exception):
    """A row of the audit trail is never changed, and removed only by retention."""


class AppendOnlyQuerySet(models.QuerySet):
    """Refuses what would change or remove rows."""

    def update(self, **fields):
        raise AppendOnly

    def delete(self):
        raise AppendOnly


class AppendOnlyModel(models.Model):
    """Rows are added, read, and by ``core.actions.retention`` removed in time."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnly


class AuditEntry(AppendOnlyModel):
    """Who did what to which object, when and from where; personal data in it is masked.

    The actor is kept by number and name, not by key: an entry outlives the account. ``seal`` covers all of it.
    """

    at = models.DateTimeField(_("when"), db_index=True)
    actor_id = models.BigIntegerField(_("user number"), null=True)
    actor = models.CharField(_("who"), max_length=150, db_index=True)
    address = models.CharField(_("from"), max_length=45, blank=True)
    deed = models.CharField(_("deed"), max_length=20, choices=Deed)
    kind = models.CharField(_("kind"), max_length=60)
    object_id = models.CharField(_("number"), max_length=64)
    label = models.CharField(_("object"), max_length=200)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    seal = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kind", "object_id"], name="audit_of_an_object")]

    def __str__(self):
        return f"{self.get_deed_display()} {self.label}"

    def content(self) -> dict:
        """Return what the seal covers."""
        names = (
            "at",
            "actor_id",
            "actor",
            "address",
            "deed",
            "kind",
            "object_id",
            "label",
            "before",
            "after",
            "reason",
        )
        return {name: getattr(self, name) for name in names}


class AuditLink(AppendOnlyModel):
    """The entry's place in the chain; ``digest`` binds it to every link before."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, models.PROTECT, related_name="link")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("audit link")
        ordering = ["position"]

    def __str__(self):
        return str(self.position)


class AuditCheck(models.Model):
    """When the chain was proved, up to which link, and how many faults were found."""

    at = models.DateTimeField(_("when"))
    position = models.BigIntegerField(_("up to link"))
    digest = models.CharField(max_length=64)
    faults = models.PositiveIntegerField(_("faults"))

    class Meta:
        verbose_name = _("check of the audit trail")
        verbose_name_plural = _("checks of the audit trail")

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}: {self.faults}"


class RetentionRule(models.Model):
    """How long one kind of record is kept; ``least_days`` is what the law asks for."""

    kind = models.CharField(_("kind of record"), max_length=40, unique=True, editable=False)
    days = models.PositiveIntegerField(_("days kept"))
    least_days = models.PositiveIntegerField(_("least days by law"), editable=False)
    source = models.CharField(_("source"), max_length=300, editable=False)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        ordering = ["kind"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(days__gte=models.F("least_days")),
                name="kept_as_long_as_the_law_asks",
                violation_error_message=_("The law asks for longer."),
            )
        ]

    def __str__(self):
        return self.kind
