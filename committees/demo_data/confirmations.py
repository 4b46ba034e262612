"""This year's confirmations, most of them given; and a resignation that is announced."""

from datetime import date, timedelta

from committees.enums import ResignationState
from committees.models import Confirmation, ConfirmationRound, Resignation, Seat
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import RoleGrant, User
from temp_portal.core.demo import World

GIVEN = 0.8


def load(world: World, users: dict[str, User]) -> None:
    """Ask all who sit today; those of the demonstration's own enterprise have not answered yet."""
    own = set(
        RoleGrant.objects.filter(role=Role.REPRESENTATIVE, scope_kind=ScopeKind.ORGANISATION).values_list(
            "scope_id", flat=True
        )
    )
    opened = world.moment(max(date(world.today.year, 3, 1), world.today - timedelta(days=270)))
    asked = ConfirmationRound.objects.create(
        year=world.today.year, opened_at=opened, due_on=opened.date() + timedelta(days=60)
    )
    members = Seat.objects.sitting().order_by("organisation").values_list("organisation", flat=True).distinct()
    rows = [Confirmation(round=asked, organisation_id=each) for each in members]
    for row in rows:
        if row.organisation_id not in own and world.chance.random() < GIVEN:
            row.confirmed_at = world.moment(world.day_between(opened.date(), world.today))
            row.confirmed_by = users["enterprise@example.org"]
    Confirmation.objects.bulk_create(rows)
    leaving = Seat.objects.sitting().exclude(organisation__in=own).order_by("pk").first()
    if leaving is not None:
        Resignation.objects.create(
            seat=leaving,
            state=ResignationState.ANNOUNCED,
            effective_on=world.today + timedelta(days=40),
            reason="We give up this line of business.",
            announced_by=users["enterprise@example.org"],
        )
