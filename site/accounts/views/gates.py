"""Who gets to the pages of an organisation: those who manage it, or one above it; for others it is not there."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from accounts.queries.organisations import managed_by
from accounts.queries.rosters import rosters_for


def manager_required(view):
    """Turn ``pk`` into the organisation that the user manages; of other people's it is 404."""

    @never_cache
    @login_required
    @wraps(view)
    def gate(request, pk: int, *args, **kwargs):
        return view(request, get_object_or_404(managed_by(request.user), pk=pk), *args, **kwargs)

    return gate


def roster_manager_required(view):
    """Turn ``roster_id`` into a roster of an organisation that the user manages; of other people's it is 404."""

    @never_cache
    @login_required
    @wraps(view)
    def gate(request, roster_id, *args, **kwargs):
        return view(request, get_object_or_404(rosters_for(request.user), pk=roster_id), *args, **kwargs)

    return gate
