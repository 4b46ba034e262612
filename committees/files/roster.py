"""The roster on paper: as a table in one or two languages, as a sheet to be signed, as name cards; and as contacts."""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from committees.enums import PositionCode
from committees.files import tables
from committees.files.printing import SUFFIXES, download, letterhead, names, pdf
from committees.files.vcards import address_book
from members.models import Person, Representative
from temp_portal.audit.readings import read
from temp_portal.core.lists import FileFormat
from temp_portal.core.markup import date_text
from temp_portal.core.tabular.export import ExportColumn

#: Parameter that names the second language of a file.
BESIDE: Final = "with"
PDF: Final = "application/pdf"


def languages(request: HttpRequest) -> list[str]:
    """The reader's language, and the one asked for beside it."""
    own = get_language() or "en"
    asked = request.GET.get(BESIDE, "")
    return [own, asked] if asked in SUFFIXES and asked != own else [own]


def two_languages(request: HttpRequest) -> list[str]:
    """The reader's language and the one asked for beside it, else Chinese, else English."""
    found = languages(request)
    return found if len(found) > 1 else [*found, "en" if found == ["zh-hans"] else "zh-hans"]


def write_pdf(view: Any) -> HttpResponse:
    """The rows and columns on screen; with a second language, every word of them in both."""
    committee, (own, *others) = view.committee, languages(view.request)
    heads = [tables.in_languages(column.label, [own, *others]) for column in view.get_export_columns()]
    found = _rows(view, own)
    rows = tables.beside(found, _rows(view, others[0], only_words=True) if others else found)
    content = letterhead(committee, [own, *others]) | {
        "title": tables.in_languages(gettext_lazy("Roster"), [own, *others]),
        "facts": [
            (_("As of"), date_text(view.as_of.day)),
            (_("Entries"), str(len(rows))),
            *tables.filters_in_words(view),
        ],
        **tables.layout(heads, rows),
    }
    return download(pdf("table", content), PDF, f"{view.get_filename()}.pdf")


def _rows(view: Any, language: str, *, only_words: bool = False) -> list[list[str]]:
    twin = copy(view)
    twin.__dict__.pop("filterset", None)  # its rows are annotated in the language of the page
    with translation.override(language):
        columns = [_named(column, language) for column in twin.get_export_columns()]
        return tables.rows_of(twin.get_ordered(), columns, only_words=only_words)


def _named(column: ExportColumn, language: str) -> ExportColumn:
    """On paper an organisation stands under its name in the language, which no table that is read back can have."""
    if column.name != "organisation":
        return column
    own = NullIf(F(f"seat__organisation__name_{SUFFIXES[language]}"), Value(""))
    return ExportColumn(column.name, column.label, Coalesce(own, "seat__organisation__legal_name"))


def write_attendance(view: Any) -> HttpResponse:
    """A sheet on which the representatives sign: number, organisation, representative, signature."""
    spoken = two_languages(view.request)
    content = letterhead(view.committee, spoken) | {
        "title": tables.in_languages(gettext_lazy("Attendance sheet"), spoken),
        "facts": [(_("Roster as of"), date_text(view.as_of.day)), *tables.filters_in_words(view)],
        "blanks": [_("Meeting"), _("Place"), _("Day and time")],
        "heads": [
            tables.in_languages(label, spoken)
            for label in (
                gettext_lazy("No."),
                gettext_lazy("Organisation"),
                gettext_lazy("Representative"),
                gettext_lazy("Signature"),
            )
        ],
        "rows": [
            [organisation_names(period, spoken), person_names(period.representative)] for period in view.get_ordered()
        ],
    }
    return download(pdf("attendance", content), PDF, f"{view.get_filename()}-attendance.pdf")


def write_cards(view: Any) -> HttpResponse:
    """Name cards of the representatives, ten on a page; a member without one gets a card of the organisation."""
    spoken = two_languages(view.request)
    content = {
        "cards": [
            {
                "person": person_names(period.representative),
                "organisation": organisation_names(period, spoken),
                "office": office(period),
                "committee": names(period.seat.committee, spoken),
            }
            for period in view.get_ordered()
        ]
    }
    return download(pdf("cards", content), PDF, f"{view.get_filename()}-cards.pdf")


def write_contacts(view: Any) -> HttpResponse:
    """Representatives with their contacts, for those who may see them."""
    if not view.request.user.has_perm("committees.view_contacts", view.committee):
        raise PermissionDenied
    periods = [period for period in view.get_ordered() if period.representative_id is not None]
    read(Person, [each.representative_id for each in periods], by=view.request.user, place=view.request.path)
    content = address_book(periods, posts=_posts(periods, view.as_of.day), category=str(view.committee))
    return download(content, "text/vcard; charset=utf-8", f"{view.get_filename()}.vcf")


def _posts(periods: Sequence[Any], day: Any) -> dict[tuple[int, int], str]:
    """The post that a person holds in an organisation on the day. One query."""
    people = {period.representative_id for period in periods}
    held = Representative.objects.live(day).filter(person__in=people).values_list("person", "organisation", "post")
    return {(person, organisation): post for person, organisation, post in held}


def organisation_names(period: Any, spoken: list[str]) -> list[str]:
    """The organisation's names in these languages, the registered one where that is all there is."""
    organisation = period.seat.organisation
    found = names(organisation, spoken, fallback=organisation.legal_name)
    return found if len(found) > 1 else list(dict.fromkeys([*found, organisation.legal_name]))


def person_names(person: Any) -> list[str]:
    """The name as the person writes it, and in Latin letters where that differs."""
    return [] if person is None else list(dict.fromkeys(filter(None, [person.name, person.name_latin])))


def office(period: Any) -> str:
    """The offices held; for members without one, what kind of member it is."""
    offices = [str(appointment.position) for appointment in period.seat.offices]
    without = PositionCode.UNIT_MEMBER if period.voting else PositionCode.OBSERVER
    return ", ".join(offices) or str(without.label)


def _reads_another(code: str) -> Callable[[HttpRequest], bool]:
    return lambda _request: get_language() != code


def _printed_rosters() -> Iterable[FileFormat]:
    yield FileFormat("pdf", ".pdf", gettext_lazy("Printed roster (.pdf)"), write_pdf)
    for code, label in (
        ("en", gettext_lazy("Printed roster, also in English (.pdf)")),
        ("zh-hans", gettext_lazy("Printed roster, also in Chinese (.pdf)")),
        ("ru", gettext_lazy("Printed roster, also in Russian (.pdf)")),
    ):
        yield FileFormat("pdf", ".pdf", label, write_pdf, query=f"{BESIDE}={code}", offered=_reads_another(code))


ROSTER_FILES: Final = [
    *_printed_rosters(),
    FileFormat("attendance", "-attendance.pdf", gettext_lazy("Attendance sheet (.pdf)"), write_attendance),
    FileFormat("cards", "-cards.pdf", gettext_lazy("Name cards (.pdf)"), write_cards),
    FileFormat("vcf", ".vcf", gettext_lazy("Contacts for an address book (.vcf)"), write_contacts),
]
