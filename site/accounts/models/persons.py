"""The real-name individual behind learning, exams and certificates."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import IdKind, RealNameState
from accounts.rules import identity
from core.actions.tracking import AuditedModel
from core.encryption import EncryptedTextField


class Person(AuditedModel):
    """One real person: the id number is sealed, found through its blind index, and unique.

    A duplicate that was merged stays behind, without a login, and points to the one that was kept.
    """

    unaudited: ClassVar[frozenset[str]] = frozenset({"id_digest"})
    masked: ClassVar[dict] = {"name": identity.mask_name, "born": lambda born: f"{born:%Y}"}

    user = models.OneToOneField("accounts.User", models.SET_NULL, null=True, blank=True, related_name="person")
    name = models.CharField(_("name"), max_length=80)
    id_kind = models.CharField(_("kind of identity document"), max_length=20, choices=IdKind)
    id_number = EncryptedTextField(_("identity number"))
    id_digest = models.CharField(max_length=64, unique=True, editable=False)
    born = models.DateField(_("date of birth"), null=True, blank=True)
    photo = models.FileField(_("photo"), upload_to="photos/", blank=True)
    real_name = models.CharField(
        _("real-name check"), max_length=20, choices=RealNameState, default=RealNameState.UNCHECKED
    )
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)
    created_at = models.DateTimeField(_("registered at"))

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="persons_newest_first"),
            models.Index(fields=["name"], name="persons_by_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(user=None), name="a_merged_person_has_no_login"
            ),
            models.CheckConstraint(condition=~models.Q(merged_into=models.F("id")), name="not_merged_into_itself"),
        ]

    def __str__(self):
        return self.name

    def audit_label(self) -> str:
        """The name with only its last character."""
        return self.masked_name

    @property
    def masked_name(self) -> str:
        """The name as a stranger may see it."""
        return identity.mask_name(self.name)

    @property
    def masked_id_number(self) -> str:
        """The id number as a stranger may see it."""
        return identity.mask_number(self.id_number)
