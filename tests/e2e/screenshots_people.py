"""Pictures of the pages about people: registration, one's own affairs, organisations, factors, administration.

Part of ``tests.e2e.screenshots``. One page shows itself in every look in turn, for many of these pages come once.
"""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.e2e import conftest, people
from tests.e2e.stack import Stack

DESKTOP = {"width": 1280, "height": 900}
LOOKS = {
    "phone": (conftest.PHONE, "light", False),
    "phone-dark": (conftest.PHONE, "dark", False),
    "phone-care": (conftest.PHONE, "light", True),
    "desktop": (DESKTOP, "light", False),
}
VISITOR = {
    "login": "/accounts/login/",
    "login-code": "/accounts/login/code/",
    "signup-phone": "/accounts/signup/",
    "signup-name": "/accounts/signup/?by=username",
    "password-reset": "/accounts/password/reset/",
    "privacy-notices": "/accounts/notices/",
    "privacy-notice": "/accounts/notices/real_name/",
}
ALWAYS = {
    "my": "/my/",
    "account": "/accounts/me/",
    "real-name": "/accounts/real-name/",
    "photo": "/accounts/photo/",
    "privacy": "/accounts/privacy/",
    "my-data": "/accounts/my-data/",
    "organisations": "/organisations/",
    "notices": "/notices/",
}
PROVED = {
    "phone-change": "/accounts/phone/change/",
    "2fa-totp": "/accounts/2fa/totp/activate/",
    "2fa-key": "/accounts/2fa/webauthn/add/",
}
PERSON = {
    "withdraw-account": "/accounts/privacy/account/withdraw/",
    "withdraw-real-name": "/accounts/privacy/real_name/withdraw/",
    "withdraw-photo": "/accounts/privacy/photo/withdraw/",
    "preferences": "/notices/preferences/",
    "password-change": "/accounts/password/change/",
    "sessions": "/accounts/sessions/",
    "2fa": "/accounts/2fa/",
}
ADMIN = {
    "home": "/admin/",
    "people": "/admin/persons/",
    "people-export": "/admin/persons/export/",
    "people-merge": "/admin/persons/merge/",
    "logins": "/admin/logins/",
    "organisations": "/admin/organisations/",
    "erasures": "/admin/erasure_requests/",
    "consents": "/admin/consents/",
    "privacy-notices": "/admin/privacy_notices/",
    "audit": "/admin/audit_trail/",
    "retention": "/admin/retention/",
    "bank": "/admin/bank/",
    "certifying": "/admin/certifying/",
    "notices": "/admin/notice_log/",
    "deliveries": "/admin/deliveries/",
}


class Camera:
    """Takes one page in every look."""

    def __init__(self, page: Page, folder: Path, looks: tuple[str, ...] = tuple(LOOKS)):
        self.page, self.folder, self.looks = page, folder, looks

    def take(self, name: str) -> None:
        self.page.wait_for_load_state("networkidle")
        for look in self.looks:
            viewport, scheme, care = LOOKS[look]
            self.page.set_viewport_size(viewport)
            self.page.emulate_media(color_scheme=scheme)
            self.page.evaluate("care => document.documentElement.classList.toggle('care', care)", care)
            wide = self.page.evaluate("document.documentElement.scrollWidth") - viewport["width"]
            if wide > 0:
                print(f"{name}-{look} sticks out by {wide} px")  # noqa: T201
            self.page.screenshot(path=self.folder / f"{name}-{look}.png", full_page=True)

    def tour(self, pages: dict[str, str], ending: str = "") -> None:
        for name, path in pages.items():
            self.page.goto(path)
            self.take(name + ending)


def visitor(camera: Camera, running: Stack) -> None:
    """The way in, with what goes wrong on it."""
    camera.tour(VISITOR)
    page, phone = camera.page, people.phone_number()
    page.goto("/accounts/login/")
    page.fill("[name=login]", "nobody")
    page.fill("[name=password]", "wrong-password")
    page.click("main form button[type=submit]")
    camera.take("login-wrong")
    page.goto("/accounts/signup/")
    page.fill("[name=phone]", "12345")
    page.fill("[name=password1]", "12345678")
    page.fill("[name=password2]", "1234567")
    page.check("[name=agreed]")
    page.click("main form button[type=submit]")
    camera.take("signup-wrong")
    people.register(page, phone)
    camera.take("confirm-code")
    people.confirm(page, running, phone)


def own_affairs(camera: Camera) -> None:
    """Of one who has just registered: first without a real name, then with it."""
    page = camera.page
    camera.tour(ALWAYS, "-without-person")
    page.goto("/accounts/real-name/")
    page.fill("[name=name]", "林知秋")
    page.fill("[name=id_number]", people.mistyped(people.id_number()))
    page.check("[name=agreed]")
    page.click("main form button[type=submit]")
    camera.take("real-name-wrong")
    people.enrol(page, "林知秋", people.id_number())
    people.upload_photo(page)
    camera.tour(ALWAYS | PERSON)
    page.goto(PROVED["phone-change"])
    camera.take("reauthenticate")
    people.prove(page, people.PASSWORD)
    camera.tour(PROVED)


def erasure(camera: Camera) -> None:
    """The wish to be forgotten, for the administration's page about it."""
    camera.page.goto("/accounts/my-data/")
    camera.page.fill("[name=reason]", "我不再需要这个账号。")
    camera.page.click("form[action$='/erasure/'] button")
    if camera.page.locator("[name=password]").count():
        people.prove(camera.page, people.PASSWORD)
    camera.take("my-data-asked")


def manager(camera: Camera, joiner: Page) -> None:
    """Organisation, invitation and roster; the newcomer opens the invitation."""
    page = camera.page
    camera.tour({"manager-organisations": "/organisations/"})
    page.locator("main li a").first.click()
    camera.take("manager-organisation")
    page.click("a[href$='/invite/']")
    camera.take("manager-invite")
    page.click("main form.card button[type=submit]")
    camera.take("manager-invite-made")
    joiner.goto(page.input_value("#link").replace("127.0.0.1", "localhost"))
    Camera(joiner, camera.folder).take("join")
    joiner.click("main form button[type=submit]")
    Camera(joiner, camera.folder).take("joined")
    joiner.goto("/organisations/join/WRONG/")
    Camera(joiner, camera.folder).take("join-wrong")
    page.goto("/organisations/")
    page.locator("main li a").first.click()
    page.click("a[href$='/rosters/']")
    camera.take("manager-rosters")
    group = [(f"测试人{letter}", people.id_number()) for letter in "甲乙丙丁戊己庚辛壬癸"]
    people.hand_in(page, people.roster(group))
    camera.take("manager-roster-working")
    expect(page.locator("[data-waiting]")).to_have_count(0, timeout=60_000)
    page.wait_for_load_state()
    camera.take("manager-roster-read")
    page.click("button[name=mode][value=good]")
    expect(page.locator(".notice--passed")).to_be_visible(timeout=60_000)
    camera.take("manager-roster-done")
    page.locator("nav.row a[href*='verdict=bad']").click()
    camera.take("manager-roster-bad")


def administrator(camera: Camera, desk: Camera, password: str) -> None:
    """Factors of the site's own pages, and the administration."""
    page = camera.page
    people.set_up_codes(page, password)
    camera.take("2fa-recovery-codes")
    people.add_key(page)
    camera.tour({"2fa-set-up": "/accounts/2fa/", "2fa-keys": "/accounts/2fa/webauthn/"})
    desk.tour(ADMIN, "-admin")
    page.goto("/admin/persons/?q=林知秋")
    desk.take("people-found-admin")
    page.locator("main td.title a, main .title-wrapper a").first.click()
    desk.take("person-admin")
    inspected = page.url
    number = inspected.rstrip("/").split("/")[-1]
    for act in ("unmask", "real-name", "name"):
        page.goto(f"/admin/persons/{number}/{act}/")
        desk.take(f"person-{act}-admin")
    page.goto(f"/admin/persons/{number}/unmask/")
    page.fill("[name=reason]", "本人来电核对")
    page.locator("main form button[type=submit].button").last.click()
    desk.take("person-unmasked-admin")
    page.goto("/admin/audit_trail/")
    page.locator("main .title-wrapper a").first.click()
    desk.take("audit-entry-admin")
    page.goto("/admin/erasure_requests/")
    page.locator("main .title-wrapper a").first.click()
    desk.take("erasure-admin")


def log_in(page: Page, running: Stack, username: str) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", running.passwords[username])
    page.click("main form button[type=submit]")
    page.wait_for_url("**/my/")


def main(browser: Browser, running: Stack, folder: Path, fixed: dict) -> None:
    """Take all of them; security keys want a name for the machine, not a number."""
    fixed = fixed | {"base_url": running.url.replace("127.0.0.1", "localhost")}
    newcomer, boss, admin = (browser.new_context(**fixed).new_page() for _ in range(3))
    visitor(Camera(newcomer, folder), running)
    own_affairs(Camera(newcomer, folder))
    log_in(boss, running, "manager")
    joining = newcomer.context.browser.new_context(**fixed, storage_state=newcomer.context.storage_state())
    manager(Camera(boss, folder), joining.new_page())
    erasure(Camera(newcomer, folder))
    log_in(admin, running, "admin")
    administrator(Camera(admin, folder), Camera(admin, folder, ("desktop", "phone")), running.passwords["admin"])
