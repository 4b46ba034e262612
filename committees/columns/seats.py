"""Columns of rosters. The rows are SeatPeriods annotated by `with_roster`, for ROSTER also by `with_last_change`."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from committees.enums import ChainRole, FunctionalRole, PositionCode, SeatExit, Sector, Standing
from committees.models import Committee
from committees.workflows.cells import row_version
from members.enums import OwnershipGroup, OwnershipType
from temp_portal.core.db import label_of
from temp_portal.core.lists import Column, Edit, Sheet, cells
from temp_portal.core.lists.getters import getter
from temp_portal.core.lists.values import Values, bound, remembered
from temp_portal.core.markup import own_mark, status_tag, time_tag

STANDING_TONES = {Standing.SITTING: "ok", Standing.SUSPENDED: "warn", Standing.LEFT: ""}
#: Types whose own word says more than their group's.
NAMED_TYPES = (OwnershipType.HMT, OwnershipType.OVERSEAS)
ORGANISATION = "seat__organisation__legal_name"
_ORGANISATION_PAGE = cells.Address("members:organisation", ["seat.organisation_id"])


def ownership(kind: str | None, group: str) -> object:
    """The group's mark; firms registered abroad, and Hong Kong, Macao and Taiwan capital, in their own word."""
    return own_mark(group, capfirst(OwnershipType(kind).label) if kind in NAMED_TYPES else None)


def position() -> Callable[..., object]:
    """The offices held, in bold, with who holds them for the member; members and observers without one in plain."""
    member, observer = str(PositionCode.UNIT_MEMBER.label), str(PositionCode.OBSERVER.label)

    def cell(offices: list[dict[str, Any]] | None, voting: bool, representative: int | None) -> object:
        return _offices(offices, representative) if offices else member if voting else observer

    return cell


def _offices(offices: list[dict[str, Any]], representative: int | None) -> object:
    titles = ", ".join(office["title"] for office in offices)
    people = {office["name"] for office in offices if office["person"] not in (None, representative)}
    under = format_html('<span class="sub">{}</span>', ", ".join(people)) if people else ""
    return format_html("<strong>{}</strong>{}", titles, under)


def representative(period: Any) -> object:
    """The representative of those days, with the name in Latin letters under it."""
    person = period.representative
    return person if person is None else named_person(str(person), person.name_latin)


def named_person(name: str | None, latin: str | None) -> object:
    """A name, with that in Latin letters under it."""
    if latin in (None, "", name):
        return name
    return format_html('{}<span class="sub">{}</span>', name, latin)


def standing(state: str, ended_as: str) -> object:
    """Sitting, suspended, or left with the way it ended."""
    word = SeatExit(ended_as).label if state == Standing.LEFT else Standing(state).label
    return status_tag(STANDING_TONES[Standing(state)], capfirst(word))


def last_change(period: Any) -> object:
    """The day on which something of the seat was recorded last, and by whom."""
    day = localtime(period.changed_at).date()
    return format_html('{}<span class="sub">{}</span>', time_tag(day), period.changed_by or "")


def office_held(period: Any) -> str | None:
    """The office as its cell is edited: "" for none, None where there are several to choose from."""
    offices = period.seat.offices
    if len(offices) > 1:
        return None
    return str(offices[0].position_id) if offices else ""


def sheet_of(committee: Committee) -> Sheet:
    """Where the cells of the committee's roster are sent. A seat that has ended is only read."""
    address = reverse("committees:cell", args=[committee.slug, 0])

    def url(period: Any) -> str | None:
        return None if period.seat.has_ended else address.replace("/0/", f"/{period.seat_id}/")

    return Sheet(url, lambda period: period.seat_id, row_version)


def _organisation(link: str, to: cells.Address) -> Column:
    path = "seat.organisation"
    return Column(
        "organisation",
        _("Organisation"),
        cells.name(path, native="legal_name", link=link, to=to, none=[f"{path}.merged_into_id"]),
        sort=(ORGANISATION,),
        export=ORGANISATION,
        row_header=True,
    )


def named_then(columns: Sequence[Column], *, link: str) -> list[Column]:
    """The columns for a past day, on which organisations stand under the name of then; see `with_names_of`."""
    cell = cells.name("named", native="legal_name", link=link)
    return [replace(each, cell=cell) if each.name == "organisation" else each for each in columns]


def _country(*, default: bool) -> Column:
    return Column(
        "country",
        _("Country"),
        cells.country("seat.organisation.country"),
        sort=("seat__organisation__country", ORGANISATION),
        export="seat__organisation__country",
        default=default,
    )


_NAMES = [
    Column(
        f"name_{suffix}",
        label,
        cells.text(f"seat.organisation.name_{suffix}"),
        export=f"seat__organisation__name_{suffix}",
        default=False,
    )
    for suffix, label in (
        ("en", _("Name in English")),
        ("zh_hans", _("Name in Chinese")),
        ("ru", _("Name in Russian")),
    )
]
_OWNERSHIP = Column(
    "ownership",
    _("Ownership"),
    remembered(ownership, "ownership_type", "ownership_group"),
    sort=("ownership_rank", ORGANISATION),
    export=label_of("ownership_group", OwnershipGroup),
)
_ROLE = Column(
    "role",
    _("Functional role"),
    cells.choice("functional_role", choices=FunctionalRole),
    sort=("functional_role", ORGANISATION),
    export="functional_role",
    edit=Edit("functional_role", getter("functional_role")),
)
_CHAIN = Column(
    "chain",
    _("Chain role"),
    cells.choice("chain_role", choices=ChainRole),
    sort=("chain_role", ORGANISATION),
    export="chain_role",
    edit=Edit("chain_role", getter("chain_role")),
)
_POSITION = Column(
    "position",
    _("Position"),
    bound(position, "office_list", "voting", "representative_id"),
    sort=("office_rank", ORGANISATION),
    export="office_titles",
    edit=Edit("position", office_held),
)
_SINCE = Column(
    "since",
    _("Member since"),
    cells.date("member_since"),
    sort=("member_since", ORGANISATION),
    export="member_since",
    numeric=True,
)

PUBLIC_ROSTER = [
    _organisation("seat.organisation.get_absolute_url", _ORGANISATION_PAGE),
    *_NAMES,
    _country(default=True),
    _OWNERSHIP,
    _ROLE,
    _POSITION,
    _SINCE,
]
ROSTER = [
    _organisation("seat.get_absolute_url", cells.Address("committees:seat", ["seat.committee.slug", "seat_id"])),
    *_NAMES,
    _OWNERSHIP,
    _country(default=False),
    _ROLE,
    _CHAIN,
    _POSITION,
    Column(
        "representative",
        _("Representative"),
        Values(
            ["representative.name", "representative.name_latin"],
            lambda: named_person,
            representative,
            ["representative.merged_into_id", "representative.erased_at"],
        ),
        sort=("representative__name",),
        export="representative__name",
        edit=Edit("representative", lambda period: str(period.representative_id or "")),
    ),
    _SINCE,
    Column(
        "until",
        _("Member until"),
        cells.date("member_until"),
        sort=("member_until", ORGANISATION),
        export="member_until",
        default=False,
        numeric=True,
    ),
    Column(
        "standing",
        _("State"),
        remembered(standing, "standing", "exit"),
        sort=("standing", ORGANISATION),
        export=label_of("standing", Standing),
    ),
    Column(
        "voting",
        _("Voting"),
        cells.yes_no("voting", _("Yes"), _("No")),
        sort=("voting", ORGANISATION),
        export="voting",
        default=False,
        edit=Edit("voting", lambda period: "yes" if period.voting else "no"),
    ),
    Column("document", _("Decision document"), cells.text("document"), export="document", default=False),
    Column(
        "evidence",
        _("Ownership evidence"),
        cells.date("evidence_on"),
        sort=("evidence_on", ORGANISATION),
        export="evidence_on",
        default=False,
        numeric=True,
    ),
    Column(
        "changed",
        _("Last change"),
        last_change,
        sort=("changed_at",),
        export="changed_at",
    ),
]

#: Rosters of all committees in one list.
ALL_SEATS = [
    _organisation("seat.organisation.get_absolute_url", _ORGANISATION_PAGE),
    *_NAMES,
    Column(
        "committee",
        _("Committee"),
        cells.name(
            "seat.committee",
            link="seat.committee.get_absolute_url",
            to=cells.Address("committees:committee", ["seat.committee.slug"]),
        ),
        export="seat__committee__name_en",
    ),
    Column(
        "committee_address",
        _("Address of the committee"),
        cells.text("seat.committee.slug"),
        export="seat__committee__slug",
        default=False,
    ),
    Column(
        "sector",
        _("Sector"),
        cells.choice("seat.committee.sector", choices=Sector),
        export="seat__committee__sector",
        default=False,
    ),
    _country(default=True),
    Column(
        "region",
        _("Region"),
        cells.text("seat.organisation.region"),
        export="seat__organisation__region",
        default=False,
    ),
    Column("city", _("City"), cells.text("seat.organisation.city"), export="seat__organisation__city", default=False),
    Column(
        "registered_on",
        _("Registered on"),
        cells.date("seat.organisation.registered_on"),
        export="seat__organisation__registered_on",
        default=False,
    ),
    *(column for column in ROSTER[len(_NAMES) + 1 :] if column.name not in ("country", "changed")),
]
