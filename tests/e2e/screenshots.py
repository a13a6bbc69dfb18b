"""Take a picture of every main page: phone and desktop, light, dark and care mode.

``.venv/bin/python -m tests.e2e.screenshots FOLDER`` starts a platform of its own for it, after ``make test`` has made
what it needs. ``docs/screenshots`` holds four of them, scaled to 390 × 844: home, chat, exam and verify on a phone.
"""

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.e2e import conftest, practicals, screenshots_people, stack
from tests.e2e import test_certification as journey

DESKTOP = {"width": 1280, "height": 900}
LOOKS = {
    "phone": {"viewport": conftest.PHONE, "device_scale_factor": 2},
    "phone-dark": {"viewport": conftest.PHONE, "color_scheme": "dark"},
    "phone-care": {"viewport": conftest.PHONE},
    "desktop": {"viewport": DESKTOP},
    "desktop-dark": {"viewport": DESKTOP, "color_scheme": "dark"},
}
PUBLIC = {
    "home": "/",
    "courses": "/courses/",
    "course": "/courses/low-voltage-theory/",
    "campaigns": "/campaigns/",
    "campaign": "/campaigns/safety-production-month/",
    "knowledge": "/kb/",
    "article": "/kb/oil-pan-fire/",
    "exams": "/exams/",
    "verify-form": "/verify/",
    "login": "/accounts/login/",
}
OWN = {"my": "/my/", "lesson": "/courses/low-voltage-theory/01-law/"}


def take(page: Page, folder: Path, name: str, *, whole: bool = True) -> None:
    """Save the page as a PNG once its fonts and pictures are there."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=folder / f"{name}.png", full_page=whole)


def public_pages(page: Page, folder: Path, look: str) -> None:
    for name, path in PUBLIC.items():
        page.goto(path)
        take(page, folder, f"{name}-{look}")
    page.goto("/chat/")
    take(page, folder, f"chat-empty-{look}")
    page.fill("[name=question]", "油锅起火怎么办")
    page.press("[name=question]", "Enter")
    expect(page.locator(".chat-sources").last).to_be_visible(timeout=30_000)
    take(page, folder, f"chat-{look}", whole=False)


def log_in(page: Page, running: stack.Stack, username: str) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", running.passwords[username])
    page.click("main button[type=submit]")
    page.wait_for_url("**/my/")


def exam(page: Page, running: stack.Stack, folder: Path, look: str) -> None:
    """The candidate's waiting room and runner; the first look starts, the others come back to it."""
    page.goto("/exams/")
    page.locator("a[href*='/attempts/']").first.click()
    if page.locator("[name=passcode]").count():
        take(page, folder, f"exam-start-{look}")
        page.fill("[name=passcode]", running.passcode)
        page.click("main form button[type=submit]")
    expect(page.locator("#exam-number")).to_be_visible()
    page.locator("label.exam-option").nth(1).click()
    take(page, folder, f"exam-{look}", whole=False)
    open_map = page.locator(".exam-foot").get_by_role("button", name=re.compile("已答"))
    if open_map.is_visible():  # a desktop shows it anyway
        open_map.click()
        take(page, folder, f"exam-map-{look}", whole=False)


def certify(page: Page, examiner: Page, running: stack.Stack, folder: Path) -> dict[str, str]:
    """Finish the exam and the practical; return the addresses of result, certificate and verification page."""
    right = journey.right_texts()
    page.locator(".exam-cell").first.click()
    for number in range(1, journey.QUESTIONS + 1):
        expect(page.locator("#exam-number")).to_contain_text(f"第 {number} 题")
        journey.answer(page, right)
        if number < journey.QUESTIONS:
            page.locator(".exam-foot .button--main").click()
    journey.hand_in(page)
    page.click(".exam-ending a")
    expect(page.locator(".score")).to_be_visible(timeout=30_000)
    result = page.url
    log_in(examiner, running, "examiner")
    practicals.open_practical(examiner, "李会安", others=["examiner2"])
    for who in ("examiner", "examiner2"):
        examiner.context.clear_cookies()
        log_in(examiner, running, who)
        practicals.go_to_sheet(examiner, "李会安")
        practicals.mark_sheet(examiner)
        take(examiner, folder, f"sheet-{who}")
        practicals.sign_by_name(examiner, "周考评", running.passwords[who])
    take(examiner, folder, "practical-decided")
    examiner.context.clear_cookies()
    log_in(examiner, running, "certifier")
    journey.issue_certificate(examiner, "李会安")
    page.reload()
    page.click("main a.button--main")
    expect(page.locator("img.certificate")).to_be_visible(timeout=60_000)
    code = page.url.rstrip("/").split("/")[-1]
    return {"result": result, "certificate": page.url, "verify": f"/verify/{code}/"}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    running = stack.start(Path(tempfile.mkdtemp(prefix="xuehui-screenshots-")))
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=conftest.executable(), args=conftest.FLAGS)
            fixed = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "base_url": running.url}
            pages = {look: browser.new_context(**fixed, **options).new_page() for look, options in LOOKS.items()}
            for look, page in pages.items():
                if look.endswith("care"):
                    page.context.add_cookies([{"name": "care", "value": "1", "url": running.url}])
                public_pages(page, folder, look)
                log_in(page, running, "candidate")
                for name, path in OWN.items():
                    page.goto(path)
                    take(page, folder, f"{name}-{look}")
                exam(page, running, folder, look)
            examiner = browser.new_context(**fixed, viewport=DESKTOP).new_page()
            written = certify(page, examiner, running, folder)
            for look, page in pages.items():
                for name, address in written.items():
                    page.goto(address)
                    take(page, folder, f"{name}-{look}", whole=False)
            screenshots_people.main(browser, running, folder, fixed)
            browser.close()
    finally:
        running.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
