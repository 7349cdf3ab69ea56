"""What several test files share: the shipped data, opened once."""

import pytest
from hypothesis import settings

from geo.store import Store

# A busy machine is slow, not wrong.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def store() -> Store:
    """The data that ships with the product."""
    return Store()
