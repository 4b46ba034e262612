import pytest

from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.documents.scopes import Scope
from tests.factories import OrganisationFactory, user_with


@pytest.fixture
def firm(db):
    return OrganisationFactory.create(legal_name="Altay Rail")


@pytest.fixture
def scope(firm):
    return Scope(ScopeKind.ORGANISATION, firm.pk)


@pytest.fixture
def representative(firm):
    return user_with(Role.REPRESENTATIVE, firm)


@pytest.fixture
def stranger(db):
    """Represents another organisation."""
    return user_with(Role.REPRESENTATIVE, OrganisationFactory.create())
