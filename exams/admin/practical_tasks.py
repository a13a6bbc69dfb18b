"""The tasks of practical exams: what is done, what is looked at, what fails the whole; officers change them."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin.widgets import AdminDateInput

from accounts.decorators import role_required
from accounts.enums import Role
from exams.actions import practical_tasks
from exams.models import PracticalTask

FULL_MARKS = range(1, 21)


class TaskForm(forms.ModelForm):
    """A task as lines of text: one thing that is looked at a line, its marks after the last space."""

    items = forms.CharField(
        label=gettext_lazy("What is looked at"),
        help_text=gettext_lazy("One a line, with its full marks at the end: “Checks that it is dead 5”."),
        widget=forms.Textarea,
    )
    veto = forms.CharField(
        label=gettext_lazy("What fails the whole"), help_text=gettext_lazy("One a line."), widget=forms.Textarea
    )

    class Meta:
        model = PracticalTask
        fields = ("title", "minutes", "setup", "brief", "items", "veto", "source", "reviewed")
        widgets = {"reviewed": AdminDateInput}

    def __init__(self, *args, instance: PracticalTask, **kwargs):
        lines = [f"{text} {marks}" for text, marks in instance.items.values_list("text", "marks")]
        vetoes = instance.vetoes.values_list("text", flat=True)
        initial = {"items": "\n".join(lines), "veto": "\n".join(vetoes)}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)

    def clean_items(self) -> list[dict]:
        found = []
        for line in _lines(self.cleaned_data["items"]):
            text, _space, marks = line.rpartition(" ")
            if not text or not (marks.isascii() and marks.isdigit()) or int(marks) not in FULL_MARKS:
                raise forms.ValidationError(_("“%(line)s” does not end in marks from 1 to 20.") % {"line": line})
            found.append({"text": text.strip(), "marks": int(marks)})
        return found

    def clean_veto(self) -> list[str]:
        return _lines(self.cleaned_data["veto"])

    def row(self) -> dict:
        """Return what ``practical_tasks.change`` takes, once valid."""
        return {**self.cleaned_data, "code": self.instance.code}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@require_GET
@role_required(Role.EXAM_OFFICER)
def index(request):
    """The tasks in use, by operation and subject."""
    tasks = PracticalTask.objects.filter(retired_at=None).select_related("operation")
    return render(request, "exams/admin/practical_tasks.html", {"tasks": tasks})


@require_http_methods(["GET", "POST"])
@role_required(Role.EXAM_OFFICER)
def change(request, task_id: int):
    """Change one task; exams that were opened keep the one they drew."""
    task = get_object_or_404(PracticalTask, pk=task_id, retired_at=None)
    form = TaskForm(request.POST or None, instance=task)
    if form.is_valid():
        try:
            practical_tasks.change(task_id=task_id, row=form.row(), by=request.user, now=request.now)
        except practical_tasks.BadTask:
            marks = sum(practical_tasks.marks_of(task))
            form.add_error(
                "items", _("Together the marks are %(marks)s: so much does the subject count.") % {"marks": marks}
            )
        except practical_tasks.Replaced:
            form.add_error(None, _("Somebody else changed this task meanwhile. Open it again."))
        else:
            messages.success(request, _("The task is changed; what was marked by it before stays."))
            return redirect("exam_practicals:tasks")
    past = PracticalTask.objects.filter(code=task.code, operation=task.operation_id).exclude(pk=task.pk)
    context = {"task": task, "form": form, "past": past.order_by("-created_at")}
    return render(request, "exams/admin/practical_task.html", context, status=400 if form.errors else 200)
