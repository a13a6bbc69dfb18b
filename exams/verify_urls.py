"""Addresses of public verification; the QR code on a certificate names the second."""

from django.urls import path

from .views import verify, verify_many

app_name = "verify"
urlpatterns = [
    path("", verify.search, name="search"),
    path("list/", verify_many.verify_many, name="many"),
    path("<str:code>/", verify.show, name="show"),
]
