"""What a public page costs the web process."""

from _machine import measure, set_up

set_up()

from django.test import Client

client = Client()
PAGES = {
    "home page": "/",
    "course page": "/courses/low-voltage-theory/",
    "campaign page": "/campaigns/safety-production-month/",
}
for name, path in PAGES.items():
    assert client.get(path).status_code == 200
    measure(name, lambda _, path=path: client.get(path), rounds=100)
