"""For which of several organisations somebody acts at the moment. Chosen in the header, kept in the session."""

from typing import Final

from django.http import HttpRequest

from members.models import Organisation
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.accounts.permissions import signed_in

KEY: Final = "acting_for"


def own_ids(user: User) -> list[int]:
    """Ids of the organisations that the user represents today, in the order of the grants."""
    grants = [grant for grant in user.live_grants if grant.role == Role.REPRESENTATIVE]
    return [grant.scope_id for grant in sorted(grants, key=lambda each: each.pk) if grant.scope_id is not None]


def acting_for(request: HttpRequest) -> Organisation | None:
    """The chosen organisation, else the first one; None for who represents none. A choice never outlives the right."""
    own = own_ids(request.user) if signed_in(request.user) else []
    if not own:
        return None
    chosen = request.session.get(KEY)
    found: Organisation | None = Organisation.objects.filter(pk=chosen if chosen in own else own[0]).first()
    return found


def act_for(request: HttpRequest, organisation: Organisation) -> None:
    """Choose; the caller has seen to it that the user represents the organisation."""
    request.session[KEY] = organisation.pk
