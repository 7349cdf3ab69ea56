"""What several test files share: the shipped data, opened once, and the app in a browser."""

import pytest
from hypothesis import settings

from geo.case_records import load_cases
from geo.national import National
from geo.store import Store
from tests.browsing import address, chromium, reader  # noqa: F401

# A busy machine is slow, not wrong. Whether a commit passes is not luck: the same cases are
# tried each time, and `make explore` looks for new ones.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile("same")


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
