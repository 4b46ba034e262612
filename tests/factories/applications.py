"""Applications as an enterprise would have filled them in."""

from typing import Any

from committees.enums import ChainRole
from committees.models import Application, Committee
from committees.workflows import applications
from members import workflows
from members.enums import ConsentPurpose, OwnershipType
from members.models import Identifier, Organisation
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from tests.factories.accounts import user_with
from tests.factories.committees import CommitteeFactory
from tests.factories.members import OrganisationFactory

ANSWERS: dict[str, Any] = {
    "ownership_type": OwnershipType.PRIVATE,
    "controller": "Zhang family",
    "ownership_evidence": "Shareholder register of 1 May 2026",
    "industry_codes": [{"scheme": "GB/T 4754", "version": "2017", "code": "32"}],
    "chain_role": ChainRole.PROCESSING,
    "target_countries": ["KZ", "UZ"],
    "motivation": "We process aluminium and look for partners in Kazakhstan.",
    "motivation_language": "en",
}
_serial = iter(range(10**6))


def draft(
    committee: Committee | None = None, organisation: Organisation | None = None, **answers: Any
) -> tuple[Application, User]:
    """A draft with every part filled in, and its representative. `answers` replace the usual ones."""
    organisation = organisation or OrganisationFactory.create()
    user = user_with(Role.REPRESENTATIVE, organisation)
    if not organisation.identifiers.exists():
        number = f"91500000{next(_serial):010d}"
        Identifier.objects.create(organisation=organisation, scheme="CN-USCC", value=number, format_ok=True)
    person = workflows.person_of(user)
    workflows.give_consent(person, ConsentPurpose.REPRESENTATION, by=user)
    application = applications.create_draft(committee or CommitteeFactory.create(), organisation, by=user)
    applications.save_draft(application, by=user, representative=person, **(ANSWERS | answers))
    application.refresh_from_db()
    return application, user


def submitted(
    committee: Committee | None = None, organisation: Organisation | None = None, **answers: Any
) -> tuple[Application, User]:
    """An application that waits for a decision, and its representative."""
    application, user = draft(committee, organisation, **answers)
    return applications.submit(application, by=user), user
