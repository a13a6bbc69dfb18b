"""Wagtail's user pages with the rules about roles: nobody changes their own, only a superuser touches a superuser."""

from django.core.exceptions import PermissionDenied
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, SetActiveStateBulkAction
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from accounts.actions import logins
from accounts.models import User

from .forms import LoginCreationForm, LoginEditForm


def untouchable(user: User, *, by: User) -> bool:
    """Say whether ``user`` is a superuser and ``by`` is not: whoever sets their password would become one."""
    return user.is_superuser and not by.is_superuser


class LoginCreateView(CreateView):
    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "by": self.request.user}


class LoginEditView(EditView):
    def dispatch(self, request, *args, **kwargs):
        if untouchable(self.object, by=request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "by": self.request.user}


class LoginViewSet(UserViewSet):
    copy_view_enabled = False
    add_view_class = LoginCreateView
    edit_view_class = LoginEditView

    def get_form_class(self, for_update=False):
        return LoginEditForm if for_update else LoginCreationForm


class AssignRole(AssignRoleBulkAction):
    """Gives one role to many; refused as a whole where one of them may not have it (``accounts.signals``)."""

    def check_perm(self, obj):
        return super().check_perm(obj) and not untouchable(obj, by=self.request.user)


class SetActiveState(SetActiveStateBulkAction):
    """Switches logins on and off one by one, so that each is recorded and its sessions end."""

    def check_perm(self, obj):
        return super().check_perm(obj) and not untouchable(obj, by=self.request.user)

    @classmethod
    def execute_action(cls, objects, mark_as_active=False, user=None, **kwargs):
        others = [obj for obj in objects if user is None or obj.pk != user.pk]
        logins.set_active(users=others, active=mark_as_active)
        return len(others), 0
