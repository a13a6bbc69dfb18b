"""What training does when the CMS changes its pages."""

from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_unpublished

from training.actions import progress
from training.models import LessonPage


@receiver(page_unpublished, sender=LessonPage)
def lesson_unpublished(instance, **_kwargs):
    """Nobody waits for a lesson that can no longer be opened."""
    progress.withdraw(lesson=instance, now=timezone.now())
