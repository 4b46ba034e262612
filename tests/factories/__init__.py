"""Model factories. Facts are made through the workflows, so that a test's world obeys the portal's rules."""

from tests.factories.accounts import UserFactory, grant, user_with, with_second_factor
from tests.factories.committees import (
    ApplicationFactory,
    CommitteeFactory,
    admit,
    charged,
    committee_with_secretary,
    dues_tier,
    give_rules,
)
from tests.factories.documents import document_of, picture
from tests.factories.members import OrganisationFactory, PersonFactory, own
from tests.factories.projects import MoneyEventFactory, ProjectFactory

__all__ = [
    "ApplicationFactory",
    "CommitteeFactory",
    "MoneyEventFactory",
    "OrganisationFactory",
    "PersonFactory",
    "ProjectFactory",
    "UserFactory",
    "admit",
    "charged",
    "committee_with_secretary",
    "document_of",
    "dues_tier",
    "give_rules",
    "grant",
    "own",
    "picture",
    "user_with",
    "with_second_factor",
]
