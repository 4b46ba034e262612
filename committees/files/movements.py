"""What changed on a roster, as PDF."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from committees.files import tables
from committees.files.printing import download, letterhead, pdf
from temp_portal.core.lists import FileFormat
from temp_portal.core.markup import date_text


def write_pdf(view: Any) -> HttpResponse:
    """The rows and columns on screen under the balance of these days."""
    columns, values = view.get_values()
    heads = [[str(column.label)] for column in columns]
    rows = [[[tables.text(value)] for value in row] for row in values]
    place = [column.name for column in columns].index("organisation")
    for row, movement in zip(rows, view.get_sorted(), strict=True):
        organisation = movement.seat.organisation
        row[place] = list(dict.fromkeys([str(organisation), organisation.legal_name]))
    sums = view.balance
    proof = _("%(opening)s + %(joined)s − %(left)s = %(closing)s members") % {
        "opening": sums.opening,
        "joined": sums.joined,
        "left": sums.left,
        "closing": sums.closing,
    }
    facts = [
        (_("Days"), f"{date_text(view.span.first)} – {date_text(view.span.last)}"),
        (_("Membership"), proof),
        *tables.filters_in_words(view),
    ]
    content = letterhead(view.committee, [get_language() or "en"]) | {
        "title": [_("What changed")],
        "facts": facts,
        **tables.layout(heads, rows),
    }
    return download(pdf("table", content), "application/pdf", f"{view.get_filename()}.pdf")


MOVEMENT_FILES = [FileFormat("pdf", ".pdf", gettext_lazy("Printed page (.pdf)"), write_pdf)]
