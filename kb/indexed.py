"""What the database knows of the index: whether it is behind, and what of it may no longer be answered with."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexState(models.Model):
    """The one row that says whether the articles changed since the index was built, and how building goes."""

    SINGLETON = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=SINGLETON, editable=False)
    needed_at = models.DateTimeField(null=True, blank=True)
    built_version = models.CharField(max_length=60, blank=True)
    built_at = models.DateTimeField(null=True, blank=True)
    whole_asked_at = models.DateTimeField(null=True, blank=True)
    trains = models.BooleanField(default=False)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    withdrawals = models.PositiveBigIntegerField(default=0)  # how many there were: the number of the last

    class Meta:
        verbose_name = _("knowledge index")
        verbose_name_plural = _("knowledge index")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="kb_index_state_is_one_row")]

    def __str__(self):
        return self.built_version


class Withdrawal(models.Model):
    """Texts of a document that were taken away: those of every index that has not seen this number."""

    document = models.CharField(max_length=200, unique=True)
    number = models.PositiveBigIntegerField(db_index=True)

    def __str__(self):
        return self.document
