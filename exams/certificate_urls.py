"""Addresses of a holder's own certificate."""

from django.urls import path

from .views import certificates, credentials

certificate_urls = [
    path("<str:code>/", certificates.show, name="certificate"),
    path("<str:code>/pdf/", certificates.pdf, name="certificate_pdf"),
    path("<str:code>/png/", certificates.png, name="certificate_png"),
    path("<str:code>/credential.jwt", credentials.download, {"kind": "jwt"}, name="credential_jwt"),
    path("<str:code>/credential.json", credentials.download, {"kind": "json"}, name="credential_json"),
]
