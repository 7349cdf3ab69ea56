"""What several test files share: the shipped data, opened once, and the app in a browser."""

import pytest
from hypothesis import settings

from geo.case_records import load_cases
from geo.national import National
from geo.store import Store
from tests.browsing import address, chromium, reader  # noqa: F401

# A busy machine is slow, not wrong.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def store() -> Store:
    """The data that ships with the product."""
    return Store()


@pytest.fixture(scope="session")
def residents(store):
    """Where people live, which takes a few seconds to open."""
    return store.residents()


@pytest.fixture(scope="session")
def national(store) -> National:
    """What areas are held against, as the pages share it."""
    return National(store, load_cases(store.data_dir / "case_studies"))
