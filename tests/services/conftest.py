"""Real services only: a missing one is a failure, never a skip."""

import os

import pytest


def pytest_collection_modifyitems(items):
    for item in items:
        item.add_marker(pytest.mark.services)


@pytest.fixture(scope="session")
def services():
    """The addresses of the services; make test finds or starts them."""
    wanted = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL")
    missing = [name for name in wanted if not os.environ.get(name)]
    assert not missing, f"not given: {', '.join(missing)}; run make test PROFILE=services"
    return {name: os.environ[name] for name in wanted}
