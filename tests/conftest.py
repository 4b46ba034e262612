"""What every test stands on: the embedded servers."""

import pytest

from temp_portal.core.embedded import hook


def pytest_configure(config: pytest.Config) -> None:
    """Start the servers before the first test; parallel processes share them."""
    hook.hold()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers when this was the last process that used them."""
    hook.release()
