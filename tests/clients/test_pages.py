"""The pages on which an administrator gives access."""

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.enums import DeliveryState, HappeningKind, Scope
from clients.models import ApiKey, Client, Delivery, Happening, Webhook


@pytest.fixture
def page(client, administrator):
    client.force_login(administrator)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp()}]
    session.save()
    return client


def test_a_program_is_added_and_changed(page):
    given = {"name": "省平台", "contact": "张三", "per_minute": "60", "active": "on"}
    reply = page.post("/admin/programs/add/", given)
    one = Client.objects.get()
    assert reply.url == f"/admin/programs/{one.pk}/"
    page.post(f"/admin/programs/{one.pk}/edit/", given | {"per_minute": "90"})
    assert Client.objects.get().per_minute == 90


def test_a_key_is_shown_once(page, program):
    made = page.post(f"/admin/programs/{program.pk}/keys/", {"scopes": [Scope.RESULTS_READ], "days": "90"})
    secret = made.context["secret"]
    assert secret in made.text
    assert secret not in page.get(f"/admin/programs/{program.pk}/").text
    key = ApiKey.objects.get()
    assert (key.scopes, (key.expires_at - key.created_at).days) == (["results:read"], 90)
    page.post(f"/admin/programs/keys/{key.pk}/revoke/")
    assert ApiKey.objects.get().revoked_at is not None


def test_a_key_for_nothing_is_refused(page, program):
    assert page.post(f"/admin/programs/{program.pk}/keys/", {"days": "90"}).status_code == 400
    assert not ApiKey.objects.exists()


def test_a_webhook_is_added_once_and_switched(page, program):
    given = {"url": "https://a.example/x", "kinds": [HappeningKind.CERTIFICATE_ISSUED]}
    made = page.post(f"/admin/programs/{program.pk}/webhooks/", given)
    hook = Webhook.objects.get()
    assert hook.secret in made.text
    again = page.post(f"/admin/programs/{program.pk}/webhooks/", given)
    assert (again.status_code, Webhook.objects.count()) == (400, 1)
    assert _("This program is told at that address already.") in again.text
    page.post(f"/admin/programs/webhooks/{hook.pk}/switch/")
    assert not Webhook.objects.get().active


def test_a_webhook_without_tls_is_refused(page, program):
    given = {"url": "http://a.example/x", "kinds": [HappeningKind.CERTIFICATE_ISSUED]}
    assert page.post(f"/admin/programs/{program.pk}/webhooks/", given).status_code == 400


def test_a_delivery_given_up_is_sent_again(page, program, at):
    hook = Webhook.objects.create(
        client=program, url="https://a.example/", kinds=[], secret="x", created_at=at("08:00")
    )
    event = Happening.objects.create(kind=HappeningKind.CERTIFICATE_ISSUED, at=at("08:00"))
    row = Delivery.objects.create(
        webhook=hook, happening=event, state=DeliveryState.FAILED, tries=8, next_at=at("08:00")
    )
    assert _("Send again") in page.get(f"/admin/programs/{program.pk}/").text
    page.post(f"/admin/programs/deliveries/{row.pk}/again/")
    assert Delivery.objects.get().state == DeliveryState.WAITING


def test_the_list_costs_as_much_for_three_as_for_one(page, program, django_assert_num_queries):
    page.get("/admin/programs/")
    counts = []
    for more in range(2):
        with django_assert_num_queries(LIST):
            counts.append(page.get("/admin/programs/").text.count("/admin/programs/"))
        Client.objects.create(name=f"甲{more}", contact="")
        Client.objects.create(name=f"乙{more}", contact="")
    assert counts[1] == counts[0] + 2


LIST = 15
