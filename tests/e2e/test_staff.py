"""Staff with two factors: set up, asked for, and what is done behind them leaves its trace."""

import pytest
from playwright.sync_api import expect

from tests.e2e import people

DESKTOP = {"width": 1280, "height": 900}
NAME = "管得宽"


@pytest.fixture
def person(stack, new_page):
    """Return the identity number of somebody who has registered."""
    page, phone, number = new_page(), people.phone_number(), people.id_number()
    people.register(page, phone)
    people.confirm(page, stack, phone)
    people.enrol(page, NAME, number)
    return number


def begin(page, password: str) -> None:
    """Log in as the administrator, as far as the password goes."""
    page.goto("/accounts/login/")
    page.fill("[name=login]", "admin")
    page.fill("[name=password]", password)
    page.click("main form button[type=submit]")


@pytest.fixture
def administrator(stack, new_page):
    """Return the administrator's page; security keys want a name for the machine. The factors go again afterwards."""
    page = people.watch(new_page(DESKTOP, base_url=stack.url.replace("127.0.0.1", "localhost")))
    begin(page, stack.passwords["admin"])
    page.wait_for_url("**/my/")
    yield page
    page.goto("/accounts/2fa/")
    while page.locator("main a[href$='/webauthn/']").count():
        page.goto("/accounts/2fa/webauthn/")
        page.locator("main a[href$='/remove/']").first.click()
        page.click("main form button[type=submit]")
        page.goto("/accounts/2fa/")
    page.click("main a[href$='/totp/deactivate/']")
    page.click("main form button[type=submit]")
    expect(page.locator("main a[href$='/totp/activate/']")).to_be_visible()


def log_out(page) -> None:
    page.goto("/my/")
    page.click("main form[action$='/logout/'] button")
    page.wait_for_url(lambda url: "/my/" not in url)


def test_an_administrator_proves_two_factors_and_what_is_shown_in_clear_is_recorded(stack, administrator, person):
    page, password = administrator, stack.passwords["admin"]
    secret = people.set_up_codes(page, password)
    people.add_key(page)
    expect(page.locator("main")).to_contain_text("1 个密钥")

    log_out(page)
    begin(page, password)
    page.wait_for_url("**/accounts/2fa/authenticate/**")
    page.fill("[name=code]", "000000")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main .errorlist")).to_be_visible()
    page.fill("[name=code]", people.authenticator_code(secret, ahead=1))  # this half minute's is used
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/my/")

    log_out(page)
    begin(page, password)
    page.wait_for_url("**/accounts/2fa/authenticate/**")
    page.click("#use-key")
    page.wait_for_url("**/my/")

    unmask(page, person, password)
    page.goto("/admin/audit_trail/")
    page.locator("main tbody tr").first.locator("a").first.click()
    entry = page.locator("main").inner_text()
    assert "查看明文" in entry
    assert "本人来电核对" in entry
    assert person not in page.content()
    assert page.problems == []


def unmask(page, number: str, password: str) -> None:
    """Find the person by the whole number and have the number shown, with a reason."""
    page.goto(f"/admin/persons/?q={number}")
    rows = page.locator("main tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(number[:3] + "*" * 11 + number[-4:])
    rows.locator("a").first.click()
    expect(page.locator("main")).not_to_contain_text(number)
    page.locator("main a.button[href$='/unmask/']").click()
    people.prove(page, password)
    page.select_option("[name=field]", "id_number")
    page.fill("[name=reason]", "本人来电核对")
    page.locator("main form button[type=submit].button").last.click()
    expect(page.locator("main .help-info")).to_contain_text(number)
    page.reload()
