"""Addresses below /admin/programs/."""

from django.urls import path

from . import pages

app_name = "clients"
urlpatterns = [
    path("", pages.index, name="index"),
    path("add/", pages.edit, name="add"),
    path("<int:pk>/", pages.client, name="client"),
    path("<int:pk>/edit/", pages.edit, name="edit"),
    path("<int:pk>/keys/", pages.make_key, name="make_key"),
    path("<int:pk>/webhooks/", pages.make_webhook, name="make_webhook"),
    path("keys/<int:pk>/revoke/", pages.revoke_key, name="revoke_key"),
    path("webhooks/<int:pk>/switch/", pages.switch_webhook, name="switch_webhook"),
    path("deliveries/<int:pk>/again/", pages.send_again, name="send_again"),
]
