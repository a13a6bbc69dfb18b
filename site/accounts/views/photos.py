"""Upload one's photo; show a photo to whom it may be shown."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions import consents, photos
from accounts.decorators import person_required
from accounts.enums import Purpose, Role
from accounts.forms.affairs import PhotoForm
from accounts.models import Person
from accounts.queries import has_any_role
from accounts.queries.consents import has_consented
from core.addresses import address_of_request

# Who compares a face with the picture, or puts it on a document.
MAY_SEE = frozenset({Role.EXAM_OFFICER, Role.INVIGILATOR, Role.EXAMINER, Role.CERTIFIER, Role.ADMINISTRATOR})


@person_required
@never_cache
@require_http_methods(["GET", "POST"])
def photo(request):
    """One's own photo and the form to replace it."""
    agreed = has_consented(request.user, Purpose.PHOTO)
    form = PhotoForm(request.POST or None, request.FILES or None, agreed_before=agreed)
    if request.method == "POST" and form.is_valid():
        return _stored(request, form)
    return render(request, "accounts/photo.html", {"form": form, "agreed": agreed})


def _stored(request, form):
    if notice := form.cleaned_data.get("notice"):
        address = address_of_request(request)
        consents.give(user=request.user, notice=notice, address=address, by=request.user, now=request.now)
    try:
        photos.put(person=request.person, jpeg=form.cleaned_data["photo"], by=request.user, now=request.now)
        messages.success(request, _("Your photo is saved."))
    except photos.NoConsent:  # withdrawn in another tab since the page was opened
        messages.error(request, _("Without your consent we may not go on."))
    return redirect("photo")


@login_required
@never_cache
@require_GET
def picture(request, person_id: int):
    """The photo itself, for its owner and for staff who compare faces; 404 for everybody else."""
    person = get_object_or_404(Person, pk=person_id)
    if person.user_id != request.user.pk and not has_any_role(request.user, MAY_SEE):
        raise Http404
    if not person.photo:
        raise Http404
    try:
        return FileResponse(person.photo.open("rb"), content_type="image/jpeg")
    except FileNotFoundError as gone:
        raise Http404 from gone
