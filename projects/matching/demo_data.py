"""Demands and capabilities with prices, a resource with its capital, and matches on their way."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from members.demo_data.build import Firm
from members.models import Organisation
from projects.matching.enums import Instrument
from projects.matching.models import Capability, CapitalSource, Demand, Match, ResourceOffer
from projects.matching.workflows import listings, matches
from temp_portal.accounts.models import User
from temp_portal.core.demo import World

#: English, Chinese, Russian, HS code of 2022, unit, price in US dollars.
PRODUCTS: Final = [
    ("Solar panels, 550 W", "550瓦光伏组件", "Солнечные панели 550 Вт", "854143", "piece", 78),
    ("Lithium batteries for storage", "储能锂电池", "Литиевые аккумуляторы для хранения", "850760", "piece", 2400),
    ("Drip irrigation tape", "滴灌带", "Лента для капельного орошения", "391732", "m", 1),
    ("Aluminium foil, 12 micrometres", "12微米铝箔", "Алюминиевая фольга 12 мкм", "760711", "t", 3900),
    ("Container reach stackers", "集装箱正面吊", "Контейнерные ричстакеры", "842720", "piece", 310000),
    ("Ultrasound scanners", "超声诊断仪", "Аппараты УЗИ", "901812", "piece", 9800),
]
PLACES: Final = [
    ("KZ", "Solar park near Karaganda"),
    ("UZ", "Orchards of the Fergana Valley"),
    ("KG", "Regional hospital in Naryn"),
    ("TJ", "Dry port of Khujand"),
]


def load(world: World) -> None:
    """Write what firms need and can make, and lead some of it through the workflows."""
    firms: list[Firm] = world.made["firms"]
    user: User = world.made["users"]["secretary2@example.org"]
    own, abroad = (world.made[f"firm_of_{name}@example.org"] for name in ("enterprise", "enterprise-kz"))
    makers = [own.organisation, *(firm.organisation for firm in firms[3:20:3])]
    buyers = [abroad.organisation, *(firm.organisation for firm in firms[-4:])]
    capabilities = [_capability(world, product, maker, user) for product, maker in zip(PRODUCTS, makers, strict=False)]
    demands = [
        _demand(world, product, buyers[number % len(buyers)], PLACES[number % len(PLACES)], user)
        for number, product in enumerate(PRODUCTS)
    ]
    _matches(world, list(zip(demands, capabilities, strict=True)), user)
    _resource(world, buyers[0], user)


def _capability(world: World, product: tuple[Any, ...], maker: Organisation, user: User) -> Capability:
    price, least = Decimal(product[5]), Decimal(world.chance.choice([10, 50, 100]))
    made = Capability(
        **_named(product),
        organisation=maker,
        capacity=least * world.chance.randrange(500, 2000),
        minimum_order=least,
        lead_days=world.chance.randrange(30, 120),
        certificates="ISO 9001; ISO 14001",
        countries=world.chance.sample(["KZ", "UZ", "KG", "TJ", "RU", "BY"], 4),
        regions="Central Asia",
    )
    prices = [(least, price), (least * 10, price * Decimal("0.95")), (least * 100, price * Decimal("0.9"))]
    return listings.move(listings.save(made, by=user, price_breaks=prices), "publish", by=user)


def _demand(world: World, product: tuple[Any, ...], buyer: Organisation, place: tuple[str, str], user: User) -> Demand:
    made = Demand(
        **_named(product),
        organisation=buyer,
        country=place[0],
        point=place[1],
        scenario="Replaces imports by road; service on site within two days is wanted.",
        quantity=Decimal(world.chance.randrange(200, 4000)),
        target_price=Decimal(product[5]) * Decimal(world.chance.choice(["0.9", "1", "1.1"])),
        deadline=world.today + timedelta(days=world.chance.randrange(60, 300)),
    )
    return listings.move(listings.save(made, by=user), "publish", by=user)


def _named(product: tuple[Any, ...]) -> dict[str, Any]:
    names = dict(zip(("product_en", "product_zh_hans", "product_ru", "hs_code", "unit"), product[:5], strict=True))
    return names | {"currency": "USD"}


def _matches(world: World, pairs: list[tuple[Demand, Capability]], user: User) -> None:
    """One waits, one is introduced, one quoted, one contracted; the rest is suggested by itself."""
    introduced, contracted, quoted, waiting = pairs[:4]
    day = world.today - timedelta(days=40)
    matches.suggest(*waiting, by=user)
    matches.introduce_now(*introduced, by=user, effective_on=day)
    _quoted(*quoted, day, user)
    match = _quoted(*contracted, day, user)
    matches.contract(
        match,
        by=user,
        effective_on=day + timedelta(days=30),
        value=Decimal(480_000),
        currency="USD",
        document="Supply contract no. 17",
        committee=next(each for each in world.made["committees"] if each.slug == "new-energy-equipment"),
        code="TEMP-M001",
    )


def _quoted(demand: Demand, capability: Capability, day: date, user: User) -> Match:
    match = matches.introduce_now(demand, capability, by=user, effective_on=day)
    price = capability.price_breaks.all()[1].price
    return matches.quote(match, by=user, effective_on=day + timedelta(days=12), price=price, currency="USD")


def _resource(world: World, owner: Organisation, user: User) -> None:
    bank = next(f.organisation for f in world.made["institutions"] if f.organisation.kind == "financial_institution")
    source = CapitalSource(
        organisation=bank,
        instrument=Instrument.LOAN,
        amount_from=Decimal(5_000_000),
        amount_to=Decimal(60_000_000),
        currency="USD",
        conditions="Up to ten years, with export insurance.",
    )
    source = listings.move(listings.save(source, by=user), "publish", by=user)
    offer = ResourceOffer(
        organisation=owner,
        country="KZ",
        resource="Copper ore, open pit",
        reserve=Decimal(12_000_000),
        unit="t",
        licence="Subsoil use contract of 2024",
    )
    offer = listings.move(listings.save(offer, by=user), "publish", by=user)
    listings.link(offer, by=user, capital_source=source, project=None)
