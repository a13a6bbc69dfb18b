"""The project's addresses and one behind ``reauthenticated``, for tests."""

from django.http import HttpResponse
from django.urls import path

from accounts.decorators import reauthenticated
from config.urls import urlpatterns as ours


@reauthenticated
def sensitive(request):
    return HttpResponse(f"{request.method} {request.POST.get('what', '')}")


urlpatterns = [path("sensitive/", sensitive), *ours]
