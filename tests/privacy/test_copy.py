"""Everything about me or my organisation: collected by declaration, made by a job, for its owner and for some days."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from members.models import Organisation, Person
from members.privacy import workflows
from members.workflows import end_representation
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import RoleGrant, User
from temp_portal.audit.holdings import holdings, paths_of, why_left_out
from temp_portal.jobs import retention
from temp_portal.jobs.models import Job
from tests.factories import OrganisationFactory, user_with
from tests.factories.web import enter
from tests.privacy.conftest import run


def relations():
    """Every relation of a stored model to a person, an account or an organisation."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or hasattr(model, "pgh_tracked_model"):
            continue
        for field in model._meta.get_fields():
            to_one = field.many_to_one or field.one_to_one
            if to_one and not field.auto_created and field.related_model in (Person, User, Organisation):
                yield model, field.name


def opened(job):
    """The archive that a job made."""
    with default_storage.open(job.result_file.name) as file:
        return ZipFile(BytesIO(file.read()))


def fetched(response):
    """The code of a download that is read to its end."""
    list(response.streaming_content)
    return response.status_code


def test_every_relation_is_declared_or_left_out_with_a_reason():
    silent = [
        f"{model._meta.label}.{name}"
        for model, name in relations()
        if name not in paths_of(model) and not why_left_out(model, name)
    ]
    assert silent == [], "Say in the app's personal_data.py what of it is whose data, or why it is nobody's."


def test_every_declared_column_exists():
    for each in holdings():
        for name in (*each.fields, *each.erased):
            assert each.model._meta.get_field(name), f"{each.model._meta.label}.{name}"
        assert each.deleted or each.stays or not each.person, each.model._meta.label


@pytest.mark.django_db
def test_a_person_takes_everything_along(house, settings, tmp_path):
    job = run(workflows.export_own(by=house.user))
    assert job.state == "succeeded", job.trace
    with opened(job) as archive:
        assert set(archive.namelist()) == {"data.json", "data-en.pdf", "data-zh-hans.pdf", "data-ru.pdf"}
        told = json.loads(archive.read("data.json"))
        assert all(archive.read(name).startswith(b"%PDF") for name in archive.namelist() if name.endswith(".pdf"))
    kinds = {section["kind"]: section["records"] for section in told["sections"]}
    assert kinds["members.Person"][0]["email"] == "wei.zhang@example.com"
    assert kinds["members.Representative"][0]["post"] == "Director"
    assert {"accounts.User", "members.Consent", "committees.Seat", "committees.Appointment"} <= set(kinds)


def test_an_organisation_s_copy_is_for_its_representatives(client, house):
    stranger = user_with(Role.REPRESENTATIVE, OrganisationFactory.create())
    address = reverse("privacy:copy-organisation", args=[house.organisation.pk])
    assert enter(client, stranger).post(address).status_code == 404
    with pytest.raises(PermissionDenied):
        workflows.export_organisation(house.organisation, by=stranger)
    assert enter(client, house.user).post(address).status_code == 302
    job = run(Job.objects.get(created_by=house.user))
    with opened(job) as archive:
        kinds = {section["kind"] for section in json.loads(archive.read("data.json"))["sections"]}
    assert {"members.Organisation", "members.Representative", "committees.Seat"} <= kinds
    assert "accounts.User" not in kinds
    file = reverse("jobs:file", args=[job.pk])
    assert fetched(client.get(file)) == 200
    end_representation(RoleGrant.objects.get(user=house.user), by=house.staff)
    assert client.get(file).status_code == 403


def test_the_copy_is_for_its_owner_alone_and_expires(client, house):
    job = run(workflows.export_own(by=house.user))
    file = reverse("jobs:file", args=[job.pk])
    assert enter(client, user_with(Role.REPRESENTATIVE, house.organisation)).get(file).status_code == 404
    assert enter(client, house.staff).get(file).status_code == 403
    assert fetched(enter(client, house.user).get(file)) == 200
    Job.objects.filter(pk=job.pk).update(finished_at=timezone.now() - timedelta(days=8))
    assert client.get(file).status_code == 403
    name = job.result_file.name
    assert retention.purge() == 1
    assert not default_storage.exists(name)


def test_two_clicks_make_one_copy(house):
    assert workflows.export_own(by=house.user) == workflows.export_own(by=house.user)
