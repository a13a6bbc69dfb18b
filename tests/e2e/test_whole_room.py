"""A whole sitting: two invigilators, six candidates; a browser crashes, a machine is changed, one never hands in."""

import json
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.stack import ROOT, environment

TABLET = {"width": 1024, "height": 768}
ANSWERS = 4
LOST_WITHIN = 30_000  # milliseconds


@pytest.fixture
def room(stack, own_database) -> dict:
    """Put the room into the running platform."""
    port = int(stack.url.rsplit(":", 1)[1])
    run = subprocess.run(
        [sys.executable, "-m", "tests.e2e.whole_room"],
        cwd=ROOT,
        env=environment(stack.folder, port, **own_database, PYTHONPATH=f"{ROOT}:{ROOT / 'site'}"),
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return json.loads(run.stdout.splitlines()[-1])


@pytest.fixture
def seat(new_page, stack):
    """Return a function that opens a browser of its own in which somebody is logged in."""

    def open_for(who: dict, **options) -> Page:
        page = new_page(**options)
        page.context.add_cookies([{"name": "sessionid", "value": who["session"], "url": stack.url}])
        return page

    return open_for


def check_in(console: Page, candidates: list[dict]) -> None:
    """Check candidates in by their tickets, looking at each."""
    console.get_by_role("button", name="签到", exact=True).click()
    for one in candidates:
        console.fill("#panel-ticket", one["ticket"])
        console.keyboard.press("Enter")
        expect(console.locator(".check-in__name")).to_have_text(one["name"])
        console.get_by_role("button", name="核对一致，签到").click()
        expect(console.locator(".panel .notice--passed")).to_contain_text(one["name"])
    console.get_by_role("button", name="关闭").click()


def answer(page: Page, count: int, *, first: int = 1) -> None:
    """Choose the first option of so many questions, and wait until the server has them."""
    for number in range(first, first + count):
        expect(page.locator("#exam-number")).to_contain_text(f"第 {number} 题")
        page.locator("label.exam-option").first.click()
        page.locator(".exam-foot .button--main").click()
    expect(page.locator(".exam-link")).to_have_text("已保存", timeout=LOST_WITHIN)


def answered(page: Page) -> int:
    """Return how many questions the page shows as answered."""
    label = page.locator(".exam-toggle").inner_text()
    return int(re.search(r"\d+", label).group())


def hand_in(page: Page) -> str:
    """Hand in what there is and return the receipt."""
    page.locator(".exam-toggle").click()
    page.locator(".exam-map > button").click()
    expect(page.locator("#exam-check")).to_be_visible()
    page.locator(".exam-check-buttons .button--main").click()
    expect(page.locator(".exam-receipt")).to_be_visible(timeout=LOST_WITHIN)
    return page.locator(".exam-receipt").inner_text()


def card(console: Page, one: dict):
    return console.locator(".place", has_text=one["name"])


def act(console: Page, one: dict, label: str, **fields: str) -> None:
    """Open a candidate's card and do one act."""
    card(console, one).click()
    console.locator(".panel__acts").get_by_role("button", name=label, exact=True).click()
    for name, value in fields.items():
        console.fill(f"#panel-{name}", value)
    console.locator("button.panel__main").click()
    expect(console.locator("dialog[open]")).to_have_count(0)


@pytest.mark.timeout(600)
def test_a_room_sits_its_exam_through_a_crash_and_a_change_of_machine(room, seat):
    candidates = room["candidates"]
    first, second = (seat(who, viewport=TABLET) for who in room["invigilators"])
    for console in (first, second):
        console.goto(f"/admin/invigilation/{room['sitting']}/")
        expect(console.locator(".place")).to_have_count(6)
    pages = [seat(one) for one in candidates]
    for page, one in zip(pages, candidates, strict=True):
        page.goto(f"/exams/attempts/{one['attempt']}/start/")
        expect(page.locator("[data-reasons] li")).not_to_have_count(0)
    check_in(first, candidates[:3])
    check_in(second, candidates[3:])
    expect(first.locator(".place[data-state=checked_in]")).to_have_count(6, timeout=LOST_WITHIN)

    first.locator(".console-tools").get_by_role("button", name="全场开考").click()
    first.locator("button.panel__main").click()
    for page in pages:
        page.wait_for_url(re.compile(r"/exams/attempts/[0-9a-f-]+/$"), timeout=LOST_WITHIN)
        answer(page, ANSWERS)
    expect(second.locator(".place[data-state=in_progress]")).to_have_count(6, timeout=LOST_WITHIN)

    crashed = pages[2].context.storage_state()
    pages[2].context.close()  # the browser is gone, the machine with its cookies stays
    pages[2] = seat(candidates[2], storage_state=crashed)
    pages[2].goto(f"/exams/attempts/{candidates[2]['attempt']}/")
    expect(pages[2].locator(".exam-toggle")).to_be_attached()
    assert answered(pages[2]) == ANSWERS
    answer(pages[2], 2, first=ANSWERS + 1)

    other = seat(candidates[3])  # another machine
    other.goto(f"/exams/attempts/{candidates[3]['attempt']}/")
    expect(other.locator("[role=alert] h2")).to_have_text("请联系监考员")
    act(second, candidates[3], "放行换机")
    other.locator("[role=alert] button").click()
    expect(other.locator(".exam-toggle")).to_be_attached(timeout=LOST_WITHIN)
    assert answered(other) == ANSWERS
    answer(other, 2, first=ANSWERS + 1)
    expect(pages[3].locator("main")).to_contain_text("另一个页面或设备", timeout=60_000)

    act(first, candidates[4], "加时", minutes="5", reason="设备故障")
    expect(card(second, candidates[4])).to_contain_text("含加时", timeout=LOST_WITHIN)

    for page in (*pages[:3], other, pages[4]):
        assert re.fullmatch(r"\w{4}(-\w{4}){3}", hand_in(page))
    act(second, candidates[5], "强制交卷", reason="考生离场")
    for console in (first, second):
        done = console.locator(".place[data-state=submitted], .place[data-state=graded]")
        expect(done).to_have_count(6, timeout=LOST_WITHIN)
    expect(pages[5].locator(".exam-receipt")).to_be_visible(timeout=60_000)
    for one, count in zip(candidates, (4, 4, 6, 6, 4, 4), strict=True):
        expect(card(first, one)).to_contain_text(f"已答 {count}/100")
