"""The Celery application; tasks live in each room's tasks module."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

TRANSPORT_ALIASES["filesystem"] = "config.file_broker:Transport"  # kombu's own can hand out half a message
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")

app = Celery("xuehui_yingji")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
