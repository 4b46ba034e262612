"""The roster as the portal exports it comes back without a difference, in either format and every language."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from committees.models import Committee, SeatPeriod
from committees.synchronisation.plan import Group
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.core.demo import load
from tests.committees.synchronising import compared, counts, entries
from tests.factories import user_with

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
EVERY_COLUMN = (
    "organisation name_en name_zh_hans name_ru ownership country role chain position representative since until "
    "standing voting document evidence"
)


@pytest.fixture(scope="module")
def staff(django_db_setup, django_db_blocker):
    """The demonstration data, and a user who keeps all rosters."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield user_with(Role.STAFF)
        transaction.set_rollback(True)


def exported(client, staff: User, committee: Committee, fmt: str, language: str, query: str = "") -> bytes:
    """The roster's file as the page gives it to a reader of that language."""
    client.force_login(staff)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(reverse(f"committees:roster-{fmt}", args=[committee.slug]) + query)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_every_roster_comes_back_as_it_went_out(client, staff, fmt, language):
    today = timezone.localdate()
    for committee in Committee.objects.filter(seats__isnull=False).distinct().order_by("pk"):
        members = SeatPeriod.objects.of(committee).on(today).count()
        if not members:
            continue
        content = exported(client, staff, committee, fmt, language)
        with translation.override(language):
            made = compared(committee, content, by=staff, name=f"roster.{fmt}")
            assert counts(made) == {"unchanged": members}, committee
            assert [entry for entry in entries(made, Group.UNCHANGED) if entry.cells] == []
