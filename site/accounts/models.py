"""A user logs in; a person is the real-name individual behind learning, exams and certificates."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField

from .enums import IdKind
from .rules import identity


class User(AbstractUser):
    """A login. Roles are groups named after ``enums.Role``."""


class Person(models.Model):
    """One real person: the id number is sealed, found through its blind index, and unique."""

    user = models.OneToOneField(User, models.SET_NULL, null=True, blank=True, related_name="person")
    name = models.CharField(_("name"), max_length=80)
    id_kind = models.CharField(_("kind of identity document"), max_length=20, choices=IdKind)
    id_number = EncryptedTextField(_("identity number"))
    id_digest = models.CharField(max_length=64, unique=True, editable=False)
    born = models.DateField(_("date of birth"), null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")

    def __str__(self):
        return self.name

    @property
    def masked_name(self) -> str:
        """The name as a stranger may see it."""
        return identity.mask_name(self.name)

    @property
    def masked_id_number(self) -> str:
        """The id number as a stranger may see it."""
        return identity.mask_number(self.id_number)
