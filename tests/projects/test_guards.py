"""What the database refuses of projects, whoever writes."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from projects.enums import ParticipantRole
from projects.models import Participant, Project, ProjectCountry
from tests.factories import OrganisationFactory, ProjectFactory

pytestmark = pytest.mark.django_db


def refused(constraint, write):
    """The write is refused, at the latest at the end of its transaction, by this constraint."""
    with pytest.raises(IntegrityError) as refusal:
        to_the_end(write)
    assert refusal.value.__cause__.diag.constraint_name == constraint


@transaction.atomic
def to_the_end(write):
    """Write, with the checks that come at the end of a transaction."""
    write()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def members(*shares, kind="enterprise"):
    firms = OrganisationFactory.create_batch(len(shares), kind=kind)
    roles = [ParticipantRole.LEAD] + [ParticipantRole.PARTNER] * (len(shares) - 1)
    return [
        Participant(organisation=firm, role=role, share=share and Decimal(share))
        for firm, role, share in zip(firms, roles, shares, strict=True)
    ]


def consortium(rows):
    project = ProjectFactory.create(is_consortium=True, lead=rows[0].organisation)
    for row in rows:
        row.project = project
        row.save()
    return project


@pytest.mark.parametrize(
    "shares", [("60", "39.99"), ("60", "40.01"), ("100",), ("60", None)], ids=["less", "more", "alone", "open"]
)
def test_a_consortium_that_is_not_whole_is_refused(shares):
    refused("participant_consortium", lambda: consortium(members(*shares)))


def test_a_consortium_without_a_second_enterprise_is_refused():
    rows = [*members("60"), *members("40", kind="university")]
    rows[1].role = ParticipantRole.PARTNER
    refused("participant_consortium", lambda: consortium(rows))


def test_nobody_leaves_a_consortium_alone():
    project = consortium(members("50.01", "29.99", "20"))
    refused("participant_consortium", lambda: project.participants.last().delete())
    refused("participant_consortium", lambda: Project.objects.filter(pk=project.pk).update(lead=None))


def test_host_countries_share_no_more_than_the_whole():
    project = ProjectFactory.create()
    ProjectCountry.objects.create(project=project, country="KZ", share=Decimal(60))
    refused(
        "projectcountry_shares",
        lambda: ProjectCountry.objects.create(project=project, country="UZ", share=Decimal("40.01")),
    )


def test_a_part_has_no_parts_and_counts_with_its_parent():
    whole = ProjectFactory.create()
    part = ProjectFactory.create(parent=whole)
    refused("project_parts_one_level", lambda: ProjectFactory.create(parent=part))
    refused(
        "project_parts_one_level", lambda: Project.objects.filter(pk=whole.pk).update(parent=ProjectFactory.create())
    )
    assert set(Project.objects.filter(pk__in=[whole.pk, part.pk]).counted()) == {whole}
    Project.objects.filter(pk=whole.pk).update(in_totals=False)
    assert set(Project.objects.filter(pk__in=[whole.pk, part.pk]).counted()) == {part}


def test_a_project_starts_before_it_ends_as_exactly_as_is_known():
    start = date(2024, 6, 15)
    for end, precision in ((date(2024, 1, 1), "year"), (date(2024, 6, 1), "month")):
        ProjectFactory.create(start_planned=start, end_planned=end, end_planned_precision=precision)
        refused(
            "project_planned_start_before_end",
            lambda end=end: ProjectFactory.create(start_planned=start, end_planned=end),
        )
    refused(
        "project_actual_start_before_end",
        lambda: ProjectFactory.create(start_actual=start, end_actual=date(2024, 5, 1), end_actual_precision="month"),
    )
