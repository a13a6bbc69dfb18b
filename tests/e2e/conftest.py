"""One running platform and one browser for all journeys."""

import os
import shutil
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from playwright.sync_api import sync_playwright

from tests.e2e import stack as platform

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items):
    for item in items:
        item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def own_database():
    """In the services profile a database of its own, dropped afterwards; in the embedded profile nothing."""
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        yield {}
        return
    parts = urlsplit(address)
    name = f"xhyj_e2e_{os.getpid()}"
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {"DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))}
        finally:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def stack(tmp_path_factory, own_database):
    """The platform as ``make run`` starts it, in the profile that the environment names."""
    running = platform.start(tmp_path_factory.mktemp("stack"), **own_database)
    yield running
    running.stop()


def executable() -> str:
    """Return where Debian's Chromium is."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found, "no Chromium on this machine; make test installs Debian's package"
    return found


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, running."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium, stack):
    """Return a function that opens a page in a context of its own: a phone, unless told otherwise."""
    contexts = []

    def open_page(viewport=PHONE, **options):
        usual = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "base_url": stack.url}
        context = chromium.new_context(viewport=viewport, **usual | options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def log_in(stack):
    """Return a function that logs a demo account in on a page."""

    def log_in(page, username: str) -> None:
        page.goto("/accounts/login/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", stack.passwords[username])
        page.click("main button[type=submit]")
        page.wait_for_url("**/my/")

    return log_in
