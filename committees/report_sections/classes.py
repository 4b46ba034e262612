"""Under which rows a seat or an application is counted: the classes of ownership of T3 and T6 (domain brief §2, §8).

A class is the type of the ownership that was verified for the day, as known at the cut-off; without a verified one,
`unverified`. A seat without vote is an observer whatever its ownership: observers leave the denominator of every
percentage (domain brief §1) and so have a row of their own outside it. The vote of the seat decides this, not the title
of a position held.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from members.enums import OwnershipGroup, OwnershipType
from temp_portal.reports.sections import RowSpec, Style

UNVERIFIED: Final = "unverified"
OBSERVER: Final = "observer"

ENTERPRISES: Final = "enterprises"
ALL: Final = "all"
SUSPENDED: Final = "suspended"
ORGANISATIONS: Final = "organisations"

_FOREIGN: Final = {
    "foreign.hmt": OwnershipType.HMT,
    "foreign.funded": OwnershipType.FOREIGN,
    "foreign.overseas": OwnershipType.OVERSEAS,
}
_COUNTED: Final[dict[str, tuple[str, ...]]] = {
    "central": (OwnershipType.CENTRAL_SOE,),
    "local": (OwnershipType.LOCAL_SOE,),
    "private": (OwnershipType.PRIVATE,),
    "foreign": tuple(_FOREIGN.values()),
}
_OUTSIDE: Final[dict[str, tuple[str, ...]]] = {
    "collective": (OwnershipType.COLLECTIVE,),
    "non_enterprise": (OwnershipType.NON_ENTERPRISE,),
    "unverified": (UNVERIFIED,),
}
_ENTERPRISES: Final = tuple(kind for kinds in _COUNTED.values() for kind in kinds)

#: Classes that are added up in each row of T6.
APPLICANT_ROWS: Final[dict[str, tuple[str, ...]]] = {
    **_COUNTED,
    **{row: (kind,) for row, kind in _FOREIGN.items()},
    ENTERPRISES: _ENTERPRISES,
    **_OUTSIDE,
    ALL: (*_ENTERPRISES, *(kind for kinds in _OUTSIDE.values() for kind in kinds)),
}

#: Classes that are added up in each row of T3.
ROSTER_ROWS: Final[dict[str, tuple[str, ...]]] = APPLICANT_ROWS | {
    OBSERVER: (OBSERVER,),
    ALL: (*APPLICANT_ROWS[ALL], OBSERVER),
}

#: Rows whose share of the verified enterprises is shown.
SHARED_ROWS: Final = (*_COUNTED, *_FOREIGN, ENTERPRISES)

GROUP_ROWS: Final = tuple(_COUNTED)

#: What one record is counted as.
CLASS_LABELS: Final[Mapping[str, Any]] = {
    **{kind.value: kind.label for kind in OwnershipType},
    UNVERIFIED: OwnershipGroup.UNVERIFIED.label,
    OBSERVER: _("Observer, without vote"),
}

_HEAD: Final = (
    RowSpec("central", OwnershipGroup.CENTRAL.label, mark="central"),
    RowSpec("local", OwnershipGroup.LOCAL.label, mark="local"),
    RowSpec("private", OwnershipGroup.PRIVATE.label, mark="private"),
    RowSpec("foreign", OwnershipGroup.FOREIGN.label, mark="foreign"),
    RowSpec("foreign.hmt", _("Hong Kong, Macao, Taiwan"), Style.SUB),
    RowSpec("foreign.funded", _("Foreign-funded"), Style.SUB),
    RowSpec("foreign.overseas", _("Registered abroad"), Style.SUB),
    RowSpec(ENTERPRISES, _("Enterprises, verified"), Style.TOTAL),
    RowSpec("collective", OwnershipGroup.COLLECTIVE.label, Style.OUTSIDE, mark="collective"),
    RowSpec("non_enterprise", OwnershipGroup.NON_ENTERPRISE.label, Style.OUTSIDE, mark="non_enterprise"),
    RowSpec("unverified", OwnershipGroup.UNVERIFIED.label, Style.OUTSIDE, mark="unverified"),
)

APPLICANT_SPECS: Final = (*_HEAD, RowSpec(ALL, _("All applicants"), Style.TOTAL))
ROSTER_SPECS: Final = (
    *_HEAD,
    RowSpec(OBSERVER, _("Observers, without vote"), Style.OUTSIDE, mark="observer"),
    RowSpec(ALL, _("All members"), Style.TOTAL),
    RowSpec(SUSPENDED, _("of which suspended"), Style.MEMO),
    RowSpec(ORGANISATIONS, _("Distinct organisations"), Style.MEMO),
)
GROUP_SPECS: Final = (*_HEAD[:4], RowSpec(ENTERPRISES, _("Enterprises, verified"), Style.TOTAL))
