from typing import Any

import pytest

from committees.models import Application
from committees.workflows import applications
from temp_portal.accounts.models import User
from temp_portal.notifications import kinds
from temp_portal.notifications.dispatch import notify
from temp_portal.notifications.models import Delivery
from tests.factories import UserFactory, committee_with_secretary
from tests.factories.applications import draft

kinds.register(
    kinds.Kind(
        "test_plain",
        label="A plain notice",
        subject="Quarter %(quarter)s\nis ready",
        body="See quarter %(quarter)s.\n\nThat is all.",
        details=(("Quarter", "quarter"), ("Note", "note")),
        context=lambda _user: {"quarter": "2026-Q3", "note": None},
        link=lambda _user: "",
    ),
    kinds.Kind("test_always", label="Always by mail", subject="Always", body="Always.", switchable=False),
)


class Story:
    """A committee with its secretary, an enterprise with its representative, and an application between them."""

    def __init__(self) -> None:
        self.committee, self.secretary = committee_with_secretary()
        self.application, self.representative = draft(self.committee)

    def submit(self) -> Application:
        return applications.submit(self.application, by=self.representative)


@pytest.fixture
def story(db: None) -> Story:
    return Story()


def told(kind: str = "test_plain", people: int = 1, **options: Any) -> list[Delivery]:
    """Write one notice to some new people; returns its mails."""
    users = [UserFactory.create(**options) for _each in range(people)]
    row = notify(kind, users[0], recipients=User.objects.filter(pk__in=[user.pk for user in users]))
    return list(row.deliveries.mails().order_by("pk"))
