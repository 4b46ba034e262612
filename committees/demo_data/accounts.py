"""One account for each role."""

from allauth.account.models import EmailAddress

from committees.models import Committee
from members.demo_data.build import Firm
from members.models import Person, Representative
from temp_portal.accounts.enums import SCOPE_OF_ROLE, Role
from temp_portal.accounts.models import RoleGrant, User
from temp_portal.core.db import date_range
from temp_portal.core.demo import Account, World

ACCOUNTS = [
    Account("secretary@example.org", "Yan Lan", "secretary of the Aluminium and Mineral Resources committees"),
    Account("secretary2@example.org", "Du Heng", "secretary of all other committees"),
    Account("chair@example.org", "Chen Liheng", "chair of the Aluminium committee"),
    Account("staff@example.org", "Guo Min", "Secretariat staff: registry, imports, reports"),
    Account("reviewer@example.org", "Tang Wei", "second pair of eyes on ownership"),
    Account("leader@example.org", "Shi Yuan", "Director-General: reads all, approves, signs"),
    Account("district@example.org", "Bai Qing", "officer of a district"),
    Account("enterprise@example.org", "Song Yutong", "representative of an enterprise from China"),
    Account("enterprise-kz@example.org", "Алия Сейтова", "representative of an enterprise from Kazakhstan"),
    Account("admin@example.org", "Administrator", "administrator: the administration site as well"),
]
LANGUAGES = {"enterprise@example.org": "zh-hans", "enterprise-kz@example.org": "ru"}
PLATFORM_ROLES = {
    "staff@example.org": Role.STAFF,
    "reviewer@example.org": Role.REVIEWER,
    "leader@example.org": Role.LEADER,
    "admin@example.org": Role.ADMINISTRATOR,
}
FIRST_SECRETARY = {"aluminium", "mineral-resources"}


def create_users() -> dict[str, User]:
    """Create the accounts with verified addresses, by address."""
    users = {}
    for account in ACCOUNTS:
        admin = account.email.startswith("admin")
        user = User.objects.create_user(
            account.email,
            account.password,
            name=account.name,
            language=LANGUAGES.get(account.email, "en"),
            is_staff=admin,
            is_superuser=admin,
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        users[account.email] = user
    return users


def grant_roles(world: World, users: dict[str, User], committees: list[Committee]) -> None:
    """Give every account the role it shows."""
    grants = [_grant(world, users[email], role) for email, role in PLATFORM_ROLES.items()]
    for committee in committees:
        first = committee.slug in FIRST_SECRETARY
        secretary = users["secretary@example.org" if first else "secretary2@example.org"]
        grants.append(_grant(world, secretary, Role.SECRETARY, committee.pk))
        if committee.slug == "aluminium":
            grants.append(_grant(world, users["chair@example.org"], Role.CHAIR, committee.pk))
    district = next(f for f in world.made["institutions"] if f.organisation.kind == "local_government")
    grants.append(_grant(world, users["district@example.org"], Role.DISTRICT_OFFICER, district.organisation.pk))
    for email, country in (("enterprise@example.org", "CN"), ("enterprise-kz@example.org", "KZ")):
        grants.append(_represent(world, users[email], country))
    RoleGrant.objects.bulk_create(grants)


def _grant(world: World, user: User, role: Role, scope_id: int | None = None) -> RoleGrant:
    valid = date_range(world.start)
    return RoleGrant(user=user, role=role, scope_kind=SCOPE_OF_ROLE[role], scope_id=scope_id, valid=valid)


def _represent(world: World, user: User, country: str) -> RoleGrant:
    firms: list[Firm] = world.made["firms"]
    firm = next(f for f in firms if f.organisation.country.code == country and f.facts[0].verified_at)
    person = Person.objects.create(name=user.name, user=user, email=user.email)
    Representative.objects.create(person=person, organisation=firm.organisation, valid=date_range(world.start))
    world.made[f"firm_of_{user.email}"] = firm
    return _grant(world, user, Role.REPRESENTATIVE, firm.organisation.pk)
