from allauth.account.signals import password_changed, password_set
from allauth.usersessions.apps import UserSessionsConfig
from wagtail.users.apps import WagtailUsersAppConfig


class LoginsConfig(WagtailUsersAppConfig):
    user_viewset = "accounts.logins.viewsets.LoginViewSet"

    def ready(self):
        super().ready()
        from . import hooks  # noqa: F401  (registers them)


class SessionsConfig(UserSessionsConfig):
    """The list of sessions without reading through all earlier ones at each log-in, a sixth of what a log-in costs.

    ``accounts.entering`` notes the new session; the page that lists them drops those that are over, as does retention.
    """

    def ready(self):
        from allauth.usersessions.signals import on_password_changed

        for signal in (password_set, password_changed):
            signal.connect(on_password_changed)
