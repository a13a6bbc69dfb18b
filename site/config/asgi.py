"""Entry point for HTTP and WebSocket together."""

import os
import threading

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")
http = get_asgi_application()


from kb.retrieval import current_snapshot  # noqa: E402

from .routing import websocket_urlpatterns  # noqa: E402  (needs the app registry)

# Read the index before the first question; nobody waits for it.
threading.Thread(target=current_snapshot, name="read-index", daemon=True).start()

application = ProtocolTypeRouter(
    {"http": http, "websocket": AllowedHostsOriginValidator(URLRouter(websocket_urlpatterns))}
)
