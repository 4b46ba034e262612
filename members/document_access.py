"""What enterprises document, and what the owners of documents are called."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from members.models import Organisation
from temp_portal.accounts.enums import ScopeKind
from temp_portal.documents import access
from temp_portal.documents.kinds import DocumentKind, register

_OWN = ScopeKind.ORGANISATION


def _names(ids: Collection[int]) -> Mapping[int, str]:
    return {organisation.pk: organisation.own_name for organisation in Organisation.objects.filter(pk__in=ids)}


access.name_owners(ScopeKind.ORGANISATION, _names)
access.name_owners(ScopeKind.DISTRICT, _names)

register(
    DocumentKind("registration", _("Extract from the register of companies, or business licence"), _OWN),
    DocumentKind("charter", _("Charter or articles of association"), _OWN),
    DocumentKind("ownership", _("Evidence of ownership and of the actual controller"), _OWN),
    DocumentKind("authority", _("Power of attorney of the representative"), _OWN),
    DocumentKind("accounts", _("Annual accounts"), _OWN),
    DocumentKind("certificate", _("Certificate or licence for products and services"), _OWN),
    DocumentKind("profile", _("Company profile"), _OWN),
)
