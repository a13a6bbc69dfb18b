"""Officers check applications: the list, the page, each document, the decision."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.decorators import role_required
from accounts.enums import Role
from exams.actions.applications import access, deciding, documents
from exams.actions.applications.filling import NotEligible
from exams.enums import ApplicationStatus
from exams.models import Application, ApplicationDocument
from exams.models.applications import WrongStatus
from exams.queries import applications as reading
from exams.views.applications import private_file

from .forms import DecisionForm, VerdictForm

PAGE_SIZE = 30
SHOWN = (
    ApplicationStatus.SUBMITTED,
    ApplicationStatus.RETURNED,
    ApplicationStatus.ACCEPTED,
    ApplicationStatus.ADMITTED,
    ApplicationStatus.REFUSED,
)
officer = role_required(Role.EXAM_OFFICER)


@require_GET
@officer
def index(request):
    """Applications by status, who waits longest first."""
    status = request.GET.get("status", ApplicationStatus.SUBMITTED)
    status = status if status in SHOWN else ApplicationStatus.SUBMITTED
    page = Paginator(reading.to_review(status), PAGE_SIZE).get_page(request.GET.get("p"))
    context = {"page_obj": page, "status": ApplicationStatus(status), "statuses": SHOWN}
    return render(request, "exams/admin/applications.html", context)


def _application(pk: int) -> Application:
    return get_object_or_404(reading.reviewed(), pk=pk)


@never_cache
@require_GET
@officer
def show(request, pk: int):
    """One application with everything it is judged by."""
    return _shown(request, _application(pk), DecisionForm())


def _shown(request, application: Application, form: DecisionForm, status: int = 200):
    context = {
        "application": application,
        "progress": reading.progress(application, day=timezone.localdate(request.now)),
        "documents": application.documents.all(),
        "form": form,
        "own": application.person.user_id == request.user.pk,
        "waits": application.status == ApplicationStatus.SUBMITTED,
    }
    return render(request, "exams/admin/application.html", context, status=status)


@never_cache
@require_POST
@officer
def decide(request, pk: int):
    """Accept, return or refuse."""
    application = _application(pk)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            deciding.decide(application_id=pk, **form.cleaned_data, by=request.user, now=request.now)
            messages.success(request, _("Decided; the candidate is told."))
            return redirect("exam_applications:index")
        except documents.NeedsReason:
            form.add_error("reason", _("Say why; the candidate reads it."))
        except access.NotAReviewer:
            form.add_error(None, _("Nobody decides about their own application."))
        except WrongStatus:
            form.add_error(None, _("This application was decided meanwhile."))
        except deciding.DocumentsOpen as lacking:
            kinds = "、".join(str(kind.label) for kind in lacking.kinds)
            form.add_error(None, _("Not yet accepted: %(kinds)s") % {"kinds": kinds})
        except NotEligible as refused:
            for check in refused.checks:
                form.add_error(None, f"{check.name}: {check.reason}")
    return _shown(request, _application(application.pk), form, status=400)


@never_cache
@require_GET
@officer
def paper(request, document_id: int):
    """One document; that it was seen is recorded."""
    try:
        document = documents.open_for_review(document_id=document_id, by=request.user, now=request.now)
    except (ApplicationDocument.DoesNotExist, access.NotAReviewer) as hidden:
        raise Http404 from hidden
    return private_file(document)


@require_POST
@officer
def judge(request, document_id: int):
    """Say whether a document will do."""
    document = get_object_or_404(ApplicationDocument.objects.exclude(application__status="draft"), pk=document_id)
    form = VerdictForm(request.POST)
    if form.is_valid():
        try:
            documents.judge(document_id=document_id, **form.cleaned_data, by=request.user, now=request.now)
        except documents.NeedsReason:
            messages.error(request, _("Say why the document is not accepted."))
        except access.NotAReviewer:
            messages.error(request, _("Nobody decides about their own application."))
        except WrongStatus:
            messages.error(request, _("This application was decided meanwhile."))
    return redirect("exam_applications:show", document.application_id)
