import pytest
from knox.models import AuthToken
from rest_framework.test import APIClient


@pytest.fixture
def api():
    """A client of the API; `api(user)` carries the user's token."""

    def client(user=None, **headers):
        made = APIClient()
        if user is not None:
            _token, value = AuthToken.objects.create(user)
            made.credentials(HTTP_AUTHORIZATION=f"Token {value}", **headers)
        return made

    return client
