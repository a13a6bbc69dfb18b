"""What the public, the editors and WeChat do with the running platform."""

import os
import subprocess
import sys
import time

from playwright.sync_api import expect

from tests.e2e.stack import ROOT, environment

DESKTOP = {"width": 1280, "height": 900}


def test_a_visitor_asks_about_burning_oil_and_gets_the_card_with_its_source(new_page):
    page = new_page()
    page.goto("/chat/")
    page.fill("[name=question]", "油锅起火怎么办")
    page.press("[name=question]", "Enter")
    answer = page.locator(".chat-turn--bot").last
    expect(answer.locator(".chat-sources")).to_contain_text("油锅起火", timeout=30_000)
    expect(answer.locator("a[href='tel:119']").first).to_be_visible()
    expect(answer).to_contain_text("锅盖")
    link = answer.locator(".chat-sources a").first
    assert link.get_attribute("href").split("?")[0].endswith("/kb/oil-pan-fire/")
    assert page.problems == []


def test_a_visitor_without_script_gets_the_same_answer(new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/chat/")
    page.fill("[name=question]", "油锅起火怎么办")
    page.press("[name=question]", "Enter")
    expect(page.locator("main")).to_contain_text("锅盖", timeout=30_000)


def test_the_api_gives_the_same_card(new_page):
    reply = new_page().request.post("/api/v1/chat/ask", data={"question": "油锅起火怎么办"})
    body = reply.json()
    assert (body["kind"], body["calls"]) == ("danger", ["119"])
    assert set(body) >= {"id", "conversation", "kind", "text", "citations", "calls", "choices", "may_leave"}
    assert set(body["citations"][0]) == {"title", "source", "date", "url"}
    assert "锅盖" in body["text"]


def test_the_bot_says_so_when_it_does_not_know(new_page):
    body = new_page().request.post("/api/v1/chat/ask", data={"question": "今天股票涨了吗"}).json()
    assert (body["kind"], body["citations"]) == ("unknown", [])


def test_an_editor_creates_previews_and_publishes_a_campaign(new_page, log_in):
    page = new_page(DESKTOP)
    log_in(page, "editor")
    page.goto("/admin/pages/")
    page.locator("a[href$='/edit/']", has_text="专题").first.click()
    number = page.url.rstrip("/").split("/")[-2]
    page.goto(f"/admin/pages/add/campaigns/campaignpage/{number}/")
    page.fill("[name=title]", "冬季防火周")
    page.fill("[name=summary]", "天干物燥，小心火烛")
    page.fill("[name=starts]", "2026-12-01")
    page.fill("[name=ends]", "2026-12-07")
    page.keyboard.press("Escape")
    page.click("[data-side-panel-toggle=preview]")
    expect(page.frame_locator("#w-preview-iframe").locator("h1")).to_have_text("冬季防火周")
    visitor = new_page()
    visitor.goto("/campaigns/")
    expect(visitor.locator("main")).not_to_contain_text("冬季防火周")
    publish(page)
    visitor.goto("/campaigns/")
    visitor.locator("a.card", has_text="冬季防火周").click()
    expect(visitor.locator("h1")).to_have_text("冬季防火周")
    expect(visitor.locator("main")).to_contain_text("天干物燥")


def publish(page) -> None:
    """Choose Publish from the menu beside Save draft, and wait until it is done."""
    page.click("footer .w-dropdown__toggle")
    page.click("button[name=action-publish]")
    expect(page.locator(".messages .success")).to_be_visible()


def wechat(stack, own_database, *more: str) -> str:
    """Play WeChat against the running platform and return the reply it would show."""
    port = stack.url.rsplit(":", 1)[1]
    command = [sys.executable, "manage.py", "wechat_send_test", "--url", f"{stack.url}/wechat/callback/", *more]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(stack.folder, int(port), **own_database),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_wechat_message_is_answered_with_its_source(stack, own_database):
    started = time.monotonic()
    reply = wechat(stack, own_database, "--text", "油锅起火怎么办")
    assert "119" in reply
    assert "锅盖" in reply
    assert f"{stack.url}/kb/oil-pan-fire/" in reply
    assert time.monotonic() - started < 30


def test_a_forged_wechat_message_is_refused(stack, new_page):
    reply = new_page().request.post(
        "/wechat/callback/?signature=0&timestamp=1&nonce=1", data="<xml></xml>", headers={"Content-Type": "text/xml"}
    )
    assert reply.status == 403


def test_the_profile_of_this_run_is_the_one_asked_for(stack):
    database = stack.folder / "db.sqlite3"
    assert database.exists() == (not os.environ.get("DATABASE_URL"))
