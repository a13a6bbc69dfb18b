"""The list of programs, and one program with its keys, webhooks and latest deliveries."""

from django.contrib import messages
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.decorators import reauthenticated, role_required
from accounts.enums import Role
from clients.actions import keys, webhooks
from clients.forms import ClientForm, KeyForm, WebhookForm
from clients.models import ApiKey, Client, Delivery, Webhook

LATEST = 30
administrator = role_required(Role.ADMINISTRATOR)


@require_GET
@administrator
def index(request):
    """All programs by name."""
    return render(request, "clients/admin/index.html", {"clients": Client.objects.prefetch_related("keys", "webhooks")})


@require_http_methods(["GET", "POST"])
@administrator
def edit(request, pk: int | None = None):
    """Add a program, or change one."""
    client = get_object_or_404(Client, pk=pk) if pk else None
    form = ClientForm(request.POST or None, instance=client)
    if request.method == "POST" and form.is_valid():
        return redirect("clients:client", form.save().pk)
    return render(request, "clients/admin/edit.html", {"form": form, "client": client})


@require_GET
@never_cache
@administrator
def client(request, pk: int):
    """One program."""
    return _page(request, get_object_or_404(Client, pk=pk))


@require_POST
@administrator
@reauthenticated
@never_cache
def make_key(request, pk: int):
    """Make a key and show it, this once."""
    one, form = get_object_or_404(Client, pk=pk), KeyForm(request.POST)
    if not form.is_valid():
        return _page(request, one, key_form=form, status=400)
    key, text = keys.issue(
        client=one,
        scopes=form.cleaned_data["scopes"],
        expires_at=form.expires_at(request.now),
        by=request.user,
        now=request.now,
    )
    return _page(request, one, new_key=key, secret=text)


@require_POST
@administrator
def revoke_key(request, pk: int):
    """End a key at once."""
    key = keys.revoke(key_id=get_object_or_404(ApiKey, pk=pk).pk, by=request.user, now=request.now)
    messages.success(request, _("The key opens nothing any more."))
    return redirect("clients:client", key.client_id)


@require_POST
@administrator
@reauthenticated
@never_cache
def make_webhook(request, pk: int):
    """Add a webhook and show its secret, this once."""
    one, form = get_object_or_404(Client, pk=pk), WebhookForm(request.POST)
    if not form.is_valid():
        return _page(request, one, webhook_form=form, status=400)
    try:
        hook = webhooks.add(client=one, **form.cleaned_data, by=request.user, now=request.now)
    except IntegrityError:
        form.add_error("url", _("This program is told at that address already."))
        return _page(request, one, webhook_form=form, status=400)
    return _page(request, one, new_webhook=hook, secret=hook.secret)


@require_POST
@administrator
def switch_webhook(request, pk: int):
    """Turn a webhook off, or on again."""
    hook = get_object_or_404(Webhook, pk=pk)
    webhooks.switch(webhook_id=pk, active=not hook.active, by=request.user, now=request.now)
    return redirect("clients:client", hook.client_id)


@require_POST
@administrator
def send_again(request, pk: int):
    """Send anew what was given up."""
    delivery = get_object_or_404(Delivery.objects.select_related("webhook"), pk=pk)
    webhooks.send_again(delivery_id=pk, by=request.user, now=request.now)
    messages.success(request, _("It is sent again."))
    return redirect("clients:client", delivery.webhook.client_id)


def _page(request, one: Client, *, status: int = 200, **more):
    latest = Delivery.objects.filter(webhook__client=one).select_related("webhook", "happening")[:LATEST]
    context = {
        "client": one,
        "keys": one.keys.all(),
        "webhooks": one.webhooks.all(),
        "deliveries": latest,
        "key_form": KeyForm(),
        "webhook_form": WebhookForm(),
        **more,
    }
    return render(request, "clients/admin/client.html", context, status=status)
