"""The home page, my page and the switches every page carries."""

import pytest


def test_the_home_page_leads_to_every_main_thing(client, campaign_index):
    page = client.get("/").content.decode()
    for path in ("/courses/", "/exams/", "/chat/", "/campaigns/", "/verify/"):
        assert f'href="{path}"' in page


def test_care_mode_is_one_tap_away_and_comes_back_to_the_page(client, campaign_index):
    assert 'class="care"' not in client.get("/").content.decode()
    reply = client.get("/care/?next=/campaigns/")
    assert (reply.status_code, reply["Location"]) == (302, "/campaigns/")
    assert 'class="care"' in client.get("/").content.decode()
    client.get("/care/?next=/")
    assert 'class="care"' not in client.get("/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_switches_never_lead_to_another_site(client, home, target):
    assert client.get("/care/", {"next": target})["Location"] == "/"
    assert client.get("/language/en/", {"next": target})["Location"] == "/"


def test_the_interface_speaks_the_language_chosen(client, home):
    assert 'lang="zh-hans"' in client.get("/").content.decode()
    client.get("/language/en/?next=/")
    page = client.get("/").content.decode()
    assert 'lang="en"' in page
    assert "Care mode" in page


def test_an_unknown_language_is_not_found(client, home):
    assert client.get("/language/xx/").status_code == 404


def test_my_page_asks_to_log_in_first(client, home):
    assert client.get("/my/")["Location"] == "/accounts/login/?next=/my/"


def test_my_page_greets_the_person(client, home, person):
    client.force_login(person.user)
    page = client.get("/my/")
    assert "<h1>王小电</h1>" in page.content.decode()
    assert person.id_number not in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_nobody_registers_before_there_is_a_notice_to_agree_to(client, home):
    assert client.get("/accounts/signup/").status_code == 200
    client.post("/accounts/signup/", {"username": "x", "password1": "long-enough-9", "password2": "long-enough-9"})
    assert client.get("/my/").status_code == 302


def test_every_page_forbids_inline_script_and_foreign_frames(client, home):
    policy = client.get("/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'self'" in policy


def test_the_site_map_lists_public_pages(client, campaign_index, django_assert_num_queries):
    page = client.get("/map/").content.decode()
    assert campaign_index.title in page
