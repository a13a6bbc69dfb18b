"""Whatever changes an article or a search word, wherever, leaves a mark that the index is behind."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import published

from .actions import indexing
from .models import Article, SearchTerm, SynonymGroup


@receiver([post_save, post_delete, published], sender=Article)
def mark_stale(sender, **kwargs):
    """Mark on each signal: a save comes before the article's questions are written, ``published`` after."""
    indexing.mark_stale(now=timezone.now())


@receiver([post_save, post_delete], sender=SearchTerm)
@receiver([post_save, post_delete], sender=SynonymGroup)
def mark_stale_words(sender, **kwargs):
    """An index keeps the words that it was built with; only a new one is folded by others."""
    indexing.mark_stale(now=timezone.now())
