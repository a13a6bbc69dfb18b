"""The chat on a phone: a connection that drops, a person at the desk, another house's website."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.e2e.people import watch

DESKTOP = {"width": 1280, "height": 900}
OIL = "油锅起火怎么办"
AFTER = 4  # frames of an answer, then the line breaks


def ask(page, question: str) -> None:
    page.fill("#chat-question", question)
    page.press("#chat-question", "Enter")


def whole_answer(page):
    """Return the last answer once it is whole."""
    answer = page.locator(".chat-turn--bot").last
    expect(answer.locator(".chat-judging")).to_be_visible(timeout=30_000)
    return answer


def test_an_answer_that_breaks_off_goes_on_where_it_was_and_is_there_once(new_page):
    page = new_page()
    sent, opened = [], []

    def breaking(line) -> None:
        """Pass frames on; the first connection breaks in the middle of the answer."""
        opened.append(line)
        first, count = len(opened) == 1, 0
        server = line.connect_to_server()

        def to_page(frame):
            nonlocal count
            count += 1
            if not first or count <= AFTER:
                line.send(frame)
            elif count == AFTER + 1:
                line.close(code=4000, reason="tunnel")

        def to_server(frame):
            sent.append(json.loads(frame))
            server.send(frame)

        server.on_message(to_page)
        line.on_message(to_server)

    page.route_web_socket("**/ws/chat/", breaking)
    page.goto("/chat/")
    ask(page, OIL)
    answer = whole_answer(page)
    assert [(message["id"] == sent[0]["id"], message.get("have", 0) > 0) for message in sent] == [
        (True, False),
        (True, True),
    ]
    kept = page.request.get(f"/api/v1/chat/conversations/{held(page)}").json()["turns"]
    assert [turn["question"] for turn in kept] == [OIL]
    assert answer.inner_text().count("不要做") == 1
    for step in kept[0]["answer"]["text"].replace("**", "").split("\n"):
        assert step.strip("- 0123456789.") in answer.inner_text()
    assert page.locator(".chat-turn").count() == 2
    assert page.problems == []


def test_a_question_asked_in_a_dead_spot_is_answered_when_the_network_is_back(new_page):
    page = new_page()
    page.route_web_socket("**/ws/chat/", lambda line: line.close())
    page.goto("/chat/")
    page.context.set_offline(True)
    ask(page, OIL)
    expect(page.locator(".chat-turn--bot")).to_contain_text("正在查找")
    page.context.set_offline(False)
    expect(whole_answer(page)).to_contain_text("锅盖")
    assert page.locator(".chat-turn").count() == 2


def held(page) -> str:
    return page.evaluate("localStorage.getItem('chat-conversation')")


def test_a_device_finds_what_it_asked_judges_it_and_deletes_it(new_page):
    page = watch(new_page())
    page.goto("/chat/")
    ask(page, OIL)
    whole_answer(page).get_by_role("button", name="没帮助").click()
    page.get_by_role("button", name="不够完整").click()
    expect(page.locator(".chat-judging [role=status]")).to_have_text("谢谢，已记下。")
    page.reload()
    page.locator(".chat-past summary").click()
    expect(page.locator(".chat-past .chat-turn--user")).to_contain_text(OIL)
    expect(page.locator(".chat-past [aria-pressed=true]")).to_have_text(["没帮助", "不够完整"])
    conversation = held(page)
    page.get_by_role("button", name="删除对话").click()
    expect(page.locator(".chat-state")).to_have_text("对话已删除。")
    assert (held(page), page.request.get(f"/api/v1/chat/conversations/{conversation}").status) == (None, 404)
    assert page.problems == []


def test_a_question_for_a_person_is_talked_over_between_two_browsers(new_page, log_in):
    visitor, desk = watch(new_page()), new_page(DESKTOP)
    log_in(desk, "knowledge")
    desk.goto("/admin/desk/")
    visitor.goto("/chat/")
    visitor.click("[data-person]")
    visitor.fill("#person-question", "小区门禁卡丢了找谁")
    visitor.locator(".chat-ticket button[type=submit]").click()
    desk.locator("table a", has_text="小区门禁卡丢了找谁").click()
    desk.fill("#desk-text", "请带证件到一楼服务台。")
    desk.press("#desk-text", "Enter")
    expect(visitor.locator(".chat-messages__desk")).to_contain_text("请带证件到一楼服务台。")
    visitor.fill(".chat-ticket form.ask input", "今天几点下班？")
    visitor.press(".chat-ticket form.ask input", "Enter")
    expect(desk.locator(".desk__theirs")).to_contain_text("今天几点下班？")
    visitor.fill(".chat-ticket form.ask input", "油锅着火了！")
    visitor.press(".chat-ticket form.ask input", "Enter")
    expect(visitor.locator(".chat-danger a[href='tel:119']").first).to_be_visible()
    visitor.reload()
    expect(visitor.locator(".chat-messages__mine")).to_have_count(2)
    desk.get_by_role("button", name="转为文章草稿").click()
    desk.wait_for_url("**/snippets/kb/article/edit/**")
    expect(desk.locator("[name=title]")).to_have_value("小区门禁卡丢了找谁")
    assert visitor.problems == []


def test_without_a_socket_the_desk_is_read_by_asking(new_page, log_in):
    visitor, desk = new_page(), new_page(DESKTOP)
    for page in (visitor, desk):
        page.route_web_socket("**/ws/**", lambda line: line.close())
    visitor.goto("/chat/person/")
    visitor.fill("#ask-question", "活动室怎么预约")
    visitor.locator("main form button[type=submit]").click()
    visitor.wait_for_url("**/chat/conversations/**")
    conversation = visitor.url.rstrip("/").rsplit("/", 1)[1]
    visitor.evaluate("id => localStorage.setItem('chat-conversation', id)", conversation)
    visitor.goto("/chat/")
    expect(visitor.locator(".chat-ticket form.ask")).to_be_visible()
    log_in(desk, "knowledge")
    desk.goto("/admin/desk/")
    desk.locator("table a", has_text="活动室怎么预约").click()
    desk.fill("#desk-text", "网上预约。")
    desk.press("#desk-text", "Enter")
    expect(visitor.locator(".chat-messages__desk")).to_contain_text("网上预约。")


def test_without_scripts_an_answer_is_judged_and_a_question_left(new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/chat/")
    ask(page, OIL)
    page.locator(".chat-judging select").select_option("unclear")
    page.get_by_role("button", name="没帮助").click()
    expect(page.locator("main")).to_contain_text("您评价过：没帮助。")
    page.fill("#chat-question", "门禁卡丢了找谁")
    page.press("#chat-question", "Enter")
    page.get_by_role("link", name="请人工回答").click()
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".chat-ticket")).to_contain_text("门禁卡丢了找谁")


@contextmanager
def website(script: str):
    """Another house's website of one page, under another name and port, whose own policy allows no inline style."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", f"default-src 'self' {script.rsplit('/chat/', 1)[0]}")
            self.end_headers()
            self.wfile.write(f'<!doctype html><html lang=zh><h1>水务局</h1><script src="{script}"></script>'.encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("viewport", [{"width": 390, "height": 844}, DESKTOP])
def test_the_chat_answers_on_an_allowed_website_and_on_no_other(stack, new_page, log_in, viewport):
    with website(f"{stack.url}/chat/widget.js") as origin:
        elsewhere = new_page(viewport)
        allow(new_page, log_in, "")
        elsewhere.goto(origin)
        elsewhere.get_by_role("button", name="应急问答").click()
        refused = elsewhere.frame_locator("iframe")
        expect(refused.locator("#chat-question")).to_have_count(0)
        allow(new_page, log_in, origin)
        elsewhere.reload()
        button = elsewhere.get_by_role("button", name="应急问答")
        button.focus()
        elsewhere.keyboard.press("Enter")
        frame = elsewhere.frame_locator("iframe")
        frame.locator("#chat-question").fill(OIL)
        frame.locator("#chat-question").press("Enter")
        expect(frame.locator(".chat-danger a[href='tel:119']").first).to_be_visible(timeout=30_000)
        box = elsewhere.locator("iframe").bounding_box()
        assert (box["x"] >= 0, box["x"] + box["width"] <= viewport["width"]) == (True, True)
        assert elsewhere.evaluate("getComputedStyle(document.querySelector('h1')).position") == "static"
        elsewhere.screenshot(path=str(stack.folder / f"widget-{viewport['width']}.png"))
        elsewhere.keyboard.press("Escape")
        expect(elsewhere.locator("iframe")).to_be_hidden()
        expect(button).to_be_focused()
        assert elsewhere.problems == []


def allow(new_page, log_in, origins: str) -> None:
    """Write the list of websites in the administration."""
    page = new_page(DESKTOP)
    log_in(page, "admin")
    page.goto("/admin/settings/chatbot/chatsettings/")
    page.fill("[name=embed_origins]", origins)
    page.locator("footer button[type=submit], footer [type=submit]").first.click()
    expect(page.locator(".messages .success")).to_be_visible()
