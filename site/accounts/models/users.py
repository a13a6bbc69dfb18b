"""A login."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from core.encryption import EncryptedTextField


class User(AuditedModel, AbstractUser):
    """A login by user name or by verified phone number. Roles are groups named after ``enums.Role``.

    The phone number (E.164, ``+86…``) is sealed and found through its digest.
    """

    unaudited: ClassVar[frozenset[str]] = frozenset({"last_login", "phone_digest"})
    hidden: ClassVar[frozenset[str]] = frozenset({"password"})

    phone = EncryptedTextField(_("phone number"), blank=True)
    phone_digest = models.CharField(max_length=64, unique=True, null=True, editable=False)
    phone_verified_at = models.DateTimeField(_("phone verified at"), null=True, editable=False)

    class Meta(AbstractUser.Meta):
        indexes = [models.Index(fields=["-date_joined"], name="users_newest_first")]
