"""An examiner's score sheet: a page that works as a plain form, and what its script sends while the exam goes on."""

import json
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.decorators import reauthenticated, role_required
from accounts.enums import Role
from accounts.rules.photo import NotAPhoto
from exams.actions import practical_evidence as photos
from exams.actions import score_sheets
from exams.models import EvidencePhoto, ScoreSheet
from exams.queries.practicals import may_compare, photo_for, visible_to
from exams.queries.score_sheets import filled, sheet_of
from exams.rules import evidence

from .practical_forms import SheetForm, entries, local
from .practicals import LOOKERS

MAX_ENTRIES = 100
MAX_BYTES = 64 * 1024


def _own(request, sheet_id: UUID) -> ScoreSheet:
    sheet = sheet_of(request.user, sheet_id)
    if sheet is None:
        raise Http404
    return sheet


@never_cache
@require_http_methods(["GET", "POST"])
@role_required(Role.EXAMINER)
def sheet(request, sheet_id: UUID):
    """Fill in the sheet; POST keeps what stands in the form, and then hands in where that was pressed."""
    own = _own(request, sheet_id)
    if not own.is_open or not own.session.is_running:
        return redirect("exam_practicals:session", own.session_id)
    if request.method == "GET":
        return _page(request, own)
    try:
        score_sheets.save(
            sheet_id=own.pk,
            by=request.user,
            entries=entries(filled(own), request.POST, now=request.now),
            now=request.now,
        )
        kept = _keep_photos(request, own)
    except score_sheets.InvalidEntry:
        messages.error(request, _("A mark does not fit its item. Nothing was saved."))
        return _page(request, own, status=400)
    except score_sheets.SheetClosed:
        return redirect("exam_practicals:session", own.session_id)
    if request.POST.get("act") != "submit" or not kept:
        messages.success(request, _("Saved. The sheet is not handed in yet."))
        return redirect("exam_practicals:sheet", own.pk)
    if request.POST.get("signature"):
        return _hand_in(request, own.pk)
    return _hand_in_by_name(request, own.pk)


def _page(request, own: ScoreSheet, *, form: SheetForm | None = None, status: int = 200):
    seen = filled(own)
    begun = {"started_at": local(own.begun_at), "finished_at": ""}
    context = {
        "sheet": own,
        "seen": seen,
        "session": own.session,
        "form": form or SheetForm(initial=begun),
        "next_seq": seen.next_seq(request.now),
        "most_photos": photos.MOST_PER_TASK,
    }
    return render(request, "exams/admin/practical_sheet.html", context, status=status)


def _hand_in(request, sheet_id: UUID, *, proved: bool = False):
    own = _own(request, sheet_id)
    form = SheetForm(request.POST)
    if form.is_valid():
        try:
            _closed(request, own, form.cleaned_data, proved)
        except evidence.NotASignature:
            form.add_error(None, _("The signature cannot be read. Draw it again, or type your name."))
        except score_sheets.NotSigned:
            form.add_error(None, _("Sign the sheet: draw your signature, or type your name."))
        except score_sheets.WrongTimes as wrong:
            form.add_error(None, str(wrong.reason))
        except score_sheets.NotComplete as open_:
            form.add_error(None, _what_is_open(open_))
        except (score_sheets.SheetClosed, score_sheets.NotAllowed):
            return redirect("exam_practicals:index")
        else:
            messages.success(request, _("The sheet is handed in. It cannot be changed any more."))
            return redirect("exam_practicals:session", own.session_id)
    return _page(request, own, form=form, status=400)


_hand_in_by_name = reauthenticated(lambda request, sheet_id: _hand_in(request, sheet_id, proved=True))


def _closed(request, own: ScoreSheet, data: dict, proved: bool) -> ScoreSheet:
    drawn = data["signature"]
    signature = score_sheets.Signature(
        png=evidence.signature(drawn) if drawn else b"", name=data["signed_name"], proved=proved
    )
    return score_sheets.hand_in(
        sheet_id=own.pk,
        by=request.user,
        started=data["started_at"],
        finished=data["finished_at"],
        signature=signature,
        now=request.now,
    )


def _what_is_open(found: score_sheets.NotComplete) -> str:
    if found.missing:
        return _("Items without a mark: %(subjects)s.") % {"subjects": _list(found.missing)}
    return _("Say what happened where you ticked a veto item: %(subjects)s.") % {"subjects": _list(found.unexplained)}


def _list(subjects: list[str]) -> str:
    return _(", ").join(dict.fromkeys(subjects))


def _keep_photos(request, own: ScoreSheet) -> bool:
    """Keep the photos of a plain form, and take away the one whose button was pressed; False where one was refused."""
    act = request.POST.get("act", "")
    if act.startswith("remove-"):
        photos.remove_photo(photo_id=_uuid(act.removeprefix("remove-")), by=request.user)
    kept = True
    for name, upload in request.FILES.items():
        if name.startswith("photo-") and name.removeprefix("photo-").isdigit():
            try:
                _keep_photo(request, own, int(name.removeprefix("photo-")), upload)
            except PhotoRefused as refused:
                messages.error(request, str(refused))
                kept = False
    return kept


class PhotoRefused(Exception):
    """The photo is not kept; says why."""


def _keep_photo(request, own: ScoreSheet, position: int, upload) -> EvidencePhoto:
    try:
        if upload.size > evidence.MOST_BYTES:  # before it is read into memory
            raise NotAPhoto("bytes")
        return photos.add_photo(
            sheet_id=own.pk, position=position, data=upload.read(), by=request.user, now=request.now
        )
    except NotAPhoto as fault:
        raise PhotoRefused(_photo_faults()[fault.reason]) from fault
    except (photos.TooMany, photos.NoSuchTask) as full:
        told = _("At most %(count)s photos of a task are kept.") % {"count": photos.MOST_PER_TASK}
        raise PhotoRefused(told) from full


def _photo_faults() -> dict[str, str]:
    return {
        "bytes": _("The photo is larger than 5 MB. Take it in a smaller size."),
        "kind": _("Only JPEG, PNG and WebP photos can be used."),
        "pixels": _("The photo has too many pixels. Take it in a smaller size."),
        "broken": _("The photo cannot be read. Take it again."),
    }


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


@never_cache
@require_http_methods(["GET", "POST"])
@role_required(Role.EXAMINER)
def state(request, sheet_id: UUID):
    """A fresh token for the page's script, and whether the sheet is still open; POST keeps entries."""
    own = _own(request, sheet_id)
    if request.method == "GET":
        is_open = own.is_open and own.session.is_running
        return JsonResponse({"token": get_token(request), "status": "open" if is_open else "closed"})
    try:
        held = score_sheets.save(sheet_id=own.pk, by=request.user, entries=_sent(request.body), now=request.now)
    except score_sheets.InvalidEntry as error:
        return JsonResponse({"reason": "invalid", "message": str(error)}, status=400)
    except score_sheets.SheetClosed:
        return JsonResponse({"reason": "closed", "receipt": None}, status=409)
    return JsonResponse({"acks": [{"slot": slot, "seq": seq} for slot, seq in held.items()]})


def _sent(body: bytes) -> list[score_sheets.Entry]:
    if len(body) > MAX_BYTES:
        raise score_sheets.InvalidEntry("too long")
    try:
        rows = json.loads(body)["answers"]
        if not isinstance(rows, list) or not 1 <= len(rows) <= MAX_ENTRIES:
            raise score_sheets.InvalidEntry("between 1 and 100 entries")
        return [score_sheets.Entry(row["slot"], row["response"], row["marked"], row["seq"]) for row in rows]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise score_sheets.InvalidEntry(str(error)) from error


@require_POST
@role_required(Role.EXAMINER)
def add_photo(request, sheet_id: UUID):
    """Take in one photo from the page's script."""
    own = _own(request, sheet_id)
    upload, position = request.FILES.get("photo"), request.POST.get("position", "")
    if upload is None or not position.isdigit():
        return JsonResponse({"message": _("Choose a photo.")}, status=400)
    try:
        kept = _keep_photo(request, own, int(position), upload)
    except PhotoRefused as refused:
        return JsonResponse({"message": str(refused)}, status=400)
    except score_sheets.SheetClosed:
        return JsonResponse({"message": _("The sheet is closed.")}, status=409)
    return JsonResponse({"photo": {"id": str(kept.pk), "url": reverse("exam_practicals:photo", args=[kept.pk])}})


@never_cache
@require_GET
@role_required(*LOOKERS)
def photo(request, photo_id: UUID):
    """A photo, for who may see it; 404 for everybody else."""
    found = photo_for(request.user, photo_id)
    if found is None:
        raise Http404
    return _file(found.file, "image/jpeg")


@never_cache
@require_GET
@role_required(*LOOKERS)
def signature(request, sheet_id: UUID):
    """A drawn signature, for who may compare the sheets; 404 for everybody else."""
    sheet_ = ScoreSheet.objects.select_related("session").filter(pk=sheet_id).exclude(signature="").first()
    if sheet_ is None or not visible_to(request.user).filter(pk=sheet_.session_id).exists():
        raise Http404
    if not may_compare(request.user, sheet_.session):
        raise Http404
    return _file(sheet_.signature, "image/png")


def _file(file, content_type: str) -> FileResponse:
    try:
        return FileResponse(file.open("rb"), content_type=content_type, headers={"X-Content-Type-Options": "nosniff"})
    except FileNotFoundError as gone:
        raise Http404 from gone
