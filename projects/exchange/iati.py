"""Activities of IATI 2.03, one a project, written one after the other so that a file of any length needs no room.

Elements stand in the order of the standard's schema. Where it demands something that a project does not say, the file
says so: a sector "not specified", a start on the day of recording.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone

from projects.exchange.codes import (
    OWN_VOCABULARY,
    ROLE,
    SOURCE_TYPE,
    STATUS,
    TRANSACTION,
    VOCABULARY,
    organisation_type,
)
from projects.models import MoneyEvent, Participant, Project
from projects.precision import first_day_of, last_day_of

VERSION: Final = "2.03"
CONTENT_TYPE: Final = "application/xml; charset=utf-8"
#: Type of the reporting organisation: an international non-governmental one.
REPORTER_TYPE: Final = "21"
_LANGUAGES: Final = {"en": "en", "zh_hans": "zh", "ru": "ru"}
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_CRS: Final = "http://www.opengis.net/def/crs/EPSG/0/4326"
#: What XML 1.0 has no place for.
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_AT_ONCE: Final = 500
_WHOLE: Final = Decimal(100)
_CENT: Final = Decimal("0.01")


def activities(projects: Any, user: Any) -> Iterator[bytes]:
    """The file: every project of the queryset, with the money of those whose money the user may see."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    moment = timezone.now().isoformat(timespec="seconds")
    yield f'<iati-activities version="{VERSION}" generated-datetime="{moment}">\n'.encode()
    keys = projects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=_AT_ONCE)
    while some := list(islice(keys, _AT_ONCE)):
        open_books = set(Project.objects.filter(pk__in=some).money_visible_to(user).values_list("pk", flat=True))
        shown = set(Project.objects.visible_to(user).filter(parts__in=some).values_list("pk", flat=True))
        for project in _loaded(some):
            activity = _activity(project, money=project.pk in open_books, parents=shown)
            yield f"{tostring(activity, encoding='unicode')}\n".encode()
    yield b"</iati-activities>\n"


def _loaded(keys: Sequence[int]) -> Any:
    participants = Prefetch("participants", Participant.objects.select_related("organisation").order_by("id"))
    money = MoneyEvent.objects.in_force().select_related("payer_organisation", "receiver_organisation")
    return (
        Project.objects.filter(pk__in=keys)
        .order_by("pk")
        .select_related("lead", "parent")
        .prefetch_related("countries", "sites", participants, Prefetch("money_events", money, to_attr="money_in_force"))
    )


def _activity(project: Any, *, money: bool, parents: set[int]) -> Element:
    changed = project.changed_at or project.created_at
    activity = Element("iati-activity", {"last-updated-datetime": changed.isoformat(timespec="seconds"), _LANG: "en"})
    _child(activity, "iati-identifier", identifier(project))
    reporter = _child(activity, "reporting-org", ref=settings.IATI_REPORTING_ORG, type=REPORTER_TYPE)
    _narrative(reporter, "SCO TEMP")
    _texts(_child(activity, "title"), project, "title")
    _texts(_child(activity, "description", type="1"), project, "summary" if project.summary else "title")
    hosts = [row.country.code for row in project.countries.all()]
    _participants(activity, project, set(hosts))
    _child(activity, "activity-status", code=STATUS[project.stage])
    _dates(activity, project)
    _places(activity, project)
    _sector(activity, project)
    if money:
        for event in project.money_in_force:
            _transaction(activity, event)
    if project.parent_id in parents:
        _child(activity, "related-activity", ref=identifier(project.parent), type="1")
    return activity


def identifier(project: Project) -> str:
    """The activity's identifier: the reporter's, a hyphen, and the project's code."""
    return f"{settings.IATI_REPORTING_ORG}-{project.code}"


def _participants(activity: Element, project: Any, hosts: set[str]) -> None:
    rows = list(project.participants.all())
    for row in rows:
        if row.organisation is None:
            _party(activity, row.name, ROLE[row.role], SOURCE_TYPE.get(row.source_type, ""))
        else:
            _member(activity, row.organisation, ROLE[row.role], hosts)
    if project.lead is not None and project.lead_id not in {row.organisation_id for row in rows}:
        _member(activity, project.lead, "2", hosts)
    elif not rows:
        _party(activity, "SCO TEMP", "2", REPORTER_TYPE)


def _member(activity: Element, organisation: Any, role: str, hosts: set[str]) -> None:
    code = organisation_type(organisation, at_home=settings.PORTAL_COUNTRY, hosts=hosts)
    _party(activity, str(organisation), role, code)


def _party(activity: Element, name: str, role: str, code: str) -> None:
    attributes = {"type": code} if code else {}
    _narrative(_child(activity, "participating-org", **attributes, role=role), name)


def _dates(activity: Element, project: Any) -> None:
    """A year or month stands for its first day where something begins, for its last where something ends."""
    known = False
    for code, name in (("1", "start_planned"), ("2", "start_actual"), ("3", "end_planned"), ("4", "end_actual")):
        day, precision = getattr(project, name), getattr(project, f"{name}_precision")
        if day is None:
            continue
        exact = last_day_of(day, precision) if name.startswith("end") else first_day_of(day, precision)
        _date(activity, code, exact, "" if precision == "day" else f"Known to the {precision} only")
        known = known or code in ("1", "2")
    if not known:
        _date(activity, "1", timezone.localdate(project.created_at), "Not known: the day of recording")


def _date(activity: Element, code: str, day: date, said: str) -> None:
    element = _child(activity, "activity-date", **{"iso-date": day.isoformat()}, type=code)
    if said:
        _narrative(element, said)


def _places(activity: Element, project: Any) -> None:
    hosts = list(project.countries.all())
    for row, part in zip(hosts, _shares(hosts), strict=True):
        attributes = {"percentage": f"{part:f}"} if len(hosts) > 1 else {}
        _child(activity, "recipient-country", code=row.country.code, **attributes)
    if not hosts:
        _child(activity, "recipient-region", code="998", vocabulary="1")
    for site in project.sites.all():
        place = _child(activity, "location")
        _narrative(_child(place, "name"), site.name)
        _child(_child(place, "point", srsName=_CRS), "pos", f"{site.latitude} {site.longitude}")


def _shares(hosts: Sequence[Any]) -> list[Decimal]:
    """Percentages that make 100: those recorded, else equal ones with the rest on the first."""
    recorded = [row.share for row in hosts]
    if hosts and None not in recorded and sum(recorded) == _WHOLE:
        return recorded
    equal = (_WHOLE / max(len(hosts), 1)).quantize(_CENT, "ROUND_DOWN")
    return [_WHOLE - equal * (len(hosts) - 1), *[equal] * (len(hosts) - 1)][: len(hosts)]


def _sector(activity: Element, project: Any) -> None:
    if not project.sector_code:
        _child(activity, "sector", vocabulary="1", code="99810")
        return
    vocabulary, address = VOCABULARY.get(project.sector_scheme, OWN_VOCABULARY)
    attributes = {"vocabulary-uri": address} if address else {}
    sector = _child(activity, "sector", vocabulary=vocabulary, **attributes, code=project.sector_code)
    if project.sector_name:
        _narrative(sector, project.sector_name)


def _transaction(activity: Element, event: Any) -> None:
    code = TRANSACTION.get(event.kind)
    if code is None:
        return
    day = first_day_of(event.event_date, event.date_precision).isoformat()
    transaction = _child(activity, "transaction", ref=str(event.pk))
    _child(transaction, "transaction-type", code=code)
    _child(transaction, "transaction-date", **{"iso-date": day})
    _child(transaction, "value", f"{event.amount:f}", currency=event.currency, **{"value-date": day})
    for tag, party in (
        ("provider-org", event.payer_organisation or event.payer),
        ("receiver-org", event.receiver_organisation or event.receiver),
    ):
        if party:
            _narrative(_child(transaction, tag), str(party))
    if event.finance_type:
        _child(transaction, "finance-type", code=event.finance_type)


def _texts(parent: Element, project: Any, name: str) -> None:
    for suffix, language in _LANGUAGES.items():
        if text := getattr(project, f"{name}_{suffix}"):
            _narrative(parent, text, language)
    if not len(parent):
        _narrative(parent, getattr(project, name))


def _narrative(parent: Element, text: str, language: str = "") -> None:
    _child(parent, "narrative", text, **({_LANG: language} if language else {}))


def _child(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    element = SubElement(parent, tag, attributes)
    if text:
        element.text = _FORBIDDEN.sub("", text)
    return element
