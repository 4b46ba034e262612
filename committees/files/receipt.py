"""The receipt of an application on one sheet: what was received when, and what happens next."""

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from committees.files.printing import SUFFIXES, download, letterhead, pdf
from committees.models import Application
from temp_portal.core.markup import date_text, moment_text


def write_receipt(application: Application) -> HttpResponse:
    """The sheet in the reader's language as a download called by the application's number."""
    language = get_language() or "en"
    organisation = application.organisation
    facts = [
        (_("Number"), str(application.number)),
        (_("Organisation"), getattr(organisation, f"name_{SUFFIXES[language]}") or organisation.legal_name),
        (_("Registered name"), organisation.legal_name),
        (_("Received on"), moment_text(application.submitted_at)),
        (_("Submitted by"), str(application.submitted_by)),
    ]
    if application.due_on:
        facts.append((_("Decision due on"), date_text(application.due_on)))
    content = letterhead(application.committee, [language]) | {
        "title": [_("Receipt of an application for membership")],
        "facts": facts,
        "paragraphs": [
            _(
                "The committee has received the application. It tells you as soon as it has decided, or if anything is "
                "missing."
            ),
            _("You can withdraw the application until it is decided."),
        ],
    }
    return download(pdf("receipt", content), "application/pdf", f"{application.number}.pdf")
