from wagtail.users.apps import WagtailUsersAppConfig


class LoginsConfig(WagtailUsersAppConfig):
    user_viewset = "accounts.logins.viewsets.LoginViewSet"

    def ready(self):
        super().ready()
        from . import hooks  # noqa: F401  (registers them)
