"""The machine-readable side of certificates: which bit of which status list says whether one still holds."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LIST_ENTRIES = 131_072  # W3C Bitstring Status List 1.0: the least, so that an index hides among many


class Credential(models.Model):
    """A certificate's place in the status lists, drawn at random, and the salt of what its credential hashes.

    ``list_number`` and ``index`` are the same in the list of revocations and in that of suspensions.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    certificate = models.OneToOneField("exams.Certificate", models.PROTECT, related_name="credential")
    list_number = models.PositiveIntegerField()
    index = models.PositiveIntegerField()
    salt = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        constraints = [
            models.UniqueConstraint(fields=["list_number", "index"], name="one_credential_per_status_bit"),
            models.CheckConstraint(condition=Q(index__lt=LIST_ENTRIES), name="status_bit_within_its_list"),
        ]

    def __str__(self):
        return f"{self.list_number}#{self.index}"
