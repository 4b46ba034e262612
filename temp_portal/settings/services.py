"""Where the data, the broker, the mail and the files are: settings built from the service addresses.

Each address is optional on one's own machine: without it the embedded servers (``temp_portal.core.embedded``) and a
private folder serve.
"""

import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, unquote

from temp_portal.core.embedded.layout import POSTGRES_PORT, Layout
from temp_portal.settings.env import env

POSTGRES_SCHEMES: Final = ("postgresql", "postgres")
REDIS_SCHEMES: Final = ("redis", "rediss", "unix")
EMAIL_SCHEMES: Final = ("smtp", "smtp+tls", "smtps")
STORAGE_SCHEMES: Final = ("file", "s3")
SCANNER_SCHEMES: Final = ("tcp", "unix")

Settings = dict[str, Any]


def embedded(layout: Layout) -> Layout | None:
    """Return the layout when the embedded servers are needed, None when real ones are named for both."""
    given = env.str("DATABASE_URL", None) and env.str("REDIS_URL", None)
    return None if given else layout


def databases(layout: Layout) -> dict[str, Settings]:
    """Return Django's DATABASES: ``default``, and ``replica`` when DATABASE_REPLICA_URL names one."""
    address = env.url("DATABASE_URL", None, schemes=POSTGRES_SCHEMES)
    found = {"default": _database(address) if address else _embedded_database(layout)}
    replica = env.url("DATABASE_REPLICA_URL", None, schemes=POSTGRES_SCHEMES)
    if replica:
        found["replica"] = _database(replica) | {"TEST": {"MIRROR": "default"}}
    return found


def _embedded_database(layout: Layout) -> Settings:
    # The password stays in libpq's own file, which the first start writes: settings can be read before that.
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "portal",
        "USER": "portal",
        "HOST": str(layout.sockets),
        "PORT": str(POSTGRES_PORT),
        "OPTIONS": {"passfile": str(layout.password_file)},
        **_connection(),
    }


def _database(address: SplitResult) -> Settings:
    options: dict[str, str] = dict(parse_qsl(address.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(address.path.lstrip("/")),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": options.pop("host", address.hostname or ""),
        "PORT": options.pop("port", str(address.port or "")),
        "OPTIONS": {"connect_timeout": "5"} | options,
        **_connection(),
    }


def _connection() -> Settings:
    return {"CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE", 60, minimum=0), "CONN_HEALTH_CHECKS": True}


def redis(layout: Layout, *, offset: int = 0) -> str:
    """Return the address of a database of Redis or Valkey as redis-py takes it.

    ``offset`` counts from the database that REDIS_URL names: 0 is the broker's, 1 the cache's.
    """
    address = env.url("REDIS_URL", None, schemes=REDIS_SCHEMES)
    if address is None:
        return f"unix://{layout.valkey_socket}?db={offset}"
    if address.scheme == "unix":
        return f"unix://{address.path}?db={_number(dict(parse_qsl(address.query)).get('db')) + offset}"
    return address._replace(path=f"/{_number(address.path.strip('/')) + offset}").geturl()


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def broker(layout: Layout, *, offset: int = 0) -> str:
    """Return the broker's address as Celery takes it."""
    address = redis(layout, offset=offset)
    if not address.startswith("unix://"):
        return address
    path, _, number = address.removeprefix("unix://").partition("?db=")
    return f"redis+socket://{path}?virtual_host={number}"


def caches(layout: Layout, *, offset: int = 1) -> dict[str, Settings]:
    """Return Django's CACHES; beside the broker's database, since clearing a cache empties its database."""
    return {
        "default": {
            "BACKEND": "temp_portal.core.cache.ForgivingRedisCache",
            "LOCATION": redis(layout, offset=offset),
            "KEY_PREFIX": "portal",
            "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
        }
    }


def email() -> Settings:
    """Return Django's EMAIL_* settings from EMAIL_URL; empty when it is unset."""
    address = env.url("EMAIL_URL", None, schemes=EMAIL_SCHEMES)
    if address is None:
        return {}
    implicit_tls, start_tls = address.scheme == "smtps", address.scheme == "smtp+tls"
    usual_port = 465 if implicit_tls else 587 if start_tls else 25
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": address.hostname or "localhost",
        "EMAIL_PORT": address.port or usual_port,
        "EMAIL_HOST_USER": unquote(address.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(address.password or ""),
        "EMAIL_USE_SSL": implicit_tls,
        "EMAIL_USE_TLS": start_tls,
        "EMAIL_TIMEOUT": 15,
    }


def storage(folder: Path) -> Settings:
    """Return the default entry of Django's STORAGES: STORAGE_URL, else the private ``folder``.

    Forms: ``file:///srv/files`` and ``s3://KEY:SECRET@host[:port]/bucket?region=…&scheme=http``.
    """
    address = env.url("STORAGE_URL", None, schemes=STORAGE_SCHEMES)
    if address is None or address.scheme == "file":
        location = Path(unquote(address.path)) if address else folder
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": location, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
        }
    options = dict(parse_qsl(address.query))
    host = address.hostname if address.port is None else f"{address.hostname}:{address.port}"
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "access_key": unquote(address.username or "") or None,
            "secret_key": unquote(address.password or "") or None,
            "bucket_name": unquote(address.path.strip("/")),
            "endpoint_url": f"{options.get('scheme', 'https')}://{host}",
            "region_name": options.get("region"),
            "default_acl": "private",
            "file_overwrite": False,
            "querystring_auth": True,
        },
    }


def scanner() -> str:
    """Return the address of the virus scanner from CLAMAV_URL (``tcp://host:3310``, ``unix:///path``); "" for none."""
    address = env.url("CLAMAV_URL", None, schemes=SCANNER_SCHEMES)
    return address.geturl() if address else ""


def secret_key(path: Path) -> str:
    """Return SECRET_KEY, else the key kept in ``path``, made on first use and readable by its owner alone."""
    given = env.str("SECRET_KEY", None)
    if given:
        return given
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as draft:
            draft.write(secrets.token_urlsafe(50))
            draft.flush()
            # Hard-linking fails when another was first, so two starts at once agree on one key.
            with suppress(FileExistsError):
                path.hardlink_to(draft.name)
    return path.read_text()
