"""What a newcomer, a manager and staff do on the pages about people, step by step: for the tests and the pictures."""

import base64
import hmac
import io
import random
import re
import time

from openpyxl import Workbook
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from accounts.rules.identity import check_digit
from tests.e2e.stack import Stack

PASSWORD = "qingdao-langhua-37"
WITHIN = 30  # seconds for a message to appear in the server's log
TITLES = ["序号", "姓 名", "身份证号码（必填）", "联系电话", "工种"]


def watch(page: Page) -> Page:
    """Count what the browser's console calls an error (a refused script or style) among the page's problems."""
    page.on("console", lambda message: page.problems.append(message.text) if message.type == "error" else None)
    return page


def phone_number() -> str:
    return f"139{random.randrange(10**8):08d}"


def id_number(serial: int | None = None) -> str:
    """Return a valid resident number of a person who does not exist; different serials give different numbers."""
    day, last = divmod(random.randrange(1000) if serial is None else 1000 + serial, 1000)
    first17 = f"370202{random.randrange(1960, 2000)}04{day + 1:02d}{last:03d}"
    return first17 + check_digit(first17)


def code_sent_to(stack: Stack, phone: str) -> str:
    """Return the code of the latest message to the number."""
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        found = re.findall(rf"SMS to \+86{phone}: .*?(\d{{6}})", "\n".join(stack.lines))
        if found:
            return found[-1]
        time.sleep(0.1)
    raise AssertionError(f"no message to {phone}:\n" + "\n".join(stack.lines[-30:]))


def register(page: Page, phone: str) -> None:
    """Fill in the registration by phone; the code comes next."""
    page.goto("/accounts/signup/")
    page.fill("[name=phone]", phone)
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    page.check("[name=agreed]")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/accounts/phone/verify/**")


def confirm(page: Page, stack: Stack, phone: str) -> None:
    page.fill("[name=code]", code_sent_to(stack, phone))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/my/")


def enrol(page: Page, name: str, number: str) -> None:
    """Register the real name."""
    page.goto("/accounts/real-name/")
    page.fill("[name=name]", name)
    page.fill("[name=id_number]", number)
    page.check("[name=agreed]")
    page.click("main form button[type=submit]")
    expect(page.locator("main .facts")).to_contain_text(name)


def upload_photo(page: Page) -> None:
    page.goto("/accounts/photo/")
    page.set_input_files("[name=photo]", {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": portrait()})
    page.check("[name=agreed]")
    page.click("main form button[type=submit]")
    expect(page.locator("main img")).to_be_visible()


def portrait() -> bytes:
    """Return a JPEG that could be somebody."""
    picture = Image.new("RGB", (900, 1260), "#dce8f4")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((270, 240, 630, 720), fill="#c99a7b")
    draw.rectangle((180, 780, 720, 1260), fill="#24476b")
    target = io.BytesIO()
    picture.save(target, "JPEG")
    return target.getvalue()


def prove(page: Page, password: str) -> None:
    """Give the password again where the page asks whether it is still the same person."""
    page.fill("[name=password]", password)
    page.click("main form button[type=submit]")


def full_width(text: str) -> str:
    return "".join(chr(ord(character) + 0xFEE0) if character.isdigit() else character for character in text)


def roster(people: list[tuple[str, str]]) -> bytes:
    """Return a workbook as offices make it: a title over all, full-width digits, a mistyped number, a line twice."""
    book = Workbook()
    sheet = book.active
    sheet.append(["2026 年第四季度参训人员名册"])
    sheet.merge_cells("A1:E1")
    sheet.append(TITLES)
    (first, number), *others = people
    sheet.append([1, f" {first} ", full_width(number), phone_number(), "电工"])
    sheet.append([2, "错号码", mistyped(number), "", "焊工"])
    sheet.append([3, first, number, "", "电工"])
    for serial, (name, other) in enumerate(others, start=4):
        sheet.append([serial, name, other, "", "高处作业"])
    sheet.append(["填表人：张三"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def mistyped(number: str) -> str:
    """Return the number with a check digit that does not fit."""
    return number[:-1] + ("1" if number[-1] != "1" else "2")


def hand_in(page: Page, data: bytes) -> None:
    """Upload a roster on the page for it."""
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files("[name=file]", {"name": "第四季度名册.xlsx", "mimeType": sheet, "buffer": data})
    page.check("[name=told]")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/organisations/rosters/**")


def authenticator_code(secret: str, ahead: int = 0) -> str:
    """Return what an authenticator app shows (RFC 6238), or will show ``ahead`` half minutes later."""
    count = (int(time.time()) // 30 + ahead).to_bytes(8, "big")
    digest = hmac.digest(base64.b32decode(secret), count, "sha1")
    place = digest[-1] & 0x0F
    return f"{(int.from_bytes(digest[place : place + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"


def set_up_codes(page: Page, password: str) -> str:
    """Switch the code from the phone on and return its secret; the recovery codes are then on the screen."""
    page.goto("/accounts/2fa/")
    page.click("main a[href$='/totp/activate/']")
    prove(page, password)
    secret = page.input_value("#secret")
    page.fill("[name=code]", authenticator_code(secret))
    page.click("main form button[type=submit]")
    expect(page.locator("#codes li")).to_have_count(10)
    return secret


def add_key(page: Page) -> None:
    """Plug a security key in (Chrome's own, in software) and register it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    traits = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**traits, "automaticPresenceSimulation": True}})
    page.goto("/accounts/2fa/webauthn/add/")
    page.fill("[name=name]", "办公室的钥匙")
    page.click("#add-key")
    page.wait_for_url(lambda url: not url.endswith("/add/"))
