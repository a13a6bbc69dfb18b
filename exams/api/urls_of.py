"""Absolute addresses in what the API gives."""

from django.conf import settings
from django.urls import reverse

from exams.models import Certificate


def verification_url(certificate: Certificate) -> str:
    """Return the public page that verifies the certificate."""
    return f"{settings.BASE_URL}{reverse('verify:show', args=[certificate.code])}"
