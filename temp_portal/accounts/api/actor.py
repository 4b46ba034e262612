from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from temp_portal.accounts.models import User


def acting_user(request: Request) -> User:
    """Who sends the request. Raises NotAuthenticated (401) for a visitor."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user
