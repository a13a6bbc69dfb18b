"""Addresses below accounts/2fa/ that go before allauth's."""

from django.urls import path

from .views import factors

urlpatterns = [path("webauthn/keys/<int:pk>/remove/", factors.remove_key, name="mfa_remove_webauthn")]
