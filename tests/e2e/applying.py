"""How a candidate applies and books, and how an officer checks: for the tests and the pictures."""

import io

from PIL import Image
from playwright.sync_api import Page, expect


def picture() -> dict:
    """Return a picture as a file that a form takes."""
    out = io.BytesIO()
    Image.new("RGB", (900, 1260), "#6688aa").save(out, "JPEG")
    return {"name": "picture.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def apply(page: Page, operation: str) -> None:
    """Fill in an application step by step and hand it in; the course is completed."""
    page.goto("/accounts/photo/")
    page.set_input_files("[name=photo]", picture())
    if page.locator("[name=agreed]").count():
        page.check("[name=agreed]")
    page.click("main form button[type=submit]")
    page.goto("/exams/")
    page.locator("li", has_text=operation).locator("a[href*='/exams/apply/']").first.click()
    page.click("main form button[type=submit]")
    page.click("main a[href$='/details/']")
    page.check("[value=senior_secondary]")
    page.click("main form button[type=submit]")
    page.set_input_files("#file-identity", picture())
    page.locator("form", has=page.locator("#file-identity")).locator("button").click()
    expect(page.locator("main a[href*='/documents/']:not([href*='next='])")).to_have_count(1)
    page.click("main > a.button--main")
    page.check("[name=agreed]")
    page.click("main form button[type=submit]")
    page.click("form[action$='/submit/'] button")
    expect(page.locator("form[action$='/submit/']")).to_have_count(0)


def accept(page: Page) -> None:
    """Check the application that waits longest, each of its documents, and accept it."""
    page.goto("/admin/applications/")
    page.locator("table.listing a").first.click()
    page.wait_for_load_state()
    accepts = page.locator("button[name=verdict][value=accepted]")
    for number in range(accepts.count()):
        accepts.nth(number).click()
        page.wait_for_load_state()
    page.check("[name=decision][value=accepted]")
    page.click("form[action$='/decide/'] button[type=submit]")
    page.wait_for_url("**/admin/applications/")


def book(page: Page) -> None:
    """Take a seat in the first sitting there is; the ticket follows."""
    page.goto("/exams/")
    page.click("main a[href*='/exams/applications/']")
    page.click("main a[href$='/book/']")
    page.locator("main form button.button--main").first.click()
    page.wait_for_url("**/exams/tickets/**")
    expect(page.locator("img.certificate")).to_be_visible()
