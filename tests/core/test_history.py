"""Every earlier version of a row is kept with its texts in all languages, whoever changed it and however."""

import pytest
from django.utils import translation

from committees.models import Committee
from members.models import Organisation
from projects.models import Project
from tests.factories import CommitteeFactory, OrganisationFactory, ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("factory", "model", "field"),
    [
        (OrganisationFactory, Organisation, "name"),
        (CommitteeFactory, Committee, "name"),
        (CommitteeFactory, Committee, "mandate"),
        (ProjectFactory, Project, "title"),
        (ProjectFactory, Project, "summary"),
    ],
)
def test_the_earlier_texts_are_kept_in_every_language(factory, model, field):
    texts = {f"{field}_en": "Smelting", f"{field}_zh_hans": "冶炼", f"{field}_ru": "Плавка"}
    row = factory.create(**texts)
    # A bulk update passes no save(): the database itself keeps the history.
    model.objects.filter(pk=row.pk).update(**dict.fromkeys(texts, "–"))
    version = row.events.order_by("-pgh_id").first()
    assert {name: getattr(version, name) for name in texts} == texts
    with translation.override("ru"):
        assert getattr(version, field) == "Плавка"
