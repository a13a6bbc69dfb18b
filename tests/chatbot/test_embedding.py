"""The chat on other houses' websites: only where the house allows it, and nothing else of the site."""

import re

import pytest
from django.core.exceptions import ValidationError

from chatbot.models import ChatSettings

pytestmark = pytest.mark.django_db


def ancestors(response) -> str:
    return re.search("frame-ancestors ([^;]+)", response["Content-Security-Policy"])[1]


def test_only_allowed_websites_may_frame_the_chat(client):
    assert ancestors(client.get("/chat/embed/")) == "'self'"
    row = ChatSettings.load()
    row.embed_origins = "https://www.example.cn\nhttps://water.example.cn:8443"
    row.full_clean()
    row.save()
    response = client.get("/chat/embed/")
    assert ancestors(response) == "'self' https://www.example.cn https://water.example.cn:8443"
    assert "X-Frame-Options" not in response
    assert "script-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("url", ["/chat/", "/kb/", "/accounts/login/", "/chat/person/"])
def test_the_rest_of_the_site_stays_unframed(client, url):
    ChatSettings.objects.create(embed_origins="https://www.example.cn")
    response = client.get(url)
    assert (ancestors(response), response["X-Frame-Options"]) == ("'self'", "SAMEORIGIN")


def test_what_is_no_origin_is_not_taken():
    with pytest.raises(ValidationError) as raised:
        ChatSettings(embed_origins="https://www.example.cn; script-src *").full_clean()
    assert set(raised.value.message_dict) == {"embed_origins"}
    with pytest.raises(ValidationError) as raised:
        ChatSettings(opens="17:00", closes="09:00", closed_days="morgen").full_clean()
    assert set(raised.value.message_dict) == {"closed_days", "closes"}


def test_the_script_is_for_every_website(client):
    response = client.get("/chat/widget.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "max-age=600" in response["Cache-Control"]
    assert b"/chat/embed/" in response.content
