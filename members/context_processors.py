"""The switch in the header for people who represent several organisations."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from members.acting import acting_for, own_ids
from members.models import Organisation
from temp_portal.accounts.permissions import signed_in


def acting(request: HttpRequest) -> dict[str, Any]:
    """`acting`: the organisation acted for and all own ones; only for who has a choice, others cost no query."""
    user = getattr(request, "user", None)
    if user is None or not signed_in(user) or len(own_ids(user)) < 2:
        return {}
    return {"acting": SimpleLazyObject(lambda: _choice(request))}


def _choice(request: HttpRequest) -> dict[str, Any]:
    own = Organisation.objects.represented_by(request.user).order_by("legal_name", "pk")
    return {"current": acting_for(request), "organisations": list(own)}
