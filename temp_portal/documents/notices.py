"""What people are told about their documents."""

from django.utils.translation import gettext_lazy as _

from temp_portal.documents import access
from temp_portal.documents.models import Document
from temp_portal.notifications.kinds import Context, Kind, register


def _facts(document: Document) -> Context:
    return {
        "title": document.title,
        "owner": access.names_of([document.scope])[document.scope],
        "expires_on": document.expires_on,
        "reason": document.refusal,
    }


OWNER = (_("Owner"), "owner")

register(
    Kind(
        "document_expires",
        label=_("A document expires soon"),
        subject=_("“%(title)s” is valid until %(expires_on)s"),
        body=_("After that day it no longer counts as evidence. Upload the newer version on the document's page."),
        details=(OWNER, (_("Valid until"), "expires_on")),
        context=_facts,
    ),
    Kind(
        "document_refused",
        label=_("A document was refused"),
        subject=_("“%(title)s” was refused"),
        body=_("The file was removed. The reason is given below; upload another file in its place."),
        details=((_("Reason"), "reason"), OWNER),
        context=_facts,
        switchable=False,
    ),
)
