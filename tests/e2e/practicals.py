"""What two examiners do in a browser: open a practical exam, mark a sheet with the network cut, sign it."""

import re

from playwright.sync_api import Page, expect

TABLET = {"width": 1024, "height": 768}
BOARD = "/admin/practicals/"
CUT_LASTS = 4_000  # milliseconds


def masked(name: str) -> str:
    """Return the name as lists show it."""
    return "*" * (len(name) - 1) + name[-1]


def open_practical(page: Page, name: str, *, others: list[str]) -> None:
    """Open the candidate's practical exam with oneself and ``others``, and go to one's own sheet."""
    page.goto(BOARD)
    page.locator("#candidates ~ table tr", has_text=masked(name)).locator("a").click()
    for place, username in enumerate(others, 2):
        page.select_option(f"[name=examiner_{place}]", label=username)
    page.locator("form button[type=submit].button").last.click()
    page.wait_for_url(re.compile(rf"{BOARD}[0-9a-f-]{{36}}/$"))
    page.locator("a[href*='/sheets/']").first.click()
    page.wait_for_url("**/sheets/**")


def go_to_sheet(page: Page, name: str) -> None:
    """Go from the board to one's own sheet of the candidate."""
    page.goto(BOARD)
    page.locator("#mine ~ table tr", has_text=masked(name)).locator("a").click()
    page.wait_for_url("**/sheets/**")


def mark_sheet(page: Page, *, zeros: int = 0, cut: bool = False) -> None:
    """Give full marks, but for the first ``zeros`` items; with ``cut`` half of them without a network, and a reload."""
    expect(page.locator(".sheet-link")).to_have_class(re.compile("is-saved"))
    page.locator("[data-timer]").first.click()
    items = page.locator("fieldset.sheet-item").all()
    for number, item in enumerate(items):
        if cut and number == len(items) // 2:
            page.context.set_offline(True)
        (item.locator("label").first if number < zeros else item.locator("label").last).click()
    total = page.locator("#total").inner_text()
    if cut:
        expect(page.locator(".sheet-banner")).to_contain_text("网络断开")
        page.wait_for_timeout(CUT_LASTS)
        page.context.set_offline(False)
        expect(page.locator(".sheet-link")).to_have_class(re.compile("is-saved"), timeout=30_000)
        page.reload()
        expect(page.locator(".sheet-link")).to_have_class(re.compile("is-saved"))
    expect(page.locator("#total")).to_have_text(total)


def sign_by_hand(page: Page) -> None:
    """Draw a signature and hand in."""
    pad = page.locator("#pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 30 + 25 * step, box["y"] + (80 if step % 2 else 30), steps=4)
    page.mouse.up()
    _hand_in(page)


def sign_by_name(page: Page, name: str, password: str) -> None:
    """Type a name and hand in, which asks once more for the password."""
    page.fill("[name=signed_name]", name)
    page.locator("button[value=submit]").click()
    page.wait_for_url("**/reauthenticate/**")
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    _arrive(page)


def _hand_in(page: Page) -> None:
    page.locator("button[value=submit]").click()
    _arrive(page)


def _arrive(page: Page) -> None:
    page.wait_for_url(re.compile(rf"{BOARD}[0-9a-f-]{{36}}/$"))
