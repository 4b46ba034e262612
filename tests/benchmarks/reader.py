"""A signed-in reader who asks the portal without a socket in between: the whole application, nothing else."""

import io
import sys
from http import HTTPStatus
from typing import Any

from django.contrib.auth import get_user_model
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

HANDLER = WSGIHandler()

ADMIN = "bench-admin@example.org"


def administrator() -> Any:
    """The account that opens the peers' pages."""
    users = get_user_model()
    found = users.objects.filter(email=ADMIN).first()
    return found or users.objects.create_superuser(ADMIN, "benchmarks only", name="Bench")


class Reader:
    """Reads pages as one user of the current database."""

    def __init__(self, user: Any) -> None:
        client = Client()
        client.force_login(user)
        self.cookie = f"sessionid={client.cookies['sessionid'].value}"

    def get(self, address: str) -> bytes:
        """The body of a page. Raises RuntimeError for any status but 200."""
        path, _, query = address.partition("?")
        statuses: list[str] = []
        response = HANDLER(self._environ(path, query), lambda status, _headers: statuses.append(status))
        try:
            body = b"".join(response)
        finally:
            response.close()
        if not statuses[0].startswith(str(HTTPStatus.OK.value)):
            raise RuntimeError(f"{address} answers {statuses[0]}")
        return body

    def _environ(self, path: str, query: str) -> dict[str, Any]:
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1",
            "HTTP_ACCEPT": "*/*",
            "HTTP_COOKIE": self.cookie,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
