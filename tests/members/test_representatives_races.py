"""The last two leave at the same time: one of them is the last. With a control that fails without the lock."""

import pytest
from django.db.models import QuerySet

from members import workflows
from members.workflows import representatives
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import RoleGrant
from temp_portal.notifications.models import Notification
from tests.factories import OrganisationFactory, user_with
from tests.factories.race import Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(monkeypatch):
    """Both meet when their access has ended and nobody has looked yet who is left."""
    place, ending = Meeting(), representatives.end_representation

    def waiting(*args, **options):
        ending(*args, **options)
        place.wait()

    monkeypatch.setattr(representatives, "end_representation", waiting)
    return place


def leave_together():
    organisation = OrganisationFactory.create()
    users = [user_with(Role.REPRESENTATIVE, organisation) for _each in range(2)]
    grants = [RoleGrant.objects.get(user=user) for user in users]
    return at_once(
        *[lambda pair=pair: workflows.end_access(pair[0], by=pair[1]) for pair in zip(grants, users, strict=True)]
    )


def told():
    return Notification.objects.filter(kind="nobody_represents").count()


def test_the_secretariat_is_told_once_that_nobody_is_left(meeting):
    assert leave_together() == [None, None]
    assert told() == 1


def test_without_the_lock_nobody_would_tell(meeting, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self.all())
    leave_together()
    assert told() == 0
