"""What people tell about themselves once they are in: name and document, photo, consent."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import IdKind, Purpose
from accounts.rules import identity, photo

from .agreement import AgreementForm

NUMBER_FAULTS = {
    "length": _("A number of this document has 18 characters (15 on old cards)."),
    "characters": _("The number has characters that do not belong there."),
    "check_digit": _("The number is mistyped: its last digit does not fit the others."),
    "birth_date": _("The number is mistyped: the date of birth in it cannot be."),
}
PHOTO_FAULTS = {
    "bytes": _("The file is larger than 10 MB. Send the picture in a smaller size."),
    "kind": _("Only JPEG, PNG and WebP pictures can be used."),
    "pixels": _("The picture has too many pixels. Send it in a smaller size."),
    "small": _("The picture is too small: at least 295 × 413 pixels are needed."),
    "broken": _("The picture cannot be read. Save it again as JPEG and send that."),
}
NAME = {"max_length": 80, "min_length": 2, "widget": forms.TextInput(attrs={"autocomplete": "name"})}


class RealNameForm(AgreementForm):
    purpose = Purpose.REAL_NAME
    name = forms.CharField(**NAME)
    id_kind = forms.ChoiceField(choices=IdKind)
    id_number = forms.CharField(max_length=40)

    def clean(self):
        data = super().clean()
        if data.get("id_kind") and data.get("id_number"):
            self._clean_document(IdKind(data["id_kind"]), data["id_number"])
        return data

    def _clean_document(self, kind: IdKind, raw: str) -> None:
        try:
            found = identity.parse(raw, today=timezone.localdate(), kind=kind)
        except identity.InvalidIdNumber as error:
            self.add_error("id_number", NUMBER_FAULTS[error.reason])
            return
        if found.kind != kind:
            message = _("This is the number of another document: %(kind)s.") % {"kind": found.kind.label}
            self.add_error("id_kind", message)


class NameForm(forms.Form):
    name = forms.CharField(**NAME)


class PhotoForm(AgreementForm):
    """The picture is opened here, so that what is wrong with it is said beside the field; ``agreed`` only once."""

    purpose = Purpose.PHOTO
    photo = forms.FileField(error_messages={"required": _("Choose a picture."), "empty": _("The file is empty.")})

    def __init__(self, *args, agreed_before: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if agreed_before:
            del self.fields["agreed"], self.fields["notice"]

    def clean_photo(self) -> bytes:
        upload = self.cleaned_data["photo"]
        try:
            if upload.size > photo.MOST_BYTES_IN:  # before it is read into memory
                raise photo.NotAPhoto("bytes")
            return photo.portrait(upload.read())
        except photo.NotAPhoto as error:
            raise ValidationError(PHOTO_FAULTS[error.reason], code=error.reason) from error


class ConsentForm(AgreementForm):
    """Give a consent again, or to newer words; ``purpose`` comes with the address."""

    def __init__(self, *args, purpose: Purpose, **kwargs):
        self.purpose = purpose
        super().__init__(*args, **kwargs)
