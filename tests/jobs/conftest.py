from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from temp_portal.accounts.models import User
from temp_portal.jobs import workflows
from temp_portal.jobs.models import Job
from tests.factories import UserFactory
from tests.jobs import kinds


@pytest.fixture
def owner(db: None) -> User:
    return UserFactory.create(language="en")


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal"
    path.touch()
    return path


@pytest.fixture
def counting(owner: User, journal: Path) -> Callable[..., Job]:
    """Start the counting job for the owner."""

    def start(steps: int = 3, **params: Any) -> Job:
        parameters = {"steps": steps, "journal": str(journal), **params}
        return workflows.start("test.count", parameters, by=owner, title="to three")

    return start


__all__ = ["kinds"]
