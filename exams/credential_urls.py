"""Addresses at which machines look: fixed by did:web and by what is signed into every credential."""

from django.urls import path

from .views import credentials

app_name = "credentials"
urlpatterns = [
    path(".well-known/did.json", credentials.did_document, name="did"),
    path(".well-known/jwks.json", credentials.jwks, name="jwks"),
    path("credentials/status/<slug:name>/", credentials.status_list, name="status"),
]
