"""Who a session belongs to."""

from allauth.account.auth_backends import AuthenticationBackend

from .models import User


class LoginBackend(AuthenticationBackend):
    """allauth's; the person behind a login is read together with it, for most pages ask for both."""

    def get_user(self, user_id):
        user = User.objects.select_related("person").defer("phone", "person__id_number").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
