"""WCAG 2.1 AA, as far as a machine can tell: axe finds nothing serious on any kind of page."""

import pytest

from tests.e2e.stack import ROOT
from tests.e2e.test_pages import PAGES

AXE = ROOT / "site/frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
OWN = {
    "my": "/my/",
    "exams": "/exams/",
    "account": "/accounts/me/",
    "real name": "/accounts/real-name/",
    "photo": "/accounts/photo/",
    "privacy": "/accounts/privacy/",
    "withdrawal": "/accounts/privacy/account/withdraw/",
    "my data": "/accounts/my-data/",
    "notices": "/notices/",
    "preferences": "/notices/preferences/",
    "organisations": "/organisations/",
    "a new one": "/accounts/password/change/",
    "proof": "/accounts/phone/change/",
    "second factor": "/accounts/2fa/",
    "sessions": "/accounts/sessions/",
}


def violations(page) -> list[str]:
    """Return one line for each element that axe calls seriously or critically wrong."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run({runOnly: rules}).then(result => result.violations)", RULES)
    return [
        f"{item['id']}: {node['target']} {node['failureSummary']}"
        for item in found
        if item["impact"] in ("serious", "critical")
        for node in item["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_nothing_serious(new_page, path, scheme):
    page = new_page(color_scheme=scheme)
    page.goto(path)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_a_conversation(new_page, scheme):
    page = new_page(color_scheme=scheme)
    page.goto("/chat/")
    page.fill("#chat-question", "油锅起火怎么办")
    page.press("#chat-question", "Enter")
    page.get_by_role("button", name="没帮助").click()
    page.get_by_role("button", name="不够完整").click()
    page.click("[data-person]")
    found = violations(page)
    page.locator(".chat-ticket button[type=submit]").click()
    page.fill(".chat-ticket form.ask input", "在吗")
    page.press(".chat-ticket form.ask input", "Enter")
    page.locator(".chat-messages li").wait_for()
    found += violations(page)
    page.goto(f"/chat/conversations/{page.evaluate('localStorage.getItem(`chat-conversation`)')}/")
    assert found + violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_a_managers_pages(new_page, log_in, scheme):
    page = new_page(color_scheme=scheme)
    log_in(page, "manager")
    page.goto("/organisations/")
    found = violations(page)
    page.locator("main li a").first.click()
    own = page.url
    for path in ("", "invite/", "rosters/"):
        page.goto(own + path)
        found += violations(page)
    page.goto(own + "invite/")
    page.click("main form.card button[type=submit]")
    assert found + violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_ones_own_pages(new_page, log_in, scheme):
    page = new_page(color_scheme=scheme)
    log_in(page, "candidate")
    found = {}
    for name, path in OWN.items():
        page.goto(path)
        found[name] = violations(page)
    assert found == {name: [] for name in OWN}
