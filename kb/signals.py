"""Whatever changes an article, wherever, leaves a mark that the index is behind."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import published

from .actions import indexing
from .models import Article


@receiver([post_save, post_delete, published], sender=Article)
def mark_stale(sender, **kwargs):
    """Mark on each signal: a save comes before the article's questions are written, ``published`` after."""
    indexing.mark_stale(now=timezone.now())
