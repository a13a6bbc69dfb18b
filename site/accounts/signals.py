"""Changes that do not pass through a model's ``save``: who is put into which role, and what a role may do."""

from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed
from django.dispatch import receiver

from core.actions.auditing import record
from core.enums import Deed

from .models import User

DEEDS = {"post_add": Deed.GRANTED, "post_remove": Deed.WITHDRAWN, "pre_clear": Deed.WITHDRAWN}


@receiver(m2m_changed, sender=User.groups.through)
def role_changed(instance, action, reverse, model, pk_set, **kwargs):
    """Record each user who got or lost a role."""
    if action not in DEEDS:
        return
    chosen = model.objects.filter(pk__in=pk_set) if pk_set is not None else _held(instance, reverse)
    for other in chosen:
        user, group = (other, instance) if reverse else (instance, other)
        side = "before" if DEEDS[action] == Deed.WITHDRAWN else "after"
        record(deed=DEEDS[action], target=user, **{side: {"role": group.name}})


@receiver(m2m_changed, sender=Group.permissions.through)
def permissions_changed(instance, action, reverse, model, pk_set, **kwargs):
    """Record each permission a role got or lost."""
    if action not in DEEDS or reverse:
        return
    chosen = model.objects.filter(pk__in=pk_set) if pk_set is not None else instance.permissions.all()
    names = sorted(f"{permission.content_type.app_label}.{permission.codename}" for permission in chosen)
    if names:
        side = "before" if DEEDS[action] == Deed.WITHDRAWN else "after"
        record(deed=DEEDS[action], target=instance, **{side: {"permissions": names}})


def _held(instance, reverse):
    return instance.user_set.all() if reverse else instance.groups.all()
