"""A candidate's application, step by step; each step is saved, and may be left and come back to."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.decorators import person_required
from exams import declarations
from exams.actions.applications import documents, filling
from exams.application_forms import DetailsForm, DocumentForm
from exams.models import Application, ApplicationDocument, Operation
from exams.models.applications import WrongStatus
from exams.queries import applications as reading
from exams.queries import eligibility
from exams.rules import standing, uploads

REFUSED_FILES = {
    "bytes": _("The file is larger than 10 MB."),
    "kind": _("Only JPEG and PNG pictures and PDF files are taken."),
    "pixels": _("The picture has too many pixels; take it again, smaller."),
    "broken": _("The file cannot be read. Take the picture again."),
}


def own(request, pk: int) -> Application:
    """Return the person's own application, or 404."""
    return get_object_or_404(reading.own(request.person), pk=pk)


def _progress(request, application: Application) -> reading.Progress:
    return reading.progress(application, day=timezone.localdate(request.now))


def _too_late(request, application_id: int):
    messages.error(request, _("This application can no longer be changed."))
    return redirect("exams:application", application_id)


@person_required
@never_cache
@require_http_methods(["GET", "POST"])
def begin(request, operation_id: int):
    """What stands for and against applying; POST begins the draft, or leads to the one there is."""
    operation = get_object_or_404(Operation.objects.select_related("category", "course"), pk=operation_id)
    if request.method == "POST":
        try:
            application = filling.begin(operation=operation, person=request.person, by=request.user, now=request.now)
            return redirect("exams:application", application.pk)
        except (filling.NoRules, filling.NotEligible):
            messages.error(request, _("You cannot apply now; see below why."))
    day = timezone.localdate(request.now)
    rule = eligibility.rule_in_force(operation, day)
    context = {"operation": operation, "rule": rule}
    if rule:
        context["running"] = reading.open_of(request.person).filter(rule__operation=operation).first()
        facts = eligibility.facts(person=request.person, rule=rule, day=day)
        context |= {"facts": facts, "checks": standing.checks(facts), "obstacles": standing.obstacles(facts)}
    return render(request, "exams/apply/begin.html", context)


@person_required
@never_cache
@require_GET
def show(request, pk: int):
    """Where the application stands and what is still to do."""
    application = own(request, pk)
    context = {"application": application, "held": reading.live_admission(application), "now": request.now}
    if application.is_editable:
        context["progress"] = _progress(request, application)
    return render(request, "exams/apply/application.html", context)


@person_required
@never_cache
@require_http_methods(["GET", "POST"])
def details(request, pk: int):
    """Schooling, post, training."""
    application = own(request, pk)
    if not application.is_editable:
        return _too_late(request, pk)
    facts = _progress(request, application).facts
    form = DetailsForm(request.POST or None, application=application, facts=facts)
    if form.is_valid():
        try:
            filling.describe(application_id=pk, **form.cleaned_data, by=request.user, now=request.now)
        except WrongStatus:
            return _too_late(request, pk)
        return redirect("exams:application_documents", pk)
    context = {"application": application, "form": form, "facts": facts}
    return render(request, "exams/apply/details.html", context)


@person_required
@never_cache
@require_http_methods(["GET", "POST"])
def papers(request, pk: int):
    """The documents: which are asked for, which are there, one more."""
    application = own(request, pk)
    if not application.is_editable:
        return _too_late(request, pk)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            kind, data = form.cleaned_data["kind"], form.cleaned_data["file"].read()
            documents.hand_in(application_id=pk, kind=kind, data=data, by=request.user, now=request.now)
            return redirect("exams:application_documents", pk)
        except uploads.NotADocument as refused:
            form.add_error("file", REFUSED_FILES[refused.reason])
        except documents.TooMany:
            form.add_error("file", _("There are four files of this kind already; remove one first."))
        except WrongStatus:
            return _too_late(request, pk)
    context = {"application": application, "form": form, "progress": _progress(request, application)}
    return render(request, "exams/apply/documents.html", context, status=400 if form.errors else 200)


@person_required
@never_cache
@require_GET
def paper(request, pk: int, document_id: int):
    """One's own document."""
    document = get_object_or_404(
        ApplicationDocument, pk=document_id, application=pk, application__person=request.person
    )
    return private_file(document)


def private_file(document: ApplicationDocument) -> FileResponse:
    """Return the file as what it was found to be; a PDF is downloaded, never shown inside our pages."""
    try:
        file = document.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    suffix = uploads.SUFFIXES[document.content_type]
    response = FileResponse(
        file,
        content_type=document.content_type,
        as_attachment=not document.is_picture,
        filename=f"{document.kind}-{document.pk}{suffix}",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@person_required
@require_POST
def remove(request, pk: int, document_id: int):
    """Take a document out again."""
    get_object_or_404(ApplicationDocument, pk=document_id, application=pk, application__person=request.person)
    try:
        documents.take_out(document_id=document_id, by=request.user, now=request.now)
    except WrongStatus:
        return _too_late(request, pk)
    return redirect("exams:application_documents", pk)


@person_required
@never_cache
@require_http_methods(["GET", "POST"])
def health(request, pk: int):
    """The health declaration: read, ticked, signed with the moment."""
    application = own(request, pk)
    if not application.is_editable:
        return _too_late(request, pk)
    error = ""
    if request.method == "POST" and request.POST.get("agreed"):
        version = request.POST.get("version", "")
        try:
            filling.declare_health(application_id=pk, version=version, by=request.user, now=request.now)
            return redirect("exams:application", pk)
        except filling.AnotherVersion:
            error = _("The text has changed meanwhile. Please read it again.")
        except WrongStatus:
            return _too_late(request, pk)
    elif request.method == "POST":
        error = _("Tick the box if this is true of you. Without it you cannot apply.")
    context = {"application": application, "text": declarations.current(), "error": error}
    return render(request, "exams/apply/health.html", context, status=400 if error else 200)


@person_required
@require_POST
def submit(request, pk: int):
    """Hand it in, or say what is missing."""
    own(request, pk)
    try:
        filling.submit(application_id=pk, by=request.user, now=request.now)
        messages.success(request, _("Handed in. You are told as soon as it is checked."))
    except (filling.NotEligible, filling.Incomplete):
        messages.error(request, _("It cannot be handed in yet; see below what is missing."))
    except WrongStatus:
        return _too_late(request, pk)
    return redirect("exams:application", pk)


@person_required
@require_POST
def withdraw(request, pk: int):
    """Take it back."""
    own(request, pk)
    try:
        filling.withdraw(application_id=pk, by=request.user, now=request.now)
        messages.success(request, _("Your application is withdrawn."))
    except WrongStatus:
        return _too_late(request, pk)
    return redirect("exams:index")
