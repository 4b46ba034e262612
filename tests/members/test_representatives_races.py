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


@pytest.fixture(autouse=True)
def meeting(monkeypatch):
    """Both meet when they have looked who is left, and neither has ended yet."""
    place, left = Meeting(), representatives.representatives

    def waiting(organisation):
        users = left(organisation)
        len(users)
        place.wait()
        return users

    monkeypatch.setattr(representatives, "representatives", waiting)


def leave_together():
    organisation = OrganisationFactory.create()
    users = [user_with(Role.REPRESENTATIVE, organisation) for _each in range(2)]
    grants = [RoleGrant.objects.get(user=user) for user in users]
    return at_once(
        *[lambda pair=pair: workflows.end_access(pair[0], by=pair[1]) for pair in zip(grants, users, strict=True)]
    )


def told():
    return Notification.objects.filter(kind="nobody_represents").count()


def test_the_secretariat_is_told_once_that_nobody_is_left():
    assert leave_together() == [None, None]
    assert told() == 1


def test_without_the_lock_nobody_would_tell(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self.all())
    leave_together()
    assert told() == 0
