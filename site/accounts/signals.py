"""Changes that do not pass through a model's ``save``: who is put into which role, and what a role may do."""

from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed
from django.dispatch import receiver

from core import actor
from core.actions.auditing import record
from core.enums import Deed

from .actions import roles
from .models import User

DEEDS = {"post_add": Deed.GRANTED, "post_remove": Deed.WITHDRAWN, "pre_clear": Deed.WITHDRAWN}


@receiver(m2m_changed, sender=User.groups.through)
def role_changes(instance, action, reverse, model, pk_set, **kwargs):
    """Refuse what must not be, whichever way it comes: the user form, a bulk action, the shell.

    Adding comes with a set of keys; a change that changes nothing sends no signal with any.
    """
    if action not in {"pre_add", "pre_remove", "pre_clear"} or not (pk_set is None or pk_set):
        return
    who = actor.current().pk
    by = User.objects.filter(pk=who).first() if who else None
    chosen = model.objects.filter(pk__in=pk_set) if pk_set is not None else _held(instance, reverse)
    adding = action == "pre_add"
    if reverse:
        for user in chosen:
            roles.check(user=user, by=by, adding=[instance.name] if adding else ())
    elif chosen:
        roles.check(user=instance, by=by, adding=[group.name for group in chosen] if adding else ())


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
