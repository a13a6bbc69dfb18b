"""A newcomer comes in and keeps their own affairs; a manager hands in a roster and invites: on the real platform."""

import io
import zipfile

import cv2
import numpy as np
import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.e2e import people

DESKTOP = {"width": 1280, "height": 900}
FILLERS = 1000  # lines: enough for reading and taking in to be seen at work
SURNAMES = "赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何"
WORKING = 120_000  # milliseconds for a roster, on a busy machine


@pytest.fixture
def newcomer(stack, new_page):
    """Return the page of somebody who registered by phone, and the number."""
    page, phone = people.watch(new_page()), people.phone_number()
    people.register(page, phone)
    people.confirm(page, stack, phone)
    return page, phone


def saved(page, button: str) -> bytes:
    """Return the file that a click brings."""
    with page.expect_download() as download:
        page.click(button)
    return download.value.path().read_bytes()


def picture_of(page, selector: str):
    """Return an element of the page as cv2 sees it."""
    shot = page.locator(selector).screenshot()
    return cv2.imdecode(np.frombuffer(shot, np.uint8), cv2.IMREAD_COLOR)


def test_a_newcomer_registers_and_takes_their_data_along(newcomer, new_page):
    page, phone = newcomer
    expect(page.locator("main")).to_contain_text("实名")
    number = people.id_number()
    people.enrol(page, "林知秋", number)
    shown = page.locator("main").inner_text()
    assert number[:3] + "*" * 11 + number[-4:] in shown
    assert number not in page.content()
    people.upload_photo(page)
    size = "image => [image.naturalWidth, image.naturalHeight]"
    assert page.locator("main img").evaluate(size) == [295, 413]

    page.goto("/my/")
    expect(page.locator("h1")).to_have_text("林知秋")
    page.click("main a[href='/accounts/privacy/']")
    assert page.locator("main .tag").all_inner_texts() == ["已同意"] * 3

    page.goto("/accounts/my-data/")
    page.click("form[action$='/download/'] button")
    expect(page.locator("h1")).to_have_text("请再次验证身份")
    page.fill("[name=password]", people.PASSWORD)
    archive = zipfile.ZipFile(io.BytesIO(saved(page, "main form button[type=submit]")))
    everything = "".join(
        archive.read(name).decode() for name in archive.namelist() if name.endswith((".json", ".html"))
    )
    assert number in everything
    assert phone in everything
    assert any(name.endswith(".jpg") for name in archive.namelist())

    other = people.watch(new_page(user_agent="Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile"))
    other.goto("/accounts/login/")
    other.fill("[name=login]", f"+86 {phone}")
    other.fill("[name=password]", people.PASSWORD)
    other.click("main form button[type=submit]")
    other.wait_for_url("**/my/")
    page.goto("/my/")
    page.click(".site-tools__badge")
    expect(page.locator(".card--unread")).to_have_count(1)
    page.locator(".card--unread button", has_text="标为已读").click()
    expect(page.locator(".card--unread")).to_have_count(0)
    assert page.locator(".site-tools__badge").count() == 0
    assert page.problems == other.problems == []


def test_a_session_ended_elsewhere_asks_to_log_in(new_page, log_in):
    telephone, office = people.watch(new_page()), people.watch(new_page(DESKTOP))
    log_in(telephone, "trainee")
    log_in(office, "trainee")
    office.goto("/accounts/sessions/")
    devices = office.locator("main .card").count()
    assert devices >= 2
    assert office.locator("main .tag").all_inner_texts() == ["本设备"]
    office.click("main form button[type=submit]")
    expect(office.locator("main .card")).to_have_count(1)
    telephone.goto("/my/")
    expect(telephone).to_have_url("/accounts/login/?next=/my/")
    office.goto("/my/")
    expect(office.locator("h1")).to_have_text("陈小电")
    assert telephone.problems == office.problems == []


def name(serial: int) -> str:
    """Return one of 8,000 different names."""
    first, rest = divmod(serial, 400)
    return SURNAMES[first] + SURNAMES[rest // 20] + SURNAMES[rest % 20]


def company(page) -> None:
    """Open the page of the manager's first organisation."""
    page.goto("/organisations/")
    page.locator("main li a").first.click()


@pytest.mark.timeout(600)
def test_a_manager_takes_the_good_lines_of_a_messy_roster_in(new_page, log_in):
    page = people.watch(new_page())
    log_in(page, "manager")
    company(page)
    page.click("a[href$='/rosters/']")
    first = ("周全角", people.id_number())
    group = [(name(count), people.id_number(count)) for count in range(FILLERS)]
    people.hand_in(page, people.roster([first, *group]))
    expect(page.locator("[data-waiting]")).to_contain_text("正在读取文件，已读")
    expect(page.locator("[data-waiting]")).to_have_count(0, timeout=WORKING)  # the page comes back by itself
    verdicts = page.locator("nav.row a")
    expect(verdicts).to_have_text(["不能导入 1", "与前面的行重复 1", f"新人员 {FILLERS + 1}"])
    expect(page.locator("main li.card h3")).to_have_text("第 4 行 **码")
    expect(page.locator("main li.card")).to_contain_text("校验码")

    page.click("button[name=mode][value=good]")
    expect(page.locator("[data-waiting]")).to_contain_text("正在导入人员，已处理")
    expect(page.locator(".notice--passed")).to_contain_text(f"{FILLERS + 1} 人", timeout=WORKING)
    rows = list(load_workbook(io.BytesIO(saved(page, "a[href$='errors.xlsx']"))).active.values)
    assert rows[0][:3] == ("行号", "序号", "姓 名")
    assert [(str(row[0]), row[2]) for row in rows[1:]] == [("4", "错号码")]
    assert "校验码" in rows[1][-1]

    company(page)
    page.fill("[name=wanted]", first[1])
    page.click("form[action$='/search/'] button")
    expect(page.locator("main li.card")).to_have_count(1)
    expect(page.locator("main li.card")).to_contain_text("**角")
    assert first[1] not in page.content().replace(f'value="{first[1]}"', "")
    assert page.problems == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_scans_an_invitation_joins_the_organisation(newcomer, new_page, log_in, scheme):
    page = people.watch(new_page(color_scheme=scheme))
    log_in(page, "manager")
    company(page)
    organisation = page.locator("h1").inner_text()
    page.click("a[href$='/invite/']")
    page.click("main form.card button[type=submit]")
    address, *_ = cv2.QRCodeDetector().detectAndDecode(picture_of(page, "main img"))
    assert address == page.input_value("#link")

    joiner, _phone = newcomer
    people.enrol(joiner, "方来客", people.id_number())
    joiner.goto(address)
    expect(joiner.locator("h1")).to_have_text(organisation)
    joiner.click("main form button[type=submit]")
    expect(joiner.locator("main article h3")).to_have_text(organisation)
    page.goto(page.url)
    expect(page.locator("main article").first).to_contain_text("1 / 50")
    assert page.problems == joiner.problems == []
