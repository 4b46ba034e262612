"""What tests of the apps of projects share."""

import pytest

from tests.projects.sites import Site, site_of


@pytest.fixture
def site(db) -> Site:
    return site_of()
