from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from temp_portal.accounts.enums import ScopeKind
from temp_portal.audit.holdings import holding, left_out
from temp_portal.documents.models import Document, Reading

holding(
    Document,
    organisation=["scope_id"],
    where=Q(scope_kind=ScopeKind.ORGANISATION),
    fields=["title", "kind", "name", "issued_on", "expires_on", "state", "uploaded_at", "withdrawn_at"],
    stays=_("A document is its organisation's, which withdraws it."),
)
left_out(Reading, "user", why=_("Who opened a document stays on record for its owner."))
