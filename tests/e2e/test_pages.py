"""Every main page on a phone: nothing sticks out, nothing fails, and the first view is light."""

import pytest

PAGES = {
    "home": "/",
    "courses": "/courses/",
    "course": "/courses/low-voltage-theory/",
    "lesson": "/courses/low-voltage-theory/01-law/",
    "exams": "/exams/",
    "chat": "/chat/",
    "chat in a frame": "/chat/embed/",
    "a person": "/chat/person/",
    "article": "/kb/oil-pan-fire/",
    "knowledge base": "/kb/",
    "campaign": "/campaigns/safety-production-month/",
    "verify": "/verify/",
    "login": "/accounts/login/",
    "login by code": "/accounts/login/code/",
    "registration": "/accounts/signup/",
    "registration by name": "/accounts/signup/?by=username",
    "password reset": "/accounts/password/reset/",
    "privacy notices": "/accounts/notices/",
    "privacy notice": "/accounts/notices/real_name/",
}
FIRST_VIEW_LIMIT = 120 * 1024  # bytes, compressed, without pictures
RUNNER_SCRIPT_LIMIT = 60 * 1024


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_fits_a_phone_and_raises_no_error(new_page, path, scheme):
    page = new_page(color_scheme=scheme)
    refused = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    reply = page.goto(path)
    assert reply.status == 200
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("h1").count() == 1
    assert page.problems == refused == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_care_mode_enlarges_type_and_still_fits(new_page, stack, path):
    page = new_page()
    page.context.add_cookies([{"name": "care", "value": "1", "url": stack.url}])
    page.goto(path)
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == pytest.approx(22.4)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_the_first_view_is_light(new_page, path):
    page = new_page()
    page.goto(path, wait_until="networkidle")
    sizes = page.evaluate(
        """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
            .filter(entry => !/\\.(jpe?g|png|webp|mp4)/.test(entry.name)).map(entry => entry.transferSize)"""
    )
    assert 0 < sum(sizes) < FIRST_VIEW_LIMIT


def test_the_exam_runner_is_a_small_script(new_page, stack):
    from tests.e2e.stack import ROOT

    assert (ROOT / "site/static/dist/runner.js").stat().st_size < RUNNER_SCRIPT_LIMIT
