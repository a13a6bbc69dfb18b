"""Whatever changes an article or a search word, wherever, leaves a mark that the index is behind."""

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import published

from . import queries
from .actions import indexing
from .models import Article, SearchTerm, SynonymGroup


@receiver([post_save, post_delete, published], sender=Article)
def mark_stale(sender, **kwargs):
    """Mark on each signal: a save comes before the article's questions are written, ``published`` after."""
    indexing.mark_stale(now=timezone.now())


@receiver(pre_save, sender=Article)
def withdraw_what_goes(sender, instance, **kwargs):
    """Withdraw what is about to go offline or to another address: before the save, which may commit at once."""
    address = queries.live_address(instance.pk)
    if address and (not instance.live or instance.slug != address):
        indexing.withdraw(documents=[address], now=timezone.now())


@receiver(post_delete, sender=Article)
def withdraw_what_is_deleted(sender, instance, **kwargs):
    """Withdraw it whether it was live or not; deleting is a transaction."""
    indexing.withdraw(documents=[instance.slug], now=timezone.now())


@receiver([post_save, post_delete], sender=SearchTerm)
@receiver([post_save, post_delete], sender=SynonymGroup)
def mark_stale_words(sender, **kwargs):
    """An index keeps the words that it was built with; only a new one is folded by others."""
    indexing.mark_stale(now=timezone.now())
