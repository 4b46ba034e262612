"""A project under construction with a committee behind it, its secretary, and who represents the lead enterprise."""

from dataclasses import dataclass

from projects.enums import Stage
from projects.models import Project, Sponsorship
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from tests.factories import CommitteeFactory, OrganisationFactory, ProjectFactory, user_with


@dataclass
class Site:
    """Who stands round a project."""

    project: Project
    lead: User
    secretary: User


def site_of(**fields) -> Site:
    firm, committee = OrganisationFactory.create(), CommitteeFactory.create()
    project = ProjectFactory.create(**{"stage": Stage.S7, "lead": firm} | fields)
    Sponsorship.objects.create(project=project, committee=committee)
    return Site(project, user_with(Role.REPRESENTATIVE, firm), user_with(Role.SECRETARY, committee))
