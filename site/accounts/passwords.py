"""What a password must be."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .queries.staff import is_staff


class LengthValidator:
    """Asks for ``least`` characters, and of who works in the administration for ``least_of_staff``."""

    def __init__(self, least: int, least_of_staff: int):
        self.least = least
        self.least_of_staff = least_of_staff

    def validate(self, password: str, user=None) -> None:
        staff = user is not None and user.pk is not None and is_staff(user)
        least = self.least_of_staff if staff else self.least
        if len(password) < least:
            message = _("The password needs at least %(least)d characters.") % {"least": least}
            raise ValidationError(message, "too_short")

    def get_help_text(self) -> str:
        return _("At least %(least)d characters; %(staff)d for staff.") % {
            "least": self.least,
            "staff": self.least_of_staff,
        }
