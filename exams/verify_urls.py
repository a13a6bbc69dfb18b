"""Addresses of public verification; the QR code on a certificate names the second."""

from django.urls import path

from .views import verify

app_name = "verify"
urlpatterns = [
    path("", verify.search, name="search"),
    path("<str:code>/", verify.show, name="show"),
]
