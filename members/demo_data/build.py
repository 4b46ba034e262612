from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from members.demo_data import numbers, words
from members.enums import OrganisationKind, OwnershipType
from members.models import Consent, Identifier, Organisation, Ownership, Person, Representative
from temp_portal.core.db import date_range
from temp_portal.core.demo import World
from temp_portal.core.search import search_key

# How many enterprises of each ownership type.
DOMESTIC = {
    OwnershipType.CENTRAL_SOE: 42,
    OwnershipType.LOCAL_SOE: 48,
    OwnershipType.PRIVATE: 140,
    OwnershipType.HMT: 12,
    OwnershipType.FOREIGN: 16,
    OwnershipType.COLLECTIVE: 4,
}
ABROAD_COUNT = 52
UNVERIFIED_SHARE = 0.03
RECLASSIFIED_SHARE = 0.05

CONTROLLERS = {
    OwnershipType.CENTRAL_SOE: "State-owned Assets Supervision and Administration Commission of the State Council",
    OwnershipType.LOCAL_SOE: "Municipal state-owned assets administration",
    OwnershipType.PRIVATE: "Natural persons",
    OwnershipType.HMT: "Holding company in Hong Kong, China",
    OwnershipType.FOREIGN: "Foreign parent company",
    OwnershipType.OVERSEAS: "Registered shareholders abroad",
    OwnershipType.COLLECTIVE: "Members' collective",
    OwnershipType.NON_ENTERPRISE: "",
}

INSTITUTIONS = [
    (
        "university",
        "渝州职业技术大学",
        "Yuzhou University of Applied Technology",
        "Юйчжоуский университет прикладных технологий",
    ),
    ("university", "西陵理工学院", "Xiling Institute of Technology", "Силинский технологический институт"),
    ("think_tank", "区域产业研究院", "Institute for Regional Industry", "Институт региональной промышленности"),
    ("think_tank", "国别风险研究中心", "Country Risk Research Centre", "Центр исследований страновых рисков"),
    ("association", "渝州市品牌促进会", "Yuzhou Brand Promotion Association", "Ассоциация развития брендов Юйчжоу"),
    (
        "association",
        "丝路青年企业家联谊会",
        "Silk Road Young Entrepreneurs' Society",
        "Общество молодых предпринимателей Шёлкового пути",
    ),
    ("local_government", "龙河区人民政府", "Longhe District Government", "Правительство района Лунхэ"),
    ("local_government", "碧泉县人民政府", "Biquan County Government", "Правительство уезда Бицюань"),
    (
        "financial_institution",
        "嘉陵洲跨境投资银行",
        "Jialingzhou Cross-Border Investment Bank",
        "Трансграничный инвестиционный банк Цзялинчжоу",
    ),
]


@dataclass
class Firm:
    """An organisation of the demonstration with what later modules want to know of it."""

    organisation: Organisation
    ownership: OwnershipType
    trade: tuple[str, str, str, str, str, str] | None = None
    person: Person | None = None
    facts: list[Ownership] = field(default_factory=list)


def load(world: World) -> None:
    """Write organisations with identifiers, ownership and people; leaves `firms` and `institutions` in the world."""
    firms = [*_domestic(world), *_abroad(world)]
    institutions = list(_institutions(world))
    everybody = [*firms, *institutions]
    _save_organisations(everybody)
    _save_identifiers(world, everybody)
    for firm in everybody:
        firm.facts = list(_ownership(world, firm))
    Ownership.objects.bulk_create([fact for firm in everybody for fact in firm.facts])
    _save_people(world, firms)
    world.made |= {"firms": firms, "institutions": institutions}


def _domestic(world: World) -> Iterator[Firm]:
    names = [(root, trade) for root in words.CHINESE_ROOTS for trade in words.TRADES]
    world.chance.shuffle(names)
    kinds = [kind for kind, count in DOMESTIC.items() for _ in range(count)]
    for kind, (root, trade) in zip(kinds, names, strict=False):
        group = kind in (OwnershipType.CENTRAL_SOE, OwnershipType.LOCAL_SOE)
        zh = f"{root[0]}{trade[0]}{'集团' if group else ''}有限公司"
        yield Firm(
            Organisation(
                legal_name=zh,
                legal_name_language="zh-hans",
                name_zh_hans=zh,
                name_en=f"{root[1]} {trade[1]} {'Group' if group else 'Co., Ltd.'}",
                name_ru=f"{'Группа' if group else 'ООО'} «{root[2]}», {trade[2]}",
                country="CN",
                region=world.chance.choice(words.REGIONS),
                industry_codes=_codes(trade),
                registered_on=world.day_between(date(1998, 1, 1), date(2019, 12, 31)),
            ),
            kind,
            trade,
        )


def _abroad(world: World) -> Iterator[Firm]:
    names = [
        (country, root, trade) for country, roots in words.ABROAD.items() for root in roots for trade in words.TRADES
    ]
    world.chance.shuffle(names)
    for country, (native, latin, chinese), trade in names[:ABROAD_COUNT]:
        native_form, latin_form = words.LEGAL_FORMS[country]
        russian = native if words.NATIVE_LANGUAGE[country] == "ru" else latin
        yield Firm(
            Organisation(
                legal_name=native_form.format(f"{native} {_native_trade(country, trade)}".strip()),
                legal_name_language=words.NATIVE_LANGUAGE[country],
                name_en=latin_form.format(f"{latin} {trade[1]}"),
                name_zh_hans=f"{chinese}{trade[0]}公司",
                name_ru=f"«{russian}», {trade[2]}",
                country=country,
                industry_codes=_codes(trade),
                registered_on=world.day_between(date(2001, 1, 1), date(2020, 12, 31)),
            ),
            OwnershipType.OVERSEAS,
            trade,
        )


def _native_trade(country: str, trade: tuple[str, str, str, str, str, str]) -> str:
    return {"RU": "", "IN": trade[1], "PK": trade[1]}.get(country, "")


def _institutions(world: World) -> Iterator[Firm]:
    for kind, zh, en, ru in INSTITUTIONS:
        yield Firm(
            Organisation(
                kind=OrganisationKind(kind),
                legal_name=zh,
                legal_name_language="zh-hans",
                name_zh_hans=zh,
                name_en=en,
                name_ru=ru,
                country="CN",
                region=world.chance.choice(words.REGIONS),
            ),
            OwnershipType.NON_ENTERPRISE,
        )


def _codes(trade: tuple[str, str, str, str, str, str]) -> list[dict[str, str]]:
    return [
        {"scheme": "GB/T 4754", "version": "2017", "code": trade[4]},
        {"scheme": "ISIC", "version": "4", "code": trade[5]},
    ]


def _save_organisations(firms: list[Firm]) -> None:
    for firm in firms:
        firm.organisation.search_key = search_key(*firm.organisation.all_names())
    Organisation.objects.bulk_create([firm.organisation for firm in firms])


def _save_identifiers(world: World, firms: list[Firm]) -> None:
    Identifier.objects.bulk_create(
        [
            Identifier(organisation=firm.organisation, scheme=scheme, value=value, is_primary=True, format_ok=ok)
            for firm in firms
            for scheme, value, ok in numbers.of(world.chance, firm.organisation)
        ]
    )


def _ownership(world: World, firm: Firm) -> Iterator[Ownership]:
    """Usually one fact; some were reclassified during the history, some nobody has verified yet."""
    since = firm.organisation.registered_on or date(2015, 1, 1)
    recorded = world.moment(world.start - timedelta(days=world.chance.randrange(5, 60)))
    unverified = firm.ownership != OwnershipType.NON_ENTERPRISE and world.chance.random() < UNVERIFIED_SHARE
    if firm.ownership == OwnershipType.PRIVATE and world.chance.random() < RECLASSIFIED_SHARE:
        day = world.day_between(world.start + timedelta(days=120), world.today - timedelta(days=30))
        yield _fact(firm, OwnershipType.PRIVATE, since, day, recorded)
        yield _fact(firm, OwnershipType.LOCAL_SOE, day, None, world.moment(day))
        return
    yield _fact(firm, firm.ownership, since, None, None if unverified else recorded)


def _controller(firm: Firm, kind: OwnershipType) -> str:
    """Who controls the firm in the end, told apart by firm: one owner of many would be one corporate group."""
    owner = CONTROLLERS[kind]
    return f"{owner} ({firm.organisation.name_en or firm.organisation.legal_name})" if owner else ""


def _fact(firm: Firm, kind: OwnershipType, since: date, until: date | None, verified: datetime | None) -> Ownership:
    recorded = verified or timezone.now()
    return Ownership(
        organisation=firm.organisation,
        type=kind,
        controller=_controller(firm, kind),
        evidence="Register extract",
        evidence_on=timezone.localdate(recorded),
        valid=date_range(since, until),
        recorded_at=recorded,
        verified_at=verified,
    )


def _save_people(world: World, firms: list[Firm]) -> None:
    for firm in firms:
        firm.person = _person(world, firm)
    people = [firm.person for firm in firms if firm.person]
    for person in people:
        person.search_key = search_key(*person.all_names())
    Person.objects.bulk_create(people)
    since = date_range(world.start)
    Representative.objects.bulk_create(
        [Representative(person=firm.person, organisation=firm.organisation, valid=since) for firm in firms]
    )
    consenting = [person for person in people if world.chance.random() < 0.5]
    Consent.objects.bulk_create(
        [
            Consent(
                person=person,
                purpose="publication",
                text_version="1",
                language="en",
                given_at=world.moment(world.start),
            )
            for person in consenting
        ]
    )


def _person(world: World, firm: Firm) -> Person:
    if firm.organisation.country.code == "CN":
        surname, given = world.chance.choice(words.SURNAMES), world.chance.choice(words.GIVEN)
        return Person(name=surname[0] + given[0], name_latin=f"{surname[1]} {given[1]}", languages=["zh-hans"])
    name, latin = world.chance.choice(words.FOREIGN_PEOPLE)
    return Person(name=name, name_latin=latin, languages=["ru", "en"])
